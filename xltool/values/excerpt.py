"""写进说法里的原值：一行，个人号码遮住中间，然后才截短。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

from xltool.values.masking import masked

_BREAKS: Final = re.compile(r"[\r\n\t]+")
_CONTROL: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
_QUOTED, _SHORT, _SENTENCE = 30, 20, 120
_MOST_LISTED = 8
MOST_CHOICES: Final = 20  # 下拉列表里的选项，说法里最多写几个


def quote(text: str) -> str:
    """放进句子里的原值：换行并成空格，去掉控制字符，过长的截短。"""
    return _cut(text, _QUOTED)


def excerpt(text: str) -> str:
    """一格内容的短写法；空白的说成空白。"""
    return _cut(text, _SHORT) or "空白"


def sentence(text: str) -> str:
    """整句的原话；实在太长的截短。"""
    return _cut(text, _SENTENCE)


def several(items: Sequence[str], mark: str = "、", most: int = _MOST_LISTED) -> str:
    """几样东西并列；太多时只说前几样和总数。"""
    shown = mark.join(items[:most])
    return shown if len(items) <= most else f"{shown}等{len(items)}项"


def _cut(text: str, longest: int) -> str:
    shown = _CONTROL.sub("�", _BREAKS.sub(" ", masked(text.strip())))
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"
