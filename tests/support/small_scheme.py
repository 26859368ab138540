"""测试用：自己做的一个小方案，和改动了几处文字的。"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FILE = "小表.toml"
_PLACE = Path(__file__).with_name("small_scheme.toml")


@cache
def small_text() -> str:
    """小方案的全文。"""
    return _PLACE.read_text("utf-8")


def small_changed(*changes: tuple[str, str]) -> str:
    """改动几处；要改的文字必须在，只改第一处。"""
    text = small_text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
