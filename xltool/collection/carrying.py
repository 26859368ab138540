"""把上一份汇总里的意见带到这一次：认得出是同一条的才放上去，认不出的一条不丢，另列一张表。"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.report_slices import SCORES
from xltool.collection.verdicts import (
    FINDING,
    SCORE,
    UNCLEAR,
    VANISHED,
    Carried,
    Gone,
    Reviews,
    finding_key,
    score_key,
    subject_of,
    turns,
)
from xltool.scoring.catalogue import ready_scheme
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xltool.collection.model import Unit
    from xltool.collection.saved_rows import Saved, SavedRow
    from xltool.collection.verdicts import RowKey

Spot = tuple[str, str, str, str]  # 哪一种、哪个单位、哪条规则（指标）、哪个位置


class Target(NamedTuple):
    """这一次的一行：放在哪里、标识、看得见的字。"""

    unit: str
    which: str  # 疑点是第几条，得分是指标编码
    key: RowKey
    name: str
    message: str
    where: str


class _Old(NamedTuple):
    """上一次的一行，和它的单位现在是哪一个（没有了的为空）。"""

    row: SavedRow
    unit: str


def carried_over(saved: Saved, units: Sequence[Unit], *, cleared: bool = False) -> Reviews:
    """带过来的全部意见；`cleared` 时，原来有而清空了的也带，是一条空的。"""
    rows = (*saved.listed, *saved.gone)
    if not any(_told(row, cleared=cleared) for row in rows):
        return Reviews(others=saved.others)
    owner = _Owners(units, rows)
    listed = [_Old(row, owner.of(row)) for row in _distinct(saved.listed)]
    again = [_Old(row, owner.of(row)) for row in saved.gone if row.opinion.given]
    wanted = {old.unit for old in (*listed, *again) if _told(old.row, cleared=cleared)}
    targets = [one for unit in units if unit.key in wanted for one in _targets(unit)]
    matching = _Matching(targets, cleared=cleared)
    matching.match(listed)
    matching.match(again)
    return matching.reviews(saved)


def _told(row: SavedRow, *, cleared: bool) -> bool:
    return row.opinion.given or (cleared and row.key is not None and row.key.written != "")


def _distinct(rows: Iterable[SavedRow]) -> list[SavedRow]:
    """抄了一整行的，标识相同：没有写意见的、意见相同的只留一行。"""
    kept: list[SavedRow] = []
    known: dict[str, list[SavedRow]] = defaultdict(list)
    for row in rows:
        same = known[row.key.text] if row.key else []
        if any(one.opinion == row.opinion or not row.opinion.given for one in same):
            continue
        for one in [one for one in same if not one.opinion.given]:
            kept.remove(one)
            same.remove(one)
        same.append(row)
        kept.append(row)
    return kept


class _Owners:
    """上一次的单位现在是哪一个：名称、编码都相同的，名称相同的，只有编码相同而改了名的。"""

    def __init__(self, units: Iterable[Unit], rows: Iterable[SavedRow]) -> None:
        adopted = [(subject_of(unit), unit) for unit in units if unit.adopted]
        self._units = adopted
        self._whole = _unique((subject, unit.key) for subject, unit in adopted)
        self._named = _unique((subject[1:], unit.key) for subject, unit in adopted)
        self._coded = _unique(
            ((subject.code, subject.project), unit.key) for subject, unit in adopted if subject.code
        )
        self._shown = _unique((fold(unit.name), unit.key) for _, unit in adopted)
        self._now = {subject[1:] for subject, _ in adopted}
        self._before = {row.key.subject[1:] for row in rows if row.key}
        self._by_key = {unit.key: subject for subject, unit in adopted}

    def of(self, row: SavedRow) -> str:
        """一行的单位现在是哪一个，认不出为空串。"""
        if row.key is None:
            return self._shown.get(fold(row.name), "")
        subject = row.key.subject
        if found := self._whole.get(subject) or self._named.get(subject[1:]):
            return found
        renamed = self._coded.get((subject.code, subject.project), "")
        if not renamed or subject[1:] in self._now:
            return ""
        # 那个名称上一次就有的，是另一个单位，不是改了名
        return "" if self._by_key[renamed][1:] in self._before else renamed


def _unique(pairs: Iterable[tuple[object, str]]) -> dict[object, str]:
    """只有一个的；重复的一个也不要。"""
    found = list(pairs)
    counts = Counter(key for key, _ in found)
    return {key: unit for key, unit in found if counts[key] == 1}


def _targets(unit: Unit) -> Iterator[Target]:
    """一个单位这一次的各行。"""
    notes = unit.notes()
    for index, (note, turn) in enumerate(zip(notes, turns(notes), strict=True)):
        found = note.finding
        key = finding_key(unit, note, turn)
        yield Target(unit.key, str(index), key, unit.name, found.message, found.where)
    scheme, _ = ready_scheme(unit.scheme)
    lines = unit.slice(SCORES)
    for line in lines if isinstance(lines, tuple) else ():
        title = scheme.indicator(line.code).title
        key = score_key(unit, line, title)
        yield Target(unit.key, line.code, key, unit.name, title, "")


class _Matching:
    """一条条地放；放了的不再放别的。"""

    def __init__(self, targets: Sequence[Target], *, cleared: bool) -> None:
        self._cleared = cleared
        self._free: dict[Spot, list[Target]] = defaultdict(list)
        for one in targets:
            self._free[(one.key.kind, one.unit, *one.key.spot)].append(one)
        self._spots: dict[tuple[str, ...], list[Spot]] = defaultdict(list)
        for spot in self._free:  # 标识都没有了的有几万行，不能每一行都把各处看一遍
            self._spots[spot[:3]].append(spot)
        self._placed: dict[str, dict[tuple[str, str], Carried]] = {FINDING: {}, SCORE: {}}
        self._gone: list[Gone] = []

    def match(self, olds: Iterable[_Old]) -> None:
        """先放标识认得出的，再照看得见的字放没有标识的。"""
        groups: dict[Spot, list[_Old]] = defaultdict(list)
        bare: list[_Old] = []
        for old in olds:
            if old.row.key is None:
                bare.append(old)
            else:
                groups[(old.row.kind, old.unit, *old.row.key.spot)].append(old)
        for spot, group in groups.items():
            self._match_group(group, self._free[spot] if spot[1] else [])
        for old in bare:
            self._match_shown(old)

    def _match_group(self, olds: list[_Old], free: list[Target]) -> None:
        """同一个位置的几条：看到的数一样的先配，只剩一对一的再配，其余分不清。"""
        left: list[_Old] = []
        by_seen: dict[str, list[_Old]] = defaultdict(list)
        for old in olds:
            by_seen[old.row.key.seen if old.row.key else ""].append(old)
        for seen, same in by_seen.items():
            found = [one for one in free if one.key.seen == seen]
            if found and len(found) == len(same):
                for old, target in zip(sorted(same, key=_turn), found, strict=True):
                    self._place(old, target)
                    free.remove(target)
            else:
                left += same
        if len(left) == 1 and len(free) == 1:
            self._place(left[0], free.pop())
            return
        for old in left:
            self._leave(old, UNCLEAR if free else VANISHED)

    def _match_shown(self, old: _Old) -> None:
        """没有标识的：单位、规则、事实的字都相同，只有一条，或位置也相同的只有一条。"""
        row = old.row
        found = [
            target
            for spot in self._spots.get((row.kind, old.unit, row.code), ())
            for target in self._free[spot]
            if fold(target.message) == fold(row.message)
        ]
        near = [one for one in found if fold(one.where) == fold(row.where)]
        single = near if len(found) > 1 else found
        if len(single) != 1:
            self._leave(old, UNCLEAR if found else VANISHED)
            return
        (target,) = single
        self._free[(row.kind, old.unit, *target.key.spot)].remove(target)
        self._place(old, target)

    def _place(self, old: _Old, target: Target) -> None:
        row, key = old.row, old.row.key
        if not _told(row, cleared=self._cleared):
            return
        judged = target.key.seen if key is None else key.seen
        if key and key.judged and key.written == row.opinion.mark:
            judged = key.judged  # 上一次带过来以后没有人再写过，仍是照更早的数写的
        changed = judged != target.key.seen
        spot = (target.unit, target.which)
        before = key.written if key and key.written != row.opinion.mark else ""
        self._placed[row.kind][spot] = Carried(row.opinion, judged, changed, before)

    def _leave(self, old: _Old, why: str) -> None:
        row = old.row
        if row.opinion.given:
            key = row.key.text if row.key else ""
            self._gone.append(
                Gone(row.kind, row.name, row.code, row.where, row.message, row.opinion, why, key)
            )

    def reviews(self, saved: Saved) -> Reviews:
        """结果。"""
        return Reviews(
            findings={(unit, int(n)): one for (unit, n), one in self._placed[FINDING].items()},
            scores=self._placed[SCORE],
            gone=tuple(dict.fromkeys(self._gone)),
            others=saved.others,
        )


def _turn(old: _Old) -> int:
    key = old.row.key
    return int(key.turn) if key and key.turn.isdecimal() else 0
