"""两份公开的部门自评表写成方案：走一遍全程，照公开的数填，逐行的得分与公开的比。

重庆2021是一份公开的自评表；岳阳2018只有评分规则，应得的分照规则手算。
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest
from live_forms import compared
from official_schemes import CHONGQING, FOLDER, YUEYANG, official
from parity_cells import bare, differences, frozen
from parity_engines import formualizer_found, needs_office, office
from parity_random import random_contents
from scheme_journey import travel

from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.excel.write import render_book
from xltool.facts.wanted_categories import wanted_categories
from xltool.finding import Severity
from xltool.flags.registry import rules_for
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.intake.submission import understand_book
from xltool.scheme import loader
from xltool.scheme.key import CellKey, field_key
from xltool.scheme.loader import load_scheme
from xltool.scheme_book.book import scheme_plan
from xltool.scheme_book.importing import import_scheme
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.facts.typed import Contents, Typed
    from xltool.form.form import Form
    from xltool.sheets.plan import WorkbookPlan

# 公开的各项得分；个性指标逐行另比
PUBLISHED = {
    "01": "7.6", "02": "2", "03": "2", "04": "1", "05": "2", "06": "2", "07": "2", "08": "2",
    "09": "2", "10": "2", "11": "3", "12": "5", "13": "1", "14": "2", "15": "2",
}  # fmt: skip
# 公开的是百分数：分母取整数，分子凑成那个百分数；“三公经费”公开件没有写，取与上年、预算相同
MONEY = {
    "initial": "1000", "adjusted": "1000", "total": "760", "carried": "0", "staff": "23",
    "quota": "25", "three_public": "10", "three_public_last": "10", "three_public_budget": "10",
    "running": "97", "running_budget": "100", "procured": "72.74", "procurement": "100",
    "fixed_in_use": "500", "fixed_assets": "500",
}  # fmt: skip
MANAGED = {"complete": "是", "system": "高", "compliance": "好", "disclosure": "高", "safety": "好"}
# 类别、是否核心、指标、单位、年初指标值、完成值、权重；末行公开件上不全，得满分是由总分推出的
OWN = (
    ("个性指标", "核心指标", "党性教育培训次数", "次", "6", "12", "5"),
    ("个性指标", "核心指标", "组织宣传活动次数", "次", "40", "43", "10"),
    ("个性指标", "非核心指标", "制作宣传品数量", "份", "20", "20", "5"),
    ("个性指标", "核心指标", "播发稿件数量", "篇", "2200", "2859", "10"),
    ("个性指标", "非核心指标", "业务保障能力提升", "%", "90", "95", "10"),
    ("个性指标", "非核心指标", "公共服务覆盖率", "%", "90", "95", "20"),
)
COLUMNS = ("level1", "level2", "title", "unit", "expected", "actual", "points")
NUMBERS = ("expected", "actual", "points")


def chongqing() -> Contents:
    """照公开的表填。"""
    found: dict[CellKey, Typed] = {
        field_key("cover.department"): "示例区融媒体中心",
        field_key("cover.year"): Decimal(2021),
        field_key("cover.self_total"): Decimal("97.6"),
    }
    found |= {field_key(f"finance.{key}"): Decimal(text) for key, text in MONEY.items()}
    found |= {field_key(f"management.{key}"): text for key, text in MANAGED.items()}
    for number, row in enumerate(OWN, 1):
        for column, text in zip(COLUMNS, row, strict=True):
            value = Decimal(text) if column in NUMBERS else text
            found[CellKey("indicators", str(number), column)] = value
        found[CellKey("indicators", str(number), "operator")] = "≥"
        found[CellKey("indicators", str(number), "self_score")] = Decimal(row[6])
    scores = PUBLISHED | {"16": "60"}
    found |= {CellKey("form", code, "self_score"): Decimal(text) for code, text in scores.items()}
    return found


def filled(scheme_id: str, contents: Contents) -> Form:
    return make_form(official()[scheme_id], contents)


def points(form: Form) -> dict[str, Decimal | None]:
    return {score.code: score.value for score in form.scorecard.scores}


# ---------------------------------------------------------------- 全程


@pytest.mark.parametrize("scheme_id", official())
def test_the_whole_way(scheme_id: str, tmp_path: Path) -> None:
    travel(official()[scheme_id], tmp_path, workbook=True)


@pytest.mark.parametrize("scheme_id", official())
def test_the_workbook_gives_the_scheme_back(scheme_id: str) -> None:
    scheme = official()[scheme_id]
    book = render_book(scheme_plan(scheme))
    imported = import_scheme(read_bytes(book), "方案.xlsx")
    assert imported.scheme is not None, imported.findings
    again = imported.scheme
    assert (again.sheets, again.indicators) == (scheme.sheets, scheme.indicators)
    assert (again.parameters, again.levels) == (scheme.parameters, scheme.levels)


def test_collected_together_with_other_forms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """几种表放在一个文件夹里，各照各的方案。"""
    known = {scheme_id: (None, scheme) for scheme_id, scheme in official().items()}
    monkeypatch.setattr(loader, "_local", lambda _: known)
    filed = {CHONGQING: chongqing(), YUEYANG: yueyang(), "jiangmen-2025-general": {}}
    filed["jiangmen-2025-general"] = {
        field_key("cover.department"): "示例市民政局",
        field_key("cover.year"): Decimal(2024),
        field_key("cover.self_total"): Decimal(90),
    }
    for scheme_id, contents in filed.items():
        scheme = official().get(scheme_id) or load_scheme(scheme_id)
        data = render_book(form_plan(make_form(scheme, contents)))
        (tmp_path / f"{scheme_id}.xlsx").write_bytes(data)
    collection = collect(Request(folder=tmp_path, jobs=1))
    assert {(unit.scheme, unit.file) for unit in collection.units if unit.adopted} == {
        (scheme_id, f"{scheme_id}.xlsx") for scheme_id in filed
    }


# ---------------------------------------------------------------- 重庆：与公开的得分比


def test_chongqing_row_by_row() -> None:
    """除政府采购执行率外，一行不差；那一行72.74%而自评满分2分，应得1.45分。"""
    found = points(filled(CHONGQING, chongqing()))
    differing = {code for code, text in PUBLISHED.items() if found[code] != Decimal(text)}
    assert differing == {"10"}
    assert found["10"] == Decimal("1.45")
    assert found["16"] == 60
    assert filled(CHONGQING, chongqing()).scorecard.total == Decimal("97.05")  # 公开的是97.6


@pytest.mark.parametrize(
    ("carried", "note", "told"),
    [("0", "", True), ("240", "", False), ("230", "", False), ("0", "财政收回240万元", False)],
)
def test_money_that_went_nowhere_is_told_in_the_form(
    carried: str, note: str, *, told: bool
) -> None:
    """预算1000、支出760、结转结余0：表里的自查和 check 都说；相差1%以内的、写了去向的都不说。"""
    contents = chongqing() | {field_key("finance.carried"): Decimal(carried)}
    contents |= {CellKey("form", "07", "reason"): note} if note else {}
    found = compared(official()[CHONGQING], contents)
    live = {(sheet, row) for sheet, row, check in found.live if "A10" in check.codes}
    assert live == ({("finance", "carried")} if told else set())
    checked = {(one.sheet, one.row, one.severity) for one in found.found if one.code == "A10"}
    assert checked == ({("finance", "carried", Severity.WARNING)} if told else set())


def test_chongqing_own_rows() -> None:
    form = filled(CHONGQING, chongqing())
    rows = [str(number) for number in range(1, len(OWN) + 1)]
    scores = [form.facts.number(CellKey("indicators", row, "score")) for row in rows]
    assert scores == [Decimal(row[6]) for row in OWN]
    assert form.facts.number(CellKey("indicators", "1", "completion")) == 2  # 12次÷6次，不调减


@pytest.mark.parametrize(
    ("name", "value", "code", "score"),
    [
        ("finance.staff", "26", "02", "1.20"), ("finance.three_public", "9", "03", "2"),
        ("finance.three_public", "10.5", "03", "1"), ("finance.adjusted", "1031", "06", "0"),
        ("finance.adjusted", "1030", "06", "2"), ("finance.carried", "20", "07", "2"),
        ("finance.carried", "20.01", "07", "0"), ("finance.total", "699.99", "05", "0"),
        ("finance.fixed_in_use", "449", "15", "0"),
    ],
)  # fmt: skip
def test_chongqing_limits(name: str, value: str, code: str, score: str) -> None:
    contents = chongqing() | {field_key(name): Decimal(value)}
    assert points(filled(CHONGQING, contents))[code] == Decimal(score)


def test_chongqing_is_scored_by_the_adjusted_target() -> None:
    goal = CellKey("indicators", "2", "adjusted")
    form = filled(CHONGQING, chongqing() | {goal: Decimal(86)})
    assert form.facts.number(CellKey("indicators", "2", "score")) == 5  # 43次÷86次
    assert points(form)["16"] == 55


def test_a_target_that_does_not_apply_is_spread_over_its_class() -> None:
    row = {"actual": "不适用", "note": "年中取消任务"}
    absent = {CellKey("indicators", "1", key): text for key, text in row.items()}
    half = {CellKey("indicators", "3", "actual"): Decimal(10)}
    form = filled(CHONGQING, chongqing() | absent | half)
    assert points(form)["16"] == Decimal("57.27")  # (10+2.5+10+10+20)×60÷55
    assert "另有1个不适用" in form.scorecard.of("16").trace
    unsaid = filled(CHONGQING, chongqing() | {CellKey("indicators", "1", "actual"): "不适用"})
    assert points(unsaid)["16"] is None
    assert "写不适用而没有写原因" in unsaid.scorecard.of("16").trace


def test_a_form_without_classes_lacks_none() -> None:
    """个性指标不分数量、质量、时效、成本的表，不说缺哪一类。"""
    found = compared(official()[CHONGQING], chongqing())
    assert wanted_categories(official()[CHONGQING]) == {}
    assert "C02" not in {one.code for one in found.found}
    assert "C02" not in {code for *_, one in found.live for code in one.codes}


def test_a_month_is_a_date() -> None:
    scheme = official()[CHONGQING]
    contents = chongqing() | {field_key("cover.date"): "2022年4月"}
    reading = understand_book(
        read_bytes(render_book(form_plan(make_form(scheme, contents)))), [scheme]
    )
    assert reading.submission is not None
    assert str(reading.submission.entries[field_key("cover.date")].value) == "2022-04-01"
    assert [one.where for one in reading.findings if "日期" in one.message] == []


# ---------------------------------------------------------------- 岳阳：照规则手算

RULES = {
    "staff": "102", "quota": "100", "three_public": "53", "three_public_last": "50",
    "three_public_budget": "52", "key_spending": "75", "project_spending": "100",
    "initial": "1000", "adjusted": "1150", "total": "1100", "carried": "40", "carried_last": "50",
    "late": "2",
}  # fmt: skip


def yueyang() -> Contents:
    """一份有超有欠的；产出两项、效果一项都完成。"""
    found: dict[CellKey, Typed] = {
        field_key("cover.department"): "示例市水利局",
        field_key("cover.year"): Decimal(2018),
        field_key("cover.self_total"): Decimal(90),
    }
    found |= {field_key(f"finance.{key}"): Decimal(text) for key, text in RULES.items()}
    goals = (
        ("产出", "数量指标", "清淤长度", "公里", "30", "30", "25"),
        ("产出", "质量指标", "验收合格率", "%", "100", "100", "15"),
        ("效果", "社会效益指标", "受益人口", "人", "5000", "5200", "30"),
    )
    for number, row in enumerate(goals, 1):
        for column, text in zip(COLUMNS, row, strict=False):
            value = Decimal(text) if column in NUMBERS else text
            found[CellKey("indicators", str(number), column)] = value
        found[CellKey("indicators", str(number), "operator")] = "≥"
        found[CellKey("indicators", str(number), "self_score")] = Decimal(row[6])
    return found


def test_yueyang_by_hand() -> None:
    found = points(filled(YUEYANG, yueyang()))
    assert found == {
        "01": Decimal("4.00"),  # 102%，超2个百分点，5-2×0.5
        "02": Decimal("2.00"),  # 53÷50增6%，5-6×0.5
        "03": Decimal("3.00"),  # 75%
        "04": Decimal("1.00"),  # 15%
        "05": Decimal("2.00"),  # 两项没有按时，3-2×0.5
        "06": Decimal("2.00"),  # 有结余，不超过上年
        "07": Decimal("4.08"),  # 53÷52=101.92%，6-1.923
        "08": Decimal("40.00"),
        "09": Decimal("30.00"),
    }


@pytest.mark.parametrize(
    ("name", "value", "code", "score"),
    [
        ("three_public", "50", "02", "5"), ("three_public", "40", "02", "5"),
        ("three_public", "55", "02", "0"), ("three_public", "60", "02", "0"),
        ("key_spending", "90", "03", "5"), ("key_spending", "89.99", "03", "4"),
        ("key_spending", "59.99", "03", "0"), ("adjusted", "1000", "04", "3"),
        ("adjusted", "1100", "04", "2"), ("adjusted", "900", "04", "2"),
        ("adjusted", "1300", "04", "0.5"), ("adjusted", "1300.01", "04", "0"),
        ("late", "0", "05", "3"), ("late", "7", "05", "0"), ("carried", "0", "06", "3"),
        ("carried", "50", "06", "2"), ("carried", "50.01", "06", "0"), ("staff", "110", "01", "0"),
        ("three_public", "52", "07", "6"),
    ],
)  # fmt: skip
def test_yueyang_limits(name: str, value: str, code: str, score: str) -> None:
    contents = yueyang() | {field_key(f"finance.{name}"): Decimal(value)}
    assert points(filled(YUEYANG, contents))[code] == Decimal(score)


def test_parts_are_recorded_and_not_counted() -> None:
    """其中两项没有分值：在表里，不计分，也不用填分值。"""
    part = {"title": "其中：东支渠", "expected": Decimal(12), "actual": Decimal(12), "unit": "公里"}
    cells = {CellKey("indicators", "4", key): value for key, value in part.items()}
    form = filled(YUEYANG, yueyang() | cells)
    assert points(form) == points(filled(YUEYANG, yueyang()))
    assert len(form.facts.records("indicators")) == 4


def test_waived_in_full() -> None:
    """这个方案写明不适用的得满分。"""
    row = {"actual": "无", "note": "没有下达任务"}
    absent = {CellKey("indicators", "1", key): text for key, text in row.items()}
    assert points(filled(YUEYANG, yueyang() | absent))["08"] == 40


# ---------------------------------------------------------------- 别的一级指标


@pytest.mark.parametrize(
    ("scheme_id", "tops"),
    [
        (CHONGQING, {"预算执行": 10, "共性指标": 30, "个性指标": 60}),
        (YUEYANG, {"投入": 15, "过程": 15, "产出": 40, "效果": 30}),
    ],
)
def test_first_levels_of_their_own(scheme_id: str, tops: dict[str, int]) -> None:
    scheme = official()[scheme_id]
    assert {one.title: one.points for one in scheme.levels if not one.parent} == tops
    printed = {
        cell.content
        for sheet in form_plan(make_form(scheme, {})).sheets
        if sheet.name == scheme.score_sheet.name
        for cell in sheet.every_cell()
    }
    assert {f"{title}\n（{points}分）" for title, points in tops.items()} <= printed


def official_text(scheme_id: str) -> str:
    return (FOLDER / f"{scheme_id}.toml").read_text("utf-8")


def test_decision_management_performance() -> None:
    """决策、管理、绩效：达州的三个一级和分值，换在岳阳的各项上。"""
    text = official_text(YUEYANG).replace(
        'title = "投入"\npoints = 15', 'title = "决策"\npoints = 15'
    )
    text = text.replace('title = "过程"\npoints = 15', 'title = "管理"\npoints = 15')
    start, end = text.index('[[levels]]\ntitle = "产出"'), text.index("[[indicators]]")
    merged = """[[levels]]
title = "绩效"
points = 70
children = [{ title = "职责履行", points = 40 }, { title = "履职效益", points = 30 }]

"""
    scheme = loader.parse_scheme(text[:start] + merged + text[end:], "决策.toml")
    form = make_form(scheme, yueyang())
    assert points(form) == points(filled(YUEYANG, yueyang()))
    assert {item.level1 for item in scheme.indicators} == {"决策", "管理", "绩效"}
    plan = bare(frozen(form_plan(form)))
    assert differences(plan, formualizer_found(plan)) == []


# ---------------------------------------------------------------- 公式


@cache
def plans() -> dict[str, WorkbookPlan]:
    """照公开的填的、改到界限上的、随机的各几份。"""
    row = {"actual": "不适用", "note": "年中取消任务"}
    absent = {CellKey("indicators", "1", key): text for key, text in row.items()}
    adjusted = {CellKey("indicators", "2", "adjusted"): Decimal(86)}
    part = {CellKey("indicators", "4", "title"): "其中：东支渠"}
    forms = {
        "重庆": filled(CHONGQING, chongqing()),
        "重庆，不适用、调整": filled(CHONGQING, chongqing() | absent | adjusted),
        "岳阳": filled(YUEYANG, yueyang()),
        "岳阳，不适用、其中": filled(YUEYANG, yueyang() | absent | part),
    }
    for scheme_id, scheme in official().items():
        for seed in range(5):
            forms[f"{scheme_id} {seed}"] = make_form(scheme, random_contents(scheme, seed))
    return {name: bare(frozen(form_plan(form))) for name, form in forms.items()}


@pytest.mark.parametrize("name", plans())
def test_the_formulas_by_formualizer(name: str) -> None:
    plan = plans()[name]
    assert differences(plan, formualizer_found(plan)) == []


@needs_office
def test_the_formulas_by_the_office(tmp_path: Path) -> None:
    made = plans()
    found = office(made, tmp_path)
    assert {name: cells for name in made if (cells := differences(made[name], found[name]))} == {}


def test_rules_of_the_forms() -> None:
    """用得着的规则：重庆有调整值，岳阳有其中项。"""
    codes = {name: {rule.code for rule in rules_for(one)} for name, one in official().items()}
    assert {"K21", "K22"} <= codes[CHONGQING]
    assert "K20" not in codes[CHONGQING]
    assert {"K20", "K22"} <= codes[YUEYANG]
    assert "K21" not in codes[YUEYANG]
