"""约定里的绩效指标表：一行一个绩效指标，规则最多，也供计分。"""

from __future__ import annotations

from typing import Final

from xltool.scheme.contract.need import Holds, Need, When
from xltool.scheme.fields import Compute, SheetKind

_TEXT, _NUMBER = Holds.TEXT, Holds.NUMBER
_RATED, _EARNED = When.RATED, When.EARNED

TARGETS: Final = (
    Need("indicators", "绩效指标", "不能按绩效指标计分。", sheet=SheetKind.RECORDS),
    Need("indicators.level1", "一级指标", "X02 不分一级数。", holds=_TEXT, listed="level1"),
    Need("indicators.title", "绩效指标的名称", holds=_TEXT),
    Need(
        "indicators.expected",
        "预期值",
        when=_RATED,
        holds=Holds.MEASURE,
    ),
    Need(
        "indicators.adjusted",
        "调整值",
        "预期值不能在年中调整；有的，填了就以它为准。",
        holds=Holds.MEASURE,
    ),
    Need(
        "indicators.actual",
        "实现值",
        when=_RATED,
        holds=Holds.MEASURE,
    ),
    Need("indicators.operator", "运算符", when=_RATED, holds=Holds.CHOICE, listed="operator"),
    Need("indicators.unit", "计量单位", when=_RATED, holds=_TEXT, listed="unit"),
    Need("indicators.level2", "二级指标", when=_RATED, holds=_TEXT),
    Need("indicators.tier", "达成情况", when=_RATED, holds=Holds.CHOICE, listed="tier"),
    Need("indicators.special", "属专项资金", "计分不能只看专项资金的指标。", holds=_TEXT),
    Need("indicators.points", "本行的分值", "不能逐行计分。", _EARNED, _NUMBER),
    Need(
        "indicators.self_score",
        "本行的自评得分",
        "S01 不查逐行的自评；档内自评不作数。",
        holds=_NUMBER,
    ),
    Need(
        "indicators.completion",
        "完成率",
        "表里不显完成率，大幅超额的不提示；自评报告不列没有完成的指标。",
        computed=Compute.COMPLETION,
    ),
    Need("indicators.factor", "得分率", "不能按绩效指标计分。", _EARNED, computed=Compute.FACTOR),
    Need("indicators.score", "本行的系统得分", "不能逐行计分。", computed=Compute.EARNED),
    Need("indicators.note", "偏差原因", holds=_TEXT),
    Need("indicators.evidence", "佐证材料", holds=_TEXT),
)
