"""小部件的读法：给出要认的路径和各自的去处，其余略过。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.xlsx.refusal import shown
from xltool.xlsx.xml_walker import Walker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from xltool.xlsx.xml_walker import Budget

    Opened = Callable[[Mapping[str, str]], None]
    Closed = Callable[[str], None]


class PathWalker(Walker):
    """按路径读，如 ":workbook:sheets:sheet"。

    `opened` 的键是全部要认的路径，元素开始时把属性交给它；`closed` 在元素结束时把文字交给它。
    """

    __slots__ = ("_closed", "_level", "_opened", "_path")

    def __init__(
        self,
        part: str,
        budget: Budget,
        opened: Mapping[str, Opened],
        closed: Mapping[str, Closed] | None = None,
    ) -> None:
        super().__init__(part, budget)
        self._opened = opened
        self._closed = closed or {}
        self.guarded = frozenset(":" + path.rpartition(":")[2] for path in opened)
        self._path = ""
        self._level = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """认得的路径交出属性，不认得的略过。"""
        path = self._path + name
        opened = self._opened.get(path)
        if opened is None:
            if not self._path:
                self.broken(f"根元素是 {shown(name)}")
            self.skip(name, attributes, self._level + 1)
            return
        self.check(attributes)
        self._path = path
        self._level += 1
        self.pieces.clear()
        opened(attributes)

    def end(self, name: str) -> None:
        """认得的路径交出文字。"""
        closed = self._closed.get(self._path)
        if closed is not None:
            closed("".join(self.pieces))
        self._path = self._path[: -len(name)]
        self._level -= 1

    def _detach(self) -> None:
        super()._detach()
        self._opened, self._closed = {}, {}  # 收属性的一方往往又指着本对象


def container(attributes: Mapping[str, str]) -> None:
    """只是容器的元素：属性不用。"""
    del attributes
