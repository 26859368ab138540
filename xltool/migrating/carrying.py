"""一格一格地搬：去处、下拉里有没有、几处合到一格，各有各的说法。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.self_scores import SELF_TOTAL
from xltool.facts.view import Facts
from xltool.finding import LONGEST_NAME, bounded
from xltool.flags.rectifying import SHEET as RECTIFICATION
from xltool.messages import migrating as say
from xltool.migrating.choices import chosen
from xltool.migrating.following_year import last_key, rectified, stays
from xltool.migrating.model import Fate, Line
from xltool.migrating.places import destination, field_at
from xltool.migrating.raw import raw_of
from xltool.scheme.key import VALUE, CellKey, field_key
from xltool.scheme.model import FieldKind, SheetKind
from xltool.values import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.address import Place
    from xltool.facts.entry import EntryValue
    from xltool.facts.typed import Contents, Typed
    from xltool.finding import Message
    from xltool.intake.whole_form import WholeForm
    from xltool.layout.layout import Layout
    from xltool.migrating.places import Destination
    from xltool.scheme.model import Field, Scheme

SELF_GRADE = field_key("cover.self_grade")
_JOIN = "；"


class Compared(NamedTuple):
    """旧表填的一个数（或等级），新表自动计算：算出来再比。"""

    there: CellKey
    place: Place | None
    label: str
    read: EntryValue
    value: str


class _Said(NamedTuple):
    """要说的一条；新表的位置要等全部搬完才知道。"""

    message: Message
    key: CellKey
    value: str
    there: CellKey | None
    words: dict[str, str]


class Carrier:
    """搬一份。`contents` 是新表的内容，`compared` 是要等算出来再比的。"""

    def __init__(self, whole: WholeForm, target: Scheme, year: int) -> None:
        self.whole, self.target, self.year = whole, target, year
        self.old = whole.old.scheme
        self.started = year != target.year
        self.following = year + 1 == target.year
        self.contents: Contents = {}
        self.compared: list[Compared] = []
        self._said: list[_Said] = []
        self._once: set[tuple[Message, str, str]] = set()
        facts = Facts(self.old, whole.submission)
        self._done = rectified(facts) if self.started else frozenset[str]()
        rows = whole.submission.records.get(RECTIFICATION, ()) if self.started else ()
        left = (row for row in rows if row not in self._done)  # 改完的不列，余下的接着排
        self._renumbered = {row: str(number) for number, row in enumerate(left, 1)}

    def carry_all(self) -> None:
        """依旧方案的次序：上一级的选项先搬，下一级才知道看哪个列表。"""
        for key in self._ordered():
            cell = self.whole.inputs.get(key)
            if cell is None or not (cell.text.strip() or cell.formula):
                continue
            entry = self.whole.submission.entries.get(key)
            if entry is None:
                self._say(say.UNREAD, key, cell.text)
                continue
            raw = raw_of(entry, cell, self.old.field(key))
            shown = cell.text if raw.value is None else str(raw.value)
            if raw.value is None:
                self._say(say.NO_VALUE, key, shown or f"={cell.formula}")
            elif self.started and not stays(key, self._done):
                self._earlier(key, raw.value)
            elif self._carry(key, raw.value) and raw.note:
                self._say(raw.note, key, shown, stored=quote(cell.text))

    def _ordered(self) -> Iterator[CellKey]:
        blocks = self.whole.submission.blocks
        for sheet in self.old.sheets:
            if sheet.key not in blocks:
                continue
            columns = [one.key for one in sheet.columns]
            if sheet.kind is SheetKind.FIELDS:
                columns.insert(0, VALUE)
            rows = blocks[sheet.key].rows
            if sheet.kind is SheetKind.FIELDS:
                rows = {one.key: 0 for one in sheet.fields}
            yield from (CellKey(sheet.key, row, column) for row in rows for column in columns)

    def _earlier(self, key: CellKey, value: Typed) -> None:
        """上年的答案：新表有填上年数的格就填在那里，没有的列出来。"""
        there = last_key(self.target, key, self.old.field(key)) if self.following else None
        if there is not None:
            self.contents[there] = value
            new = self.target.field(there).label
            self._say(say.LAST_PLACED, key, str(value), there, new=new)
            return
        year, target = str(self.year), str(self.target.year)
        anchor = self.old.sheet(key.sheet).anchor
        solved = key.sheet == RECTIFICATION and key.column == anchor and key.row in self._done
        self._say(
            say.DONE_ROW if solved else say.EARLIER_ANSWER,
            key,
            str(value),
            year=year,
            target=target,
        )

    def _carry(self, key: CellKey, value: Typed) -> bool:
        """搬一格；搬成了没有。"""
        there, note, computed = self._destination(key)
        if there is None and self._graded(key):
            self._compare(key, SELF_TOTAL, value)
            return False
        if there is None:
            here, same = self.old.field(key), field_at(self.target, key)
            wanted = same.unit if same else ""
            self._say(note or say.NO_PLACE, key, str(value), unit=here.unit, wanted=wanted)
            return False
        if computed:
            self._compare(key, there, value)
            return False
        field = self.target.field(there)
        if field.kind is FieldKind.CHOICE:
            picked = chosen(self, key, there, value)
            if picked.value is None:
                self._say(say.NO_OPTION, key, str(value), expected="、".join(picked.listed))
                return False
            if picked.value != value:
                self._say(say.RENAMED_OPTION, key, str(value), there, new=str(picked.value))
            value = picked.value
        known = self.contents.get(there)
        if known is not None:
            return self._join(key, there, known, value)
        self.contents[there] = value
        if note is say.RELABELLED or note is say.BY_LABEL:
            self._say_once(note, key, there, field)
        elif note is not None:
            self._say(note, key, str(value), there)
        return True

    def _destination(self, key: CellKey) -> Destination:
        """去处；整改表里余下的各行接着排。"""
        found = destination(self.old, self.target, key)
        row = self._renumbered.get(key.row) if key.sheet == RECTIFICATION else None
        if found.key is None or row is None:
            return found
        return found._replace(key=found.key._replace(row=row))

    def _graded(self, key: CellKey) -> bool:
        """自评等级在新表里由自评总分得出，不另填。"""
        return key == SELF_GRADE and self.target.computation(SELF_TOTAL) is not None

    def _compare(self, key: CellKey, there: CellKey, value: Typed) -> None:
        read = self.whole.submission.entries[key].value
        place, label = self.whole.submission.place(key), self.label(key)
        self.compared.append(Compared(there, place, label, read, str(value)))

    def _join(self, key: CellKey, there: CellKey, known: Typed, value: Typed) -> bool:
        """新表的那一格已有旧表别处的：文字合写在一起，别的不写。"""
        if not (isinstance(known, str) and isinstance(value, str)):
            self._say(say.TAKEN, key, str(value), there)
            return False
        if value not in known:
            self.contents[there] = f"{known}{_JOIN}{value}"
        self._say(say.JOINED, key, value, there)
        return True

    # ------------------------------------------------------------ 说法

    def label(self, key: CellKey) -> str:
        """一格给人看的名字：记录表的连同那一行写的是什么。"""
        field, sheet = self.old.field(key), self.old.sheet(key.sheet)
        if sheet.kind is SheetKind.SCORE:
            return f"{self.old.indicator(key.row).title}：{field.label}"
        if sheet.kind is SheetKind.RECORDS and key.column != sheet.anchor:
            entry = self.whole.submission.entries.get(key._replace(column=sheet.anchor))
            named = quote(entry.raw) if entry else f"第{key.row}行"
            return f"{named}：{field.label}"
        if sheet.kind is SheetKind.FIELDS and key.column != VALUE:
            return f"{self.old.field(key._replace(column=VALUE)).label}：{field.label}"
        return field.label

    def _say(
        self,
        message: Message,
        key: CellKey,
        value: str,
        there: CellKey | None = None,
        **words: str,
    ) -> None:
        self._said.append(_Said(message, key, value, there, words))

    def _say_once(self, message: Message, key: CellKey, there: CellKey, field: Field) -> None:
        """同一栏的只说一次。"""
        records = self.old.sheet(key.sheet).kind is not SheetKind.FIELDS
        name = key.column if records or key.column != VALUE else key.row
        if (message, key.sheet, name) not in self._once:
            self._once.add((message, key.sheet, name))
            words = {"new": field.label, "label": self.old.field(key).label}
            self._said.append(_Said(message, key, "", there, words))

    def lines(self, layout: Layout) -> Iterator[Line]:
        """清单的各条，依旧表的次序。"""
        for one in self._said:
            words = {"label": self.label(one.key), "value": quote(one.value)} | one.words
            short = {name: bounded(word, LONGEST_NAME) for name, word in words.items()}
            finding = one.message.finding(self.whole.submission.place(one.key), **short)
            yield Line(
                fate_of(one.message), finding, one.value, one.there and layout.place(one.there)
            )


def fate_of(message: Message) -> Fate:
    """一种说法是没有搬、搬了要看，还是上年的。"""
    if message in {say.EARLIER_ANSWER, say.DONE_ROW}:
        return Fate.EARLIER
    return Fate.LEFT if message.severity is say.NO_PLACE.severity else Fate.LOOK
