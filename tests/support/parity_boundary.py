"""测试用：部门整体支出的表，每种办法在每个界限上的内容，由一份满分的表改出来。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product, zip_longest
from typing import TYPE_CHECKING

from xltool.scheme.key import VALUE, CellKey, field_key
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.typed import Contents, Typed
    from xltool.scheme.model import Field, Scheme

DAY = date(2025, 4, 18)
Text = str | None  # 数写成文字，读成数；“#”开头的照写成文字；空的删去那一格
Row = dict[str, Text]
FULL = {
    "finance.initial": "100", "finance.adjusted": "100", "finance.total": "100",
    "finance.basic": "40", "finance.project": "60",
    "finance.three_public": "6", "finance.abroad": "1", "finance.vehicles": "2",
    "finance.reception": "3", "finance.three_public_budget": "6", "finance.three_public_last": "6",
    "finance.procurement": "6", "finance.goods": "1", "finance.works": "2",
    "finance.services": "3", "finance.assets": "100", "finance.liabilities": "40",
    "finance.net_assets": "60", "finance.fixed_assets": "100", "finance.fixed_in_use": "90",
    "finance.reported_utilisation": "0.9", "management.small_business_share": "0.3",
    "cover.self_total": "100", "cover.self_grade": "优",
}  # fmt: skip

# 一栏一串，各取第 n 个凑成第 n 份；短的用完以后保持满分
SERIES: dict[str, tuple[Text, ...]] = {
    # 03：得分 4.905、2.675 这样的半分，负数，分母为零，文字
    "finance.total": (
        "98.1", "53.5", "0", "99.99", "100.01", "-1", None, "#未统计", "33.3", "107.91",
    ),
    # 07：预算调整率刚好 10%、20%、30% 和两旁；第十份起分母为零、没有年初数
    "finance.adjusted": (
        "100", "100", "110", "110.01", "120", "120.01", "130", "130.01", "0", "110",
    ),
    "finance.initial": (*(["100"] * 9), "0", None, "-100", "#一百"),
    # 18：比例差在第十、第十一位小数
    "management.small_business_share": (
        "0.3", "0.2999999999", "0.29999999996", "0.29999999995", "0.29999999994", "0.2",
        "0.1999999999", "0", "1", None, "#30%",
    ),
    # 25：零到四项
    "management.costs_risen": ("0", "1", "2", "3", "4", "-1", None, "#无", "0.5"),
    # 24：利用率刚好 90%、75%、60% 和两旁，分母为零
    "finance.fixed_in_use": ("90", "89.99", "75", "74.99", "60", "59.99", "0", "-1", None, "200"),
    "finance.fixed_assets": (*(["100"] * 10), "0", None, "#不详"),
    # 08、15、19、22、23：扣完为止，负的不加分
    "management.finance_problems": ("0", "1", "3", "4", "-1", None, "#无", "1.5", "2.999"),
    "management.data_problems": (None, "2", "3", "1", "0", "-2", "#无"),
    # 06、13、16、17：分母为零得满分，分子大于分母按满分
    "management.new_projects": ("0", "3", "3", "3", "3", None, "#无", "-3"),
    "management.new_projects_assessed": ("0", "2", "3", "4", "-1", "0", "0", "-2"),
    "management.contracts": ("7", "7", "7", "0", "0", None, "800"),
    "management.contracts_on_time": ("5", "0", "7", "0", "5", "5", "333"),
    # 14：三档、列表以外的
    "management.procurement_control": ("#已建立未备案", "#未建立", None, "#别的"),
    # 09—12：是、否、不适用、空白、列表以外的
    "management.budget_disclosed": ("#否", "#不适用", None, "#别的", "#有"),
    "management.monitoring_done": ("#不适用", "#否", "#否", "#无", None),
    # 26：刚好、多一厘、缺
    "finance.three_public": ("6", "6.001", "5.99", "0", None, "-1", "#无", "6", "7"),
    "finance.three_public_last": ("6", "6", "6", "6", "6", "6", "6", "5", None),
    "finance.procurement": ("6.01", "5.99", "6.0100001", "5.98", None, "#无"),
    # 勾稽：差刚好等于尾差、多一点、金额很大
    "finance.basic": ("40.01", "39.99", "40.0100001", "39.98", None, "#无", "-7"),
    "finance.assets": (
        "99999999.99", "8888888.88", "123456.79", "100.01", "100.010000001", "99.989",
    ),
    "finance.liabilities": ("99999940.00", "8828888.89", "123396.8", "40", None),
    "cover.self_total": ("100.01", "99.99", "100.011", "99.98", None, "#满分", "100.0100000001"),
}  # fmt: skip

# 每一组正好扣 10 分：总分依次刚好是 90、80、70、60
TENS: tuple[Row, ...] = (
    {"targets_submitted": "#否", "monitoring_done": "#否", "self_evaluation_done": "#否",
     "results_applied": "#否"},
    {"performance_rules": "#否", "fund_rules": "#否", "duties_assigned": "#否",
     "targets_disclosed": "#否", "results_disclosed": "#否", "budget_disclosed": "#否",
     "accounts_disclosed": "#否", "income_remitted": "#否", "inventory_done": "#否",
     "inventory_settled": "#否"},
    {"finance_problems": "3", "procurement_problems": "2", "allocation_problems": "2",
     "data_problems": "2", "procurement_control": "#未建立"},
    {"asset_problems": "2", "intentions_due": "1", "contracts": "1", "costs_risen": "4"},
)  # fmt: skip

FUNDS: tuple[tuple[Row, ...], ...] = (
    (),
    ({"name": "#甲", "planned": "100", "paid": "98.1"},),
    (
        {"name": "#甲", "planned": "100", "paid": "150"},
        {"name": "#乙", "planned": "3", "paid": "1"},
    ),
    ({"name": "#甲", "planned": "0", "paid": "5"},),
    ({"name": "#甲", "planned": "0", "paid": "5", "reported_rate": "0.3"},),
    ({"name": "#甲", "reported_rate": "1.5"}, {"name": "#乙", "reported_rate": "-0.5"}),
    ({"name": "#甲", "planned": "100", "paid": "-5"},),
    ({"name": "#甲", "planned": "100", "paid": "50"}, {"name": "#乙", "planned": "100"}),
    # 一行有名称没有数，一行有数没有名称：两行的个数相抵，也不能计分
    ({"name": "#甲"}, {"planned": "100", "paid": "50"}),
    ({"name": "#甲", "planned": "100", "paid": "50"}, {"note": "#没有名称"}),
    ({"planned": "100", "paid": "50"},),
    ({"name": "#甲", "planned": "#一百", "paid": "50", "reported_rate": "0.2"},),
)

OPERATORS = ("≥", "≤", "=", ">", "<", None, "≈", "不低于")
# 合计刚好 -1.465：二进制里相加略有出入，只舍入一次就成了 -1.46
SELF_HALF = (
    "10", "0.5", "0.5", "0", "4.905", "-89.99", "4.905", "0", "2", "4.905", "4.905", "20", "20",
    "10", "4.905", "1",
)  # fmt: skip
WORST = {"yes_no_na": "否", "building": "未建立"}
WORST_NUMBERS = {
    "finance.total": "0", "finance.initial": "50", "finance.fixed_in_use": "0",
    "finance.three_public": "99", "management.small_business_share": "0",
    "management.new_projects": "1", "management.intentions_due": "1", "management.contracts": "1",
    "management.finance_problems": "9", "management.procurement_problems": "9",
    "management.allocation_problems": "9", "management.data_problems": "9",
    "management.asset_problems": "9", "management.costs_risen": "6",
}  # fmt: skip
# 名称里有越小越好的字眼的、两样字眼都有的、都没有的
DOUBTED = ("群众投诉率", "单位能耗", "服务时长", "投诉办结率", "能耗下降率", "开放天数", None)
# 等于没写的、像是没写的
SAYINGS = (None, "无", " 无。 ", "n/a", "……", "　", "/", "无人报名", "企业无力续建", "*", "5")
PAGE = 70
TURNS = 8
OUTCOME: Row = {
    "level1": "#效益", "level2": "#经济效益指标", "title": "#企业数", "operator": "#≥",
    "expected": "405", "unit": "#家", "actual": "411", "special": "#是",
}  # fmt: skip
GOAL: Row = OUTCOME | {"level1": "#产出", "level2": "#数量指标"}
NONE: Row = {"actual": "0"}
FUND: Row = {"name": "#甲", "planned": "5", "paid": "5"}
MULTIPLES = ("0", "0.333", "1", "1.5", "1.50000000001", "1.5000000001", "2", "2.0001", "-1")


def full_marks(scheme: Scheme) -> Contents:
    """一份满分的表。"""
    found = best_fields(scheme) | own_cover(scheme)
    found |= {field_key(name): typed(text) for name, text in FULL.items()}
    for indicator in scheme.indicators:
        found[CellKey("form", indicator.code, "self_score")] = indicator.points
    found |= records("indicators", (GOAL, OUTCOME))
    found[CellKey("funds", "1", "as_of")] = date(scheme.year, 12, 31)
    found |= records("funds", (FUND,))
    return fitting(scheme, found)


def own_cover(scheme: Scheme) -> Contents:
    """封面上与方案、与两个指标相符的几项。"""
    funded = "是" if any(sheet.key == "funds" for sheet in scheme.sheets) else "否"
    cover: dict[str, Typed] = {
        "year": Decimal(scheme.year), "has_funds": funded, "indicator_count": Decimal(2),
        "output_count": Decimal(1), "outcome_count": Decimal(1),
    }  # fmt: skip
    return {field_key(f"cover.{name}"): value for name, value in cover.items()}


def fitting(scheme: Scheme, contents: Contents) -> Contents:
    """去掉方案没有的格：没有专项资金的表少一张表、一栏。"""
    return {key: value for key, value in contents.items() if _known(scheme, key)}


def _known(scheme: Scheme, key: CellKey) -> bool:
    try:
        scheme.field(key)
    except KeyError:
        return False
    return True


def best_fields(scheme: Scheme) -> Contents:
    """逐项表的各项：选项取第一个，数取零。"""
    return {
        CellKey(sheet.key, field.key, VALUE): _best(scheme, field)
        for sheet in scheme.sheets
        if sheet.kind is SheetKind.FIELDS
        for field in sheet.fields
        if field.computation is None
    }


def _best(scheme: Scheme, field: Field) -> Typed:
    if field.options:
        return scheme.options[field.options].options[0].value
    if field.kind.dated:
        return DAY
    return Decimal(0) if field.kind.numeric else "×××"


def typed(text: str) -> Typed:
    """数写成数，“#”开头的写成文字。"""
    try:
        return Decimal(text)
    except ArithmeticError:
        return text.removeprefix("#")


def records(sheet: str, rows: tuple[Row, ...]) -> Contents:
    """一张记录表；行从 1 起。"""
    return {
        CellKey(sheet, str(number), column): typed(text)
        for number, row in enumerate(rows, 1)
        for column, text in row.items()
        if text is not None
    }


def without(contents: Contents, sheet: str) -> Contents:
    """去掉一张表的内容。"""
    return {key: value for key, value in contents.items() if key.sheet != sheet}


def boundaries(scheme: Scheme) -> Iterator[tuple[str, Contents]]:
    """各份的名字和内容。"""
    for name, contents in _boundaries(scheme):
        yield name, fitting(scheme, contents)


def _boundaries(scheme: Scheme) -> Iterator[tuple[str, Contents]]:
    full = full_marks(scheme)
    yield "空表", {}
    yield "满分", full
    yield from grades(scheme, full)
    yield from each_in_turn(scheme, full)
    for name, rows in lone_cells(scheme).items():
        yield f"{name}各行只填一栏", without(full, name) | records(name, rows)
    for number, row in enumerate(lone_cells(scheme).get("funds", ()), 1):
        yield f"专项资金多一行{number}", full | records("funds", (FUND, row))
    yield "没有自评得分", {key: one for key, one in full.items() if key.column != "self_score"}
    half = OUTCOME | {"actual": "202.5"}
    yield "两个效益指标", full | records("indicators", (OUTCOME, half, GOAL))
    yield "零分", full | zero(scheme) | records("indicators", (GOAL | NONE, OUTCOME | NONE))
    yield "自评分合计是半分", without(full, "form") | _self_scores(scheme)
    rows = zip_longest(*SERIES.values(), fillvalue="")
    funds = zip_longest(rows, FUNDS, fillvalue=())
    for number, (values, listed) in enumerate(funds, 1):
        contents = without(full, "funds") | records("funds", listed)
        for name, text in zip(SERIES, values, strict=False):
            if text is None:
                del contents[field_key(name)]
            elif text:
                contents[field_key(name)] = typed(text)
        yield f"界限{number}", contents
    absent = OUTCOME | {"actual": "#不适用", "note": "#停产"}
    yield "一个不适用", full | records("indicators", (OUTCOME, absent, GOAL, half))
    yield "都不适用", full | records("indicators", (absent, GOAL))
    part = GOAL | {"title": "#其中：甲"}
    yield "一个其中", full | records("indicators", (OUTCOME, GOAL, part, part))
    listed_goals = tuple(goals())
    for first in range(0, len(listed_goals), PAGE):
        page = (OUTCOME, *listed_goals[first : first + PAGE])
        yield f"指标{first}", without(full, "indicators") | records("indicators", page)


def each_in_turn(scheme: Scheme, full: Contents) -> Iterator[tuple[str, Contents]]:
    """各填报项轮流取列表里的各个值、列表以外的值、空白。"""
    fields = [
        (CellKey(sheet.key, field.key, VALUE), field)
        for sheet in scheme.sheets
        if sheet.kind is SheetKind.FIELDS
        for field in sheet.fields
        if field.computation is None
    ]
    for turn in range(TURNS):
        contents = dict(full)
        for number, (key, field) in enumerate(fields):
            values = _values(scheme, field)
            text = values[(turn + number) % TURNS]
            contents.pop(key)
            if text is not None:
                contents[key] = typed(text)
        yield f"轮流{turn}", contents


def _values(scheme: Scheme, field: Field) -> tuple[Text, ...]:
    """八个值，空白和列表以外的隔四个：连着的四项里最多一项不合要求，换哪一项都看得出来。"""
    if field.options:
        listed = [f"#{one.value}" for one in scheme.options[field.options].options]
        good = (listed * 6)[:6]
    else:
        good = ["0", "2", "7", "0.5", "3", "1"] if field.kind.numeric else ["#甲"] * 6
    return (None, *good[:3], "#无此项", *good[3:])


def lone_cells(scheme: Scheme) -> dict[str, tuple[Row, ...]]:
    """每张记录表：每行只填一栏，轮到每一栏；名称填了的，必填的各栏轮流空着。"""
    pages = {}
    for sheet in scheme.sheets:
        if sheet.kind is SheetKind.RECORDS:
            inputs = [field for field in sheet.fields if field.computation is None]
            alone: list[Row] = [{field.key: "#1"} for field in inputs]
            whole = {field.key: "#1" for field in inputs}
            short = [whole | {field.key: None} for field in inputs if field.required]
            pages[sheet.key] = (*alone, *short)
    return pages


def zero(scheme: Scheme) -> Contents:
    """各项都填最坏的：总分是零分。"""
    found: Contents = {CellKey("funds", "1", "paid"): Decimal(0)}
    for sheet in scheme.sheets:
        if sheet.kind is SheetKind.FIELDS:
            for field in sheet.fields:
                worst = WORST.get(field.options)
                if worst:
                    found[CellKey(sheet.key, field.key, VALUE)] = worst
    return found | {field_key(name): Decimal(text) for name, text in WORST_NUMBERS.items()}


def _self_scores(scheme: Scheme) -> Contents:
    """评分表头几行的自评得分。"""
    return {
        CellKey("form", indicator.code, "self_score"): Decimal(text)
        for indicator, text in zip(scheme.indicators, SELF_HALF, strict=False)
    }


def grades(scheme: Scheme, full: Contents) -> Iterator[tuple[str, Contents]]:
    """总分在分数线上，以及比分数线少一分钱。"""
    contents = dict(full)
    total = 100 - 1 / scheme.indicator("03").points  # 支出率的得分少一分钱
    for number, tens in enumerate(TENS, 1):
        contents |= {CellKey("management", key): typed(text) for key, text in tens.items() if text}
        yield f"等级{number}", dict(contents)
        yield f"等级{number}，少一分钱", contents | {CellKey("finance", "total"): total}


ABSENT = ("#不适用", "#无", "# 无。", "#n/a", "#没有做", "#——", None)


def unusual() -> Iterator[Row]:
    """写不适用的，写了和没有写原因；其中项，写了和没有写分值；年中调整过的。"""
    base: Row = {
        "title": "#企业数",
        "operator": "#≥",
        "expected": "7",
        "actual": "7",
        "unit": "#家",
    }
    for said, note in product(ABSENT, (None, "#无", "#停产")):
        yield base | {"actual": said, "note": note}
    absent = base | {"actual": "#无", "note": "#停产"}
    yield absent | {"unit": "#日期"}
    yield absent | {"tier": "#达成年度指标"}
    yield absent | {"tier": "#别的"}
    yield absent | {"expected": "#规范"}
    yield absent | {"expected": None}
    for title, points in product(("其中：甲", " 　其中乙", "甲其中", "其 中"), (None, "1", "#无")):
        yield base | {"title": f"#{title}", "points": points, "self_score": None}
    for later, result in product(("4", "0", "-5", "#4", "#规范", "#无", None), ("0", "4", "9")):
        yield base | {"adjusted": later, "actual": result}
    yield base | {"expected": "#规范", "adjusted": "4", "actual": "3"}
    yield base | {"expected": None, "adjusted": "4", "actual": "3"}
    yield base | {"adjusted": "4", "actual": "#无", "note": "#停产"}


def goals() -> Iterator[Row]:
    """每个运算符、每种预期值，实现值取到各个界限上；两类二级指标；定性的三档；别的写法。"""
    for row in unusual():
        yield {"level1": "#产出", "level2": "#数量指标", "special": "#否"} | row
    for operator, target, times in product(OPERATORS, ("-5", "0", "7", "0.3"), MULTIPLES):
        actual = str(Decimal(target) * Decimal(times)) if target != "0" else times
        row: Row = {"level1": "#产出", "title": "#企业数", "expected": target, "actual": actual}
        row |= {"operator": operator and f"#{operator}", "special": "#否"}
        yield row | {"level2": "#成本指标" if operator in (None, "不低于") else "#数量指标"}
    for title, operator, times in product(DOUBTED, (None, "≥", "≤", "="), ("0.5", "1", "1.3", "2")):
        yield {"level1": "#效益", "level2": "#社会效益指标", "title": title and f"#{title}",
               "operator": operator and f"#{operator}", "special": "#否",
               "expected": "7", "actual": str(7 * Decimal(times))}  # fmt: skip
    tiers = (
        "#达成年度指标",
        "#部分达成年度指标并具有一定效果",
        "#未达成年度指标且效果较差",
        None,
        "#别的",
    )
    measured: tuple[tuple[Text, Text, Text], ...] = (
        ("#有效促进", "#有效促进", None),
        ("405", None, None),
        (None, "405", "#家"),
        ("20241231", "20241230", "#日期"),
        ("#405家", "411", "#家"),
    )
    for tier, (expected, result, unit) in product(tiers, measured):
        yield {"level1": "#效益", "level2": "#社会效益指标", "title": "#带动就业", "tier": tier,
               "expected": expected, "actual": result, "unit": unit, "special": "#是"}  # fmt: skip
