"""写出以后有没有人存过：存过的不覆盖，里面多半有复核意见。

写的时候文件属性里的修改时间定死了；程序一存盘，就写成当时的时间。
"""

from __future__ import annotations

import re
import stat
import zipfile
from enum import Enum, auto
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.collection.inbox import OUTPUT_MARK, REVIEWED
from xltool.excel.contents_mark import mark_in, mark_of
from xltool.excel.stamp import WRITTEN_TEXT
from xltool.finding import Finding
from xltool.xlsx.disk import sha256_of
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from pathlib import Path

_PROPERTIES: Final = "docProps/core.xml"
_MOST: Final = 65536
_AS_WRITTEN: Final = (
    f'<dcterms:modified xsi:type="dcterms:W3CDTF">{WRITTEN_TEXT}</dcterms:modified>'
    "</cp:coreProperties>"
).encode()
_REVIEWED: Final = re.compile(rf"<cp:keywords>[^<]* {REVIEWED}[ <]".encode())
_SAVED_BY: Final = re.compile(rb"<cp:lastModifiedBy>([^<]*)<")
_SAVED_AT: Final = re.compile(rb"<dcterms:modified[^>]*>([^<]*)<")
_STYLES: Final = "xl/styles.xml"
_ADDED: Final = re.compile("comment|person|media|embed|vba|ink", re.IGNORECASE)
_FONT: Final = re.compile(r"<font>(.*?)</font>", re.DOTALL)
_FILL: Final = re.compile(r"<fill>(.*?)</fill>", re.DOTALL)
_FONT_USED: Final = re.compile(r'fontId="(\d+)"')
_FILL_USED: Final = re.compile(r'fillId="(\d+)"')
_FONT_TRAITS: Final = re.compile(r'<(b|i|u|strike)\b(?![^>]*val="(?:0|false|none)")')
_SHADE: Final = r'[^>]*?(?:rgb="..([0-9A-Fa-f]{6})"|((?:theme|indexed)="\d+"))'
_FONT_COLOR: Final = re.compile(rf"<color\b{_SHADE}")
_FILL_COLOR: Final = re.compile(rf"<fgColor\b{_SHADE}")
_BLACK: Final = frozenset({"", "000000", 'theme="1"', 'indexed="8"'})  # 黑字的几种写法
_UNREADABLE: Final = (
    OSError,
    LookupError,
    ValueError,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
)


class State(Enum):
    """一个目标现在是什么样。"""

    FREE = auto()  # 还没有，或写出以后没有人动过
    OPENED = auto()  # 正被别的程序打开
    KEPT = auto()  # 写出以后有人存过
    UNREAD = auto()  # 有人存过，现在读不了（或一再有人存）
    OTHER = auto()  # 不是我们写的


def book_state(path: Path) -> State:
    """一个汇总：没有人存过的可以换掉。"""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return State.OTHER  # 管道、设备不能打开来看：会一直等着
        properties = _properties(path)
    except FileNotFoundError:
        return State.FREE
    except PermissionError:
        return State.OPENED
    except _UNREADABLE:
        return State.OTHER
    if OUTPUT_MARK not in properties:
        return State.OTHER
    return (
        State.FREE if _as_written(properties) or _only_looked_at(path, properties) else State.KEPT
    )


def _only_looked_at(path: Path, properties: bytes) -> bool:
    """打开看了看、顺手存了的：格里的内容一处没变，没有加批注、图片，也没有涂别的样子。

    太大而读不完的、说不准的都当作改过。
    """
    mark = mark_in(properties)
    return bool(mark) and _as_marked(path, mark, sha256_of(path))


@lru_cache(maxsize=8)  # 写一次汇总要问三遍，存过的一份可能很大
def _as_marked(path: Path, mark: str, digest: str) -> bool:
    """里面与写出时的 `mark` 相同；`digest` 是问的时候文件的指纹，内容没有变的不再读。"""
    book = read_book(path)
    if isinstance(book, Finding) or book.sha256 != digest or mark_of(book) != mark:
        return False
    with zipfile.ZipFile(path) as archive:
        added = any(_ADDED.search(name) for name in archive.namelist())
        found = archive.read(_STYLES).decode("utf-8", "replace")
    from xltool.excel.probe import style_table  # noqa: PLC0415 - XlsxWriter is heavy

    table = style_table()
    return not added and _looks(found) <= _looks(table.xml(table.entries))


def _looks(styles: str) -> set[tuple[str, ...]]:
    """各格用到的字体和底色；字号、字体名不算。"""
    head, _, rest = styles.partition("<cellXfs")
    used = rest.partition("</cellXfs>")[0]
    fonts, fills = _FONT.findall(head), _FILL.findall(head)
    found: set[tuple[str, ...]] = set()
    for number in set(_FONT_USED.findall(used)):
        font = fonts[int(number)]
        found.add((*sorted(_FONT_TRAITS.findall(font)), _color(_FONT_COLOR.search(font))))
    for number in set(_FILL_USED.findall(used)):
        found.add(("底色", _color(_FILL_COLOR.search(fills[int(number)]))))
    return found


def _color(found: re.Match[str] | None) -> str:
    color = (found[1] or found[2]).upper() if found else ""
    return "" if color.lower() in _BLACK else color


def carries_reviews(path: Path) -> bool:
    """里面有没有由更早的一份带过来的复核意见；看不出的当作有。"""
    try:
        return _REVIEWED.search(_properties(path)) is not None
    except _UNREADABLE:
        return True


def form_untouched(path: Path) -> bool:
    """另存的一份评分表是不是没有人存过；看不出的当作存过。"""
    try:
        return _as_written(_properties(path))
    except _UNREADABLE:
        return False


class Saving(NamedTuple):
    """文件属性里说的：写出以后存过没有，谁、什么时候存的（没有记下的空着），写出时内容的指纹。"""

    saved: bool
    who: str
    when: str
    mark: str


def saving_of(path: Path) -> Saving:
    """一份汇总写出以后最近一次是谁、什么时候存的；只是文件自己说的。"""
    try:
        properties = _properties(path)
    except _UNREADABLE:
        return Saving(saved=False, who="", when="", mark="")
    mark = mark_in(properties)
    if _as_written(properties):
        return Saving(saved=False, who="", when="", mark=mark)
    who, when = (
        unescape(found[1].decode("utf-8", "replace")).strip() if found else ""
        for found in (_SAVED_BY.search(properties), _SAVED_AT.search(properties))
    )
    known = "" if when == WRITTEN_TEXT else when  # 有的程序存盘时照抄原来的时间
    return Saving(saved=True, who=who, when=known, mark=mark)


def _properties(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive, archive.open(_PROPERTIES) as part:
        return part.read(_MOST)


def _as_written(properties: bytes) -> bool:
    return properties.rstrip().endswith(_AS_WRITTEN)
