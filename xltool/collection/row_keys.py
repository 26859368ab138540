"""汇总里每一行藏着的标识：是哪个单位的哪一条，看到的是什么，带过来的意见是照什么写的。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.assessment.places import SECTION, digest, place_mark, settled
from xltool.collection.owners import Identity
from xltool.collection.roster import code_of
from xltool.collection.verdicts import FINDING, SCORE
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.assessment.noted import Noted
    from xltool.collection.model import Unit
    from xltool.collection.verdicts import Carried
    from xltool.scoring.scored import Scored

_SEPARATOR: Final = "|"
_NONE: Final = "-"


class RowKey(NamedTuple):
    """一行的标识；单位、项目、位置都是指纹，不露出原文。

    `seen` 是这一行现在的数；`judged` 是带过来的意见原先看的数，`written` 是带过来的意见的指纹，
    没有带过来的为空。`whose`、`fact` 是看得见的字的指纹；`turn` 分开一模一样的几条；
    `filled` 是这一份填的内容的指纹，退回后改来的凭它认，早先的版本没有记。
    """

    kind: str
    code: str
    department: str
    project: str
    rule: str
    place: str
    seen: str
    judged: str
    written: str
    whose: str
    fact: str
    turn: str = "0"
    filled: str = ""

    @property
    def text(self) -> str:
        """写进格里的样子。"""
        return _SEPARATOR.join(one or _NONE for one in self)

    @property
    def identity(self) -> Identity:
        """哪个单位的哪个项目。"""
        return Identity(self.code, self.department, self.project, mark=self.filled)

    @property
    def spot(self) -> tuple[str, str]:
        """哪条规则（或指标），在方案里的哪个位置；自评报告里的，哪一节不在内。"""
        return self.rule, self.place.partition(SECTION)[0]

    @classmethod
    def parse(cls, text: str) -> RowKey | None:
        """读回；不是标识的为空。"""
        parts = ["" if one == _NONE else one for one in text.strip().split(_SEPARATOR)]
        if len(cls._fields) - len(parts) not in (0, 1) or parts[0] not in (FINDING, SCORE):
            return None
        return cls(*parts)


def identity_of(unit: Unit) -> Identity:
    """一个单位（项目）的各种叫法，都是指纹。"""
    return Identity(
        *_subject(unit),
        tuple(map(_marked, unit.aliases)),
        _filled(unit.answers),
        tuple(map(_filled, unit.lineage)),
    )


def _subject(unit: Unit) -> tuple[str, str, str]:
    """编码、部门、项目的指纹，没有的为空串。"""
    code, name, project = map(_folded, (code_of(unit.code), unit.department, unit.project))
    return code, name, project


def finding_key(unit: Unit, note: Noted, turn: int, carried: Carried | None = None) -> RowKey:
    """疑点清单一行的标识。"""
    code, message = note.finding.code, note.finding.message
    return RowKey(
        FINDING,
        *_subject(unit),
        code,
        place_mark(note.place),
        note.seen,
        *_history(carried),
        *shown_marks(unit.name, code, message),
        str(turn),
        _filled(unit.answers),
    )


def score_key(unit: Unit, line: Scored, title: str, carried: Carried | None = None) -> RowKey:
    """得分明细一行的标识；换了方案的，同样的编码不是同一个指标。"""
    return RowKey(
        SCORE,
        *_subject(unit),
        line.code,
        digest(unit.scheme),
        score_seen(line),
        *_history(carried),
        *shown_marks(unit.name, line.code, title),
        filled=_filled(unit.answers),
    )


def score_seen(line: Scored) -> str:
    """一个指标的得分所依据的。"""
    return digest(str(line.points), str(line.score), settled(line.trace))


def shown_marks(name: str, code: str, fact: str) -> tuple[str, str]:
    """看得见的字的指纹：单位和编码，事实。"""
    return digest(fold(name), fold(code)), _marked(fact)


def turns(notes: Iterable[Noted]) -> list[int]:
    """一模一样的几条，各是第几条。"""
    known: dict[tuple[str, str, str], int] = {}
    found = []
    for note in notes:
        same = note.finding.code, note.place, note.seen
        found.append(known.get(same, 0))
        known[same] = found[-1] + 1
    return found


def _history(carried: Carried | None) -> tuple[str, str]:
    return (carried.judged, carried.opinion.mark) if carried else ("", "")


@lru_cache(maxsize=256)
def _filled(answers: str) -> str:
    return digest(answers) if answers else ""


def _folded(text: str) -> str:
    return _marked(text) if fold(text) else ""


@lru_cache(maxsize=256)  # 同一个单位、同一个指标的名称，连着几十行都要
def _marked(text: str) -> str:
    return digest(fold(text))
