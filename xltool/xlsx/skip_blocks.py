"""工作表里整块略过的常见部分（显示、有效性、条件格式、打印）：由 expat 核对写法，不逐个元素来问。

只认顶层的、写法齐整的整个元素：里面没有要读的内容，层数和属性数看得出在上限之内，
所以问与不问结果一样。遇到别的写法，从那里起照常逐个元素地读。
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ATTRIBUTES: Final = 16
DEEPEST: Final = 8
_ATTRIBUTES: Final = rf'(?: [A-Za-z0-9:]++="[^"<]*+"){{0,{MOST_ATTRIBUTES}}}+'
_ROOT: Final = re.compile(rb"<worksheet[ >]")


class SkippedBytes(bytes):
    """可以不逐个元素看的一段。"""

    __slots__ = ()


def _element(names: str, content: str = "[^<]*+") -> str:
    return f"<(?:{names}){_ATTRIBUTES} ?+(?:/>|>{content}</(?:{names})>)"


def _elements(names: str, content: str = "[^<]*+") -> str:
    return f"(?:{_element(names, content)})*+"


_PASSED: Final = re.compile((
    "(?:"
    + "|".join((
        _element("sheetPr", _elements("tabColor|outlinePr|pageSetUpPr")),
        _element("sheetViews", _elements("sheetView", _elements("pane|selection"))),
        _element("conditionalFormatting", _elements("cfRule", _elements("formula"))),
        _element("dataValidations", _elements("dataValidation", _elements("formula[12]"))),
        _element("hyperlinks", _elements("hyperlink")),
        _element("headerFooter", _elements("(?:odd|even|first)(?:Header|Footer)")),
        _element(
            "dimension|sheetFormatPr|sheetProtection|phoneticPr|printOptions|pageMargins|pageSetup"
        ),
    ))
    + ")++"
).encode())  # fmt: skip
_MERGES: Final = re.compile(_element("mergeCells", _elements("mergeCell")).encode())


def opening_pieces(opening: bytes) -> Iterator[bytes]:
    """格子以前的部分。"""
    root = _ROOT.search(opening)
    start = opening.find(b">", root.start()) + 1 if root else 0
    yield opening[:start]
    yield from _pieces(opening, start)


def closing_pieces(closing: bytes) -> Iterator[bytes]:
    """格子以后的部分，由 </sheetData> 起。"""
    start = closing.find(b">") + 1
    yield closing[:start]
    yield from _pieces(closing, start)


def _pieces(data: bytes, start: int) -> Iterator[bytes]:
    """此处起都在顶层。"""
    passed = _PASSED.match(data, start)
    if passed:
        yield SkippedBytes(passed[0])
        start = passed.end()
    merges = _MERGES.match(data, start)
    if merges:
        yield merges[0]
        yield from _pieces(data, merges.end())
    else:
        yield data[start:]
