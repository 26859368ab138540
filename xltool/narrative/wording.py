"""读出的字给人看的样子：标点、引号换回全角。"""

from __future__ import annotations

import re
from typing import Final

_WIDE: Final = str.maketrans({";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？"})
_COMMA: Final = re.compile(r",(?![0-9]{3})|(?<![0-9]),")
_PAIR: Final = re.compile('"([^"]*)"')


def wide(text: str) -> str:
    """全角的标点和成对的引号。"""
    return _PAIR.sub(r"“\1”", _COMMA.sub("，", text)).translate(_WIDE)
