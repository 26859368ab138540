"""点到一格时的提示：Excel 只收这么长的标题和话，再长的文件打不开。"""

from __future__ import annotations

from typing import Final

TITLE_LENGTH: Final = 32
PROMPT_LENGTH: Final = 255


def prompt_title(text: str) -> str:
    """提示的标题，长的只留前面。"""
    return text[:TITLE_LENGTH]


def prompt_text(text: str) -> str:
    """一条提示，长的只留前面。"""
    return text[:PROMPT_LENGTH]
