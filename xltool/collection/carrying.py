"""把上一份汇总里的意见带到这一次：认得出是同一条的才放上去，认不出的一条不丢，另列一张表。"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.owners import NOBODY, Owner, Owners
from xltool.collection.report_slices import SCORES
from xltool.collection.row_keys import finding_key, identity_of, score_key, turns
from xltool.collection.verdicts import (
    ABSENT,
    FINDING,
    SCORE,
    UNCLEAR,
    VANISHED,
    WHOSE,
    Carried,
    Gone,
    Reviews,
)
from xltool.scoring.catalogue import ready_scheme
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from xltool.collection.model import Unit
    from xltool.collection.owners import Identity
    from xltool.collection.row_keys import RowKey
    from xltool.collection.saved_rows import Saved, SavedRow

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
    """上一次的一行，和它的单位现在是哪一个。"""

    row: SavedRow
    owner: Owner

    @property
    def unit(self) -> str:
        return self.owner.key


def carried_over(saved: Saved, units: Sequence[Unit], *, cleared: bool = False) -> Reviews:
    """带过来的全部意见；`cleared` 时，原来有而清空了的也带，是一条空的。"""
    rows = (*saved.listed, *saved.gone)
    if not any(_told(row, cleared=cleared) for row in rows):
        return Reviews(others=saved.others)
    owner = _Whose(units, saved.listed)
    listed = [_Old(row, owner.of(row)) for row in _distinct(saved.listed)]
    again = [_Old(row, owner.of(row)) for row in saved.gone if row.opinion.given]
    wanted = {old.unit for old in (*listed, *again) if _told(old.row, cleared=cleared)}
    targets = [one for unit in units if unit.key in wanted for one in _targets(unit)]
    matching = _Matching(targets, cleared=cleared)
    matching.match([old for old in listed if not old.owner.inherited])
    # 上一次就没有地方放的，不是上一次还在的那一条
    matching.match([old for old in again if not old.owner.inherited])
    # 换了名称的一份，上一次可能与原来的一份并列：没有写意见的行不占地方
    matching.match_over_blank([old for old in listed if old.owner.inherited])
    matching.match([old for old in again if old.owner.inherited])
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


class _Whose:
    """上一次的一行是现在哪个单位的。"""

    def __init__(self, units: Sequence[Unit], listed: Iterable[SavedRow]) -> None:
        before = dict.fromkeys(row.key.identity for row in listed if row.key)
        self._owners = Owners(((unit.key, identity_of(unit)) for unit in units), before)
        self._adopted = {unit.key for unit in units if unit.adopted}
        self._shown: dict[str, list[str]] = defaultdict(list)
        for unit in units:
            self._shown[fold(unit.name)].append(unit.key)
        self._known: dict[Identity, Owner] = {}

    def of(self, row: SavedRow) -> Owner:
        """没有标识的，照看得见的名称。"""
        if row.key is None:
            shown = self._shown.get(fold(row.name), [])
            return self._present(Owner(shown[0]) if len(shown) == 1 else Owner(several=bool(shown)))
        who = row.key.identity
        if who not in self._known:
            self._known[who] = self._present(self._owners.of(who))
        return self._known[who]

    def _present(self, owner: Owner) -> Owner:
        """没有采用的报送的，没有地方放。"""
        return owner if owner.several or owner.key in self._adopted else NOBODY


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
        self._blank: list[Target] = []
        self._gone: list[Gone] = []

    def match(self, olds: Iterable[_Old]) -> None:
        """先放标识认得出的，再照看得见的字放没有标识的。"""
        groups: dict[Spot, list[_Old]] = defaultdict(list)
        bare: list[_Old] = []
        for old in olds:
            if not old.unit:
                self._leave(old, WHOSE if old.owner.several else ABSENT)
            elif old.row.key is None:
                bare.append(old)
            else:
                groups[(old.row.kind, old.unit, *old.row.key.spot)].append(old)
        for spot, group in groups.items():
            self._match_group(group, self._free[spot])
        for old in bare:
            self._match_shown(old)

    def match_over_blank(self, olds: Iterable[_Old]) -> None:
        """没有写意见的行占着的，也可以放；放完了，没有用到的还是占着。"""
        blank, self._blank = self._blank, []
        for target in blank:
            self._free[(target.key.kind, target.unit, *target.key.spot)].append(target)
        self.match(olds)
        for target in blank:
            free = self._free[(target.key.kind, target.unit, *target.key.spot)]
            if target in free:
                free.remove(target)

    def _match_group(self, olds: list[_Old], free: list[Target]) -> None:
        """同一个位置的几条：看到的数一样的先配，再看在同一节的；只剩一对一的再配，其余分不清。"""
        left = self._match_alike(olds, free, lambda key: key.seen)
        left = self._match_alike(left, free, lambda key: key.place, single=True)
        if len(left) == 1 and len(free) == 1:
            self._place(left[0], free.pop())
            return
        for old in left:
            if not free and old.row.kind == FINDING and "!" not in old.row.where:
                self._match_shown(old, there=True)  # 早先的版本，不指某一格的另有位置
            else:
                self._leave(old, UNCLEAR if free else VANISHED)

    def _match_alike(
        self,
        olds: list[_Old],
        free: list[Target],
        mark: Callable[[RowKey], str],
        *,
        single: bool = False,
    ) -> list[_Old]:
        """`mark` 相同、个数也相同（或只有一个）的一一配上；给出剩下的。"""
        left: list[_Old] = []
        alike: dict[str, list[_Old]] = defaultdict(list)
        for old in olds:
            alike[mark(old.row.key) if old.row.key else ""].append(old)
        for text, same in alike.items():
            found = [one for one in free if mark(one.key) == text]
            if len(found) == len(same) and (len(same) == 1 or not single):
                for old, target in zip(sorted(same, key=_turn), found, strict=True):
                    self._place(old, target)
                    free.remove(target)
            else:
                left += same
        return left

    def _match_shown(self, old: _Old, *, there: bool = False) -> None:
        """没有标识的：单位、规则、事实的字都相同，只有一条，或位置也相同的只有一条。

        `there` 时，位置要相同。
        """
        row = old.row
        found = [
            target
            for spot in self._spots.get((row.kind, old.unit, row.code), ())
            for target in self._free[spot]
            if fold(target.message) == fold(row.message)
        ]
        near = [one for one in found if fold(one.where) == fold(row.where)]
        single = near if there or len(found) > 1 else found
        if len(single) != 1:
            self._leave(old, UNCLEAR if single or (found and not there) else VANISHED)
            return
        (target,) = single
        self._free[(row.kind, old.unit, *target.key.spot)].remove(target)
        self._place(old, target, shown=True)

    def _place(self, old: _Old, target: Target, *, shown: bool = False) -> None:
        """放上去；`shown` 是照看得见的字认的，字没有变。"""
        row, key = old.row, old.row.key
        if not _told(row, cleared=self._cleared):
            self._blank.append(target)
            return
        judged = target.key.seen if key is None or shown else key.seen
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
