"""一体化系统“自评指标”导入表：一个单位（项目）一份，栏数、次序、表头照系统的模板。

定量的实际完成值只填数字，定性的填 达成、部分达成、未达成；计量单位、运算符各占一格。分值、得分是
各行自己的，没有这两栏的表空着。
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import At
from xltool.consolidated.columns import TOP
from xltool.scheme.categories import SHEET as INDICATORS
from xltool.sheets.plan import Cell, NumberFormat, Role, SheetPlan, WorkbookPlan
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.consolidated.columns import Value
    from xltool.consolidated.saved_book import SavedBook, SavedTable
    from xltool.scheme.model import Scheme

NAME: Final = "自评指标"
HEADINGS: Final = (
    "一级指标",
    "二级指标",
    "三级指标名称",
    "计算符号",
    "指标值",
    "*实际完成值（定量填数字，定性填达成、部分达成、未达成）",
    "计量单位",
    "*分值",
    "*指标得分（定量系统自动计算，定性必填）",
    "扣减分数",
    "完成情况简要描述（定量选填，定性必填）",
    "偏差原因及改进措施（指标未完成时必填）",
)
_WIDTHS: Final = (12, 16, 34, 9, 14, 20, 10, 8, 12, 10, 36, 36)
_BODY: Final = At(TOP.row + 1, TOP.col)  # 表头以下
_TIERS: Final = {"achieved": "达成", "partial": "部分达成", "missed": "未达成"}


class ImportForm(NamedTuple):
    """一个单位的一份：单位序号、名称、各行。"""

    number: int
    name: str
    rows: tuple[tuple[Value, ...], ...]

    def plan(self) -> WorkbookPlan:
        """成为工作簿：第一行是表头，一行一个指标。"""
        head = [
            Cell(At(TOP.row, column), text, Role.HEADER)
            for column, text in enumerate(HEADINGS, TOP.col)
        ]
        body = [
            Cell(At(row, column), value, Role.BODY, NumberFormat.GENERAL)
            for row, values in enumerate(self.rows, _BODY.row)
            for column, value in enumerate(values, TOP.col)
        ]
        heights = {TOP.row: row_height(zip(HEADINGS, _WIDTHS, strict=True), 32.0)}
        sheet = SheetPlan(
            name=NAME, cells=(*head, *body), widths=_WIDTHS, heights=heights, freeze=_BODY
        )
        return WorkbookPlan(sheets=(sheet,))


def import_forms(saved: SavedBook) -> Iterator[ImportForm]:
    """各单位的，依单位序号。"""
    found: dict[int, tuple[str, list[tuple[Value, ...]]]] = {}
    for table in saved.of_sheet(INDICATORS):
        for row in table.rows():
            name, rows = found.setdefault(table.number(row), (table.text(row, "name"), []))
            rows.append(_line(table, row))
    for number, (name, rows) in sorted(found.items()):
        yield ImportForm(number, name, tuple(rows))


def _line(table: SavedTable, row: int) -> tuple[Value, ...]:
    """一个指标的十二栏。"""

    def own(key: str) -> Value:
        return table.value(row, f"field.{key}")

    actual, points, score = own("actual"), own("points"), own("score")
    tier = _tier(table.source.scheme, table.text(row, "field.tier"))
    measured = isinstance(actual, Decimal)
    lost = None
    if isinstance(points, Decimal) and isinstance(score, Decimal):
        lost = points - score
    return (
        own("level1"),
        own("level2"),
        own("title"),
        own("operator"),
        own("expected"),
        actual if measured else tier or actual,
        own("unit"),
        points,
        score,
        lost,
        None if measured else actual,
        own("note"),
    )


def _tier(scheme: Scheme, chosen: str) -> str:
    """达成情况在系统里的说法；没有选的为空串。"""
    return next((word for key, word in _TIERS.items() if chosen == scheme.word("tier", key)), "")
