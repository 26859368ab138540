"""各张填报表共有的：表头以上各行、填报格的样子和校验、条件格式。"""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from xltool.address import Area, At
from xltool.finding import Severity
from xltool.form.from_cover import LINE, annex_heading, heading
from xltool.form.live.standing import whole_cell
from xltool.layout.columns import HIDDEN, SHOWN
from xltool.layout.layout import ANNEX, BACK, STATUS
from xltool.layout.wording import BACK_TEXT, STATUS_START, sheet_tag
from xltool.scheme.key import VALUE
from xltool.scheme.model import FieldKind, SheetKind
from xltool.sheets.paper import upright
from xltool.sheets.plan import Cell, Formula, Link, NumberFormat, Print, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from xltool.form.form import Form
    from xltool.layout.block import Block
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Field, Scheme, Sheet
    from xltool.sheets.plan import Content

FORMATS = {
    FieldKind.INTEGER: NumberFormat.INTEGER,
    FieldKind.NUMBER: NumberFormat.GENERAL,
    FieldKind.POINTS: NumberFormat.POINTS,
    FieldKind.MONEY: NumberFormat.MONEY,
    FieldKind.PERCENT: NumberFormat.PERCENT,
    FieldKind.DATE: NumberFormat.DATE,
    FieldKind.MONTH: NumberFormat.MONTH,
    FieldKind.TEXT: NumberFormat.TEXT,
}
CENTERED = frozenset(
    {
        FieldKind.CHOICE,
        FieldKind.SUGGESTION,
        FieldKind.DATE,
        FieldKind.MONTH,
        FieldKind.INTEGER,
        FieldKind.PERCENT,
        FieldKind.POINTS,
    }
)
TITLE_HEIGHT = 34.0
ASIDE = "供填报时查看，不用打印报送"  # 印在不报送的表的页眉
_Printed = tuple[str, str]  # 哪一栏，印什么
FIRST_SHOWN = 10  # 记录表先显示几行；其余备好的行隐藏着，不印，用到了再取消隐藏
_MORE = "行不够时，把“表格结束”上面隐藏的行取消隐藏。"


def back_link(form: Form) -> Link:
    """各表左上角回到第一张表的链接。"""
    return Link(BACK_TEXT, form.home, At(1, 1))


def input_cell(form: Form, key: CellKey, field: Field, at: At) -> Cell:
    """一个填报格。"""
    role = Role.INPUT_CENTER if field.kind in CENTERED else Role.INPUT
    number = FORMATS.get(field.kind, NumberFormat.GENERAL)
    if key in form.marks:
        role = MARKS[form.marks[key]]
    return Cell(at, form.contents.get(key), role, number, unlocked=True)


MARKS = {
    Severity.ERROR: Role.ERROR,
    Severity.WARNING: Role.WARNING,
    Severity.NOTICE: Role.NOTICE,
}


def auto_cell(at: At, formula: Formula, kind: FieldKind) -> Cell:
    """一个自动计算的格。"""
    return Cell(at, formula, Role.AUTO, FORMATS.get(kind, NumberFormat.GENERAL))


def shown_result(value: Decimal | str | None) -> Decimal | str:
    """公式算不出时结果是空串。"""
    return "" if value is None else value


def top_rows(form: Form, block: Block, status: Formula) -> Iterator[Cell]:
    """表头以上：返回、填报检查、附件标记、标题、说明、标识。"""
    sheet = block.sheet
    yield Cell(BACK, back_link(form), Role.LINK)
    yield from changing_top(form, block, status)
    first, last = printed_span(block)
    if sheet is first_printed(form.scheme):
        yield Cell(At(ANNEX.row, first), form.scheme.annex, Role.ANNEX)
    elif annexed(form.scheme, sheet):  # 怎样填，只在屏幕上看；没有附件标记，这一行不印
        more = _MORE if sheet.capacity > FIRST_SHOWN else ""
        yield Cell(At(ANNEX.row, first), sheet.note + more, Role.INFO)
    yield from title_cells(block.lines.title, sheet.title, last, first)
    yield from identity_cells(block)


def printed_span(block: Block) -> tuple[int, int]:
    """印第几列到第几列，抬头也在其中：编码和填报要求只在屏幕上看，记录表的序号要印。"""
    first = 1 if block.sheet.kind is SheetKind.RECORDS and not block.edge else 2
    if "help" in block.columns and not block.edge:
        return first, block.columns["help"][0] - 1
    return first, block.edge or block.last_column


def first_printed(scheme: Scheme) -> Sheet:
    """印着附件标记的表：印成一页的那一页，没有的是评分表。"""
    return next((sheet for sheet in scheme.sheets if sheet.page), scheme.score_sheet)


def identity_cells(block: Block) -> Iterator[Cell]:
    """隐藏的标识行。"""
    for column in block.listed:
        at = At(block.lines.identity, block.columns[column.key][0])
        text = sheet_tag(block.sheet) if column.key == "code" else column.key
        yield Cell(at, text, Role.IDENTITY)


def changing_top(form: Form, block: Block, status: Formula) -> Iterator[Cell]:
    """表头以上因单位而异的格：填报检查、标题下的说明。"""
    yield Cell(STATUS, status, Role.INFO)
    yield from whole_cell(form, block)
    yield Cell(At(block.lines.note, printed_span(block)[0]), _note(form, block), Role.INFO)


def _note(form: Form, block: Block) -> Content:
    """标题下的一行：评分表写填报单位（评项目的还有项目）、日期和说明，附表写填报单位，其余写说明。"""
    sheet = block.sheet
    if annexed(form.scheme, sheet):
        return annex_heading(form, block.name)
    if submitted(form.scheme, sheet) and not sheet.page:
        return heading(form, block.name, sheet.note)
    return sheet.note


def unchanging_start(content: Content) -> str:
    """抬头、签章的一格里，不随单位而变的开头；空着的格是空串。"""
    shown = content.result if isinstance(content, Formula) else content
    text = shown.text if isinstance(shown, Link) else str(shown or "")
    if isinstance(content, Formula) and text.startswith(STATUS_START):
        return STATUS_START
    return text.partition(LINE)[0].removesuffix("：") if LINE in text else text


def titled(title: str, label: str) -> str:
    """标题；几种表合在一本里时，后面注明是哪一种。"""
    return f"{title}（{label}）" if label else title


def title_cells(row: int, title: str, last_column: int, first: int = 1) -> Iterator[Cell]:
    """标题在各栏之上居中，不合并。"""
    yield Cell(At(row, first), title, Role.TITLE)
    for column in range(first + 1, last_column + 1):
        yield Cell(At(row, column), None, Role.TITLE)


def header_cells(block: Block) -> Iterator[Cell]:
    """表头。"""
    for column in block.listed:
        at = At(block.lines.header, block.columns[column.key][0])
        yield Cell(at, column.heading, Role.HEADER)


def printed_cells(form: Form, block: Block, row: str, item: object) -> Iterator[Cell]:
    """一行里照印的字；`item` 是这一行的填报项、计分办法或序号。"""
    for column, text in _printed_texts(form, block, row, item):
        role = Role.CODE if column == "code" else Role.FIXED
        yield Cell(block.at(row, column), text, role)


def printed_widths(form: Form, block: Block, row: str, item: object) -> Iterator[tuple[str, float]]:
    """一行里照印的字，各有多宽的地方；编码不折行，不算。"""
    for column, text in _printed_texts(form, block, row, item):
        if column != "code":
            yield text, block.widths[column]


def _printed_texts(form: Form, block: Block, row: str, item: object) -> tuple[_Printed, ...]:
    """哪一栏照印什么；与版面无关，一个方案的表共用。"""
    known, key = _known_texts(form.scheme), (block.sheet.key, row)
    if key not in known:
        known[key] = tuple(
            (column.key, column.text(item)) for column in block.listed if column.text
        )
    return known[key]


@lru_cache(maxsize=16)
def _known_texts(scheme: Scheme) -> dict[tuple[str, str], tuple[_Printed, ...]]:  # noqa: ARG001
    """一个方案各表各行照印的字，用到才得出。"""
    return {}


def input_areas(block: Block) -> Iterator[tuple[Field, Area, str]]:
    """逐项表的各个填报格：哪一项、在哪里、所在行的标识。"""
    for field in block.sheet.fields:
        if field.computation is None:
            at = block.at(field.key, VALUE)
            yield field, Area(at, at), field.key


def in_order(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """按行、列排好。"""
    return tuple(sorted(cells, key=attrgetter("at")))


def widths_of(block: Block) -> tuple[float, ...]:
    """各列的宽度。"""
    return tuple(column.width for column in block.listed)


def entry_lines(block: Block) -> tuple[int, ...]:
    """单位填写的各行。"""
    return tuple(block.rows[row] for row in block.entry_rows)


def spare_lines(form: Form, block: Block) -> tuple[int, ...]:
    """记录表里先隐藏着的各行：填了的和头几行以外的；评分后的表只留填了的。"""
    if block.sheet.kind is not SheetKind.RECORDS:
        return ()
    used = max(map(int, form.facts.submission.records.get(block.sheet.key, ())), default=1)
    shown = used if form.lines is not None else max(used, FIRST_SHOWN)
    return tuple(block.rows[row] for row in block.entry_rows if int(row) > shown)


def lines_text(cell: str, room: int) -> str:
    """公式：一格的文字要几行；`room` 是一行写得下几个半角字符，一律照全角算。"""
    return f'ROUNDUP(2*LEN({cell})/{room},0)+LEN({cell})-LEN(SUBSTITUTE({cell},CHAR(10),""))'


def hidden_columns(block: Block) -> tuple[int, ...]:
    """只供公式问的栏，不显示。"""
    unseen = SHOWN if block.sheet.kind is SheetKind.SCORE else ()
    return tuple(block.columns[key][0] for key in (*HIDDEN, *unseen) if key in block.columns)


def printed_widths_of(block: Block) -> tuple[float, ...]:
    """印出来的各列的宽；隐藏的是零。"""
    (first, last), hidden = printed_span(block), hidden_columns(block)
    listed = enumerate(widths_of(block)[:last], 1)
    return tuple(0.0 if n in hidden else width for n, width in listed)[first - 1 :]


def submitted(scheme: Scheme, sheet: Sheet) -> bool:
    """印出来盖章报送的表：印成一页的只有那一页；其余的是评分表和它的附表，封面的内容已由评分表写出。"""
    if any(one.page for one in scheme.sheets):
        return bool(sheet.page)
    return sheet.key != "cover"


def annexed(scheme: Scheme, sheet: Sheet) -> bool:
    """是不是评分表的附表。"""
    return submitted(scheme, sheet) and not sheet.page and sheet is not scheme.score_sheet


def submitted_names(scheme: Scheme) -> str:
    """印出来报送的各张工作表。"""
    tabs = dict.fromkeys(sheet.tab for sheet in scheme.sheets if submitted(scheme, sheet))
    return "、".join(f"“{tab}”" for tab in tabs)


def printing(form: Form, block: Block, last_row: int) -> Print:
    """A4，一页宽，竖放得下的竖放；表头每页重复；返回链接和填报检查、“表格结束”一行不印。"""
    first, last = printed_span(block)
    foremost = block.sheet is first_printed(form.scheme)
    top = ANNEX.row if foremost else block.lines.title
    return Print(
        title_rows=(block.lines.header, block.lines.header),
        area=Area(At(top, first), At(last_row, last)),
        landscape=not upright(printed_widths_of(block)),
        dense=True,
        footer_left=form.edition,
        dated=False,
        heading="" if submitted(form.scheme, block.sheet) else ASIDE,
        mono=submitted(form.scheme, block.sheet),
        first_page=int(foremost),
    )


def aside(form: Form, area: Area | None, *, header: int = 0) -> Print:
    """只在屏幕上看的表万一印出来的样子，页眉写明不用报送；`header` 行每页重复。"""
    return Print(
        title_rows=(header, header) if header else None,
        area=area,
        dense=True,
        footer_left=form.edition,
        dated=False,
        heading=ASIDE,
    )
