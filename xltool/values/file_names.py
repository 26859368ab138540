"""文件名：变成可以放心写进文字的样子。"""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# 控制符、书写方向符、孤立代理、未定义字符和行分隔符：会使人看错，或使写出失败
_UNSAFE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ODD: Final = re.compile(r"[^\w（）()-]+")
_MOST_NAMED: Final = 5


def safe_name(raw: str) -> str:
    """文件名给人看的写法：不是 UTF-8 的按 GBK 还原，危险的字符写成码位。"""
    text = unicodedata.normalize("NFC", _repaired(raw))
    return text if text.isprintable() else "".join(map(_visible, text))


def _repaired(raw: str) -> str:
    """在中文 Windows 上打的包，解到别的系统时文件名仍是 GBK 字节。"""
    try:
        raw.encode()
    except UnicodeEncodeError:
        try:
            return os.fsencode(raw).decode("gbk")
        except UnicodeError:
            return raw
    return raw


def _visible(char: str) -> str:
    if unicodedata.category(char) not in _UNSAFE:
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - last BMP code


def plain_part(text: str) -> str:
    """可以作文件名一部分的样子：只留文字、数字和括号，别的换成下划线。"""
    return _ODD.sub("_", text)


def listing(files: Iterable[str], mark: str = "、", most: int = _MOST_NAMED) -> str:
    """句子里的几个文件名；太多的只写前几个，说明共几个。"""
    names = list(files)
    shown = mark.join(names[:most])
    return shown if len(names) <= most else f"{shown}等{len(names)}份"
