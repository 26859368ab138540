"""自查：绩效指标一行自己的自评得分：范围、所选的档、与系统得分之差、扣分的原因。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.factor import earned
from xltool.facts.target import indicator_row
from xltool.facts.tiers import band, own_share, tier_key
from xltool.finding import Severity
from xltool.form.live.check import LiveCheck
from xltool.form.live.saying import unsaid
from xltool.layout.columns import UNSAID, WAY
from xltool.scheme.completing import TIER_LOWS, TIERS
from xltool.scheme.thresholds import (
    ROW_ERROR_POINTS,
    ROW_ERROR_SHARE,
    ROW_WARNING_POINTS,
    ROW_WARNING_SHARE,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Scheme, Sheet
    from xltool.scheme.thresholds import Threshold

_OWN, _FULL, _SCORE = "self_score", "points", "score"


def row_score_checks(scheme: Scheme, sheet: Sheet) -> Iterator[LiveCheck]:
    """有自己的分值和自评得分的表才有。"""
    if not {_OWN, _FULL, _SCORE} <= {field.key for field in sheet.fields}:
        return
    yield LiveCheck(("S01",), Severity.ERROR, "自评得分不在0到分值之间", _outside, _is_outside)
    if band(scheme, "achieved") is not None:
        yield LiveCheck(
            ("S01",), Severity.ERROR, "自评得分不在所选的档以内", _unbanded, _is_unbanded
        )
    limits = (ROW_ERROR_POINTS, ROW_ERROR_SHARE)
    says = "自评得分比系统得分多出太多"
    yield LiveCheck(("S07",), Severity.ERROR, says, lambda line: _over(line, *limits), _is_far)

    def above(line: Line) -> str:
        near = _over(line, ROW_WARNING_POINTS, ROW_WARNING_SHARE)
        return f"AND({near},NOT({_over(line, *limits)}),{line.at(UNSAID.key)}=1)"

    yield LiveCheck(
        ("S07",), Severity.WARNING, "自评得分高于系统得分，请写明依据", above, _is_above
    )


def _numbers(line: Line, *columns: str) -> str:
    return f"AND({','.join(f'ISNUMBER({line.at(column)})' for column in columns)})"


def _outside(line: Line) -> str:
    own, full = line.at(_OWN), line.at(_FULL)
    return f"IF({_numbers(line, _OWN, _FULL)},OR({own}<0,{own}>{full}),FALSE)"


def _is_outside(judged: Judged) -> bool:
    own, full = _pair(judged)
    return own is not None and full is not None and not 0 <= own <= full


def _pair(judged: Judged) -> tuple[Decimal | None, Decimal | None]:
    return judged.facts.number(judged.key(_OWN)), judged.facts.number(judged.key(_FULL))


def _unbanded(line: Line) -> str:
    """不能用数衡量的，选了一档，自己评的要在那一档以内。"""
    own, full = line.at(_OWN), line.at(_FULL)
    share = f"ROUND({own}/{full},{line.refs.parameter('working_digits')})"
    text = "FALSE"
    lows = {name: line.refs.parameter(key) for name, key in TIER_LOWS.items()}
    bounds = {
        "achieved": f"OR({share}<{lows['achieved']},{share}>1)",
        "partial": f"OR({share}<{lows['partial']},{share}>={lows['achieved']})",
        "missed": f"{share}>={lows['partial']}",
    }
    for name in TIERS:
        text = f"IF({line.at('tier')}={line.refs.option('tier', name)},{bounds[name]},{text})"
    inside = f"IF(AND({full}>0,{own}>=0,{own}<={full}),{text},FALSE)"
    return (
        f"IF(ISNUMBER({line.at(WAY.key)}),FALSE,IF({_numbers(line, _OWN, _FULL)},{inside},FALSE))"
    )


def _is_unbanded(judged: Judged) -> bool:
    scheme, target = judged.facts.scheme, indicator_row(judged.facts, judged.row)
    own, full = _pair(judged)
    if own is None or not full or not 0 <= own <= full or target.target is not None:
        return False
    share, tier = own_share(target), tier_key(scheme, target)
    limits = band(scheme, tier) if tier else None
    return share is not None and limits is not None and not limits.holds(scheme.precise(share))


def _over(line: Line, most: Threshold, share: Threshold) -> str:
    """多评的分超过了几分，或占分值的几成。"""
    refs, full = line.refs, line.at(_FULL)
    gap = f"ROUND({line.at(_OWN)}-{line.at(_SCORE)},{refs.parameter('working_digits')})"
    part = f"ROUND(({line.at(_OWN)}-{line.at(_SCORE)})/{full},{refs.parameter('working_digits')})"
    far = f"OR({gap}>{refs.parameter(most.key)},{part}>{refs.parameter(share.key)})"
    known = _numbers(line, _OWN, _FULL, _SCORE)
    return f"IF({known},IF({full}=0,FALSE,AND({gap}>0,{far})),FALSE)"


def _is_over(judged: Judged, most: Threshold, share: Threshold) -> bool:
    scheme, target = judged.facts.scheme, indicator_row(judged.facts, judged.row)
    score = earned(scheme, target)
    if score is None or target.self_score is None or not target.points:
        return False
    gap = scheme.precise(target.self_score - score)
    part = scheme.precise((target.self_score - score) / target.points)
    return gap > 0 and (gap > most.of(scheme) or part > share.of(scheme))


def _is_far(judged: Judged) -> bool:
    return _is_over(judged, ROW_ERROR_POINTS, ROW_ERROR_SHARE)


def _is_above(judged: Judged) -> bool:
    if _is_far(judged) or not unsaid(judged.facts, judged.key("note")):
        return False
    return _is_over(judged, ROW_WARNING_POINTS, ROW_WARNING_SHARE)
