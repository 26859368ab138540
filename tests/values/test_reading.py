"""普通栏目的读数。"""

from __future__ import annotations

from decimal import Decimal

import pytest

from xltool.address import At, Place
from xltool.finding import Severity
from xltool.values import read_decimal, read_percent

# 原文、栏目单位、值、提示
READ = [
    ("405", "家", "405", ()),
    ("0", "家", "0", ()),
    ("-12.50", "万元", "-12.50", ()),
    (" 9.5\xa0", "", "9.5", ()),
    ("９．５", "", "9.5", ("全角字符已按半角读",)),
    ("1,200", "", "1200", ("千分位分隔符已略去",)),
    ("1，200，000.5", "", "1200000.5", ("千分位分隔符已略去",)),
    ("1 200", "", "1200", ("千分位分隔符已略去",)),
    ("9\u200b5", "", "95", ("看不见的字符已略去",)),
    ("405家", "家", "405", ("单位“家”已略去",)),
    ("405家", "", "405", ("单位“家”已略去",)),
    ("12名", "人", "12", ("单位“名”已略去",)),
    ("3学位", "学位", "3", ("单位“学位”已略去",)),
    ("2024年", "年", "2024", ("单位“年”已略去",)),
    ("2.6亿元", "万元", "26000", ("已换算成 26000万元",)),
    ("1200元", "万元", "0.12", ("已换算成 0.12万元",)),
    ("160万", "万元", "160", ("已换算成 160万元",)),
    ("26701.65万元", "万元", "26701.65", ("单位“万元”已略去",)),
    ("十五", "", "15", ("“十五”按 15 读",)),
    ("95分", "分", "95", ("单位“分”已略去",)),
    ("￥48,260.40", "万元", "48260.40", ("货币符号“￥”已略去", "千分位分隔符已略去")),
    ("¥1200元", "元", "1200", ("货币符号“¥”已略去", "单位“元”已略去")),
    ("-￥5", "", "-5", ("货币符号“￥”已略去",)),
    ("人民币5万元", "万元", "5", ("货币符号“人民币”已略去", "单位“万元”已略去")),
    ("48260。4", "万元", "48260.4", ("数字中间的“。”按小数点读",)),
    ("48260·4", "", "48260.4", ("数字中间的“·”按小数点读",)),
    ("(154,499.50)", "万元", "-154499.50", ("括号里的数按负数读", "千分位分隔符已略去")),
    ("（￥5）", "", "-5", ("括号里的数按负数读", "货币符号“￥”已略去")),
    ("（405家）", "家", "405", ("单位“家”已略去",)),
    ("（15元）", "万元", "-0.0015", ("括号里的数按负数读", "已换算成 -0.0015万元")),
    ("-(154.5)", "", "-154.5", ("括号里的数按负数读",)),
    ("(5.2%)", "%", "-5.2", ("括号里的数按负数读",)),
    ("154.5（负数）", "", "-154.5", ("注明“负数”，按负数读",)),
    ("—154.5", "万元", "-154.5", ("“—”按“-”读",)),
    ("–3%", "%", "-3", ("“–”按“-”读",)),
    ("负3万元", "万元", "-3", ("“负”按“-”读", "单位“万元”已略去")),
    ("47000（元）", "万元", "4.7", ("已换算成 4.7万元",)),
    ("47000(单位：元)", "万元", "4.7", ("已换算成 4.7万元",)),
    ("47000（万元）", "万元", "47000", ("单位“万元”已略去",)),
    ("12（月）", "", "12", ("括号里的“月”未读入",)),
    ("48260.4元整", "元", "48260.4", ("“整”不是数的一部分，已略去", "单位“元”已略去")),
    ("百分之百", "%", "100", ("“百分之百”按 100% 读",)),
    ("百分百", "%", "100", ("“百分百”按 100% 读",)),
    ("百分之一百", "%", "100", ("“一百”按 100 读",)),
    ("百分之二百", "%", "200", ("“二百”按 200 读",)),
    ("百分之九十五", "%", "95", ("“九十五”按 95 读",)),
    ("九成", "%", "90", ("“九”按 9 读", "已换算成 90%")),
    ("九成五", "%", "95", ("“九成五”按 95% 读",)),
    ("4亿7000万", "万元", "47000", ("“4亿7000万”按 47000万 读", "已换算成 47000万元")),
    ("1亿零50万元", "万元", "10050", ("“1亿零50万”按 10050万 读", "单位“万元”已略去")),
    ("3万5千元", "元", "35000", ("“3万5千”按 35千 读", "已换算成 35000元")),
    ("3万5000元", "万元", "3.5", ("“3万5000”按 35000 读", "已换算成 3.5万元")),
    ("47000，", "", "47000", ()),
    ("95%", "%", "95", ()),
    ("9５％", "%", "95", ("全角字符已按半角读",)),
    ("3家（含新增）", "家", "3", ("单位“家”已略去", "括号里的“含新增”未读入")),
]


@pytest.mark.parametrize(("raw", "unit", "value", "notices"), READ)
def test_read_decimal(raw: str, unit: str, value: str, notices: tuple[str, ...]) -> None:
    reading = read_decimal(raw, unit=unit)
    assert reading.problem is None
    assert str(reading.value) == value
    assert reading.notices == notices


# 原文、栏目单位、编码
REFUSED = [
    ("nan", "", "V101"),
    ("inf", "", "V101"),
    ("1_0", "", "V195"),
    ("48260#40", "万元", "V195"),
    ("48260.4*", "万元", "V195"),
    ("48260.4↑", "万元", "V195"),
    ("154.5-", "万元", "V105"),
    ("3万5000", "万元", "V101"),
    ("—5家企业", "家", "V101"),
    ("无（5）", "家", "V101"),
    ("0x1F", "", "V101"),
    ("一百五", "", "V101"),
    ("XXX", "", "V101"),
    ("增长5%", "%", "V101"),
    (".5", "", "V101"),
    ("9,5", "", "V102"),
    ("９，５", "", "V102"),
    ("1,2345", "", "V102"),
    ("12 34", "", "V102"),
    ("9。。5", "", "V102"),
    ("≥85%", "%", "V103"),
    ("30余家", "家", "V103"),
    ("5个", "万元", "V104"),
    ("5万元", "", "V104"),
    ("5百分点", "%", "V104"),
    ("160万", "%", "V104"),
    ("1个月", "年", "V104"),
    ("5.", "", "V105"),
    ("7朵", "", "V105"),
    ("1e5", "", "V107"),
    ("٩", "", "V108"),
    ("10²", "", "V108"),
    ("𝟗", "", "V108"),
    ("9" * 21, "", "V109"),
    ("0.0000001", "", "V109"),
    ("0.001元", "亿元", "V109"),
    ("80-90", "", "V110"),
    ("2期、3场", "期", "V110"),
    ("#REF!", "", "V111"),
]


@pytest.mark.parametrize(("raw", "unit", "code"), REFUSED)
def test_read_decimal_refuses(raw: str, unit: str, code: str) -> None:
    reading = read_decimal(raw, unit=unit)
    assert reading.value is None
    assert not reading.not_applicable
    assert reading.cause is not None
    assert reading.cause.code == code
    assert reading.problem is not None


def test_problem_says_what_was_found_and_expected() -> None:
    assert read_decimal("5个", unit="万元").problem == "“5个”的单位是个，应填数字（单位：万元）"
    assert read_decimal("大约不少", unit="家").problem == "“大约不少”不是数字，应填数字（单位：家）"
    assert read_decimal("≥85%", unit="%").problem == (
        "“≥85%”写的是条件，不是一个确定的数，应填百分数，如95%"
    )


@pytest.mark.parametrize(("raw", "skipped"), [("", False), (" \u3000", False), ("不适用", True)])
def test_blank_is_not_zero_nor_not_applicable(raw: str, *, skipped: bool) -> None:
    reading = read_decimal(raw, unit="家")
    assert reading.value is None
    assert reading.problem is None
    assert reading.not_applicable is skipped


def test_terminal_codes_do_not_reach_the_message() -> None:
    problem = read_decimal("\x1b[31m红\u202e字").problem
    assert problem == "“�[31m红�字”不是数字，应填数字"


def test_long_text_is_cut_short() -> None:
    assert read_decimal("字" * 500).problem == f"“{'字' * 29}…”不是数字，应填数字"


def test_read_percent() -> None:
    assert read_percent("95%").value == 95
    assert read_percent("95%").notices == ()
    assert read_percent("95").value == 95
    assert read_percent("百分之九十五").value == 95
    assert read_percent("0").notices == ()
    assert read_percent("0.95%").notices == ()
    assert read_percent("0.95").value == Decimal("0.95")
    assert read_percent("0.95").notices == ("没有写“%”，按 0.95% 读",)
    assert read_percent("15‰").cause is not None


def test_findings_carry_place_title_and_code() -> None:
    place = Place("收支与资产", At(4, 4))
    (refused,) = read_decimal("9,5").findings("预算数", place)
    assert (refused.code, refused.severity, refused.where) == (
        "V102",
        Severity.ERROR,
        "收支与资产!D4",
    )
    assert refused.message.startswith("预算数：“9,5”里的“,”不在千分位上")
    (notice,) = read_decimal("{９５}".strip("{}")).findings("得分", place)
    assert (notice.code, notice.severity) == ("V120", Severity.NOTICE)
    assert notice.message == "得分：填的是“９５”：全角字符已按半角读"
    assert read_decimal("95").findings("得分", place) == ()
    (braces,) = read_decimal("{0}").findings("{1}", place)
    assert braces.message == "{1}：“{0}”里的“{”不是数的一部分，应填数字"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("９，５", "里的“，”不在千分位上"),
        ("12 34", "里的空格不在千分位上"),
        ("9。。5", "里的“。”不在千分位上"),
        ("1,23 45", "里的“,”、空格不在千分位上"),
        ("10²", "里的“²”是认不得的数字符号"),
        ("48260#40", "里的“#”不是数的一部分"),
        ("3★", "里的“★”不是数的一部分"),
    ],
)
def test_the_character_in_the_way_is_named(raw: str, said: str) -> None:
    assert said in str(read_decimal(raw).problem)
