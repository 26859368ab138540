"""两个公式是不是一回事：各软件存盘时写法不同，行列移动后引用也会变。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from xltool.sheets.formula_limits import LONGEST  # 更长的不是我们的公式

if TYPE_CHECKING:
    from collections.abc import Iterable

_PIECES = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')+\'!|[^"\']+|[\'"]')
_LOOSE = re.compile(r"[\s$]+")
_REFERENCE = re.compile(
    r"(?:[^!(),+\-*/<>=&;:\"{}]+!)?[A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?(?![A-Z0-9_.(])"
)
# 工作表名不超过 31 个字：不限长的话，超长的文字要从每个字起各找一遍
_LISTED = re.compile(r"[^!(),+\-*/<>=&;:\"{}]{1,31}![A-Z]{1,3}[0-9]{1,7}(?![A-Z0-9_.(])")


@lru_cache(maxsize=4096)
def normal_formula(text: str) -> str:
    """去掉不影响含义的写法：空白、$、工作表名的引号、大小写、开头的等号。"""
    return "".join(map(_piece, _PIECES.findall(text[:LONGEST]))).removeprefix("=")


def _piece(piece: str) -> str:
    if piece.startswith('"'):
        return piece
    if piece.startswith("'"):
        return piece[1:-2] + "!"
    return _LOOSE.sub("", piece).upper().replace("TRUE()", "TRUE").replace("FALSE()", "FALSE")


class Names:
    """参数表、选项表里的各格叫什么：行挪了，名字不变。同样的内容只造一个，写好的公式跟着共用。"""

    __slots__ = ("_known",)

    def __init__(self, known: Iterable[tuple[str, str]]) -> None:
        self._known = dict(known)

    def get(self, reference: str) -> str:
        """一个引用的名字；没有名字的照原样。"""
        return self._known.get(reference, reference)


@lru_cache(maxsize=4096)
def named_formula(text: str, names: Names) -> str:
    """同 normal_formula；参数、选项不写在第几行，写它的名字。"""
    return _LISTED.sub(lambda found: names.get(found[0]), normal_formula(text))


@lru_cache(maxsize=4096)
def shape(text: str) -> str:
    """公式的骨架：所有引用都写成同一个记号。"""
    return "".join(
        piece if piece.startswith('"') else _REFERENCE.sub("§", normal_formula(piece))
        for piece in _split(text[:LONGEST])
    )


def _split(text: str) -> list[str]:
    """字符串单列；带引号的工作表名并入后面的引用。"""
    named = re.sub(r"'(?:[^']|'')+'!", "表!", text)
    return re.findall(r'"(?:[^"]|"")*"|[^"]+|"', named)


def same_formula(found: str, planned: str, *, moved: bool) -> bool:
    """是不是同一个公式；表里有行列移动过的，只比骨架。"""
    if normal_formula(found) == normal_formula(planned):
        return True
    return moved and shape(found) == shape(planned)
