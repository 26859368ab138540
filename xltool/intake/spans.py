"""快路的底座：部件里最占篇幅的一段不经 expat，直接按最常见的写法读。

能这样读的道理：“<”不能出现在文字和属性值里，没有注释、CDATA、DTD、处理指令时只能是标签的开头；
整段由认得的写法首尾相接拼成，就没有第二种读法。段外的部分照样交给 expat，命名空间和结构由它核对。
遇到一点不同就放弃快路，整个部件从头由 expat 读：快路从不报错，也从不猜。
"""

from __future__ import annotations

import re
from typing import Final

SPAN_BYTES: Final = 512 * 1024  # 一次取这么长，免得全部标签同时在内存里
_CONTROLS: Final = bytes({*range(0x20)} - {0x09, 0x0A})
_NOT_CHARACTERS: Final = (b"\xef\xbf\xbe", b"\xef\xbf\xbf", b"]]>")
_DECLARATION: Final = re.compile(
    rb'<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="(?:yes|no)")?\?>'
)
_SST: Final = re.compile(b"<sst [^<>]*>")
_SST_END: Final = b"</sst>"
_OPEN: Final = r'<t(?: xml:space="preserve")?+>'
_ATTRIBUTES: Final = r'(?: [A-Za-z]++="[^"<>&]*+")*+'
# 依次是：整条；单一文字；富文本的各段
_STRING: Final = re.compile(
    rf"(<si>(?:{_OPEN}([^<]*+)</t>|((?:<r>(?:<rPr>(?:<[A-Za-z]++{_ATTRIBUTES}/>)*+</rPr>)?+"
    rf"{_OPEN}[^<]*+</t></r>)++)|<t/>)"
    rf"(?:<phoneticPr{_ATTRIBUTES}/>)?+</si>)"
)
_RUN: Final = re.compile(_OPEN + "([^<]*+)</t>")
_ENTITY: Final = re.compile("&(#[0-9]{1,2}|[a-z]*);?")
_ENTITIES: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "#10": "\n"}


class Unusual(Exception):  # noqa: N818 - 只是换一种读法
    """写法与常见的不同。"""


def head(block: bytes, end: int) -> bytes:
    """部件开头到 end 为止；其中除了 XML 声明只有标签，且编码是 UTF-8。

    Raises:
        Unusual: 有注释之类，或别的编码。
    """
    opening = block[:end]
    declaration = _DECLARATION.match(opening)
    after = declaration.end() if declaration else 0
    if b"<!" in opening or opening.find(b"<?", after) >= 0:
        raise Unusual
    return opening


def span_text(span: bytes) -> str:
    """一段的文字。

    Raises:
        Unusual: 有 XML 不许的或要另作处理的字符。
    """
    if len(span.translate(None, _CONTROLS)) != len(span):
        raise Unusual
    if any(mark in span for mark in _NOT_CHARACTERS):
        raise Unusual
    try:
        return span.decode()
    except UnicodeDecodeError as error:
        raise Unusual from error


def plain(text: str) -> str:
    """还原五种实体和换行。

    Raises:
        Unusual: 有别的实体。
    """
    return _ENTITY.sub(_entity, text) if "&" in text else text


def quick_strings(block: bytes) -> tuple[bytes, list[str]]:
    """没有注音的共享文字表：挖去文字以后交给 expat 的部分，和各条文字。

    Raises:
        Unusual: 有注音，或写法不同。
    """
    match = _SST.search(block)
    stop = block.find(_SST_END)
    if match is None or stop < match.end() or stop - match.end() > 2 * SPAN_BYTES:
        raise Unusual
    opening = head(block, match.end())
    text = span_text(block[match.end() : stop])
    found = _STRING.findall(text)
    if sum([len(item[0]) for item in found]) != len(text):
        raise Unusual
    strings = [plain("".join(_RUN.findall(runs)) if runs else single) for _, single, runs in found]
    return opening + block[stop:], strings


def _entity(match: re.Match[str]) -> str:
    character = _ENTITIES.get(match[1])
    if character is None or not match[0].endswith(";"):
        raise Unusual
    return character
