"""下发以后方案又改了：无关紧要的一句不说，改了公式的说一句，填报时真改了的照旧逐格说。"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl_books
import pytest
from form_contents import FORM, NOISE, SCHEME_ID, full_contents
from openpyxl_books import opened
from scheme_variants import brief
from scoring_builder import FILE, mutated, scheme_text

from xltool.excel.write import render_book
from xltool.facts.view import Facts
from xltool.finding import Severity
from xltool.flags import registry
from xltool.flags.rule import REGISTERED, rule
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.form.issue import ISSUED, issued_marks
from xltool.intake import identity
from xltool.intake.submission import understand_book
from xltool.layout.columns import LIVE
from xltool.layout.layout import IDENTITY, PARAMETERS
from xltool.messages.form import IDENTITY_LOST, ISSUED_EARLIER
from xltool.scheme.contract.word_lists import (
    BLANK_WORDS,
    HANDLED,
    LESSER,
    RULES_ONLY,
    UNWANTED,
)
from xltool.scheme.loader import load_scheme, parse_scheme
from xltool.scheme.sources import shipped_text
from xltool.scheme.thresholds import Threshold
from xltool.scoring.catalogue import evaluate, methods_of
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from openpyxl import Workbook

    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.model import Scheme

EARLIER = Path(__file__).parent / "data" / "早先下发的一份.xlsx"
FLAGS = "# 疑点规则的界限用程序默认的，见 xltool explain；要改的写 [flags.编码]，连同来源。"
ONE_LINE = [(ISSUED_EARLIER.code, "")]

HARMLESS = {
    "填报要求": ("填单位全称，与名单一致。", "填单位的全称。"),
    "填报要求没有了": ('help = "填单位全称，与名单一致。"', 'help = ""'),
    "评分表的说明": ('note = "金额单位：万元"', 'note = "金额单位：万元，保留两位小数"'),
    "表的说明": ("一行一项专项资金；金额单位：万元。", "一行一项专项资金。"),
    "表的说明没有了": ('note = "一行一项专项资金；金额单位：万元。"', 'note = ""'),
    "表的标题": ('title = "2024年度专项资金', 'title = "2024年度专项资金使用'),
    "指标说明": ("年中追加、调减占年初预算的比例越小越好。", "追加、调减越少越好。"),
    "例子": ('example = "138001"', 'example = "138002"'),
    "项目的名称": ('label = "预算编码"', 'label = "预算单位编码"'),
    "指标的名称": ('title = "预算编制约束性"', 'title = "预算约束性"'),
    "附件标记": ('annex = "附件1"', 'annex = "附件2"'),
    "参数的说法": ("大幅超额的界限（实现值÷预期值）", "大幅超额的界限"),
    "参数的来源": ("报告：自评分数以100分计", "报告：自评满分100分"),
    "别的写法": ('value = "产出", aliases = ["产出指标"]', 'value = "产出"'),
    "界限的值": (FLAGS, '[flags.K07]\ndecimals = { value = 3, origin = "假设：试验" }'),
    "表上也用的界限": (
        FLAGS,
        (
            '[flags.S03]\nwarning = { value = 1, origin = "假设：试验" }\n'
            '[flags.A01]\ntolerance = { value = 1, origin = "假设：试验" }\n'
        ),
    ),
    "多一个选项": (
        '  { key = "quantity", value = "数量指标", aliases = ["数量"] },',
        (
            '  { key = "other", value = "其他指标" },\n'
            '  { key = "quantity", value = "数量指标", aliases = ["数量"] },'
        ),
    ),
}
BANDS = "{ limit = 0.1, share = 1 }, { limit = 0.2, share = 0.75 }"
BY_FORMULA = {
    "档次多了": (BANDS, f"{{ limit = 0.05, share = 1 }}, {BANDS.replace('= 1 }', '= 0.9 }')}"),
    "档次少了": (BANDS, "{ limit = 0.1, share = 1 }"),
    "另一种办法": (
        (
            'name = "banded", inputs = { value = "finance.adjustment_rate", better = "low" }, '
            f"parameters = {{ bands = [{BANDS}, {{ limit = 0.3, share = 0.5 }}], rest_share = 0 }}"
        ),
        (
            'name = "proportional", inputs = { numerator = "finance.total", '
            'denominator = "finance.adjusted" }, parameters = { when_zero = 0 }'
        ),
    ),
    "界限的值": ("{ limit = 0.1, share = 1 }", "{ limit = 0.15, share = 1 }"),
    "共用的值": ("value = 1.5\n", "value = 1.3\n"),
    "多一个参数": (
        "[parameters.tier_achieved]",
        (
            '[parameters.over_by_deviation]\nlabel = "按偏离度"\nvalue = 1\nunit = ""\n'
            'origin = "假设：试验"\n[parameters.tier_achieved]'
        ),
    ),
}


def scheme() -> Scheme:
    """随程序带的方案，记录表只备几行：看的是印的字和公式，往下各行相同。"""
    return brief(load_scheme(SCHEME_ID))


def changed(*change: tuple[str, str]) -> Scheme:
    return brief(mutated(*change))


@cache
def issued(by: Scheme) -> bytes:
    """照一个方案下发、填满的一份。"""
    return render_book(form_plan(make_form(by, full_contents())))


def read(data: bytes, by: Scheme) -> list[tuple[str, str]]:
    reading = understand_book(read_bytes(data), [by])
    assert reading.submission is not None
    return [(f.code, f.where) for f in reading.findings if f.code != NOISE]


def after(change: Callable[[Workbook], None], data: bytes) -> bytes:
    return openpyxl_books.changed(data, change)


def test_word_lists_only_rules_look_at_are_not_printed() -> None:
    """只有规则看的字眼表不印；早先印过的表照读，一句不说；乱写的照说。"""
    printed = scheme().printed_options
    unprinted = [one for key, one in scheme().options.items() if key not in printed]
    assert {one.key for one in unprinted} == RULES_ONLY
    assert {BLANK_WORDS, UNWANTED, LESSER, HANDLED} <= printed.keys()

    def as_before(book: Workbook, more: str = "") -> None:
        sheet = book["选项"]
        for column, one in enumerate(unprinted, sheet.max_column + 1):
            for row, text in enumerate((one.title, *one.values, more), 4):
                sheet.cell(row, column).value = text or None

    data = issued(scheme())
    assert not {one.title for one in unprinted} & {c.value for c in opened(data)["选项"][4]}
    assert read(after(as_before, data), scheme()) == []
    strange = after(lambda book: as_before(book, "乱写的"), data)
    assert [code for code, _ in read(strange, scheme())] == ["R234"]


@pytest.mark.parametrize("scheme_id", ["jiangmen-2025-special", "mof-project"])
def test_a_form_issued_without_the_self_check_is_read_as_one_with_it(scheme_id: str) -> None:
    form = make_form(brief(load_scheme(scheme_id)), {})
    plan = form_plan(form)
    live: dict[str, set[int]] = {}
    for block in form.layout.blocks.values():
        columns = {block.columns[key][0] for key in LIVE if key in block.columns}
        live.setdefault(block.name, set()).update(columns)
    sheets = tuple(
        replace(sheet, cells=tuple(c for c in sheet.cells if c.at.col not in live[sheet.name]))
        if sheet.name in live
        else sheet
        for sheet in plan.sheets
    )
    assert sum(len(sheet.cells) for sheet in sheets) < sum(len(one.cells) for one in plan.sheets)
    without = replace(plan, sheets=sheets)
    readings = [
        understand_book(read_bytes(render_book(one)), [form.scheme]) for one in (plan, without)
    ]
    assert readings[0].findings == readings[1].findings


def together() -> Iterator[tuple[tuple[str, str], ...]]:
    """不改同一处的放在一起：要的是一句不说，多说一句就看得见，不必一处一处地看。"""
    left = list(HARMLESS.values())
    while left:
        text, batch = scheme_text(), []
        for old, new in left:
            if text.count(old) == scheme_text().count(old):
                text = text.replace(old, new, 1)
                batch.append((old, new))
        left = [one for one in left if one not in batch]
        yield tuple(batch)


BATCHES = {f"第{number}批": batch for number, batch in enumerate(together(), 1)}
SINGLES = [
    pytest.param((change,), marks=pytest.mark.nightly, id=name) for name, change in HARMLESS.items()
]


@pytest.mark.parametrize(
    "changes", [*(pytest.param(batch, id=name) for name, batch in BATCHES.items()), *SINGLES]
)
def test_a_harmless_change_is_not_told(changes: tuple[tuple[str, str], ...]) -> None:
    """先下发、后改的，和先改、后改回来的，都一句不说。"""
    other = changed(*changes)
    assert read(issued(scheme()), other) == []
    assert read(issued(other), scheme()) == []


@pytest.mark.parametrize("change", BY_FORMULA.values(), ids=BY_FORMULA)
def test_a_change_of_the_formulas_is_one_line(change: tuple[str, str]) -> None:
    other = changed(change)
    assert read(issued(scheme()), other) == ONE_LINE
    assert read(issued(other), scheme()) == ONE_LINE


def test_points_moved_between_indicators_are_one_line() -> None:
    other = changed(
        ('title = "预算编制约束性"\npoints = 4', 'title = "预算编制约束性"\npoints = 5'),
        ('title = "财务管理合规性"\npoints = 3', 'title = "财务管理合规性"\npoints = 2'),
    )
    assert read(issued(scheme()), other) == ONE_LINE


def test_a_cell_that_was_filled_and_is_computed_now_is_one_line() -> None:
    """原来填的一项改成自动计算：填的数没有公式，不是谁删掉的。"""
    field = next(line for line in scheme_text().splitlines() if '"three_public_last"' in line)
    ratio = 'computation = { kind = "ratio", inputs = ["finance.total", "finance.adjusted"] }'
    computed = field.replace('"money", required = true, minimum = 0', f'"percent", {ratio}')
    other = changed((field, computed))
    found = read(issued(scheme()), other)
    assert found == ONE_LINE


def test_another_allocation_of_points_is_one_line() -> None:
    text = shipped_text("mof-project-101-2021-1")
    old, new = '"02" = 20, "03" = 40', '"02" = 30, "03" = 30'
    assert old in text
    now, before = (brief(parse_scheme(one, FILE)) for one in (text.replace(old, new, 1), text))
    blank = render_book(form_plan(make_form(before, {})))
    reading = understand_book(read_bytes(blank), [now])
    assert [f.code for f in reading.findings if f.code.startswith("R")] == [ISSUED_EARLIER.code]


def test_what_the_line_says() -> None:
    other = changed(BY_FORMULA["档次多了"])
    reading = understand_book(read_bytes(issued(scheme())), [other])
    (told,) = [one for one in reading.findings if one.code == ISSUED_EARLIER.code]
    assert told.severity is Severity.NOTICE
    assert told.message == (
        "这份表是方案改公式（或其中的参数、分值）以前下发的，表上自动算出的数照的是原来的公式；"
        "没有采用，得分由程序按现行的方案计算"
    )
    assert told.remedy == ("不必重填；要表上的得分与现行的方案一致，请把内容移到现在下发的模板。")


def test_the_values_and_the_score_are_those_of_the_scheme_in_force() -> None:
    other = changed(("{ limit = 0.1, share = 1 }", "{ limit = 0.1, share = 0.9 }"))
    old = understand_book(read_bytes(issued(scheme())), [other]).submission
    new = understand_book(read_bytes(issued(other)), [other]).submission
    assert old is not None
    assert new is not None
    assert old.entries == new.entries
    first, second = (
        evaluate(Facts(other, one), methods_of(other)).of("07").value for one in (old, new)
    )
    assert first == second
    before = evaluate(Facts(scheme(), old), methods_of(scheme())).of("07").value
    assert before != first


# ---------------------------------------------------------------- 填报时真改了的


def _tampered(book: Workbook) -> None:
    book[FORM]["J9"] = "=5+0"
    book[FORM]["E10"] = book[FORM]["E11"].value
    book[PARAMETERS]["D8"] = 9


@pytest.mark.parametrize(
    ("change", "earlier"),
    [((), []), ((HARMLESS["填报要求"],), []), ((BY_FORMULA["档次多了"],), ONE_LINE)],
)
def test_what_staff_altered_is_told_cell_by_cell(
    change: tuple[tuple[str, str], ...], earlier: list[tuple[str, str]]
) -> None:
    """方案没有改、改得无关紧要、改了公式，填报时改过的格都逐格说。"""
    other = changed(*change) if change else scheme()
    found = read(after(_tampered, issued(scheme())), other)
    altered = [("R243", "评分表!P9"), ("R246", "评分表!E10"), ("R247", "评分参数!D8")]
    assert found == [*earlier, *altered]


def test_a_printed_text_that_staff_altered_is_told() -> None:
    """方案后来也改了这一格：印的是早先的字不说，填报时另写的要说。"""
    other = changed(HARMLESS["填报要求"])

    def change(book: Workbook) -> None:
        cell = next(
            cell
            for row in book["封面"].iter_rows()
            for cell in row
            if "填单位全称" in str(cell.value)
        )
        cell.value = "随便填"

    found = read(after(change, issued(scheme())), other)
    assert [code for code, _ in found] == ["R245"]


def test_a_formula_typed_over_by_a_number_is_not_taken_for_an_earlier_one() -> None:
    def change(book: Workbook) -> None:
        book[FORM]["J9"] = 5
        book[FORM]["J10"] = None

    other = changed(BY_FORMULA["界限的值"])
    found = read(after(change, issued(scheme())), other)
    assert found == [*ONE_LINE, ("R243", "评分表!P9"), ("R243", "评分表!P10")]


def test_a_renamed_sheet_does_not_hide_the_earlier_issue() -> None:
    """改了表名的只比公式的骨架，早先的公式也照骨架认。"""

    def change(book: Workbook) -> None:
        book["收支与资产"].title = "收支"

    other = changed(BY_FORMULA["档次多了"])
    found = read(after(change, issued(scheme())), other)
    assert found == [*ONE_LINE, ("R211", "收支")]


# ---------------------------------------------------------------- 没有记指纹的


def _without_marks(book: Workbook) -> None:
    sheet = book[IDENTITY]
    rows = [row[0].row for row in sheet.iter_rows() if str(row[0].value).startswith(ISSUED)]
    for row in reversed(rows):
        sheet.delete_rows(row)


def test_without_marks_every_difference_is_told_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """没有记下指纹、程序也不知道那时印的什么的表（自己的方案早先下发的）。"""
    monkeypatch.setattr(identity, "earlier_prints", lambda _id, _version: {})
    plain = after(_without_marks, issued(scheme()))
    assert read(plain, scheme()) == []
    found = read(plain, changed(BY_FORMULA["档次多了"]))
    assert ISSUED_EARLIER.code not in {code for code, _ in found}
    assert {"R243", "R247"} <= {code for code, _ in found}
    assert [code for code, _ in read(plain, changed(HARMLESS["填报要求"]))] == ["R245"]


def test_a_form_of_the_first_version_is_told_as_issued_earlier_in_one_line() -> None:
    """没有记下指纹、评分参数还列着全部疑点界限的表：程序知道那一版印的什么，只说一句。"""
    for one in (load_scheme(SCHEME_ID), mutated(HARMLESS["界限的值"])):
        found = understand_book(read_bytes(EARLIER.read_bytes()), [one]).findings
        assert [(item.code, item.sheet) for item in found if item.code.startswith("R2")] == ONE_LINE


def test_a_form_of_the_first_version_without_its_identity_is_told_in_one_line() -> None:
    """标识表删掉了：没有自查一栏的就是那一版的；有的是后来的，改了的字照旧逐格说。"""

    def bare(book: Workbook) -> None:
        del book[IDENTITY]

    found = understand_book(
        read_bytes(after(bare, EARLIER.read_bytes())), [load_scheme(SCHEME_ID)]
    ).findings
    told = [(item.code, item.sheet) for item in found if item.code.startswith("R2")]
    assert told == [(IDENTITY_LOST.code, ""), *ONE_LINE]

    def altered(book: Workbook) -> None:
        bare(book)
        book["封面"]["D8"] = "必填。填单位全称，与名单一致。例：××局"

    later = understand_book(read_bytes(after(altered, issued(scheme()))), [scheme()]).findings
    assert ("R245", "封面!D8") in {(item.code, item.where) for item in later}


def test_what_was_altered_in_a_form_of_the_first_version_is_still_told_by_cell() -> None:
    altered = after(lambda book: _set(book, "评分表", "J7", "=10"), EARLIER.read_bytes())
    found = understand_book(read_bytes(altered), [load_scheme(SCHEME_ID)]).findings
    assert ("R243", "评分表!J7") in {(item.code, item.where) for item in found}


def _set(book: Workbook, sheet: str, cell: str, value: object) -> None:
    book[sheet][cell] = value


# ---------------------------------------------------------------- 规则增减


@pytest.fixture
def another_rule() -> Iterator[str]:
    """临时多一条有界限的规则。"""
    code = "E99"

    @rule(
        code,
        severity=Severity.WARNING,
        remedy="改",
        source="假设：试验",
        fires="例",
        silent="例",
        thresholds=(Threshold(f"{code}.ceiling", "上限", Decimal("0.7"), "%", "假设：试验"),),
    )
    def debts(_: Case) -> Iterator[Judgement]:
        """试验。

        试验。
        """
        yield from ()

    _forget()
    yield code
    del REGISTERED[code]
    _forget()


def _forget() -> None:
    """记下的规则、界限重新数过。"""
    for known in (registry.rules, registry.thresholds, registry.rules_for):
        known.cache_clear()


def test_a_rule_more_or_less_changes_no_byte_of_the_form(another_rule: str) -> None:
    """多一条规则的时候下发的，与没有它的时候一个字节也不差；汇总里才看得到它的界限。"""
    fresh = replace(scheme())
    with_rule = render_book(form_plan(make_form(fresh, full_contents())))
    assert f"{another_rule}.ceiling" in registry.thresholds()
    assert f"{another_rule}.ceiling" in {one.key for one in registry.thresholds_for(fresh)}
    assert with_rule == issued(scheme())
    assert read(with_rule, scheme()) == []


def test_the_marks_name_every_column_that_is_printed() -> None:
    marks = issued_marks(scheme())
    printed = {"form.score", "form.standard", "form.points", "indicators.factor", "finance.help"}
    assert printed | {"finance.#top", "#parameters", "#options.unit"} <= set(marks)
    assert len(marks["indicators.factor"]) < 10
