"""拼好的方案能不能用：照方案文件的要求看一遍，每处毛病指回工作簿里的格。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.finding import Severity
from xltool.messages import scheme as say
from xltool.scheme.loader import built_scheme
from xltool.scheme.problem import SchemeProblem
from xltool.scheme_book.tables.indicators import TABLE as INDICATORS
from xltool.scheme_book.tables.methods import INPUT_TABLE, PARAMETER_TABLE, named
from xltool.scheme_book.tables.parameters import SHARED
from xltool.scheme_book.words import in_chinese
from xltool.soundness import faults
from xltool.values import quote
from xltool.values.excerpt import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.address import Place
    from xltool.finding import Finding
    from xltool.scheme.model import Scheme
    from xltool.scheme_book.draft import Draft
    from xltool.soundness import Fault

# 这几张表里有读不成的格，别处的毛病多半是它牵出来的
_STRUCTURE: Final = frozenset({"levels", "indicators", "sheets", "fields", "options", "parameters"})

_LACKING: Final = "缺少这一项"


class Judged(NamedTuple):
    """看过的方案：能成为方案的，连同全部毛病。"""

    scheme: Scheme | None
    findings: tuple[Finding, ...]


def judge(
    draft: Draft, text: str, file: str, earlier: Iterable[Finding], unsound: frozenset[str]
) -> Judged:
    """把方案文件的文字读成方案，核对全部道理。

    `earlier` 是读格时已经发现的问题，同一格不说两遍；`unsound` 是有读不成的格的表，那里的毛病不说。
    """
    said = {
        (finding.sheet, finding.at)
        for finding in earlier
        if finding.severity is Severity.ERROR and finding.at is not None
    }
    rows = {(sheet, at.row) for sheet, at in said}
    try:
        scheme = built_scheme(text, file)
    except SchemeProblem as problem:
        told = (_finding(draft, one.path, one.message) for one in (problem, *problem.also))
        fresh = (one for one in told if one.at is None or (one.sheet, one.at.row) not in rows)
        return Judged(None, () if unsound else tuple(fresh))
    judged = [_finding(draft, path, message) for path, message in _faults(scheme, unsound)]
    judged += _units(draft, scheme)
    fresh = (one for one in judged if (one.sheet, one.at) not in said)
    return Judged(scheme, tuple(one for one in fresh if draft.table_of(one) not in unsound))


def _faults(scheme: Scheme, unsound: frozenset[str]) -> Iterator[Fault]:
    return iter(()) if unsound & _STRUCTURE else faults(scheme)


def _units(draft: Draft, scheme: Scheme) -> Iterator[Finding]:
    """计分参数的单位是定好的，写的要与它一样。"""
    for row in draft.rows(PARAMETER_TABLE.key):
        one = named(row.text("name"))
        parameter = scheme.parameters.get(f"{row.text('code')}.{one.key}") if one else None
        if parameter is not None and parameter.unit != row.text("unit"):
            raw, expected = excerpt(row.text("unit")), parameter.unit or "空白"
            yield say.OTHER_UNIT.finding(row.place("unit"), raw=raw, expected=expected)


def _finding(draft: Draft, path: str, message: str) -> Finding:
    """一处毛病，指到格。"""
    place = draft.find(path, message)
    group, _, key = path.partition(".")
    if group == SHARED.key and message.startswith(_LACKING) and key not in _written(draft):
        reason = message.removeprefix(_LACKING).strip("，").removesuffix("要用")
        return say.NO_SHARED.finding(place, reason=reason, key=key)
    subject = _subject(draft, place) if place else path
    message = in_chinese(path, message) + _elsewhere(draft, path, place)
    return say.FAULT.finding(place, subject=subject, message=message)


def _elsewhere(draft: Draft, path: str, place: Place | None) -> str:
    """一行取数或参数也没有写的，指到了指标自己的一行：说该写在哪张表。"""
    own = draft.tables.get(INDICATORS.key)
    if own is None or place is None or place.sheet != own.sheet:
        return ""
    tables = {".method.inputs": INPUT_TABLE, ".method.parameters": PARAMETER_TABLE}
    return next((f"；写在“{table.name}”" for key, table in tables.items() if key in path), "")


def _written(draft: Draft) -> set[str]:
    """写了的共用参数。"""
    return {row.text("key") for row in draft.rows(SHARED.key)}


def _subject(draft: Draft, place: Place) -> str:
    """一格给人看的名字，如 “部门预算资金支出率”的“分值”。"""
    for read in draft.tables.values():
        if read.sheet != place.sheet:
            continue
        key = next((key for key, at in read.columns.items() if at == place.at.col), "")
        if not key:  # 该在的那一栏找不到
            return f"“{read.table.name}”"
        heading = read.table.column(key).heading
        row = next((row for row in read.rows if row.number == place.at.row), None)
        name = quote(read.table.name_of(row.values)) if row else ""
        inner = name.replace("“", "‘").replace("”", "’")
        return f"“{inner}”的“{heading}”" if name else f"“{heading}”一栏"
    return ""
