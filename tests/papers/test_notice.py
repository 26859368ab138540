"""退回通知：模板怎样认、怎样填；填进去的字成不了别的；写出的别的程序打得开。"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pytest
from regenerate import TEMPLATES
from small_docx import MAIN, NAMESPACE, docx, paragraph, texts

from xltool.messages import papers as say
from xltool.papers.filling import Template, TemplateError
from xltool.papers.notice import PLACEHOLDERS
from xltool.papers.notice_template import notice_template
from xltool.season.names import NOTICE_FILE

if TYPE_CHECKING:
    from pathlib import Path

KNOWN: Final = ("甲", "乙", "丙")


def filled(body: str, **values: str | tuple[str, ...]) -> list[str]:
    """填好以后各段的文字。"""
    return texts(Template(docx(body), "模板.docx", KNOWN).filled(values))


def test_a_name_split_into_runs_is_filled() -> None:
    """Word 常把一个名称拆成几段，各段字体不同的照旧。"""
    assert filled(paragraph("致{", "{甲", "}}：", "见{{乙}}"), 甲="教育局", 乙="附件") == [
        "致教育局：见附件"
    ]


def test_a_list_alone_in_its_paragraph_becomes_paragraphs() -> None:
    body = paragraph("{{甲}}") + paragraph("含 {{甲}}。")
    assert filled(body, 甲=("一", "二")) == ["一", "二", "含 一；二。"]


def test_what_is_not_known_drops_its_paragraph_but_never_a_cell() -> None:
    cell = f"<w:tbl><w:tr><w:tc>{paragraph('{{乙}}')}</w:tc></w:tr></w:tbl>"
    assert filled(paragraph("{{甲}}") + cell + paragraph("完")) == ["", "完"]


def test_texts_from_outside_stay_text() -> None:
    evil = '</w:t></w:r><w:r><w:instrText>DDE & "x"</w:instrText> {{乙}} \x07\ud800'
    (line,) = filled(paragraph("{{甲}}"), 甲=evil)
    assert line.startswith('</w:t></w:r><w:r><w:instrText>DDE & "x"</w:instrText> {{乙}} ')
    assert "\x07" not in line


def test_nothing_but_the_names_changes() -> None:
    """人定的样式、表格、页眉一个字节也不动。"""
    before = '<w:p w:x="&gt;"><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>抬头</w:t></w:r></w:p>'
    header = f"<w:hdr {NAMESPACE}>{paragraph('{{甲}}')}</w:hdr>"
    data = docx(before + paragraph("{{甲}}"), **{"word/header1.xml": header, "x/other": "留着"})
    out = Template(data, "模板.docx", KNOWN).filled({"甲": "教育局"})
    with zipfile.ZipFile(BytesIO(out)) as archive:
        assert before in archive.read(MAIN).decode()
        assert "教育局" in archive.read("word/header1.xml").decode()
        assert archive.read("x/other").decode() == "留着"


def test_a_text_box_inside_a_paragraph_is_filled_once() -> None:
    box = f"<w:p><w:r><w:pict>{paragraph('{{甲}}')}</w:pict></w:r><w:r><w:t>外</w:t></w:r></w:p>"
    out = filled(box, 甲=("一", "二"))
    assert sorted(out) == sorted(["一二外", "一", "二"])


def test_the_bytes_follow_from_the_content() -> None:
    data = docx(paragraph("{{甲}}"))
    one, other = (Template(data, "模板.docx", KNOWN).filled({"甲": "局"}) for _ in range(2))
    assert one == other


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", say.NOT_DOCX),
        (b"\xd0\xcf\x11\xe0 old .doc", say.NOT_DOCX),
        (docx("<w:p>"), say.NOT_DOCX),
        (docx(paragraph("{{甲}}"), **{"word/vbaProject.bin": "x"}), say.NOT_DOCX),
        (docx(paragraph("没有要填的")), say.NO_PLACEHOLDER),
        (docx(paragraph("{{丁}}")), say.UNKNOWN_PLACEHOLDER),
        (
            docx("").replace(b"<w:document", b"<!DOCTYPE x [<!ENTITY a 'b'>]><w:document"),
            say.NOT_DOCX,
        ),
    ],
)
def test_a_template_that_cannot_be_used_is_named(data: bytes, message: object) -> None:
    with pytest.raises(TemplateError) as caught:
        Template(data, "模板.docx", KNOWN)
    assert caught.value.finding.code == message.code  # type: ignore[attr-defined]
    assert "模板.docx" in caught.value.finding.message


def test_a_template_may_leave_names_out() -> None:
    assert filled(paragraph("只有 {{ 丙 }}"), 甲="不用", 丙="丙") == ["只有 丙"]


def test_the_template_that_comes_along_uses_known_names_only() -> None:
    data = notice_template()
    Template(data, NOTICE_FILE, PLACEHOLDERS)
    used = set(re.findall(r"\{\{(.*?)\}\}", "".join(texts(data))))
    assert used <= set(PLACEHOLDERS)
    assert (TEMPLATES / NOTICE_FILE).read_bytes() == data


@pytest.mark.skipif(shutil.which("soffice") is None, reason="没有 LibreOffice")
def test_another_program_opens_the_notice(tmp_path: Path) -> None:
    """文字处理的一部分没有装的，跳过。"""
    values = dict.fromkeys(PLACEHOLDERS, "示例") | {"须改正": ("甲处。", "乙处。")}
    source = tmp_path / "通知.docx"
    source.write_bytes(Template(notice_template(), NOTICE_FILE, PLACEHOLDERS).filled(values))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
    subprocess.run(
        [*command, "--outdir", tmp_path, source], check=False, capture_output=True, timeout=120
    )
    text = tmp_path / "通知.txt"
    if not text.exists():
        pytest.skip("没有 LibreOffice Writer")
    lines = text.read_text("utf-8-sig").splitlines()
    assert lines[0] == "关于退回修改绩效自评表的通知"
    assert lines[4:6] == ["甲处。", "乙处。"]
