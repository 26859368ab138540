"""A07 文内算术不符。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.finding import Severity
from xltool.flags.claims import claims_of, lacks_claims
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.wording import given, lacks, name_of
from xltool.scheme.thresholds import Threshold
from xltool.values import find_unit, plain, quote, read_equation
from xltool.values.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement

_SHOWN_DIGITS = 4

TOLERANCE = Threshold(
    "A07.tolerance",
    "算式两边允许相差的比率",
    Decimal("0.01"),
    "%",
    "假设：按两三位有效数字舍入的尾差",
)


@rule(
    "A07",
    severity=Severity.NOTICE,
    remedy="重算一遍，改正写错的数；按另一种口径算的，在报告里写明。",
    source="报告：贷款76.61亿元、放大倍数50.96倍，风险补偿资金池只合1.50亿元，而写约2亿元；"
    "重建：评价机构复核报告里的占比和合计",
    thresholds=(TOLERANCE,),
    needs=("claims.kind", "claims.figure", "options.claim_kind.arithmetic"),
    fires="76.61亿元÷50.96=约2亿元（应为1.50亿元）",
    silent="411×5=2055；7.3%-6%=1.3个百分点；14÷51=27.45%",
)
def wrong_arithmetic(case: Case) -> Iterator[Judgement]:
    """报告里的算式算不出所写的数。

    数量乘标准、占比、增速之差、倍数都可以复算；算不出来，至少有一个数不对。
    """
    facts, scheme = case.facts, case.facts.scheme
    records = claims_of(facts, "arithmetic")
    if not records:
        yield lacks_claims(facts, "arithmetic")
    for record in records:
        key, entry = record.key("figure"), record.entry("figure")
        if not given(entry):
            yield lacks(facts, key)
            continue
        equation = read_equation(entry.raw, find_unit(record.text("unit")))
        if equation is None:
            yield Unjudged(f"{name_of(scheme, key)}（“{quote(entry.raw)}”读不成一个等式）")
            continue
        gap = equation.closest.gap
        if gap is None or scheme.precise(gap) > TOLERANCE.of(scheme):
            left, right = (
                f"{plain(rounded(number, _SHOWN_DIGITS))}{equation.unit}"
                for number in equation.closest
            )
            differs = "" if gap is None else f"，相差{percent(scheme.precise(gap))}"
            working = f"算得{left}，写的是{right}{differs}"
            yield Hit(key, f"“{quote(entry.raw)}”不成立：{working}")
