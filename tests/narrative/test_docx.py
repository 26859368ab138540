"""读 .docx 的正文：看得见的字才是正文；坏的、过大的、有诈的拒收。"""

from __future__ import annotations

import io
import zipfile

import pytest
from report_marks import reports_module

from xltool.narrative.document import Paragraph, Table
from xltool.narrative.docx import read_document_bytes, trouble
from xltool.narrative.outline import passages
from xltool.xlsx.limits import Limits
from xltool.xlsx.refusal import Refused

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


KEPT = '<w:strike w:val="0"/>'
STRUCK_ONCE = '<w:strike/><w:dstrike w:val="0"/>'


def paragraph(*runs: str, look: str = "") -> str:
    return f"<w:p>{look}{''.join(runs)}</w:p>"


def body(inner: str, space: str = W) -> bytes:
    return reports_module().packed(  # type: ignore[attr-defined, no-any-return]
        f'<w:document xmlns:w="{space}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{inner}</w:body></w:document>"
    )


def text_of(inner: str, space: str = W) -> list[str]:
    document = read_document_bytes(body(inner, space))
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def run(text: str, look: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}<w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize("space", [W, STRICT])
def test_only_what_is_seen_is_text(space: str) -> None:
    inner = (
        f"<w:p>{run('奖励')}<w:del w:id='1'><w:r><w:delText>400</w:delText></w:r>"
        f"{run('399')}</w:del>"
        f"<w:ins w:id='2'>{run('411')}</w:ins>{run('家')}{run('（藏）', '<w:vanish/>')}"
        f"{run('（划）', '<w:strike/>')}{run('企业', KEPT)}"
        f"{run('（又划）', STRUCK_ONCE)}"
        f"<w:moveFrom>{run('移走')}</w:moveFrom><w:moveTo>{run('移来')}</w:moveTo>"
        "<w:r><w:fldChar/><w:instrText>INCLUDETEXT http://x</w:instrText></w:r>"
        f"<w:hyperlink>{run('链接的字')}</w:hyperlink><w:r><w:pict>{run('图')}</w:pict></w:r>"
        f"<mc:AlternateContent><mc:Choice>{run('甲')}</mc:Choice>"
        f"<mc:Fallback>{run('乙')}</mc:Fallback></mc:AlternateContent></w:p>"
        f"<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>三</w:t></w:r></w:p>"
    )
    assert text_of(inner, space) == ["奖励411家企业移来链接的字甲", "一\n二\t三"]


def test_tables_nest_and_cells_keep_their_paragraphs() -> None:
    inside = f"<w:tbl><w:tr><w:tc>{paragraph(run('里'))}</w:tc></w:tr></w:tbl>"
    cell = f"<w:tc>{paragraph(run('外'))}{inside}</w:tc>"
    inner = f"<w:tbl><w:tr>{cell}<w:tc><w:p/></w:tc></w:tr></w:tbl><w:p>{run('后')}</w:p>"
    table, after = read_document_bytes(body(inner)).blocks
    assert table == Table((("外\n里", ""),))
    assert after == Paragraph("后")


def test_headings_by_number_and_by_outline() -> None:
    style = '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
    first, second = ("一、基本情况", "（一）职能", "话一。话二。"), ("1. 2024年决算", "话三")
    inner = "".join(paragraph(run(text)) for text in first)
    inner += paragraph(run("没有编号的标题"), look=style)
    inner += "".join(paragraph(run(text)) for text in second)
    read = passages(read_document_bytes(body(inner)))
    found = [(one.where, one.text) for passage in read for one in passage.sentences]
    assert found == [
        ("一第1段第1句", "一、基本情况"),
        ("一（一）第1段第1句", "(一)职能"),
        ("一（一）第2段第1句", "话一。"),
        ("一（一）第2段第2句", "话二。"),
        ("一第1段第1句", "没有编号的标题"),
        ("一1第1段第1句", "1.2024年决算"),
        ("一1第2段第1句", "话三"),
    ]


def refusal(data: bytes, limits: Limits | None = None) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        read_document_bytes(data, limits=limits or Limits())
    return caught.value.finding.code, trouble(caught.value).code


def bomb(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def test_hostile_files_are_refused() -> None:
    doctype = '<!DOCTYPE d [<!ENTITY a "' + "x" * 50 + '">]>'
    entity = reports_module().packed(f"{doctype}<w:d xmlns:w='{W}'>&a;</w:d>")  # type: ignore[attr-defined]
    deep = "<w:tbl><w:tr><w:tc>" * 200 + f"<w:p>{run('里')}</w:p>" + "</w:tc></w:tr></w:tbl>" * 200
    assert refusal(bomb("word/document.xml", b"<a>" + b" " * 40_000_000))[0] == "R132"
    assert refusal(entity) == ("R135", "C320")
    assert refusal(body(deep))[0] == "R133"
    assert refusal(body("<w:p/>" * 1_000_000)) == ("R132", "C320")  # 压得太紧，先就不读
    assert refusal(body("<w:p/>" * 11), Limits(paragraphs=10)) == ("R133", "C320")
    assert refusal(body("<w:p>")) == ("R136", "C320")
    assert refusal(body("")[:-30])[1] == "C320"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", " PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument\0".encode("utf-16-le"), "旧版 Word"),
        (bomb("xl/workbook.bin", b"x"), "二进制工作簿"),
    ],
)
def test_other_kinds_are_named_with_the_remedy(data: bytes, kind: str) -> None:
    with pytest.raises(Refused) as caught:
        read_document_bytes(data)
    found = trouble(caught.value)
    assert found.code == "C321"
    assert kind.removeprefix("旧版 ") in found.message
    assert "另存为“Word 文档 (*.docx)”" in found.remedy
