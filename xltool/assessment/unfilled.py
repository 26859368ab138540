"""没有填的：必填而空着的格，和因此不能计分的指标。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.facts.computed import input_key
from xltool.facts.entry import EntryState
from xltool.facts.target import may_be_blank, target_rows
from xltool.flags.wording import how_to_fill
from xltool.messages import entries as say
from xltool.scheme.categories import SHEET
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.model import SheetKind
from xltool.scoring.method import UNSCORED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from xltool.address import Place
    from xltool.facts.view import Facts
    from xltool.finding import Finding
    from xltool.scheme.model import Sheet
    from xltool.scoring.score import Score


_MOST_PLACES: Final = 20  # 一句话里最多列几格


def missing_findings(facts: Facts, reported: set[CellKey | None]) -> Iterator[Finding]:
    """必填而空着的格；疑点（如 C01、R01）已经说到的格（`reported`）不重复说。"""
    entries = facts.submission.entries  # 只记有内容的格
    for sheet in facts.scheme.sheets:
        if sheet.key in facts.submission.blocks:
            wanted = _required(facts, sheet)
            blank = [key for key in wanted if key not in entries and key not in reported]
            keys = [key for key in blank if not may_be_blank(facts, key)]
            yield from _grouped(facts, keys)
            yield from _too_few(facts, sheet)


def _too_few(facts: Facts, sheet: Sheet) -> Iterator[Finding]:
    """记录表填的行少于方案要的；一行也没有、因而不能计分或成了 C01 的，那里说了。"""
    count = facts.begun(sheet) if sheet.at_least else 0
    if count >= sheet.at_least:
        return
    specs = (spec for one in facts.scheme.indicators for _, spec in one.method.every())
    scored = {spec.inputs.get("sheet") for spec in specs}
    if not count and sheet.key in {SHEET, *scored}:
        return
    place = facts.place(CellKey(sheet.key, str(count + 1), sheet.anchor))
    yield say.TOO_FEW.finding(place, name=sheet.name, least=sheet.at_least, count=count)


def _required(facts: Facts, sheet: Sheet) -> Iterator[CellKey]:
    if sheet.kind is SheetKind.FIELDS:
        for field in sheet.fields:
            if field.required:
                yield CellKey(sheet.key, field.key, VALUE)
        return
    if sheet.kind is SheetKind.SCORE:
        rows = tuple(indicator.code for indicator in facts.scheme.indicators)
    else:
        rows = facts.submission.records.get(sheet.key, ())
    for field in sheet.columns:
        for row in rows:
            if field.required:
                yield CellKey(sheet.key, row, field.key)


def _grouped(facts: Facts, keys: list[CellKey]) -> Iterator[Finding]:
    """记录表和评分表同一栏的并成一条，说明共几格、在哪几行。"""
    groups: dict[str, list[CellKey]] = {}
    for key in keys:
        groups.setdefault(key.row if key.column == VALUE else key.column, []).append(key)
    for group in groups.values():
        places = [place for key in group if (place := facts.place(key))]
        field = facts.scheme.field(group[0])
        count = ""
        if len(group) > 1:
            shown = "、".join(place.at.a1 for place in places[:_MOST_PLACES])
            rows = f"{shown}{'等' if len(places) > _MOST_PLACES else ''}，" if places else ""
            count = f"（{rows}共{len(group)}格）"
        yield say.MISSING.finding(
            places[0] if places else None,
            label=field.label,
            count=count,
            how=how_to_fill(facts.scheme, field),
        )


def not_counted(facts: Facts, scores: Iterable[Score], said: AbstractSet[str]) -> Iterator[Finding]:
    """不能计分而别处还没有说到原因的指标；缺的格没填、读不出的，前面已经逐格说过。

    `said` 是已经说了的编码：分值合计不对的说过一次，逐行计的各项不再说。绩效指标一行也没有填、
    有的行分不清属于哪一类的，那里说了，各类合起来的结果不再说。
    """
    form = facts.scheme.score_sheet.key
    for score in scores:
        if say.WEIGHTS.code in said and facts.scheme.weighed(score.code):
            continue
        if _unsorted(facts, score.code):
            continue
        if score.value is None and not any(_reported(facts, key) for key in score.missing):
            place = _to_mend(facts, score) or facts.place(CellKey(form, score.code, "score"))
            title = facts.scheme.indicator(score.code).title
            yield say.NOT_COUNTED.finding(
                place, code=score.code, title=title, why=score.trace.removeprefix(UNSCORED)
            )


def _unsorted(facts: Facts, code: str) -> bool:
    """从绩效指标里挑出一类来计分的，是不是还看不出哪些行是这一类。"""
    specs = (spec for _, spec in facts.scheme.indicator(code).method.every())
    columns = [str(spec.inputs["where"]) for spec in specs if "where" in spec.inputs]
    keys = [row.record.key(column) for row in target_rows(facts) for column in columns]
    return bool(columns) and (not keys or any(_reported(facts, key) for key in keys))


def _to_mend(facts: Facts, score: Score) -> Place | None:
    """补上就能计分的第一格；自动计算的格不是填的，不算。"""
    blank = (key for key in score.missing if facts.scheme.computation(key) is None)
    return next(filter(None, map(facts.place, blank)), None)


def _reported(facts: Facts, key: CellKey) -> bool:
    computation = facts.scheme.computation(key)
    if computation is not None:
        inputs = (input_key(name, key) for name in computation.inputs)
        return any(_reported(facts, name) for name in inputs)
    state = facts.entry(key).state
    if state is EntryState.BLANK:
        return facts.scheme.field(key).required
    return state is not EntryState.VALUE
