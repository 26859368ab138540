"""评分参数：公式里用到的每个数都在这里，连同单位和来源；汇总里还列出只有复核的人看的。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.address import Area, At
from xltool.facts.allocation import points_of
from xltool.finding import rule_word
from xltool.form.common import TITLE_HEIGHT, aside, back_link, in_order, title_cells, titled
from xltool.layout.layout import BACK, PARAMETER_HEADER, PARAMETER_VALUE, PARAMETERS
from xltool.layout.parameters import form_parameters
from xltool.sheets.plan import Cell, Formula, Merge, NumberFormat, Role, SheetPlan
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.form.form import Form
    from xltool.scheme.model import Indicator, Parameter, Scheme

_HEADINGS = ("编号", "用于", "参数", "值", "单位", "来源")
_NOTE_ROW = 3
_WIDTHS = (22.0, 28.0, 32.0, 9.0, 7.0, 42.0)


def parameter_sheet(
    form: Form, *, linked: bool = True, label: str = "", others: Iterable[Parameter] = ()
) -> SheetPlan:
    """评分参数；`linked` 为真时各分值引用本工作簿的评分表，`label` 是标题里注明的表种。

    `others` 是公式用不到、列在后面供复核的人看的：共用参数和疑点的界限。
    """
    first = 2 if linked else 1  # 单位的表不显示编号，读回时仍凭它认各个参数
    cells = [Cell(BACK._replace(col=first), back_link(form), Role.LINK)]
    title = titled(f"{form.scheme.year}年度{PARAMETERS}", label)
    cells += title_cells(2, title, len(_HEADINGS), first)
    note = f"{form.edition if linked else f'方案 {form.version}'}；{form.scheme.origin}"
    cells.append(Cell(At(_NOTE_ROW, first), note, Role.PLAIN))
    for column, text in enumerate(_HEADINGS, 1):
        cells.append(Cell(At(PARAMETER_HEADER, column), text, Role.HEADER))
    heights = {2: TITLE_HEIGHT, _NOTE_ROW: row_height([(note, sum(_WIDTHS[first - 1 :]))])}
    own = form_parameters(form.scheme)
    listed = [(form.layout.parameters[key].row, one) for key, one in own.items()]
    after = PARAMETER_HEADER + len(own) + len(form.scheme.indicators) + 1
    for row, parameter in (*listed, *enumerate(others, after)):
        cells += _row(form.scheme, parameter, row)
        texts = [(_used_for(form.scheme, parameter), _WIDTHS[1]), (parameter.label, _WIDTHS[2])]
        heights[row] = row_height([*texts, (parameter.origin, _WIDTHS[5])])
    cells += _points(form, heights, linked=linked)
    return SheetPlan(
        name=form.layout.parameter_sheet,
        cells=in_order(cells),
        widths=_WIDTHS,
        heights=heights,
        merges=(Merge(Area(At(_NOTE_ROW, first), At(_NOTE_ROW, len(_HEADINGS)))),),
        freeze=At(PARAMETER_HEADER + 1, 1),
        printing=aside(form, None, header=PARAMETER_HEADER),
        protected=True,
        hidden_columns=(1,) if linked else (),
    )


def _row(scheme: Scheme, parameter: Parameter, row: int) -> Iterator[Cell]:
    number = NumberFormat.PERCENT if parameter.unit == "%" else NumberFormat.GENERAL
    yield Cell(At(row, 1), parameter.key, Role.CODE)
    yield Cell(At(row, 2), _used_for(scheme, parameter), Role.FIXED)
    yield Cell(At(row, 3), parameter.label, Role.FIXED)
    yield Cell(At(row, PARAMETER_VALUE), parameter.value, Role.FIXED_CENTER, number)
    yield Cell(At(row, 5), parameter.unit, Role.FIXED_CENTER)
    yield Cell(At(row, 6), parameter.origin, Role.FIXED)


def _used_for(scheme: Scheme, parameter: Parameter) -> str:
    """参数用在哪个指标、哪条疑点，还是共用。"""
    owner = parameter.key.split(".")[0] if "." in parameter.key else ""
    for indicator in scheme.indicators:
        if indicator.code == owner:
            return f"{owner} {indicator.title}"
    if owner == "grade":
        return "等级"
    return rule_word(owner) if owner else "共用"


def changing_points(form: Form) -> Iterator[Cell]:
    """因单位而异的格：随分法而定的分值。"""
    for row, indicator in _points_rows(form):
        if form.scheme.allocated(indicator.code):
            yield _linked_points(form, indicator, row)


def _points_rows(form: Form) -> Iterator[tuple[int, Indicator]]:
    """各三级指标的分值在哪一行：接在参数之后。"""
    return enumerate(form.scheme.indicators, PARAMETER_HEADER + len(form.layout.parameters) + 1)


def _linked_points(form: Form, indicator: Indicator, row: int) -> Cell:
    """引用评分表的分值。"""
    block = form.layout.blocks[form.scheme.score_sheet.key]
    reference = block.place(indicator.code, "points").reference
    value = Formula(reference, points_of(form.facts, indicator))
    return Cell(At(row, PARAMETER_VALUE), value, Role.FIXED_CENTER)


def _points(form: Form, heights: dict[int, float], *, linked: bool) -> Iterator[Cell]:
    """各三级指标的分值和来源。"""
    name = form.layout.blocks[form.scheme.score_sheet.key].name
    for row, indicator in _points_rows(form):
        yield Cell(At(row, 1), f"{indicator.code}.分值", Role.CODE)
        yield Cell(At(row, 2), f"{indicator.code} {indicator.title}", Role.FIXED)
        yield Cell(At(row, 3), f"分值（引用{name}）" if linked else "分值", Role.FIXED)
        value = _linked_points(form, indicator, row)
        yield value if linked else value._replace(content=points_of(form.facts, indicator))
        yield Cell(At(row, 5), "分", Role.FIXED_CENTER)
        yield Cell(At(row, 6), indicator.origin, Role.FIXED)
        heights[row] = row_height([(indicator.title, _WIDTHS[1]), (indicator.origin, _WIDTHS[5])])
