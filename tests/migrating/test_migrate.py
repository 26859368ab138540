"""旧表移到新表：同一年度的得分和问题不变，一格不丢；下一年度的只起头，不算填报。"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from openpyxl_books import changed as changed_book
from openpyxl_books import opened, saved
from returned_copies import returned, understood

from xltool.assessment.report import make_report
from xltool.excel.write import render_book
from xltool.facts.answers import untouched
from xltool.facts.typed import typed_submission
from xltool.facts.view import Facts
from xltool.finding import Finding, Severity
from xltool.intake.submission import understand_book, understand_whole
from xltool.layout.layout import template_layout
from xltool.messages import migrating as say
from xltool.migrating.book import migrated_plan
from xltool.migrating.following_year import STARTS
from xltool.migrating.migrate import migrate
from xltool.migrating.model import Fate
from xltool.migrating.moves import MOVES
from xltool.migrating.target import target_of
from xltool.scheme.key import CellKey, field_key
from xltool.scheme.loader import parse_scheme
from xltool.scoring.catalogue import offered_schemes, ready_scheme, ready_schemes
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from xltool.assessment.report import Report
    from xltool.intake.whole_form import WholeForm
    from xltool.migrating.model import Migrated
    from xltool.scheme.model import Scheme

SAMPLES = Path(__file__).parents[2] / "sample_inputs"
EARLIER = [
    "earlier/示例市水利局_山塘除险加固",
    "earlier/示例市档案馆_馆藏档案数字化",
]
FOREST = "mixed/示例市林业局_森林防火"
CIVIL = "last_year/示例市民政局_2023"
SEED = "inbox/江门市工业和信息化局"
EMPTY = saved(Workbook())
SPECIAL, GENERAL = "jiangmen-2025-special", "jiangmen-2025-general"


@cache
def data_of(name: str) -> bytes:
    return (SAMPLES / f"{name}.xlsx").read_bytes()


def read(data: bytes) -> WholeForm:
    whole = understand_whole(read_bytes(data), ready_schemes(), "旧表.xlsx")
    assert not isinstance(whole, Finding)
    return whole


def moved(whole: WholeForm, target: Scheme | None = None) -> Migrated:
    found = target or target_of(whole.old, offered_schemes())
    assert not isinstance(found, Finding)
    migrated = migrate(whole, found)
    assert not isinstance(migrated, Finding)
    return migrated


@cache
def migrated(name: str, to: str = "") -> tuple[WholeForm, Migrated]:
    whole = read(data_of(name))
    return whole, moved(whole, ready_scheme(to)[0] if to else None)


def after(change: Callable[[Workbook], None], name: str, to: str = "") -> Migrated:
    return moved(read(changed_book(data_of(name), change)), ready_scheme(to)[0] if to else None)


def report(data: bytes) -> Report:
    reading = understand_book(read_bytes(data), ready_schemes())
    assert reading.submission is not None
    scheme, methods = ready_scheme(reading.submission.scheme)
    return make_report(scheme, methods, reading.submission, reading.findings)


def write(book: Workbook, name: str, value: object, kind: str = "") -> None:
    """在早先的项目表上改一格。"""
    place = template_layout(ready_scheme("mof-project-2020-1")[0]).place(field_key(name))
    cell = book[place.sheet][place.at.a1]
    cell.value = value
    if kind:
        cell.data_type = kind
    elif isinstance(value, str) and not value.startswith("=1/0"):
        cell.data_type = "f" if value == "=300+0" else "s"


def said(found: Migrated, message: str) -> list[tuple[str, str]]:
    """某一种说法：旧表的格和写着的值。"""
    return [
        (line.finding.where, line.value) for line in found.lines if line.finding.code == message
    ]


# ---------------------------------------------------------------- 同一年度


@pytest.mark.parametrize("name", EARLIER)
def test_within_a_year_the_score_and_the_findings_stay(name: str) -> None:
    """新表多出来的只是新的必填项；101号不设满意度的分法新表没有了，所以问满意度。"""
    _, found = migrated(name)
    before, now = report(data_of(name)), report(render_book(migrated_plan(found)))
    assert (now.total, now.grade, now.self_total) == (
        before.total,
        before.grade,
        before.self_total,
    )
    old, new = (
        Counter((f.code, f.label, f.message) for f in one.findings) for one in (before, now)
    )
    assert not old - new
    more = Counter(code for code, _, _ in (new - old).elements())
    plain = "档案馆" not in name
    assert more == Counter({"V170": 6} if plain else {"V170": 6, "C02": 1})
    (line,) = [one for one in found.lines if one.finding.code == say.TO_FILL.code]
    assert "必填的有 6 项" in line.finding.message


@pytest.mark.parametrize(
    ("name", "to"), [*((one, "") for one in EARLIER), (SEED, GENERAL), (CIVIL, ""), (FOREST, "")]
)
def test_nothing_is_lost(name: str, to: str) -> None:
    """旧表写着的每一格，不在新表里，就在清单里，或就是新表自动算出的。"""
    whole, found = migrated(name, to)
    contents = {part for value in found.contents.values() for part in str(value).split("；")}
    contents |= {str(value) for value in found.contents.values()}
    facts = Facts(found.scheme, typed_submission(found.scheme, found.contents))
    listed = {line.value for line in found.lines}
    for key, entry in whole.submission.entries.items():
        text = entry.raw if entry.value is None else str(entry.value)
        if entry.raw in listed or text in listed:
            continue
        parts = set(entry.raw.split("；"))
        kept = {entry.raw, text} & contents or parts <= contents
        assert kept or _recomputed(facts, key, entry.value), (key, text)


def _recomputed(facts: Facts, key: CellKey, value: object) -> bool:
    total = facts.number("cover.self_total")
    if key == field_key("cover.self_grade"):
        return total is not None and facts.scheme.grade(total) == value
    return facts.scheme.computation(key) is not None and facts.number(key) == value


def test_typed_values_are_carried_as_they_were_typed() -> None:
    """写成文字的数、日期、像公式的文字照写；公式照结果，显示的与存的不同的照显示的，都列出来。"""

    def change(book: Workbook) -> None:
        write(book, "cover.date", "2025年4月10日")
        write(book, "cover.filler", "=1+1 不是公式")
        write(book, "finance.initial", "3,00.00")
        write(book, "finance.total_carried", 0)
        write(book, "cover.phone", 13800001111)
        cell = book["项目资金"]["C12"]  # 其他资金
        cell.value, cell.number_format = 1234567, '0!.0,"万"'

    found = after(change, EARLIER[0])
    assert found.contents[field_key("cover.date")] == "2025年4月10日"
    assert found.contents[field_key("cover.filler")] == "=1+1 不是公式"
    assert found.contents[field_key("finance.initial")] == "3,00.00"
    assert found.contents[field_key("finance.total_carried")] == Decimal(0)
    assert found.contents[field_key("cover.phone")] == "13800001111"
    assert [where for where, _ in said(found, say.AS_READ.code)] == ["项目资金!C12"]


def test_what_has_no_place_is_listed_with_what_to_do() -> None:
    def change(book: Workbook) -> None:
        sheet = book["绩效指标"]
        write(book, "cover.phone", "=1/0")
        write(book, "finance.initial", "#REF!", kind="e")
        write(book, "finance.adjusted", "=300+0")
        sheet["B20"] = "合计"
        book["项目资金"]["H3"] = "随手记的一句"
        book.create_sheet("我的草稿")["A1"] = "草稿"
        write(book, "cover.self_grade", "优秀啊")

    found = after(change, EARLIER[0])
    assert said(found, say.OUTSIDE.code) == [("项目资金!H3", "随手记的一句")]
    assert [where for where, _ in said(found, say.NO_VALUE.code)] == [
        "封面!C13",
        "项目资金!C7",
        "项目资金!C8",
    ]
    assert ("我的草稿", "") in said(found, "R214")
    assert said(found, say.UNREAD.code) == [("绩效指标!B20", "合计")]
    assert said(found, say.OTHER_RESULT.code) == [("封面!C18", "优秀啊")]
    for line in found.lines:
        assert line.finding.remedy
        assert (line.fate is Fate.LEFT) == (
            line.finding.severity is not Severity.NOTICE or line.finding.code == "R214"
        )


def test_a_returned_copy_brings_its_statements_to_the_list() -> None:
    book = opened(returned(data_of(EARLIER[0])))
    sheet = book["问题清单"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "序号")
    column = next(cell.column for cell in head if cell.value == "单位说明")
    code = next(cell.column for cell in head if cell.value == "编码")
    sheet.cell(head[0].row + 1, column).value = "属实，另附批复"
    sheet.cell(head[0].row + 1, code).value = "E07"
    found = moved(read(saved(book)))
    assert said(found, say.STATEMENT.code) == [("", "属实，另附批复")]


def test_two_places_that_became_one_are_joined_or_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """文字合写；数不替人选，后一个列出来。"""
    note, whole = field_key("finance.note"), read(data_of(EARLIER[0]))
    reason, said_there = (
        whole.submission.entries[key].raw
        for key in (CellKey("form", "01", "reason"), CellKey("finance", "total", "note"))
    )
    assert migrated(EARLIER[0])[1].contents[note] == f"{reason}；{said_there}"
    moves = {field_key("finance.initial"): field_key("finance.adjusted")}
    monkeypatch.setitem(MOVES, "mof-project-2020-1", moves)
    found = moved(whole)
    assert [where for where, _ in said(found, say.TAKEN.code)] == ["项目资金!C8"]


# ---------------------------------------------------------------- 方案改了的


def changed(text: str, year: int = 2024) -> Scheme:
    head = f'[scheme]\nextends = "{SPECIAL}"\nid = "next-{year}"\nversion = "2"\nyear = {year}\n'
    return parse_scheme(head + text, "next.toml")


def test_a_changed_scheme_is_followed_and_never_guessed_at() -> None:
    target = changed(
        """
[[options]]
key = "building"
title = "采购内控制度"
options = [
  { key = "filed", value = "建立且备案", aliases = [] },
  { key = "built", value = "建立未备案", aliases = [] },
]
[[sheets]]
key = "finance"
fields = [
  { key = "assets", unit = "元" },
  { key = "liabilities", label = "年末负债合计" },
]
[[sheets]]
key = "tasks"
fields = [
  { key = "result", remove = true },
  { key = "outcome", label = "完成情况", kind = "text", help = "填年末完成的事实和数据。" },
  { key = "indicator", remove = true },
]
"""
    )
    whole = read(data_of(SEED))
    found = moved(whole, target)
    assert found.contents[field_key("management.procurement_control")] == "建立且备案"
    assert [line.finding.code for line in found.listed(Fate.LOOK)] == [
        say.RELABELLED.code,
        say.RENAMED_OPTION.code,
        say.BY_LABEL.code,
    ]
    assert found.contents[CellKey("tasks", "1", "outcome")].startswith("全市实现")
    assert field_key("finance.assets") not in found.contents
    ((where, _),) = said(found, say.OTHER_UNIT.code)
    assert where.startswith("收支与资产!")
    tasks = [key for key in whole.submission.entries if key.sheet == "tasks"]
    gone = sum(key.column == "indicator" for key in tasks)
    assert len(said(found, say.NO_PLACE.code)) == gone > 0


def test_an_option_that_is_gone_is_left_out() -> None:
    gone = """
[[options]]
key = "level2_outcome"
title = "效益的二级指标"
options = [{ key = "sustainable", remove = true }]
"""
    whole = read(data_of(SEED))
    found = moved(whole, changed(gone))
    kept = [e.raw for k, e in whole.submission.entries.items() if k.column == "level2"]
    assert len(said(found, say.NO_OPTION.code)) == kept.count("可持续影响指标") > 0


# ---------------------------------------------------------------- 下一年度


def test_the_next_year_gets_a_start_and_no_answers() -> None:
    whole, found = migrated(CIVIL)
    assert found.started
    assert found.contents[field_key("cover.year")] == Decimal(2024)
    assert {key.row for key in found.contents if key.sheet == "finance"} == {"three_public_last"}
    columns = {key.column for key in found.contents if key.sheet == "indicators"}
    assert columns == {"level1", "level2", "title", "operator", "expected", "unit", "special"}
    assert {key.sheet for key in found.contents} <= {"cover", "finance", *STARTS}
    actual = whole.submission.place(CellKey("indicators", "1", "actual"))
    assert actual is not None
    assert (actual.label, "520") in said(found, say.EARLIER_ANSWER.code)
    assert said(found, say.NO_OWN_SCHEME.code)
    assert [line.finding.code for line in found.lines].count(say.START.code) > 1
    (line,) = [one for one in found.lines if one.finding.code == say.LAST_PLACED.code]
    assert line.to == template_layout(found.scheme).place(field_key("finance.three_public_last"))


def test_a_start_is_no_submission_until_something_is_filled_in() -> None:
    """上年实现多少，点到今年的预期值就看得到；只改了填报人的还不算填。"""
    _, found = migrated(CIVIL)
    data = render_book(migrated_plan(found))
    book = opened(data)
    rules = book["绩效目标完成情况"].data_validations.dataValidation
    (prompt,) = [one.prompt for one in rules if str(one.sqref) == "F7"]
    assert prompt.startswith("上年预期≥500张，实现520。")
    last = 6 + next(one.capacity for one in found.scheme.sheets if one.key == "indicators")
    assert any(str(one.sqref) == f"F16:F{last}" for one in rules)
    blank = understand_book(read_bytes(data), ready_schemes())
    assert not {one.code for one in blank.findings} & {"R214", "R245"}
    book["封面"]["C11"] = "张三"
    named = understood(saved(book))
    book["绩效目标完成情况"]["H7"] = 530
    assert blank.submission is not None
    states = [untouched(found.scheme, one) for one in (blank.submission, named)]
    assert states == [True, True]
    assert not untouched(found.scheme, understood(saved(book)))


def test_what_had_no_goal_last_year_is_shown_without_one() -> None:
    def change(book: Workbook) -> None:
        for column in "EFG":
            book["绩效目标完成情况"][f"{column}7"].value = None

    found = after(change, CIVIL)
    assert found.beside[CellKey("indicators", "1", "expected")] == "上年实现520。"


def test_a_start_of_another_kind_of_form_is_no_submission_either() -> None:
    """列表里的别的写法照写，读回来是另一个词，指纹照读回来的算。"""
    _, found = migrated(FOREST, SPECIAL)
    assert found.contents[CellKey("indicators", "1", "level1")] == "产出指标"
    assert untouched(found.scheme, understood(render_book(migrated_plan(found))))


def test_a_solved_problem_is_not_carried_into_the_next_year() -> None:
    whole = read(data_of(SEED))
    found = moved(whole, changed("", year=2025))
    rows = {key.row for key in found.contents if key.sheet == "rectification"}
    solved = said(found, say.DONE_ROW.code)
    assert len(rows) + len(solved) == len(whole.submission.records["rectification"])
    assert solved


def test_a_form_of_years_ago_is_no_last_year() -> None:
    _, found = migrated(FOREST)
    assert said(found, say.LONG_AGO.code)
    assert not found.beside
    assert not said(found, say.LAST_PLACED.code)


def test_a_damaged_current_form_goes_to_a_fresh_one() -> None:
    """另存成 .xls、粘贴成数值的，复制到一份新的空白表里：填的一格不少。"""
    seed, special = read(data_of(SEED)), ready_scheme(SPECIAL)[0]
    book = opened(data_of(SEED))
    sheet = book["专项资金"]
    for row in range(7, 52):
        sheet.cell(row, 7).value = "#N/A"
    found = migrate(read(saved(book)), special)
    assert not isinstance(found, Finding)
    assert found.contents.keys() == seed.submission.entries.keys()


# ---------------------------------------------------------------- 不能移的


def refusal(found: object) -> str:
    assert isinstance(found, Finding)
    return found.code


def test_what_cannot_be_moved_says_why() -> None:
    seed, special = read(data_of(SEED)), ready_scheme(SPECIAL)[0]
    assert refusal(migrate(seed, special)) == say.CURRENT.code
    assert refusal(migrate(seed, changed("", year=2023))) == say.BACKWARDS.code
    others = [one for one in offered_schemes() if one.of_project]
    assert refusal(target_of(seed.old, others)) == say.NO_TARGET.code
    book = opened(data_of(CIVIL))
    del book["_xltool"]
    book["封面"]["C9"] = None
    assert refusal(migrate(read(saved(book)), special)) == say.UNKNOWN_YEAR.code
    assert refusal(understand_whole(read_bytes(EMPTY), ready_schemes())) == "R201"
