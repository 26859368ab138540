"""一模一样的行只解一次：取记住的与重新读的一样，差一个字节、跟着别的公式走的都另读。"""

from __future__ import annotations

import random

import pytest
from both_ways import declined, read
from hostile import SHEET, SHEET_2, STRINGS, STYLES, changed, good, pack, sheet

from xltool.xlsx import parse_cache as cache_module
from xltool.xlsx import row_memory as memory_module
from xltool.xlsx import sheet as sheet_module
from xltool.xlsx.fast_rows import FastRows
from xltool.xlsx.grid import FormatClass
from xltool.xlsx.limits import Limits
from xltool.xlsx.parse_cache import ParseCache
from xltool.xlsx.read import read_bytes
from xltool.xlsx.refusal import Refused

CELLS = (
    '<c r="A{0}" t="inlineStr"><is><t>部门</t></is></c>',
    '<c r="B{0}" s="2"><v>0.5</v></c>',
    '<c r="C{0}" t="s"><v>{1}</v></c>',
    '<c r="D{0}" t="str"><f t="shared" ref="D{0}:D9" si="0">A{0}&amp;"元"</f><v>元</v></c>',
    '<c r="E{0}"><f t="shared" si="0"/><v>{1}</v></c>',
    '<c r="F{0}"><f t="shared" ref="F{0}:F9" si="1">A{1}+1</f><v>2</v></c>',
    '<c r="G{0}" t="str"><f t="shared" si="1"/><v></v></c>',
    '<c r="H{0}" t="e"><v>#N/A</v></c>',
    '<c r="I{0}" t="s"><f>A1</f><v>{1}</v></c>',
)
BROKEN = '<c r="J{0}"><v>九</v></c>'
STARTS = ("", ' hidden="1"', ' ht="22"', ' ht="22" hidden="true"')
TWICE = ' ht="3" ht="4"'
STYLED = '<row r="3"><c r="D3" s="2"><v>{}</v></c></row>'


@pytest.fixture(autouse=True)
def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """从没有读过别的起。"""
    monkeypatch.setattr(cache_module, "_styles", ParseCache(8))


def a_row(chance: random.Random, number: int) -> str:
    """一行；偶尔前面连着空行，偶尔有一格不合规定。"""
    empty = f'<row r="{number}"/>' if chance.random() < 0.1 else ""
    number += bool(empty)
    chosen = sorted(chance.sample(range(len(CELLS)), 3))
    cells = "".join(CELLS[one].format(number, chance.randrange(1, 4)) for one in chosen)
    broken = BROKEN.format(number) if chance.random() < 0.05 else ""
    start = chance.choice(STARTS) if chance.random() < 0.95 else TWICE
    return f'{empty}<row r="{number}"{start}>{cells}{broken}</row>'


def test_the_same_rows_in_many_sheets_read_as_if_each_were_new(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """几份表由同样的一些行拼成，次序、前后、共享公式起头的各不相同；与逐个元素读的一样。"""
    monkeypatch.setattr(cache_module, "_sheets", ParseCache(1))
    chance = random.Random(15)  # noqa: S311 - 要的是可重复
    pool = {number: [a_row(chance, number) for _ in range(2)] for number in range(1, 30, 2)}
    texts = [good()[STRINGS].replace("自评得分".encode(), one) for one in (b"x", b"y")]
    recalled: list[bool] = []
    recall = FastRows._recall
    monkeypatch.setattr(
        FastRows,
        "_recall",
        lambda rows, known: recalled.append(recall(rows, known)) or recalled[-1],
    )
    accepted = 0
    for _ in range(150):
        numbers = sorted(chance.choices(sorted(pool), k=4))
        rows = "".join(chance.choice(pool[number]) for number in numbers)
        limits = chance.choice((*[Limits()] * 5, Limits(characters=45), Limits(cells=22)))
        for one in texts:  # 表的字节相同，共享文字不同
            data = pack(good() | {SHEET: sheet(rows), STRINGS: one})
            quick = read(data, limits)
            with monkeypatch.context() as patch:
                patch.setattr(sheet_module._Sheet, "read_fast", declined)
                patch.setattr(cache_module, "_sheets", ParseCache(1))
                assert read(data, limits) == quick, rows
        accepted += type(quick) is tuple
    assert 40 < accepted < 110
    assert min(recalled.count(True), recalled.count(False)) > 50  # 有的跟着别的公式走，不是那一行


def test_a_row_is_remembered_from_the_second_time_on(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []
    known = memory_module.RowMemory.known
    monkeypatch.setattr(
        memory_module.RowMemory,
        "known",
        lambda memory, row: known(memory, row) if seen.append(row) is None else None,
    )
    read_rows: list[bytes] = []
    tokens = FastRows._read
    monkeypatch.setattr(
        FastRows, "_read", lambda rows, text: read_rows.append(text) or tokens(rows, text)
    )
    for number in range(1, 4):  # 第二行各份不同，这张表就不是从前的一张
        own = f'<row r="9"><c r="A9"><v>{number}</v></c></row>'
        grid = read_bytes(changed(SHEET, sheet(STYLED.format(7) + own))).grids[0]
        assert (grid.cells[3, 4].text, grid.cells[9, 1].text) == ("7", str(number))
    assert seen.count(STYLED.format(7).removesuffix("</row>").encode()) == 3
    assert read_rows.count(STYLED.format(7).encode()) == 2


def test_an_empty_row_before_it_is_not_passed_over() -> None:
    """前面连着的空行也要比前一行靠后。"""
    follows = '<row r="5"/><row r="6"><c r="A6"><v>1</v></c></row>'
    for number in range(3):
        above = f'<row r="4"><c r="A4"><v>{number}</v></c></row>'
        assert len(read_bytes(changed(SHEET, sheet(above + follows))).grids[0].cells) == 2
    with pytest.raises(Refused, match="R143"):
        read_bytes(changed(SHEET, sheet('<row r="5"><c r="A5"><v>1</v></c></row>' + follows)))


def test_a_sheet_that_looks_up_texts_stays_one_after_a_known_row() -> None:
    """前一行取了共享文字，后一行不取：整张表仍要连同共享文字来认。"""
    read_bytes(changed(SHEET, sheet(STYLED.format(9).replace("3", "8"))))
    rows = sheet(
        '<row r="3"><c r="A3" t="s"><v>0</v></c></row>' + STYLED.format(9).replace("3", "8")
    )
    for text in ("甲", "乙"):
        strings = good()[STRINGS].replace("部门整体支出".encode(), text.encode())
        data = pack(good() | {SHEET: rows, STRINGS: strings})
        assert read_bytes(data).grids[0].cells[3, 1].text == text


def test_other_styles_are_another_row() -> None:
    dates = good()[STYLES].replace(b'<xf numFmtId="10"/>', b'<xf numFmtId="14"/>')
    for number in range(3):
        own = f'<row r="9"><c r="A9"><v>{number}</v></c></row>'
        parts = good() | {SHEET: sheet(STYLED.format(8) + own)}
        percent, day = (read_bytes(pack(parts | {STYLES: one})) for one in (parts[STYLES], dates))
        assert percent.grids[0].cells[3, 4].format is FormatClass.PERCENT
        assert day.grids[0].cells[3, 4].format is FormatClass.DATE


def test_too_many_rows_are_forgotten_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_module, "_MOST_BYTES", 200)
    monkeypatch.setattr(memory_module, "_MOST_SEEN", 3)
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 30))
    for number in range(4):
        own = f'<row r="40"><c r="A40"><v>{number}</v></c></row>'
        data = pack(good() | {SHEET: sheet(rows + own), SHEET_2: sheet(rows)})
        assert len(read_bytes(data).grids[0].cells) == 30
    ((formats, *_),) = cache_module._styles._known.values()
    assert sum(map(len, formats.rows._known)) <= 200
    assert len(formats.rows._seen) <= 3
