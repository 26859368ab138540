"""测试用：示例的两个报送文件夹，汇总一次、排版一次，各处共用。"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from parity_cells import frozen

from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.collection.verdicts import VERDICTS, Carried, Opinion, Reviews
from xltool.consolidated.book import consolidated_plan
from xltool.consolidated.findings import READINGS
from xltool.consolidated.sources import make_sources

if TYPE_CHECKING:
    from xltool.collection.model import Collection
    from xltool.consolidated.source import Source
    from xltool.sheets.plan import WorkbookPlan

SAMPLES = Path(__file__).parents[2] / "sample_inputs"
ROSTERS = {"inbox": "名单.xlsx", "mixed": "mixed_名单.xlsx"}


@cache
def collected(folder: str) -> Collection:
    """一个报送文件夹的汇总。"""
    return collect(Request(folder=SAMPLES / folder, roster=SAMPLES / ROSTERS[folder], jobs=1))


@cache
def sources(folder: str) -> tuple[Source, ...]:
    """各种表的各份。"""
    return make_sources(collected(folder), "评分表")


REVIEWED = "复核过的"
GROUPS = ("*社保科", ">社保科", "")  # 公式的条件里有意思的字，在名单上只是字


@cache
def plan(folder: str) -> WorkbookPlan:
    """汇总工作簿；“复核过的”是写了意见、改了分、名单上有归口的。"""
    return frozen(consolidated_plan(reviewed() if folder == REVIEWED else sources(folder)))


@cache
def reviewed() -> tuple[Source, ...]:
    """每个单位两条意见、两个复核得分，有写得不对的；分三个归口，一个没有写。"""
    whole = collected("inbox")
    groups = (GROUPS[n % len(GROUPS)] for n in range(len(whole.units)))
    units = tuple(replace(u, group=g) for u, g in zip(whole.units, groups, strict=True))
    findings, scores = {}, {}
    for number, unit in enumerate(one for one in units if one.adopted):
        notes = enumerate(unit.notes())
        listed = [n for n, note in notes if note.finding.code not in READINGS]
        for n in listed[:2]:
            opinion = Opinion(VERDICTS[(number + n) % len(VERDICTS)], "看过")
            findings[unit.key, n] = Carried(opinion, "", changed=n == 0)
        written = Opinion(Decimal("0.25"), "扣在别处" if number else "")
        scores[unit.key, "02"] = Carried(written, "", changed=False)
        scores[unit.key, "13"] = Carried(Opinion(Decimal(number * 3), "改"), "", changed=True)
    reviews = Reviews(findings=findings, scores=scores)
    return make_sources(replace(whole, units=units), "评分表", reviews)
