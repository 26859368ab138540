"""可以改的格的下拉列表和输入提示。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.address import Area, At
from xltool.scheme_book.cells import expected
from xltool.scheme_book.table import Kind
from xltool.scheme_book.tables.catalogue import TABLES
from xltool.scheme_book.words import GROUPS, group_of
from xltool.sheets.plan import Name, Validation, ValidationKind
from xltool.sheets.prompts import prompt_text, prompt_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme_book.table import Column
    from xltool.scheme_book.table_frame import Frame, Frames

LISTS: Final = "words_list"  # 选项表的标识，列在词表上
_BY_WORDS: Final = {"options.list": LISTS}  # 一个选项一行，标识有重复的，列表取自词表
_FLAG: Final = GROUPS[-1].name


def pick_name(dotted: str) -> str:
    """某张表的某一栏（表.栏）作下拉列表时的名称。"""
    return _BY_WORDS.get(dotted, f"pick_{dotted.replace('.', '_')}")


def pick_names(frames: Frames) -> Iterator[Name]:
    """取自别的表的下拉列表。"""
    wanted = {column.pick for table in TABLES.values() for column in table.columns if column.pick}
    for dotted in sorted(wanted - _BY_WORDS.keys()):
        yield Name(pick_name(dotted), frames.column(dotted))


def validations(frames: Frames, frame: Frame) -> Iterator[Validation]:
    """各栏可以改的格；认行的栏只有预留的空白行。"""
    del frames
    table = frame.table
    if table.settings:
        key = table.columns[1].key
        for number, row in enumerate(frame.rows, frame.first):
            at = At(number, table.position(key))
            yield _validation(table.column_of(key, row), Area(at, at))
        return
    for column in table.columns:
        area = frame.area(column.key)
        first = area.first.moved(rows=len(frame.rows)) if column.fixed else area.first
        if column.read and first <= area.last:
            yield _validation(column, Area(first, area.last))


def _validation(column: Column, area: Area) -> Validation:
    title = prompt_title(column.heading)
    must = "必填。" if column.required else ""
    prompt = prompt_text(f"{must}{column.help}")
    source = _source(column)
    if source:
        strict = not column.pick  # 取自别的表的，可以先写、后补
        error = f"“{column.heading}”请从列表里选。"
        return Validation(
            area, ValidationKind.LIST, title, prompt, "不在列表里", error, source, strict=strict
        )
    if column.kind in _RULES:
        error = f"“{column.heading}”应填{expected(column)}。"
        rule, minimum = _RULES[column.kind]
        return Validation(
            area,
            rule,
            title,
            prompt,
            "不是数",
            error,
            "",
            minimum,
            strict=column.kind is Kind.WHOLE,
        )
    return Validation(area, ValidationKind.ANY, title, prompt)


_RULES: Final = {
    Kind.NUMBER: (ValidationKind.DECIMAL, None),
    Kind.WHOLE: (ValidationKind.INTEGER, 0),
}


def _source(column: Column) -> str:
    if column.words is not None:
        return group_of(column.words).name
    if column.kind is Kind.FLAG:
        return _FLAG
    return pick_name(column.pick) if column.pick else ""
