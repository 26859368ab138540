"""公布的自评表里印着的指标值：一个不漏地读一遍，读成什么、为什么不读成数，都钉住。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from measures import base_number

from xltool.values import Kind, Operator, find_unit, parse_measure

GE, LE, EQ = Operator.GE, Operator.LE, Operator.EQ

# 安徽萧县 2023：没有比较符号，三位小数；云南永德 2022、丽江 2020：符号和单位各占一栏；
# 江苏苏州 2021：符号粘着数；重庆 2021：单位印两遍；湖北鄂州 2021：只写“万”
NUMBERS = [
    ("29.5亩", None, "29.5", "亩"), ("1.5亩", None, "1.5", "亩"), ("5亩", None, "5", "亩"),
    ("20亩", None, "20", "亩"), ("3亩", None, "3", "亩"), ("192只", None, "192", "只"),
    ("180只", None, "180", "只"), ("12头", None, "12", "头"), ("95%", None, "95", "%"),
    ("100%", None, "100", "%"), ("≥11.376万元", GE, "113760", "元"),
    ("12万元", None, "120000", "元"), ("90人", None, "90", "人"),
    ("735", None, "735", None), ("100", None, "100", None), ("98%", None, "98", "%"),
    ("95", None, "95", None), ("387664.62", None, "387664.62", None),
    ("15%及其以下", LE, "15", "%"), ("94%", None, "94", "%"), ("=100%", EQ, "100", "%"),
    ("=70%", EQ, "70", "%"), ("70%", None, "70", "%"), ("=2个", EQ, "2", "个"),
    ("2个", None, "2", "个"), ("=4个", EQ, "4", "个"), ("4个", None, "4", "个"),
    ("=8个", EQ, "8", "个"), ("8个", None, "8", "个"), ("=4项", EQ, "4", "项"),
    ("4项", None, "4", "项"), ("0次", None, "0", "次"), ("80TB", None, "81920", "GB"),
    ("120TB", None, "122880", "GB"), ("2次", None, "2", "次"), ("=1份", EQ, "1", "份"),
    ("1份", None, "1", "份"), ("92%", None, "92", "%"), ("76%", None, "76", "%"),
    ("3%", None, "3", "%"), ("0", None, "0", None), ("2%", None, "2", "%"),
    ("97%", None, "97", "%"), ("72.74%", None, "72.74", "%"), ("90%", None, "90", "%"),
    ("6次", None, "6", "次"), ("12次", None, "12", "次"), ("40次", None, "40", "次"),
    ("43次", None, "43", "次"), ("20份", None, "20", "份"), ("2200篇", None, "2200", "篇"),
    ("2859篇", None, "2859", "篇"), ("83.5%", None, "83.5", "%"), ("72890", None, "72890", None),
    ("150万", None, "1500000", None), ("125.25万", None, "1252500", None),
]  # fmt: skip

# 同类的写法：单位和后缀
KINDRED = [
    ("15%及以下", LE, "15", "%"), ("百分之十五以下", LE, "15", "%"),
    ("90%及其以上", GE, "90", "%"),
    ("35微克/立方米", None, "0.000000000035", "吨/立方米"),
    ("≤35μg/m³", LE, "0.000000000035", "吨/立方米"),
    ("0.05毫克/立方米", None, "0.00000000005", "吨/立方米"),
    ("30厘米", None, "0.3", "米"),
    ("120毫米", None, "0.12", "米"), ("500GB", None, "500", "GB"),
    ("2PB", None, "2097152", "GB"),
    ("12人·月", None, "12", "人月"), ("12人月", None, "12", "人月"),
    ("30人•天", None, "30", "人天"),
    ("26℃", None, "26", "℃"), ("≤55分贝", LE, "55", "分贝"), ("500毫升", None, "0.5", "升"),
    ("3万立方", None, "30000", "立方米"), ("1500延米", None, "1500", "米"),
    ("5粒", None, "5", "粒"),
    ("═100%", EQ, "100", "%"), ("﹦72890", EQ, "72890", None), ("≧735人次", GE, "735", "人次"),
    ("≦3%", LE, "3", "%"), ("〓2个", EQ, "2", "个"),
    ("≥：95家", GE, "95", "家"), ("≥≥95%", GE, "95", "%"), ("≤￥500万", LE, "5000000", None),
    ("≥1（项）", GE, "1", "项"), ("405（家）", None, "405", "家"), ("九成以上", GE, "90", "%"),
    ("确保95%以上", GE, "95", "%"), ("全年12次", None, "12", "次"), ("万分之五", None, "0.5", "‰"),
    ("3亿2000万元", None, "320000000", "元"), ("30km/h", None, "30", "公里/小时"),
    ("300kW·h", None, "300", "千瓦时"), ("负3%", None, "-3", "%"), ("12科", None, "12", "科"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "operator", "number", "base"), [*NUMBERS, *KINDRED])
def test_read_as_a_number(
    raw: str, operator: Operator | None, number: str, base: str | None
) -> None:
    measure = parse_measure(raw)
    assert (measure.kind, measure.raw, measure.operator) == (Kind.NUM, raw, operator)
    assert base_number(measure) == Decimal(number)
    assert (measure.unit.base if measure.unit else None) == base


# 苏州的“2小时”“5分钟”是时长；其余不是数，也不该是数
OTHERS = [
    ("2小时", Kind.DUR), ("5分钟", Kind.DUR), ("30秒", Kind.DUR),
    ("有效", Kind.STATE), ("健全", Kind.STATE), ("规范", Kind.STATE),
    ("合规", Kind.STATE), ("充分", Kind.STATE), ("高", Kind.QUAL), ("好", Kind.QUAL),
    ("无", Kind.NA), ("", Kind.NA), ("——", Kind.NA), ("……", Kind.NA),
    ("落实39户特色种养业奖补政策,增加脱贫户家庭收入", Kind.QUAL),
    ("到0次", Kind.QUAL), ("第O份", Kind.QUAL),  # 识别错的字：不猜
    ("Ⅲ类", Kind.GRADE), ("Ⅲ类及以上", Kind.GRADE), ("III类水质及以上", Kind.GRADE),
    ("达到或优于Ⅲ类", Kind.GRADE), ("1:19", Kind.QUAL), ("1∶20", Kind.QUAL),
    ("3+2=5", Kind.QUAL), ("—5家企业", Kind.QUAL), ("4亿8000万7百", Kind.QUAL),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "kind"), OTHERS)
def test_not_read_as_a_number(raw: str, kind: Kind) -> None:
    measure = parse_measure(raw)
    assert (measure.kind, measure.raw, measure.number) == (
        kind, raw, measure.number if kind is Kind.DUR else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "base"),
    [("人次", "人次"), ("%", "%"), ("元", "元"), ("只", "只"), ("TB", "GB"), ("份", "份"),
     ("篇", "篇"), ("微克/立方米", "吨/立方米"), ("人·月", "人月"), ("厘米", "米")],
)  # fmt: skip
def test_printed_units(text: str, base: str) -> None:
    unit = find_unit(text)
    assert unit is not None
    assert unit.base == base


def test_a_line_drawn_for_an_equals_sign_is_said() -> None:
    assert parse_measure("═100%").notices == ("“═”按“=”读",)
    assert parse_measure("≧100%").notices == ()  # 大于等于号的另一种写法
