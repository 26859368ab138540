"""读方案文件；不合规的方案连同文件和键的路径一起拒绝。"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from xltool.scheme.key import field_key
from xltool.scheme.lint import inspect
from xltool.scheme.model import (
    Check,
    FieldKind,
    Grade,
    Indicator,
    Level,
    Option,
    OptionList,
    Parameter,
    Scheme,
)
from xltool.scheme.parameters import method_spec, shared_parameters
from xltool.scheme.problem import SchemeProblem
from xltool.scheme.reader import Table
from xltool.scheme.sheets import read_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xltool.scheme.key import CellKey

_PACKAGE = "xltool.schemes"


def scheme_ids() -> tuple[str, ...]:
    """随程序带的全部方案，按标识排序。"""
    files = resources.files("xltool") / "schemes"
    return tuple(
        sorted(item.name.removesuffix(".toml") for item in files.iterdir() if _is_scheme(item.name))
    )


def _is_scheme(name: str) -> bool:
    return name.endswith(".toml")


@lru_cache(maxsize=16)
def load_scheme(scheme_id: str) -> Scheme:
    """按标识取随程序带的方案。

    Raises:
        SchemeProblem: 没有这个方案，或方案文件有毛病。
    """
    if scheme_id not in scheme_ids():
        known = "、".join(scheme_ids())
        raise SchemeProblem(scheme_id, "（标识）", f"没有这个方案；现有：{known}")
    text = (resources.files("xltool") / "schemes" / f"{scheme_id}.toml").read_text("utf-8")
    return parse_scheme(text, f"{scheme_id}.toml")


def load_scheme_file(path: Path) -> Scheme:
    """读一个方案文件。

    Raises:
        SchemeProblem: 文件读不了或有毛病。
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SchemeProblem(path.name, "（文件）", f"读不了：{error}") from error
    return parse_scheme(text, path.name)


def parse_scheme(text: str, file: str) -> Scheme:
    """把方案文件的文字读成方案。

    Raises:
        SchemeProblem: 语法不对、缺项、多余的键、分值不合、引用不存在。
    """
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise SchemeProblem(file, "（文件）", f"TOML 语法不对：{error}") from error
    root = Table(data, file, "")
    scheme = _scheme(root)
    root.done()
    inspect(scheme, file)
    return scheme


def _scheme(root: Table) -> Scheme:
    head = root.table("scheme")
    parameters = {item.key: item for item in shared_parameters(root)}
    levels = tuple(_levels(root))
    indicators: list[Indicator] = []
    sheets = tuple(read_sheet(table) for table in root.tables("sheets"))
    for table in root.tables("indicators"):
        indicator, own = _indicator(table, levels)
        indicators.append(indicator)
        parameters |= {item.key: item for item in own}
    grades = tuple(_grades(root))
    scheme = Scheme(
        id=head.text("id"),
        version=head.text("version"),
        year=head.integer("year"),
        title=head.text("title"),
        annex=head.text("annex"),
        variant=head.text("variant"),
        issued_by=head.text("issued_by"),
        basis=head.text("basis"),
        origin=head.origin(),
        guide=head.texts("guide"),
        file=root.file,
        essential=frozenset(_essential(head)),
        levels=levels,
        indicators=tuple(indicators),
        sheets=sheets,
        grades=grades,
        parameters=_grade_parameters(grades) | parameters,
        options=_option_lists(root),
        checks=tuple(_check(table) for table in root.tables("checks", optional=True)),
    )
    head.done()
    return replace(scheme, parameters=_with_limit_units(scheme))


def _essential(head: Table) -> Iterator[tuple[str, str]]:
    for dotted in head.texts("essential"):
        key = _key(head, "essential", dotted)
        yield key.sheet, key.row


def _levels(root: Table) -> Iterator[Level]:
    for table in root.tables("levels"):
        parent = table.text("title")
        yield Level(parent, table.number("points"))
        for child in table.tables("children"):
            headings = child.texts("headings", optional=True)
            yield Level(child.text("title"), child.number("points"), parent, headings)
            child.done()
        table.done()


def _indicator(table: Table, levels: tuple[Level, ...]) -> tuple[Indicator, tuple[Parameter, ...]]:
    code = table.text("code")
    spec, parameters = method_spec(table.table("method"), code)
    level2 = table.text("level2")
    parent = next((level.parent for level in levels if level.parent and level.title == level2), "")
    if not parent:
        raise table.problem("level2", f"二级指标“{level2}”不在 levels 里")
    indicator = Indicator(
        code=code,
        level1=parent,
        level2=level2,
        title=table.text("title"),
        points=table.number("points"),
        note=table.text("note"),
        origin=table.origin(),
        method=spec,
    )
    table.done()
    return indicator, parameters


def _grades(root: Table) -> Iterator[Grade]:
    for table in root.tables("grades"):
        grade = Grade(table.text("name"), table.number("minimum"), table.origin())
        table.done()
        yield grade


def _option_lists(root: Table) -> dict[str, OptionList]:
    lists: dict[str, OptionList] = {}
    for table in root.tables("options"):
        item = _options(table)
        if item.key in lists:
            raise table.problem("key", f"“{item.key}”出现了两次，编码和名称不能重复")
        lists[item.key] = item
    return lists


def _grade_parameters(grades: tuple[Grade, ...]) -> dict[str, Parameter]:
    return {
        grade.parameter: Parameter(
            grade.parameter, f"等级“{grade.name}”的分数线（含）", grade.minimum, "分", grade.origin
        )
        for grade in grades
    }


def _options(table: Table) -> OptionList:
    options = []
    for item in table.tables("options"):
        aliases = item.texts("aliases", optional=True)
        options.append(Option(item.text("key"), item.text("value"), aliases))
        item.done()
    result = OptionList(table.text("key"), table.text("title"), tuple(options))
    table.done()
    return result


def _check(table: Table) -> Check:
    check = Check(
        table.text("rule"),
        table.text("label"),
        _key(table, "total", table.text("total")),
        tuple(_key(table, "plus", item) for item in table.texts("plus")),
        tuple(_key(table, "minus", item) for item in table.texts("minus", optional=True)),
    )
    table.done()
    return check


def _key(table: Table, key: str, dotted: str) -> CellKey:
    try:
        return field_key(dotted)
    except ValueError:
        raise table.problem(key, f"“{dotted}”不是“表.项”的写法") from None


def _with_limit_units(scheme: Scheme) -> dict[str, Parameter]:
    """分档界限的单位随取数的项：百分数的项，界限也按百分数显示。"""
    parameters = dict(scheme.parameters)
    for indicator in scheme.indicators:
        value = indicator.method.inputs.get("value")
        if not isinstance(value, str):
            continue
        unit = _unit_of(scheme, value)
        for key in indicator.method.parameters:
            if ".limit" in key:
                parameters[key] = replace(parameters[key], unit=unit)
    return parameters


def _unit_of(scheme: Scheme, dotted: str) -> str:
    key = field_key(dotted)
    for sheet in scheme.sheets:
        for item in sheet.fields:
            if (sheet.key, item.key) == (key.sheet, key.row):
                return "%" if item.kind is FieldKind.PERCENT else item.unit
    return ""
