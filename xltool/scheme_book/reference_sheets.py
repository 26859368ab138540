"""只供查看的两张表：词表（固定的词各是什么意思）和来源（全部来源，按种类排列）。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import Area, At, quoted
from xltool.form.common import TITLE_HEIGHT, title_cells
from xltool.layout.wording import BACK_TEXT
from xltool.scheme.parameters import METHOD_LABELS
from xltool.scheme.reader import ORIGINS as PREFIXES
from xltool.scheme_book.drop_downs import LISTS
from xltool.scheme_book.locate import GUIDE, ORIGINS, WORDS
from xltool.scheme_book.table import HEADER, Kind
from xltool.scheme_book.tables import allocation
from xltool.scheme_book.words import GROUPS, INPUTS, METHODS
from xltool.scoring.catalogue import METHODS as CATALOGUE
from xltool.sheets.paper import plainly
from xltool.sheets.plan import Cell, Link, Name, Role, SheetPlan
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme
    from xltool.scheme_book.table_frame import Frames
    from xltool.sheets.plan import Content

_WORD_COLUMN: Final = 2


class _Word(NamedTuple):
    """词表的一行。"""

    group: str
    title: str
    word: str
    meaning: str


def word_sheet(scheme: Scheme, version: str) -> SheetPlan:
    """词表。"""
    listing = _Listing(
        name=WORDS,
        title="词表",
        note="下拉列表取自这里；计分办法的“取”和“参数”是“计分取数”“计分参数”里要写的。",
        heads=(("用在", 18.0), ("词", 24.0), ("意思", 110.0)),
        rows=tuple(one[1:] for one in _words(scheme)),
    )
    return listing.plan(version)


def word_names(scheme: Scheme) -> Iterator[Name]:
    """各组词的名称，供下拉列表引用。"""
    places: dict[str, list[int]] = {}
    for row, one in enumerate(_words(scheme), HEADER + 1):
        places.setdefault(one.group, []).append(row)
    for name, rows in places.items():
        area = Area(At(rows[0], _WORD_COLUMN), At(rows[-1], _WORD_COLUMN))
        yield Name(name, f"{quoted(WORDS)}!{area.absolute}")


def _words(scheme: Scheme) -> Iterator[_Word]:
    for group in GROUPS:
        for key, word in group.words.items():
            more = _needs(key) if group.words is METHODS else ""
            yield _Word(group.name, group.title, word.word, f"{word.meaning}{more}")
    for options in scheme.options.values():
        yield _Word(LISTS, "选项表", options.key, options.title)


def _needs(name: str) -> str:
    """一种计分办法要写的取数和参数。"""
    method = CATALOGUE[name]
    inputs = "、".join(INPUTS[need].word for need in method.needs)
    wants = "、".join(_label(want) for want in method.wants)
    may = "、".join(_label(want) for want in method.optional)
    parts = [f"取：{inputs or '没有'}", f"参数：{wants or '没有'}"]
    return "。" + "；".join([*parts, f"可以另写：{may}"] if may else parts)


def _label(name: str) -> str:
    return METHOD_LABELS[name][0].format(n="…")


def origin_sheet(frames: Frames, version: str) -> SheetPlan:
    """来源：文号、报告、重建、假设，各在哪里。"""
    rows = sorted(_origins(frames), key=lambda row: PREFIXES.index(f"{row[0]}："))
    counts = "，".join(
        f"{prefix[:-1]} {sum(row[0] == prefix[:-1] for row in rows)} 处" for prefix in PREFIXES
    )
    listing = _Listing(
        name=ORIGINS,
        title="全部来源",
        note=f"{counts}。导出时的，改了以后再导出即更新；点“出自”到那一格。",
        heads=(("种类", 8.0), ("出自", 18.0), ("哪一项", 40.0), ("来源", 100.0)),
        rows=tuple(rows),
    )
    return listing.plan(version)


def _origins(frames: Frames) -> Iterator[tuple[Content, ...]]:
    """各个来源；同一种分法的几行来源相同，只列一次。"""
    seen: set[tuple[str, str, str]] = set()
    for frame in frames.frames.values():
        for number, row in enumerate(frame.rows, frame.first):
            name = frame.table.name_of(row)
            if frame.table.key == allocation.TABLE.key:  # 分法只叫选项
                name = str(row[allocation.WORD])
            for listed in frame.table.columns:
                column = frame.table.column_of(listed.key, row)
                value = row.get(listed.key)
                key = (frame.table.key, name, str(value))
                if column.kind is not Kind.ORIGIN or not isinstance(value, str) or key in seen:
                    continue
                seen.add(key)
                kind, _, text = value.partition("：")
                at = At(number, frame.table.position(listed.key))
                link = Link(frame.table.name, frame.table.name, at)
                yield kind, link, f"{name}{_SUFFIXES.get(listed.key, '')}", text


_SUFFIXES: Final = {"method_origin": "：计分办法"}


class _Listing(NamedTuple):
    """一张只供查看的表：各栏的表头和宽度，各行。"""

    name: str
    title: str
    note: str
    heads: tuple[tuple[str, float], ...]
    rows: tuple[tuple[Content, ...], ...]

    def plan(self, version: str) -> SheetPlan:
        """成为一张工作表。"""
        last = At(HEADER + len(self.rows), len(self.heads))
        widths = tuple(width for _, width in self.heads)
        heights = {2: TITLE_HEIGHT, HEADER: 22.0}
        for number, row in enumerate(self.rows, HEADER + 1):
            pairs = zip(row, self.heads, strict=True)
            texts = [(text, width) for text, (_, width) in pairs if isinstance(text, str)]
            heights[number] = row_height(texts, 20.0)
        return SheetPlan(
            name=self.name,
            cells=tuple(self._cells()),
            widths=widths,
            heights=heights,
            freeze=At(HEADER + 1, 1),
            printing=plainly(widths, Area(At(2, 1), last), HEADER, 1, version),
            protected=True,
        )

    def _cells(self) -> Iterator[Cell]:
        yield Cell(At(1, 1), Link(BACK_TEXT, GUIDE, At(1, 1)), Role.LINK)
        yield from title_cells(2, self.title, len(self.heads))
        yield Cell(At(3, 1), self.note, Role.INFO)
        for column, (text, _) in enumerate(self.heads, 1):
            yield Cell(At(HEADER, column), text, Role.HEADER)
        for number, row in enumerate(self.rows, HEADER + 1):
            for column, content in enumerate(row, 1):
                role = Role.LINK if isinstance(content, Link) else Role.FIXED
                yield Cell(At(number, column), content, role)
