"""styles.xml：每种单元格样式的数字格式和删除线；颜色、边框一概不看。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.xlsx.grid import PLAIN
from xltool.xlsx.number_formats import built_in, look_of
from xltool.xlsx.path_walker import PathWalker, container
from xltool.xlsx.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xltool.xlsx.grid import Look
    from xltool.xlsx.xml_walker import Budget

_DIGITS: Final = 6
_STRIKE: Final = b"strike"
_OFF: Final = frozenset({"0", "false", "off"})


class _Styles:
    """styles.xml 里要用的内容；读的时候逐项填入。"""

    __slots__ = ("_limit", "codes", "fonts", "looks", "struck")

    def __init__(self, budget: Budget) -> None:
        self._limit = budget.limits
        self.codes: dict[str, str] = {}
        self.looks: list[tuple[str, str]] = []  # 数字格式、字体的编号
        self.fonts = 0
        self.struck: set[str] = set()  # 有删除线的字体

    def code(self, attributes: Mapping[str, str]) -> None:
        self.codes.setdefault(attributes.get("numFmtId", ""), attributes.get("formatCode", ""))
        self._count(len(self.codes))

    def font(self, attributes: Mapping[str, str]) -> None:
        del attributes
        self.fonts += 1
        self._count(self.fonts)

    def strike(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("val", "1") not in _OFF:
            self.struck.add(str(self.fonts - 1))

    def style(self, attributes: Mapping[str, str]) -> None:
        self.looks.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "")))
        self._count(len(self.looks))

    def _count(self, count: int) -> None:
        if count > self._limit.formats:
            raise Refused(self._limit.over("formats", count))

    def look(self, number: str, font: str) -> Look:
        code = self.codes.get(number)
        look = PLAIN
        if code is not None:
            look = look_of(code)
        elif number.isascii() and number.isdecimal() and len(number) <= _DIGITS:
            look = built_in(int(number))
        return look._replace(struck=True) if font in self.struck else look


def read_styles(part: str, blocks: Iterable[bytes], budget: Budget) -> dict[str, Look]:
    """样式序号（文件里的写法）对应的样子；常规的不列。"""
    styles = _Styles(budget)
    top = ":styleSheet"
    paths = {
        top: container,
        f"{top}:numFmts": container,
        f"{top}:numFmts:numFmt": styles.code,
        f"{top}:cellXfs": container,
        f"{top}:cellXfs:xf": styles.style,
    }
    if not isinstance(blocks, tuple) or any(_STRIKE in block for block in blocks):
        paths |= {  # 多半没有删除线，不必逐个字体去看
            f"{top}:fonts": container,
            f"{top}:fonts:font": styles.font,
            f"{top}:fonts:font:strike": styles.strike,
        }
    outline = PathWalker(part, budget, paths)
    outline.guarded = frozenset({":cellXfs"})  # xf 在 cellStyleXfs 里也有，不算放错
    outline.read(blocks)
    looks = {key: styles.look(*key) for key in set(styles.looks)}
    listed = ((str(index), looks[key]) for index, key in enumerate(styles.looks))
    return {index: look for index, look in listed if look != PLAIN}
