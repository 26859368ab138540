"""汇总工作簿：名次、总分、各级得分、问题数、核对，由别的程序重新计算后一格不差。"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from parity_cells import Spot, bare, cents, differences, frozen, wanted
from parity_engines import formualizer_found, ironcalc_found, needs_office, office

from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_scheme
from xltool.sheets.consolidated.book import consolidated_plan
from xltool.sheets.consolidated.sources import make_sources

if TYPE_CHECKING:
    from parity_cells import Found

    from xltool.sheets.consolidated.source import Source
    from xltool.sheets.plan import WorkbookPlan

SAMPLES = Path(__file__).parents[1] / "sample_inputs"
SCHEME, METHODS = ready_scheme("jiangmen-2025-special")


@cache
def source() -> Source:
    request = Request(folder=SAMPLES / "inbox", roster=SAMPLES / "名单.xlsx", jobs=1)
    (only,) = make_sources(collect(request), "评分表")
    return only


@cache
def plan() -> WorkbookPlan:
    return frozen(consolidated_plan((source(),)))


def scores_in_unit_sheets(found: Found) -> dict[tuple[str, str], Decimal | None]:
    """各单位评分表里重新算出的得分。"""
    scores: dict[tuple[str, str], Decimal | None] = {}
    for scored in source().scored:
        for indicator in SCHEME.indicators:
            at = source().at(scored, CellKey(SCHEME.form.key, indicator.code, "score"))
            assert at is not None
            value = found[Spot(scored.sheet, at.a1)]
            score = cents(value) if isinstance(value, Decimal) else None
            scores[scored.name, indicator.code] = score
    return scores


def scores_in_reports() -> dict[tuple[str, str], Decimal | None]:
    """读报送文件时算的得分。"""
    return {
        (scored.name, line.code): line.score
        for scored in source().scored
        for line in scored.unit.report().scores
    }


def test_every_sheet_with_formulas_is_compared() -> None:
    sheets = {spot.sheet for spot in wanted(plan())}
    assert sheets >= {"说明与核对", "汇总", "得分明细", "规则说明"}
    assert sheets >= {scored.sheet for scored in source().scored}
    assert len(source().scored) > 4


@needs_office
def test_recalculated_by_the_office(tmp_path: Path) -> None:
    found = office({"汇总": plan()}, tmp_path)["汇总"]
    assert differences(plan(), found) == []
    assert scores_in_unit_sheets(found) == scores_in_reports()


def test_recalculated_by_the_second_engine() -> None:
    found = formualizer_found(bare(plan()))
    assert differences(plan(), found) == []
    assert scores_in_unit_sheets(found) == scores_in_reports()


def test_recalculated_by_the_third_engine(tmp_path: Path) -> None:
    pytest.importorskip("ironcalc")
    assert differences(plan(), ironcalc_found(bare(plan()), tmp_path)) == []
