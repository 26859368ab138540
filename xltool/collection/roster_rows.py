"""名单的一行一行：哪些行是单位，各栏写了什么；不是单位的行说一次。"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import At, Place
from xltool.collection.odd_rows import (
    group_name,
    is_example,
    is_group_name,
    is_no_name,
    is_no_record,
    is_ordinal,
)
from xltool.collection.roster_asked import NO_FORM, YES, asked_of
from xltool.collection.table import odd_rows
from xltool.collection.variants import form_of, nearest_form, variant_names
from xltool.messages import collection as say
from xltool.messages import roster as say_roster
from xltool.values import fold, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from xltool.collection.table import HeadedTable
    from xltool.finding import Finding, Message

_NOTHING: Final = frozenset({"无", "没有", "不适用", "/", "\\", "-", "--", "0"})  # 写着等于没写
_SEPARATORS: Final = str.maketrans(dict.fromkeys("，,；;\n\r", "、"))
_LINES: Final = re.compile(r"[\n\r；;]+")
_NUMBERED: Final = re.compile(r"^[(（]?\d{1,2}[)）.、．]\s*")
_NUMBERS: Final = frozenset({"序号", "编号", "号", "no", "no."})  # 这一栏只是第几行，不留
_MOST_SHOWN: Final = 10


class Record(NamedTuple):
    """名单上是单位的一行；`continued` 是名称写在上面的（合并的格，或空着）。"""

    table: HeadedTable
    row: int
    texts: Mapping[str, str]
    forms: tuple[str, ...]
    projects: str
    zero: bool
    exempt: bool
    until: date | None
    group: str
    extra: Mapping[str, str]
    continued: bool = False


@dataclass(slots=True)
class RowReader:
    """逐行读一张工作表里的各块；读的时候记下问题和不是单位的行。

    `names` 是名称一栏认得的表头：又印了一次表头的行不是单位；`group` 是现在这一组的名称。
    """

    names: Sequence[str]
    group: str = ""
    findings: list[Finding] = field(default_factory=list)
    _odd: list[tuple[Place, str]] = field(default_factory=list)
    _blank: list[Place] = field(default_factory=list)

    def records(self, table: HeadedTable) -> Iterator[Record]:
        """一块里的各个单位。"""
        headings = {fold(name) for name in self.names}
        rows = [row for row in table.rows() if fold(table.text(row, "name")) not in headings]
        style = _style(table, rows)
        last: Record | None = None
        for row in rows:
            if self._is_odd(table, row, style):
                last = None
                continue
            if not table.text(row, "name"):
                last = self._nameless(table, row, last)
            else:
                last = self._record(table, row, continued=table.covered(row, "name"))
            if last is not None:
                yield last

    def told(self) -> tuple[Finding, ...]:
        """全部问题；不是单位的行、名称空着的行各合成一条。"""
        findings = list(self.findings)
        if self._odd:
            findings.append(odd_rows(self._odd))
        if self._blank:
            rows = "、".join(str(place.at.row) for place in self._blank[:_MOST_SHOWN])
            rows += "等" if len(self._blank) > _MOST_SHOWN else ""
            findings.append(say_roster.ROSTER_CONTINUED.finding(self._blank[0], rows=rows))
        return tuple(findings)

    # ------------------------------------------------------------ 哪些行是单位

    def _is_odd(self, table: HeadedTable, row: int, style: _Style) -> bool:
        """合计、说明、栏次、分组的标题：记下来，不是单位。"""
        name = table.text(row, "name")
        words = [(column, text) for column, text in table.own(row) if text]
        if not words or is_example(name) or is_example(words[0][1]):
            return True
        if not name and all(text.isdecimal() for _, text in words):
            return not _tells(table, row)  # 只印了序号、留着没有填的行，不必说
        kind = _named(table, row, words, style) if name else _unnamed(table, row, words)
        if kind is None:
            return False
        self._odd.append((Place(table.grid.name, At(row, kind.column)), kind.text))
        if kind.group:
            self.group = group_name(kind.text)
        return True

    def _nameless(self, table: HeadedTable, row: int, last: Record | None) -> Record | None:
        """没有单位名称的一行：只写了项目的，接着上一行的单位；别的说出来。"""
        place = table.place(row, "name")
        if last is None or table.text(row, "code") or not table.text(row, "project"):
            self.findings.append(say.ROSTER_NAMELESS.finding(place))
            return None
        self._blank.append(place)
        own = self._record(table, row, continued=True)
        texts = {**own.texts, "name": last.texts["name"], "code": last.texts["code"]}
        return own._replace(texts=texts, zero=last.zero)

    # ------------------------------------------------------------ 一行写了什么

    def _record(self, table: HeadedTable, row: int, *, continued: bool) -> Record:
        texts = {key: table.text(row, key) for key in table.columns}
        texts = {**dict.fromkeys(_KEYS, ""), **texts}
        asked = asked_of(texts)
        for message, key in asked.wrong:
            self._wrong(message, table, row, key)
        others, projects = other_columns(table), table.lines(row, "project")
        forms = list(self._forms(table, row, texts["name"]))
        for column, heading in others.items():  # 以表种作表头的栏，打勾的是应报
            if form_in(table, column, heading) and fold(table.shown(row, column)) in YES:
                forms.append(form_in(table, column, heading))
        return Record(
            table=table,
            row=row,
            texts=texts,
            forms=tuple(dict.fromkeys(forms)),
            projects=projects if listed(projects) else "",
            zero=asked.zero,
            exempt=asked.exempt,
            until=asked.until,
            group=texts["group"] or self.group,
            extra={
                heading: " ".join(table.shown(row, column).split())
                for column, heading in others.items()
                if not form_in(table, column, heading)
            },
            continued=continued,
        )

    def _wrong(self, message: Message, table: HeadedTable, row: int, key: str) -> None:
        """一格填得不对。"""
        name, found = quote(table.text(row, "name")), quote(table.text(row, key))
        place, heading = table.place(row, key), table.headings.get(key, "")
        self.findings.append(message.finding(place, heading=heading, name=name, found=found))

    def _forms(self, table: HeadedTable, row: int, name: str) -> Iterator[str]:
        """应报的表种；认不出的指出，不计。"""
        for text in listed(table.lines(row, "variants")):
            known = form_of(text)
            if known:
                yield known
            elif fold(text) not in NO_FORM:
                near = nearest_form(text)
                finding = say.ROSTER_FORM.finding(
                    table.place(row, "variants"),
                    name=quote(name),
                    found=quote(text),
                    nearest=say.NEAREST.format(name=near) if near else "",
                    forms="、".join(variant_names()),
                )
                self.findings.append(finding)


# 有一样的行就是单位，不是分组的标题
_TELLING: Final = ("code", "contact", "phone", "variants", "zero", "exempt", "until")
_KEYS: Final = (*_TELLING, "name", "aliases", "project", "group", "remark")


class _Odd(NamedTuple):
    """不是单位的一行：哪一列写着什么，是不是分组的标题。"""

    column: int
    text: str
    group: bool


def _named(
    table: HeadedTable, row: int, words: Sequence[tuple[int, str]], style: _Style
) -> _Odd | None:
    """名称一栏有字，却不是单位的；是单位的为空。"""
    name, (column, first) = table.text(row, "name"), words[0]
    if is_no_record(first) or is_no_record(name) or is_no_name(name):
        return _Odd(column, first, group=False)
    numbered = first != name and is_ordinal(first) and not style.ordinals
    grouped = is_group_name(name) or numbered or _is_banner(table, row)
    if grouped and not any(table.text(row, key) for key in _TELLING):
        return _Odd(table.columns["name"], name, group=True)
    return None


def _unnamed(table: HeadedTable, row: int, words: Sequence[tuple[int, str]]) -> _Odd | None:
    """名称一栏空着，别的栏也没有说是哪个单位的；说了的为空。"""
    column, first = next(one for one in words if not one[1].isdecimal())
    group = is_group_name(first)
    # 分组的标题常写在最左一格，那一栏可能是编码
    coded = any(map(str.isdecimal, table.text(row, "code")))
    alone = len(words) == 1 and not coded and (group or bool(table.text(row, "code")))
    if is_no_record(words[0][1]) or alone or not _tells(table, row):
        return _Odd(column, first, group=group and not is_no_record(first))
    return None


def _tells(table: HeadedTable, row: int) -> bool:
    """有没有哪一栏写着单位才有的内容。"""
    return any(table.text(row, key) for key in (*_TELLING, "project"))


class _Style(NamedTuple):
    """一块的写法：`ordinals` 是各行都用“一、”编号，那就不是分组。"""

    ordinals: bool


def _style(table: HeadedTable, rows: Sequence[int]) -> _Style:
    firsts = [own[0][1] for row in rows if (own := table.own(row)) and table.text(row, "name")]
    return _Style(bool(firsts) and all(map(is_ordinal, firsts)))


def _is_banner(table: HeadedTable, row: int) -> bool:
    """名称一格横着盖住了别的栏：是标题，不是单位。"""
    column = table.columns["name"]
    others = {*table.columns.values(), *table.others} - {column}
    return any(
        area.first.row == row
        and area.first.col <= column <= area.last.col
        and any(area.first.col <= other <= area.last.col for other in others)
        for area in table.grid.merges
    )


def form_in(table: HeadedTable, column: int, heading: str) -> str:
    """以表种作表头的栏是哪一种；上面还有一层标题的，看最下面的一格。"""
    lowest = table.grid.cells.get((table.header, column))
    return form_of(heading) or (form_of(lowest.text) if lowest else "")


def other_columns(table: HeadedTable) -> dict[int, str]:
    """名单另有的各栏，依次序；序号不算，表头相同的只留最左一栏。"""
    found: dict[str, int] = {}
    for column, text in sorted(table.others.items()):
        heading = " ".join(text.split())
        if heading and not is_number_heading(heading):
            found.setdefault(heading, column)
    return {column: heading for heading, column in found.items()}


def is_number_heading(heading: str) -> bool:
    """是不是“序号”一类的表头。"""
    return fold(" ".join(heading.split())) in _NUMBERS


def listed(text: str) -> list[str]:
    """顿号、逗号、分号或换行隔开的几个词；“无”“/”一类不算。"""
    words = map(str.strip, text.translate(_SEPARATORS).split("、"))
    return [word for word in words if word and fold(word) not in _NOTHING]


def project_names(text: str, *, whole: bool) -> tuple[str, ...]:
    """一格里的项目：换行、分号隔开；`whole` 为假时顿号、逗号也隔开（名称里常有顿号）。"""
    pieces = _LINES.split(text) if whole or _LINES.search(text.strip()) else listed(text)
    names = (_NUMBERED.sub("", " ".join(piece.split())) for piece in pieces)
    return tuple(dict.fromkeys(name for name in names if name and fold(name) not in _NOTHING))
