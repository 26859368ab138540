"""名单工作簿、收表记录、催报名单、方案工作簿印出来：字不小于九磅，没有用到的行不印。"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from paper_sizes import body_size
from parity_engines import needs_office
from printed import printed
from scheme_variants import shipped

from xltool.collection.roster import RosterEntry
from xltool.excel.write import write_book
from xltool.scheme_book.book import scheme_plan
from xltool.season.book import season_plan
from xltool.season.log_book import log_plan
from xltool.season.reminders import Reminders, reminders_plan
from xltool.season.runs import RunLog
from xltool.sheets.paper import LEAST_SIZE

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.sheets.plan import WorkbookPlan

UNITS = tuple(
    RosterEntry(
        code=f"9{number:05}", name=f"示例市第{number}局", row=number, extra={"分管领导": "张三"}
    )
    for number in range(1, 6)
)
BOOKS = {
    "名单": season_plan(),
    "带过来的名单": season_plan(UNITS),
    "收表记录": log_plan(RunLog()),
    "催报名单": reminders_plan(Reminders((), {}, None, date(2025, 5, 6), {})),
    **{f"方案 {key}": scheme_plan(scheme) for key, scheme in shipped().items()},
}
ONE_WIDE = ("名单", "催报名单")


@pytest.mark.parametrize("name", BOOKS)
def test_every_sheet_prints_nine_points(name: str) -> None:
    for sheet in BOOKS[name].sheets:
        assert body_size(sheet) >= LEAST_SIZE, sheet.name
        assert name not in ONE_WIDE or sheet.printing.pages == 1, sheet.name
        if sheet.printing.pages > 1:
            assert sheet.printing.title_columns, sheet.name


@needs_office
def test_the_spare_rows_of_the_roster_print_no_page(tmp_path: Path) -> None:
    """五个单位，一页；列宽、字号照真的印出来的量。"""
    plan: WorkbookPlan = season_plan(UNITS[:5])
    pages = printed(write_book(plan, tmp_path / "名单.xlsx"), tmp_path)
    listed = [page for page in pages if "应报单位名单" in page.text or "示例市第" in page.text]
    assert [page.paper for page in listed] == ["A3横"] * plan.sheets[1].printing.pages
    assert min(page.smallest for page in pages) >= LEAST_SIZE
