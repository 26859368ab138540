"""汇总印出来：每一页的正文不小于九磅，表头页页都有。"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from parity_engines import needs_office
from printed import printed
from sample_books import plan, sources

from xltool.consolidated.book import consolidated_plan
from xltool.excel.write import write_book
from xltool.sheets.paper import LEAST_SIZE

if TYPE_CHECKING:
    from pathlib import Path

    from printed import Page

    from xltool.sheets.plan import SheetPlan

pytestmark = [needs_office, pytest.mark.nightly]


def headed(sheet: SheetPlan, page: Page) -> bool:
    """一页上有没有表头：重复的那几列的个个都有；没有重复的列的，至少有一个。"""
    rows, last = sheet.printing.title_rows, sheet.printing.title_columns
    assert rows is not None
    found = [
        str(cell.content).replace("\n", "") in page.text
        for cell in sheet.every_cell()
        if rows[0] <= cell.row <= rows[1] and cell.content and cell.at.col <= (last or cell.at.col)
    ]
    return bool(found) and (all(found) if last else any(found))


@pytest.mark.parametrize("folder", ["inbox", "mixed"])
def test_every_page_of_the_book_can_be_read(folder: str, tmp_path: Path) -> None:
    book = plan(folder)
    written = write_book(
        consolidated_plan(sources(folder)), tmp_path / "汇总.xlsx"
    )  # 各行有各行的高
    found = printed(written, tmp_path)
    assert len(found) > len(book.sheets)
    small = [
        (number, page.smallest)
        for number, page in enumerate(found, 1)
        if page.smallest < LEAST_SIZE
    ]
    assert not small
    known = {sheet.name: sheet for sheet in book.sheets}
    seen: Counter[str] = Counter()
    for page in found:
        name = header(page)
        seen[name] += 1
        printing = known[name].printing
        assert page.paper == f"{printing.paper}{'横' if printing.landscape else '竖'}"
        if printing.title_rows is None:
            assert seen[name] == 1, name  # 没有表头要重复的，整张就一页
        else:
            assert headed(known[name], page), (name, page.text[:80])
    assert seen.keys() == known.keys()


def header(page: Page) -> str:
    """页眉里的表名，与最右边的在一行；跨页的合并格裁在纸边、看不见的字不在这一行。"""
    return "".join(one.text for one in page.header if one.y == page.header[-1].y)
