"""快路的底座：部件里最占篇幅的一段不经 expat，直接按最常见的写法读。

能这样读的道理：“<”不能出现在文字和属性值里，没有注释、CDATA、DTD、处理指令时只能是标签的开头；
整段由认得的写法首尾相接拼成，就没有第二种读法。段外的部分照样交给 expat，命名空间和结构由它核对。
遇到一点不同就放弃快路，整个部件从头由 expat 读：快路从不报错，也从不猜。
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from xltool.xlsx.escapes import unescaped

SPAN_BYTES: Final = 512 * 1024  # 一次取这么长，免得全部标签同时在内存里
_CONTROLS: Final = bytes({*range(0x20)} - {0x09, 0x0A})
_NOT_CHARACTERS: Final = ("\ufffe", "\uffff")
_DECLARATION: Final = re.compile(
    rb'<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="(?:yes|no)")?\?>'
)
_SST: Final = re.compile(b"<sst [^<>]*>")
_SST_END: Final = b"</sst>"
OPEN_TEXT: Final = r'<t(?: xml:space="preserve")?+>'
_ATTRIBUTES: Final = r'(?: [A-Za-z]++="[^"<>&]*+")*+'
_FONT: Final = re.compile(rf"(?:<[A-Za-z]++{_ATTRIBUTES}/>)*+")
_MARKED: Final = re.compile("<(?:strike|vertAlign)[ />]")  # 删除线、上下标：要记下是哪一段
# 先把每段的字体换成一个记号，再把各段的接缝换成一个记号：控制字符在文字里本来没有
_STYLED: Final = "\x01"
_SEAM: Final = "\x02"
_SEAMS: Final = tuple(
    f"</t></r><r>{font}<t{space}>"
    for font in (_STYLED, "")
    for space in (' xml:space="preserve"', "")
)
# 依次是：单一文字；富文本；注音的设置；不认得的写法连同其后的一切
_STRING: Final = re.compile(
    rf"<si>(?:{OPEN_TEXT}([^<{_STYLED}{_SEAM}]*+)</t>"
    rf"|<r>{_STYLED}?+{OPEN_TEXT}([^<{_STYLED}]*+)</t></r>|<t ?+/>)"
    rf"(<phoneticPr{_ATTRIBUTES}/>)?+</si>|([\s\S]++)"
)
# “&”放在最后还原，免得 &amp;lt; 还原两次
_ENTITIES: Final = {
    "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&#10;": "\n", "&amp;": "&"
}  # fmt: skip
_OTHER_ENTITY: Final = re.compile("&(?!lt;|gt;|quot;|apos;|#10;|amp;)")


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
    """一段的文字；里面只有认得的实体。

    Raises:
        Unusual: 有 XML 不许的或要另作处理的字符、别的实体。
    """
    if len(span.translate(None, _CONTROLS)) != len(span):
        raise Unusual
    try:
        text = span.decode()
    except UnicodeDecodeError as error:
        raise Unusual from error
    if any(mark in text for mark in _NOT_CHARACTERS):
        raise Unusual
    if "]]>" in text or _OTHER_ENTITY.search(text):
        raise Unusual
    return text


def without_entities(text: str) -> str:
    """还原实体；只有认得的才到这里。"""
    return _restored(text) if "&" in text else text


@lru_cache(maxsize=2048)  # 多半是公式，每份表都一样
def _restored(text: str) -> str:
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    return text


def readable(text: str) -> str:
    """还原实体和 _x000D_ 这样的转义。"""
    return unescaped(without_entities(text))


def fast_strings(block: bytes) -> tuple[bytes, list[str]]:
    """没有注音的共享文字表：只留每种字体、注音设置各一份，交给 expat 核对；和各条文字。

    Raises:
        Unusual: 有注音，或写法不同。
    """
    match = _SST.search(block)
    stop = block.find(_SST_END)
    if match is None or stop < match.end() or stop - match.end() > 2 * SPAN_BYTES:
        raise Unusual
    opening = head(block, match.end())
    text, fonts = _joined(span_text(block[match.end() : stop]))
    found = _STRING.findall(text)
    if found and found[-1][-1]:
        raise Unusual
    strings = [without_entities(single or rich.replace(_SEAM, "")) for single, rich, _, _ in found]
    samples = sorted(fonts) + sorted({phonetic for _, _, phonetic, _ in found})
    frame = "".join([f"<si>{sample}</si>" for sample in samples])
    return opening + frame.encode() + block[stop:], strings


def _joined(text: str) -> tuple[str, set[str]]:
    """富文本的各段连起来；另给出每种字体各一份。"""
    first, *pieces = text.split("<rPr>")
    fonts: set[str] = set()
    joined = [first]
    for piece in pieces:
        font, end, rest = piece.partition("</rPr>")
        if not end:
            raise Unusual
        fonts.add(font)
        joined += _STYLED, rest
    if not all(map(_FONT.fullmatch, fonts)) or any(map(_MARKED.search, fonts)):
        raise Unusual
    text = "".join(joined)
    if "</r><r>" in text:
        for seam in _SEAMS:
            text = text.replace(seam, _SEAM)
    return text, {f"<r><rPr>{font}</rPr></r>" for font in fonts}
