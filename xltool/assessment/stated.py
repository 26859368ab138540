"""退回件里单位写的说明，放回它说的那一条问题旁边；那一条不在了的，另成一条，一句也不丢。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.assessment.places import SECTION, digest, place_mark, settled
from xltool.facts.saying import gives_no_reason
from xltool.finding import Severity, bounded
from xltool.flags.explaining import NOTE
from xltool.intake.statements import key_text
from xltool.messages import statements as say
from xltool.values import fold, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xltool.assessment.noted import Noted
    from xltool.facts.statements import Statement
    from xltool.finding import Finding
    from xltool.scheme.model import Scheme

_JOINT = "；"
_SAME_MATTER: Final = {("K03", NOTE): ("K02", "actual"), ("K02", "actual"): ("K03", NOTE)}
"""同一行的同一件事，随别处写了什么，由这一条或那一条说：写给一条的说明，也是给另一条的。"""


def fact_mark(note: Noted) -> str:
    """它说的事实的指纹，随插行而变的不算。"""
    return digest(settled(note.finding.message))


def note_keys(notes: Iterable[Noted]) -> list[str]:
    """问题清单各行的标识；一模一样的几条依次编号。"""
    used: dict[tuple[str, str, str], int] = {}
    keys = []
    for note in notes:
        same = note.finding.code, place_mark(note.place), fact_mark(note)
        keys.append(key_text(*same, used.get(same, 0)))
        used[same] = used.get(same, 0) + 1
    return keys


def matched(
    notes: Sequence[Noted], statements: Iterable[Statement]
) -> tuple[dict[int, list[str]], tuple[Statement, ...]]:
    """各条说明是第几条问题的；找不到的在后。"""
    finder = _Finder(notes)
    found: dict[int, list[str]] = {}
    left: list[Statement] = []
    for one in statements:
        places = finder.find(one)
        if not places:
            left.append(one)
        for index in places:
            if one.text not in (said := found.setdefault(index, [])):
                said.append(one.text)
    return found, tuple(left)


def with_statements(
    scheme: Scheme, notes: Sequence[Noted], statements: Sequence[Statement]
) -> tuple[tuple[Noted, ...], tuple[Statement, ...]]:
    """各条问题带上单位在清单里写的；同一行的“原因”“说明”写得不同的，接在后面。

    警告在清单里写明了原因的，也是已说明；只写“无”“详见附件”一类的不算，与写在那一行里的相同。
    """
    if not statements:
        return tuple(notes), ()
    found, left = matched(notes, statements)
    stated = (
        _stated(scheme, note, found[index]) if index in found else note
        for index, note in enumerate(notes)
    )
    return tuple(stated), left


def left_finding(one: Statement) -> Finding:
    """说的那一条已不再出现的说明。"""
    about = " ".join(filter(None, (one.code, one.where)))
    return say.ABOUT_GONE.finding(about=quote(about or "问题清单"), text=quote(one.text))


def joined(texts: Iterable[str]) -> str:
    """几条说明归到一条问题的，接起来。"""
    return bounded(_JOINT.join(texts))


def _stated(scheme: Scheme, note: Noted, texts: Sequence[str]) -> Noted:
    finding, row = note.finding, note.finding.explained or note.statement
    written = joined(texts)
    empty = all(gives_no_reason(scheme, text) for text in texts)
    if row and fold(row) not in fold(written):
        written = bounded(f"{written}{_JOINT}{row}")
    if finding.severity is Severity.WARNING and not empty:
        finding = finding._replace(explained=written)
    elif finding.severity is Severity.WARNING and not finding.explained:
        remedy = say.NOTHING_SAID.format(text=quote(joined(texts)))
        finding = finding._replace(remedy=f"{remedy}{finding.remedy}")
    return note._replace(finding=finding, statement=written)


class _Finder:
    """先凭规则和在方案里的位置，没有标识的凭规则、印的位置和事实；都没有的，看同一件事。"""

    def __init__(self, notes: Sequence[Noted]) -> None:
        self._spots: dict[tuple[str, str], list[int]] = {}
        self._shown: dict[tuple[str, str], list[int]] = {}
        self._same: dict[tuple[str, str], list[int]] = {}
        self._matters: dict[tuple[str, str], list[int]] = {}
        self._codes: dict[str, list[int]] = {}
        self._facts = [fact_mark(note) for note in notes]
        self._messages = [fold(settled(note.finding.message)) for note in notes]
        for index, note in enumerate(notes):
            code, mark = note.finding.code, place_mark(note.place)
            self._spots.setdefault((code, mark), []).append(index)
            self._shown.setdefault((code, fold(note.finding.where)), []).append(index)
            self._codes.setdefault(code, []).append(index)
            if SECTION in mark:
                self._matters.setdefault((code, mark.partition(SECTION)[0]), []).append(index)
            row, _, column = note.place.rpartition(".")
            if other := _SAME_MATTER.get((code, column)):
                there = digest(f"{row}.{other[1]}")
                self._same.setdefault((other[0], there), []).append(index)

    def find(self, one: Statement) -> Sequence[int]:
        """是哪几条；多是一条，没有的为空。"""
        if not one.fact:
            return self._as_printed(one)
        spot = self._spots.get((one.code, one.place), [])
        same = [index for index in spot if self._facts[index] == one.fact]
        if same:
            return (same[min(one.turn, len(same) - 1)],)
        if one.place and spot:
            return spot[:1]
        if SECTION in one.place:  # 自评报告里的：换了一节的，只有一处的才是它
            found = self._matters.get((one.code, one.place.partition(SECTION)[0]), [])
            return found if len(found) == 1 else ()
        if one.code and "!" not in one.where:  # 说整张表的：改了一些，余下的换了说法，或逐处说
            return self._as_printed(one, exact=True) or self._codes.get(one.code, [])
        return self._same.get((one.code, one.place), [])

    def _as_printed(self, one: Statement, *, exact: bool = False) -> Sequence[int]:
        shown = self._shown.get((one.code, fold(one.where)), [])
        message = fold(settled(one.message))
        same = [index for index in shown if self._messages[index] == message]
        return (*same, *(shown if one.where and not exact else ()))[:1]
