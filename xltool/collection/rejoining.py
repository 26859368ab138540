"""同一季的几份存过的汇总合到一起：正名的一份，和它正开着时另取了名字的各份，写在哪一份里的都算。

同一处两份都写了而不同的：一份是照着另一份改的，照改了的；分不出先后的，照后取名的一份，另一份写的照抄并说出来。
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from xltool.collection.merging import written_here
from xltool.collection.reviewed import item_words, opinion_words
from xltool.collection.verdicts import (
    FINDING,
    SCORE,
    Opinion,
    Other,
    Reviews,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from xltool.collection.model import Unit
    from xltool.collection.saved_rows import Saved
    from xltool.collection.verdicts import Carried


W = TypeVar("W", int, str)


class Clash(NamedTuple):
    """同一处两份写的不同：哪个单位的哪一条，照的一份、另一份各是哪个文件、写的什么。"""

    unit: str
    item: str
    kept: str
    kept_words: str
    other: str
    other_words: str


class Brought(NamedTuple):
    """带过来的，和它从哪几份读出。

    `digest` 是正名的一份读出时的指纹，`spares` 是另取了名字的各份的；`unread` 是其中读不了的，
    `clashes` 是几份写的不同的。
    """

    reviews: Reviews
    digest: str = ""
    spares: Mapping[Path, str] = MappingProxyType({})
    unread: tuple[Path, ...] = ()
    clashes: tuple[Clash, ...] = ()


NOTHING_BROUGHT: Final = Brought(Reviews())


class Named(NamedTuple):
    """一份里写的，和它的文件名。"""

    name: str
    reviews: Reviews


def own_words(saved: Saved) -> Saved:
    """只留这一份的人写的；由更早的一份带来而没有再写过的，更早的一份里有。"""
    listed = (
        row
        if written_here(row)
        else row._replace(opinion=Opinion(), key=row.key and row.key._replace(written=""))
        for row in saved.listed
    )
    return replace(saved, listed=tuple(listed))


def joined(
    base: Named, later: Named, sheets: Mapping[str, str], units: Sequence[Unit]
) -> tuple[Reviews, tuple[Clash, ...]]:
    """把 `later` 里人写的合到 `base` 里；`sheets` 是疑点、得分各写在哪张表。"""
    joining = _Joining(base.name, later.name, sheets, {unit.key: unit for unit in units})
    findings = joining.merged(FINDING, base.reviews.findings, later.reviews.findings)
    scores = joining.merged(SCORE, base.reviews.scores, later.reviews.scores)
    gone = {one._replace(why=""): one for one in (*later.reviews.gone, *base.reviews.gone)}
    others = (*base.reviews.others, *later.reviews.others, *joining.lost)
    reviews = Reviews(findings, scores, tuple(gone.values()), tuple(dict.fromkeys(others)))
    return reviews, tuple(joining.clashes)


@dataclass(frozen=True, slots=True)
class _Joining:
    """两份的名字；`clashes` 是写的不同的，`lost` 是其中没有照的一份写的。"""

    base: str
    later: str
    sheets: Mapping[str, str]
    units: Mapping[str, Unit]
    clashes: list[Clash] = field(default_factory=list)
    lost: list[Other] = field(default_factory=list)

    def merged(
        self,
        kind: str,
        mine: Mapping[tuple[str, W], Carried],
        yours: Mapping[tuple[str, W], Carried],
    ) -> dict[tuple[str, W], Carried]:
        """各处照哪一份；清空了的不留。"""
        found = dict(mine)
        for spot, new in yours.items():
            old = found.get(spot)
            if old is None or new.before == old.opinion.mark:
                found[spot] = new
            elif new.opinion.given and new.opinion.mark not in (old.opinion.mark, old.before):
                self._clash(kind, spot, old, new)
                found[spot] = new
        return {spot: one for spot, one in found.items() if one.opinion.given}

    def _clash(self, kind: str, spot: tuple[str, W], old: Carried, new: Carried) -> None:
        unit = self.units[spot[0]]
        item, words = item_words(unit, spot[1]), opinion_words(kind, old.opinion)
        kept = opinion_words(kind, new.opinion)
        self.clashes.append(Clash(unit.name, item, self.later, kept, self.base, words))
        self.lost.append(Other(self.sheets[kind], unit.name, item, self.base, words))


def settled(reviews: Reviews) -> Reviews:
    """合好了的：照哪一份改的不再要，各处依次排，免得同样的内容看着不同。"""
    findings = {spot: one._replace(before="") for spot, one in sorted(reviews.findings.items())}
    scores = {spot: one._replace(before="") for spot, one in sorted(reviews.scores.items())}
    return replace(reviews, findings=findings, scores=scores)
