"""整格写的是不是字眼表里的一个：等于没有写的“无”“详见附件”，写不适用的“无”“不涉及”。

写原因的格另看：去掉数字再比，“见附件1”“同第1行”“按要求完成”也不是原因；还写了别的就是原因。
计分只看写没写，是不是原因由复核的人定。

程序和公式含义相同。
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from xltool.address import literal
from xltool.scheme.contract.judging_words import NO_REASON
from xltool.scheme.contract.word_lists import BLANK_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.facts.refs import OptionRefs
    from xltool.scheme.model import Scheme

# 比之前去掉的：换行一类看不见的字符，空格、句读和括号
DROPPED = (" ", "　", "。", "，", "；", "！", "、", ",", "（", "）", "(", ")", "【", "】")
# 写原因的格另去掉的：第几个附件、第几行
NUMERALS: Final = tuple("0123456789一二三四五六七八九十")
_LONGEST: Final = 255  # 公式里的一段字，Excel 最多收这么长
_NUMBERED: Final = re.compile(f"[{''.join(NUMERALS)}]+")
_IGNORED: Final = re.compile(rf"[\x00-\x1f{re.escape(''.join(DROPPED))}]+")


def says_nothing(scheme: Scheme, text: str) -> bool:
    """等于没有写。"""
    bare = _bare(text) if text else ""
    return not bare or _listed(scheme, BLANK_WORDS, bare)


def gives_no_reason(scheme: Scheme, text: str) -> bool:
    """写原因的格里没有原因：等于没有写，或只说见哪里、完成了。"""
    bare = _bare(text) if text else ""
    if not bare or _listed(scheme, BLANK_WORDS, bare):
        return True
    rest = _NUMBERED.sub("", bare)
    return is_listed(rest, ("", *scheme.words(NO_REASON)))


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


def gives_no_reason_formula(scheme: Scheme, cell: str, refs: OptionRefs) -> str:
    """与 gives_no_reason 同义。"""
    rest = _bare_formula(cell)
    for numeral in NUMERALS:
        rest = f'SUBSTITUTE({rest},"{numeral}","")'
    unsaid = listed(rest, ("", *scheme.words(NO_REASON)))
    told = among_formula(scheme, BLANK_WORDS, cell, refs)
    return f"OR({unsaid},{told})"


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


# ---------------------------------------------------------------- 直接写在公式里的几个字


def listed(value: str, words: Iterable[str]) -> str:
    """是其中一个字：字眼多、`value` 长的，只写一遍。"""
    known = f"|{'|'.join(words)}|"
    parts = (known[start : start + _LONGEST] for start in range(0, len(known), _LONGEST))
    return f'ISNUMBER(FIND("|"&{value}&"|",{"&".join(map(literal, parts))}))'


def is_listed(text: str, words: Iterable[str]) -> bool:
    """与 listed 同义。"""
    return f"|{text}|" in f"|{'|'.join(words)}|"
