"""方案里各表、各栏印的名字：说明和问题里提到它们时，照各种表自己的叫法。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xltool.scheme.categories import SHEET
from xltool.scheme.key import field_key

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme

_PLACE = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)?)\}")
EXPECTED, ACTUAL = f"{SHEET}.expected", f"{SHEET}.actual"


class Words(NamedTuple):
    """绩效指标表里两栏的叫法：预期值、实现值，或年度指标值、实际完成值。"""

    expected: str
    actual: str


@lru_cache(maxsize=16)
def words_of(scheme: Scheme) -> Words:
    """一个方案的叫法。"""
    return Words(label_of(scheme, EXPECTED), label_of(scheme, ACTUAL))


def label_of(scheme: Scheme, name: str) -> str:
    """一张表（funds）、一项或一栏（finance.total）印的名字。

    Raises:
        KeyError: 没有这张表或这一项。
    """
    if "." not in name:
        return scheme.sheet(name).name
    return scheme.field(field_key(name)).label.removeprefix("其中：")


def named(scheme: Scheme, text: str) -> str:
    """把句子里的 {finance.total} 换成表上印的名字。

    Raises:
        KeyError: 没有这张表或这一项。
    """
    return _PLACE.sub(lambda found: label_of(scheme, found[1]), text)
