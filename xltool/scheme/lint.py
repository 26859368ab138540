"""方案自身的道理：编码不重、分值相符、引用存在、等级有序。"""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from xltool.scheme.allocation import allocation_problems
from xltool.scheme.bounds import bound_problems
from xltool.scheme.caps import cap_problems
from xltool.scheme.duplicates import duplicate_problems
from xltool.scheme.key import DEPARTMENT, SELF_GRADE, field_key
from xltool.scheme.model import SheetKind
from xltool.scheme.pages import page_problems
from xltool.scheme.problem import SchemeProblem
from xltool.scheme.ranges import range_problems
from xltool.scheme.references import reference_problem
from xltool.scheme.shapes import shape_problems
from xltool.scheme.wiring import lacking_problems, wiring_problems
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    yield from duplicate_problems(scheme)
    yield from shape_problems(scheme)
    bounds, lacking = [*bound_problems(scheme)], [*lacking_problems(scheme)]
    yield from bounds
    yield from lacking
    yield from wiring_problems(scheme)
    if lacking or any(path.startswith("parameters.") for path, _ in bounds):  # 位数不对，算不了
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
    yield from _self_grade(scheme)
    yield from _references(scheme)


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
        if sheet.kind is SheetKind.RECORDS:
            anchor = next((one for one in sheet.fields if one.key == sheet.anchor), None)
            if anchor is None:
                yield f"{path}.anchor", f"“{sheet.anchor}”不是本表的栏"
            elif anchor.computation is not None:
                yield f"{path}.anchor", f"“{sheet.anchor}”是自动计算的，看不出填没填"
        for field in (*sheet.fields, *sheet.extras):
            lists = {f"options_by.{word}": key for word, key in field.options_by.items()}
            if field.options:
                lists = {"options": field.options}
            for place, key in lists.items():
                if key not in scheme.options:
                    yield f"{path}.{field.key}.{place}", f"没有选项表“{key}”"


def _self_grade(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """自评等级由总分得出，印的是等级的名称：下拉列表里要正好是这几个。"""
    options = scheme.options.get(scheme.field(SELF_GRADE).options) if _has_grade(scheme) else None
    if options is None:
        return
    names, words = [grade.name for grade in scheme.grades], list(options.values)
    lacking = "、".join(name for name in names if name not in words)
    extra = "、".join(f"“{word}”" for word in words if word not in names)
    said = [f"少了 {lacking}"] if lacking else []
    said += [f"多了 {extra}"] if extra else []
    if said:
        wanted = f"选项表“{options.key}”的选项要与等级的名称一致（{'、'.join(names)}）"
        yield f"sheets.{SELF_GRADE.sheet}.{SELF_GRADE.row}.options", f"{wanted}：{'，'.join(said)}"


def _has_grade(scheme: Scheme) -> bool:
    return scheme.has(f"{SELF_GRADE.sheet}.{SELF_GRADE.row}")


def _references(scheme: Scheme) -> Iterator[tuple[str, str]]:
    if DEPARTMENT not in scheme.subject:
        yield "scheme.subject", f"要有 {DEPARTMENT}，汇总按部门核对名单"
    for key in scheme.subject:
        yield from _reference(scheme, "scheme.subject", key)
    known = {(sheet.key, field.key) for sheet in scheme.sheets for field in sheet.fields}
    for sheet, field in sorted(scheme.essential - known):
        yield "scheme.essential", f"没有填报项“{sheet}.{field}”"
    yield from _inputs(scheme)
    for check in scheme.checks:
        for key in (check.total, *check.plus, *check.minus):
            yield from _in_check(scheme, f"checks.{check.rule}", key)


def _in_check(scheme: Scheme, path: str, key: CellKey) -> Iterator[tuple[str, str]]:
    """勾稽的一项：哪张逐项表的都行，要是数。"""
    if not scheme.has(f"{key.sheet}.{key.row}"):
        yield from _reference(scheme, path, key)
    elif reference_problem(scheme, key):
        yield path, f"“{key}”是一栏，勾稽只看逐项表的项"
    elif not (field := scheme.field(key)).kind.numeric:
        yield path, f"“{key}”要是数，现为 {field.kind}"


def _inputs(scheme: Scheme) -> Iterator[tuple[str, str]]:
    specs = ((item, *pair) for item in scheme.indicators for pair in item.method.every())
    for indicator, part, spec in specs:
        for name, value in spec.inputs.items():
            path = f"indicators.{indicator.code}.method{part}.inputs.{name}"
            for dotted in (value,) if isinstance(value, str) else value:
                if "." in dotted:
                    yield from _input(scheme, path, dotted)


def _input(scheme: Scheme, path: str, dotted: str) -> Iterator[tuple[str, str]]:
    """取数可以指向填报项（表.项），也可以指向选项（选项表.选项）。"""
    try:
        key = field_key(dotted)
    except ValueError:
        yield path, f"“{dotted}”不是“表.项”的写法"
        return
    if not scheme.word(key.sheet, key.row):
        yield from _reference(scheme, path, key)


def _reference(scheme: Scheme, path: str, key: CellKey) -> Iterator[tuple[str, str]]:
    message = reference_problem(scheme, key)
    if message:
        yield path, message
