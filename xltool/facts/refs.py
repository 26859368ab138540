"""公式里怎么称呼各格；位置由版面决定。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from xltool.scheme.key import CellKey


class OptionRefs(Protocol):
    """公式里怎么称呼选项和字眼。"""

    def options(self, options: str) -> str:
        """一个选项表的全部各格。"""
        ...


class Refs(OptionRefs, Protocol):
    """公式里怎么称呼各格；公式自己不含任何地址和数。"""

    def cell(self, key: CellKey) -> str:
        """某一格。"""
        ...

    def column(self, sheet: str, column: str) -> str:
        """记录表某一栏的全部行。"""
        ...

    def parameter(self, key: str) -> str:
        """评分参数里的一格。"""
        ...

    def points(self, code: str) -> str:
        """某个三级指标的分值。"""
        ...

    def option(self, options: str, key: str) -> str:
        """选项表里的一格。"""
        ...
