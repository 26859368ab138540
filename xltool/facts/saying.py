"""写的话算不算数：只写“无”“暂无”“/”“详见附件”一类的，等于没有写。程序和公式含义相同。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.scheme.contract.word_lists import BLANK_WORDS

if TYPE_CHECKING:
    from xltool.facts.refs import Refs
    from xltool.scheme.model import Scheme

# 比之前去掉的：换行一类看不见的字符，空格和句读
DROPPED = (" ", "　", "。", "，", "；", "！", "、", ",")


def says_nothing(scheme: Scheme, text: str) -> bool:
    """等于没有写。"""
    text = "".join(char for char in text if char >= " " and char not in DROPPED)
    return not text or text.upper() in _blank_words(scheme)


def _blank_words(scheme: Scheme) -> frozenset[str]:
    return frozenset(word.upper() for word in scheme.words(BLANK_WORDS))


def says_nothing_formula(scheme: Scheme, cell: str, refs: Refs) -> str:
    """与 says_nothing 同义；电子表格比字不分大小写。"""
    text = f"CLEAN({cell})"
    for mark in DROPPED:
        text = f'SUBSTITUTE({text},"{mark}","")'
    listed = f"SUMPRODUCT(({text}={refs.options(BLANK_WORDS)})*1)>0"
    return f'OR({text}="",{listed})' if scheme.words(BLANK_WORDS) else f'{text}=""'
