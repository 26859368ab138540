"""说明页上的公式格：各表的自查有几处、能不能报送、得分、勾稽是否相符；每份表都要换。"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from xltool.address import Area, At, Place, column_letters, quoted
from xltool.finding import Severity
from xltool.form.common import shown_result
from xltool.form.guide_places import (
    CHECK_HEADER,
    COUNT_COLUMN,
    DEAD_COLUMN,
    FILLED_COLUMN,
    FIRST_COLUMN,
    NOTE_COLUMN,
    READY_ROW,
    RESULT_COLUMN,
    STUCK_COLUMN,
    lines_of,
)
from xltool.form.live.cells import counts, words_of
from xltool.form.live.check import DUTIES, duty_of
from xltool.form.live.standing import filled_in_all
from xltool.form.status import (
    NOT_READY,
    READY,
    check_formula,
    count_of,
    first_of,
    self_total_check,
    weights_check,
)
from xltool.form.stuck_cells import STUCK, Stuck, stuck_cells, stuck_line
from xltool.form.totals import grade_formula, self_sum
from xltool.layout.block import TOTAL
from xltool.layout.columns import SAID, SELF_CHECK
from xltool.layout.layout import GUIDE
from xltool.layout.wording import STATUS_START
from xltool.scheme.grid import page_sheets
from xltool.sheets.plan import Cell, Formula, NumberFormat, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from xltool.form.form import Form
    from xltool.form.guide_places import Lines
    from xltool.scheme.model import Sheet

_DONE, _NONE = f"{STATUS_START}自查没有问题", "没有"
_UNSCORED = f"{NOT_READY}：有指标还不能计分，见“{STUCK}”"
_BROKEN = f"{NOT_READY}：有的公式算不出来，见“{STUCK}”"
_DEAD = f"{NOT_READY}：有表的自查不作数了，见“{STUCK}”"
_DEAD_HERE = f"{STATUS_START}自查不作数了，见“{GUIDE}”"


def _duties_text(cells: tuple[str, ...]) -> str:
    """几种各有几处，接成一句，如 须改正2处，须说明3处；`cells` 是各种几处的格。"""
    said = []
    for number, (severity, cell) in enumerate(zip(DUTIES, cells, strict=True)):
        before = "+".join(cells[:number])
        comma = f'IF({before}>0,"，","")&' if before else ""
        said.append(f'IF({cell}>0,{comma}"{duty_of(severity)}"&{cell}&"处","")')
    return "&".join(said)


def _duties(numbers: dict[Severity | None, int]) -> str:
    """与 _duties_text 同义。"""
    return "，".join(f"{duty_of(one)}{numbers[one]}处" for one in DUTIES if numbers[one])


def status_text(form: Form, sheet: Sheet) -> Formula:
    """印在各表顶上的一句：自查还有几处；印在一页上的几张表合起来说。"""
    sheets = page_sheets(form.scheme, sheet.page) if sheet.page else (sheet,)
    column = form.layout.blocks[sheet.key].columns[SELF_CHECK.key][0]
    where = f"，见{column_letters(column)}栏“自查”"

    def text() -> str:
        rows = [lines_of(form.scheme).sheet(one.key) for one in sheets]
        columns = range(COUNT_COLUMN, COUNT_COLUMN + len(DUTIES))
        cells = tuple(
            _summed([Place(GUIDE, At(row, column)).reference for row in rows]) for column in columns
        )
        said = f'"{STATUS_START}"&{_duties_text(cells)}&"{where}"'
        dead = _summed([Place(GUIDE, At(row, DEAD_COLUMN)).reference for row in rows])
        done = f'IF({dead}>0,"{_DEAD_HERE}","{_DONE}")'
        return f"IF({'+'.join(cells)}=0,{done},{said})"

    said = _duties(_added(counts(form, one) for one in sheets))
    result = f"{STATUS_START}{said}{where}" if said else _DONE
    return Formula(form.layout.text(("status", sheet.key), text), result)


def changing_guide(form: Form) -> Iterator[Cell]:
    """因单位而异的格：自查几处、得分、勾稽。"""
    lines = lines_of(form.scheme)
    yield ready_cell(form)
    yield from count_cells(form, lines)
    yield from first_cells(form, lines)
    yield from score_cells(form, lines)
    yield from balance_cells(form, lines)


def all_counts(form: Form) -> dict[Severity | None, int]:
    """各表合起来，各种几处。"""
    return _added(counts(form, sheet) for sheet in form.scheme.sheets)


def _added(each: Iterable[dict[Severity | None, int]]) -> dict[Severity | None, int]:
    listed = tuple(each)
    return {one: sum(numbers[one] for numbers in listed) for one in DUTIES}


def _summed(cells: list[str]) -> str:
    return f"SUM({cells[0]}:{cells[-1].rpartition('!')[2]})" if len(cells) > 1 else cells[0]


def ready_cell(form: Form) -> Cell:
    """可报送，或暂不可报送及原因；还要说明的写在旁边。"""
    numbers = all_counts(form)
    said = _duties(numbers)
    if numbers[None] or numbers[Severity.ERROR]:
        result = f"{NOT_READY}：{said}"
    elif form.scorecard.total is None:
        result = _UNSCORED
    else:
        result = f"{READY}，{said}" if said else READY
    text = form.layout.text("ready", lambda: _ready_text(form))
    return Cell(At(READY_ROW, 1), Formula(text, result), Role.SECTION)


def _ready_text(form: Form) -> str:
    lines = lines_of(form.scheme)
    cells = tuple(At(lines.total, COUNT_COLUMN + n).a1 for n in range(len(DUTIES)))
    missing, wrong, doubtful = cells
    total = form.layout.blocks[form.scheme.score_sheet.key].place(TOTAL, "score").reference
    explain = f'IF({doubtful}>0,"，{duty_of(Severity.WARNING)}"&{doubtful}&"处","")'
    stuck, dead = (
        Area(At(CHECK_HEADER + 1, column), At(lines.total - 1, column)).a1
        for column in (STUCK_COLUMN, DEAD_COLUMN)
    )
    ready = f'IF(NOT(ISNUMBER({total})),"{_UNSCORED}","{READY}"&{explain})'
    broken = f'IF(SUM({dead})>0,"{_DEAD}",IF(SUM({stuck})>0,"{_BROKEN}",{ready}))'
    first = f'"{NOT_READY}："&{_duties_text(cells)}'
    return f'IFERROR(IF({missing}+{wrong}>0,{first},{broken}),"{_BROKEN}")'


def count_cells(form: Form, lines: Lines) -> Iterator[Cell]:
    """各表的自查各有几处、第一处在第几行，打开哪里，和合计。"""
    for sheet in form.scheme.sheets:
        row = lines.sheet(sheet.key)
        for number, severity in enumerate(DUTIES):
            count = count_of(form, sheet, severity)
            yield Cell(At(row, COUNT_COLUMN + number), count, Role.AUTO, NumberFormat.INTEGER)
            first = first_of(form, sheet, severity)
            yield Cell(At(row, FIRST_COLUMN + number), first, Role.AUTO, NumberFormat.INTEGER)
    numbers = all_counts(form)
    for number, severity in enumerate(DUTIES):
        column = COUNT_COLUMN + number
        area = Area(At(CHECK_HEADER + 1, column), At(lines.total - 1, column))
        total = Formula(f"SUM({area.a1})", numbers[severity])
        yield Cell(At(lines.total, column), total, Role.TOTAL, NumberFormat.INTEGER)
    area = Area(At(CHECK_HEADER + 1, FILLED_COLUMN), At(lines.total - 1, FILLED_COLUMN))
    whole = Formula(f"SUM({area.a1})", filled_in_all(form))
    yield Cell(At(lines.total, FILLED_COLUMN), whole, Role.AUTO, NumberFormat.MONEY)


def first_cells(form: Form, lines: Lines) -> Iterator[Cell]:
    """各种的第一处：去那一行的链接，和那一行的自查；末一行是还算不出的。"""
    for number, severity in enumerate(DUTIES):
        row = lines.first + number
        found = _first(form, severity)
        link = form.layout.text(("to", number), partial(_link_text, form, lines, number))
        shown = f"{found[0].tab} 第{found[1]}行" if found else _NONE
        yield Cell(At(row, COUNT_COLUMN), Formula(link, shown), Role.LINK)
        said = form.layout.text(("said", number), partial(_said_text, form, lines, number))
        yield Cell(At(row, NOTE_COLUMN), Formula(said, found[2] if found else ""), Role.AUTO_TEXT)
    rows = {sheet.key: lines.sheet(sheet.key) for sheet in form.scheme.sheets}
    yield from stuck_cells(form, rows, STUCK_COLUMN)
    cells = {key: At(row, STUCK_COLUMN).a1 for key, row in rows.items()}
    dead = {key: At(row, DEAD_COLUMN).a1 for key, row in rows.items()}
    numbers = all_counts(form)
    duties = "+".join(At(lines.total, COUNT_COLUMN + n).a1 for n in range(2))
    total = At(rows[form.scheme.score_sheet.key], STUCK_COLUMN + 1).a1
    busy = bool(numbers[None] or numbers[Severity.ERROR])
    to, why = stuck_line(form, Stuck(cells, dead, total, duties), busy=busy)
    yield Cell(At(lines.stuck, COUNT_COLUMN), to, Role.LINK)
    yield Cell(At(lines.stuck, NOTE_COLUMN), why, Role.AUTO_TEXT)


def _first(form: Form, severity: Severity | None) -> tuple[Sheet, int, str] | None:
    for sheet in form.scheme.sheets:
        line = int(first_of(form, sheet, severity).result or 0)
        if line:
            rows = {at: row for row, at in form.layout.blocks[sheet.key].rows.items()}
            return sheet, line, words_of(form, sheet)[rows[line]]
    return None


def _link_text(form: Form, lines: Lines, number: int) -> str:
    text = f'"{_NONE}"'
    for sheet in reversed(form.scheme.sheets):
        cell = At(lines.sheet(sheet.key), FIRST_COLUMN + number).a1
        name = form.layout.blocks[sheet.key].name
        link = f'HYPERLINK("#{quoted(name)}!A"&{cell},"{name} 第"&{cell}&"行")'
        text = f"IF({cell}>0,{link},{text})"
    return text


def _said_text(form: Form, lines: Lines, number: int) -> str:
    text = '""'
    for sheet in reversed(form.scheme.sheets):
        cell = At(lines.sheet(sheet.key), FIRST_COLUMN + number).a1
        block = form.layout.blocks[sheet.key]
        area = block.area(SAID.key)
        listed, above = f"{quoted(block.name)}!{area.absolute}", area.first.row - 1
        text = f"IF({cell}>0,INDEX({listed},{cell}-{above}),{text})"
    return text


def score_cells(form: Form, lines: Lines) -> Iterator[Cell]:
    """系统得分、系统等级、自评得分合计。"""
    block = form.layout.blocks[form.scheme.score_sheet.key]
    total = _copy(block.place(TOTAL, "score").reference, form.scorecard.total)
    own = _copy(block.place(TOTAL, "self_score").reference, self_sum(form))
    first, second, third = (At(lines.scores + number, RESULT_COLUMN) for number in (1, 2, 3))
    yield Cell(first, total, Role.AUTO, NumberFormat.POINTS)
    yield Cell(second, grade_formula(form, first.a1), Role.AUTO)
    yield Cell(third, own, Role.AUTO, NumberFormat.POINTS)


def _copy(reference: str, result: Decimal | None) -> Formula:
    return Formula(f'IF(ISNUMBER({reference}),{reference},"")', shown_result(result))


def balance_cells(form: Form, lines: Lines) -> Iterator[Cell]:
    """各条勾稽是否相符。"""
    for row, formula in enumerate(_balances(form), lines.balance + 1):
        yield Cell(At(row, RESULT_COLUMN), formula, Role.AUTO)


def _balances(form: Form) -> Iterator[Formula]:
    """各条勾稽，最后是分值合计（由项目自定的）和自评得分（另填自评分数的）。"""
    yield from (check_formula(form, check) for check in form.scheme.checks)
    if form.scheme.free_weights:
        yield weights_check(form)
    if form.scheme.states_total:
        yield self_total_check(form)


def balance_area(lines: Lines) -> Area:
    """各条勾稽“是否相符”的区域。"""
    first = At(lines.balance + 1, RESULT_COLUMN)
    return Area(first, At(lines.balance + lines.checks, RESULT_COLUMN))
