"""按表头找表：哪一行是表头，认得的各栏在第几列，缺了哪些、重了哪些、多了哪些。

登记表、名单、方案工作簿和移动过的填报表都用它；各表只说要哪些栏、每栏有哪些写法。
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from xltool.address import Area
    from xltool.xlsx.grid import Grid, GridCell

    Words = Mapping[str, tuple[int, str]]
    KnownAs = Callable[[str], tuple[int, str] | None]
    Rows = Mapping[int, Mapping[int, GridCell]]

_LONGEST: Final = 200  # 表头没有这么长，长文字不必比
_DEEPEST: Final = 3  # 一个表头最多占几行
_TAIL: Final = re.compile(r"(?<=.)\([^()]*\)$")  # 表头后面括号里的说明


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """要找的表头。

    `names` 是各栏认得的写法，越靠前的意思越准：一行里有几格都像同一栏的，取最靠前的写法，再取
    最左的。`required` 的栏都有的行优先；认得的栏不到 `least` 个的行不算表头。`topmost` 要最上面
    的一行（下面的是重复的表头），否则要认得最多的一行。
    """

    names: Mapping[str, Sequence[str]]
    required: tuple[str, ...] = ()
    least: int = 1
    topmost: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """找到的表头：第几行、各栏在第几列。

    `missing` 是没有的必要的栏；`repeated` 是重复的栏还在哪几列；`unknown` 是有别的内容的列。
    占几行的表头 `row` 是最下面的一行，`top` 是最上面的；`texts` 是各列合起来的文字，`ranks` 是各栏
    取了第几种写法。
    """

    row: int
    columns: Mapping[str, int]
    missing: tuple[str, ...]
    repeated: Mapping[str, tuple[int, ...]]
    unknown: tuple[int, ...]
    texts: Mapping[int, str] = field(default_factory=dict)
    ranks: Mapping[str, int] = field(default_factory=dict)
    top: int = 0


def rows_of(grid: Grid, last: int | None = None) -> dict[int, dict[int, GridCell]]:
    """工作表的各行、各格，依次序；给了 `last` 就只到那一行。"""
    rows: dict[int, dict[int, GridCell]] = {}
    for (row, column), cell in sorted(grid.cells.items()):
        if last is not None and row > last:
            break
        rows.setdefault(row, {})[column] = cell
    return rows


def find_header(rows: Rows, wanted: Wanted, *, loose: bool = False) -> Header | None:
    """最像表头的一行；都不像的为空。`loose` 时前面的星号、后面括号里的说明不算。"""
    found = headers(rows, wanted, loose=loose)
    if wanted.topmost:
        return next(found, None)
    return max(found, key=lambda one: (not one.missing, len(one.columns), -one.row), default=None)


def headers(rows: Rows, wanted: Wanted, *, loose: bool = False) -> Iterator[Header]:
    """够得上表头的各行，由上而下。"""
    words, known_as = _words(wanted), _known if loose else _exact
    for row in sorted(rows):
        texts = {column: cell.text for column, cell in rows[row].items()}
        header = _header(row, texts, partial(known_as, words), wanted)
        if len(header.columns) >= wanted.least:
            yield header


class Stack:
    """一张工作表从 `first` 到 `last` 行里开始的、占一行到几行的文字；要找几种表头的，合成一次。"""

    def __init__(self, grid: Grid, first: int, last: int) -> None:
        end = last + _DEEPEST
        self.rows = rows_of(grid, end)
        self.tops = sorted(row for row in self.rows if first <= row <= last)
        self._merges = [one for one in grid.merges if one.first.row < end and one.last.row >= first]
        self._levels: dict[int, _Level] = {}
        self._texts: dict[tuple[int, int], Mapping[int, Sequence[str]]] = {}

    def spans(self, top: int) -> Iterator[int]:
        """由 `top` 行开始的，到哪一行为止。"""
        for bottom in range(top, top + _DEEPEST):
            if bottom not in self.rows:
                return
            yield bottom

    def texts(self, top: int, bottom: int) -> Mapping[int, Sequence[str]]:
        """几行合成一行，各列可以是哪些文字。"""
        if (top, bottom) not in self._texts:
            for row in range(top, bottom + 1):
                if row not in self._levels:
                    self._levels[row] = _level(self.rows, self._merges, row)
            levels = [self._levels[row] for row in range(top, bottom + 1)]
            self._texts[top, bottom] = _stacked(levels)
        return self._texts[top, bottom]

    def goes_on(self, header: Header) -> bool:
        """认得的栏有上下合并到下面一行去的：表头还没有完，下面还有小标题。"""
        known, row = set(header.columns.values()), header.row
        areas = (one for one in self._merges if one.first.col in known)
        return any(one.first.row <= row < one.last.row for one in areas)

    @cached_property
    def _spelled(self) -> frozenset[str]:
        """各处文字的各种写法。"""
        spans = ((top, bottom) for top in self.tops for bottom in self.spans(top))
        every = {one for span in spans for texts in self.texts(*span).values() for one in texts}
        return frozenset(chain.from_iterable(map(_spellings, every)))

    def may_hold(self, wanted: Wanted) -> bool:
        """必要的栏处处都有；有一栏哪里也没有的，不会有这种表头。"""
        found = {key for word, (_, key) in _words(wanted).items() if word in self._spelled}
        return found.issuperset(wanted.required)


def header_in(stack: Stack, wanted: Wanted) -> Header | None:
    """最像的表头；可以占几行，合并的格按它盖住的各列算。

    必要的栏都有的优先，其次到上下合并的表头为止都看了的，其次认得的栏最多，其次最靠上，再其次各栏的写法最准。
    """
    known_as = cache(partial(_known, _words(wanted)))  # 同一格要看十几遍，折叠文字慢

    @cache
    def header_of(top: int, bottom: int) -> Header:  # 上一行起的少看一行，就是下一行起的
        texts = {
            column: _likeliest(texts, known_as)
            for column, texts in stack.texts(top, bottom).items()
        }
        return _header(bottom, texts, known_as, wanted)

    found = []
    for top in stack.tops:
        for bottom in stack.spans(top):
            header = header_of(top, bottom)
            # 少看最上面一行的一样的，那一行就不是表头
            below = header_of(top + 1, bottom) if bottom > top else None
            if len(header.columns) < wanted.least or (below and below.ranks == header.ranks):
                continue
            known = (header.texts[column] for column in header.columns.values())
            if header.unknown and all(text.rstrip().endswith((":", "：")) for text in known):
                continue  # “填报单位：”后面写着值，是表头上面的一行，不是表头
            place = (-bottom, -sum(header.ranks.values()))
            whole = not stack.goes_on(header)
            header = replace(header, top=top)
            found.append((not header.missing, whole, len(header.columns), place, header))
    return max(found, key=lambda one: one[:4])[4] if found else None


def narrowed(header: Header, wanted: Wanted, columns: range) -> Header:
    """表头只看几列：左右并排的几块各看各的。"""
    texts = {column: text for column, text in header.texts.items() if column in columns}
    found = _header(header.row, texts, partial(_known, _words(wanted)), wanted)
    return replace(found, top=header.top)


def nearest_headings(texts: Mapping[int, str], names: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """改写过的表头各在哪几列，意思最近的才算：只是星号、括注不同的，先于前后添了字的。

    一格只算作它含着的最长的一个名字；写得一字不差的不在内，由找的一方先认。
    """
    exact = set(map(fold, names))
    words = {_TAIL.sub("", fold(name)): (0, name) for name in names}
    found: dict[str, dict[bool, list[int]]] = {}
    for column, text in sorted(texts.items()):
        folded = fold(text) if len(text) <= _LONGEST else ""
        if not folded or folded in exact:
            continue
        known = _known(words, text)
        inside = max((one for one in words if one in folded), key=len, default="")
        if known or inside:
            _, name = known or words[inside]
            found.setdefault(name, {}).setdefault(known is None, []).append(column)
    return {name: tuple(ranked[min(ranked)]) for name, ranked in found.items()}


def _words(wanted: Wanted) -> Words:
    words: dict[str, tuple[int, str]] = {}
    for key, names in wanted.names.items():
        for rank, name in enumerate(names):
            words.setdefault(fold(name), (rank, key))
    return words


class _Level(NamedTuple):
    """一行的文字：`own` 是各列自己的，`spread` 连同借自左边合并格的。"""

    own: Mapping[int, str]
    spread: Mapping[int, str]


def _level(rows: Rows, merges: Iterable[Area], row: int) -> _Level:
    own = {column: cell.text for column, cell in rows[row].items()}
    spread = dict(own)
    for area in merges:
        anchor = rows.get(area.first.row, {}).get(area.first.col)
        if anchor is not None and area.first.row <= row <= area.last.row:
            own.setdefault(area.first.col, anchor.text)
            last = min(area.last.col, area.first.col + _LONGEST)
            for column in range(area.first.col, last + 1):
                spread.setdefault(column, anchor.text)
    return _Level(own, spread)


def _stacked(levels: Sequence[_Level]) -> dict[int, Sequence[str]]:
    """几行合成一行：各列由上而下的文字，从哪一行起合起来的，末一种是最下面一行的。"""
    parts: dict[int, list[str]] = {}  # 各列由上而下的文字，借自左边合并格的也在内
    own: dict[int, str] = {}  # 各列自己最下面的文字
    for texts, spread in levels:
        own |= texts
        for column, text in spread.items():
            listed = parts.setdefault(column, [])
            if text not in listed[-1:]:
                listed.append(text)
    return {
        column: (text,)
        if parts[column] == [text]
        else (*("".join(parts[column][start:]) for start in range(len(parts[column]))), text)
        for column, text in sorted(own.items())
    }


def _likeliest(texts: Sequence[str], known_as: KnownAs) -> str:
    """合起来认得的取写法最准的，都不认得的取全部合起来的。"""
    if len(texts) == 1:
        return texts[0]
    known = [(rank[0], one) for one in texts if (rank := known_as(one))]
    return min(known)[1] if known else texts[0]


def _exact(words: Words, text: str) -> tuple[int, str] | None:
    """一格是哪一栏的第几种写法。"""
    return words.get(fold(text)) if len(text) <= _LONGEST else None


def _known(words: Words, text: str) -> tuple[int, str] | None:
    """同上；前面的星号、后面括号里的说明不算。"""
    for one in _spellings(text):
        if one in words:
            return words[one]
    return None


def _spellings(text: str) -> tuple[str, ...]:
    """一格文字可以认作哪些写法，先后依次。"""
    if len(text) > _LONGEST:
        return ("",)
    folded = fold(text)
    return folded, _TAIL.sub("", folded).lstrip("*★▲")


def _header(row: int, texts: Mapping[int, str], known_as: KnownAs, wanted: Wanted) -> Header:
    found: dict[str, list[tuple[int, int]]] = {}
    unknown: list[int] = []
    for column, text in sorted(texts.items()):
        known = known_as(text)
        if known is not None:
            found.setdefault(known[1], []).append((known[0], column))
        else:
            unknown.append(column)
    columns = {key: min(matches)[1] for key, matches in found.items()}
    return Header(
        row,
        columns,
        tuple(key for key in wanted.required if key not in columns),
        {
            key: tuple(column for _, column in matches if column != columns[key])
            for key, matches in found.items()
            if len(matches) > 1
        },
        tuple(unknown),
        texts,
        {key: min(matches)[0] for key, matches in found.items()},
    )
