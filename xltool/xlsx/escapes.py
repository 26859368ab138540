"""文件里文字的转义：_x000D_ 之类。"""

from __future__ import annotations

import re
from typing import Final

_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """还原 _x000D_ 这样的写法；拼不成字的代理项换成“\ufffd”。"""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
