"""各行之间对不对得上：重复的、别处没有的、该一样而不一样的；都指到格。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.flags.registry import rules
from xltool.messages import scheme as say
from xltool.scheme.advice import other_year
from xltool.scheme.parameters import METHOD_LABELS
from xltool.scheme_book.cells import expected
from xltool.scheme_book.tables import allocation, basics, computing, methods, options, parameters
from xltool.scheme_book.tables.catalogue import TABLES
from xltool.scheme_book.tables.fields import TABLE as FIELDS
from xltool.scheme_book.tables.levels import TABLE as LEVELS
from xltool.scheme_book.tables.sheets import TABLE as SHEETS
from xltool.values import fold, nearest, plain
from xltool.values.excerpt import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from xltool.finding import Finding
    from xltool.scheme_book.draft import Draft, ReadRow, ReadTable
    from xltool.scheme_book.table import Column

_GUESSES: Final = 20  # 一栏里前几处不认得的才猜是不是写错了字：成百上千处的是误粘贴


def cross_findings(draft: Draft) -> Iterator[Finding]:
    """各行之间的全部问题。"""
    for read in draft.tables.values():
        for group in read.table.unique:
            yield from _repeated(read, group)
        for column in read.table.columns:
            if column.parent and column.key in read.columns:
                yield from _orphans(draft, read, column)
    yield from _levels(draft)
    yield from _fields(draft)
    yield from _alike(draft, options.TABLE.key, "list", "list_title")
    yield from _alike(draft, allocation.TABLE.key, "option", "origin")
    yield from _alike(draft, computing.DROPDOWNS.key, "key", "depends", also="sheet")
    yield from _pairs(draft)
    yield from _allocation(draft)
    yield from _parameters(draft)
    yield from _ways(draft)
    yield from _settings(draft)
    yield from _years(draft)


def _repeated(read: ReadTable, group: tuple[str, ...]) -> Iterator[Finding]:
    """几栏合起来与前面某一行相同；组里最后一栏是说法所指的格。"""
    seen: dict[tuple[str, ...], int] = {}
    for row in read.rows:
        values = tuple(row.text(key) for key in group)
        if not values[0]:
            continue
        if values in seen:
            heading = read.table.column(group[-1]).heading
            raw = excerpt(values[-1])
            yield say.REPEATED.finding(
                row.place(group[-1]), label=heading, raw=raw, row=seen[values]
            )
        seen.setdefault(values, row.number)


def _orphans(draft: Draft, read: ReadTable, column: Column) -> Iterator[Finding]:
    """所写的在另一张表里没有。"""
    table, _, key = column.parent.partition(".")
    known = draft.known(table, key)
    if known is None:
        return
    listed = {"", *known}
    strangers = [row for row in read.rows if row.text(column.key) not in listed]
    for number, row in enumerate(strangers):
        near = known if number < _GUESSES else ()
        yield _no_such(row, column.key, column.heading, TABLES[table].name, near)


def _no_such(row: ReadRow, key: str, label: str, where: str, known: Iterable[str]) -> Finding:
    text = row.text(key)
    near, raw = nearest(text, filter(None, known)), excerpt(text)
    suggestion = ""
    if near is not None and fold(near) == fold(text):  # 看上去一样的，说差在哪里
        suggestion = f"，与“{near}”只差空格、大小写或全角半角"
    elif near is not None:
        suggestion = f"，是不是“{near}”"
    return say.NO_SUCH.finding(
        row.place(key), label=label, raw=raw, where=where, suggestion=suggestion
    )


def _levels(draft: Draft) -> Iterator[Finding]:
    """二级指标所属的一级要有自己的一行；名称不能重复。"""
    rows = draft.rows(LEVELS.key)
    tops = {row.text("parent") for row in rows if not row.text("title")}
    seen: dict[str, int] = {}
    for row in rows:
        key = "title" if row.text("title") else "parent"
        name, heading = row.text(key), LEVELS.column(key).heading
        if key == "title" and row.text("parent") not in tops:
            label = LEVELS.column("parent").heading
            yield _no_such(row, "parent", label, LEVELS.name, tops)
        if name in seen:
            yield say.REPEATED.finding(row.place(key), label=heading, raw=name, row=seen[name])
        seen.setdefault(name, row.number)


def _fields(draft: Draft) -> Iterator[Finding]:
    """写到某张表的某一项的，那一项要在字段里。"""
    if draft.known(FIELDS.key, "key") is None or draft.known(FIELDS.key, "sheet") is None:
        return
    keys: dict[str, set[str]] = {}
    for row in draft.rows(FIELDS.key):
        keys.setdefault(row.text("sheet"), set()).add(row.text("key"))
    wanted = (
        (computing.COMPUTED, "sheet", "key"),
        (computing.DROPDOWNS, "sheet", "key"),
        (computing.DROPDOWNS, "sheet", "depends"),
        (SHEETS, "key", "anchor"),
    )
    for table, sheet, key in wanted:
        guesses = 0
        for row in draft.rows(table.key):
            known = keys.get(row.text(sheet), set())
            if row.text(key) and row.text(key) not in known:
                guesses += 1
                near = known if guesses <= _GUESSES else ()
                yield _no_such(row, key, table.column(key).heading, FIELDS.name, near)


def _alike(draft: Draft, table: str, owner: str, key: str, also: str = "") -> Iterator[Finding]:
    """同一个东西的几行，某一栏要么一样，要么只写一次。"""
    first: dict[tuple[str, str], ReadRow] = {}
    for row in draft.rows(table):
        value, name = row.text(key), (row.text(owner), row.text(also))
        if not value:
            continue
        if name in first and first[name].text(key) != value:
            spec = TABLES[table]
            yield say.UNLIKE.finding(
                row.place(key),
                label=spec.column(key).heading,
                row=first[name].number,
                owner=spec.column(owner).heading,
            )
        first.setdefault(name, row)


def _pairs(draft: Draft) -> Iterator[Finding]:
    """二级下拉：上一栏选了什么、用哪个选项表，要写就一起写。"""
    table = computing.DROPDOWNS
    for row in draft.rows(table.key):
        for key, other in (("choice", "options"), ("options", "choice")):
            if row.text(other) and not row.text(key):
                label, wanted = table.column(key).heading, expected(table.column(key))
                yield say.BLANK.finding(row.place(key), label=label, expected=wanted)


def _allocation(draft: Draft) -> Iterator[Finding]:
    """每种分法要写来源，写了编码的要写分值。"""
    for group in draft.groups(allocation.TABLE.key, "option").values():
        if not any(row.text("origin") for row in group):
            column = allocation.TABLE.column("origin")
            place = group[0].place("origin")
            yield say.BLANK.finding(place, label=column.heading, expected="来源")
        for row in group:
            if row.text("code") and row.number_or_none("points") is None:
                yield say.NO_POINTS.finding(row.place("points"))


def _parameters(draft: Draft) -> Iterator[Finding]:
    """计分参数认得出是哪一个，序号从 1 起连续。"""
    labels = [label.replace("{n}", "1") for label, _ in METHOD_LABELS.values()]
    for rows in _of_one_method(draft):
        numbers: dict[str, set[int]] = {}
        named = [(row, methods.named(row.text("name"))) for row in rows]
        for row, one in named:
            raw = excerpt(row.text("name"))
            if one is None:
                near = nearest(row.text("name"), labels)
                suggestion = f"，是不是“{near}”" if near else ""
                yield say.NO_PARAMETER.finding(row.place("name"), raw=raw, suggestion=suggestion)
            elif one.number in numbers.setdefault(one.name, set()):
                label = methods.PARAMETER_TABLE.column("name").heading
                first = next(other for other, named_as in named if named_as == one)
                yield say.REPEATED.finding(
                    row.place("name"), label=label, raw=raw, row=first.number
                )
            else:
                numbers[one.name].add(one.number)
        for row, one in named:
            if one is not None and one.number > 1 and one.number - 1 not in numbers[one.name]:
                label = METHOD_LABELS[one.name][0].format(n=one.number - 1)
                yield say.GAP.finding(
                    row.place("name"), raw=excerpt(row.text("name")), expected=label
                )


def _of_one_method(draft: Draft) -> Iterator[list[ReadRow]]:
    """计分参数的各行，一个指标一组；取高的，各种办法各一组，参数可以同名。"""
    for rows in draft.groups(methods.PARAMETER_TABLE.key, "code").values():
        ways: dict[Decimal, list[ReadRow]] = {}
        for row in rows:
            ways.setdefault(row.amount(methods.WAY.key), []).append(row)
        yield from ways.values()


def _ways(draft: Draft) -> Iterator[Finding]:
    """取数、参数写的是第几种办法，要有那一种；没有的话这一行用不上。"""
    table, column = methods.WAY_TABLE, methods.WAY
    if table.key not in draft.tables:
        return
    listed = draft.groups(table.key, "code")
    for key in (methods.INPUT_TABLE.key, methods.PARAMETER_TABLE.key):
        for row in draft.rows(key):
            number = row.amount(column.key)
            if number not in range(len(listed.get(row.text("code"), ())) + 1):
                yield say.NO_SUCH.finding(
                    row.place(column.key),
                    label=column.heading,
                    raw=plain(number),
                    where=table.name,
                    suggestion="",
                )


def _settings(draft: Draft) -> Iterator[Finding]:
    """基本信息的各行都在，没有不认识的；疑点参数的编码认得。"""
    table = basics.TABLE
    if table.key in draft.tables:
        rows = draft.rows(table.key)
        found = {row.text(basics.LABEL) for row in rows}
        for label, column in table.settings.items():
            if label not in found and column.required:
                yield say.NO_SETTING.finding(
                    draft.tables[table.key].head(basics.LABEL), label=label
                )
        for row in rows:
            if row.text(basics.LABEL) not in table.settings:
                raw = excerpt(row.text(basics.LABEL))
                yield say.ODD_SETTING.finding(row.place(basics.LABEL), raw=raw)
    known = {rule.code for rule in rules()}
    for code, group in draft.groups(parameters.FLAGS.key, "rule").items():
        if code not in known:
            yield say.NO_RULE.finding(group[0].place("rule"), raw=excerpt(code))


def _years(draft: Draft) -> Iterator[Finding]:
    """标题里的年度与评价年度不同。"""
    settings = {row.text(basics.LABEL): row for row in draft.rows(basics.TABLE.key)}
    labels = {setting.key: setting.label for setting in basics.SETTINGS}
    year = (
        settings[labels["year"]].number_or_none(basics.VALUE)
        if labels["year"] in settings
        else None
    )
    if not year:
        return
    titled = [(row, "title", SHEETS.column("title").heading) for row in draft.rows(SHEETS.key)]
    if labels["title"] in settings:
        titled.insert(0, (settings[labels["title"]], basics.VALUE, labels["title"]))
    for row, key, label in titled:
        found = other_year(row.text(key), int(year))
        if found:
            place = row.place(key)
            yield say.OTHER_YEAR.finding(place, label=label, raw=found, year=plain(year))
