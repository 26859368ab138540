"""一张表的一行要自查哪几条，先说重的。"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from xltool.facts.saying import says_nothing, says_nothing_formula
from xltool.finding import Severity
from xltool.form.live.check import DUTIES, Asked, LiveCheck
from xltool.form.live.claims import claim_checks
from xltool.form.live.costs import cost_checks
from xltool.form.live.indicators import indicator_checks
from xltool.form.live.moved import lost_checks, lost_on_line, moved_check
from xltool.form.live.no_record import blank_row, left_over, not_record, started
from xltool.form.live.number_forms import rate_form_checks
from xltool.form.live.parts import part_checks
from xltool.form.live.repeats import repeat_checks
from xltool.form.live.row_scores import row_score_checks
from xltool.form.live.scores import score_checks
from xltool.form.live.spending import fund_checks
from xltool.form.live.targets import target_checks
from xltool.form.live.totals import item_checks
from xltool.form.live.uncounted import uncounted_checks
from xltool.form.live.units import moment_checks, unit_checks
from xltool.form.live.unlike import unfinished_checks, unlike_checks
from xltool.form.live.values import (
    blank_checks,
    broken_check,
    columns_in,
    empty,
    picture_checks,
    value_checks,
)
from xltool.form.live.whole import whole_checks
from xltool.form.live.written import written_checks
from xltool.layout.block import numbered
from xltool.messages import entries as say
from xltool.scheme.categories import SHEET
from xltool.scheme.grid import Content, grid_lines
from xltool.scheme.key import CellKey
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Scheme, Sheet

_FUNDS, _RECTIFICATION = "funds", "rectification"


@lru_cache(maxsize=4096)
def checks_of(scheme: Scheme, key: str, row: str) -> tuple[LiveCheck, ...]:
    """一行要看的各条；记录表除第一行外各行都一样。"""
    sheet = scheme.sheet(key)
    if sheet.kind is SheetKind.RECORDS and row not in ("1", "2"):
        return checks_of(scheme, key, "2")
    return tuple(sorted(_checks(scheme, sheet, row), key=_weight))


def _weight(check: LiveCheck) -> tuple[bool, int]:
    """说了就不说别的几条在最前，其余先说重的。"""
    return not check.breaks, 0 if check.breaks else DUTIES.index(check.severity)


def _checks(scheme: Scheme, sheet: Sheet, row: str) -> Iterator[LiveCheck]:
    records = sheet.kind is SheetKind.RECORDS
    if records and sheet.at_least and row == "1":
        yield _at_least(sheet)
    yield from blank_checks(scheme, sheet, row, started(scheme, sheet) if records else None)
    if records:
        yield not_record(scheme, sheet)
    yield from _sound_checks(scheme, sheet, row)
    yield from value_checks(scheme, sheet, row)
    if sheet.kind is SheetKind.SCORE:
        yield from uncounted_checks(scheme, row)
        yield from score_checks(scheme, row)
    elif sheet.kind is SheetKind.FIELDS:
        yield from item_checks(scheme, CellKey(sheet.key, row))
    elif sheet.key == SHEET:
        yield from indicator_checks(scheme, sheet)
        yield from row_score_checks(scheme, sheet)
        yield from target_checks(scheme, sheet, row)
        yield from claim_checks(scheme, sheet)
        yield from part_checks(scheme, row)
        yield from moment_checks(sheet)
        yield from unfinished_checks(scheme, sheet)
        yield from cost_checks(scheme, sheet)
        yield from rate_form_checks(scheme, sheet)
        yield from written_checks(scheme, sheet)  # 公式长的三条，排在须改正的最后，写在第二栏
        yield from unlike_checks(scheme, sheet)
        yield from unit_checks(scheme, sheet)
    elif sheet.key == _FUNDS and scheme.has("finance.total") and scheme.has("funds.rate"):
        yield from fund_checks(scheme)
    elif sheet.key == _RECTIFICATION and scheme.has("rectification.progress"):
        yield _progress(scheme)
    if sheet.kind is not SheetKind.FIELDS:
        yield from repeat_checks(scheme, sheet)
        yield from whole_checks(scheme, sheet, row)


def _sound_checks(scheme: Scheme, sheet: Sheet, row: str) -> Iterator[LiveCheck]:
    """格移动过、是错误值或图片，公式没有了。"""
    if any(columns_in(sheet, row)):
        yield moved_check(sheet, row)
        yield broken_check(sheet, row)
        yield from picture_checks(sheet, row)
    if not sheet.page or sheet.kind is SheetKind.RECORDS:
        yield from lost_checks(scheme, sheet, row)
    if sheet.kind is SheetKind.RECORDS:
        yield blank_row(sheet)
        if {field.required for field in sheet.fields if field.computation is None} == {True, False}:
            yield left_over(sheet)  # 先看是不是只有空格


def _at_least(sheet: Sheet) -> LiveCheck:
    def formula(line: Line) -> str:
        few = "=0" if sheet.at_least == 1 else f"<{sheet.at_least}"
        return f"COUNTA({line.refs.column(sheet.key, sheet.anchor)}){few}"

    def holds(judged: Judged) -> bool:
        return judged.facts.begun(sheet) < sheet.at_least

    least = "一" if sheet.at_least == 1 else sheet.at_least
    return LiveCheck(("C01", say.TOO_FEW.code), None, f"至少填{least}行", formula, holds)


def _progress(scheme: Scheme) -> LiveCheck:
    """整改进展情况只写“无”一类的；空着的已经在必填未填里。"""

    def formula(line: Line) -> str:
        cell = line.at("progress")
        return f'IF({cell}<>"",{says_nothing_formula(scheme, cell, line.refs)},FALSE)'

    def holds(judged: Judged) -> bool:
        raw = judged.raw("progress")
        return raw != "" and not empty(judged, judged.key("progress")) and says_nothing(scheme, raw)

    return LiveCheck(("R01",), Severity.ERROR, "没有写整改到哪一步", formula, holds)


def own_rows(scheme: Scheme, key: str) -> tuple[str, ...]:
    """各不相同的行：逐项表的各项，印在一页上的各行，评分表的各行，记录表的头两行。"""
    sheet = scheme.sheet(key)
    if sheet.kind is SheetKind.SCORE:
        return tuple(indicator.code for indicator in scheme.indicators)
    if sheet.kind is SheetKind.RECORDS:
        return tuple(numbered(sheet))[:2]
    return tuple(one.key for one in (grid_lines(sheet) if sheet.page else sheet.fields))


@lru_cache(maxsize=4096)
def asked_in(scheme: Scheme, key: str, row: str) -> tuple[Asked, ...]:
    """印出来的一行要问的各条；印在一页上的，一行有几项，各说是哪一项。"""
    sheet = scheme.sheet(key)
    if not sheet.page or sheet.kind is SheetKind.RECORDS:
        return tuple(Asked(row, one) for one in checks_of(scheme, key, row))
    line = next(one for one in grid_lines(sheet) if one.key == row)
    found = [Asked(row, one) for one in lost_on_line(scheme, sheet, line)]
    found += [
        Asked(piece.name, _named(one, scheme.field(CellKey(key, piece.name)).label))
        for piece in line.pieces
        if piece.content is Content.FIELD
        for one in checks_of(scheme, key, piece.name)
    ]
    return tuple(sorted(found, key=lambda one: _weight(one.check)))


def words_of(scheme: Scheme, key: CellKey, code: str) -> tuple[str, ...]:
    """一格所在的一行里，自查把一个编码说的事说成哪几句；不是当场判的没有。"""
    sheet = scheme.sheet(key.sheet)
    found = [one for one in checks_of(scheme, key.sheet, key.row) if code in one.codes]
    if sheet.page and sheet.kind is not SheetKind.RECORDS:
        found = [_named(one, scheme.field(key).label) for one in found]
    return tuple(one.words for one in found)


def _named(check: LiveCheck, label: str) -> LiveCheck:
    return check if label in check.says else check._replace(says=f"{label}：{check.says}")


@lru_cache(maxsize=256)
def most(scheme: Scheme, key: str, severity: Severity | None) -> int:
    """一张表的一行里，一种最多说几句。"""
    return max(map(partial(_most_in, severity), _asked(scheme, key)))


def _asked(scheme: Scheme, key: str) -> Iterator[tuple[LiveCheck, ...]]:
    for row in own_rows(scheme, key):
        yield tuple(one.check for one in asked_in(scheme, key, row))


def _most_in(severity: Severity | None, checks: tuple[LiveCheck, ...]) -> int:
    """格移动过、公式没有了一类的，只说这一句。"""
    listed = [one for one in checks if one.severity is severity]
    alone = any(one.breaks for one in listed)
    return max(sum(not one.breaks for one in listed), alone)
