"""说付了多少的名称：付款的字眼本身是个率，或后面跟着率；“发放准确率”说的不是付了多少。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from xltool.scheme.contract.judging_words import PAID_TAILS
from xltool.scheme.contract.word_lists import PAYMENT

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme


@lru_cache(maxsize=16)
def paid_rates(scheme: Scheme) -> tuple[str, ...]:
    """名称里有其中一个的，说的是付了多少。"""
    words = scheme.words(PAYMENT)
    rates = tuple(word for word in words if word.endswith("率"))
    others = (word for word in words if word not in rates)
    return (*rates, *(f"{word}{tail}" for word in others for tail in scheme.words(PAID_TAILS)))
