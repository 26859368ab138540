"""印在报送表上的字：写表时照印，读报送时照对，只写在这里。"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from xltool.facts.computed import plain
from xltool.scheme.labels import label_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Field, Scheme, Sheet

BACK_TEXT = "返回"
SHEET_TAG = "xltool:"  # 标识行第一格的开头
STATUS_START = "本表"  # 各表顶上填报检查一句的开头
TOTAL_TEXT = "合计"
UNIT_TEXT, DAY_TEXT = "填报单位（公章）：", "填报日期："
_SIGNERS = ("cover.leader", "cover.finance_leader", "cover.filler", "cover.phone")


def sheet_tag(sheet: Sheet) -> str:
    """某张表的标识，印在标识行的第一格。"""
    return f"{SHEET_TAG}{sheet.key}"


def signatures(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    """签章一行：印好的字，以及封面上填了的话带过来的项；职务照封面的叫法。"""
    signers = ((f"{label_of(scheme, name)}：", name) for name in _SIGNERS if scheme.has(name))
    return ((UNIT_TEXT, ""), *signers, (DAY_TEXT, ""))


def help_text(field: Field) -> str:
    """印在“填报要求”栏里的话。"""
    if field.computation is not None:
        return f"自动计算：{field.help}"
    must = "必填。" if field.required else "选填。"
    example = f"例：{field.example}" if field.example else ""
    return f"{must}{field.help}{example}"


def level_texts(scheme: Scheme) -> Iterator[tuple[str, str, str]]:
    """一级、二级指标栏：哪一行、哪一栏、印什么；同一级的只印在第一行，其余各行空着。"""
    points = {level.title: level.points for level in scheme.levels}
    for column in ("level1", "level2"):
        for name, run in groupby(scheme.indicators, attrgetter(column)):
            items = tuple(run)
            varies = any(scheme.allocated(item.code) for item in items) and column == "level2"
            text = name if varies else f"{name}\n（{plain(points[name])}分）"
            for number, item in enumerate(items):
                yield item.code, column, "" if number else text
