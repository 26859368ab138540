"""一份结论的概要；几千份的放在一起，一样的字和数只留一份。"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING

from xltool.collection.model import Summary
from xltool.scheme.key import CellKey

if TYPE_CHECKING:
    from xltool.assessment.report import Report


def summarised(report: Report) -> Summary:
    """一份结论的概要。"""
    day = report.contents.get(CellKey("cover", "date"))
    return Summary(
        scheme=report.scheme,
        code=report.code,
        name=report.name,
        project=report.project,
        total=report.total,
        self_total=report.self_total,
        grade=report.grade,
        self_grade=report.self_grade,
        levels=report.levels,
        tally=report.tally,
        filler=report.text("filler"),
        phone=report.text("phone"),
        date=day if isinstance(day, date) else None,
        answers=report.answers,
        lineage=report.lineage,
        narrative=report.narrative,
        narrative_mark=report.narrative_mark,
    )


def shared(summary: Summary) -> Summary:
    """由别的进程、由缓存取来的，字字都是新的：方案、等级、各级得分换成大家合用的。"""
    return replace(
        summary,
        scheme=intern(summary.scheme),
        grade=intern(summary.grade),
        self_grade=intern(summary.self_grade),
        levels=tuple(
            _level(title, None if score is None else str(score)) for title, score in summary.levels
        ),
    )


@lru_cache(maxsize=4096)
def _level(title: str, score: str | None) -> tuple[str, Decimal | None]:
    """数照写法认：2.0 与 2.00 相等，印出来不同。"""
    return intern(title), None if score is None else Decimal(score)
