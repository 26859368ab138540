"""文字的整理：全角转半角，去掉空白和看不见的字符，分出末尾括注。

不用整套兼容分解（NFKC）：它会把 10² 变成 102。
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from xltool.messages import values as say

_QUOTES = "“”„‟「」『』"
_NARROW: Final[dict[int, str]] = (
    {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, "\u00a0\u3000\u2002\u2003\u2009\u202f\u2007\t\r\n\v\f\u2028"), " ")
    | dict.fromkeys(map(ord, _QUOTES), '"')
    | {0x2212: "-", 0xFE63: "-", 0x301C: "~", 0x223C: "~", 0xFE6A: "%", 0x2044: "/", 0x2215: "/"}
    | {0xFE64: "<", 0xFE65: ">", 0xFE66: "=", 0x3014: "(", 0x3015: ")", 0x2024: "."}
)  # fmt: skip
# 画框的线、恒等号之类，样子像比较号和冒号；前一行是同一个符号的别种写法
LOOKALIKES: Final[dict[str, str]] = {
    "≧": "≥", "⩾": "≥", "≽": "≥", "⋝": "≥", "≦": "≤", "⩽": "≤", "≼": "≤", "⋜": "≤",
    "═": "=", "〓": "=", "≡": "=", "꞊": "=", "⩵": "=", "›": ">", "‹": "<",
    "∶": ":", "︰": ":", "﹕": ":", "٪": "%", "﹐": ",", "﹒": ".", "•": "·", "・": "·", "‧": "·",
}  # fmt: skip
_NARROW.update({ord(char): mark for char, mark in LOOKALIKES.items()})
_NOT_OPERATORS = re.compile("[═〓≡꞊⩵›‹]")
_POINT = re.compile("(?<=[0-9０-９])[。｡·•・‧﹒](?=[0-9０-９])")
_CURRENCY = re.compile(r"(?P<sign>[-+<>=≤≥]{0,2})(?P<mark>[¥￥]|人民币|RMB|CNY)(?=[-+0-9])")
# 财务上负数写在括号里；带个数单位的（12家）只是括起来
_BRACKETED = re.compile(
    r"-?\([¥￥]?[0-9][0-9, ]*(?:\.[0-9]+)?(?:[十百千万亿]{0,2}元|[百千万亿]{1,2}|%)?\)"
)
_NEGATIVE_NOTE = re.compile("负(?:数|值)?|亏损|赤字|红字")
# 写在一个数前面的长短横线；“—5家企业”是列出的一条
_MINUS = re.compile("(?P<mark>[‐‑‒–—―]|负)(?=[0-9０-９¥￥][0-9０-９,，.．]*(?:[%％]|[万亿]?元?)$)")
_TWICE = re.compile("(?P<op>[≥≤><=])(?:(?P=op)|:)+")  # ≥≥95、≥：95
_WHOLE_YUAN = re.compile("(?<=元)[整正]$")
# 零宽字符、字节序标记、软连字符和书写方向控制符
INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe0f\ufeff]"
)
_WIDE = re.compile(
    "[\uff10-\uff19\uff05\uff0b\uff0d\uff0e\uff0f\uff1c-\uff1e\uff21-\uff3a\uff41-\uff5a]"
)
_GAP = re.compile(r"(?<![0-9]) +| +(?![0-9])")
_TAG = re.compile(r"</?(?:p|br|span|div|b|strong)\b[^<>]{0,200}>", re.IGNORECASE)


def unseen(text: str) -> bool:
    """只有空白和看不见的字符。"""
    return not text.strip() or not INVISIBLE.sub("", text).strip()


class Tidied(NamedTuple):
    """整理过的文字：正文、末尾括注（原样）和作过的换算。"""

    body: str
    note: str
    notices: tuple[str, ...]


def narrow(text: str) -> str:
    """全角转半角，引号、括号、空白归一；长度不变。"""
    return text if text.isascii() and text.isprintable() else text.translate(_NARROW)


def squeeze(text: str) -> str:
    """去掉看不见的字符和空格；两个数字之间的空格留着，免得把两个数连成一个。"""
    if not text.isascii():
        text = INVISIBLE.sub("", text)
    return _GAP.sub("", text.replace("  ", " ")) if " " in text else text


def _note_start(text: str) -> int:
    """末尾括注的左括号位置；没有则为 -1。"""
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        depth += (text[index] == ")") - (text[index] == "(")
        if depth == 0:
            return index
    return -1


def split_note(text: str, narrowed: str) -> tuple[str, str]:
    """正文（半角）和末尾括注（原样）；整格都在括号里时括号里的就是正文。"""
    end = len(narrowed.rstrip(" 。;"))
    start = _note_start(narrowed[:end]) if narrowed[:end].endswith(")") else -1
    if start < 0:
        return narrowed, ""
    body, note = narrowed[:start], text[start + 1 : end - 1].strip()
    return (body, note) if body.strip() else (narrowed[start + 1 : end - 1], "")


@lru_cache(maxsize=32)  # 一格要试几种读法，长的整理一遍也慢
def tidy(text: str) -> Tidied:
    """整理一格文字，供逐种试读。"""
    text, notices = _marks_read(text)
    body, note = split_note(text, narrow(text))
    written = text[: len(body)] if note else text
    if _WIDE.search(written):
        notices.append(say.WIDE_READ)
    if INVISIBLE.search(written):
        notices.append(say.INVISIBLE_DROPPED)
    if mark := _NOT_OPERATORS.search(written):
        notices.append(say.LOOKALIKE_READ.format(written=mark[0], mark=LOOKALIKES[mark[0]]))
    body = _TWICE.sub(r"\g<op>", squeeze(body).rstrip("。;"))
    if body.rstrip(",、")[-1:].isdigit():  # 数后面的句读
        body = body.rstrip(",、")
    if whole := _WHOLE_YUAN.search(body):
        body = body[:-1]
        notices.append(say.LEAD_DROPPED.format(lead=whole[0]))
    whole_text = squeeze(narrow(text)).strip()
    if _BRACKETED.fullmatch(whole_text):
        body, note = f"-{whole_text.strip('-()')}", ""
        notices.append(say.BRACKETS_READ)
    elif body[:1].isdigit() and _NEGATIVE_NOTE.fullmatch(note):
        notices.append(say.NEGATIVE_READ.format(note=note))
        body, note = f"-{body}", ""
    if currency := _CURRENCY.match(body):
        body = currency["sign"] + body[currency.end() :]
        notices.append(say.CURRENCY_DROPPED.format(mark=currency["mark"]))
    return Tidied(body, note, tuple(notices))


def _marks_read(text: str) -> tuple[str, list[str]]:
    """网页标记、当小数点写的点、当负号写的字。"""
    notices: list[str] = []
    if "<" in text and _TAG.search(text):
        text = _TAG.sub("", text)
        notices.append(say.TAGS_DROPPED)
    if point := _POINT.search(text):
        text = _POINT.sub(".", text)
        notices.append(say.POINT_READ.format(mark=point[0]))
    if minus := _MINUS.match(text):
        text = f"-{text[minus.end() :]}"
        notices.append(say.LOOKALIKE_READ.format(written=minus["mark"], mark="-"))
    return text, notices


def normal(text: str) -> str:
    """兼容分解并折叠大小写，直到不再变化。"""
    while (folded := unicodedata.normalize("NFKC", text).casefold()) != text:
        text = folded
    return text
