"""测试用：改动了几个参数或算法的方案，写法是沿用随程序带的方案（docs/来源.md §5）。"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from xltool.scheme.loader import load_scheme, parse_scheme, scheme_ids
from xltool.scheme.model import SheetKind
from xltool.scoring.catalogue import methods_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme

SPECIAL, GENERAL, PROJECT, PROJECT_101 = (
    "jiangmen-2025-special", "jiangmen-2025-general", "mof-project", "mof-project-101",
)  # fmt: skip
_BANDS = {
    "satisfaction_limit1": "90", "satisfaction_share1": "1", "satisfaction_limit2": "80",
    "satisfaction_share2": "0.8", "satisfaction_rest": "0",
}  # fmt: skip
# 沿用哪一个、改哪几个共用参数
PARAMETERS: dict[str, tuple[str, dict[str, str]]] = {
    "超额不调减": (SPECIAL, {"over_action": "0"}),
    "只调减报告点到的": (SPECIAL, {"over_action": "2"}),
    "只调减没有写原因的": (GENERAL, {"over_action": "3", "over_limit": "1.2"}),
    "按偏离度调减": (SPECIAL, {"over_by_deviation": "1", "over_limit": "1.3"}),
    "刚好等于也算超额": (GENERAL, {"over_inclusive": "1"}),
    "反向按比值，有及格线": (SPECIAL, {"reverse_ratio": "1", "pass_mark": "0.6"}),
    "满意度分档": (GENERAL, _BANDS),
    "得分取整": (SPECIAL, {"score_digits": "0"}),
    "得分一位小数，比较到四位": (GENERAL, {"score_digits": "1", "working_digits": "4"}),
    "项目不调减": (PROJECT, {"over_action": "0"}),
    "项目一律按固定比例": (PROJECT, {"over_action": "1", "over_by_deviation": "0"}),
    "项目超额减一分": (PROJECT, {"over_action": "1", "over_factor": "1", "over_minus": "1"}),
    "项目反向按比值": (PROJECT_101, {"reverse_ratio": "1", "over_inclusive": "1"}),
    "不适用得满分": (GENERAL, {"not_applicable": "2"}),
    "不认不适用，不收其中": (SPECIAL, {"not_applicable": "0", "sub_rows": "0"}),
    "项目不适用得满分": (PROJECT, {"not_applicable": "2", "sub_rows": "0"}),
    "项目满分不是一百": (PROJECT_101, {"pass_mark": "0.333", "tier_partial": "0.655"}),
}  # fmt: skip
# 公式里的文字函数要逐格算一栏；formualizer 和 IronCalc 只看第一格，只能由 LibreOffice 核对
ADMITTED = "只调减报告点到的"
# 随程序带的方案都没有用到的计分办法
METHODS: dict[str, tuple[str, str]] = {
    "按金额加权": (
        SPECIAL,
        """[[indicators]]
code = "05"
method = { name = "record_weighted_mean", inputs = { sheet = "funds", column = "counted_rate", \
weight = "planned" }, origin = "假设：试验" }
""",
    ),
    **{
        f"调整率逐点扣分（{counting}）": (
            SPECIAL,
            f"""[[indicators]]
code = "07"
method = {{ name = "per_step", inputs = {{ value = "finance.adjustment_rate", better = "low", \
counting = "{counting}" }}, parameters = {{ bound = 0.1, step = 0.01, per_step = 0.5, \
floor_share = 0.25 }}, origin = "假设：试验" }}
""",
        )
        for counting in ("pro_rata", "full", "started")
    },
    "支出率逐点扣分": (
        GENERAL,
        """[[indicators]]
code = "07"
method = { name = "per_step", inputs = { value = "finance.adjustment_rate", better = "high", \
counting = "full" }, parameters = { bound = 0.3, step = 0.05, per_step = 1 }, \
origin = "假设：试验" }
""",
    ),
    "调整率、支出率取高的": (
        SPECIAL,
        """[[indicators]]
code = "07"
[indicators.method]
name = "best_of"
origin = "假设：试验"
[[indicators.method.ways]]
title = "按调整率"
name = "banded"
inputs = { value = "finance.adjustment_rate", better = "low" }
parameters = { bands = [{ limit = 0.1, share = 1 }, { limit = 0.3, share = 0.5 }], rest_share = 0 }
origin = "假设：试验"
[[indicators.method.ways]]
title = "按支出率"
name = "proportional"
inputs = { numerator = "finance.total", denominator = "finance.adjusted" }
parameters = { when_zero = 0 }
origin = "假设：试验"
""",
    ),
    "增减率逐点扣分，比率取自合计和相减": (
        SPECIAL,
        """[[sheets]]
key = "finance"
[[sheets.fields]]
key = "adjustment_rate"
label = "预算调整率"
kind = "percent"
computation = { kind = "growth", inputs = ["finance.left", "finance.both"] }
[[sheets.fields]]
key = "both"
code = "E90"
label = "年初预算数与决算支出合计"
kind = "money"
unit = "万元"
help = "自动计算。"
computation = { kind = "sum", inputs = ["finance.initial", "finance.total"] }
[[sheets.fields]]
key = "left"
code = "E91"
label = "结转结余"
kind = "money"
unit = "万元"
help = "自动计算。"
computation = { kind = "difference", inputs = ["finance.adjusted", "finance.total"] }
[[indicators]]
code = "07"
method = { name = "per_step", inputs = { value = "finance.adjustment_rate", better = "low", \
counting = "pro_rata" }, parameters = { bound = 0, step = 0.01, per_step = 0.5 }, \
origin = "假设：试验" }
""",
    ),
    **{
        f"有调整值（{base}）": (
            base,
            f"""[[sheets]]
key = "indicators"
[[sheets.fields]]
key = "adjusted"
label = "{label}"
kind = "measure"
help = "年中调整过的才填。"
""",
        )
        for base, label in ((SPECIAL, "调整预期值"), (PROJECT, "调整指标值"))
    },
    "支出率有及格线": (
        GENERAL,
        """[[indicators]]
code = "03"
method = { name = "pass_mark", inputs = { numerator = "finance.total", \
denominator = "finance.adjusted" }, parameters = { when_zero = 0, pass_mark = 0.6 }, \
origin = "假设：试验" }
""",
    ),
}

FEW_ROWS = 12


@cache
def shipped() -> dict[str, Scheme]:
    """随程序带的各个方案。"""
    return {scheme_id: load_scheme(scheme_id) for scheme_id in scheme_ids()}


@cache
def brief(scheme: Scheme) -> Scheme:
    """记录表只备几行的：往下各行的公式相同，只看公式的不必行行都有；备足了的由整份的模板和示例看。"""
    sheets = (replace(one, capacity=min(one.capacity, FEW_ROWS)) for one in scheme.sheets)
    return replace(scheme, sheets=tuple(sheets))


def brief_for(scheme: Scheme, contents: Mapping[CellKey, object]) -> Scheme:
    """装得下就用只备几行的：读出的与备足了的一样（test_brief_forms）。"""
    small = brief(scheme)
    room = {one.key: one.capacity for one in small.sheets if one.kind is SheetKind.RECORDS}
    fits = all(int(key.row) <= room[key.sheet] for key in contents if key.sheet in room)
    return small if fits else scheme


def bases() -> dict[str, str]:
    """各个改动了的方案改自哪一个。"""
    return {name: base for name, (base, _) in (PARAMETERS | METHODS).items()}


@cache
def variants() -> dict[str, Scheme]:
    """改动了的各个方案。"""
    made = {name: (base, _parameters(given)) for name, (base, given) in PARAMETERS.items()}
    return {name: _parsed(name, *text) for name, text in (made | METHODS).items()}


def _parameters(given: dict[str, str]) -> str:
    origin = "假设：试验"
    return "".join(
        f'[parameters.{key}]\nlabel = "{key}"\nvalue = {value}\nunit = ""\norigin = "{origin}"\n'
        for key, value in given.items()
    )


def _parsed(name: str, base: str, text: str) -> Scheme:
    head = f'[scheme]\nextends = "{base}"\nid = "trial"\ntitle = "{name}"\n'
    scheme = parse_scheme(head + text, f"{name}.toml")
    methods_of(scheme)  # 计分办法接得上
    return scheme
