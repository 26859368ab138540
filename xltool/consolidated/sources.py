"""把清点的结果按方案分开，备好各方案要写的东西：表名、文件名、版面。"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import replace
from sys import intern
from typing import TYPE_CHECKING, TypeVar, cast

from xltool import __version__
from xltool.address import SHEET_NAME_LIMIT
from xltool.collection.report_slices import HEAD, Head
from xltool.collection.reviewed import reviewed_units
from xltool.collection.sheet_labels import NOT_IN_NAMES, labels_of, sheet_name
from xltool.collection.statuses import Due
from xltool.collection.verdicts import Reviews
from xltool.consolidated.source import MOST_IN_BOOK, Scored, Source
from xltool.flags.rule import Outcome
from xltool.layout.layout import OPTIONS, PARAMETERS, form_layout
from xltool.layout.unit import unit_layout
from xltool.scoring.catalogue import offered_schemes, ready_scheme, ready_schemes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xltool.collection.model import Collection, Unit
    from xltool.layout.layout import Layout
    from xltool.scheme.model import Scheme

    Numbered = tuple[int, Unit]

S = TypeVar("S")
_FILE_LENGTH = 30


def make_sources(
    collection: Collection, folder: str, reviews: Reviews | None = None
) -> tuple[Source, ...]:
    """各方案的来源，评部门的在前；单位太多时各单位的评分表放到 `folder` 里。

    `reviews` 是由上一份汇总带过来的复核。一份采用的报送也没有时，是一个空的来源。
    """
    numbered = tuple(enumerate(collection.units, 1))
    adopted = [(number, unit) for number, unit in numbered if unit.adopted]
    place = folder if len(adopted) > MOST_IN_BOOK else ""
    schemes = _used(collection.units)
    homes = {number: _home(unit, schemes).id for number, unit in numbered}
    sources = []
    reviews = reviews or Reviews()
    reviewed = reviewed_units(collection.units, reviews)
    for scheme, label in zip(schemes, labels_of(schemes), strict=True):
        units = tuple(pair for pair in numbered if homes[pair[0]] == scheme.id)
        source = _source(scheme, collection, units, place, label)
        sources.append(replace(source, reviews=reviews, reviewed=reviewed))
    return tuple(sources)


def empty_source(scheme: Scheme, collection: Collection) -> Source:
    """一个方案的空的来源：只看它有哪些表。"""
    return _source(scheme, collection, (), "", "")


def _used(units: Iterable[Unit]) -> list[Scheme]:
    """采用的报送用到的各个方案；一份也没有采用时取名单上写的表种的，都没有写的取第一个。"""
    listed, every = tuple(units), ready_schemes()
    adopted = {unit.scheme for unit in listed if unit.adopted}
    owed = {form for unit in listed for form in unit.variants}
    used = [one for one in every if one.id in adopted]
    offered = offered_schemes()
    used = used or [one for one in offered if one.variant in owed] or list(offered[:1])
    return sorted(used, key=lambda scheme: (scheme.of_project, scheme.id))


def _home(unit: Unit, schemes: list[Scheme]) -> Scheme:
    """一个单位列在哪个方案的汇总表。

    没有采用的报送的，列在名单上写的表种的，没有写的列在同样评部门（或项目）的第一个。
    """
    if unit.adopted:
        return next(scheme for scheme in schemes if scheme.id == unit.scheme)
    like = [one for one in schemes if one.of_project == bool(unit.project)]
    owed = [one for one in (like if unit.project else schemes) if one.variant in unit.variants]
    return next(iter((*owed, *like, *schemes)))


def owed_elsewhere(source: Source) -> tuple[Unit, ...]:
    """应报这一种表而交了别的表的：列在别的汇总里；同一种表先后几版的，算在它没有报来时列的那一版。"""
    units = source.collection.units
    schemes = _used(units)
    astray = (unit for unit in units if unit.due is Due.OTHER_FORM and unit.variants)
    return tuple(
        unit for unit in astray if _home(replace(unit, packed=None), schemes).id == source.scheme.id
    )


def _source(
    scheme: Scheme, collection: Collection, units: tuple[Numbered, ...], folder: str, label: str
) -> Source:
    scored: list[Scored] = []
    layouts: dict[int, Layout] = {}
    known: dict[object, object] = {}
    parameters, options = (sheet_name(name, label) for name in (PARAMETERS, OPTIONS))
    for number, unit in units:
        if not unit.adopted:
            continue
        head = unit.slice(HEAD)
        if not isinstance(head, Head):
            raise TypeError(HEAD)
        records = {sheet.key: head.records.get(sheet.key, ()) for sheet in scheme.sheets}
        rows = _shared(records, known)
        sheet = "" if folder else _sheet_name(number, unit)
        file = f"{folder}/{file_name(number, unit)}" if folder else ""
        codes = Counter({intern(code): number for code, number in head.codes.items()})
        codes += Counter(note.finding.code for note in unit.batch)
        noted = unit.notes() if unit.waivers else ()
        waived = Counter(note.finding.code for note in noted if note.waiver)
        outcomes = {**head.outcomes, **unit.batch_outcomes}
        hits = tuple(intern(code) for code, one in outcomes.items() if one is Outcome.HIT)
        missing = {**head.unjudged, **unit.batch_missing}
        unjudged = _shared(
            {code: missing.get(code, ()) for code, o in outcomes.items() if o is Outcome.UNJUDGED},
            known,
        )
        scored.append(Scored(number, unit, sheet, file, rows, codes, waived, hits, unjudged))
        layouts[number] = (
            form_layout(scheme, rows)
            if folder
            else unit_layout(scheme, sheet, rows, parameters, options)
        )
    _, methods = ready_scheme(scheme.id)
    return Source(scheme, methods, collection, units, tuple(scored), layouts, __version__, label)


def _shared(parts: Mapping[str, S], known: dict[object, object]) -> dict[str, S]:
    """几千份里大多一样的，只留一份：各自由包里打开的，字字都是新的。"""
    return {intern(name): cast("S", known.setdefault(part, part)) for name, part in parts.items()}


def _sheet_name(number: int, unit: Unit) -> str:
    """工作表名：序号加单位（和项目）名称；Excel 限长按 UTF-16 计，基本平面以外的字算两个。"""
    name = f"{number:02d}_{_safe(unit)}"[:SHEET_NAME_LIMIT]
    while len(name.encode("utf-16-le")) > 2 * SHEET_NAME_LIMIT:
        name = name[:-1]
    return name.rstrip()


def file_name(number: int, unit: Unit) -> str:
    """另存的文件名：名单上的单位用名单的名称，名单外的只用序号。"""
    name = f"_{_safe(unit)[:_FILE_LENGTH]}" if unit.listed else ""
    return f"{number:04d}{name}.xlsx"


def _safe(unit: Unit) -> str:
    """能作表名、文件名的单位名称，评项目的接上项目名称：一个部门常有几个项目。

    表名会写进公式，所以报送里填的（名单外的单位、各个项目）只留汉字；名单上的只去掉不许用的字。
    """
    name = unit.department.translate(NOT_IN_NAMES)
    kept = "".join(c for c in name if unicodedata.category(c)[0] not in "CZ")
    department = (kept if unit.listed else _chinese(kept)) or "名单外"
    project = _chinese(unit.project)
    return f"{department}_{project}" if project else department


def _chinese(text: str) -> str:
    return "".join(c for c in text if "\u4e00" <= c <= "\u9fff")
