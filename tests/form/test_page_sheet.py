"""项目支出的表印成一页：排法照印出来的样子，十五个指标一页 A4，正文不小于九磅。"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from parity_engines import needs_office
from parity_project import full_project
from printed import all_printed

from xltool.address import At
from xltool.excel.write import write_book
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.form.status import MATCH, MISMATCH, PENDING
from xltool.layout.columns import SELF_CHECK
from xltool.layout.layout import GUIDE, STATUS
from xltool.scheme.key import CellKey, field_key
from xltool.scoring.catalogue import ready_scheme
from xltool.sheets.paper import LEAST_SIZE
from xltool.sheets.plan import Formula, Link

if TYPE_CHECKING:
    from printed import Page

    from xltool.facts.typed import Typed
    from xltool.sheets.plan import SheetPlan

PAGE, IDS = "自评表", ("mof-project", "mof-project-101")
LONG = "机构调整，任务移交两个月，年底补齐"


def page_of(scheme_id: str, contents: dict[CellKey, Typed] | None = None) -> SheetPlan:
    plan = form_plan(make_form(ready_scheme(scheme_id)[0], contents or {}))
    return next(sheet for sheet in plan.sheets if sheet.name == PAGE)


def fifteen(scheme_id: str) -> dict[CellKey, Typed]:
    """十五个指标、各六分，名称、单位和原因长短都像真的。"""
    scheme, _ = ready_scheme(scheme_id)
    contents = {k: v for k, v in full_project(scheme).items() if k.sheet != "indicators"}
    row: dict[str, Typed] = {
        "level1": "产出指标", "level2": "数量指标", "title": "完成数字化改造的中小企业户数",
        "operator": "≥", "expected": Decimal(400), "unit": "家", "actual": Decimal(380),
        "points": Decimal(6), "self_score": Decimal("5.70"), "note": LONG,
        "evidence": "验收报告",
    }  # fmt: skip
    long = "支持产业集群完成数字化转型试点，带动400家企业改造，服务对象满意度90%以上。"
    contents |= {field_key("goal.expected"): long, field_key("goal.actual"): long}
    for number in range(1, 16):
        contents |= {CellKey("indicators", str(number), key): value for key, value in row.items()}
    return contents


@pytest.mark.parametrize("scheme_id", IDS)
def test_the_money_is_four_rows_by_three_amounts(scheme_id: str) -> None:
    scheme, _ = ready_scheme(scheme_id)
    block = make_form(scheme, {}).layout.blocks["finance"]
    sources, amounts = ("", "_fiscal", "_carried", "_other"), ("initial", "adjusted", "total")
    places = [[block.at(f"{one}{end}", "value") for one in amounts] for end in sources]
    assert [[at.row - places[0][0].row for at in row] for row in places] == [
        [n] * 3 for n in range(4)
    ]
    assert len({tuple(at.col for at in row) for row in places}) == 1
    shown = {cell.at: cell.content for cell in page_of(scheme_id).every_cell()}
    line, _ = block.slots["total"]
    assert shown[block.at(line, "points")] == Decimal(10)
    assert [shown[block.at(block.slots[f"total{end}"][0], "note")] for end in sources[1:]] == [
        "—"
    ] * 3


@pytest.mark.parametrize("scheme_id", IDS)
def test_nothing_is_typed_beside_the_page_but_what_checks_need(scheme_id: str) -> None:
    """可填的格全在这一页上；页外的两栏是达成情况和佐证材料。"""
    plan = form_plan(make_form(ready_scheme(scheme_id)[0], {}))
    open_sheets = {s.name for s in plan.sheets if any(c.unlocked for c in s.every_cell())}
    assert open_sheets == {PAGE}
    page = page_of(scheme_id)
    area = page.printing.area
    assert area is not None
    block = make_form(ready_scheme(scheme_id)[0], {}).layout.blocks["indicators"]
    beside = {c.at.col for c in page.every_cell() if c.unlocked and c.at not in area}
    assert beside == {block.columns[key][0] for key in ("tier", "evidence")}


@pytest.mark.parametrize(("points", "said"), [("6", MATCH), ("5.99", MISMATCH), ("6.01", MISMATCH)])
def test_the_form_itself_checks_the_weights(points: str, said: str) -> None:
    scheme, _ = ready_scheme("mof-project")
    contents = fifteen("mof-project") | {CellKey("indicators", "3", "points"): Decimal(points)}
    guide = form_plan(make_form(scheme, contents)).sheets[0]
    assert guide.name == GUIDE
    rows = {c.at.row: c.content for c in guide.every_cell() if c.at.col == 2}
    (row,) = [at for at, text in rows.items() if str(text).startswith("各指标分值连同")]
    results = {
        c.at.row: c.content.result for c in guide.every_cell() if isinstance(c.content, Formula)
    }
    assert results[row] == said
    blank = form_plan(make_form(scheme, {})).sheets[0]
    found = {
        c.at.row: c.content.result for c in blank.every_cell() if isinstance(c.content, Formula)
    }
    assert found[row] == PENDING


def test_the_self_scores_are_gathered_from_the_page() -> None:
    """评分表各行、总分都由页上的相加，缺一行的那一类空着。"""
    scheme, _ = ready_scheme("mof-project")
    facts = make_form(scheme, fifteen("mof-project")).facts
    own = [facts.number(CellKey("form", code, "self_score")) for code in ("01", "02", "03", "04")]
    assert own == [Decimal(10), Decimal("85.50"), Decimal(0), Decimal(0)]
    assert facts.number("cover.self_total") == Decimal("95.50")
    lacking = {
        k: v
        for k, v in fifteen("mof-project").items()
        if k != CellKey("indicators", "9", "self_score")
    }
    facts = make_form(scheme, lacking).facts
    assert facts.number(CellKey("form", "02", "self_score")) is None


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, bool], tuple[Page, ...]]:
    """各种表空白的、填了十五个指标的，一次印出来；只印这一页所在的表，别的表隐藏。"""
    folder = tmp_path_factory.mktemp("印")
    kinds = list(product(IDS, (False, True)))
    books = [folder / f"{scheme_id}-{filled}.xlsx" for scheme_id, filled in kinds]
    for (scheme_id, filled), book in zip(kinds, books, strict=True):
        scheme, _ = ready_scheme(scheme_id)
        contents = fifteen(scheme_id) if filled else {}
        plan = form_plan(make_form(scheme, contents))
        sheets = tuple(replace(one, hidden=one.name != PAGE) for one in plan.sheets)
        write_book(replace(plan, sheets=sheets), book)
    return dict(zip(kinds, all_printed(books, folder), strict=True))


@needs_office
@pytest.mark.parametrize("scheme_id", IDS)
@pytest.mark.parametrize("filled", [False, True], ids=["blank", "filled"])
def test_fifteen_indicators_are_one_page_of_readable_text(
    scheme_id: str,
    filled: bool,  # noqa: FBT001
    paper: dict[tuple[str, bool], tuple[Page, ...]],
) -> None:
    """量 PDF 里每个字。"""
    (page,) = [one for one in paper[scheme_id, filled] if "实施单位（公章）" in one.text]
    assert "项目名称" in page.text  # 头尾都在一页上
    assert "总分" in page.text
    assert (LONG in page.text) == filled
    assert page.paper == "A4竖"
    assert page.smallest >= LEAST_SIZE


@needs_office
@pytest.mark.nightly
def test_the_filled_samples_take_one_page(tmp_path: Path) -> None:
    """各种项目支出的示例，十来个指标，写了原因：一页 A4，正文不小于九磅。"""
    names = (
        "示例市体育局_健身设施补短板",
        "示例市残疾人联合会_康复服务",
        "示例市商务局_电商产业园扶持",
    )
    folder = Path(__file__).parents[2] / "sample_inputs" / "mixed"
    for found in all_printed([folder / f"{name}.xlsx" for name in names], tmp_path):
        (page,) = [one for one in found if one.paper == "A4竖"]
        assert "项目名称" in page.text
        assert "实施单位（公章）" in page.text
        assert page.smallest >= LEAST_SIZE


def test_the_guide_and_the_page_name_what_is_there() -> None:
    """几张表在一页上，说明页照标签说；不用填的不说去填报；没有填全的没有等级。"""
    scheme, _ = ready_scheme("mof-project")
    plan = form_plan(make_form(scheme, {CellKey("finance", "self_score", "value"): Decimal(9)}))
    sheets = {sheet.name: {c.at: c.content for c in sheet.every_cell()} for sheet in plan.sheets}
    guide = [str(one) for one in sheets[GUIDE].values()]
    for sheet in scheme.sheets:
        assert (f"{sheet.tab}：{sheet.name}" if sheet.page else sheet.name) in guide
    assert sum("金额单位：万元" in one for one in guide) == 1
    links = [one for one in sheets[GUIDE].values() if isinstance(one, Link)]
    assert {one.text for one in links if one.sheet == "评分表"} == {"查看", "看评分表"}
    status = sheets[PAGE][STATUS]
    assert isinstance(status, Formula)
    assert str(status.result).endswith("，见Q栏“自查”")
    heads = [at for at, one in sheets[PAGE].items() if one == SELF_CHECK.heading]
    assert {at.col for at in heads} == {At.parse("Q1").col}
    assert len(heads) == len(("页首", "绩效指标"))
    grades = {one.name for one in scheme.grades}
    results = {one.result for one in sheets[PAGE].values() if isinstance(one, Formula)}
    assert Decimal(9) in results
    assert not grades & results
