"""整份报送表：程序的结果与公式的结果一格不差，由三个别的程序重新计算来核对。"""

from __future__ import annotations

import sys
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from parity_boundary import boundaries, full_marks
from parity_cells import bare, differences, frozen, wanted
from parity_engines import formualizer_found, ironcalc_found, needs_office, office
from parity_random import random_contents

from xltool.scoring.catalogue import ready_scheme
from xltool.sheets.form.book import form_plan
from xltool.sheets.form.form import make_form
from xltool.sheets.form.status import READY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.facts.typed import Typed
    from xltool.scheme.key import CellKey
    from xltool.sheets.plan import WorkbookPlan

SCHEME, _ = ready_scheme("jiangmen-2025-special")
SAMPLES = Path(__file__).parents[1] / "sample_inputs"
OFFICE_SEEDS = range(50)
SEEDS = range(1000, 1040)
NIGHTLY_SEEDS = range(10_000, 11_000)


def plan_of(contents: Mapping[CellKey, Typed]) -> WorkbookPlan:
    return frozen(form_plan(make_form(SCHEME, contents)))


def samples() -> dict[str, WorkbookPlan]:
    """每份示例数据；旧版方案的那份用它自己的方案。"""
    sys.path.append(str(SAMPLES))
    try:
        from generate import DATA, LIST_WIDTHS, read_sample
    finally:
        sys.path.remove(str(SAMPLES))
    plans = {}
    for source in sorted(DATA.rglob("*.toml")):
        if source.stem not in LIST_WIDTHS:
            sample = read_sample(source)
            form = make_form(sample.scheme, sample.contents)
            plans[f"{source.parent.name}/{source.stem}"] = frozen(form_plan(form))
    return plans


@cache
def known() -> dict[str, WorkbookPlan]:
    """模板、全部示例（整个工作簿），全部界限（只留格）。"""
    edges = {name: bare(plan_of(contents)) for name, contents in boundaries(SCHEME)}
    return {"模板": plan_of({})} | samples() | edges


def drawn(seeds: range) -> dict[str, WorkbookPlan]:
    """由种子排出的各份。"""
    return {f"种子{seed}": bare(plan_of(random_contents(SCHEME, seed))) for seed in seeds}


def disagreements(plans: Mapping[str, WorkbookPlan], folder: Path) -> dict[str, list[str]]:
    """LibreOffice 重算后与程序不同的各份、各格。"""
    found = office(plans, folder)
    told = {name: differences(plan, found[name]) for name, plan in plans.items()}
    return {name: cells for name, cells in told.items() if cells}


def second_engine(plans: Mapping[str, WorkbookPlan]) -> dict[str, list[str]]:
    """formualizer 重算后与程序不同的各份、各格。"""
    told = {name: differences(plan, formualizer_found(plan)) for name, plan in plans.items()}
    return {name: cells for name, cells in told.items() if cells}


# ---------------------------------------------------------------- 比的是什么


def test_every_kind_of_formula_is_compared() -> None:
    """得分、依据、合计、完成率、得分率、未填项数、勾稽、等级、可报送都在内。"""
    cells = wanted(plan_of(full_marks(SCHEME)))
    counts: dict[str, int] = {}
    for spot in cells:
        counts[spot.sheet] = counts.get(spot.sheet, 0) + 1
    assert counts == {
        "填报说明": 1 + 9 + 1 + 3 + 5,  # 可报送；各表未填和合计；得分、等级、自评；勾稽
        "评分表": 1 + 26 * 2 + 3,  # 顶上一句；依据和得分；三个合计
        "绩效目标完成情况": 1 + 60 * 2,
        "专项资金": 1 + 20 * 2,
        "收支与资产": 1 + 2,
        "封面": 1,
        "管理情况": 1,
        "重点任务": 1,
        "上年度整改": 1,
        "关键数据核对": 1,
        "评分参数": 26,
    }
    results = {spot.at: cell.result for spot, cell in cells.items() if spot.sheet == "填报说明"}
    assert (results["A3"], results["C18"], results["C19"]) == (READY, Decimal("100.00"), "优")


def test_the_boundaries_reach_every_result() -> None:
    """界限里有每个等级、每种勾稽结果，总分刚好在分数线上和少一分钱。"""
    totals, grades, checks = set(), set(), set()
    for plan in (plan_of(contents) for _, contents in boundaries(SCHEME)):
        results = {
            spot.at: cell.result for spot, cell in wanted(plan).items() if spot[0] == "填报说明"
        }
        totals.add(str(results["C18"]))
        grades.add(results["C19"])
        checks |= {results[f"C{row}"] for row in range(23, 28)}
    assert totals >= {"90.00", "89.99", "80.00", "79.99", "70.00", "69.99", "60.00", "59.99", ""}
    assert grades == {"优", "良", "中", "低", "差", ""}
    assert checks == {"相符", "不符", "待填"}


def test_the_draw_is_varied() -> None:
    """随机的各份里，能计总分的、可报送的、缺数的都不少。"""
    forms = [make_form(SCHEME, random_contents(SCHEME, seed)) for seed in OFFICE_SEEDS]
    scored = sum(form.scorecard.total is not None for form in forms)
    assert scored > 5
    assert len(forms) - scored > 20
    ready = [plan_of(form.contents) for form in forms if form.scorecard.total is not None]
    assert any(cell.result == READY for plan in ready for cell in wanted(plan).values())


# ---------------------------------------------------------------- LibreOffice


@needs_office
def test_known_workbooks_recalculated_by_the_office(tmp_path: Path) -> None:
    assert disagreements(known(), tmp_path) == {}


@needs_office
def test_random_workbooks_recalculated_by_the_office(tmp_path: Path) -> None:
    assert disagreements(drawn(OFFICE_SEEDS), tmp_path) == {}


@needs_office
@pytest.mark.nightly
@pytest.mark.parametrize("start", NIGHTLY_SEEDS[::100])
def test_many_random_workbooks_recalculated_by_the_office(start: int, tmp_path: Path) -> None:
    assert disagreements(drawn(range(start, start + 100)), tmp_path) == {}


# ---------------------------------------------------------------- 第二、第三个引擎


def test_known_workbooks_by_the_second_engine() -> None:
    assert second_engine({name: bare(plan) for name, plan in known().items()}) == {}


def test_random_workbooks_by_the_second_engine() -> None:
    assert second_engine(drawn(SEEDS)) == {}


@pytest.mark.nightly
def test_many_random_workbooks_by_the_second_engine() -> None:
    for start in NIGHTLY_SEEDS[::100]:
        assert second_engine(drawn(range(start, start + 100))) == {}


def test_known_workbooks_by_the_third_engine(tmp_path: Path) -> None:
    pytest.importorskip("ironcalc")
    plans = {name: bare(plan) for name, plan in known().items()}
    told = {name: differences(one, ironcalc_found(one, tmp_path)) for name, one in plans.items()}
    assert {name: cells for name, cells in told.items() if cells} == {}
