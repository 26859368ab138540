"""空白的评分表叫什么名字、预填什么。"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.cli.exits import Failure
from xltool.collection.roster import read_roster
from xltool.finding import Finding
from xltool.scheme.key import DEPARTMENT, CellKey
from xltool.values.file_names import plain_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from xltool.collection.owed import Obligation
    from xltool.collection.roster import Roster, RosterEntry
    from xltool.facts.typed import Typed
    from xltool.migrating.model import Migrated
    from xltool.migrating.starts import Starts
    from xltool.scheme.model import Scheme

# 文件名里只留文字和数字：斜杠、引号、书写方向符一类一律换掉
_UNFIT: Final = re.compile(r"[^\w（）().-]+")  # 方案的名字里还有版本的点
LONGEST: Final = 20  # 汉字，连同编码和扩展名不超过 80 多个字节
FORM_END: Final = "_自评表.xlsx"
_COVER, _FUNDS = "cover", "funds"


@dataclass(frozen=True, slots=True)
class Blank:
    """要生成的一份：方案、文件名、预填的内容。

    `start` 是照上年起的头，`until` 是批准缓报到哪一天，没有的空着。
    """

    scheme: Scheme
    file: str
    contents: Mapping[CellKey, Typed] = field(default_factory=dict)
    start: Migrated | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """按名单要生成的全部。

    `left_out` 是应报而表种不在所给的方案里、没有生成的各份，`zero`、`exempt` 是零报送、免报的单位，
    `notes` 是名单怎样读的提示；`started` 是照上年起了头的有几份，没有给上年的为空。
    """

    blanks: tuple[Blank, ...]
    left_out: tuple[str, ...]
    zero: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    notes: tuple[Finding, ...] = ()
    started: int | None = None


def blank_form(scheme: Scheme) -> Blank:
    """一份空白的评分表。"""
    name = f"{scheme.score_sheet.name}_{scheme.variant}_{scheme.version}"
    return Blank(scheme, f"{_UNFIT.sub('_', name)}.xlsx")


def prefilled_forms(schemes: Sequence[Scheme], roster: Path, starts: Starts | None = None) -> Batch:
    """名单上每个要报送的单位，应报的每一份各一份；没有写表种的用所给的唯一一个方案。

    `starts` 是上年填的，给了就照它起头。

    Raises:
        Failure: 名单不能用，有问题要先改，或分不清用哪一个方案。
    """
    read = read_roster(roster)
    if isinstance(read, Finding):
        raise Failure(read.message, read.remedy)
    faults = [(f"{one.where} {one.message}", one.remedy) for one in read.faults]
    faulty = {(one.sheet, one.at.row) for one in read.faults if one.at}
    if starts is not None:
        starts.on_roster(read.entries)
    blanks: list[Blank] = []
    left_out: list[str] = []
    for number, entry in enumerate(read.entries, 1):
        forms = []
        for one in () if entry.zero or entry.exempt else entry.owed:
            try:
                scheme = _wanted(schemes, read, entry, one)
            except Failure as failure:
                place = entry.place
                if place is None or (place.sheet, place.at.row) not in faulty:
                    faults.append((failure.message, failure.remedy))
                continue
            if scheme is not None:
                forms.append((one, scheme))
            else:
                left_out.append(f"{entry.name}（{one.label}）")
        names = _files(number, entry, forms)
        blanks += [
            _blank(scheme, name, entry, one.project, starts)
            for (one, scheme), name in zip(forms, names, strict=True)
        ]
    _refuse(faults)
    notes = tuple(one for one in read.findings if one not in read.faults)
    batch = Batch(
        tuple(blanks),
        tuple(left_out),
        zero=tuple(entry.name for entry in read.entries if entry.zero),
        exempt=tuple(entry.name for entry in read.entries if entry.exempt),
        notes=notes,
    )
    if starts is None:
        return batch
    started = sum(blank.start is not None for blank in blanks)
    return replace(batch, notes=(*notes, *starts.findings), started=started)


def _blank(
    scheme: Scheme, name: str, entry: RosterEntry, project: str, starts: Starts | None
) -> Blank:
    """一份；封面上以名单为准，名单没有的照上年的。"""
    cover = dict(_cover(scheme, entry, project))
    start = starts.of(scheme, entry, project) if starts else None
    if start is None:
        return Blank(scheme, name, cover, until=entry.until)
    started = replace(start, contents={**start.contents, **cover})
    return Blank(scheme, name, cover, started, entry.until)


def _refuse(faults: Sequence[tuple[str, str]]) -> None:
    """要先改的一次全说出来；一样的只说一次。"""
    listed = list(dict.fromkeys(faults))
    if len(listed) == 1:
        raise Failure(*listed[0])
    if listed:
        remedies = list(dict.fromkeys(remedy for _, remedy in listed))
        raise Failure(
            f"名单有 {len(listed)} 处要先改，一份也没有生成。",
            "".join(remedies),
            [message for message, _ in listed],
        )


def _wanted(
    schemes: Sequence[Scheme], roster: Roster, entry: RosterEntry, one: Obligation
) -> Scheme | None:
    """应报的一份用哪个方案；表种不在所给的方案里的为空。"""
    if one.form:
        chosen = [scheme for scheme in schemes if scheme.variant == one.form]
        if len(chosen) > 1:
            raise Failure(
                f"“{'、'.join(entry.variants)}”有几个方案，不知道用哪一个。",
                f"写明用哪一个方案：{_ids(chosen)}。",
            )
        return chosen[0] if chosen else None
    fitting = [scheme for scheme in schemes if scheme.of_project] if one.project else schemes
    if len(fitting) <= 1:
        return next(iter(fitting), None)
    variants = "、".join(dict.fromkeys(scheme.variant for scheme in fitting))
    if "variants" not in roster.headings:
        seen = "、".join(f"“{text}”" for text in roster.headings.values())
        raise Failure(
            f"名单里没有“表种”一栏（认得的表头有{seen}），不知道用哪一个方案。",
            f"在名单里加“表种”一栏，填 {variants} 之一，或写明用哪一个方案：{_ids(fitting)}。",
        )
    where = f"{entry.place.label} " if entry.place else ""
    raise Failure(
        f"{where}名单里“{entry.name}”没有写表种，不知道用哪一个方案。",
        f"在名单的“表种”栏填 {variants} 之一，或写明用哪一个方案：{_ids(fitting)}。",
    )


def _ids(schemes: Iterable[Scheme]) -> str:
    return "、".join(scheme.id for scheme in schemes)


def _files(
    number: int, entry: RosterEntry, forms: Sequence[tuple[Obligation, Scheme]]
) -> Iterator[str]:
    """名单里的序号在前：同名、怪名都不会重复，也不会与系统的保留名相同。

    应报几份的接上表种和项目；截短以后还相同的再接序号。
    """
    used: dict[str, int] = {}
    for one, scheme in forms:
        parts = [f"{number:03d}", entry.name]
        parts += [scheme.variant] * (len(forms) > 1) + [one.project] * bool(one.project)
        stem = "_".join(plain_part(part)[:LONGEST].strip("_") for part in parts)
        used[stem] = used.get(stem, 0) + 1
        again = f"_{used[stem]}" if used[stem] > 1 else ""
        yield f"{stem}{again}{FORM_END}"


def _cover(scheme: Scheme, entry: RosterEntry, project: str) -> Iterator[tuple[CellKey, Typed]]:
    yield DEPARTMENT, entry.name
    if project:  # 认项目的一项，各方案自己写明；有几项合成名称的，填不准，留给单位
        named = [key for key in scheme.subject if key != DEPARTMENT]
        yield from ((key, project) for key in named if len(named) == 1)
    if entry.code and scheme.has("cover.department_code"):
        yield CellKey(_COVER, "department_code"), entry.code
    for key, known in (("filler", entry.contact), ("phone", entry.phone)):
        if known and scheme.has(f"{_COVER}.{key}"):
            yield CellKey(_COVER, key), known
    if scheme.has("cover.year"):
        yield CellKey(_COVER, "year"), Decimal(scheme.year)
    answer = scheme.word("yes_no", "yes" if scheme.has(_FUNDS) else "no")
    if answer and scheme.has("cover.has_funds"):
        yield CellKey(_COVER, "has_funds"), answer
