"""写文件时的差错：都是调用处的毛病，写之前拦下，不让文件悄悄走样。"""

from __future__ import annotations

from xltool.sheets.formula_limits import BEYOND


class UnwritableError(ValueError):
    """计划里有 Excel 装不下的东西。"""


class TextTooLongError(UnwritableError):
    """文字超出 Excel 的长度上限；Excel 会悄悄截断，所以拒绝写。"""

    def __init__(self, what: str, length: int, limit: int) -> None:
        super().__init__(f"{what}长 {length} 个字符，上限是 {limit} 个")


class UnwritableTextError(UnwritableError):
    """文字不能放在这个位置。"""

    def __init__(self, what: str, text: str) -> None:
        super().__init__(f"{what}不能写作 {text!r}")


class UnwritableNumberError(UnwritableError):
    """数不是有限的数。"""

    def __init__(self, where: str, number: object) -> None:
        super().__init__(f"{where} 的数不能写作 {number!s}")


class FormulaTooLongError(UnwritableError):
    """公式太长、套得太深，或里面一段字太长：Excel 打开时要“修复”掉；方案的字眼写多了的会这样。"""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} 的公式{BEYOND}")


class UnwritableContentError(UnwritableError):
    """内容的类型不在计划允许之列。"""

    def __init__(self, where: str, content: object) -> None:
        super().__init__(f"{where} 的内容是 {type(content).__name__}，写不进单元格")


class CellOrderError(UnwritableError):
    """格没有按行、列的次序给出，或者越出工作表。"""

    def __init__(self, row: int, col: int) -> None:
        super().__init__(f"第 {row} 行第 {col} 列不在行、列的次序上，或越出工作表的范围")


class SheetNameError(UnwritableError):
    """工作表名 Excel 不认。"""

    def __init__(self, name: str) -> None:
        super().__init__(f"工作表名不能是 {name!r}")


class NoVisibleSheetError(UnwritableError):
    """工作簿里没有一张看得见的表，Excel 打不开。"""

    def __init__(self) -> None:
        super().__init__("工作簿里至少要有一张不隐藏的工作表")


class LayoutDroppedError(UnwritableError):
    """版面里有 XlsxWriter 会丢掉的东西；它只给警告，这里当作差错。"""


class LinkTargetError(UnwritableError):
    """链接指向的不是本工作簿里的表，也不是它旁边的文件。"""

    def __init__(self, target: str) -> None:
        super().__init__(f"链接只能指向本工作簿里的表或相对路径的文件，不能是 {target!r}")


class OutputNotAsPlannedError(RuntimeError):
    """写出的文件与计划不符；多半是程序有错，文件不应交出。"""
