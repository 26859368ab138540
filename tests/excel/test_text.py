"""任何文字写进去，读出来还是原来的文字。"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xltool.excel.errors import TextTooLongError, UnwritableTextError
from xltool.excel.text import markup, put_text, require_length, utf16_length, without_controls

ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
TRICKY = st.sampled_from("_x0041D5F\x00\x01\x0b\r\n\t\ud800\udfff\ufffe&<>\"' 县𠮷")


def as_excel_reads(xml: str) -> str:
    """按 Excel 的办法读回：先解析 XML，再从左到右还原 _xHHHH_。"""
    text = ET.fromstring(f"<t>{xml}</t>").text or ""  # noqa: S314  自己刚写的
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


@given(st.text(TRICKY | st.characters(), max_size=90))
@example("_x005F_x000D_")
@example("_x000D_")
@example("_x0041\x01")
@example("_x_x0041_x0042_")
def test_every_text_comes_back(text: str) -> None:
    kept = re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
    assert as_excel_reads(put_text(text).xml) == kept


@pytest.mark.parametrize(
    ("text", "xml"),
    [
        ("甲&乙<丙>", "甲&amp;乙&lt;丙&gt;"),
        ("一\n二\t三", "一\n二\t三"),
        ("一\r\n二", "一_x000D_\n二"),
        ("响\x07铃", "响_x0007_铃"),
        ("_x000D_", "_x005F_x000D_"),
        ("_x00G1_", "_x00G1_"),
        ("残\ud800缺", "残\ufffd缺"),
        ("完𠮷整", "完𠮷整"),
    ],
)
def test_escapes(text: str, xml: str) -> None:
    assert put_text(text).xml == xml


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|'/c calc'!A0", "+1", "-1", "@x", "＝1", "＋1", "－1", "＠x", "\t=1", "\r=1",
        "\n=1", "|x", "{=1+1}", "  =1", "\u3000=1", "-" * 65,
    ],
)  # fmt: skip
def test_formula_like_text_is_quoted(text: str) -> None:
    assert put_text(text).quoted


@pytest.mark.parametrize("text", ["", "市教育局", "95%", "a=1", "（=1）", "http://x", "—", "'=1"])
def test_other_text_is_not_quoted(text: str) -> None:
    assert not put_text(text).quoted


def test_longest_text_is_kept_and_longer_is_refused() -> None:
    assert put_text("长" * 32_767).xml == "长" * 32_767
    with pytest.raises(TextTooLongError, match="单元格文字长 32768 个字符，上限是 32767 个"):
        put_text("长" * 32_768)


def test_length_counts_as_excel_counts() -> None:
    assert utf16_length("吉𠮷") == 3
    assert put_text("𠮷" * 16_383).xml == "𠮷" * 16_383
    with pytest.raises(TextTooLongError):
        put_text("𠮷" * 16_384)


def test_limit_itself_is_allowed() -> None:
    require_length("校验标题", "题" * 32, 32)
    with pytest.raises(TextTooLongError, match="校验标题长 33 个字符，上限是 32 个"):
        require_length("校验标题", "题" * 33, 32)


def test_plain_replaces_what_xml_cannot_hold() -> None:
    assert without_controls("一\x00二\n三\udfff") == "一\ufffd二\n三\ufffd"


def test_markup_refuses_illegal_characters() -> None:
    assert markup("公式", 'IF(A1<>"",1&2,0)') == 'IF(A1&lt;&gt;"",1&amp;2,0)'
    with pytest.raises(UnwritableTextError):
        markup("公式", '"\x00"')
