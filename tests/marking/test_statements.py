"""退回件的单位说明：写了、报回来，放回那一条旁边；退回件自己不添问题；改了的格没有颜色。"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli_forms import good_form
from openpyxl_books import loaded, opened, saved, saved_sheets
from parity_engines import needs_office, recalculated
from returned_copies import (
    CODE,
    STATEMENT,
    assessed,
    edited,
    findings,
    marked,
    saved_by_office,
    understood,
)

from xltool.address import At
from xltool.assessment.noted import Noted
from xltool.assessment.places import place_mark, place_of
from xltool.assessment.report import make_report
from xltool.assessment.stated import fact_mark, matched
from xltool.facts.entry import Entry
from xltool.facts.statements import Statement
from xltool.finding import MATTER_IN, Finding, Severity
from xltool.intake.statements import NAME, statements_of
from xltool.intake.submission import understand_book
from xltool.marking.annotate import Job, annotated
from xltool.marking.live_words import live_words
from xltool.marking.sent_values import AT, still
from xltool.messages import statements as say
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.xlsx.grid import GridCell, State
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from xltool.assessment.report import Report
    from xltool.facts.entry import Submission

WRONG = {"self_grade": "良"}  # S02，封面!C17
KEY = 8
MARK = '"xltool"="xltool"'
INPUTS = Path(__file__).parents[2] / "sample_inputs"
UNREADABLE = ("示例市统计局", "示例市林业局_森林防火")
PUBLISHED = INPUTS / "as_published" / "江门市工业和信息化局.xlsx"
DAILY = "示例市商务局_电商产业园扶持"
SAMPLES = [
    pytest.param(
        path,
        marks=() if path.stem == DAILY else pytest.mark.nightly,
        id=f"{path.parent.name}-{path.stem}",
    )
    for folder in ("as_published", "earlier", "inbox", "last_year", "mixed", "with_report")
    for path in sorted((INPUTS / folder).glob("*.xlsx"))
    if not path.name.startswith("~$") and path.stem not in UNREADABLE
]


@cache
def explained(data: bytes, **said: str) -> bytes:
    """照规则的编码，在单位说明里写字；由 openpyxl 存。"""
    book = opened(data)
    sheet = book[NAME]
    for row in range(6, sheet.max_row + 1):
        text = said.get(str(sheet.cell(row, CODE).value))
        if text:
            sheet.cell(row, STATEMENT).value = text
    return saved_sheets(data, book, [NAME])


def noted(submission: Submission) -> Report:
    scheme, methods = ready_scheme(submission.scheme)
    return make_report(scheme, methods, submission, ())


def statement(report: Report, code: str) -> str:
    return next(note.statement for note in report.notes if note.finding.code == code)


def marks(data: bytes) -> int:
    """封面上有几条我们上色的规则。"""
    areas = loaded(data)["封面"].conditional_formatting
    rules = [rule for area in areas for rule in area.rules]
    return sum(MARK in str(rule.formula) for rule in rules)


def test_a_returned_copy_draws_no_finding_of_its_own() -> None:
    data = good_form(**WRONG)
    once, twice = marked(data), marked(marked(data))
    assert findings(assessed(once).notes) == findings(assessed(data).notes)
    assert findings(assessed(twice).notes) == findings(assessed(data).notes)


@pytest.mark.parametrize("path", SAMPLES)
def test_the_copy_of_every_sample_draws_no_finding(path: Path) -> None:
    """原样报回的，查出的和原来的一条不差；再标注一次，清单也一样。"""
    data = path.read_bytes()
    reading = understand_book(read_bytes(data), ready_schemes(), "表.xlsx")
    if reading.submission is None:  # 别的年度的：退回件里只说这一条
        copy = annotated(Job(data, tuple(Noted(one, None) for one in reading.findings)))
        assert isinstance(copy, bytes)
        again = understand_book(read_bytes(copy), ready_schemes(), "表.xlsx")
        assert again.findings == reading.findings != ()
        return
    copy = marked(data)
    assert findings(assessed(copy).notes) == findings(assessed(data).notes)
    assert assessed(copy).answers == assessed(data).answers
    lists = [
        list(loaded(one)[NAME].iter_rows(min_row=6, values_only=True))
        for one in (copy, marked(copy))
    ]
    assert lists[0] == lists[1]


def test_what_the_unit_writes_stands_beside_its_finding() -> None:
    copy = explained(marked(good_form(**WRONG)), S02="等级按集体研究的结果填", C02="无此材料")
    report = assessed(copy)
    assert all(one.fact for one in statements_of(read_bytes(copy)))  # 清单印的标识认得出
    assert statement(report, "S02") == "等级按集体研究的结果填"
    assert statement(report, "C02") == "无此材料"
    told = {note.finding.code: note.finding for note in report.notes}
    assert (told["C02"].label, told["C02"].explained) == ("已说明", "无此材料")
    assert (told["S02"].label, told["S02"].explained) == ("错误", "")  # 错误说明了也要改正
    assert say.ABOUT_GONE.code not in {note.finding.code for note in report.notes}


@pytest.mark.parametrize("text", ["无", "/", "同上", "详见附件", "见附件1", "（。）"])
def test_a_statement_that_says_nothing_explains_nothing(text: str) -> None:
    """写了照样留着；那一条还算须说明，办法里说为什么没有算。"""
    before = assessed(good_form(**WRONG))
    report = assessed(explained(marked(good_form(**WRONG)), S02="属实", C02=text))
    (note,) = (note for note in report.notes if note.finding.code == "C02")
    assert (note.finding.label, note.finding.explained, note.statement) == ("警告", "", text)
    assert note.finding.remedy.startswith(f"单位说明只写了“{text}”，等于没有写，不算已说明。")
    assert findings(report.notes) == findings(before.notes)


def test_what_is_said_of_an_overshoot_counts_whichever_rule_asks() -> None:
    """说了超额的，别处再写一条偏差原因，换一条规则来问，不用再说一遍；整张表的也是。"""
    reading = understood(PUBLISHED.read_bytes())
    before = noted(reading)
    told = {"K02": "年初无法预计申报量", "C04": "附件为验收单"}
    said = tuple(
        Statement(code, place_mark(note.place), fact_mark(note), 0, note.finding.where, "", text)
        for note in before.notes
        if (text := told.get(code := note.finding.code, ""))
    )
    row = CellKey("indicators", "10", "note")
    entries = {
        **reading.entries,
        row: Entry("库款紧张", "库款紧张"),
        row._replace(column="evidence"): Entry("拨付凭证", "拨付凭证"),
    }
    after = noted(replace(reading, entries=entries, statements=said))
    asked = [note.finding for note in after.notes if note.finding.code in {"K02", "K03", "C04"}]
    asked = [one for one in asked if one.severity is Severity.WARNING]
    assert Counter(one.code for one in asked) == {"K03": 4, "C04": 1}
    assert {one.explained for one in asked} == set(told.values())
    gone = [note.finding.message for note in after.notes if note.finding.code == "C250"]
    assert [one for one in gone if "H24" not in one] == []


def in_report(topic: str, where: str, message: str) -> Noted:
    """自评报告里的一处。"""
    scheme, _ = ready_scheme("jiangmen-2025-special")
    sheet, matter = f"某局_自评报告.docx {where}", f"{topic}{MATTER_IN}{where}"
    finding = Finding("X01", Severity.WARNING, message, "核对。", sheet=sheet, matter=matter)
    return Noted(finding, None, place=place_of(scheme, None, "", finding))


def test_what_is_said_of_a_sentence_goes_to_no_other() -> None:
    """自评报告里的：改了数、换了一节，还是它；它不在了的，不放到同一条规则的别处。"""
    first = in_report("培训教师", "一第2段第1句", "培训教师：写了432人")
    other = in_report("新建学校", "一第3段第1句", "新建学校：写了15所")
    sent = annotated(Job(good_form(), (first, other), answers="0" * 32))
    assert isinstance(sent, bytes)
    (said, _) = statements_of(read_bytes(explained(sent, X01="口径不同")))
    assert said.place == place_mark(first.place)
    edited_here = in_report("培训教师", "一第5段第1句", "培训教师：写了433人")
    moved = in_report("培训教师", "二第1段第1句", "培训教师：写了433人")
    for now in (first, edited_here, moved):
        assert matched((other, now), [said]) == ({1: ["口径不同"]}, ())
    third = in_report("培训教师", "三第1段第1句", "培训教师：写了435人")
    for notes in ((other,), (moved, third)):
        assert matched(notes, [said]) == ({}, (said,))


def test_a_list_with_the_earlier_heading_is_read() -> None:
    """编码一栏早先叫“规则”。"""
    copy = explained(marked(good_form(**WRONG)), C02="无此材料")
    book = opened(copy)
    (heading,) = (one for row in book[NAME].iter_rows() for one in row if one.value == "编码")
    heading.value = "规则"
    earlier = saved_sheets(copy, book, [NAME])
    assert statements_of(read_bytes(earlier)) == statements_of(read_bytes(copy)) != ()


def test_only_a_statement_makes_another_submission() -> None:
    """只写了说明、没有改格的，也不是原样报回。"""
    copy = marked(good_form(**WRONG))
    told = assessed(explained(copy, S02="属实"))
    assert assessed(copy).answers == told.lineage[-1].answers
    assert told.answers != told.lineage[-1].answers


def test_a_statement_outlives_its_finding() -> None:
    copy = edited(explained(marked(good_form(**WRONG)), S02="已改为优"), C17="优")
    report = assessed(copy)
    assert "S02" not in {note.finding.code for note in report.notes}
    (gone,) = (note.finding for note in report.notes if note.finding.code == say.ABOUT_GONE.code)
    assert gone.message == ("单位在退回件里对“S02 封面!C17”说明：“已改为优”；那一处问题已不再出现")


def test_a_second_return_keeps_what_was_said() -> None:
    copy = explained(marked(good_form(**WRONG)), S02="属实")
    again = marked(copy)
    assert [(one.code, one.text) for one in statements_of(read_bytes(again))] == [("S02", "属实")]
    assert statement(assessed(again), "S02") == "属实"


def test_sorted_rows_and_a_lost_key_column_still_match() -> None:
    book = opened(explained(marked(good_form(**WRONG)), S02="属实"))
    sheet = book[NAME]
    sheet.delete_cols(KEY)
    sheet.insert_rows(6, 3)  # 行号都变了
    sheet["G6"] = "另加的一行"
    report = assessed(saved(book))
    assert statement(report, "S02") == "属实"
    gone = [note.finding.message for note in report.notes if note.finding.code == "C250"]
    assert gone == ["单位在退回件里对“问题清单”说明：“另加的一行”；那一处问题已不再出现"]


def test_statements_too_many_to_read_are_counted() -> None:
    data = explained(marked(good_form(**WRONG)), S02="属实")
    book = opened(data)
    for number in range(2_000):
        book[NAME].append([*[None] * (STATEMENT - 1), f"另加的第{number}行"])
    data = saved_sheets(data, book, [NAME])
    assert len(statements_of(read_bytes(data))) == 2_000
    reading = understand_book(read_bytes(data), ready_schemes(), "表.xlsx")
    (told,) = (one for one in reading.findings if one.code == say.TOO_MANY.code)
    assert (told.sheet, told.message) == (NAME, "问题清单里写了 2001 条说明，只读了前 2000 条")


def test_a_sheet_of_that_name_in_a_form_that_was_not_returned_is_not_read() -> None:
    book = loaded(good_form(**WRONG))
    sheet = book.create_sheet(NAME, 0)
    sheet["A1"] = "问题清单（退回修改）"
    for column, heading in enumerate(("编码", "位置", "事实", "单位说明"), 1):
        sheet.cell(2, column).value = heading
        sheet.cell(3, column).value = "S02"
    data = saved(book)
    assert statements_of(read_bytes(data)) == ()
    assert "R214" in {note.finding.code for note in assessed(data).notes}


def test_the_colour_goes_when_the_form_no_longer_says_it() -> None:
    """几格对不上的，改对哪一格都行：总分改了，等级的颜色也没有了；自查没有说的，只看这一格。"""
    report = assessed(good_form(**WRONG))
    words = live_words(report.scheme, report.worst_first)
    job = Job(good_form(**WRONG), report.worst_first, live=words)
    silent = Noted(
        Finding("S99", Severity.NOTICE, "表上不说的", "", "", "封面", at=At.parse("C17")), None
    )
    other = Job(job.data, (*job.notes, silent), live=words)
    formulas = []
    for one in (job, other):
        copy = annotated(one)
        assert isinstance(copy, bytes)
        areas = loaded(copy)["封面"].conditional_formatting
        rules = [
            rule.formula[0] for area in areas if str(area.sqref) == "C17" for rule in area.rules
        ]
        formulas += [formula for formula in rules if MARK in formula]
    alone = f'{MARK},AND(ISTEXT(C17),EXACT(C17,"良"))'
    said = "须改正：与自评分数所在的分数段不符。"
    assert formulas == [f'AND({alone},ISNUMBER(FIND("{said}",$E17)))', f"AND({alone})"]


@needs_office
@pytest.mark.nightly
def test_a_spreadsheet_takes_the_colour_away_at_once(tmp_path: Path) -> None:
    """重新算过：原样的还在；改了这一格、改了与它对不上的那一格，都没有了。"""
    data = (INPUTS / "inbox" / "示例市民政局.xlsx").read_bytes()
    report = assessed(data)
    words = live_words(report.scheme, report.worst_first)
    copy = annotated(Job(data, report.worst_first, live=words))
    assert isinstance(copy, bytes)
    books = []
    for edit in ({}, {"K23": "合同备案逾期一天，扣0.2分"}, {"I23": 1}):
        book = loaded(copy)
        sheet = book["评分表"]
        areas = [one for one in sheet.conditional_formatting if str(one.sqref) == "K23"]
        (mark,) = (r.formula[0] for one in areas for r in one.rules if MARK in r.formula[0])
        sheet["AZ1"] = f"=IF({mark},1,0)"
        for at, value in edit.items():
            sheet[at] = value
        books.append(saved(book))
    found = [one["评分表"][At.parse("AZ1")] for one in recalculated(books, tmp_path)]
    assert found == [1, 0, 0]


@pytest.mark.parametrize(
    ("cell", "formula"),
    [
        (None, "LEN(A1)=0"),
        (GridCell("", state=State.NO_RESULT, formula="X"), "LEN(A1)=0"),
        (GridCell("12.50", numeric=True), "AND(ISNUMBER(A1),A1=12.5)"),
        (GridCell("1", boolean=True), "AND(ISLOGICAL(A1),A1=TRUE)"),
        (GridCell("#REF!", state=State.ERROR), "ISERROR(A1)"),
        (GridCell('甲"乙'), 'AND(ISTEXT(A1),EXACT(A1,"甲""乙"))'),
        (GridCell("甲\n乙"), 'AND(ISTEXT(A1),LEN(A1)=3,EXACT(LEFT(A1,1),"甲"))'),
        (GridCell("\U00020000乙"), "AND(ISTEXT(A1),LEN(A1)=3)"),
        (GridCell("长" * 900), f'AND(ISTEXT(A1),LEN(A1)=900,EXACT(LEFT(A1,200),"{"长" * 200}"))'),
    ],
)
def test_the_colour_stays_while_the_cell_is_as_sent(cell: GridCell | None, formula: str) -> None:
    assert still(cell).replace(AT, "A1") == formula


@needs_office
def test_libreoffice_saves_a_returned_copy_and_nothing_is_lost(tmp_path: Path) -> None:
    copy = explained(marked(good_form(**WRONG)), S02="属实，见附件", C02="无此材料")
    saved = saved_by_office(copy, tmp_path)
    before, after = assessed(copy), assessed(saved)
    assert findings(after.notes) == findings(before.notes)
    assert [note.statement for note in after.notes] == [note.statement for note in before.notes]
    assert after.answers == before.answers
    assert marks(marked(saved)) == marks(marked(copy)) > 0  # 旧的去掉了，不叠加
