"""workbook.xml：有哪些工作表、日期系统、名称。"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from xltool.messages import files
from xltool.xlsx.grid import SheetEntry
from xltool.xlsx.parse_cache import MOST, ParseCache
from xltool.xlsx.path_walker import PathWalker, container
from xltool.xlsx.refusal import Refused, shown
from xltool.xlsx.xml_names import RELATION_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xltool.xlsx.xml_walker import Budget

TRUE: Final = frozenset({"1", "true", "on"})
_MOST_NAMES: Final = 50_000  # WPS 常积下几万个无用名称：照读不误，多了不再记


@dataclass(slots=True)
class Workbook:
    """workbook.xml 里要用的内容；读的时候逐项填入。"""

    sheets: list[SheetEntry] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    date_1904: bool = False
    external_links: bool = False


class _Reader:
    """把各元素的内容填入 Workbook。"""

    __slots__ = ("_key", "_outline", "book")

    def __init__(self, part: str, budget: Budget) -> None:
        self.book = Workbook()
        self._key = ""
        top = ":workbook"
        opened = {
            top: container,
            f"{top}:workbookPr": self._properties,
            f"{top}:sheets": container,
            f"{top}:sheets:sheet": self._sheet,
            f"{top}:externalReferences": self._external,
            f"{top}:definedNames": container,
            f"{top}:definedNames:definedName": self._name,
        }
        closed = {f"{top}:definedNames:definedName": self._named}
        self._outline = PathWalker(part, budget, opened, closed)

    def read(self, blocks: Iterable[bytes]) -> Workbook:
        self._outline.read(blocks)
        if not self.book.sheets:
            raise Refused(files.NO_SHEETS.finding())
        limits = self._outline.budget.limits
        if len(self.book.sheets) > limits.sheets:
            raise Refused(limits.over("sheets", len(self.book.sheets)))
        seen: set[str] = set()
        for sheet in self.book.sheets:
            if sheet.name.casefold() in seen:
                raise Refused(files.DUPLICATE_SHEET.finding(name=shown(sheet.name, 31)))
            seen.add(sheet.name.casefold())
        return self.book

    def _properties(self, attributes: Mapping[str, str]) -> None:
        self.book.date_1904 = attributes.get("date1904", "0") in TRUE

    def _sheet(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get("name", "")
        if not name:
            self._outline.broken("有一张工作表没有名字")
        hidden = attributes.get("state", "visible") != "visible"
        self.book.sheets.append(SheetEntry(name, attributes.get(RELATION_ID, ""), hidden))

    def _external(self, attributes: Mapping[str, str]) -> None:
        del attributes
        self.book.external_links = True

    def _name(self, attributes: Mapping[str, str]) -> None:
        scope = attributes.get("localSheetId", "")
        name = attributes.get("name", "")
        self._key = f"{scope}!{name}" if scope else name

    def _named(self, text: str) -> None:
        if len(self.book.names) < _MOST_NAMES:
            self.book.names.setdefault(self._key, text)


_books: ParseCache[Workbook] = ParseCache(MOST)


def read_workbook(part: str, blocks: Iterable[bytes], budget: Budget) -> Workbook:
    """读 workbook.xml。只属于一张表的名称，键前带该表在目录里的序号（从 0 起）和叹号。

    Raises:
        Refused: 没有工作表、太多，或有重名的。
    """
    seen = (*blocks, part.encode()) if isinstance(blocks, tuple) else blocks
    return _books.recall(seen, budget, lambda: _Reader(part, budget).read(blocks))
