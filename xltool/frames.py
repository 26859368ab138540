"""汇总的结果变成 pandas 的表，供要作分析的人用。

列名是中文，与汇总工作簿的表头相同，以后只增加，不改名；各行依名单的次序。没有的值是 <NA>，不是 0，
也不是空串。程序里的数一直是十进制小数，只在这最后一步变成 Float64：排序、求平均够用，要一分不差的
请用 --json。没有安装 pandas 也能用本程序的其他部分，用到这里才载入。
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.scheme.fields import FieldKind
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.scoring.explanation import cells_text, reasons_text
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pandas import DataFrame  # type: ignore[import-untyped] # no stubs are shipped with pandas

    from xltool.assessment.report import Report
    from xltool.collection.model import Collection, Unit
    from xltool.facts.typed import Typed
    from xltool.finding import Finding
    from xltool.scheme.fields import Field
    from xltool.scheme.model import Scheme

    Value = str | Decimal | int | None

_TEXT: Final = "string"
_NUMBER: Final = "Float64"
_COUNT: Final = "Int64"
_INDICATORS: Final = "indicators"


class _Column(NamedTuple):
    """一栏：表头和类型。"""

    heading: str
    kind: str = _TEXT


_UNIT: Final = (_Column("预算编码"), _Column("单位名称"))
_SUMMARY: Final = (
    *_UNIT,
    _Column("报送状态"),
    _Column("名次", _COUNT),
    _Column("自评得分", _NUMBER),
    _Column("系统得分", _NUMBER),
    _Column("系统等级"),
    _Column("自评等级"),
    _Column("表种"),
)
_COUNTS: Final = (_Column("错误", _COUNT), _Column("警告", _COUNT), _Column("提示", _COUNT))
_FILE: Final = _Column("来源文件")
_SCORES: Final = (
    *_UNIT,
    _Column("编码"),
    _Column("一级指标"),
    _Column("二级指标"),
    _Column("三级指标"),
    _Column("分值", _NUMBER),
    _Column("自评得分", _NUMBER),
    _Column("系统得分", _NUMBER),
    _Column("计算过程"),
    _Column("扣分说明"),
    _Column("取数"),
    _Column("规则来源"),
    _FILE,
    _Column("表种"),
)
_FINDINGS: Final = (
    *_UNIT,
    _Column("级别"),
    _Column("规则"),
    _Column("工作表"),
    _Column("单元格"),
    _Column("事实"),
    _Column("办法"),
    _FILE,
    _Column("豁免的理由"),
)


def summary(collection: Collection) -> DataFrame:
    """一行一个单位：报送状态、名次、总分、各一级二级指标得分、问题数；没有报送的也列出。

    名次在同一表种里排；别的表种才有的指标，没有数。
    """
    titles = list(
        dict.fromkeys(level.title for item in _schemes(collection) for level in item.levels)
    )
    columns = (*_SUMMARY, *(_Column(title, _NUMBER) for title in titles), *_COUNTS, _FILE)
    return _frame(columns, (_summary_row(unit, titles) for unit in collection.units))


def scores(collection: Collection) -> DataFrame:
    """一行一个单位的一个三级指标：分值、自评得分、系统得分、计算过程、扣分说明、取数、规则来源。"""
    return _frame(_SCORES, _score_rows(collection))


def indicators(collection: Collection) -> DataFrame:
    """一行一个单位的一个绩效指标，各栏与所用的评分表里的绩效指标表相同。

    几种表合在一起时各种表的栏都有，自己的表没有的栏没有值。
    预期值、实现值有数有字，一律是文字；能比的已换算到同一单位。
    """
    columns = list(_indicator_columns(collection))
    rows = _indicator_rows(collection, columns)
    return _frame((*_UNIT, _Column("序号", _COUNT), *columns, _FILE, _Column("表种")), rows)


def findings(collection: Collection) -> DataFrame:
    """一行一条问题：先是各单位的，再是退回文件的，最后是汇总的。"""
    return _frame(_FINDINGS, _finding_rows(collection))


def _summary_row(unit: Unit, titles: Iterable[str]) -> tuple[Value, ...]:
    levels = dict(unit.levels)
    counts = (unit.errors, unit.warnings, unit.notices) if unit.adopted else (None, None, None)
    return (
        unit.code,
        unit.name,
        unit.status.label,
        unit.rank,
        unit.self_total,
        unit.total,
        unit.grade,
        unit.self_grade,
        ready_scheme(unit.scheme)[0].variant if unit.scheme else None,
        *(levels.get(title) for title in titles),
        *counts,
        unit.file,
    )


def _score_rows(collection: Collection) -> Iterator[tuple[Value, ...]]:
    for unit, report in _reports(collection):
        scheme, _ = ready_scheme(report.scheme)
        for line in report.scores:
            indicator = scheme.indicator(line.code)
            names = (line.code, indicator.level1, indicator.level2, indicator.title)
            numbers = (line.points, line.self_score, line.score)
            texts = (line.trace, reasons_text(line.deductions), cells_text(line.cells))
            last = (indicator.method.origin, unit.file, scheme.variant)
            yield unit.code, unit.name, *names, *numbers, *texts, *last


def _indicator_columns(collection: Collection) -> Iterator[_Column]:
    """各种表的绩效指标表的栏；同样的表头在有的表里是文字的，按文字。"""
    kinds: dict[str, set[str]] = {}
    for scheme in _schemes(collection):
        for field in _fields(scheme):
            kinds.setdefault(field.heading, set()).add(_kind(field))
    for heading, found in kinds.items():
        yield _Column(heading, _TEXT if _TEXT in found else _NUMBER)


def _indicator_rows(
    collection: Collection, columns: Iterable[_Column]
) -> Iterator[tuple[Value, ...]]:
    for unit, report in _reports(collection):
        scheme, _ = ready_scheme(report.scheme)
        fields = {field.heading: field for field in _fields(scheme)}
        for row in _record_rows(report):
            values = (_content(report, row, fields.get(one.heading), one.kind) for one in columns)
            yield unit.code, unit.name, int(row), *values, unit.file, scheme.variant


def _record_rows(report: Report) -> list[str]:
    rows = {key.row for key in report.contents if key.sheet == _INDICATORS}
    return sorted(rows, key=int)


def _content(report: Report, row: str, field: Field | None, kind: str) -> Value:
    """一格的值；数字栏里填的不是数的，没有数。"""
    if field is None:
        return None
    key = CellKey(_INDICATORS, row, field.key)
    value: Typed | None = report.numbers.get(key, report.contents.get(key))
    if kind == _NUMBER:
        return value if isinstance(value, Decimal) else None
    if value is None:
        return None
    return plain(value) if isinstance(value, Decimal) else str(value)


def _finding_rows(collection: Collection) -> Iterator[tuple[Value, ...]]:
    units = {unit.key: unit for unit in collection.units}
    for unit in collection.units:
        for note in unit.notes() if unit.adopted else ():
            yield _finding_row(unit, note.finding, unit.file, note.waiver)
    for file in collection.files:
        for item in file.findings:
            yield _finding_row(units.get(file.unit), item, file.file)
    for item in collection.findings:
        yield _finding_row(None, item, item.file)


def _finding_row(
    unit: Unit | None, item: Finding, file: str, waiver: str = ""
) -> tuple[Value, ...]:
    whose = (unit.code, unit.name) if unit else (None, None)
    cell = item.at.a1 if item.at else None
    what = (item.severity.label, item.code, item.sheet, cell, item.message, item.remedy)
    return *whose, *what, file, waiver


def _reports(collection: Collection) -> Iterator[tuple[Unit, Report]]:
    """各单位的结论，一次打开一个，不同时放在内存里。"""
    for unit in collection.units:
        if unit.adopted:
            yield unit, unit.report()


def _schemes(collection: Collection) -> list[Scheme]:
    """用到的方案；一份也没有采用时用评部门的各个，列名照样齐全。"""
    used = dict.fromkeys(unit.scheme for unit in collection.units if unit.adopted)
    if used:
        return [ready_scheme(name)[0] for name in used]
    return [scheme for scheme in ready_schemes() if not scheme.of_project]


def _fields(scheme: Scheme) -> tuple[Field, ...]:
    return scheme.sheet(_INDICATORS).fields


def _kind(field: Field) -> str:
    return _NUMBER if field.kind.numeric and field.kind is not FieldKind.MEASURE else _TEXT


def _frame(columns: Iterable[_Column], rows: Iterable[tuple[Value, ...]]) -> DataFrame:
    import pandas as pd  # noqa: PLC0415 - heavy; only here

    columns = tuple(columns)
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pd.DataFrame(
        {
            column.heading: pd.array([_final(value) for value in values], dtype=column.kind)
            for column, values in zip(columns, cells, strict=True)
        }
    )


def _final(value: Value) -> str | float | int | None:
    """最后一步：十进制小数变成双精度，空串变成没有。"""
    if isinstance(value, Decimal):
        return float(value)
    return None if value == "" else value
