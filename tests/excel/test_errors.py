"""Excel 装不下的计划一律拒绝，并说明是什么。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from excel_demo import area, one_sheet

from xltool.address import At
from xltool.excel.errors import (
    CellOrderError,
    FormulaTooLongError,
    LayoutDroppedError,
    LinkTargetError,
    NoVisibleSheetError,
    SheetNameError,
    TextTooLongError,
    UnwritableContentError,
    UnwritableNumberError,
    UnwritableTextError,
)
from xltool.excel.write import render_book
from xltool.sheets.graphics import Chart, Series
from xltool.sheets.plan import (
    Cell,
    Formula,
    Link,
    Name,
    Print,
    Role,
    SheetPlan,
    Validation,
    ValidationKind,
    WorkbookPlan,
)

if TYPE_CHECKING:
    from xltool.sheets.plan import (
        Content,
    )


@pytest.mark.parametrize("file", ["/etc/passwd", "//server/share.xlsx", "\\\\server\\x", "..\\x"])
def test_links_only_to_relative_paths(file: str) -> None:
    with pytest.raises(LinkTargetError):
        render_book(one_sheet(Link("看", file=file)))


@pytest.mark.parametrize(
    "places", [[At(2, 1), At(1, 1)], [At(1, 2), At(1, 1)], [At(1, 1), At(1, 1)], [At(1_048_577, 1)]]
)
def test_cells_out_of_order_are_refused(places: list[At]) -> None:
    cells = [Cell(at, "甲", Role.BODY) for at in places]
    with pytest.raises(CellOrderError):
        render_book(WorkbookPlan((SheetPlan("表", cells),)))


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (Decimal("NaN"), UnwritableNumberError),
        (Decimal("Infinity"), UnwritableNumberError),
        (Formula("1", Decimal("NaN")), UnwritableNumberError),
        (0.5, UnwritableContentError),
        (Formula("1+" * 5000 + "1"), FormulaTooLongError),
        (Formula("1" * 8192), FormulaTooLongError),
        (Formula(f'"{"甲" * 256}"'), FormulaTooLongError),
        (Formula("N(" * 128 + "1" + ")" * 128), FormulaTooLongError),
        (Formula('"\x00"'), UnwritableTextError),
    ],
)
def test_unwritable_contents_are_named(content: Content, error: type[Exception]) -> None:
    with pytest.raises(error):
        render_book(one_sheet(content))


@pytest.mark.parametrize(
    "name", ["", " ", "History", "甲/乙", "[甲]", "'甲", "甲\n乙", "甲\x00", "长" * 32, "𠮷" * 16]
)
def test_bad_sheet_names_are_refused(name: str) -> None:
    with pytest.raises(SheetNameError):
        render_book(WorkbookPlan((SheetPlan(name, ()),)))


@pytest.mark.parametrize(
    ("prompt_title", "prompt", "error_title", "error"),
    [
        ("题" * 33, "", "", ""),
        ("", "字" * 256, "", ""),
        ("", "", "题" * 33, ""),
        ("", "", "", "字" * 256),
    ],
)
def test_long_prompts_are_refused(
    prompt_title: str, prompt: str, error_title: str, error: str
) -> None:
    rule = Validation(area("A1"), ValidationKind.ANY, prompt_title, prompt, error_title, error)
    with pytest.raises(TextTooLongError):
        render_book(one_sheet("一", validations=(rule,)))


def test_long_footer_bad_name_and_formula_title_are_refused() -> None:
    with pytest.raises(TextTooLongError):
        render_book(one_sheet("一", printing=Print(footer_left="&" * 200)))
    series = Series("数", area("B1:B2"))
    chart = Chart("=表!$A$1", "", area("A1:A2"), (series,), area("A4:B9"))
    with pytest.raises(UnwritableTextError):
        render_book(one_sheet("一", charts=(chart,)))
    plan = WorkbookPlan((SheetPlan("表", ()),), names=(Name("A1", "表!$A$1"),))
    with pytest.raises(LayoutDroppedError, match="A1"):
        render_book(plan)


def test_links_only_to_sheets_that_exist() -> None:
    with pytest.raises(LinkTargetError, match="没有的表"):
        render_book(one_sheet(Link("看", sheet="没有的表")))


def test_a_book_must_show_a_sheet() -> None:
    with pytest.raises(NoVisibleSheetError):
        render_book(WorkbookPlan((SheetPlan("表", (), hidden=True),)))
