"""每项上限：等于可以，超过拒收并说出是哪一项、怎么放宽。"""

from __future__ import annotations

import pytest
from hostile import BOOK, ROWS, SHEET, STYLES, changed, edited, good, pack, sheet

from xltool.messages.files import LIMIT_WORDS
from xltool.xlsx.limits import Limits
from xltool.xlsx.read import read_bytes
from xltool.xlsx.refusal import Refused

PARTS = good()
TAGS = sum(content.count(b"<") for name, content in PARTS.items() if "docProps" not in name)


def merged() -> bytes:
    items = '<mergeCell ref="A1:B1"/>' * 3
    return changed(SHEET, sheet(after=f"<mergeCells>{items}</mergeCells>"))


def array() -> bytes:
    cell = '<row r="8"><c r="A8"><f t="array" ref="A8:C8">D4:F4</f><v>1</v></c></row>'
    return changed(SHEET, sheet(ROWS + cell))


CASES = {
    "part_bytes": (pack(PARTS), max(map(len, PARTS.values())), "解压后大小"),
    "total_bytes": (pack(PARTS), sum(map(len, PARTS.values())), "合计"),
    "members": (pack(PARTS), len(PARTS), "部件数"),
    "depth": (changed(SHEET, sheet(after="<a><b><d/></b></a>")), 4, "嵌套层数"),
    "attributes": (changed(SHEET, sheet(after='<a b="1" c="2" d="3" e="4" f="5"/>')), 5, "属性数"),
    "sheets": (pack(PARTS), 2, "工作表数"),
    "cells": (pack(PARTS), 11, "有内容的单元格数"),
    "tags": (pack(PARTS), TAGS, "标记数"),
    "characters": (pack(PARTS), 42, "文字总字数"),
    "formats": (pack(PARTS), 3, "样式数"),
    "merges": (merged(), 3, "合并单元格数"),
    "array_cells": (array(), 3, "数组公式"),
}


@pytest.mark.parametrize("name", CASES)
def test_at_the_limit_and_one_above(name: str) -> None:
    data, limit, words = CASES[name]
    read_bytes(data, limits=Limits(**{name: limit}))
    with pytest.raises(Refused) as refused:
        read_bytes(data, limits=Limits(**{name: limit - 1}))
    assert refused.value.finding.code == "R133"
    assert words in refused.value.finding.message
    assert f"XLTOOL_MAX_{name.upper()}" in refused.value.finding.remedy


@pytest.mark.parametrize("character", ["局", "𠮷"])
def test_a_text_longer_than_a_cell_can_hold_is_refused_with_its_cell(character: str) -> None:
    """字数照 Excel 的算法：一个增补字算两个。"""
    size = len(character.encode("utf-16-le")) // 2
    fits, longer = character * (32_767 // size), character * (32_767 // size + 1)

    def book(text: str) -> bytes:
        cell = f'<row r="8"><c r="B8" t="inlineStr"><is><t>{text}</t></is></c></row>'
        return changed(SHEET, sheet(ROWS + cell))

    read_bytes(book(fits))
    with pytest.raises(Refused) as refused:
        read_bytes(book(longer))
    assert refused.value.finding.code == "R149"
    assert "的单元格 B8 有 32768 个字，超过一格的上限 32767 个" in refused.value.finding.message


def test_strings_above_the_limit() -> None:
    text = "<si><r><t>一</t></r></si>" * 5
    data = edited("xl/sharedStrings.xml", "</sst>", f"{text}</sst>")
    read_bytes(data, limits=Limits(strings=9))
    with pytest.raises(Refused, match="R133"):
        read_bytes(data, limits=Limits(strings=8))


def test_ratio_is_checked_only_above_the_grace() -> None:
    data = changed(SHEET, sheet(after=" " * 200_000))
    read_bytes(data)
    with pytest.raises(Refused, match="R132"):
        read_bytes(data, limits=Limits(ratio_grace=100_000))


def test_real_numbers_of_sheets_and_members() -> None:
    many = {f"xl/media/{number}.png": b"x" for number in range(2_000 - len(PARTS))}
    read_bytes(pack(PARTS | many))
    with pytest.raises(Refused, match="R133"):
        read_bytes(pack(PARTS | many | {"extra": b""}))


def test_every_limit_has_its_words() -> None:
    fields = set(Limits.__slots__) - {"ratio", "ratio_grace"}
    assert fields == set(LIMIT_WORDS)
    for name in fields:
        assert Limits().over(name, 9).code == "R133"


def test_limits_from_the_environment() -> None:
    assert Limits.from_environment({}) == Limits()
    changed_limits = Limits.from_environment({"XLTOOL_MAX_CELLS": "7", "XLTOOL_MAX_RATIO": "300"})
    assert changed_limits == Limits(cells=7, ratio=300)
    for bad in ("", "0", "-1", "1e3", "９", "很多"):
        with pytest.raises(ValueError, match="XLTOOL_MAX_CELLS"):
            Limits.from_environment({"XLTOOL_MAX_CELLS": bad})


def test_the_sheet_limit_counts_hidden_sheets_too() -> None:
    data = edited(BOOK, 'sheetId="2"', 'sheetId="2" state="hidden"')
    with pytest.raises(Refused, match="R133"):
        read_bytes(data, limits=Limits(sheets=1))


def test_an_odd_style_number_is_general() -> None:
    data = edited(STYLES, 'numFmtId="10"', 'numFmtId="九"')
    assert read_bytes(data).grids[0].cells[5, 4].format == "general"
