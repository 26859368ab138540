"""一模一样的部件只解一次：取记住的，与重新读的一样，余量照算。"""

from __future__ import annotations

import pytest
from hostile import SHEET, SHEET_2, STRINGS, STYLES, changed, good, pack, sheet

from xltool.xlsx import read as read_module
from xltool.xlsx.grid import FormatClass
from xltool.xlsx.limits import Limits
from xltool.xlsx.parse_cache import ParseCache
from xltool.xlsx.read import read_bytes
from xltool.xlsx.refusal import Refused
from xltool.xlsx.xml_walker import Budget

OWN = (
    '<row r="3"><c r="A3" t="inlineStr"><is><t>部门</t></is></c><c r="D3" s="2"><v>{}</v></c></row>'
)
SHARED = '<row r="3"><c r="A3" t="s"><v>0</v></c></row>'


def of(number: int, rows: str = OWN) -> bytes:
    return pack(good() | {SHEET: sheet(rows.format(number)), SHEET_2: sheet()})


class Counted:
    """数一数真正解了几次。"""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.parts: list[str] = []
        self._read = read_module.read_sheet
        monkeypatch.setattr(read_module, "read_sheet", self)

    def __call__(self, entry: object, part: str, *others: object) -> object:
        self.parts.append(part)
        return self._read(entry, part, *others)  # type: ignore[arg-type] # passed on as they came


def test_read_again_it_is_recalled(monkeypatch: pytest.MonkeyPatch) -> None:
    first = read_bytes(of(101))
    counted = Counted(monkeypatch)
    assert read_bytes(of(101)) == first
    assert counted.parts == [SHEET_2]  # 引用共享文字的一张还是要解


def test_one_byte_apart_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read_bytes(of(201))
    counted = Counted(monkeypatch)
    assert read_bytes(of(202)).grids[0].cells[3, 4].text == "202"
    assert SHEET in counted.parts


def test_other_styles_give_other_formats() -> None:
    data = of(301)
    assert read_bytes(data).grids[0].cells[3, 4].format is FormatClass.PERCENT
    dates = good()[STYLES].replace(b'<xf numFmtId="10"/>', b'<xf numFmtId="14"/>')
    other = pack(good() | {SHEET: sheet(OWN.format(301)), STYLES: dates})
    assert read_bytes(other).grids[0].cells[3, 4].format is FormatClass.DATE


def test_shared_texts_are_looked_up_each_time() -> None:
    data = pack(good() | {SHEET: sheet(SHARED)})
    assert read_bytes(data).grids[0].cells[3, 1].text == "部门整体支出"
    strings = good()["xl/sharedStrings.xml"].replace("部门整体支出".encode(), "别的文字".encode())
    other = pack(good() | {SHEET: sheet(SHARED), "xl/sharedStrings.xml": strings})
    assert read_bytes(other).grids[0].cells[3, 1].text == "别的文字"


@pytest.mark.parametrize("kind", ['t="s"', "t='s'", 't = "s"', 't="&#115;"', 't="s" s="0"'])
def test_equal_sheets_with_other_texts_keep_their_own(kind: str) -> None:
    """字节相同的表、不同的共享文字：写法再怪，也各读各的。"""
    rows = f'<row r="3"><c r="A3" {kind}><v>0</v></c></row>'
    first = good() | {SHEET: sheet(rows)}
    strings = first[STRINGS].replace("部门整体支出".encode(), "示例市乙局".encode())
    second = first | {STRINGS: strings}
    for _ in range(2):
        assert read_bytes(pack(first)).grids[0].cells[3, 1].text == "部门整体支出"
        assert read_bytes(pack(second)).grids[0].cells[3, 1].text == "示例市乙局"


def test_what_is_recalled_counts_against_the_limits() -> None:
    data = changed(SHEET, sheet(OWN.format(401)))
    cells = sum(len(grid.cells) for grid in read_bytes(data).grids)
    limits = Limits(cells=cells)
    assert read_bytes(data, limits=limits) == read_bytes(data, limits=limits)
    with pytest.raises(Refused, match="R133"):
        read_bytes(data, limits=Limits(cells=cells - 1))


def test_the_names_of_what_is_recalled_count_too() -> None:
    strange = "".join(f"<n{number}/>" for number in range(60))
    one = changed(SHEET, sheet(OWN.format(501), after=strange))
    rows = OWN.format(502)
    two = pack(
        good() | {SHEET: sheet(OWN.format(501), after=strange), SHEET_2: sheet(rows, after="<x/>")}
    )
    most = names_in(one)
    limits = Limits(names=most)
    for _ in range(2):  # 前一份读过没有，都一样
        with pytest.raises(Refused, match="R133"):
            read_bytes(two, limits=limits)
        read_bytes(one, limits=limits)


def names_in(data: bytes) -> int:
    """读这一份要几个标记名称。"""
    for most in range(60, 400):
        try:
            read_bytes(data, limits=Limits(names=most))
        except Refused:
            continue
        return most
    raise AssertionError


def test_the_least_recently_used_goes_first() -> None:
    memory: ParseCache[int] = ParseCache(2)
    budget, read = Budget(Limits()), iter(range(9))
    for key in (b"a", b"b", b"a", b"c", b"a", b"b"):
        memory.recall((key,), budget, lambda: next(read))
    assert next(read) == 4  # a b c b：第二个 b 已经忘了，a 一直记得


def test_recalled_spends_what_reading_spent() -> None:
    memory: ParseCache[None] = ParseCache(1)
    rooms = [Budget(Limits()), Budget(Limits())]
    for budget in rooms:
        memory.recall((b"a",), budget, lambda: rooms[0].spend("tags", 7))
    assert [budget.spent for budget in rooms] == [(7, 0, 0, 0)] * 2


def test_too_large_or_in_blocks_is_not_kept() -> None:
    memory: ParseCache[int] = ParseCache(4)
    budget, read = Budget(Limits()), iter(range(9))
    for blocks in ((b"a" * 300_000,), iter((b"a",))):
        memory.recall(blocks, budget, lambda: next(read))
        memory.recall(blocks, budget, lambda: next(read))
    assert next(read) == 4
