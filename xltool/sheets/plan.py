"""工作表的样子，作为纯数据：格、合并、校验、条件格式、打印。由 excel/ 变成文件。"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from xltool.address import At

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.address import Area
    from xltool.sheets.graphics import Bars, Chart


class Role(StrEnum):
    """一格在版面上的作用；每种作用的字体、底色、边框只在 excel/looks.py 写一次。"""

    ANNEX = "annex"  # 附件标记
    TITLE = "title"
    INFO = "info"  # 标题下的说明行
    SECTION = "section"  # 段落小标题
    HEADER = "header"
    IDENTITY = "identity"  # 隐藏的标识行
    CODE = "code"  # 灰色编码
    FIXED = "fixed"  # 印好的文字，左对齐
    FIXED_CENTER = "fixed_center"
    LEVEL = "level"  # 一级、二级指标：靠上，向下合并的换了页字也不从中间断开
    LEVEL_TOP = "level_top"  # 几行看上去是一格：首行、中间、末行
    LEVEL_MIDDLE = "level_middle"
    LEVEL_BOTTOM = "level_bottom"
    LEVEL_AGAIN = "level_again"  # 要被换页分开的：条件格式在每行再印一遍名称
    INPUT = "input"  # 填报格，左对齐
    INPUT_CENTER = "input_center"
    AUTO = "auto"  # 自动计算
    AUTO_TEXT = "auto_text"  # 自动得出的文字，左对齐
    TOTAL = "total"  # 合计行
    SIGNATURE = "signature"
    PLAIN = "plain"  # 无边框正文
    PASSAGE = "passage"  # 成段的长文，靠上
    LINK = "link"
    JUMP = "jump"  # 小标题右边的链接，没有边框
    BODY = "body"  # 登记表里的正文
    BODY_CENTER = "body_center"
    BODY_BAND = "body_band"  # 隔行浅底
    BODY_BAND_CENTER = "body_band_center"
    REVIEW = "review"  # 复核人员填写的格
    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"
    GOOD = "good"
    WAIVED = "waived"  # 划去的疑点
    # 没有用到的行：条件格式去掉框线、底色和字，印出来没有墨；印成一页的表，留着左右两边的框线
    UNUSED = "unused"
    UNUSED_LEFT = "unused_left"
    UNUSED_RIGHT = "unused_right"


class NumberFormat(StrEnum):
    """数的写法。"""

    GENERAL = "General"
    TEXT = "@"
    UNSEEN = ";;;"  # 有内容也不显示、不印
    INTEGER = "0"
    POINTS = "0.00"
    MONEY = "#,##0.00"
    PERCENT = "0.00%"
    WIDE_PERCENT = "[>=10]0%;0.00%"  # 窄栏里的比率：填错了的几百几千倍，也写得下
    DATE = 'yyyy"年"m"月"d"日"'
    MONTH = 'yyyy"年"m"月"'


class Formula(NamedTuple):
    """一个公式（不带等号）和程序算出的结果；没有结果时写 None。"""

    text: str
    result: Decimal | int | str | None = None


class Link(NamedTuple):
    """一个链接。

    `sheet` 空着时指向 `file`（相对于本工作簿）；`file` 空着时指向本工作簿内的格。
    """

    text: str
    sheet: str = ""
    at: At | None = None
    file: str = ""


Content = str | Decimal | int | bool | date | Formula | Link | None


class Cell(NamedTuple):
    """一格：位置、内容、作用、数的写法；是具名元组，因为一次要造上百万个。

    `unlocked` 的格在保护后仍可填写。
    """

    at: At
    content: Content
    role: Role
    number: NumberFormat = NumberFormat.GENERAL
    unlocked: bool = False

    @property
    def row(self) -> int:
        """在第几行。"""
        return self.at.row


class ChangedRows(NamedTuple):
    """同一版的一份里，一张工作表会变的行：各要多高，先隐藏着的哪些要显示。"""

    heights: Mapping[int, float] = {}
    shown: frozenset[int] = frozenset()


CellLook = tuple[Role, NumberFormat, bool]
"""一格的样子：作用、数的写法、保护后能不能填。"""


@dataclass(frozen=True, eq=False, slots=True)
class LineLook:
    """一整行各格的样子；样子相同的行共用一个，写的时候按它是不是同一个来认，不逐格去比。"""

    cells: tuple[CellLook, ...]


class Line(NamedTuple):
    """登记表的一整行，从 A 列起连着排；几万行的表整行整行地给，省去逐格造对象。

    `height` 是行高：随行给出，几万行的高不必都记着。
    """

    row: int
    contents: tuple[Content, ...]
    look: LineLook
    height: float

    def cells(self) -> Iterator[Cell]:
        """拆成一格一格。"""
        looks = self.look.cells
        for column, (content, look) in enumerate(zip(self.contents, looks, strict=True), 1):
            yield Cell(At(self.row, column), content, *look)


@dataclass(frozen=True, slots=True)
class Merge:
    """一块合并的格；内容和样式取左上角那格，其余各格须以同一作用列在 cells 里（空内容）。"""

    area: Area


class ValidationKind(StrEnum):
    """数据校验的种类。"""

    LIST = "list"  # 来源是公式（名称或区域）
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    TEXT_LENGTH = "length"
    ANY = "any"  # 只给提示


@dataclass(frozen=True, slots=True)
class Validation:
    """一块填报格的校验、输入提示和出错说法。

    LIST 的 `source` 是不带等号的公式；DECIMAL、INTEGER、DATE、TEXT_LENGTH 用 `minimum`、`maximum`
    （数、日期，或不带等号的公式），都空着表示只限类型。
    `strict` 为假时只提醒，不拦截。标题、提示多长见 sheets/prompts。
    """

    area: Area
    rule: ValidationKind
    prompt_title: str
    prompt: str
    error_title: str = ""
    error: str = ""
    source: str = ""
    minimum: Decimal | int | date | str | None = None
    maximum: Decimal | int | date | str | None = None
    strict: bool = True


@dataclass(frozen=True, slots=True)
class Highlight:
    """条件格式：公式（不带等号，相对于区域左上角）为真时套用某种样子；先列的优先。"""

    area: Area
    formula: str
    role: Role
    stop: bool = True


class Paper(StrEnum):
    """纸。"""

    A4 = "A4"
    A3 = "A3"


@dataclass(frozen=True, slots=True)
class Print:
    """打印：横向、`pages` 页宽。

    `title_rows` 是每页重复的首末行，`title_columns` 是每页重复的头几列；`footer_left` 是页脚左侧
    的版本；`dense` 的页边收窄，一页多排些字，`slim` 的上下再收窄；`one_page` 的只印一页；`named`
    的页眉写表名，页眉、页脚的字不随正文缩小；`dated` 的页脚写打印的日期；`heading` 写在页眉中间，
    `named` 的写成标题。`scale` 不是零的照它缩到百分之几，`starts` 各行起新的一页（照页宽缩的，各家
    程序不一定认）；`first_page` 不是零的，页码从它起；`mono` 的不印底色，字一律黑色。
    """

    title_rows: tuple[int, int] | None = None
    title_columns: int = 0
    pages: int = 1
    area: Area | None = None
    landscape: bool = True
    dense: bool = False
    slim: bool = False
    footer_left: str = ""
    paper: Paper = Paper.A4
    named: bool = False
    heading: str = ""
    one_page: bool = False
    starts: tuple[int, ...] = ()
    dated: bool = True
    scale: int = 0
    first_page: int = 0
    mono: bool = False


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """一张工作表。

    `cells` 须按行、列的次序给出，可以是生成器，只走一遍；里面也可以有整行（Line）。
    `widths` 是各列的字符宽，`heights` 是行高（磅）。`hidden_rows`、`hidden_columns` 是整行、整列
    隐藏的标识；`growing_rows` 的行高只是初值，写多了自己长高。`opens_at` 是打开时停在哪一格。
    """

    name: str
    cells: Iterable[Cell | Line]
    widths: tuple[float, ...] = ()
    heights: Mapping[int, float] = field(default_factory=dict)
    merges: tuple[Merge, ...] = ()
    validations: tuple[Validation, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    freeze: At | None = None
    opens_at: At | None = None
    filter: Area | None = None
    printing: Print = field(default_factory=Print)
    charts: tuple[Chart, ...] = ()
    bars: tuple[Bars, ...] = ()
    protected: bool = False
    hidden: bool = False
    gridlines: bool = False
    tab: Role | None = None
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    growing_rows: tuple[int, ...] = ()

    def every_cell(self) -> Iterator[Cell]:
        """逐格走一遍，整行的拆开。"""
        for item in self.cells:
            if isinstance(item, Line):
                yield from item.cells()
            else:
                yield item


@dataclass(frozen=True, slots=True)
class Name:
    """一个名称：下拉列表的来源。"""

    name: str
    reference: str


@dataclass(frozen=True, slots=True)
class WorkbookPlan:
    """一个工作簿：各表、名称和文件属性（`keywords` 写方案标识和版本）。

    `marked` 的在文件属性里记下内容的指纹，以后看得出有没有人改过。
    """

    sheets: tuple[SheetPlan, ...]
    names: tuple[Name, ...] = ()
    title: str = ""
    subject: str = ""
    company: str = ""
    keywords: str = ""
    marked: bool = False
