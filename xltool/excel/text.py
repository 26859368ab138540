"""文字进入工作簿的唯一通道：转义、防公式、防截断。"""

from __future__ import annotations

import re
from typing import NamedTuple

from xltool.address import TEXT_LIMIT
from xltool.excel.errors import TextTooLongError, UnwritableTextError

_ILLEGAL = "\ud800-\udfff\ufffe\uffff"
_CONTROL = "\x00-\x08\x0b-\x1f"
# 字面的 _xHHHH_ 会被 Excel 当作转义读掉，所以它的首个下划线自己要先转义；后面紧跟控制字符时也一样。
_SPECIAL = re.compile(rf"[&<>{_CONTROL}{_ILLEGAL}]|_(?=x[0-9A-Fa-f]{{4}}[_{_CONTROL}])")
_UNFIT = re.compile(f"[{_CONTROL}{_ILLEGAL}]")
_FORMULA_LIKE = re.compile("[ \u00a0\u3000]*[=+\\-@＝＋－＠\t\r\n|{]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "_": "_x005F_"}


class Written(NamedTuple):
    """可以放进 XML 的文字；`quoted` 表示须用带引号前缀的样式，免得按 F2 后变成公式。"""

    xml: str
    quoted: bool


def put_text(text: str) -> Written:
    """把任何文字变成单元格里的文字，一个字也不丢。

    Raises:
        TextTooLongError: 超过一格的上限。
    """
    require_length("单元格文字", text, TEXT_LIMIT)
    escaped = _SPECIAL.sub(_escape, text) if _SPECIAL.search(text) else text
    return Written(escaped, _FORMULA_LIKE.match(text) is not None)


def utf16_length(text: str) -> int:
    """Excel 数出来的长度：基本平面以外的字算两个。"""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def require_length(what: str, text: str, limit: int) -> None:
    """长度超出上限时拒绝。"""
    if len(text) * 2 > limit and (length := utf16_length(text)) > limit:
        raise TextTooLongError(what, length, limit)


def without_controls(text: str) -> str:
    """文件属性、提示之类的文字：去不掉的控制字符换成 U+FFFD，换行照旧。"""
    return _UNFIT.sub("\ufffd", text)


def markup(what: str, text: str) -> str:
    """公式之类程序自己的文字：只转义，含有不合法的字符便拒绝。"""
    if _UNFIT.search(text):
        raise UnwritableTextError(what, text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """XML 属性里的文字。"""
    return markup("属性", text).replace('"', "&quot;")


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if char in _ENTITIES:
        return _ENTITIES[char]
    return f"_x{ord(char):04X}_" if char < " " else "\ufffd"
