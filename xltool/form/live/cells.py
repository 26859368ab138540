"""“自查”一栏：公式和结果；说明页数的各处。"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache, partial
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from xltool.address import quoted
from xltool.form.live.asked_cells import asked_cells, judged_of
from xltool.form.live.catalogue import asked_in, most
from xltool.form.live.check import (
    DUTIES,
    ELSEWHERE,
    Line,
    broken_by,
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
    """各条写在第几栏：最长的一栏尽量短。

    说了就不说别的几条、必填未填的都在第一栏：达成情况一条要看后面的几栏说了没有，不能写在它看的栏里。
    """
    layout = form_layout(scheme, {})
    line = Line(scheme, SheetRefs(layout, layout.blocks[SHEET].name, named=True), SHEET, row)
    listed = asked_in(scheme, SHEET, row)
    sizes = tuple(_sizes(listed, line))
    first = sum(one.check.breaks or one.check.severity is None for one in listed)
    most = range(max(sizes), sum(sizes) + 1)
    last = len(_SHARED_BY) - 1
    least = bisect_left(most, -last, key=lambda one: -_filled(sizes, first, one)[-1])
    return _filled(sizes, first, most[least])


def _filled(sizes: Iterable[int], first: int, most: int) -> tuple[int, ...]:
    """一栏最多写 `most` 个字，写满了换下一栏，各条在第几栏；前 `first` 条不分开。"""
    places, place, room = [], 0, most
    for number, size in enumerate(sizes):
        if size > room and number >= first:
            place, room = place + 1, most
        room -= size
        places.append(place)
    return tuple(places)


def _sizes(listed: Iterable[Asked], line: Line) -> Iterator[int]:
    """各条各占几个字；接连几条共有的前提只写一遍。"""
    guard: Guard | None = None
    for one in listed:
        shared = one.check.guard is not None and one.check.guard == guard
        guard = one.check.guard
        spare = len(guard.formula(line)) if guard and shared else 0
        # 说了就不说别的：是不是、是哪一条，各写一遍
        twice = len(one.check.formula(line)) if one.check.breaks else 0
        yield len(row_formula((one,), line)) + twice - spare


def _share(line: Line, place: int, key: CellKey) -> str:
    """几栏里的一栏，连同接在后面的一栏。"""
    own = line._replace(row=key.row)
    rest = "".join(map(own.at, _SHARED_BY[place + 1 : place + 2]))
    return row_formula(_shares(line.scheme, key.row)[place], own, rest, later=place > 0)


def _words_from(form: Form, line: Line, place: int, words: str) -> str:
    """由这一栏起说的，都在整行说的里面。"""
    shares, judged = _shares(form.scheme, line.row), judged_of(form, line.sheet, line.row)
    later = tuple(chain.from_iterable(shares[place:]))
    if broken_by(shares[0], judged) is None:  # 第一栏只说了那一句的，后面几栏照样算
        later = tuple(one for one in later if one.check.words in words)
    return row_words(later, judged)


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
