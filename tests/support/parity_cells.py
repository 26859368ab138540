"""测试用：计划里每个公式格应有的结果，与别的程序重新算出的逐格比较。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from xltool.sheets.plan import Formula, Link, NumberFormat, SheetPlan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.sheets.plan import Cell, Content, WorkbookPlan

    Place = tuple[str, int, int]
    Contents = Mapping[Place, Content]

CENT = Decimal("0.01")
NEAR = Decimal("1e-9")
Value = Decimal | str | None


class Spot(NamedTuple):
    """一格：工作表名和位置。"""

    sheet: str
    at: str


class Wanted(NamedTuple):
    """一个公式格：公式、程序算的结果、是不是以分计的得分。"""

    text: str
    result: Value
    points: bool


Found = dict[Spot, Value]


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """一份里与计算有关的，只排一次：各格写的什么、各公式格应有的结果；`base` 是同一版面的计划。"""

    contents: Contents
    wanted: Mapping[Spot, Wanted]
    base: WorkbookPlan

    @property
    def sheets(self) -> tuple[str, ...]:
        return tuple(sheet.name for sheet in self.base.sheets)

    def plan(self) -> WorkbookPlan:
        """写成文件的计划：与版面上不同的格换上。"""
        sheets = (
            replace(sheet, cells=tuple(self._cell(sheet.name, cell) for cell in sheet.every_cell()))
            for sheet in self.base.sheets
        )
        return replace(self.base, sheets=tuple(sheets))

    def _cell(self, sheet: str, cell: Cell) -> Cell:
        content = self.contents[sheet, *cell.at]
        return cell if written(cell.content) == content else cell._replace(content=content)


def book_of(plan: WorkbookPlan | Book) -> Book:
    """整份的计划里与计算有关的；格是生成器的先排好（frozen）。"""
    if isinstance(plan, Book):
        return plan
    contents: dict[Place, Content] = {}
    wanted: dict[Spot, Wanted] = {}
    for sheet in plan.sheets:
        for cell in sheet.every_cell():
            contents[sheet.name, *cell.at] = written(cell.content)
            if isinstance(cell.content, Formula):
                wanted[Spot(sheet.name, cell.at.a1)] = wanted_of(cell, cell.content)
    return Book(contents, wanted, plan)


def written(content: Content) -> Content:
    """一格写的什么：公式不论结果；链接只看文字；空文字在文件里就是没有写。"""
    if isinstance(content, Formula):
        return content._replace(result=None)
    if isinstance(content, Link):
        return content.text
    return None if content == "" else content


def wanted_of(cell: Cell, formula: Formula) -> Wanted:
    """一个公式格应有的结果。"""
    text, result = formula
    value = Decimal(result) if isinstance(result, int) else result
    return Wanted(text, value, cell.number is NumberFormat.POINTS)


def frozen(plan: WorkbookPlan) -> WorkbookPlan:
    """各表的格排成不变的一列：生成器只能走一遍，写和比较要走两遍。"""
    return replace(
        plan, sheets=tuple(replace(one, cells=tuple(one.every_cell())) for one in plan.sheets)
    )


def bare(plan: WorkbookPlan) -> WorkbookPlan:
    """只留格和名称：校验、条件格式、版式与计算无关，写和读都省一半时间。"""
    return replace(plan, sheets=tuple(SheetPlan(one.name, one.cells) for one in plan.sheets))


def wanted(plan: WorkbookPlan | Book) -> Mapping[Spot, Wanted]:
    """全部公式格。"""
    return book_of(plan).wanted


def differences(plan: WorkbookPlan | Book, found: Mapping[Spot, Value]) -> list[str]:
    """不相同的各格；没有一个公式格可以不比。"""
    cells = wanted(plan)
    assert cells, "计划里没有公式"
    return [
        f"{spot.sheet}!{spot.at} 程序 {cell.result!r}，重算 {found.get(spot)!r}：{cell.text}"
        for spot, cell in cells.items()
        if not same(cell, found.get(spot))
    ]


def same(cell: Wanted, value: Value) -> bool:
    """文字要相同，空串不等于没有算；得分一分不差；比率相差不超过十亿分之一。"""
    if isinstance(cell.result, str):
        return value == cell.result
    if cell.result is None or not isinstance(value, Decimal):
        return False
    if abs(value - cell.result) > NEAR * max(Decimal(1), abs(cell.result)):
        return False
    return not cell.points or cents(value) == cents(cell.result)


def cents(value: Decimal) -> Decimal:
    """到分；二进制的尾数先去掉。"""
    return value.quantize(Decimal("1e-9")).quantize(CENT, ROUND_HALF_UP)
