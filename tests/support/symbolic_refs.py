"""测试用：公式里每一格写成〈名字〉，看得出公式用了哪些格、有没有自己的数。"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xltool.scheme.key import CellKey


class SymbolicRefs:
    """各格的称呼就是它的名字。"""

    def cell(self, key: CellKey) -> str:
        return f"〈{key}〉"

    def column(self, sheet: str, column: str) -> str:
        return f"〈{sheet}[].{column}〉"

    def parameter(self, key: str) -> str:
        return f"〈参数 {key}〉"

    def points(self, code: str) -> str:
        return f"〈分值 {code}〉"

    def option(self, options: str, key: str) -> str:
        return f"〈选项 {options}.{key}〉"

    def options(self, options: str) -> str:
        return f"〈选项 {options}〉"
