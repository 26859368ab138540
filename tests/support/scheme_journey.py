"""一个方案走一遍全程：空白表、填好、查、计分、汇总、写成工作簿读回、规则说明、pandas 的表。"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from collection_builder import typed

from xltool import frames
from xltool.assessment.report import make_report
from xltool.soundness import faults
from xltool.cli.documents import collect_document
from xltool.cli.indicators import explanation_lines
from xltool.cli.prefilled import prefilled_forms
from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.excel.consolidated_book import write_consolidated
from xltool.excel.write import render_book
from xltool.flags.page import rule_page
from xltool.flags.registry import rules_for
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.intake.submission import understand_book
from xltool.scheme import loader
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.model import FieldKind, SheetKind
from xltool.scheme_book.book import scheme_plan
from xltool.scheme_book.importing import import_scheme
from xltool.scoring.catalogue import methods_of
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from xltool.facts.typed import Typed
    from xltool.scheme.model import Field, Scheme

@contextmanager
def installed(scheme: Scheme) -> Iterator[None]:
    """像用 --schemes 另给的一样：按标识取得到。"""
    held = loader._local
    loader._local = lambda _: {scheme.id: (None, scheme)}  # type: ignore[assignment]
    try:
        yield
    finally:
        loader._local = held


def contents_of(scheme: Scheme) -> dict[CellKey, Typed]:
    """每个填报格都填上合用的值；记录表各填满。"""
    contents: dict[CellKey, Typed] = {}
    for sheet in scheme.sheets:
        rows = [str(number) for number in range(1, sheet.capacity + 1)]
        if sheet.kind is SheetKind.FIELDS:
            rows = [field.key for field in sheet.fields if field.computation is None]
            cells = [(CellKey(sheet.key, f.key, VALUE), f) for f in sheet.fields]
        else:
            cells = []
        if sheet.kind is SheetKind.SCORE:
            rows = [item.code for item in scheme.indicators]
        cells += [(CellKey(sheet.key, row, f.key), f) for row in rows for f in sheet.columns]
        for key, field in cells:
            value = _value(scheme, key, field, contents)
            if field.computation is None and value != "":
                contents[key] = value
    return contents


def _value(scheme: Scheme, key: CellKey, field: Field, contents: dict[CellKey, Typed]) -> Typed:
    """例子；从列表选的，例子不在列表里就取第一个。"""
    listed = field.options
    if field.options_by:
        parent = str(contents.get(key._replace(column=field.depends), ""))
        listed = field.options_by.get(parent, "")
        if not listed:
            return ""
    if field.kind is not FieldKind.CHOICE:
        return typed(field)
    words = [option.value for option in scheme.options[listed].options]
    return field.example if field.example in words else words[0]
