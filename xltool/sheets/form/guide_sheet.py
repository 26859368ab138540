"""填报说明：填报检查在最上面，接着是勾稽、怎么填、颜色、版本和来源。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.address import Area, At, Place
from xltool.facts.computed import plain
from xltool.layout.block import TOTAL
from xltool.layout.explained import EXPLANATION
from xltool.layout.layout import GUIDE
from xltool.layout.wording import STATUS_START
from xltool.sheets.form.common import shown_result
from xltool.sheets.form.guide_prose import LAST_COLUMN, prose
from xltool.sheets.form.status import (
    MATCH,
    MISMATCH,
    NOT_READY,
    READY,
    check_formula,
    missing_count,
    self_total_check,
)
from xltool.sheets.form.totals import grade_formula, self_sum
from xltool.sheets.plan import (
    Cell,
    Formula,
    Highlight,
    Link,
    Merge,
    NumberFormat,
    Print,
    Role,
    SheetPlan,
)
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.scheme.model import Sheet
    from xltool.sheets.form.form import Form

_WIDTHS = (6.0, 42.0, 20.0, 16.0, 50.0)
_TITLE, _READY, _CHECK_HEADER = 1, 3, 5
_COUNT = 3  # “尚有几项未填”在第几列

_ALL = "#all"  # 各表合计记在这个名字下
_MISSING = (f"{NOT_READY}：尚有 ", " 项必填未填")
_UNSCORED = f"{NOT_READY}：有指标还不能计分，见“系统得分”"
_UNBALANCED = f"{NOT_READY}：勾稽不符，见下表"


@dataclass(frozen=True, slots=True)
class _Lines:
    """说明页上各段的行号，由方案有几张表、几条勾稽决定。"""

    sheets: tuple[str, ...]
    checks: int

    @property
    def total(self) -> int:
        """未填合计。"""
        return _CHECK_HEADER + len(self.sheets) + 1

    @property
    def scores(self) -> int:
        """得分一段的表头。"""
        return self.total + 2

    @property
    def balance(self) -> int:
        """勾稽一段的表头。"""
        return self.scores + 5

    @property
    def guide(self) -> int:
        """怎么填一段的小标题。"""
        return self.balance + self.checks + 2

    def sheet(self, key: str) -> int:
        """某张表的一行。"""
        return _CHECK_HEADER + 1 + self.sheets.index(key)


def _lines(form: Form) -> _Lines:
    return _Lines(tuple(sheet.key for sheet in form.scheme.sheets), len(form.scheme.checks) + 1)


def count_place(form: Form, sheet: Sheet) -> Place:
    """某张表“尚有几项未填”的格。"""
    return Place(GUIDE, At(_lines(form).sheet(sheet.key), _COUNT))


def status_text(form: Form, sheet: Sheet) -> Formula:
    """印在各表顶上的一句：尚有几项未填。"""
    cell = count_place(form, sheet).reference
    count = missing_count(form, sheet).result
    done, left = f"{STATUS_START}必填项已填完", f"{STATUS_START}尚有 "
    text = f'IF({cell}=0,"{done}","{left}"&{cell}&" 项未填")'
    return Formula(text, done if count == 0 else f"{left}{count} 项未填")


def guide_sheet(form: Form) -> SheetPlan:
    """填报说明。"""
    lines = _lines(form)
    cells = [*_tables(form, lines), *prose(form, lines.guide)]
    ordered = tuple(sorted(cells, key=lambda cell: cell.at))
    ready = Area(At(_READY, 1), At(_READY, LAST_COLUMN))  # 字长过一格，底色铺满一行
    balance = _balance_area(lines)
    return SheetPlan(
        name=GUIDE,
        cells=ordered,
        widths=_WIDTHS,
        heights=_heights(ordered),
        merges=tuple(_merges(ordered)),
        highlights=(
            Highlight(ready, f'{ready.first.absolute}="{READY}"', Role.GOOD),
            Highlight(ready, f'{ready.first.absolute}<>"{READY}"', Role.WARNING),
            Highlight(balance, f'{balance.first.a1}="{MISMATCH}"', Role.ERROR),
            Highlight(balance, f'{balance.first.a1}="{MATCH}"', Role.GOOD),
        ),
        printing=Print(footer_left=form.version),
        protected=True,
        tab=Role.GOOD,
    )


def _tables(form: Form, lines: _Lines) -> Iterator[Cell]:
    yield from _head(form)
    yield from _check_table(form, lines)
    yield from _score_table(form, lines)
    yield from _balance_table(form, lines)


def changing_guide(form: Form) -> Iterator[Cell]:
    """因单位而异的格：未填几项、得分、勾稽。"""
    cells = _tables(form, _lines(form))
    return (cell for cell in cells if isinstance(cell.content, Formula))


def _head(form: Form) -> Iterator[Cell]:
    yield Cell(At(_TITLE, 1), form.scheme.title, Role.TITLE)
    for column in range(2, LAST_COLUMN + 1):
        yield Cell(At(_TITLE, column), None, Role.TITLE)
    basis = f"依据：{form.scheme.basis}　版本：{form.version}"
    yield Cell(At(_TITLE + 1, 1), basis, Role.INFO)
    yield Cell(At(_READY, 1), _ready(form), Role.SECTION)


def _ready(form: Form) -> Formula:
    """可报送，或暂不可报送及原因。"""
    lines = _lines(form)
    missing = At(lines.total, _COUNT).a1
    total = form.layout.blocks[form.scheme.form.key].place(TOTAL, "score").reference
    balance = _balance_area(lines)
    matched = f'COUNTIF({balance.a1},"{MATCH}")=ROWS({balance.a1})'
    text = (
        f'IF({missing}>0,"{_MISSING[0]}"&{missing}&"{_MISSING[1]}",'
        f'IF(NOT(ISNUMBER({total})),"{_UNSCORED}",IF({matched},"{READY}","{_UNBALANCED}")))'
    )
    return Formula(text, _ready_result(form))


def _ready_result(form: Form) -> str:
    count = _missing(form)
    if count:
        return f"{_MISSING[0]}{count}{_MISSING[1]}"
    if form.scorecard.total is None:
        return _UNSCORED
    matched = all(formula.result == MATCH for _, formula in _balances(form))
    return READY if matched else _UNBALANCED


def _missing(form: Form) -> int:
    if _ALL not in form.missing:
        counts = (missing_count(form, sheet).result for sheet in form.scheme.sheets)
        form.missing[_ALL] = sum(int(count or 0) for count in counts)
    return form.missing[_ALL]


def _header(row: int, texts: tuple[str, ...]) -> Iterator[Cell]:
    for column, text in enumerate(texts, 1):
        yield Cell(At(row, column), text, Role.HEADER)


def _check_table(form: Form, lines: _Lines) -> Iterator[Cell]:
    yield from _header(_CHECK_HEADER, ("序号", "要填的表", "尚有几项未填", "打开", "填什么"))
    for number, sheet in enumerate(form.scheme.sheets, 1):
        row = lines.sheet(sheet.key)
        yield Cell(At(row, 1), number, Role.CODE)
        yield Cell(At(row, 2), sheet.name, Role.FIXED)
        yield Cell(At(row, _COUNT), missing_count(form, sheet), Role.AUTO, NumberFormat.INTEGER)
        yield Cell(At(row, 4), Link("去填报", sheet.name, At(1, 1)), Role.LINK)
        yield Cell(At(row, 5), sheet.note, Role.FIXED)
    first, last = At(_CHECK_HEADER + 1, _COUNT), At(lines.total - 1, _COUNT)
    yield Cell(At(lines.total, 1), None, Role.TOTAL)
    yield Cell(At(lines.total, 2), "合计", Role.TOTAL)
    total = Formula(f"SUM({first.a1}:{last.a1})", _missing(form))
    yield Cell(At(lines.total, _COUNT), total, Role.TOTAL, NumberFormat.INTEGER)
    yield Cell(At(lines.total, 4), None, Role.TOTAL)
    yield Cell(At(lines.total, 5), None, Role.TOTAL)


def _score_table(form: Form, lines: _Lines) -> Iterator[Cell]:
    yield from _header(lines.scores, ("序号", "得分", "结果", "打开", "说明"))
    block = form.layout.blocks[form.scheme.form.key]
    total = block.place(TOTAL, "score").reference
    own = block.place(TOTAL, "self_score").reference
    score = At(lines.scores + 1, _COUNT).a1
    values: tuple[tuple[str, Formula, NumberFormat, str], ...] = (
        (
            "系统得分",
            _copy(total, form.scorecard.total),
            NumberFormat.POINTS,
            "财政部门按同样的公式计算",
        ),
        ("系统等级", grade_formula(form, score), NumberFormat.GENERAL, _grades(form)),
        (
            "自评得分合计",
            _copy(own, self_sum(form)),
            NumberFormat.POINTS,
            f"{block.name}各行自评得分之和",
        ),
    )
    for number, (label, formula, number_format, note) in enumerate(values, 1):
        row = lines.scores + number
        yield Cell(At(row, 1), number, Role.CODE)
        yield Cell(At(row, 2), label, Role.FIXED)
        yield Cell(At(row, _COUNT), formula, Role.AUTO, number_format)
        yield Cell(At(row, 4), _score_link(form, block.name, number), Role.LINK)
        yield Cell(At(row, 5), note, Role.FIXED)


def _score_link(form: Form, sheet: str, number: int) -> Link:
    """到评分表的链接；评分后的表，系统得分一行到计分说明。"""
    if number == 1 and form.lines is not None:
        return Link(f"看{EXPLANATION}", EXPLANATION, At(1, 1))
    return Link(f"看{sheet}", sheet, At(1, 1))


def _copy(reference: str, result: Decimal | None) -> Formula:
    return Formula(f'IF(ISNUMBER({reference}),{reference},"")', shown_result(result))


def _grades(form: Form) -> str:
    parts = (f"{plain(grade.minimum)}分以上{grade.name}" for grade in form.scheme.grades)
    return "，".join(parts)


def _balances(form: Form) -> Iterator[tuple[str, Formula]]:
    for check in form.scheme.checks:
        yield check.label, check_formula(form, check)
    form_name, cover = form.scheme.form.name, form.scheme.sheet("cover").name
    yield f"{form_name}自评得分合计 = {cover}自评分数", self_total_check(form)


def _balance_area(lines: _Lines) -> Area:
    return Area(At(lines.balance + 1, _COUNT), At(lines.balance + lines.checks, _COUNT))


def _balance_table(form: Form, lines: _Lines) -> Iterator[Cell]:
    yield from _header(lines.balance, ("序号", "勾稽关系", "是否相符", "编码", "不符时"))
    codes = [check.rule for check in form.scheme.checks] + ["S01"]
    for number, (label, formula) in enumerate(_balances(form), 1):
        row = lines.balance + number
        yield Cell(At(row, 1), number, Role.CODE)
        yield Cell(At(row, 2), label, Role.FIXED)
        yield Cell(At(row, _COUNT), formula, Role.AUTO)
        yield Cell(At(row, 4), codes[number - 1], Role.FIXED_CENTER)
        yield Cell(At(row, 5), "核对各数，改正填错的一项。", Role.FIXED)


def _merges(cells: tuple[Cell, ...]) -> Iterator[Merge]:
    """成段的文字横跨第二列到最后一列。"""
    starts = {cell.at for cell in cells if cell.role is Role.FIXED and cell.content is None}
    for row in sorted({at.row for at in starts}):
        if At(row, LAST_COLUMN) in starts:
            yield Merge(Area(At(row, 2), At(row, LAST_COLUMN)))


def _heights(cells: tuple[Cell, ...]) -> dict[int, float]:
    heights: dict[int, float] = {_TITLE: 36.0, _READY: 30.0}
    merged = {merge.area.first.row for merge in _merges(cells)}
    room = sum(_WIDTHS[1:])
    for cell in cells:
        if isinstance(cell.content, str) and cell.role in (Role.FIXED, Role.HEADER):
            row = cell.at.row
            width = room if row in merged and cell.at.col > 1 else _WIDTHS[cell.at.col - 1]
            needed = row_height([(cell.content, width)], 22.0)
            heights[row] = max(heights.get(row, 0.0), needed)
    return heights
