"""一个方案走一遍全程：空白表、填好、查、计分、汇总、写成工作簿读回、规则说明、pandas 的表。"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from collection_builder import roster_bytes, typed
from written_books import write_consolidated

from xltool import frames
from xltool.assessment.report import make_report
from xltool.cli.documents import collect_document
from xltool.cli.indicators import explanation_lines
from xltool.cli.prefilled import prefilled_forms
from xltool.collection.collect import collect
from xltool.collection.last_years import read_last_years
from xltool.collection.model import Request
from xltool.consolidated.unit_sheet import lines_of
from xltool.excel.write import render_book
from xltool.facts.view import Facts
from xltool.flags.page import rule_page
from xltool.flags.registry import rules_for
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.intake.submission import understand_book
from xltool.papers.filling import Template
from xltool.papers.self_report import placeholders, report_values
from xltool.papers.self_report_template import self_report_template
from xltool.scheme import loader
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.model import FieldKind, SheetKind
from xltool.scheme_book.book import scheme_plan
from xltool.scheme_book.importing import import_scheme
from xltool.scoring.catalogue import methods_of, offered_schemes
from xltool.xlsx.limits import Limits
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xltool.assessment.report import Report
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


ROSTER = (("单位名称", "预算编码"), ("示例市民政局", "138001"))


def travel(scheme: Scheme, folder: Path, *, workbook: bool) -> None:
    """走一遍；哪一步不成都要报错。`workbook` 是也写成方案工作簿、读回。"""
    (folder / "名单.xlsx").write_bytes(roster_bytes(*ROSTER))
    with installed(scheme):
        for blank in prefilled_forms([scheme], folder / "名单.xlsx").blanks:
            form_plan(make_form(scheme, blank.contents))
        form_plan(make_form(scheme, {}))
        contents = contents_of(scheme)
        data = render_book(form_plan(make_form(scheme, contents)))
        reading = understand_book(read_bytes(data), [scheme], "一份.xlsx")
        assert reading.submission is not None, reading.findings
        assert reading.findings == (), reading.findings  # 自己写的表，读回一处不差
        assert reading.submission.entries.keys() == contents.keys()
        report = make_report(scheme, methods_of(scheme), reading.submission, reading.findings)
        assert [*explanation_lines(report)]
        _told(Facts(scheme, reading.submission), report)
        scored = replace(make_form(scheme, report.contents), lines=lines_of(report))
        form_plan(scored)
        _collected(scheme, folder, data)
        for rule in rules_for(scheme):
            assert rule_page(rule, scheme).startswith(rule.code)
        if workbook:
            book = render_book(scheme_plan(scheme))
            imported = import_scheme(read_bytes(book), "方案.xlsx")
            assert imported.scheme is not None, imported.findings


def _told(facts: Facts, report: Report) -> None:
    """自评报告：随程序带的模板照填的写；项目没有随程序带的模板，只看各名称的内容。"""
    template, known = _template()
    if facts.scheme.of_project:
        assert report_values(facts, report, placeholders([facts.scheme]))
    else:
        assert template.filled(report_values(facts, report, known))


@cache
def _template() -> tuple[Template, tuple[str, ...]]:
    known = placeholders(one for one in offered_schemes() if not one.of_project)
    return Template(self_report_template(), "模板.docx", known), known


def _collected(scheme: Scheme, folder: Path, data: bytes) -> None:
    """两份一样的和上年的一起汇总，写出，读成 pandas 的表。"""
    inbox = folder / "报送"
    inbox.mkdir(exist_ok=True)
    (inbox / "一份.xlsx").write_bytes(data)
    collection = collect(Request(folder=inbox, last_year=inbox, jobs=1))
    (unit,) = collection.units
    assert unit.adopted, collection.files
    saved = write_consolidated(collection, folder / "汇总.xlsx")
    collect_document(collection, str(saved))
    years = read_last_years(saved, Limits())
    assert years.findings == [] or not scheme.has("indicators.actual"), years.findings
    for table in (frames.indicators, frames.findings):
        table(collection)
    assert len(frames.summary(collection)) == 1
    assert len(frames.scores(collection)) == len(scheme.indicators)
