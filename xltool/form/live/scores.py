"""自查：评分表一行的自评得分：范围、与系统得分之差、扣分的原因。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.allocation import points_of
from xltool.facts.gathered import typed_key
from xltool.facts.left_out import PART, kinds, left_out, mark
from xltool.facts.target import target_rows
from xltool.facts.using import has_cell, note_key
from xltool.finding import Severity
from xltool.form.live.check import LiveCheck
from xltool.form.live.saying import unsaid, unsaid_cell
from xltool.layout.columns import UNSAID
from xltool.scheme.categories import SHEET, level1_of
from xltool.scheme.key import CellKey, field_key
from xltool.scheme.model import SUMMED
from xltool.scheme.thresholds import SCORE_ERROR, SCORE_GAP, TOTAL_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.facts.records import Record
    from xltool.facts.view import Facts
    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Indicator, Scheme

_OWN, _REASON = "self_score", "reason"


def score_checks(scheme: Scheme, code: str) -> Iterator[LiveCheck]:
    """评分表的一行；由别处归拢来的，在填的那一处看。"""
    own = CellKey(scheme.score_sheet.key, code, _OWN)
    if scheme.computation(own) is not None:
        return
    yield from _range_checks(scheme, code)
    if has_cell(scheme, own._replace(column=_REASON)):
        yield _unexplained(scheme, scheme.indicator(code))


def typed_score_checks(scheme: Scheme, key: CellKey) -> Iterator[LiveCheck]:
    """评分表的一行由这一格归拢，或原因写在这里：在这里看。"""
    for indicator in scheme.indicators:
        own = CellKey(scheme.score_sheet.key, indicator.code, _OWN)
        if scheme.computation(own) is None or indicator.method.name == SUMMED:
            continue
        typed = typed_key(scheme, own)
        if typed == key:
            yield from (_moved(one, own) for one in _range_checks(scheme, indicator.code))
        place = _note_of(scheme, indicator)
        if (place or typed) == key:
            label = scheme.field(key).label
            says = f"{indicator.title}扣了分，请在“{label}”写明原因"
            yield _moved(_unexplained(scheme, indicator)._replace(says=says), own)


def _moved(check: LiveCheck, own: CellKey) -> LiveCheck:
    """说在别处的一条：照评分表的那一行看。"""
    return check._replace(
        formula=lambda line: check.formula(line._replace(sheet=own.sheet, row=own.row)),
        holds=lambda judged: check.holds(judged._replace(sheet=own.sheet, row=own.row)),
    )


def _range_checks(scheme: Scheme, code: str) -> Iterator[LiveCheck]:
    """范围，与系统得分之差；逐行相加的，差在哪个指标逐行看。"""
    indicator = scheme.indicator(code)
    if not scheme.weighed(code):
        says = "自评得分不在0到分值之间"
        yield LiveCheck(("S01", "V156"), Severity.ERROR, says, _outside, _is_outside)
    if indicator.method.name == SUMMED:
        if scheme.has(f"{SHEET}.{_OWN}"):
            yield _added(scheme, indicator)
        return
    says = "自评得分比系统得分多出太多"
    yield LiveCheck(("S03",), Severity.ERROR, says, _far, _is_far)
    places = _told_places(scheme, code)

    def above(line: Line) -> str:
        untold = "".join(f",{unsaid_cell(line.refs, key)}=1" for key in places)
        return f"AND({_above(line)}{untold})"

    def is_above(judged: Judged) -> bool:
        return _is_above(judged) and all(unsaid(judged.facts, key) for key in places)

    says = "自评得分高于系统得分，请写明依据"
    yield LiveCheck(("S03",), Severity.WARNING, says, above, is_above)


def _told_places(scheme: Scheme, code: str) -> tuple[CellKey, ...]:
    """自评高了，依据可以写在哪几处。"""
    own = CellKey(scheme.score_sheet.key, code, _OWN)
    reason, typed = own._replace(column=_REASON), typed_key(scheme, own)
    noted = note_key(scheme, typed) if typed != own else reason
    return tuple(key for key in dict.fromkeys((reason, noted)) if has_cell(scheme, key))


def _outside(line: Line) -> str:
    own = line.at(_OWN)
    return f"IF(ISNUMBER({own}),OR({own}<0,{own}>{line.at('points')}),FALSE)"


def _is_outside(judged: Judged) -> bool:
    own = judged.facts.number(judged.key(_OWN))
    return own is not None and not 0 <= own <= _points(judged)


def _points(judged: Judged) -> Decimal:
    return points_of(judged.facts, judged.facts.scheme.indicator(judged.row))


def _gap(line: Line) -> str:
    digits = line.refs.parameter("working_digits")
    return f"ROUND({line.at(_OWN)}-{line.at('score')},{digits})"


def _far(line: Line) -> str:
    return _gap_between(line, line.refs.parameter(SCORE_ERROR.key), "")


def _above(line: Line) -> str:
    refs = line.refs
    return _gap_between(line, refs.parameter(SCORE_GAP.key), refs.parameter(SCORE_ERROR.key))


def _gap_between(line: Line, low: str, high: str) -> str:
    """高出的分在两个界限之间；超过分值的是另一条。"""
    own, score, gap = line.at(_OWN), line.at("score"), _gap(line)
    least = f",{gap}<={high}" if high else ""
    between = f"AND({gap}>{low}{least},{own}<={line.at('points')})"
    return f"IF(AND(ISNUMBER({own}),ISNUMBER({score})),{between},FALSE)"


def _known_gap(judged: Judged) -> Decimal | None:
    own, score = judged.facts.number(judged.key(_OWN)), judged.scores(judged.row)
    if own is None or score is None or own > _points(judged):
        return None
    return judged.facts.scheme.precise(own - score)


def _is_far(judged: Judged) -> bool:
    gap = _known_gap(judged)
    return gap is not None and gap > SCORE_ERROR.of(judged.facts.scheme)


def _is_above(judged: Judged) -> bool:
    gap, scheme = _known_gap(judged), judged.facts.scheme
    return gap is not None and SCORE_GAP.of(scheme) < gap <= SCORE_ERROR.of(scheme)


def _added(scheme: Scheme, indicator: Indicator) -> LiveCheck:
    """逐行相加的一行，等于绩效指标表里这一类各行自评得分之和；有一行没填的不比。"""
    where = str(indicator.method.inputs["where"])
    options, _, option = str(indicator.method.inputs["equals"]).partition(".")
    wanted = scheme.word(options, option)

    def formula(line: Line) -> str:
        refs, own = line.refs, line.at(_OWN)
        rows = f"{refs.column(SHEET, where)},{refs.option(options, option)}"
        scores = refs.column(SHEET, _OWN)
        counted, known, added = f"COUNTIFS({rows})", _scored(rows, scores), _sum(rows, scores)
        for kind in kinds(scheme):  # 其中项不算；写明不适用的，没有自评得分的不算
            left = f"{rows},{refs.column(SHEET, 'factor')},{mark(refs, kind)}"
            counted += f"-COUNTIFS({left})"
            if kind == PART:
                known, added = f"{known}-({_scored(left, scores)})", f"{added}-{_sum(left, scores)}"
            else:
                counted += f"+{_scored(left, scores)}"
        gap = f"ABS(ROUND({own}-({added}),{refs.parameter('working_digits')}))"
        ready = f"AND(ISNUMBER({own}),{counted}>0,{known}={counted})"
        return f"IF({ready},{gap}>{refs.parameter(TOTAL_TOLERANCE.key)},FALSE)"

    def holds(judged: Judged) -> bool:
        own, facts = judged.facts.number(judged.key(_OWN)), judged.facts
        rows = [row for row in target_rows(facts) if row.record.text(where) == wanted]
        scores = [
            row.self_score for row in rows if not (row.self_score is None and left_out(scheme, row))
        ]
        known = [score for score in scores if score is not None]
        if own is None or not scores or len(known) < len(scores):
            return False
        gap = scheme.precise(abs(own - sum(known, Decimal(0))))
        return gap > TOTAL_TOLERANCE.of(scheme)

    says = f"不等于{scheme.sheet(SHEET).name}表里这一类自评得分之和"
    return LiveCheck(("S01",), Severity.ERROR, says, formula, holds)


def _scored(rows: str, scores: str) -> str:
    return f'COUNTIFS({rows},{scores},">=0")+COUNTIFS({rows},{scores},"<0")'


def _sum(rows: str, scores: str) -> str:
    return f"SUMIFS({scores},{rows})"


# ---------------------------------------------------------------- 扣分的原因


def _unexplained(scheme: Scheme, indicator: Indicator) -> LiveCheck:
    """扣了分，本行和得分所由来的各处都没有写原因。"""
    reason = CellKey(scheme.score_sheet.key, indicator.code, _REASON)
    written = reason if has_cell(scheme, reason) else None

    def formula(line: Line) -> str:
        own = line.at(_OWN)
        lost = f"IF(ISNUMBER({own}),{own}<{line.at('points')},FALSE)"
        unsaid_here = f",{unsaid_cell(line.refs, written)}=1" if written else ""
        return f"IF(AND({lost}{unsaid_here}),{_untold(scheme, indicator, line)},FALSE)"

    def holds(judged: Judged) -> bool:
        own = judged.facts.number(judged.key(_OWN))
        if own is None or own >= _points(judged):
            return False
        if written and not unsaid(judged.facts, written):
            return False
        places = tuple(_places(judged.facts, indicator))
        return not places or any(unsaid(judged.facts, place) for place in places)

    return LiveCheck(("S04",), Severity.WARNING, "扣了分，请写明原因", formula, holds)


def _source(indicator: Indicator) -> tuple[str, str]:
    """得分由哪张记录表的哪一栏得来。"""
    inputs = indicator.method.inputs
    return str(inputs.get("sheet", "")), str(inputs.get("column", ""))


def _note_of(scheme: Scheme, indicator: Indicator) -> CellKey | None:
    """由一格得分的，那一格的说明；没有的为空。"""
    first = next(iter(indicator.method.inputs.values()), "")
    if not isinstance(first, str) or first.count(".") != 1:
        return None
    place = note_key(scheme, field_key(first))
    return place if has_cell(scheme, place) else None


def _untold(scheme: Scheme, indicator: Indicator, line: Line) -> str:
    refs, (sheet, column) = line.refs, _source(indicator)
    if level1_of(scheme, indicator):
        where = f"{refs.column(SHEET, 'level1')},{_option(line, indicator)},"
        return _rows_untold(line, where)
    if scheme.has(sheet):  # 没有“说明”一栏的，只能写在扣分原因里
        said = scheme.has(f"{sheet}.note")
        return _rows_untold(line, "", sheet, column) if said else "TRUE"
    place = _note_of(scheme, indicator)
    return f"{unsaid_cell(refs, place)}=1" if place else "TRUE"


def _places(facts: Facts, indicator: Indicator) -> Iterator[CellKey]:
    """与 _untold 同义：可以写原因的各处。"""
    scheme, (sheet, column) = facts.scheme, _source(indicator)
    if level1 := level1_of(scheme, indicator):
        rows = (row for row in facts.records(SHEET) if row.text("level1") == level1)
        yield from _short(facts, rows, "factor")
    elif scheme.has(sheet):
        yield from _short(facts, facts.records(sheet), column)
    elif place := _note_of(scheme, indicator):
        yield place


def _short(facts: Facts, rows: Iterable[Record], column: str) -> Iterator[CellKey]:
    """没有得满的各行的说明。"""
    for row in rows:
        rate = facts.number(row.key(column))
        if rate is not None and rate < 1:
            yield row.key("note")


def _rows_untold(line: Line, where: str, sheet: str = SHEET, column: str = "factor") -> str:
    """没有得满的各行里，有没有写原因的；一行也没有的算没有写。"""
    short = f'{where}{line.refs.column(sheet, column)},"<1"'
    unsaid_rows = f"{line.refs.column(sheet, UNSAID.key)},1"
    return f"OR(COUNTIFS({short})=0,COUNTIFS({short},{unsaid_rows})>0)"


def _option(line: Line, indicator: Indicator) -> str:
    options, _, option = str(indicator.method.inputs["equals"]).partition(".")
    return line.refs.option(options, option)
