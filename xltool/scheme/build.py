"""由方案文件的内容造方案：各节逐一读成不可变的数据。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xltool.scheme.key import CellKey, field_key
from xltool.scheme.model import (
    Check,
    FieldKind,
    Grade,
    Indicator,
    Level,
    Parameter,
    Scheme,
)
from xltool.scheme.options import Allocation, Option, OptionList
from xltool.scheme.parameters import method_spec, shared_parameters
from xltool.scheme.sheets import read_sheet
from xltool.scheme.thresholds import read_overrides

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.scheme.model import Sheet
    from xltool.scheme.reader import Table


def build_scheme(root: Table) -> Scheme:
    """由方案文件的内容造方案。

    Raises:
        SchemeProblem: 缺项、类型不对、不认识的键；一次说出全部。
    """
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
    parameters = {item.parameter: _mark_of(item) for item in grades} | parameters
    options = _option_lists(root)
    allocation, allocated = _allocation(root, sheets, options)
    scheme = Scheme(
        id=head.text("id"),
        version=head.text("version"),
        year=head.integer("year"),
        title=head.text("title"),
        annex=head.text("annex"),
        variant=head.text("variant"),
        work=head.text("work"),
        subject=tuple(_key(head, "subject", dotted) for dotted in head.texts("subject")),
        issued_by=head.text("issued_by"),
        basis=head.text("basis"),
        origin=head.origin(),
        guide=head.texts("guide"),
        file=root.file,
        essential=frozenset(
            _key(head, "essential", dotted)[:2] for dotted in head.texts("essential")
        ),
        levels=levels,
        indicators=tuple(indicators),
        sheets=sheets,
        grades=grades,
        parameters=parameters | allocated,
        options=options,
        checks=tuple(_check(table) for table in root.tables("checks", optional=True)),
        allocation=allocation,
        thresholds=dict(read_overrides(root)),
    )
    head.done()
    root.done()
    root.settle()
    return replace(scheme, parameters=_with_limit_units(scheme))


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
    if level2 and levels and not parent:  # levels 整节没有的，已经说了
        table.fault("level2", f"二级指标“{level2}”不在 levels 里")
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


def _allocation(
    root: Table, sheets: tuple[Sheet, ...], options: Mapping[str, OptionList]
) -> tuple[Allocation | None, dict[str, Parameter]]:
    """分值的各种分法；每个分值是一个参数。"""
    if not root.has("allocation"):
        return None, {}
    table = root.table("allocation")
    cases = {case.text("option"): case for case in table.tables("cases")}
    points = {option: case.table("points") for option, case in cases.items()}
    codes = frozenset(code for listed in points.values() for code in listed.keys())  # noqa: SIM118 - not a dict's
    field = _key(table, "field", table.text("field"))
    words = _words(field, sheets, options)
    allocation = Allocation(field, tuple(cases), codes)
    parameters = {}
    for option, case in cases.items():
        origin = case.origin()
        for code in sorted(codes):
            key = allocation.parameter(code, option)
            label = f"“{words.get(option, option)}”时的分值"
            parameters[key] = Parameter(key, label, points[option].number(code), "分", origin)
        points[option].done()
        case.done()
    table.done()
    return allocation, parameters


def _words(
    key: CellKey, sheets: tuple[Sheet, ...], options: Mapping[str, OptionList]
) -> dict[str, str]:
    """某一项的各选项印出来的字。"""
    lists = (f.options for s in sheets for f in s.fields if (s.key, f.key) == (key.sheet, key.row))
    return {o.key: o.value for name in lists if name in options for o in options[name].options}


def _grades(root: Table) -> Iterator[Grade]:
    for table in root.tables("grades"):
        grade = Grade(table.text("name"), table.number("minimum"), table.origin())
        table.done()
        yield grade


def _option_lists(root: Table) -> dict[str, OptionList]:
    lists: dict[str, OptionList] = {}
    for table in root.tables("options", optional=True):
        listed = read_options(table)
        if listed.key in lists:
            table.fault("key", f"“{listed.key}”出现了两次，编码和名称不能重复")
        lists[listed.key] = listed
    return lists


def read_options(table: Table) -> OptionList:
    """读一个选项表；缺项、类型不对、不认识的键记在 `table` 里。"""
    options = []
    for item in table.tables("options"):
        aliases = item.texts("aliases", optional=True)
        options.append(Option(item.text("key"), item.text("value"), aliases))
        item.done()
    listed = OptionList(table.text("key"), table.text("title"), tuple(options))
    table.done()
    return listed


def _mark_of(grade: Grade) -> Parameter:
    label = f"等级“{grade.name}”的分数线（含）"
    return Parameter(grade.parameter, label, grade.minimum, "分", grade.origin)


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
        if dotted:  # 空的多半是没有写，已经说了
            table.fault(key, f"“{dotted}”不是“表.项”的写法")
        return CellKey("", "")


def _with_limit_units(scheme: Scheme) -> dict[str, Parameter]:
    """分档界限的单位随取数的项：百分数的项，界限也按百分数显示。"""
    parameters = dict(scheme.parameters)
    specs = (spec for item in scheme.indicators for _, spec in item.method.every())
    for spec in specs:
        value = spec.inputs.get("value")
        if not isinstance(value, str):
            continue
        unit = _unit_of(scheme, value)
        for key in spec.parameters:
            if ".limit" in key or key.endswith((".ceiling", ".bound", ".step")):
                parameters[key] = replace(parameters[key], unit=unit)
    return parameters


def _unit_of(scheme: Scheme, dotted: str) -> str:
    try:
        key = field_key(dotted)
    except ValueError:
        return ""  # 不是“表.项”的写法，核对取数时会说
    for sheet in scheme.sheets:
        for item in sheet.fields:
            if (sheet.key, item.key) == (key.sheet, key.row):
                return "%" if item.kind is FieldKind.PERCENT else item.unit
    return ""
