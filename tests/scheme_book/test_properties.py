"""任意改动：文字、数、选项、参数怎样改，导出再读回都一样；工作簿里怎样乱写，都只有问题，没有崩溃。"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.cell import MergedCell
from openpyxl_books import opened, saved
from scheme_books import SPECIAL, content, edited, exported, imported
from sizes import drawn

from xltool.address import At, Place
from xltool.excel.write import render_book
from xltool.finding import Severity
from xltool.scheme.bounds import MOST_PERCENT
from xltool.scheme.key import SELF_SCORE
from xltool.scheme.lint import every_problem
from xltool.scheme.loader import load_scheme, parse_scheme
from xltool.scheme.model import Override
from xltool.scheme_book.book import scheme_plan
from xltool.scheme_book.cells import FilledCell, is_blank, read
from xltool.scheme_book.table import Column, Kind
from xltool.scheme_book.words import GROUPS
from xltool.scheme_book.written import written
from xltool.values import fold
from xltool.xlsx.grid import FormatClass, GridCell, Look

if TYPE_CHECKING:
    from xltool.scheme.model import Field, Scheme
    from xltool.scheme_book.table import Value

# 表格里存得下的任何文字；孤立代理、U+FFFE、U+FFFF 在哪种文件里都存不下
ANYTHING = st.characters(exclude_categories=("Cs",), exclude_characters="\ufffe\uffff")
TEXT = st.text(ANYTHING, min_size=1, max_size=60).filter(str.strip)
LINE = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff、，,；;"),
    min_size=1,
    max_size=12,
).filter(str.strip)
NUMBER = st.decimals(
    allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9
)
LONG_NUMBER = st.integers(-(10**24), 10**24).map(lambda n: Decimal(n).scaleb(-12))
LIMIT = st.integers(0, MOST_PERCENT * 10**12).map(lambda n: Decimal(n).scaleb(-12))
SHARE = st.integers(0, 10**12).map(lambda n: Decimal(n).scaleb(-12))
MIDDLE = st.integers(5 * 10**11, 10**12).map(lambda n: Decimal(n).scaleb(-12))  # 上下两档之间
LEGAL = {"over_limit": LIMIT, "over_factor": SHARE, "07.share2": MIDDLE}
ORIGIN = st.builds(
    "{}{}".format, st.sampled_from(["文号：", "报告：", "重建：", "假设："]), TEXT.map(str.lstrip)
)
KEY = st.from_regex("[a-z][a-z0-9_]{0,20}", fullmatch=True)
REF = st.builds("{}.{}".format, KEY, KEY)
VALUES = {
    Kind.TEXT: TEXT,
    Kind.KEY: KEY,
    Kind.CODE: st.from_regex(r"[0-9A-Z.]{1,6}", fullmatch=True),
    Kind.REF: REF,
    Kind.REFS: st.lists(REF, min_size=1, max_size=4).map(tuple),
    Kind.LINES: st.lists(LINE, min_size=1, max_size=4).map(tuple),
    Kind.NUMBER: st.one_of(NUMBER, LONG_NUMBER),
    Kind.WHOLE: st.integers(0, 10**9).map(Decimal),
    Kind.FLAG: st.just(value=True),
    Kind.ORIGIN: ORIGIN,
}


def cell_of(content: str | Decimal | None, *, percent: bool) -> GridCell:
    """写下的内容在文件里是什么样子。"""
    if isinstance(content, Decimal):
        shape = FormatClass.PERCENT if percent else FormatClass.GENERAL
        return GridCell(str(content), numeric=True, look=Look(shape))
    return GridCell(content or "")


def read_back(column: Column, value: Value, *, percent: bool = False) -> Value:
    content, shown = written(column, value, percent=percent)
    cell = cell_of(content, percent=shown)
    assert not is_blank(cell)
    reading = read(FilledCell(cell, column, Place("表", At(1, 1)), percent))
    assert not [one for one in reading.findings if one.severity is not Severity.NOTICE]
    return reading.value


@pytest.mark.parametrize("kind", VALUES, ids=str)
@given(data=st.data())
def test_whatever_is_written_is_read_back(kind: Kind, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    column = Column(key="x", heading="栏", width=10, kind=kind)
    assert read_back(column, value) == value


@given(value=st.one_of(NUMBER, LONG_NUMBER))
def test_percentages_lose_no_digit(value: Decimal) -> None:
    column = Column(key="x", heading="栏", width=10, kind=Kind.NUMBER)
    assert read_back(column, value, percent=True) == value


@pytest.mark.parametrize("group", GROUPS[:-1], ids=lambda group: group.name)
def test_every_fixed_word_is_read_back(group: object) -> None:
    words = group.words  # type: ignore[attr-defined]
    column = Column(key="x", heading="栏", width=10, kind=Kind.WORD, words=words)
    for key, word in words.items():
        assert read_back(column, key) == key
        for text in (key, f" {word.word} ", key.upper()):
            assert (
                read(FilledCell(GridCell(text), column, Place("表", At(1, 1)), percent=False)).value
                == key
            )


# ---------------------------------------------------------------- 整个方案


def relabelled(field: Field, data: st.DataObject) -> Field:
    """换掉一个填报项的文字和范围。"""
    label = data.draw(TEXT.filter(lambda text: len(text) <= 100))
    low = data.draw(st.none() | NUMBER)
    fixed = field.key == SELF_SCORE or not field.kind.numeric  # 自评得分从0分起
    low = None if fixed or (low is not None and low > (field.maximum or low)) else low
    return replace(field, label=label, help=data.draw(TEXT), example=data.draw(TEXT), minimum=low)


def shuffled(scheme: Scheme, data: st.DataObject) -> Scheme:
    """合规的任意改动：两个指标之间挪分，换文字、参数、选项、填报项。"""
    indicators = list(scheme.indicators)
    moved = data.draw(st.integers(-300, 400)) / Decimal(100)
    indicators[0] = replace(
        indicators[0], points=indicators[0].points + moved, title=data.draw(TEXT)
    )
    indicators[1] = replace(
        indicators[1], points=indicators[1].points - moved, note=data.draw(TEXT)
    )
    parameters = dict(scheme.parameters)
    for key, values in LEGAL.items():
        parameters[key] = replace(parameters[key], value=data.draw(values))
        if "." not in key:
            parameters[key] = replace(
                parameters[key], label=data.draw(TEXT), origin=data.draw(ORIGIN)
            )
    most = data.draw(LIMIT) + 2  # 不低于只提示的那一个界限
    own = Override(most, data.draw(ORIGIN), data.draw(TEXT))
    options = dict(scheme.options)
    units = options["unit"].options
    words = data.draw(st.lists(LINE, min_size=3, max_size=3, unique_by=fold))
    taken = {fold(word) for one in units for word in (one.value, *one.aliases)}
    fresh = [word for word in words if fold(word) not in taken]
    units = (replace(units[0], aliases=tuple(fresh)), *units[1:])
    options["unit"] = replace(options["unit"], options=units, title=data.draw(TEXT))
    sheets = list(scheme.sheets)
    spot = data.draw(st.integers(0, len(sheets) - 1))
    sheet = sheets[spot]
    fields = (relabelled(sheet.fields[0], data), *sheet.fields[1:])
    sheets[spot] = replace(sheet, fields=fields, note=data.draw(TEXT))
    return replace(
        scheme,
        id="jiangmen-2026-special",
        basis=data.draw(TEXT),
        guide=tuple(data.draw(st.lists(TEXT, max_size=3))),
        indicators=tuple(indicators),
        parameters=parameters,
        thresholds={"K02.warning": own},
        options=options,
        sheets=tuple(sheets),
    )


@drawn(5)
@given(data=st.data())
def test_any_legal_change_survives(data: st.DataObject) -> None:
    scheme = shuffled(load_scheme(SPECIAL), data)
    assert list(every_problem(scheme)) == []
    first = render_book(scheme_plan(scheme))
    result = imported(first)
    assert not [one for one in result.findings if one.severity is Severity.ERROR], result.findings
    back = parse_scheme(result.text, "读回.toml")
    assert content(back) == content(scheme)
    assert render_book(scheme_plan(back)) == first


# ---------------------------------------------------------------- 乱写的工作簿

ODD = st.one_of(
    st.none(),
    TEXT,
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.sampled_from(
        ["=1/0", "=A1", "#REF!", "是", "level1", "cover.year", "01", "%", "“”", ".", "a.b.c"]
    ),
)


@drawn(5)
@given(data=st.data())
def test_scribbling_gives_findings_and_never_a_crash(data: st.DataObject) -> None:
    scheme_id = data.draw(st.sampled_from([SPECIAL, "mof-project-101"]))
    book = opened(exported(scheme_id))
    for _ in range(data.draw(st.integers(1, 8))):
        sheet = data.draw(st.sampled_from(book.worksheets))
        row = data.draw(st.integers(3, sheet.max_row + 2))
        column = data.draw(st.integers(1, sheet.max_column + 1))
        value = data.draw(ODD)
        if isinstance(value, str):
            value = "".join(char for char in value if char >= " " or char in "\n\t")
        cell = sheet.cell(row, column)
        if not isinstance(cell, MergedCell):
            cell.value = value

    result = imported(saved(book))
    worst = [one for one in result.findings if one.severity is Severity.ERROR]
    assert bool(result.text) is not bool(worst)
    if result.text:
        parse_scheme(result.text, "读回.toml")


def test_edited_leaves_the_original_alone() -> None:
    from scheme_books import NEW_ID

    changed = imported(edited(exported(), [NEW_ID])).text
    assert 'id = "jiangmen-2026-special"' in changed
    assert imported(edited(exported(), [])).text == imported(exported()).text
