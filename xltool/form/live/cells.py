"""“自查”一栏：公式和结果；说明页数的各处。"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache, partial
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

from xltool.address import quoted
from xltool.form.live.asked_cells import asked_cells, judged_of
from xltool.form.live.catalogue import asked_in, most
from xltool.form.live.check import (
    DUTIES,
    ELSEWHERE,
    Line,
    duty_of,
    row_formula,
    row_words,
)
from xltool.form.live.long_texts import (
    long_cells,
    long_codes,
    long_words,
    long_words_text,
)
from xltool.form.live.standing import filled_cell
from xltool.layout.columns import (
    LAST,
    MORE,
    REST,
    SAID,
    SELF_CHECK,
    WARNED,
)
from xltool.layout.layout import SheetRefs, form_layout
from xltool.scheme.categories import SHEET
from xltool.scheme.model import SheetKind
from xltool.sheets.plan import Cell, Formula, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.finding import Severity
    from xltool.form.form import Form
    from xltool.form.live.check import Asked, Guard
    from xltool.layout.block import Block
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme, Sheet


# 绩效指标的自查分写在几栏
_SHARED_BY = tuple(one.key for one in (SAID, WARNED, MORE, REST, LAST))


def live_cells(
    form: Form, block: Block, rows: Iterable[str], *, changed: bool = False
) -> Iterator[Cell]:
    """几行的自查；汇总里单位的表没有这几栏。`changed` 的只要与空白的表不同的。"""
    if SELF_CHECK.key not in block.columns:
        return
    sheet, refs = block.sheet, form.refs(block.name, named=True)  # 各行相同，合写才不占地方
    for row in rows:
        line = Line(form.scheme, refs, sheet.key, row)
        if asked_in(form.scheme, sheet.key, form.layout.model_row(sheet.key, row)):
            yield from _said_cells(form, block, line)
            yield filled_cell(form, block, row)
        elif not sheet.page:
            yield Cell(block.at(row, SELF_CHECK.key), None, Role.AUTO_TEXT)
        yield from asked_cells(form, block, line)
        if not changed or long_codes(form, block, row):
            yield from long_cells(form, block, row, refs)


def _said_cells(form: Form, block: Block, line: Line) -> Iterator[Cell]:
    """一行的自查，照隐藏的一栏显示，后面接上印不下的：看得见的清了、写了字，数的还在。

    绩效指标的条数多，后面的分写在几栏（隐藏），一栏接一栏。
    """
    row, sheet = line.row, block.sheet.key
    words = words_of(form, block.sheet).get(row, "")
    text = form.layout.row_text(SELF_CHECK.key, line.key, partial(_shown, form, block, line))
    shown = Formula(text, words + long_words(form, block, row))
    yield Cell(block.at(row, SELF_CHECK.key), shown, Role.AUTO_TEXT)
    if sheet != SHEET or WARNED.key not in block.columns:
        said = form.layout.row_text(SAID.key, line.key, partial(_said, line))
        yield Cell(block.at(row, SAID.key), Formula(said, words), Role.AUTO_TEXT)
        return
    for place, column in enumerate(_SHARED_BY):
        result = words if place == 0 or not words else _words_from(form, line, place, words)
        text = form.layout.row_text(column, line.key, partial(_share, line, place))
        yield Cell(block.at(row, column), Formula(text, result), Role.AUTO_TEXT)


def _shown(form: Form, block: Block, line: Line, key: CellKey) -> str:
    said = block.at(key.row, SAID.key).a1
    return f"{said}&{long_words_text(form, block, key.row, line.refs)}"


def _said(line: Line, key: CellKey) -> str:
    return row_formula(asked_in(line.scheme, key.sheet, key.row), line._replace(row=key.row))


@lru_cache(maxsize=256)
def _shares(scheme: Scheme, row: str) -> tuple[tuple[Asked, ...], ...]:
    """绩效指标一行的各条，几栏各写哪几条。"""
    listed = asked_in(scheme, SHEET, row)
    places = _places(scheme, "1" if row == "1" else "2")
    ends = [bisect_right(places, number) for number in range(len(_SHARED_BY))]
    return tuple(listed[first:end] for first, end in pairwise((0, *ends)))


@lru_cache(maxsize=32)
def _places(scheme: Scheme, row: str) -> tuple[int, ...]:
    """各条写在第几栏：几栏的公式差不多长，哪一栏也写得下；说了就不说别的几条，都在第一栏。"""
    layout = form_layout(scheme, {})
    line = Line(scheme, SheetRefs(layout, layout.blocks[SHEET].name, named=True), SHEET, row)
    listed = asked_in(scheme, SHEET, row)
    sizes = list(_sizes(listed, line))
    first = 1 + max(number for number, one in enumerate(listed) if one.check.breaks)
    share = sum(sizes) / len(_SHARED_BY)
    before = accumulate(sizes, initial=0)
    middles = (start + size / 2 for start, size in zip(before, sizes, strict=False))
    places = (min(int(middle // share), len(_SHARED_BY) - 1) for middle in middles)
    return tuple(0 if number < first else place for number, place in enumerate(places))


def _sizes(listed: Iterable[Asked], line: Line) -> Iterator[int]:
    """各条各占几个字；接连几条共有的前提只写一遍。"""
    guard: Guard | None = None
    for one in listed:
        shared = one.check.guard is not None and one.check.guard == guard
        guard = one.check.guard
        yield len(row_formula((one,), line)) - (len(guard.formula(line)) if guard and shared else 0)


def _share(line: Line, place: int, key: CellKey) -> str:
    """几栏里的一栏，连同接在后面的一栏。"""
    own = line._replace(row=key.row)
    rest = "".join(map(own.at, _SHARED_BY[place + 1 : place + 2]))
    return row_formula(_shares(line.scheme, key.row)[place], own, rest)


def _words_from(form: Form, line: Line, place: int, words: str) -> str:
    """由这一栏起说的，都在整行说的里面。"""
    later = chain.from_iterable(_shares(form.scheme, line.row)[place:])
    asked = (one for one in later if one.check.words in words)
    return row_words(asked, judged_of(form, line.sheet, line.row))


def words_of(form: Form, sheet: Sheet) -> dict[str, str]:
    """一张表各行自查的结果，没有话的行不在内；没有填的行，除第一行外都没有话。"""
    known = form.live.get(sheet.key)
    if known is None:
        judged = judged_of(form, sheet.key, "")
        each = (
            (row, row_words(asked_in(form.scheme, sheet.key, row), judged))
            for row in live_rows(form, sheet)
        )
        known = form.live[sheet.key] = {row: words for row, words in each if words}
    return known


def live_rows(form: Form, sheet: Sheet) -> tuple[str, ...]:
    """结果会因填报而变的各行：记录表填了的行和第一行，其余的表全部。"""
    if sheet.kind is not SheetKind.RECORDS:
        return form.layout.blocks[sheet.key].entry_rows
    filled = form.facts.submission.records.get(sheet.key, ())
    return tuple(dict.fromkeys((form.layout.blocks[sheet.key].entry_rows[0], *filled)))


# ---------------------------------------------------------------- 数


def count_text(scheme: Scheme, block: Block, severity: Severity | None) -> str:
    """一张表的自查里，一种共说了几处：说一句、两句……的行数相加。"""
    duty = duty_of(severity)
    times = range(1, most(scheme, block.sheet.key, severity) + 1)
    counted = (
        f'COUNTIF({quoted(block.name)}!{area.absolute},"{f"*{duty}：" * n}*")'
        for area in block.stretches(SAID.key)
        for n in times
    )
    return "+".join(counted) or "0"


def first_text(block: Block, severity: Severity | None) -> str:
    """一种的第一处在这张表的第几行；没有的是 0。"""
    return _first_with(block, f"*{duty_of(severity)}：*")


def stuck_text(block: Block) -> str:
    """公式算不出来的第一行（用到别处的错误值，或表、名称没有了）；没有的是 0。"""
    return _first_with(block, f"*{ELSEWHERE[:10]}*")


def _first_with(block: Block, words: str) -> str:
    text = "0"
    for area in reversed(block.stretches(SAID.key)):
        listed, above = f"{quoted(block.name)}!{area.absolute}", area.first.row - 1
        text = f'IFERROR(MATCH("{words}",{listed},0)+{above},{text})'
    return text


def counts(form: Form, sheet: Sheet) -> dict[Severity | None, int]:
    """与 count_text 同义。"""
    said = "".join(words_of(form, sheet).values())
    return {one: said.count(f"{duty_of(one)}：") for one in DUTIES}


def first_row(form: Form, sheet: Sheet, severity: Severity | None) -> int:
    """与 first_text 同义。"""
    block, mark = form.layout.blocks[sheet.key], f"{duty_of(severity)}："
    said = words_of(form, sheet).items()
    return min((block.rows[row] for row, words in said if mark in words), default=0)
