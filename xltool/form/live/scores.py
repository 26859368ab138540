"""自查：评分表一行的自评得分：范围、与系统得分之差、扣分的原因。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.allocation import points_of
from xltool.facts.gathered import typed_key
from xltool.facts.left_out import PART, kinds, left_out, mark
from xltool.facts.target import target_rows
from xltool.facts.using import NOTE, has_cell, note_key, reason_sources
from xltool.finding import Severity
from xltool.form.live.check import LiveCheck
from xltool.form.live.saying import unsaid, unsaid_cell
from xltool.layout.columns import UNSAID
from xltool.scheme.categories import LEVEL1, SHEET
from xltool.scheme.key import CellKey
from xltool.scheme.model import SUMMED
from xltool.scheme.thresholds import SCORE_ERROR, SCORE_GAP, TOTAL_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.using import ShortRows
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
        sources = reason_sources(scheme, indicator.code)
        note = next((one for one in sources if isinstance(one, CellKey)), None)
        if sources and key == (note or typed):
            says = f"{indicator.title}扣了分，请在“{_called(scheme, note or sources[0])}”写明原因"
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


def _called(scheme: Scheme, source: ShortRows | CellKey) -> str:
    """写原因的一处叫什么：一格的叫法；看几行的，是哪张表的哪一栏。"""
    if isinstance(source, CellKey):
        return scheme.field(source).label
    sheet = scheme.sheet(source.sheet)
    return f"{sheet.name}”的“{sheet.column(NOTE).label}"


def _unexplained(scheme: Scheme, indicator: Indicator) -> LiveCheck:
    """扣了分，本行和得分所由来的各处都没有写原因。"""
    reason = CellKey(scheme.score_sheet.key, indicator.code, _REASON)
    written = reason if has_cell(scheme, reason) else None
    sources = reason_sources(scheme, indicator.code)

    def formula(line: Line) -> str:
        own = line.at(_OWN)
        lost = f"IF(ISNUMBER({own}),{own}<{line.at('points')},FALSE)"
        unsaid_here = f",{unsaid_cell(line.refs, written)}=1" if written else ""
        untold = [_untold(line, source) for source in sources] or ["TRUE"]
        everywhere = untold[0] if len(untold) == 1 else f"AND({','.join(untold)})"
        return f"IF(AND({lost}{unsaid_here}),{everywhere},FALSE)"

    def holds(judged: Judged) -> bool:
        own = judged.facts.number(judged.key(_OWN))
        if own is None or own >= _points(judged):
            return False
        if written and not unsaid(judged.facts, written):
            return False
        return all(_is_untold(judged.facts, source) for source in sources)

    return LiveCheck(("S04",), Severity.WARNING, "扣了分，请写明原因", formula, holds)


def _untold(line: Line, source: ShortRows | CellKey) -> str:
    """一处没有写原因；看几行的，没有得满的各行里有没有写的，一行也没有的算没有写。"""
    refs = line.refs
    if isinstance(source, CellKey):
        return f"{unsaid_cell(refs, source)}=1"
    where = ""
    if source.equals:
        wanted = refs.option(*source.equals.split("."))
        where = f"{refs.column(SHEET, LEVEL1)},{wanted},"
    short = f'{where}{refs.column(source.sheet, source.column)},"<1"'
    unsaid_rows = f"{refs.column(source.sheet, UNSAID.key)},1"
    return f"OR(COUNTIFS({short})=0,COUNTIFS({short},{unsaid_rows})>0)"


def _is_untold(facts: Facts, source: ShortRows | CellKey) -> bool:
    """与 _untold 同义。"""
    if isinstance(source, CellKey):
        return unsaid(facts, source)
    wanted = facts.scheme.word(*source.equals.split(".")) if source.equals else ""
    rates = (
        (row, facts.number(row.key(source.column)))
        for row in facts.records(source.sheet)
        if not source.equals or row.text(LEVEL1) == wanted
    )
    short = [row for row, rate in rates if rate is not None and rate < 1]
    return not short or any(unsaid(facts, row.key(NOTE)) for row in short)
