"""指标值：真实材料里的写法，逐行核对种类、比较符号、数值和单位。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from measures import base_number, base_upper

from xltool.values import Direction, Kind, Operator, parse_measure

GE, LE, GT, LT, EQ, APPROX = (
    Operator.GE, Operator.LE, Operator.GT, Operator.LT, Operator.EQ, Operator.APPROX,
)  # fmt: skip

# 原文、比较符号、换算成基本单位的数、基本单位
NUMBERS = [
    ("405家", None, "405", "家"), ("411家", None, "411", "家"), ("≥33", GE, "33", None),
    ("33家", None, "33", "家"), ("7家", None, "7", "家"), ("1个", None, "1", "个"),
    ("13个", None, "13", "个"), ("≥500", GE, "500", None), ("541家", None, "541", "家"),
    ("100%", None, "100", "%"), ("5万元", None, "50000", "元"),
    ("≤40000万元", LE, "400000000", "元"), ("19546.975万元", None, "195469750", "元"),
    ("≥25000万元", GE, "250000000", "元"), ("28927.09万元", None, "289270900", "元"),
    ("≥40亿元", GE, "4000000000", "元"), ("44.55亿元", None, "4455000000", "元"),
    ("1%", None, "1", "%"), ("6.70%", None, "6.7", "%"), ("≥17家", GE, "17", "家"),
    ("≥2个", GE, "2", "个"), ("≥85%", GE, "85", "%"), ("≤10次", LE, "10", "次"),
    ("≤5%", LE, "5", "%"), ("≥95%", GE, "95", "%"), ("≥17.4万元", GE, "174000", "元"),
    ("400㎡", None, "400", "m2"), ("2000㎡", None, "2000", "m2"), ("≤160万", LE, "1600000", None),
    ("》 90 %", GE, "90", "%"), ("58元/标箱/年", None, "58", "元/标箱/年"),
    ("13969.56标箱", None, "13969.56", "标箱"), ("40%", None, "40", "%"),
    ("不低于90%", GE, "90", "%"), ("至少2个", GE, "2", "个"), ("超50次", GT, "50", "次"),
    (">=85%", GE, "85", "%"), ("＞30％", GT, "30", "%"), ("=12期", EQ, "12", "期"),
    ("不超过200万元", LE, "2000000", "元"), ("控制在300万元以内", LE, "3000000", "元"),
    ("每家5万元", None, "50000", "元/家"), ("2.6亿元", None, "260000000", "元"),
    ("2.6亿", None, "260000000", None), ("十五家", None, "15", "家"), ("15‰", None, "15", "‰"),
    ("约200人", APPROX, "200", "人"), ("≥ 85 %", GE, "85", "%"),
    # 以下是同类的常见写法
    ("90%以上", GE, "90", "%"), ("30余家", GT, "30", "家"), ("100多人次", GT, "100", "人次"),
    ("一万余人", GT, "10000", "人"), ("十万元", None, "100000", "元"),
    ("五百万元", None, "5000000", "元"),
    ("百分之九十五", None, "95", "%"), ("1,826家", None, "1826", "家"),
    ("1 826家", None, "1826", "家"),
    ("3万人次", None, "30000", "人次"), ("500元每亩", None, "500", "元/亩"),
    ("3个项目", None, "3", "个"),
    ("每人每年500元", None, "500", "元/人/年"), ("每次≤5万元", LE, "50000", "元/次"),
    ("完成12期", None, "12", "期"), ("（405家）", None, "405", "家"), ("=>3家次", GE, "3", "家次"),
    ("《5%", LE, "5", "%"), ("低于5%", LT, "5", "%"), ("0", None, "0", None),
    ("-3.5%", None, "-3.5", "%"),
    ("2024", None, "2024", None), ("1.2万亿元", None, "1200000000000", "元"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "operator", "number", "base"), NUMBERS)
def test_numbers(raw: str, operator: Operator | None, number: str, base: str | None) -> None:
    measure = parse_measure(raw)
    assert measure.kind is Kind.NUM
    assert measure.raw == raw
    assert measure.operator is operator
    assert base_number(measure) == Decimal(number)
    assert (measure.unit and measure.unit.base) == base


# 原文、种类
WORDS = [
    ("有效促进", Kind.QUAL), ("持续促进", Kind.QUAL), ("逐步提升", Kind.QUAL),
    ("达成年度指标", Kind.TIER), ("是/否", Kind.BOOLSPEC), ("(是/否)", Kind.BOOLSPEC),
    ("*", Kind.NA), ("XXX", Kind.NA), ("－", Kind.NA), ("不适用", Kind.NA), ("（空）", Kind.NA),
    ("", Kind.NA), (" \u3000", Kind.NA), ("/", Kind.NA), ("——", Kind.NA), ("N/A", Kind.NA),
    ("#DIV/0!", Kind.ERR), ("#N/A", Kind.ERR), ("#####", Kind.ERR),
    ("零增长", Kind.RELATIVE), ("不超过上年", Kind.RELATIVE), ("与上年持平", Kind.RELATIVE),
    ("优秀等次", Kind.GRADE), ("A级", Kind.GRADE), ("一级", Kind.GRADE), ("AAA级", Kind.GRADE),
    ("全省前三", Kind.RANK), ("第1", Kind.RANK), ("全市第一", Kind.RANK),
    ("培训班2期、参训120人次", Kind.MULTI), ("一等奖1个；二等奖2个", Kind.MULTI),
    ("405家，其中新增12家", Kind.MULTI),
    ("十分满意", Kind.QUAL), ("一等奖", Kind.QUAL), ("万", Kind.QUAL), ("≥", Kind.QUAL),
    # 分不清、不规整的，不猜
    ("一百五", Kind.QUAL), ("10²", Kind.QUAL), ("½", Kind.QUAL), ("٩家", Kind.QUAL),
    ("1_0", Kind.QUAL), ("nan", Kind.QUAL), ("1e5", Kind.QUAL), ("9,5", Kind.QUAL),
    ("12 34家", Kind.QUAL), ("1,82家", Kind.QUAL), ("0750-3123456", Kind.QUAL),
    ("9.5.1", Kind.QUAL),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "kind"), WORDS)
def test_words(raw: str, kind: Kind) -> None:
    measure = parse_measure(raw)
    assert measure.kind is kind
    assert base_upper(measure) is None
    assert measure.unit is None


@pytest.mark.parametrize(
    ("raw", "tier"),
    [
        ("达成年度指标", "A"),
        ("部分达成年度指标并具有一定效果", "B"),
        ("未达成年度指标且效果较差", "C"),
        ("达成", "A"),
        ("部分达成", "B"),
        ("未达成", "C"),
        ("部分达成预期指标并具有一定效果", "B"),
    ],
)
def test_tiers(raw: str, tier: str) -> None:
    assert (parse_measure(raw).kind, parse_measure(raw).tier) == (Kind.TIER, tier)


@pytest.mark.parametrize(
    ("raw", "kind", "truth"),
    [
        ("规范", Kind.STATE, True),
        ("及时", Kind.STATE, True),
        ("已完成", Kind.STATE, True),
        ("未完成", Kind.STATE, False),
        ("部分完成", Kind.STATE, None),
        ("是", Kind.BOOL, True),
        ("√", Kind.BOOL, True),
        ("否", Kind.BOOL, False),
        ("×", Kind.BOOL, False),
        ("无", Kind.NA, False),
        ("不适用", Kind.NA, None),
    ],
)
def test_truth(raw: str, kind: Kind, *, truth: bool | None) -> None:
    measure = parse_measure(raw)
    assert measure.kind is kind
    assert measure.truth is truth


# 原文、比较符号、截止日（评价年度 2024）
DATES = [
    ("2024年12月前", LE, date(2024, 12, 31)), ("2025年8月7日", None, date(2025, 8, 7)),
    ("2024/12/31", None, date(2024, 12, 31)), ("2024年12月31日前", LE, date(2024, 12, 31)),
    ("12月底前", LE, date(2024, 12, 31)), ("第四季度", LE, date(2024, 12, 31)),
    ("2024年", None, date(2024, 12, 31)), ("2024 年 12 月", None, date(2024, 12, 31)),
    ("2023年2月底", LE, date(2023, 2, 28)), ("2月底前", LE, date(2024, 2, 29)),
    ("上半年", LE, date(2024, 6, 30)), ("前三季度", LE, date(2024, 9, 30)),
    ("2023年2季度", LE, date(2023, 6, 30)), ("年底前", LE, date(2024, 12, 31)),
    ("2023年底前", LE, date(2023, 12, 31)), ("11月上旬", None, date(2024, 11, 10)),
    ("2023年1-11月", LE, date(2023, 11, 30)), ("2023年1月至2025年6月", LE, date(2025, 6, 30)),
    ("不晚于2024年6月30日", LE, date(2024, 6, 30)), ("≤2024年6月", LE, date(2024, 6, 30)),
    ("2024-11", None, date(2024, 11, 30)), ("二〇二三年十一月", None, date(2023, 11, 30)),
    ("2024年2月30日", None, None), ("2024年12月初", None, None), ("2024年13月", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "operator", "deadline"), DATES)
def test_dates(raw: str, operator: Operator | None, deadline: date | None) -> None:
    measure = parse_measure(raw, year=2024)
    assert measure.kind is Kind.DATE
    assert measure.operator is operator
    assert measure.deadline == deadline


@pytest.mark.parametrize(
    ("raw", "begins"),
    [
        ("2024年12月5日", date(2024, 12, 5)),
        ("2024年12月", date(2024, 12, 1)),
        ("2024年12月中旬", date(2024, 12, 11)),
        ("2024年11月底前", date(2024, 11, 21)),
        ("2024年第三季度", date(2024, 7, 1)),
        ("2024年前三季度", date(2024, 1, 1)),
        ("2024年下半年", date(2024, 7, 1)),
        ("2024年底", date(2024, 12, 1)),
        ("2024年内", date(2024, 1, 1)),
    ],
)
def test_the_first_day_a_date_may_mean(raw: str, begins: date) -> None:
    assert parse_measure(raw).begins == begins


def test_date_without_year_needs_context() -> None:
    assert parse_measure("12月底前").deadline is None
    assert parse_measure("12月底前", year=2025).deadline == date(2025, 12, 31)


def test_date_before_month_says_how_it_was_read() -> None:
    assert parse_measure("2024年12月前").notices == ("“前”按含当期读，截止 2024年12月31日",)
    assert parse_measure("2024年12月31日前").notices == ()
    assert parse_measure("2024年2月30日").notices == ("没有这一天",)


@pytest.mark.parametrize(
    ("raw", "low", "high", "base"),
    [
        ("80%-90%", "80", "90", "%"),
        ("3至5家", "3", "5", "家"),
        ("3-5", "3", "5", None),
        ("5000元-1万元", "5000", "10000", "元"),
        ("3万-5万元", "30000", "50000", "元"),
        ("3-5万元", "30000", "50000", "元"),
        ("控制在80%～90%之间", "80", "90", "%"),
        ("-5~5", "-5", "5", None),
        ("90-80%", "80", "90", "%"),
        ("95%≤X≤98%", "95", "98", "%"),
        ("3万元<=补助标准<=5万元", "30000", "50000", "元"),
        ("≥95%且≤98%", "95", "98", "%"),
        (">=3，<=5", "3", "5", None),
    ],
)
def test_ranges(raw: str, low: str, high: str, base: str | None) -> None:
    measure = parse_measure(raw)
    assert measure.kind is Kind.RANGE
    assert (base_number(measure), base_upper(measure)) == (Decimal(low), Decimal(high))
    assert (measure.unit and measure.unit.base) == base


@pytest.mark.parametrize(
    ("raw", "operator", "number", "base"),
    [
        ("30天内", LE, "30", "天"),
        ("≤12个月", LE, "12", "个月"),
        ("3个月内", LE, "3", "个月"),
        ("5个工作日", None, "5", "工作日"),
        ("2年", None, "24", "个月"),
    ],
)
def test_durations(raw: str, operator: Operator | None, number: str, base: str) -> None:
    measure = parse_measure(raw)
    assert measure.kind is Kind.DUR
    assert (measure.operator, base_number(measure)) == (operator, Decimal(number))
    assert measure.unit is not None
    assert measure.unit.base == base


def test_growth_keeps_its_direction() -> None:
    falling = parse_measure("较上年下降5%")
    assert (falling.kind, falling.direction, falling.operator) == (
        Kind.GROWTH,
        Direction.DOWN,
        None,
    )
    assert falling.number == 5
    rising = parse_measure("同比增长≥5个百分点")
    assert (rising.kind, rising.operator, rising.number) == (Kind.GROWTH, GE, Decimal(5))
    assert parse_measure("≥1个百分点").kind is Kind.PP


def test_named_value() -> None:
    measure = parse_measure("足额保障率=100%")
    assert (measure.kind, measure.name, measure.operator) == (Kind.NAMEVAL, "足额保障率", EQ)
    assert measure.number == 100
    assert parse_measure("PM2.5≤35").name == "PM2.5"
    assert parse_measure("验收合格率：98%").operator is None


def test_fraction_warns_of_dates() -> None:
    assert parse_measure("14/50").number == Decimal("0.28")
    assert parse_measure("14/50").notices == ()
    assert parse_measure("1/2").notices == ("按分数读；若是日期请写全年月日",)
    assert parse_measure("5/0").number is None
    assert parse_measure("5/0").notices == ("分母是零，不能计算",)


def test_rank_number() -> None:
    assert (parse_measure("全省前三").operator, parse_measure("全省前三").number) == (
        LE,
        Decimal(3),
    )
    assert (parse_measure("第1名").operator, parse_measure("第1名").number) == (None, Decimal(1))


def test_trailing_note_is_kept_as_written() -> None:
    raw = "有效促进 (2024年,共推动432家工业企业“小升规”,超额完成省下达的200家目标任务。)"
    measure = parse_measure(raw)
    assert measure.kind is Kind.QUAL
    assert measure.note == "2024年,共推动432家工业企业“小升规”,超额完成省下达的200家目标任务。"
    assert parse_measure("405家（含新增（3家））").note == "含新增（3家）"
    assert parse_measure("405家（含新增（3家））").number == 405


def test_long_text_is_qualitative() -> None:
    raw = (
        "推动省产业园区持续高质量发展,在2023年度省产业园区高质量发展评价中,江海、台山、蓬江、鹤山"
        "产业园区获评优秀等次，其中江海产业园区排名全省第一。"
    )
    assert parse_measure(raw).kind is Kind.QUAL


def test_number_stays_as_written() -> None:
    written = parse_measure("19546.975万元")
    assert written.number == Decimal("19546.975")
    assert written.unit is not None
    assert written.unit.name == "万元"
    bare = parse_measure("≤160万")
    assert (bare.number, bare.magnitude, bare.unit) == (Decimal(160), Decimal(10000), None)


@pytest.mark.parametrize(
    ("raw", "notices"),
    [
        ("405家", ()),
        ("≥ 85 %", ()),
        ("９５％", ("全角字符已按半角读",)),
        ("》90%", ("“》”按“≥”读",)),
        ("1,826家", ("千分位分隔符已略去",)),
        ("十五家", ("“十五”按 15 读",)),
        ("4\u200b05家", ("看不见的字符已略去",)),
        ("3个项目", ("“项目”不是单位，已按“个”读",)),
        ("共15家", ("“共”不是数的一部分，已略去",)),
        ("≥85%以下", ("“≥”和“以下”方向不同，按“≥”读",)),
        ("<p>405家</p>", ("网页标记已略去",)),
        ("（一）加强管理", ()),
    ],
)
def test_every_conversion_is_said(raw: str, notices: tuple[str, ...]) -> None:
    assert parse_measure(raw).notices == notices


def test_operator_written_or_not() -> None:
    assert parse_measure("405家").operator is None
    assert parse_measure("=405家").operator is EQ
    assert [operator for operator in Operator if operator.reverse] == [LE, LT]
