"""给各单位下发的表照上年的起头：上年度的报送（一个文件夹），或上年度的汇总。"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.departments import project_key
from xltool.collection.inbox import list_inbox
from xltool.collection.remembered import Codes
from xltool.collection.roster import code_of
from xltool.collection.verdicts import DUE
from xltool.facts.view import Facts
from xltool.finding import Finding
from xltool.flags.rectifying import SHEET as RECTIFICATION
from xltool.intake.submission import understand_whole
from xltool.messages import collection as say_collection
from xltool.messages import migrating as say
from xltool.migrating.last_book import LastForm, forms_in
from xltool.migrating.migrate import migrate
from xltool.migrating.model import Fate, Line
from xltool.scheme.key import DEPARTMENT, DEPARTMENT_CODE, CellKey
from xltool.scoring.catalogue import ready_schemes
from xltool.values import fold
from xltool.values.file_names import listing, safe_name
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from xltool.collection.roster import RosterEntry
    from xltool.migrating.model import Migrated
    from xltool.scheme.model import Scheme
    from xltool.xlsx.limits import Limits


class _Known(NamedTuple):
    """上年的一份，出自哪个文件。"""

    file: str
    form: LastForm


@dataclass(frozen=True, slots=True)
class Starts:
    """各单位（项目）上年填的；`findings` 是读的时候、找的时候发现的问题。"""

    by_name: dict[str, list[_Known]] = field(default_factory=dict)
    by_code: dict[str, list[_Known]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def on_roster(self, entries: Sequence[RosterEntry]) -> None:
        """编码今年给了别人的，不再凭那个编码照上年的。"""
        codes = Codes(entries)
        for listed in self.by_code.values():
            listed[:] = [
                one
                for one in listed
                if not codes.moved(fold(one.form.name), code_of(one.form.code))
            ]

    def of(self, scheme: Scheme, entry: RosterEntry, project: str) -> Migrated | None:
        """某个单位（项目）的表照上年起头；没有上年的为空，有而照不了的另给出提醒。"""
        known = self._known(entry, project)
        if len({id(one.form) for one in known}) > 1:
            files = listing(one.file for one in known)
            several = say.SEVERAL.finding(name=entry.name, count=len(known), files=files)
            self.findings.append(several)
            return None
        if not known:
            return None
        found = migrate(known[0].form.whole, scheme)
        if isinstance(found, Finding):
            self._not_started(entry, known[0], found.message)
            return None
        if not found.started:
            self._not_started(entry, known[0], say.SAME_YEAR.format(year=found.year))
            return None
        # 照哪一版认的是收表的人的事，不写给填表的人
        lines = tuple(one for one in found.lines if one.finding.code != say.NO_OWN_SCHEME.code)
        return _with_problems(replace(found, lines=lines), known[0].form.problems)

    def _not_started(self, entry: RosterEntry, known: _Known, reason: str) -> None:
        said = say.NOT_STARTED.finding(name=entry.name, file=known.file, reason=reason)
        self.findings.append(said)

    def _known(self, entry: RosterEntry, project: str) -> list[_Known]:
        """先看预算编码，再看名称和曾用名；那个编码上年是别的名称，这个名称上年也有的，看名称。"""
        code = code_of(entry.code)
        coded = self.by_code.get(project_key(code, project), []) if code else []
        if any(fold(one.form.name) in entry.names for one in coded):
            return coded
        keys = dict.fromkeys(project_key(name, project) for name in entry.names)
        return [one for key in keys for one in self.by_name.get(key, [])] or coded


def read_starts(path: Path, limits: Limits) -> Starts:
    """读上年度的文件夹或汇总；读不成的文件给出提醒，其余照用。

    Raises:
        OSError: 路径打不开。
    """
    starts = Starts()
    if path.is_dir():
        items = [(item.path, item.file) for item in list_inbox(path, {}) if not item.skip]
    else:
        items = [(path, safe_name(path.name))]
    for source, file in items:
        try:
            found = _forms(source, file, limits)
        except Exception as error:  # noqa: BLE001 - one file must not stop the others
            reason = say_collection.PROGRAM_FAULT.format(kind=type(error).__name__)
            found = say_collection.LAST_YEAR_UNREADABLE.finding(reason=reason)
        if isinstance(found, Finding):
            starts.findings.append(found.in_file(file))
            continue
        for form in found:
            known = _Known(file, form)
            named = starts.by_name.setdefault(project_key(fold(form.name), form.project), [])
            named.append(known)
            if code := code_of(form.code):
                starts.by_code.setdefault(project_key(code, form.project), []).append(known)
    return starts


def _forms(path: Path, file: str, limits: Limits) -> list[LastForm] | Finding:
    """一个文件里的各份：一份旧表，或汇总里的各单位。"""
    book = read_book(path, limits)
    if isinstance(book, Finding):
        return say_collection.LAST_YEAR_UNREADABLE.finding(reason=book.message)
    schemes = ready_schemes()
    listed = list(forms_in(book, schemes, file))
    if listed:
        return listed
    whole = understand_whole(book, schemes, file)
    if isinstance(whole, Finding):
        return say_collection.LAST_YEAR_UNKNOWN.finding()
    facts = Facts(whole.old.scheme, whole.submission)
    name, code = facts.text(DEPARTMENT).strip(), facts.text(DEPARTMENT_CODE).strip()
    return [LastForm(name, code, facts.project, whole, ())] if name else []


def _with_problems(found: Migrated, problems: tuple[str, ...]) -> Migrated:
    """上年要改正的问题，接在整改表里。"""
    scheme = found.scheme
    rows = {key.row for key in found.contents if key.sheet == RECTIFICATION}
    distinct = tuple(dict.fromkeys(problems))
    if not distinct or not scheme.has(f"{RECTIFICATION}.problem"):
        return found
    first = max(map(int, rows), default=0) + 1
    contents = dict(found.contents)
    for number, problem in enumerate(distinct, first):
        contents |= dict(_problem(scheme, str(number), problem, found.year))
    name = scheme.sheet(RECTIFICATION).name
    finding = say.PROBLEMS.finding(verdicts="、".join(DUE), count=len(distinct), name=name)
    return replace(found, contents=contents, lines=(Line(Fate.LOOK, finding), *found.lines))


def _problem(scheme: Scheme, row: str, problem: str, year: int) -> Iterator[tuple[CellKey, str]]:
    if scheme.has(f"{RECTIFICATION}.subject"):
        yield CellKey(RECTIFICATION, row, "subject"), f"{year}年度{scheme.work}"
    yield CellKey(RECTIFICATION, row, "problem"), problem
