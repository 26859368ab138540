"""一张表的链接：格子写完之后才知道有哪些，所以自己写这一段。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import compress, decompress

from xltool.address import At, quoted
from xltool.excel.errors import LinkTargetError
from xltool.excel.expected import Tally
from xltool.excel.text import attribute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.excel.expected import Sum
    from xltool.sheets.plan import Link

SHEET_LIMIT = 65_530
"""Excel 一张表最多的链接数；超出的只写文字。"""

_RELATION = (
    '<Relationship Id="{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/hyperlink" Target="{target}" TargetMode="External"/>'
)
_FIRST_CELL = At(1, 1)
_BATCH = 1_000
_FAST = 1


# Excel 自己只转义这几样和控制字符（冒号会被当作网址的开头）；汉字照原样写：
# 转义成 UTF-8 字节的，它会按系统的编码（GBK）去认
_ESCAPED = re.compile('[\x00-\x20\x7f%:"#<>?\\[\\]^`{}]')


@lru_cache(maxsize=4096)  # 一个文件要被链接上百次
def link_target(file: str) -> str:
    """链接文件的写法，与 Excel 写的一样。

    Raises:
        LinkTargetError: 不是相对路径；绝对路径和网络路径一律不写。
    """
    if file.startswith("/") or "\\" in file:
        raise LinkTargetError(file)
    return _ESCAPED.sub(lambda found: f"%{ord(found[0]):02X}", file)


def placed(target: str, generation: str) -> str:
    """链接的文件实际放在它的文件夹里的哪一个子文件夹；空着就在文件夹里。

    文件和汇总同时写，写完才知道子文件夹叫什么，所以计划里的链接不带它。
    """
    folder, mark, name = target.partition("/")
    return f"{folder}/{generation}/{name}" if generation and mark else target


def unplaced(target: str, generation: str) -> str:
    """计划里的写法；与 placed 相反。"""
    return target.replace(f"/{generation}/", "/", 1) if generation else target


@lru_cache(maxsize=4096)  # 各单位的评分表一样，同一格要被链接几百次
def location(sheet: str, at: At | None) -> tuple[str, str]:
    """链接在工作簿里的位置，如 '评分表'!D4，和它在 XML 里的写法。"""
    if not sheet:
        return "", ""
    place = f"{quoted(sheet)}!{(at or _FIRST_CELL).a1}"
    return place, f' location="{attribute(place)}"'


class Links:
    """一张表里已写下的链接。"""

    def __init__(self, sheets: frozenset[str]) -> None:
        self._sheets = sheets
        self._count = 0
        self._elements: list[str] = []  # 最近的一批
        self._packed: list[bytes] = []  # 先前的各批：要等各行都写完才写，照原样放着要占十几兆
        self._relations: dict[str, str] = {}
        self._tally = Tally()

    def add(self, ref: str, link: Link) -> None:
        """记下一格的链接。

        Raises:
            LinkTargetError: 指向没有的表，或不是相对路径的文件。
        """
        if not link.file and link.sheet not in self._sheets:
            raise LinkTargetError(link.sheet)
        if self._count >= SHEET_LIMIT:
            return
        self._count += 1
        place, inside = location(link.sheet, link.at)
        outside = ""
        if link.file:
            number = len(self._relations) + 1
            relation = self._relations.setdefault(link_target(link.file), f"rIdFile{number}")
            outside = f' r:id="{relation}"'
        self._elements.append(f'<hyperlink ref="{ref}"{outside}{inside}/>')
        if len(self._elements) >= _BATCH:
            self._packed.append(compress("".join(self._elements).encode(), _FAST))
            self._elements.clear()
        self._tally.add(f"{ref}\t{place}\t{link.file}")

    def __bool__(self) -> bool:
        """有没有链接。"""
        return bool(self._count)

    def xml(self) -> Iterator[str]:
        """<hyperlinks> 一段，一批一批给出；没有链接时为空。"""
        if self._count:
            yield "<hyperlinks>"
            for batch in self._packed:
                yield decompress(batch).decode()
            yield from self._elements
            yield "</hyperlinks>"

    def relations(self, generation: str = "") -> str:
        """指向文件的关系；`generation` 见 placed。"""
        return "".join(
            _RELATION.format(id=name, target=attribute(placed(target, generation)))
            for target, name in self._relations.items()
        )

    @property
    def sum(self) -> Sum:
        """应有的链接。"""
        return self._tally.sum
