"""读到的工作簿：每格的内容、状态和格式类别，不带任何解释。"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.xlsx.shared_formulas import HERE, translated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.address import Area
    from xltool.xlsx.shared_formulas import Shift


class State(StrEnum):
    """一格的六种状态；空白不在格子表里。"""

    BLANK = "blank"
    VALUE = "value"
    ERROR = "error"  # #DIV/0! 之类
    PICTURE = "picture"  # 置于单元格的图片：文件里存的是一个错误值
    FORMULA = "formula"  # 公式，有计算结果
    NO_RESULT = "no_result"  # 公式，没有计算结果


class FormatClass(StrEnum):
    """数字格式的类别：只分到会改变读法的程度。"""

    GENERAL = "general"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    TEXT = "text"


class Run(NamedTuple):
    """一格文字里样子相同的一段。"""

    text: str
    struck: bool = False  # 有删除线
    raised: bool = False  # 是上标或下标


ALL_DIGITS: Final = 99  # 小数有几位就显示几位


class Look(NamedTuple):
    """一格显示成什么样，只记会改变意思的：数字格式、删除线、上下标。

    `ordinary` 是显示的数就是存的数（小数最多 `decimals` 位）；`time` 是时刻、时长的格式；
    `runs` 只在一格之内有的字划掉了、有的数字后面跟着上下标时才有。
    """

    kind: FormatClass = FormatClass.GENERAL
    code: str = ""
    decimals: int = ALL_DIGITS
    ordinary: bool = True
    time: bool = False
    struck: bool = False
    runs: tuple[Run, ...] = ()


PLAIN: Final = Look()


class GridCell(NamedTuple):
    """一格。

    `text` 是文字原样，或数字在文件里的写法，或错误值；`numeric` 说明它是数字（不是像数字的文字），
    `boolean` 说明它是逻辑值（text 为 "1" 或 "0"）。`formula` 是公式原文（不带等号），没有则为空；
    共享公式的各格都是写着公式的那一格的原文，`shift` 是离它多远，`own_formula` 才是这一格的。
    """

    text: str
    numeric: bool = False
    boolean: bool = False
    state: State = State.VALUE
    look: Look = PLAIN
    formula: str = ""
    shift: Shift = HERE

    @property
    def own_formula(self) -> str:
        """这一格的公式；各格都翻译要费时，问到的才翻译。"""
        return translated(self.formula, self.shift)

    @property
    def format(self) -> FormatClass:
        """数字格式的类别。"""
        return self.look.kind


@dataclass(frozen=True, slots=True)
class Grid:
    """一张工作表：只有有内容（或有公式）的格，按（行，列）取，都从 1 起。"""

    name: str
    cells: Mapping[tuple[int, int], GridCell]
    merges: tuple[Area, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """目录里的一张表。"""

    name: str
    relation: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """一个读好的工作簿。`external_links`、`macros` 只作提醒，内容从不读入。"""

    sha256: str
    grids: tuple[Grid, ...]
    date_1904: bool = False
    external_links: bool = False
    macros: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
