"""上年度的报送：一个文件夹的自评表，或上年度的汇总工作簿；按部门（和项目）查。"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from xltool.collection.earlier import Earlier
from xltool.collection.earlier_standings import EarlierStandings, read_standings
from xltool.collection.inbox import list_inbox
from xltool.collection.remembered import Remembered
from xltool.collection.table import OddRows, find_tables
from xltool.facts.last_year import LastYear, achieved, achieved_in, amounts_in, last_year
from xltool.facts.self_scores import SELF_TOTAL
from xltool.facts.view import Facts
from xltool.finding import Finding, parted
from xltool.intake.submission import understand_earlier
from xltool.messages import collection as say
from xltool.scheme.categories import SHEET
from xltool.scheme.key import DEPARTMENT, DEPARTMENT_CODE
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.values import quote
from xltool.values.file_names import safe_name
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xltool.collection.model import Unit
    from xltool.collection.roster import Roster
    from xltool.collection.table import HeadedTable
    from xltool.facts.last_year import Achieved
    from xltool.scheme.model import Scheme
    from xltool.xlsx.grid import Book
    from xltool.xlsx.limits import Limits

_TITLE: Final = 2  # 标题在第几行以内
_YEAR: Final = re.compile("(20[0-9]{2})年度.*汇总")
_COMPARED: Final = (f"{SHEET}.title", f"{SHEET}.actual")  # 与上年比至少要看这两栏
_NAME: Final = "单位名称"  # 汇总各登记表里写着是哪个单位的栏
_COLUMNS: Final = ("title", "actual", "unit")  # 登记表里要取的栏，单位可以没有


@dataclass(frozen=True, slots=True)
class LastYears(Remembered[LastYear]):
    """各部门（项目）上年度的指标；`findings` 是读的时候发现的问题，`standings` 是得分和名次。"""

    findings: list[Finding] = field(default_factory=list)
    standings: EarlierStandings = field(default_factory=EarlierStandings)

    def on_roster(self, roster: Roster) -> None:
        """名单上改了名、换了编码的，接上曾用名的。"""
        every = (*self.renamed(roster.entries), *self.standings.renamed(roster.entries))
        told = {(entry.row, names): entry for entry, names in every}
        for (_, names), entry in told.items():
            found = say.LAST_YEAR_SEVERAL.finding(entry.place, name=quote(entry.name), names=names)
            self.findings.append(found.in_file(roster.file))

    def earlier(self, units: Iterable[Unit]) -> dict[str, Earlier]:
        """各单位（项目）上年度的得分、等级、名次，按单位的 `key`。"""
        found = {
            unit.key: self.standings.of(unit.department, unit.code, unit.project) for unit in units
        }
        return {key: one for key, one in found.items() if one is not None}


def read_last_years(path: Path, limits: Limits) -> LastYears:
    """读上年度的文件夹或汇总；读不成的文件给出提醒，其余照用。

    Raises:
        OSError: 路径打不开。
    """
    found = LastYears()
    if path.is_dir():
        items = [(item.path, item.file) for item in list_inbox(path, {}) if not item.skip]
    else:
        items = [(path, safe_name(path.name))]
    for file, name in items:
        try:
            note = _read(file, name, limits, found)
        except Exception as error:  # noqa: BLE001 - one file must not stop the batch
            reason = say.PROGRAM_FAULT.format(kind=type(error).__name__)
            note = say.LAST_YEAR_UNREADABLE.finding(reason=reason)
        if note is not None:
            found.findings.append(note.in_file(name))
    return found


def _read(file: Path, name: str, limits: Limits, found: LastYears) -> Finding | None:
    """读一个文件；读不成的说明为什么。"""
    book = read_book(file, limits)
    if isinstance(book, Finding):
        return say.LAST_YEAR_UNREADABLE.finding(reason=book.message)
    if _read_form(book, name, found):
        return None
    registers, standings = _read_registers(book, name, found), read_standings(book, found.standings)
    if standings.unknown:
        return say.LAST_YEAR_NO_RESULTS.finding(count=standings.unknown)
    if registers or standings.read:
        return None
    return say.LAST_YEAR_UNKNOWN.finding()


def _read_form(book: Book, name: str, found: LastYears) -> bool:
    """一份上年度的自评表：版本不同，表名和表头还对得上就行。"""
    submission = understand_earlier(book, ready_schemes(), name)
    if submission is None or not submission.records.get(SHEET):
        return False
    scheme, _ = ready_scheme(submission.scheme)
    facts = Facts(scheme, submission)
    project = facts.project
    year = facts.number("cover.year")
    when = int(year) if year is not None else None
    record = last_year(name, achieved_in(facts), when, dict(amounts_in(facts)))
    department = facts.text(DEPARTMENT).strip()
    own, written = facts.number(SELF_TOTAL), facts.text(DEPARTMENT_CODE)
    if own is not None:
        found.standings.add(department, written, project, Earlier(own, own=True))
    found.add(department, written, project, record)
    return bool(department)


def _read_registers(book: Book, name: str, found: LastYears) -> bool:
    """上年度的汇总：各单位绩效指标接在一起的登记表。"""
    year = year_of(book)
    read: set[str] = set()  # 几个方案的表头可能相同，一张表只读一遍
    looked: set[tuple[tuple[str, tuple[str, ...]], ...]] = set()  # 同样的表头也只找一遍
    for scheme in ready_schemes():
        if not all(map(scheme.has, _COMPARED)):
            continue
        fields = [one for one in scheme.sheet(SHEET).fields if one.key in _COLUMNS]
        headings = {"name": (_NAME,)} | {one.key: (one.heading,) for one in fields}
        if tuple(headings.items()) in looked:
            continue
        looked.add(tuple(headings.items()))
        for grid in (one for one in book.grids if one.name not in read):
            tables = find_tables(grid, headings, ("name", "title", "actual"))
            if tables:
                read.add(grid.name)
                for table in tables:
                    _add(found, table, scheme, name, year)
    return bool(read)


def year_of(book: Book) -> int | None:
    """汇总是哪一年度的：印在汇总表的标题里。"""
    titles = (
        cell.text for grid in book.grids for (row, _), cell in grid.cells.items() if row <= _TITLE
    )
    return next((int(found[1]) for text in titles if (found := _YEAR.match(text))), None)


def _add(found: LastYears, table: HeadedTable, scheme: Scheme, name: str, year: int | None) -> None:
    units: dict[str, list[Achieved]] = {}
    for row in OddRows(table).records():
        unit, title = table.text(row, "name"), table.text(row, "title")
        if unit and title:
            where = f"{name} {table.place(row, 'actual').label}"
            text = table.text(row, "actual")
            if text and text[-1].isdecimal():
                text += table.text(row, "unit")
            units.setdefault(unit, []).append(achieved(title, text, "", where, scheme.year))
    for unit, listed in units.items():
        department, project = parted(unit)
        found.add(department, "", project, last_year(name, listed, year))
