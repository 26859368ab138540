"""把文件里一格的类型、值、公式合成 GridCell；六种状态分清，不合规定的说出为什么。"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.messages import files
from xltool.xlsx.escapes import unescaped
from xltool.xlsx.grid import FormatClass, GridCell, Look, State
from xltool.xlsx.refusal import shown
from xltool.xlsx.shared_formulas import HERE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from xltool.finding import Message
    from xltool.xlsx.grid import Run
    from xltool.xlsx.xml_walker import Budget

    Maker = Callable[["CellMaker", str, str, Look], GridCell | None]

# xsd:double 去掉 INF、NaN 和没有程序会写的“+”；Excel、WPS 和 LibreOffice 写的数都不超过三十来个字符
_NUMBER: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE]([+-]?[0-9]{1,3}))?")
_LONGEST: Final = 64
_LARGEST: Final = Decimal("1.7976931348623157E+308")  # 双精度最大的数
_INDEX_DIGITS: Final = 7
_SPACES: Final = " \t\r\n"
_BOOLEANS: Final = {"1": "1", "0": "0", "true": "1", "false": "0"}

# 每格都要走：局部名省去查枚举，tuple.__new__ 比 GridCell(...) 快一倍
_new = tuple.__new__
_VALUE: Final = State.VALUE
_FORMULA: Final = State.FORMULA
_ERROR: Final = State.ERROR
_DATE: Final = Look(FormatClass.DATE)


class BadCell(Exception):  # noqa: N818 - 说的是格，不是程序出错
    """一格的写法不合规定；是哪一格由读表的一方补上。"""

    def __init__(self, message: Message, **values: object) -> None:
        super().__init__(message.code)
        self.message = message
        self.values = values


class CellMaker:
    """按类型（c 元素的 t 属性）造格；一个工作簿一个。

    `marks` 是共享文字里有删除线、上下标的各条。`pictures` 是工作簿里有置于单元格的图片。
    `looked_up`：看过表以外的部件（共享文字、图片）。
    """

    __slots__ = ("budget", "looked_up", "marks", "pictures", "strings")

    def __init__(
        self,
        strings: Sequence[str],
        budget: Budget,
        marks: Mapping[int, tuple[Run, ...]] | None = None,
        *,
        pictures: bool = False,
    ) -> None:
        self.strings = strings
        self.budget = budget
        self.marks = marks or {}
        self.pictures = pictures
        self.looked_up = False

    def make(
        self, kind: str | None, value: str | None, formula: str, style: Look
    ) -> GridCell | None:
        """一格；没有内容的为 None。

        Raises:
            BadCell: 类型或值不合规定。
        """
        maker = _MAKERS.get(kind)
        if maker is None:
            raise BadCell(files.BAD_KIND, kind=shown(kind or ""), value=shown(value or ""))
        if value is None:
            return no_result(formula, style) if formula else None
        return maker(self, value, formula, style)

    def shared(self, value: str, formula: str, style: Look) -> GridCell | None:
        """共享文字里的一条。"""
        self.looked_up = True
        strings = self.strings
        number = value.strip(_SPACES)
        if not number:  # 有的软件给空白格也写上文字的类型
            return no_result(formula, style) if formula else None
        if not (number.isascii() and number.isdecimal() and len(number) <= _INDEX_DIGITS):
            raise BadCell(files.BAD_STRING, value=shown(value), count=len(strings))
        index = int(number)
        if index >= len(strings):
            raise BadCell(files.BAD_STRING, value=shown(value), count=len(strings))
        if runs := self.marks.get(index):
            style = style._replace(runs=runs)
        return _texted(strings[index], formula, style)

    def text(self, value: str, formula: str, style: Look) -> GridCell | None:
        """文字。"""
        text = unescaped(value)
        self.budget.spend("characters", len(text))
        return _texted(text, formula, style)

    def number(self, value: str, formula: str, style: Look) -> GridCell | None:
        """数。"""
        text = value.strip(_SPACES)
        if not text:
            return no_result(formula, style) if formula else None
        match = _NUMBER.fullmatch(text)
        if (
            match is None
            or len(text) > _LONGEST
            or (match[1] is not None and abs(Decimal(text)) > _LARGEST)
        ):
            raise BadCell(files.BAD_NUMBER, value=shown(value))
        state = _FORMULA if formula else _VALUE
        return _new(GridCell, (text, True, False, state, style, formula, HERE))

    def boolean(self, value: str, formula: str, style: Look) -> GridCell | None:
        """逻辑值。"""
        text = _BOOLEANS.get(value.strip(_SPACES))
        if text is None:
            if formula and not value.strip(_SPACES):
                return no_result(formula, style)
            raise BadCell(files.BAD_KIND, kind="b", value=shown(value))
        state = _FORMULA if formula else _VALUE
        return _new(GridCell, (text, False, True, state, style, formula, HERE))

    def error(self, value: str, formula: str, style: Look) -> GridCell | None:
        """错误值。"""
        text = value.strip(_SPACES)
        if not text:
            if formula:
                return no_result(formula, style)
            raise BadCell(files.BAD_KIND, kind="e", value="")
        self.budget.spend("characters", len(text))
        return _new(GridCell, (text, False, False, _ERROR, style, formula, HERE))

    def iso_date(self, value: str, formula: str, style: Look) -> GridCell | None:
        """写成文字的日期。"""
        del style
        return self.text(value.strip(_SPACES), formula, _DATE)


_MAKERS: Final[Mapping[str | None, Maker]] = {
    "s": CellMaker.shared,
    "str": CellMaker.text,
    "inlineStr": CellMaker.text,
    "b": CellMaker.boolean,
    "e": CellMaker.error,
    "d": CellMaker.iso_date,
    "n": CellMaker.number,
    None: CellMaker.number,
}


def _texted(text: str, formula: str, style: Look) -> GridCell | None:
    if formula:
        return _new(GridCell, (text, False, False, _FORMULA, style, formula, HERE))
    if text:
        return _new(GridCell, (text, False, False, _VALUE, style, "", HERE))
    return None  # 空文字与空白在表里看不出分别


def no_result(formula: str, style: Look) -> GridCell:
    """有公式而没有计算结果的格。"""
    return _new(GridCell, ("", False, False, State.NO_RESULT, style, formula, HERE))
