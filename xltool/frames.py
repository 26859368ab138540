"""汇总的结果变成 pandas 的表，供要作分析的人用。

各表与汇总工作簿的登记表出自同一处：工作表上有的栏这里都有，表头、次序相同，值是格里的数和字；
另有几栏只供分析（工作表上没有列的预算编码、单位名称、来源文件、表种等）。以后只增加，不改名。
各行依名单的次序。没有的值是 <NA>，不是 0，也不是空串。程序里的数一直是十进制小数，只在这最后一步
变成 Float64：排序、求平均够用，要一分不差的请用 --json。没有安装 pandas 也能用本程序的其他部分，
用到这里才载入。
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from xltool.consolidated.book import parts_of
from xltool.consolidated.columns import Kind, with_former
from xltool.consolidated.delivery import problems
from xltool.consolidated.findings import findings as doubts
from xltool.consolidated.findings import readings
from xltool.consolidated.lower import units
from xltool.consolidated.sources import make_sources
from xltool.consolidated.whose import for_analysis
from xltool.finding import EXPLAINED, Severity
from xltool.form.status import MATCH, MISMATCH
from xltool.scheme.categories import SHEET as INDICATORS
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pandas import DataFrame  # type: ignore[import-untyped] # no stubs are shipped with pandas

    from xltool.collection.model import Collection
    from xltool.consolidated.columns import Column, Value
    from xltool.consolidated.part import Part
    from xltool.consolidated.register import Register
    from xltool.consolidated.saved_book import SavedBook, SavedTable
    from xltool.consolidated.settling import Line, Settled, SettledUnit

    Rows = tuple[list[Column[Any]], Iterable[tuple[Value, ...]]]

CSV, PARQUET = "csv", "parquet"
_FORMULA_STARTS: Final = tuple("=+-@＝＋－＠")
_CUTS: Final = tuple("\t\r\n")
TYPES: Final = {Kind.TEXT: "string", Kind.NUMBER: "Float64", Kind.COUNT: "Int64"}


def summary(collection: Collection) -> DataFrame:
    """汇总：一行一个单位（项目），没有报送的也列出。

    名次在同一表种里排；别的表种才有的指标，没有数。
    """
    return _frame(part.summary.register() for part in _parts(collection))


def levels(collection: Collection) -> DataFrame:
    """各级单位：本级的和并入的各本下级汇总里的，一行一个，写着层级、得分、等级、复核得分、名次。

    别的各表只有本级的；各级合起来的统计由这一张来。
    """
    return _frame((units(collection, _parts(collection), ""),))


def scores(collection: Collection) -> DataFrame:
    """得分明细：一行一个单位的一个三级指标。"""
    return _frame(part.details for part in _parts(collection))


def indicators(collection: Collection) -> DataFrame:
    """绩效指标明细：一行一个单位的一个绩效指标。

    几种表合在一起时各种表的栏都有，自己的表没有的栏没有值。
    预期值、实现值有数有字，一律是文字；能比的已换算到同一单位。
    """
    return _frame(
        part.register(sheet)
        for part in _parts(collection)
        for sheet in part.source.scheme.sheets
        if sheet.key == INDICATORS
    )


def filled(collection: Collection) -> dict[str, DataFrame]:
    """各单位填的各张表接在一起，按登记表的名字（如专项资金、管理情况），次序与工作表相同。

    逐项表一行一份，记录表一行一条；几种表都有的登记表合成一张。方案不要的不在内。
    """
    found: dict[str, list[Register[Any]]] = {}
    for part in _parts(collection):
        for sheet in part.source.scheme.sheets:
            if sheet.merged:
                found.setdefault(sheet.merged, []).append(part.register(sheet))
    return {name: _frame(registers) for name, registers in found.items()}


def findings(collection: Collection) -> DataFrame:
    """一行一条问题：先是疑点清单、读数说明，再是退回与提醒，后者的栏归到前者同样的栏里。

    豁免了的也在内，级别是原来的级别，有豁免的理由。
    """
    sources = make_sources(collection, "")
    found, others = doubts(sources), problems(collection, "")
    headings = {column.key: column.heading for column in found.columns}
    columns = (replace(one, heading=headings.get(one.key, one.heading)) for one in others.columns)
    return _frame((found, readings(sources), replace(others, columns=tuple(columns))))


def exported(saved: SavedBook, settled: Settled, kind: str) -> Iterator[tuple[str, bytes]]:
    """各张表写成文件：文件名和内容。

    Raises:
        ImportError: Parquet 要的 pyarrow 没有装。
    """
    for name, frame in of_book(saved, settled).items():
        handle = BytesIO()
        save(frame, handle, kind)
        yield f"{name}.{kind}", handle.getvalue()


def save(frame: DataFrame, handle: BinaryIO, kind: str) -> None:
    """写成 CSV（UTF-8 带 BOM，Excel 双击就打得开）或 Parquet。

    CSV 里以 = + - @ 开头的字前面加一撇，免得打开时成了公式；数不加。

    Raises:
        ImportError: Parquet 要的 pyarrow 没有装。
    """
    if kind == PARQUET:
        frame.to_parquet(handle, index=False, engine="pyarrow")
        return
    shown = frame.copy()
    for heading in shown.select_dtypes("string"):
        shown[heading] = shown[heading].map(_harmless, na_action="ignore")
    shown.to_csv(handle, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def _harmless(text: str) -> str:
    """会成为公式的字前面加一撇；只有一个符号的（如运算符栏的等号）成不了。"""
    bare = text.strip()
    starts = (len(bare) > 1 and bare.startswith(_FORMULA_STARTS)) or text[:1] in _CUTS
    return f"'{text}" if starts else text


def _parts(collection: Collection) -> list[Part]:
    return parts_of(make_sources(collection, ""))


def of_book(saved: SavedBook, settled: Settled) -> dict[str, DataFrame]:
    """一份存过的汇总的各张表：汇总、得分明细、各张填报表的、疑点清单，连同复核人写的。

    由公式得出的数都照程序的规则另算，不取格里的；各表另有“表种”一栏。
    """
    units = {unit.number: unit for unit in settled.units}
    lines = {(unit.number, line.code): line for unit in settled.units for line in unit.lines}
    counts = _counts(saved)

    def summed(table: SavedTable, row: int) -> dict[str, Value]:
        return _of_unit(units[table.number(row)], counts)

    def detailed(table: SavedTable, row: int) -> dict[str, Value]:
        line = lines.get((table.number(row), table.text(row, "code")))
        return _of_line(table.decimal(row, "self_score"), line) if line else {}

    tables = {
        "汇总": (saved.summaries, summed),
        "得分明细": (saved.details, detailed),
        **{name: (found, _nothing) for name, found in saved.registers.items()},
        "疑点清单": ((saved.doubts,) if saved.doubts else (), _nothing),
    }
    return {
        name: _assembled(_saved_rows(table, known) for table in found)
        for name, (found, known) in tables.items()
    }


def _nothing(_table: SavedTable, _row: int) -> dict[str, Value]:
    return {}


def _saved_rows(table: SavedTable, known: Callable[[SavedTable, int], dict[str, Value]]) -> Rows:
    """一张存过的登记表的各栏、各行；`known` 是程序另算的各栏。"""
    columns = [column for column in table.columns if not column.hidden]
    form: Column[Any] = for_analysis("form", "表种", lambda _: "")
    if all(column.key != form.key for column in columns):
        columns.append(form)
    keys = [column.key for column in columns]

    def rows() -> Iterator[tuple[Value, ...]]:
        for row in table.rows():
            own = {"form": table.source.scheme.variant, **known(table, row)}
            yield tuple(own[key] if key in own else table.value(row, key) for key in keys)

    return columns, rows()


def _of_unit(unit: SettledUnit, counts: Mapping[tuple[int, str], int]) -> dict[str, Value]:
    """汇总一行里由公式得出的。"""
    own = unit.table.decimal(unit.row, "self_total")
    program = unit.table.decimal(unit.row, "program")
    scored = unit.total is not None
    match = (MATCH if program == unit.total else MISMATCH) if scored else None
    labels = {**{one.value: one.label for one in Severity}, "explained": EXPLAINED}
    tallies = {key: counts.get((unit.number, label), 0) for key, label in labels.items()}
    return {
        "no": unit.number,
        "form": unit.scheme.variant if scored else None,
        "status": unit.status,
        "rank": unit.rank,
        "total": unit.total,
        "grade": unit.grade,
        "gap": own - unit.total if own is not None and unit.total is not None else None,
        "reviewed": unit.reviewed,
        "reviewed_grade": unit.reviewed_grade,
        "reviewed_rank": unit.reviewed_rank,
        "match": match,
        **(tallies if scored else dict.fromkeys(tallies)),
        **{f"level.{title}": value for title, value in unit.levels.items()},
        **{f"reviewed.level.{title}": value for title, value in unit.reviewed_levels.items()},
    }


def _of_line(own: Decimal | None, line: Line) -> dict[str, Value]:
    """得分明细一行里由公式得出的。"""
    gap = own - line.score if own is not None and line.score is not None else None
    return {"score": line.score, "counted": line.counted, "check": line.problem, "gap": gap}


def _counts(saved: SavedBook) -> Counter[tuple[int, str]]:
    """各单位各级别的问题有几条：疑点清单的，和都是提示的读数说明的。"""
    tables = filter(None, (saved.doubts, saved.readings))
    return Counter(
        (table.number(row), table.text(row, "severity")) for table in tables for row in table.rows()
    )


def _frame(registers: Iterable[Register[Any]]) -> DataFrame:
    """几张登记表接成一张。"""
    return _assembled(
        ([column for column in register.columns if not column.hidden], register.data())
        for register in registers
    )


def _assembled(tables: Iterable[Rows]) -> DataFrame:
    """几张表接成一张，同样的表头是一栏；依单位序号排，没有单位的在后。"""
    import pandas as pd  # noqa: PLC0415 - heavy; only here

    kinds: dict[str, Kind] = {}
    rows: list[tuple[float, dict[str, Value]]] = []
    for columns, listed in (with_former(*table) for table in tables):
        kinds = _merged(kinds, columns)
        headings = {column.key: column.heading for column in columns}
        for values in listed:
            row = dict(zip(headings, values, strict=True))
            number = row.get("no")
            place = int(number) if isinstance(number, int | Decimal) else inf
            rows.append((place, {headings[key]: value for key, value in row.items()}))
    rows.sort(key=itemgetter(0))
    return pd.DataFrame(
        {
            heading: pd.array(
                [_final(row.get(heading), kind) for _, row in rows], dtype=TYPES[kind]
            )
            for heading, kind in kinds.items()
        }
    )


def _merged(kinds: dict[str, Kind], columns: Iterable[Column[Any]]) -> dict[str, Kind]:
    """添上一张登记表的栏，紧接它左边的那一栏；同样的表头在有的表里是文字的，按文字。"""
    order, place = list(kinds), 0
    added = dict(kinds)
    for column in columns:
        if column.heading not in added:
            order.insert(place, column.heading)
        place = order.index(column.heading) + 1
        same = added.setdefault(column.heading, column.kind) is column.kind
        added[column.heading] = column.kind if same else Kind.TEXT
    return {heading: added[heading] for heading in order}


def _final(value: Value, kind: Kind) -> str | float | int | None:
    """最后一步：十进制小数变成双精度，空串变成没有；数字栏里填的不是数的，没有数。"""
    if value is None or value == "":
        return None
    if kind is Kind.COUNT:
        return int(value) if isinstance(value, Decimal) else int(str(value))
    if kind is Kind.NUMBER:
        return float(value) if isinstance(value, Decimal | int) else None
    return plain(value) if isinstance(value, Decimal) else str(value)
