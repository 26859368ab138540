"""各单位的情况：名单上的依名单的次序，其他的依名称；有总分的在同一种表里排名。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xltool.collection.decision import days_late
from xltool.collection.departments import form_of_member, row_key, unit_key
from xltool.collection.model import Unit
from xltool.collection.owed import rivals
from xltool.collection.statuses import Due, UnitStatus
from xltool.scheme.family import family_of
from xltool.scoring.catalogue import ready_scheme
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from xltool.collection.dates import Calendar
    from xltool.collection.decision import Decision
    from xltool.collection.departments import Department
    from xltool.collection.owed import Obligation
    from xltool.collection.roster import Roster, RosterEntry

Decided = tuple["Department", "Decision"]


def make_units(
    decided: Iterable[Decided],
    roster: Roster | None,
    returned: Mapping[str, Sequence[str]],
    calendar: Calendar,
) -> tuple[Unit, ...]:
    """全部单位；`returned` 是名单上各单位被退回的文件，`calendar` 看填报日期晚了没有。

    名单上的单位，应报的每一份占一行，多报的项目跟在后面；没有写表种的单位，交来的全是项目的表时，
    有项目的不另占一行。
    """
    found = tuple(decided)
    mine: dict[str, list[Decided]] = {}
    for pair in sorted(found, key=lambda pair: pair[0].project):
        if pair[0].entry is not None:
            mine.setdefault(unit_key(pair[0].entry), []).append(pair)
    all_projects = bool(found) and all(department.project for department, _ in found)
    listed: list[Unit] = []
    for entry in roster.entries if roster else ():
        key = unit_key(entry)
        rows = Rows(entry, mine.get(key, []), any_project=all_projects)
        listed += rows.units(returned.get(key, ()))
    others = [
        _found(pair, listed=False, known=roster is not None)
        for pair in found
        if pair[0].entry is None
    ]
    made = (*listed, *sorted(others, key=lambda unit: (unit.name, unit.key)))
    late = {pair[0].key: days_late(*pair, calendar) for pair in found}
    return _ranked([replace(unit, late=late.get(unit.key, 0)) for unit in made])


@dataclass(frozen=True, slots=True)
class Rows:
    """名单上的一个单位占的各行；`any_project` 说明没有写表种的，项目的表也算报了。"""

    entry: RosterEntry
    pairs: list[Decided]
    any_project: bool

    def units(self, returned: Sequence[str]) -> list[Unit]:
        """应报的每一份一行，零报送、免报而报来了的也是，多报的在后。"""
        none = self.entry.zero or self.entry.exempt
        owed = () if none else self.entry.owed
        taken = self._taken(self.entry.known)
        lacking = [one for one in self.entry.known if one not in taken]
        rest = [one for one in lacking if one in owed or (none and not self.pairs)]
        files = self._returned(lacking, rest, returned)
        made: dict[str, Unit] = {}
        for one in self.entry.known:
            if one not in owed and one not in taken and one not in files:
                continue
            pair = taken.get(one)
            unit = _found(pair, listed=True) if pair else self._absent(one, files, made)
            met = replace(one, file=unit.file)
            forms = (one.form,) if one.form else unit.variants
            due = Due.OWED if _right_form(one, pair) else Due.OTHER_FORM
            made[unit.key] = replace(unit, owed=(met,), variants=forms, due=due)
        more = [self._extra(pair) for pair in self.pairs if pair[0].key not in made]
        if made:
            return [*made.values(), *more]
        if not more and self.entry.exempt:
            bare = self._bare(unit_key(self.entry), UnitStatus.EXEMPT)
            return [replace(bare, due=Due.EXEMPT)]
        if not more:
            return [self._bare(unit_key(self.entry), UnitStatus.ZERO)]
        # 零报送、免报而报来了别的：第一份就是它应报的
        first = _found(self.pairs[0], listed=True)
        return [replace(more[0], status=first.status, due=Due.OWED), *more[1:]]

    def _extra(self, pair: Decided) -> Unit:
        """多报的一份；应报的表种是同类的那几种，没有要报这一类的没有。"""
        kinds = rivals(self.entry.owed, project=pair[0].project)
        forms = tuple(dict.fromkeys(one.form for one in kinds if one.form))
        unit = _found(pair, listed=True)
        status = UnitStatus.EXTRA if unit.adopted else unit.status
        return replace(unit, variants=forms, status=status, due=Due.EXTRA)

    def _taken(self, owed: Sequence[Obligation]) -> dict[Obligation, Decided]:
        """应报的各份由哪一份报送顶：先看表种、项目都对的，名单没有写哪个项目的，再看只差表种的。"""
        taken: dict[Obligation, Decided] = {}
        for fits in (_exact, _unnamed, _other_form, _any_project, self._nothing_said):
            for one in owed:
                used = [pair[0].key for pair in taken.values()]
                free = (pair for pair in self.pairs if pair[0].key not in used)
                if one not in taken and (found := next((p for p in free if fits(one, p)), None)):
                    taken[one] = found
        return taken

    def _nothing_said(self, one: Obligation, pair: Decided) -> bool:
        return self.any_project and not one.form and not one.project and bool(pair[0].project)

    def _returned(
        self, lacking: Sequence[Obligation], rest: Sequence[Obligation], files: Sequence[str]
    ) -> dict[Obligation, tuple[str, ...]]:
        """退回的文件各是没有报来的哪一份：文件名里写着项目的是它。

        再看文件名里写着的表种，看不出的算第一份，都只在 `rest` 里找。
        """
        found: dict[Obligation, tuple[str, ...]] = {}
        for file in files:
            name = fold(file)
            wanted = [one for one in lacking if one.project and fold(one.project) in name]
            wanted += [one for one in rest if one.form and fold(one.form) in name]
            for one in (*wanted, *rest)[:1]:
                found[one] = (*found.get(one, ()), file)
        return found

    def _absent(
        self, one: Obligation, files: Mapping[Obligation, tuple[str, ...]], made: Mapping[str, Unit]
    ) -> Unit:
        """没有报来的一份；标识与已有的相同时接上表种。"""
        key = row_key(self.entry, one.form, one.project)
        if key in made or any(pair[0].key == key for pair in self.pairs):
            key = f"{key}｜{fold(one.form)}"
        status = UnitStatus.RETURNED if one in files else UnitStatus.ABSENT
        bare = self._bare(key, status)
        return replace(bare, project=one.project, files=files.get(one, ()))

    def _bare(self, key: str, status: UnitStatus) -> Unit:
        name = self.entry.name
        unit = Unit(key=key, code="", department=name, status=status, listed=True, due=Due.OWED)
        return _described_by(self.entry, unit)


def _right_form(one: Obligation, pair: Decided | None) -> bool:
    """顶这一份的，用的是不是名单上写的表种；没有采用的不论。"""
    chosen = pair[1].chosen if pair else None
    return chosen is None or one.form in ("", form_of_member(chosen))


def _exact(one: Obligation, pair: Decided) -> bool:
    return _other_form(one, pair) and _same_form(one, pair)


def _unnamed(one: Obligation, pair: Decided) -> bool:
    return _any_project(one, pair) and _same_form(one, pair)


def _same_form(one: Obligation, pair: Decided) -> bool:
    return one.form in ("", form_of_member(pair[0].members[0]))


def _other_form(one: Obligation, pair: Decided) -> bool:
    """评的是同一个部门、同一个项目；用的表种不同另有警告。"""
    project = pair[0].project
    return one.of_project == bool(project) and fold(one.project) == fold(project)


def _any_project(one: Obligation, pair: Decided) -> bool:
    return one.of_project and not one.project and bool(pair[0].project)


def _found(pair: Decided, *, listed: bool, known: bool = False) -> Unit:
    """名单上的单位的一个项目，或名单外的；`known` 说明有没有给名单。"""
    department, decision = pair
    status = UnitStatus.UNLISTED if known else UnitStatus.REPORTED
    due = Due.UNLISTED if known else Due.UNKNOWN
    unit = Unit(
        key=department.key,
        code=department.members[0].summary.code,
        department=department.department,
        project=department.project,
        status=status if decision.chosen else UnitStatus.PENDING,
        listed=listed,
        due=due,
        files=department.files,
    )
    if department.entry is not None:
        unit = _described_by(department.entry, unit)
    return _with_report(unit, decision)


def _described_by(entry: RosterEntry, unit: Unit) -> Unit:
    """名单上写的各项。"""
    return replace(
        unit,
        owner=unit_key(entry),
        code=entry.code,
        aliases=entry.aliases,
        variants=entry.variants,
        contact=entry.contact,
        contact_phone=entry.phone,
        remark=entry.remark,
        group=entry.group,
        until=entry.until,
        extra=entry.extra,
    )


def _with_report(unit: Unit, decision: Decision) -> Unit:
    if decision.chosen is None:
        return unit
    summary = decision.chosen.summary
    return replace(
        unit,
        scheme=summary.scheme,
        code=unit.code or summary.code,
        file=decision.chosen.file,
        total=summary.total,
        self_total=summary.self_total,
        grade=summary.grade,
        self_grade=summary.self_grade,
        levels=summary.levels,
        tally=summary.tally,
        filler=summary.filler,
        phone=summary.phone,
        date=summary.date,
        answers=summary.answers,
        lineage=tuple(one.answers for one in summary.lineage),
        packed=decision.chosen.packed,
    )


def _ranked(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """同一种表的排在一起：总分相同的名次相同，下一名空出。"""
    places = ranks((unit.scheme, unit.total) for unit in units)
    return tuple(replace(unit, rank=place) for unit, place in zip(units, places, strict=True))


def ranks(totals: Iterable[tuple[str, Decimal | None]]) -> list[int | None]:
    """各个总分（方案标识、总分）是第几名，同一种表先后的版面排在一起；没有总分的没有名次。"""
    listed = list(totals)
    families = {one: family_of(ready_scheme(one)[0]) for one, total in listed if total is not None}
    found: dict[object, list[Decimal]] = {}
    for scheme, total in listed:
        if total is not None:
            found.setdefault(families[scheme], []).append(total)
    places = {
        (family, total): place
        for family, every in found.items()
        for place, total in reversed(list(enumerate(sorted(every, reverse=True), 1)))
    }
    return [None if total is None else places[families[scheme], total] for scheme, total in listed]
