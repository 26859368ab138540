"""把一份旧表移到新表：一格一格，搬得了的原样搬，搬不了的列出来，不替人猜。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.facts.typed import typed_submission
from xltool.facts.view import Facts
from xltool.layout.layout import form_layout
from xltool.messages import form as say_form
from xltool.messages import migrating as say
from xltool.migrating.carrying import Carrier
from xltool.migrating.following_year import STARTS, beside
from xltool.migrating.model import Fate, Line, Migrated
from xltool.migrating.places import field_at
from xltool.scheme.key import CellKey, field_key
from xltool.scheme.model import SheetKind
from xltool.values import plain, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.facts.typed import Typed
    from xltool.finding import Finding
    from xltool.intake.whole_form import WholeForm
    from xltool.migrating.carrying import Compared
    from xltool.scheme.model import Scheme

_YEAR: Final = field_key("cover.year")
_NO_RESULT: Final = "空白（还缺要填的）"
# 认表时说的，有内容因此没有读的
_UNREAD: Final = frozenset(
    one.code
    for one in (
        say_form.EXTRA_SHEET,
        say_form.COPIED_SHEET,
        say_form.COPY_DIFFERS,
        say_form.NO_SHEET,
        say_form.NO_COLUMN,
        say_form.AMBIGUOUS_COLUMN,
        say_form.NO_ROW,
        say_form.DUPLICATE_ROW,
        say_form.TORN_ROW,
        say_form.TOO_MANY_ROWS,
        say_form.MERGED_HIDDEN,
    )
)


def migrate(whole: WholeForm, target: Scheme) -> Migrated | Finding:
    """移到 `target` 的表；移不了的说明为什么。"""
    year = year_of(whole)
    if year is None:
        return say.UNKNOWN_YEAR.finding()
    if year > target.year:
        return say.BACKWARDS.finding(year=year, scheme=target.title, target=target.year)
    old = whole.old
    same = old.own and (old.scheme.id, old.scheme.version) == (target.id, target.version)
    if same and not whole.damaged:
        return say.CURRENT.finding(scheme=target.title)
    carrier = Carrier(whole, target, year)
    carrier.carry_all()
    contents = carrier.contents
    if carrier.started and target.has("cover.year"):
        contents[_YEAR] = Decimal(target.year)
    layout = form_layout(target, typed_submission(target, contents).records)
    lines = [*_about(whole, target, year), *carrier.lines(layout), *_results(carrier, target)]
    lines += _others(whole)
    if carrier.started:
        lines += _starts(carrier, target, year)
    elif old.scheme.id != target.id:
        lines += _to_fill(whole, target, contents)
    order = list(Fate)
    lines.sort(key=lambda line: order.index(line.fate))
    known = Facts(old.scheme, whole.submission) if carrier.following else None
    return Migrated(target, year, contents, tuple(lines), beside(known, target) if known else {})


def year_of(whole: WholeForm) -> int | None:
    """旧表是哪一年度的：先看标识表，再看封面。"""
    if whole.old.year.isdecimal():
        return int(whole.old.year)
    written = Facts(whole.old.scheme, whole.submission).number(_YEAR)
    return int(written) if written is not None else None


def _about(whole: WholeForm, target: Scheme, year: int) -> Iterator[Line]:
    old = whole.old
    if not old.own:
        version = f"{quote(old.version)} 版" if old.version else "看不出哪一版"
        yield Line(
            Fate.LOOK,
            say.NO_OWN_SCHEME.finding(version=version, year=year, scheme=old.scheme.title),
        )
    if year < target.year - 1:
        yield Line(Fate.LOOK, say.LONG_AGO.finding(year=year))


def _results(carrier: Carrier, target: Scheme) -> Iterator[Line]:
    """旧表填的、新表自动计算的：算出的不同才说。"""
    facts = Facts(target, typed_submission(target, carrier.contents))
    for one in carrier.compared:
        yield from _differs(one, facts)


def _differs(one: Compared, facts: Facts) -> Iterator[Line]:
    number = facts.number(one.there)
    graded = isinstance(one.read, str) and number is not None
    result = facts.scheme.grade(number) if graded and number is not None else number
    if result is not None and result == one.read:
        return
    shown = plain(result) if isinstance(result, Decimal) else result or _NO_RESULT
    finding = say.OTHER_RESULT.finding(
        one.place, label=one.label, value=quote(one.value), result=shown
    )
    place = form_layout(facts.scheme, facts.submission.records).place(one.there)
    yield Line(Fate.LEFT, finding, one.value, place)


def _others(whole: WholeForm) -> Iterator[Line]:
    """填报的格以外的：表格以外写的、没有读的表和栏、退回件里的说明。"""
    for place, text in whole.others:
        yield Line(Fate.LEFT, say.OUTSIDE.finding(place, value=quote(text)), text)
    for finding in whole.findings:
        if finding.code in _UNREAD:
            yield Line(Fate.LEFT, finding)
    for one in whole.submission.statements:
        finding = say.STATEMENT.finding(value=quote(one.text), where=one.where or one.code)
        yield Line(Fate.LEFT, finding, one.text)


def _starts(carrier: Carrier, target: Scheme, year: int) -> Iterator[Line]:
    """预填了起头的各张记录表，各一条。"""
    for key, columns in STARTS.items():
        rows = {one.row for one in carrier.contents if one.sheet == key}
        if rows:
            sheet = target.sheet(key)
            labels = "、".join(f.label for f in sheet.fields if f.key in columns)
            finding = say.START.finding(
                name=sheet.name, labels=labels, count=len(rows), year=year, target=target.year
            )
            yield Line(Fate.LOOK, finding)


def _to_fill(whole: WholeForm, target: Scheme, contents: Mapping[CellKey, Typed]) -> Iterator[Line]:
    """旧表没有、新表必填的逐项，一张表一条。"""
    layout = form_layout(target, {})
    for sheet in target.sheets:
        if sheet.kind is not SheetKind.FIELDS:
            continue
        lacking = [
            field
            for field in sheet.fields
            if field.required
            and field.computation is None
            and (key := CellKey(sheet.key, field.key)) not in contents
            and field_at(whole.old.scheme, key) is None
        ]
        if lacking:
            labels = "、".join(field.label for field in lacking)
            finding = say.TO_FILL.finding(name=sheet.name, count=len(lacking), labels=labels)
            place = layout.place(CellKey(sheet.key, lacking[0].key))
            yield Line(Fate.LOOK, finding, to=place)
