"""整格写的是不是字眼表里的一个：等于没有写的“无”“详见附件”，写不适用的“无”“不涉及”。

程序和公式含义相同。
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from xltool.scheme.contract.word_lists import BLANK_WORDS

if TYPE_CHECKING:
    from xltool.facts.refs import OptionRefs
    from xltool.scheme.model import Scheme

# 比之前去掉的：换行一类看不见的字符，空格、句读和括号
DROPPED = (" ", "　", "。", "，", "；", "！", "、", ",", "（", "）", "(", ")", "【", "】")
_IGNORED: Final = re.compile(rf"[\x00-\x1f{re.escape(''.join(DROPPED))}]+")


def says_nothing(scheme: Scheme, text: str) -> bool:
    """等于没有写。"""
    bare = _bare(text) if text else ""
    return not bare or _listed(scheme, BLANK_WORDS, bare)


def among(scheme: Scheme, words: str, text: str) -> bool:
    """整格只有字眼表 `words` 里的一个。"""
    return _listed(scheme, words, _bare(text))


def _listed(scheme: Scheme, words: str, bare: str) -> bool:
    return bare.upper() in _upper(scheme.words(words))


def _bare(text: str) -> str:
    return _IGNORED.sub("", text)


@cache
def _upper(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.upper() for word in words)


def says_nothing_formula(scheme: Scheme, cell: str, refs: OptionRefs) -> str:
    """与 says_nothing 同义；电子表格比字不分大小写。"""
    empty = f'{_bare_formula(cell)}=""'
    listed = among_formula(scheme, BLANK_WORDS, cell, refs)
    return f"OR({empty},{listed})" if listed != "FALSE" else empty


def among_formula(scheme: Scheme, words: str, cell: str, refs: OptionRefs) -> str:
    """与 among 同义。"""
    if not scheme.words(words):
        return "FALSE"
    return f"SUMPRODUCT(({_bare_formula(cell)}={refs.options(words)})*1)>0"


def _bare_formula(cell: str) -> str:
    text = f"CLEAN({cell})"
    for mark in DROPPED:
        text = f'SUBSTITUTE({text},"{mark}","")'
    return text
