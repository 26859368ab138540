"""写进说法里的原值：只露开头二十来个字；像证件号、手机号、卡号的数字遮住中间。"""

from __future__ import annotations

import re

from xltool.values import quote

_LONGEST = 20
_PRIVATE = re.compile(
    r"(?<![0-9])(?:(1[3-9][0-9])[0-9]{4}([0-9]{4})|([0-9]{6})[0-9]{6,9}([0-9]{3}[0-9Xx]))(?![0-9])"
)


def excerpt(text: str) -> str:
    """一格内容的短写法；空白的说成空白。"""
    shown = _PRIVATE.sub(_masked, quote(text))
    return (shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…") or "空白"


def _masked(match: re.Match[str]) -> str:
    first, last = match[1] or match[3], match[2] or match[4]
    return f"{first}{'*' * (len(match[0]) - len(first) - len(last))}{last}"
