"""通报里点名的单位：表扬哪几个，提醒哪几个，凭什么；界限是这一季的设置。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.collection.statuses import Due, UnitStatus
from xltool.consolidated.findings_sheet import SENT_BACK
from xltool.consolidated.summary import LATE, UNTIL
from xltool.papers.bulletin_units import ABSENT, COUNTED, deferred, names
from xltool.papers.printing import percent, points

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xltool.consolidated.settling import SettledUnit
    from xltool.season.choosing import Choosing


def praise(choosing: Choosing) -> str:
    """凭什么表扬，看通报的人也要看得到。"""
    most = f"按得分列前{choosing.most}个"
    return f"下列单位复核等级为最高一级，没有须改正的错误，没有逾期报送，{most}，予以表扬："


def call(choosing: Choosing) -> str:
    """凭什么提醒；界限是零的不凭它。"""
    grounds = ["没有报送、被退回或待确认", "表种与名单不同"]
    grounds += [f"复核得分{_low(choosing)}"] * bool(choosing.below)
    grounds += [f"还有{choosing.errors}处以上错误须改正"] * bool(choosing.errors)
    return f"下列单位{'，或'.join(grounds)}，请对照原因抓紧办理："


def _low(choosing: Choosing) -> str:
    return f"不到满分的{percent(choosing.below)}"


def praised_units(
    scored: Sequence[SettledUnit], errors: Mapping[int, int], choosing: Choosing
) -> Iterator[dict[str, str]]:
    """应报的，表种也对，没有逾期，复核等级是最高一级、没有还要改正的错误的，依得分。"""
    found = [
        unit
        for unit in scored
        if unit.reviewed_grade == unit.scheme.grades[0].name
        and not errors.get(unit.number)
        and unit.status != SENT_BACK
        and unit.due in COUNTED
        and not unit.text(LATE)
    ]
    found.sort(key=lambda one: (-(one.reviewed or 0), one.number))
    for unit in found[: choosing.most]:
        yield {"单位": names([unit]), "得分": points(unit.reviewed)}


def called_units(
    units: Sequence[SettledUnit], errors: Mapping[int, int], choosing: Choosing
) -> Iterator[dict[str, str]]:
    """没有报、退回的，得分低的，还要改正的错误多的；一个单位一条。

    批准缓报而还没有报的不在这里催：看不出今天是哪一天，报送情况里写明了缓报至哪天。
    """
    absent = {*(one.label for one in ABSENT), SENT_BACK}
    for unit in units:
        waiting = unit.status == UnitStatus.ABSENT.label and unit.text(UNTIL)
        reasons = [unit.status] if unit.status in absent and not waiting else []
        reasons += ["交的表种与名单不同"] * (unit.due is Due.OTHER_FORM)
        limit = unit.scheme.full_marks * choosing.below
        if unit.reviewed is not None and unit.reviewed < limit:
            said = f"复核得分{points(unit.reviewed)}分，{_low(choosing)}"
            reasons.append(f"{said}，等级{unit.reviewed_grade}")
        if choosing.errors and errors.get(unit.number, 0) >= choosing.errors:
            reasons.append(f"还有{errors[unit.number]}处错误须改正")
        if reasons:
            yield {"单位": deferred(unit), "原因": "；".join(reasons)}
