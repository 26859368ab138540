"""这是哪个方案、哪个版本的表：先看隐藏的标识表，再看表名和印好的字。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xltool.facts.lineage import RETURNED, lineage_in
from xltool.form.issue import ISSUED
from xltool.intake.earlier_prints import earlier_prints
from xltool.intake.index import tags
from xltool.intake.sheets import same_name
from xltool.layout.columns import SELF_CHECK
from xltool.layout.layout import (
    FORMAT,
    IDENTITY,
    IDENTITY_KEYS,
    OPTIONS,
    PARAMETERS,
    STARTED,
)
from xltool.messages import form as say
from xltool.scheme.shapes import BOOK_SHEETS
from xltool.scheme.sources import earlier_id
from xltool.values import fold, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from xltool.facts.lineage import Lineage
    from xltool.finding import Finding
    from xltool.scheme.model import Scheme
    from xltool.xlsx.grid import Book, Grid


_TITLE_ROWS: Final = 6
_NUMBERED: Final = (ISSUED, RETURNED)
_NAMED: Final = (*IDENTITY_KEYS, STARTED)
_BOOK: Final = 3  # 有这么多张汇总自己的表，就是汇总


@dataclass(frozen=True, slots=True)
class Identified:
    """认出的方案；`marks` 是下发时记下的指纹，没有标识表、或自己的方案早先没有记的空着。"""

    scheme: Scheme
    marks: Mapping[str, frozenset[str]]
    findings: tuple[Finding, ...] = ()


def read_identity(grid: Grid) -> dict[str, str]:
    """标识表里的键和值。"""
    found: dict[str, str] = {}
    for (row, column), cell in grid.cells.items():
        if column == 1 and (cell.text in _NAMED or cell.text.startswith(_NUMBERED)):
            value = grid.cells.get((row, 2))
            found[cell.text] = value.text.strip() if value else ""
    return found


def identify_scheme(book: Book, schemes: Sequence[Scheme]) -> Identified | Finding:
    """认出方案；认不出的给出退回的理由。"""
    record = _record(book)
    if record is None:
        if _of_book(grid.name for grid in book.grids):
            return say.IS_COLLECTED.finding()
        alike = _alike(book, schemes)
        if len(alike) != 1:
            return say.NOT_OURS.finding()
        lost = say.IDENTITY_LOST.finding(name=IDENTITY, scheme=alike[0].title)
        marks = {} if _judges_itself(book) else earlier_prints(alike[0].id, alike[0].version)
        return Identified(alike[0], marks, (lost,))
    scheme = _issued_by(record, schemes)
    if scheme is None:
        known = "、".join(scheme.id for scheme in schemes)
        return say.UNKNOWN_SCHEME.finding(found=quote(record.get("scheme", "")), expected=known)
    found = (record.get("version", ""), record.get("year", ""))
    if found != (scheme.version, str(scheme.year)):
        return say.OTHER_VERSION.finding(
            found=f"{scheme.id} {quote(found[0])}（{quote(found[1])}年度）",
            expected=f"{scheme.version}（{scheme.year}年度）",
        )
    return Identified(scheme, _marks(record, found[0]))


def _judges_itself(book: Book) -> bool:
    """表上有没有自查一栏；0.1.0 版的没有。"""
    heading = fold(SELF_CHECK.heading)
    return any(fold(cell.text) == heading for grid in book.grids for cell in grid.cells.values())


def _marks(record: Mapping[str, str], version: str) -> Mapping[str, frozenset[str]]:
    """下发时记下的各栏的指纹；0.1.0 版的表没有记，照那一版印的。"""
    marks = {
        key.removeprefix(ISSUED): frozenset(value.split())
        for key, value in record.items()
        if key.startswith(ISSUED)
    }
    return marks or earlier_prints(record.get("scheme", ""), version)


@dataclass(frozen=True, slots=True)
class OldForm:
    """要移到新表去的一份：照哪个方案认，表上记着哪一年度、哪一版。

    `own` 是下发时的那一版方案还在；不在的照现行的或最像的认，各格要再核对。
    """

    scheme: Scheme
    year: str
    version: str
    own: bool
    marks: Mapping[str, frozenset[str]]


def identify_old(book: Book, schemes: Sequence[Scheme]) -> OldForm | Finding:
    """认出一份旧表，往年的、早先一版的都认；认不出、分不清的给出理由。"""
    found = identify_scheme(book, schemes)
    if isinstance(found, Identified):
        scheme = found.scheme
        if found.findings:  # 没有标识表的，不知道是哪一年度、哪一版
            return OldForm(scheme, "", "", own=False, marks={})
        return OldForm(scheme, str(scheme.year), scheme.version, own=True, marks=found.marks)
    record = _record(book) or {}
    known = _issued_by(record, schemes)
    alike = [known] if known else _alike(book, schemes)
    if len(alike) > 1:  # 表名、标题都像的，看表上记着的表种
        alike = [one for one in alike if one.variant == record.get("variant")]
    if len(alike) != 1:
        return found
    year, version = record.get("year", ""), record.get("version", "")
    return OldForm(alike[0], year, version, own=False, marks=_marks(record, version))


def _issued_by(record: Mapping[str, str], schemes: Sequence[Scheme]) -> Scheme | None:
    """照哪个方案下发的：早先的版本另有一份方案的，照那一份读。"""
    named = {scheme.id: scheme for scheme in schemes}
    own = record.get("scheme", "")
    earlier = named.get(earlier_id(own, record.get("version", "")))
    if earlier is not None and earlier.version == record.get("version"):
        return earlier
    return named.get(own)


def identify_earlier(book: Book, schemes: Sequence[Scheme]) -> Scheme | None:
    """往年的表：标识和版本不同不要紧，大半表名对得上就认；几个都像的取最像的，再取前面的。"""
    return next(iter(_alike(book, schemes)), None)


def identity_grids(book: Book) -> Iterator[Grid]:
    """标识表，改了名也认；名字对的在前。"""
    for grid in sorted(book.grids, key=lambda grid: grid.name != IDENTITY):
        first = grid.cells.get((1, 1))
        if grid.name == IDENTITY or (first is not None and first.text == IDENTITY_KEYS[0]):
            yield grid


def lineage_of(book: Book) -> Lineage:
    """退回件的由来；标识表抄成了几张的，取代数最多的。"""
    found = (lineage_in(read_identity(grid)) for grid in identity_grids(book))
    return max(found, key=len, default=())


def started_in(book: Book) -> str:
    """下发时起了头的内容的指纹；没有起头的为空。"""
    return (_record(book) or {}).get(STARTED, "")


def _record(book: Book) -> dict[str, str] | None:
    """标识表的内容。"""
    records = map(read_identity, identity_grids(book))
    return next((record for record in records if record.get("format") == FORMAT), None)


def _most(scheme: Scheme, known: Callable[[str], bool]) -> bool:
    """方案的大半表名都有。"""
    return 2 * sum(known(sheet.tab) for sheet in scheme.sheets) > len(scheme.sheets)


def _top(grid: Grid) -> set[str]:
    """上面几行的字。"""
    return {fold(cell.text) for (row, _), cell in grid.cells.items() if row <= _TITLE_ROWS}


def _titled(scheme: Scheme, tops: Sequence[set[str]]) -> bool:
    """大半的表各有一个工作表印着它的标题；列着各表标题的汇总、方案工作簿不是。"""
    titles = {fold(sheet.title) for sheet in scheme.sheets}
    found = {title for top in tops if len(own := titles & top) == 1 for title in own}
    return 2 * len(found) > len(scheme.sheets)


def _of_book(names: Iterable[str]) -> bool:
    """是不是汇总：各单位填的接在一起的表，可以与填报的表同名，后面可以接着表种。"""
    heads = {name.partition("_")[0] for name in names}
    return len(heads & BOOK_SHEETS - {PARAMETERS, OPTIONS}) >= _BOOK


def _alike(book: Book, schemes: Sequence[Scheme]) -> list[Scheme]:
    """大半的表有名字或标识对得上的方案；有几个的，只留印好的标题（带年度）和指标对得最多的。"""
    names = {grid.name for grid in book.grids}
    if _of_book(names):
        return []
    matched = [scheme for scheme in schemes if _most(scheme, names.__contains__)]
    if not matched:  # 副本名、改了名的：封面 (2)
        tagged = {tag for grid in book.grids for tag, _ in tags(grid)}
        matched = [
            scheme
            for scheme in schemes
            if _most(scheme, lambda name: any(same_name(found, name) for found in names))
            or 2 * sum(sheet.key in tagged for sheet in scheme.sheets) > len(scheme.sheets)
        ]
    if not matched:  # 名字和标识都没有了，还各自印着标题（带年度）
        tops = [_top(grid) for grid in book.grids]
        matched = [scheme for scheme in schemes if _titled(scheme, tops)]
    if len(matched) < 2:  # noqa: PLR2004 - one is no choice
        return matched
    texts = {fold(cell.text) for grid in book.grids for cell in grid.cells.values()}
    printed = [
        sum(fold(sheet.title) in texts for sheet in scheme.sheets)
        + sum(fold(indicator.title) in texts for indicator in scheme.indicators)
        for scheme in matched
    ]
    best = max(printed)
    return [scheme for scheme, count in zip(matched, printed, strict=True) if count == best]
