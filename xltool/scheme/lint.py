"""方案自身的道理：编码不重、分值相符、引用存在、等级有序。"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from xltool.scheme.allocation import allocation_problems
from xltool.scheme.caps import cap_problems
from xltool.scheme.key import DEPARTMENT, field_key
from xltool.scheme.model import SheetKind
from xltool.scheme.pages import page_problems
from xltool.scheme.problem import SchemeProblem
from xltool.scheme.ranges import range_problems
from xltool.scheme.shapes import shape_problems
from xltool.scheme.wiring import wiring_problems
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme


def inspect(scheme: Scheme, file: str) -> None:
    """核对方案。

    Raises:
        SchemeProblem: 第一处不合的地方，带键的路径。
    """
    for path, message in every_problem(scheme):
        raise SchemeProblem(file, path, message)


def every_problem(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """全部不合的地方：键的路径和说法；该有的没有齐，就不往下看。"""
    # 名字不重、合用，程序要用的都有
    first = [*_duplicates(scheme), *shape_problems(scheme), *wiring_problems(scheme)]
    yield from first
    if first:
        return

    yield from range_problems(scheme)
    yield from _points(scheme)
    yield from allocation_problems(scheme)
    yield from cap_problems(scheme)
    yield from page_problems(scheme)
    for level in scheme.levels:
        if not all(word.strip() for word in level.headings):
            yield f"levels.{level.title}.headings", "标题用词不能空着，空的词在哪里都算找到了"
    yield from _together(scheme)
    minimums = [grade.minimum for grade in scheme.grades]
    if minimums != sorted(set(minimums), reverse=True) or not minimums or minimums[-1] != 0:
        yield "grades", "等级要由高到低排列、分数线不重复，最后一级从 0 分起"
    yield from _sheets(scheme)
    yield from _references(scheme)


def _duplicates(scheme: Scheme) -> Iterator[tuple[str, str]]:
    groups: dict[str, Iterable[str]] = {
        "indicators.code": (item.code for item in scheme.indicators),
        "sheets.key": (item.key for item in scheme.sheets),
        "sheets.name": (item.name for item in scheme.sheets),
        "fields.code": (f.code for s in scheme.sheets for f in s.fields if f.code),
        "levels.title": (level.title for level in scheme.levels),
        "grades.name": (grade.name for grade in scheme.grades),
    }
    for sheet in scheme.sheets:
        groups[f"sheets.{sheet.key}.fields.key"] = (f.key for f in (*sheet.fields, *sheet.extras))
    for options in scheme.options.values():
        groups[f"options.{options.key}.key"] = (option.key for option in options.options)
        groups[f"options.{options.key}.value"] = (
            word for option in options.options for word in (option.value, *option.aliases)
        )
    for path, values in groups.items():
        listed = tuple(values)
        if len(set(listed)) == len(listed):  # 大半如此，不必逐个数
            continue
        for value, count in Counter(listed).items():
            if count > 1:
                yield path, f"“{value}”出现了 {count} 次，编码和名称不能重复"


def _points(scheme: Scheme) -> Iterator[tuple[str, str]]:
    full = scheme.full_marks
    tops = [level for level in scheme.levels if not level.parent]
    yield from _sum("levels", "一级", sum(level.points for level in tops), full)
    for top in tops:
        children = (level.points for level in scheme.levels if level.parent == top.title)
        yield from _sum(f"levels.{top.title}", "二级", sum(children), top.points)
    for level in scheme.levels:
        if level.parent:
            own = (item.points for item in scheme.indicators if item.level2 == level.title)
            yield from _sum(f"indicators（{level.title}）", "三级", sum(own), level.points)
    digits = int(scheme.number("score_digits"))
    for item in scheme.indicators:
        if scheme.round_points(item.points) != item.points:
            yield f"indicators.{item.code}.points", f"最多 {digits} 位小数，否则满分也得不到"


def _sum(
    path: str, what: str, actual: Decimal | int, expected: Decimal
) -> Iterator[tuple[str, str]]:
    if actual != expected:
        yield path, f"各个{what}指标的分值合计 {plain(Decimal(actual))}，应为 {plain(expected)}"


def _together(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """同一级的指标要排在一起：印出来一级只写一遍。"""
    seen: set[str] = set()
    for name in ("level1", "level2"):
        for title, run in groupby(scheme.indicators, attrgetter(name)):
            first = next(run)
            if title in seen:
                yield f"indicators.{first.code}.level2", f"“{title}”的各个指标要排在一起"
            seen.add(title)


def _sheets(scheme: Scheme) -> Iterator[tuple[str, str]]:
    forms = [sheet for sheet in scheme.sheets if sheet.kind is SheetKind.SCORE]
    if len(forms) != 1:
        yield "sheets", "要有一张、且只有一张评分表（kind 为 form）"
    for sheet in scheme.sheets:
        path = f"sheets.{sheet.key}"
        if sheet.kind is SheetKind.RECORDS and sheet.capacity <= 0:
            yield f"{path}.capacity", "记录表要写可填多少行"
        known = {field.key for field in sheet.fields}
        if sheet.kind is SheetKind.RECORDS and sheet.anchor not in known:
            yield f"{path}.anchor", f"“{sheet.anchor}”不是本表的栏"
        for field in (*sheet.fields, *sheet.extras):
            lists = {f"options_by.{word}": key for word, key in field.options_by.items()}
            if field.options:
                lists = {"options": field.options}
            for place, key in lists.items():
                if key not in scheme.options:
                    yield f"{path}.{field.key}.{place}", f"没有选项表“{key}”"


def _references(scheme: Scheme) -> Iterator[tuple[str, str]]:
    known = {(sheet.key, field.key) for sheet in scheme.sheets for field in sheet.fields}
    if DEPARTMENT not in scheme.subject:
        yield "scheme.subject", f"要有 {DEPARTMENT}，汇总按部门核对名单"
    for key in scheme.subject:
        yield from _reference("scheme.subject", f"{key.sheet}.{key.row}", _pair(key), known)
    for sheet, field in scheme.essential:
        yield from _reference("scheme.essential", f"{sheet}.{field}", (sheet, field), known)
    yield from _inputs(scheme, known)
    for check in scheme.checks:
        for key in (check.total, *check.plus, *check.minus):
            yield from _reference(f"checks.{check.rule}", str(key), _pair(key), known)


def _inputs(scheme: Scheme, known: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    specs = ((item, *pair) for item in scheme.indicators for pair in item.method.every())
    for indicator, part, spec in specs:
        for name, value in spec.inputs.items():
            path = f"indicators.{indicator.code}.method{part}.inputs.{name}"
            for dotted in (value,) if isinstance(value, str) else value:
                if "." in dotted:
                    yield from _input(scheme, path, dotted, known)


def _input(
    scheme: Scheme, path: str, dotted: str, known: set[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """取数可以指向填报项（表.项），也可以指向选项（选项表.选项）。"""
    try:
        key = field_key(dotted)
    except ValueError:
        yield path, f"“{dotted}”不是“表.项”的写法"
        return
    options = scheme.options.get(key.sheet)
    if options and any(option.key == key.row for option in options.options):
        return
    yield from _reference(path, dotted, _pair(key), known)


def _pair(key: CellKey) -> tuple[str, str]:
    return key.sheet, key.row


def _reference(
    path: str, dotted: str, pair: tuple[str, str], known: set[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    if pair not in known:
        yield path, f"没有填报项“{dotted}”"
