"""方案里各表、各栏印的名字：说明和问题里提到它们时，照各种表自己的叫法。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xltool.scheme.categories import SHEET
from xltool.scheme.contract.catalogue import NEEDS
from xltool.scheme.key import field_key

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme

_PLACE = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)?)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")  # 有这些表、这些项的方案才说的
GENERAL = ("预期值", "实现值")  # 规则的说明里一律这样说
_GENERAL_WORDS = re.compile("|".join(GENERAL))
EXPECTED, ACTUAL, UNIT = (f"{SHEET}.{name}" for name in ("expected", "actual", "unit"))


class Words(NamedTuple):
    """绩效指标表里两栏的叫法：预期值、实现值，或年度指标值、实际完成值。"""

    expected: str
    actual: str

    @property
    def ceiling(self) -> str:
        """越小越好的，预期值就是上限。"""
        return f"{self.expected.removesuffix('值')}上限"


@lru_cache(maxsize=16)
def words_of(scheme: Scheme) -> Words:
    """一个方案的叫法；没有这两栏的，照一般的说法。"""
    if not (scheme.has(EXPECTED) and scheme.has(ACTUAL)):
        return Words(*GENERAL)
    return Words(label_of(scheme, EXPECTED), label_of(scheme, ACTUAL))


def label_of(scheme: Scheme, name: str) -> str:
    """一张表（funds）、一项或一栏（finance.total）印的名字；方案没有的，照约定里的说法。

    Raises:
        KeyError: 方案和约定都没有这张表或这一项。
    """
    if not scheme.has(name) and name in NEEDS:
        return NEEDS[name].meaning
    if "." not in name:
        return scheme.sheet(name).name
    return scheme.field(field_key(name)).label.removeprefix("其中：")


@lru_cache(maxsize=1024)  # 同一句办法，几百份表说几万遍
def named(scheme: Scheme, text: str) -> str:
    """把句子里的 {finance.total} 换成表上印的名字；[ ] 里提到的表或项没有的，整个略去。

    Raises:
        KeyError: [ ] 以外提到的没有。
    """
    said = _OPTIONAL.sub(lambda found: found[1] if _all_in(scheme, found[1]) else "", text)
    return _PLACE.sub(lambda found: label_of(scheme, found[1]), said)


@lru_cache(maxsize=1024)
def spoken(scheme: Scheme, text: str) -> str:
    """同 named；句子里一律说的预期值、实现值，也换成这种表自己的叫法。"""
    said = named(scheme, text)
    if not (scheme.has(EXPECTED) and scheme.has(ACTUAL)):
        return said
    return in_words(words_of(scheme), said)


def in_words(words: Words, text: str) -> str:
    """把一律说的预期值、实现值换成一种表的叫法。"""
    own = dict(zip(GENERAL, words, strict=True))
    return _GENERAL_WORDS.sub(lambda found: own[found[0]], text)


def names_in(text: str) -> tuple[str, ...]:
    """句子里 [ ] 以外提到的各表、各项。"""
    return tuple(_PLACE.findall(_OPTIONAL.sub("", text)))


def _all_in(scheme: Scheme, text: str) -> bool:
    return all(map(scheme.has, _PLACE.findall(text)))
