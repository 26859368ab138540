"""styles.xml：每种单元格样式的数字格式类别；字体、颜色、边框一概不看。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.xlsx.grid import FormatClass
from xltool.xlsx.number_formats import built_in, classified
from xltool.xlsx.path_walker import PathWalker, container
from xltool.xlsx.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xltool.xlsx.xml_walker import Budget

_DIGITS: Final = 6


def read_styles(part: str, blocks: Iterable[bytes], budget: Budget) -> dict[str, FormatClass]:
    """样式序号（文件里的写法）对应的类别；常规的不列。"""
    codes: dict[str, str] = {}
    numbers: list[str] = []

    def code(attributes: Mapping[str, str]) -> None:
        codes.setdefault(attributes.get("numFmtId", ""), attributes.get("formatCode", ""))
        _limit(len(codes))

    def style(attributes: Mapping[str, str]) -> None:
        numbers.append(attributes.get("numFmtId", "0"))
        _limit(len(numbers))

    def _limit(count: int) -> None:
        if count > budget.limits.formats:
            raise Refused(budget.limits.over("formats", count))

    top = ":styleSheet"
    paths = {
        top: container,
        f"{top}:numFmts": container,
        f"{top}:numFmts:numFmt": code,
        f"{top}:cellXfs": container,
        f"{top}:cellXfs:xf": style,
    }
    outline = PathWalker(part, budget, paths)
    outline.guarded = frozenset({":cellXfs"})  # xf 在 cellStyleXfs 里也有，不算放错
    outline.read(blocks)
    classes = {number: _class(number, codes) for number in set(numbers)}
    return {
        str(index): classes[number]
        for index, number in enumerate(numbers)
        if classes[number] is not FormatClass.GENERAL
    }


def _class(number: str, codes: Mapping[str, str]) -> FormatClass:
    code = codes.get(number)
    if code is not None:
        return classified(code)
    if number.isascii() and number.isdecimal() and len(number) <= _DIGITS:
        return built_in(int(number))
    return FormatClass.GENERAL
