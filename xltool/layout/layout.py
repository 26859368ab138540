"""整个工作簿的版面，以及公式里怎么称呼各格。"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from xltool.address import Area, At, Place
from xltool.layout.block import Rows, make_block, numbered
from xltool.layout.columns import columns_of
from xltool.layout.explained import EXPLAINED, EXPLANATION, make_explained
from xltool.layout.page import page_blocks, page_table
from xltool.layout.parameters import form_parameters
from xltool.layout.place_names import named_reference, reference
from xltool.scheme.grid import page_sheets
from xltool.scheme.model import SheetKind
from xltool.xlsx.shared_formulas import Shift, translated

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping

    from xltool.layout.block import Block
    from xltool.layout.explained import Explained
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme, Sheet

GUIDE = "填报说明"
PARAMETERS = "评分参数"
OPTIONS = "选项"
IDENTITY = "_xltool"

# 每张填报表从上到下：返回和填报检查、附件标记、标题、说明、标识（隐藏）、表头
TEMPLATE_ROWS = Rows(title=3, note=4, identity=5, header=6)
STATUS = At(1, 3)
BACK = At(1, 1)
ANNEX = At(2, 1)
PARAMETER_HEADER = 5
PARAMETER_VALUE = 4  # 评分参数表里“值”在第几列
OPTION_HEADER = 4
EXPLAINED_TOP = 2
FORMAT = "xltool/1"
STARTED = "started"  # 标识表里记起头内容的指纹的一行，只有照上年起了头的表才有
CONTINUED = "续页"  # 各表的格里印不下的字，全文印在这里
CARRIED = "移表清单"  # 由旧表移来的才有
IDENTITY_KEYS = ("format", "scheme", "version", "variant", "year")


@dataclass(frozen=True, eq=False)
class Layout:
    """版面：各表、参数、选项、计分说明的位置。

    `texts` 存着在这个版面上写好的公式，同一版面的表共用；`parameter_sheet`、`option_sheet` 是参数和
    选项所在的表：几个方案合在一个工作簿里时各有各的。
    """

    scheme: Scheme
    blocks: Mapping[str, Block]
    parameters: Mapping[str, At]
    options: Mapping[tuple[str, str], At]
    explained: Explained
    texts: dict[Hashable, str] = field(default_factory=dict)
    parameter_sheet: str = PARAMETERS
    option_sheet: str = OPTIONS

    def text(self, key: Hashable, make: Callable[[], str]) -> str:
        """某个公式的文字，第一次用到时才写。"""
        known = self.texts.get(key)
        if known is None:
            known = self.texts[key] = make()
        return known

    def row_text(self, name: str, key: CellKey, make: Callable[[CellKey], str]) -> str:
        """某一格的一种公式；自成一张的记录表只写头两行的，以下各行照距离移。"""
        known = self.texts.get((name, key))
        if known is None:
            model = key._replace(row=self.model_row(key.sheet, key.row))
            if model == key:
                known = make(key)
            else:
                rows = self.blocks[key.sheet].rows
                below = Shift(rows[key.row] - rows[model.row])
                known = translated(self.row_text(name, model, make), below)
            self.texts[name, key] = known
        return known

    def model_row(self, key: str, row: str) -> str:
        """一行的公式照哪一行往下填：记录表第三行起照第二行，第一行另有要说的；别的各写各的。

        排在页上的也各写各的：同一张工作表上还有别的表的格，不能一起往下移。
        """
        block = self.blocks[key]
        if block.sheet.kind is not SheetKind.RECORDS or block.sheet.page or not row.isdecimal():
            return row
        listed = tuple(islice(block.rows, 2))
        return row if row in listed else listed[-1]

    def place(self, key: CellKey) -> Place:
        """某一格的位置。

        Raises:
            KeyError: 版面里没有这一格。
        """
        return self.blocks[key.sheet].place(key.row, key.column)


def template_layout(scheme: Scheme) -> Layout:
    """模板的版面：一张表一个工作表。"""
    return _layout(scheme, ())


def form_layout(scheme: Scheme, records: Mapping[str, tuple[str, ...]]) -> Layout:
    """填了内容的表的版面：序号超出模板的行，接在模板的各行之后。"""
    longer = ((sheet.key, tuple(_beyond(sheet, records))) for sheet in scheme.sheets)
    return _layout(scheme, tuple((key, rows) for key, rows in longer if rows))


def _beyond(sheet: Sheet, records: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    return (row for row in records.get(sheet.key, ()) if int(row) > sheet.capacity)


@lru_cache(maxsize=16)
def _layout(scheme: Scheme, longer: tuple[tuple[str, tuple[str, ...]], ...]) -> Layout:
    beyond = dict(longer)
    blocks: dict[str, Block] = {}
    for sheet in scheme.sheets:
        if not sheet.page:
            blocks[sheet.key] = _template_block(scheme, sheet, beyond.get(sheet.key, ()))
        elif sheet.key not in blocks:
            table = page_table(page_sheets(scheme, sheet.page))
            rows = (*numbered(table), *beyond.get(table.key, ()))
            blocks |= page_blocks(scheme, sheet.page, rows)
    return Layout(
        scheme, blocks, _parameter_cells(scheme), _option_cells(scheme), _explained(scheme)
    )


def _explained(scheme: Scheme) -> Explained:
    spans = {column.key: (n, n) for n, column in enumerate(EXPLAINED, 1)}
    grid = [column.width for column in EXPLAINED]
    return make_explained(scheme, EXPLANATION, EXPLAINED_TOP, spans, grid)


def _template_block(scheme: Scheme, sheet: Sheet, beyond: tuple[str, ...]) -> Block:
    columns = columns_of(sheet)
    spans = {column.key: (n, n) for n, column in enumerate(columns, 1)}
    grid = [column.width for column in columns]
    return make_block(
        scheme, sheet, sheet.name, TEMPLATE_ROWS, spans, grid, (*numbered(sheet), *beyond)
    )


def _parameter_cells(scheme: Scheme) -> dict[str, At]:
    return {
        key: At(PARAMETER_HEADER + n, PARAMETER_VALUE)
        for n, key in enumerate(form_parameters(scheme), 1)
    }


def _option_cells(scheme: Scheme) -> dict[tuple[str, str], At]:
    return {
        (key, option.key): At(OPTION_HEADER + row, column)
        for column, (key, options) in enumerate(scheme.printed_options.items(), 1)
        for row, option in enumerate(options.options, 1)
    }


def option_area(scheme: Scheme, key: str) -> Area:
    """某个选项表在“选项”工作表里的区域。"""
    column = list(scheme.printed_options).index(key) + 1
    count = len(scheme.options[key].options)
    return Area(At(OPTION_HEADER + 1, column), At(OPTION_HEADER + count, column))


class SheetRefs:
    """在某张工作表里写公式时各格的写法：本表的不带表名，别的表带表名。

    `named` 的要往下合写成共享公式：别的表的各格写成名称（有别的表的引用，Excel 不许），
    同在一页的逐项表的各格写成绝对引用，不随着往下移。
    """

    def __init__(self, layout: Layout, home: str, *, named: bool = False) -> None:
        self._layout = layout
        self._home = home
        self._named = named
        self._abroad = named_reference if named else reference

    def cell(self, key: CellKey) -> str:
        """某一格。"""
        place = self._layout.place(key)
        if self._named and place.sheet == self._home and self._fixed(key):
            return place.at.absolute
        return self._one(place)

    def _fixed(self, key: CellKey) -> bool:
        """印在一页上的逐项表的一格。"""
        sheet = self._layout.blocks[key.sheet].sheet
        return bool(sheet.page) and sheet.kind is SheetKind.FIELDS

    def column(self, sheet: str, column: str) -> str:
        """记录表某一栏的全部行。"""
        block = self._layout.blocks[sheet]
        area = block.area(column)
        return area.absolute if block.name == self._home else self._abroad(block.name, area)

    def parameter(self, key: str) -> str:
        """评分参数里的一格。"""
        return self._one(Place(self._layout.parameter_sheet, self._layout.parameters[key]))

    def points(self, code: str) -> str:
        """某个三级指标的分值，在评分表上。"""
        return self._one(
            self._layout.blocks[self._layout.scheme.score_sheet.key].place(code, "points")
        )

    def option(self, options: str, key: str) -> str:
        """选项表里的一格。"""
        return self._one(Place(self._layout.option_sheet, self._layout.options[options, key]))

    def options(self, options: str) -> str:
        """一个选项表的全部各格。"""
        area = option_area(self._layout.scheme, options)
        return self._abroad(self._layout.option_sheet, area)

    def _one(self, place: Place) -> str:
        if place.sheet == self._home:
            return place.at.a1
        return self._abroad(place.sheet, Area(place.at, place.at))
