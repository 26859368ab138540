"""各单位填的每一张表都接在一起：单位、来源文件、到原处的链接，填的字与数不同的照原文。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from cli_forms import good_form
from collection_builder import SCHEME, filled
from sample_books import collected, plan, sources

from xltool import frames
from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.consolidated.book import consolidated_plan, parts_of
from xltool.consolidated.contents import contents
from xltool.consolidated.known import known_sheets
from xltool.consolidated.sources import make_sources
from xltool.excel.write import render_book
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.scheme.fields import NOT_MERGED
from xltool.scheme.key import CellKey
from xltool.scheme.model import SheetKind
from xltool.scheme.shapes import BOOK_SHEETS
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.sheets.plan import Link
from xltool.soundness import faults

if TYPE_CHECKING:
    from xltool.collection.model import Collection
    from xltool.consolidated.part import Part
    from xltool.consolidated.source import Source
    from xltool.scheme.model import Scheme

ORIGINAL = "原文（与数不同的）"


def part(source: Source) -> Part:
    return parts_of((source,))[0]


@pytest.mark.parametrize("scheme", ready_schemes(), ids=lambda scheme: scheme.id)
def test_every_sheet_but_the_scores_is_merged(scheme: Scheme) -> None:
    named = {sheet.name: sheet.merged for sheet in scheme.sheets}
    assert {name for name, merged in named.items() if not merged} == {scheme.score_sheet.name}
    assert len(set(named.values())) == len(named)


def test_each_row_tells_the_unit_the_file_and_the_cell() -> None:
    """示例里四种表的各张填报表：填了几行就有几行，链接到本工作簿里的那一格。"""
    sheets = {sheet.name: sheet for sheet in plan("mixed").sheets}
    for source in sources("mixed"):
        for sheet in source.scheme.sheets:
            if sheet.kind is SheetKind.SCORE:
                continue
            register = part(source).register(sheet)
            assert register.name in sheets
            listed = [one.records[sheet.key] for one in source.scored]
            of_fields = sheet.kind is SheetKind.FIELDS
            assert register.count == (len(listed) if of_fields else sum(map(len, listed)))
            columns = {column.heading: column for column in register.on_sheet}
            units = {one.number: one for one in source.scored}
            for item in register.lines():
                unit = units[columns["单位序号"].content(item)]
                assert columns["单位名称"].content(item) == unit.name
                assert columns["来源文件"].content(item) == unit.unit.file
                link = columns["位置"].content(item)
                assert isinstance(link, Link)
                assert link.sheet == unit.sheet


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """一份把数连着字填的，一份照填数的。"""
    inbox = tmp_path_factory.mktemp("原文")
    scheme, _ = ready_scheme(SCHEME)
    cells = filled(scheme, rows=2)
    cells[CellKey("cover", "department")] = "江门市教育局"
    cells[CellKey("indicators", "1", "actual")] = "541家"
    cells[CellKey("funds", "1", "planned")] = "1,200.5万元"
    cells[CellKey("management", "new_projects")] = "三个"
    (inbox / "a.xlsx").write_bytes(render_book(form_plan(make_form(scheme, cells))))
    (inbox / "b.xlsx").write_bytes(good_form(department="江门市财政局", department_code="101"))
    return collect(Request(folder=inbox))


def test_what_was_typed_stands_beside_the_number(typed: Collection) -> None:
    found = frames.filled(typed)
    number, fund, managed = (found[name] for name in ("绩效指标明细", "专项资金", "管理情况"))
    own = number[number["来源文件"] == "a.xlsx"].iloc[0]
    assert (own["实现值"], own[ORIGINAL]) == ("541", "实现值：541家")
    own = fund[fund["来源文件"] == "a.xlsx"].iloc[0]
    assert (own["安排数（万元）"], own[ORIGINAL]) == (1200.5, "安排数：1,200.5万元")
    own = managed[managed["来源文件"] == "a.xlsx"].iloc[0]
    heading = "应开展事前绩效评估的新增项目数（个）"
    assert (own[heading], own[ORIGINAL]) == (3, "应开展事前绩效评估的新增项目数：三个")
    for frame in found.values():
        assert frame[frame["来源文件"] == "b.xlsx"][ORIGINAL].isna().all()


def test_what_units_wrote_on_the_scores_is_in_the_details(typed: Collection) -> None:
    details = frames.scores(typed)
    own = details[(details["来源文件"] == "a.xlsx") & (details["编码"] == "03")].iloc[0]
    scheme, _ = ready_scheme(SCHEME)
    example = scheme.score_sheet.column("reason").example
    assert own["扣分原因和其他说明"] == example


def test_with_many_units_only_their_own_sheets_are_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    units = {scored.sheet for scored in sources("inbox")[0].scored}
    every = [sheet.name for sheet in plan("inbox").sheets if sheet.name not in units]
    monkeypatch.setattr("xltool.consolidated.sources.MOST_IN_BOOK", 1)
    outside = make_sources(collected("inbox"), "评分表")
    assert [sheet.name for sheet in consolidated_plan(outside).sheets] == every
    (fund,) = (one for one in outside[0].scheme.sheets if one.key == "funds")
    register = part(outside[0]).register(fund)
    (link,) = (one for one in register.on_sheet if one.link)
    for item in register.lines():
        shown = link.content(item)
        assert isinstance(shown, Link)
        assert (shown.file[:4], shown.sheet) == ("评分表/", fund.name)


def test_what_people_add_to_the_new_sheets_is_known_as_theirs() -> None:
    """接在一起的各张表是本程序的表，表头都认得；别的栏是人添的。"""
    known = known_sheets(sources("inbox"))
    for sheet in sources("inbox")[0].scheme.sheets:
        if sheet.merged:
            assert {"单位序号", "单位名称", ORIGINAL, "来源文件"} <= known[sheet.merged].headings


def test_a_scheme_may_leave_a_sheet_out() -> None:
    source = sources("inbox")[0]
    without = tuple(
        replace(sheet, register=NOT_MERGED) if sheet.key == "management" else sheet
        for sheet in source.scheme.sheets
    )
    left = replace(source, scheme=replace(source.scheme, sheets=without))
    every, some = ({sheet.name for sheet in part(one).registers()} for one in (source, left))
    assert every - some == {"管理情况"}


@pytest.mark.parametrize("key", ["finance", "indicators"])
def test_the_statistics_follow_what_is_merged(key: str) -> None:
    """登记表没有另外取名的，比率照样在统计里；不要的那一张，统计没有它的，别的照旧。"""
    source = sources("inbox")[0]

    def titles(register: str) -> set[object]:
        sheets = tuple(
            replace(one, register=register) if one.key == key else one
            for one in source.scheme.sheets
        )
        own = replace(source, scheme=replace(source.scheme, sheets=sheets))
        rates = part(own).statistics.rates
        assert rates is not None
        return set(rates.results("title"))

    every = set(part(source).statistics.rates.results("title"))  # type: ignore[union-attr]
    assert titles("") == every
    left = titles(NOT_MERGED)
    assert left < every
    assert "面向中小企业采购的预留比例" in left


def test_a_register_may_not_be_called_as_another_sheet_of_the_book() -> None:
    """程序自己的表都在 BOOK_SHEETS 里；方案的登记表与它们、与彼此同名的，查方案时就说。"""
    own = {sheet.name.partition("_")[0] for sheet in plan("mixed").sheets}
    units = {scored.sheet.partition("_")[0] for one in sources("mixed") for scored in one.scored}
    registers = {sheet.merged for one in sources("mixed") for sheet in one.scheme.sheets}
    assert own - units - registers <= BOOK_SHEETS
    assert {one.name for one in contents(sorted(BOOK_SHEETS - _LATER), sources("inbox"))}
    scheme, _ = ready_scheme(SCHEME)
    sheets = {sheet.key: sheet for sheet in scheme.sheets}
    for key, register, told in (
        ("tasks", "汇总", "汇总自己的表"),
        ("tasks", "整改台账", "“重点任务”的登记表"),
    ):
        named = sheets | {key: replace(sheets[key], register=register)}
        found = dict(faults(replace(scheme, sheets=tuple(named.values()))))
        assert any(f"“{register}”与{told}同名" in text for text in found.values())


_LATER = {"首页", "总览", "统计", "说明与核对"}  # 不列在说明与核对的各表里的
