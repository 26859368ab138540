"""空泛的话：整句只是“是”“有”，或话里有“有效”“显著”一类而没有一个数。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.scheme.contract.word_lists import VAGUE
from xltool.values import fold
from xltool.values.text import narrow

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme


def vague_word(scheme: Scheme, text: str) -> str:
    """空泛的是哪个字眼；有数的、不空泛的为空串。单个字的（是、有）整句相同才算。"""
    if any(char.isdecimal() for char in narrow(text)):
        return ""
    whole = fold(text)
    words = scheme.words(VAGUE)
    return next((word for word in words if word == whole or (len(word) > 1 and word in text)), "")
