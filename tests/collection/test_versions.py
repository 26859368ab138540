"""哪一份算数：退回后改的替代原来的，填得相同的算一份，没有填的不算，日期可疑的不凭它。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli_runner import xltool
from collected_once import collect_once
from collection_builder import ROSTER, roster_bytes, submission
from openpyxl import load_workbook
from openpyxl_books import opened, saved, saved_sheets
from parity_engines import needs_office
from returned_copies import edited, returned, saved_by_office, understood

from xltool.collection.model import Request
from xltool.facts.answers import answers_mark, untouched
from xltool.intake.submission import understand_book
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from xltool.collection.basis import OnDuplicate
    from xltool.collection.model import Collection

FINANCE, EDUCATION = "江门市财政局", "江门市教育局"
TEMPLATES = Path(__file__).parents[2] / "workbook_templates"


@cache
def original() -> bytes:
    return submission(FINANCE, "101")


def sent_back() -> bytes:
    return returned(original())


def corrected() -> bytes:
    return edited(sent_back(), C16=90)


def again() -> bytes:
    return edited(returned(corrected()), C16=91, C12="13800009999")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "报送"
    folder.mkdir()
    return folder


def collected(
    inbox: Path,
    policy: OnDuplicate = "ask",
    roster: Path | None = None,
    deadline: date | None = None,
    **files: bytes,
) -> Collection:
    for name, data in files.items():
        (inbox / f"{name}.xlsx").write_bytes(data)
    request = Request(folder=inbox, on_duplicate=policy, roster=roster, deadline=deadline)
    return collect_once(request)


def fates(collection: Collection) -> dict[str, str]:
    return {file.file.removesuffix(".xlsx"): file.status.label for file in collection.files}


def reasons(collection: Collection) -> dict[str, str]:
    return {file.file.removesuffix(".xlsx"): file.reason for file in collection.files}


def said(collection: Collection) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in collection.findings]


# ---------------------------------------------------------------- 退回后改的


@pytest.mark.parametrize("policy", ["ask", "latest"])
def test_a_corrected_copy_replaces_its_parent(inbox: Path, policy: OnDuplicate) -> None:
    collection = collected(inbox, policy, 原件=original(), 改=corrected())
    assert fates(collection) == {"原件": "被替代", "改": "采用"}
    assert reasons(collection) == {
        "原件": "由“改.xlsx”替代：那一份是这一份退回后改的，改了 1 处",
        "改": "已采用，替代了退回的 原件.xlsx",
    }
    assert [file.instead for file in collection.files] == ["改.xlsx", ""]
    chain = "“原件.xlsx” → “改.xlsx”"
    told = f"“{FINANCE}”先后报了 {chain}：后一份是前一份退回后改的，以最后一份为准"
    assert said(collection) == [("C201", told)]
    (unit,) = collection.units
    assert (unit.self_total, unit.files) == (Decimal(90), ("原件.xlsx", "改.xlsx"))
    (changed,) = collection.differences
    assert changed.files == ("原件.xlsx", "改.xlsx")
    assert [one.item for one in changed.listed] == ["封面 自评分数"]
    counts = collection.counts
    assert (counts.found, counts.adopted, counts.replaced) == (2, 1, 1)


def test_a_chain_is_followed_even_where_a_link_is_gone(inbox: Path) -> None:
    collection = collected(inbox, 一=original(), 三=again())
    assert fates(collection) == {"一": "被替代", "三": "采用"}
    collection = collected(inbox, 二=corrected())
    assert fates(collection) == {"一": "被替代", "三": "采用", "二": "被替代"}
    assert reasons(collection)["一"].startswith("由“二.xlsx”替代")
    assert "“一.xlsx” → “二.xlsx” → “三.xlsx”" in said(collection)[0][1]
    assert collection.differences[0].files == ("一.xlsx", "二.xlsx", "三.xlsx")


def test_a_corrected_copy_whose_parent_is_gone_is_adopted(inbox: Path) -> None:
    collection = collected(inbox, 改=corrected())
    assert reasons(collection) == {"改": "已采用；是退回后改的，原来的一份不在这里"}
    assert said(collection) == []


def test_the_parent_is_known_when_it_was_saved_again(inbox: Path) -> None:
    """退回的是另存过的一份：字节认不出，填的内容认得出。"""
    collection = collected(inbox, 原件=edited(original()), 改=corrected())
    assert fates(collection) == {"原件": "被替代", "改": "采用"}


def test_a_copy_returned_unchanged_is_said(inbox: Path) -> None:
    collection = collected(inbox, 原件=original(), 退回件=edited(sent_back()))
    assert fates(collection) == {"原件": "采用", "退回件": "跳过"}
    assert reasons(collection)["退回件"] == "退回件，一处也没有改：与“原件.xlsx”填的内容相同"
    assert said(collection) == [
        ("C200", "“江门市财政局”的“退回件.xlsx”是退回件，填的内容一处也没有改")
    ]


def test_a_copy_returned_unchanged_without_its_parent_is_said(inbox: Path) -> None:
    collection = collected(inbox, 退回件=sent_back())
    assert reasons(collection) == {"退回件": "已采用"}
    assert [code for code, _ in said(collection)] == ["C200"]


def test_returned_unchanged_and_then_corrected_is_not_held_against_it(inbox: Path) -> None:
    collection = collected(inbox, 原件=original(), 又报=edited(sent_back()), 改=corrected())
    assert fates(collection) == {"原件": "被替代", "又报": "跳过", "改": "采用"}
    assert [code for code, _ in said(collection)] == ["C201"]


def test_two_children_of_one_parent_wait(inbox: Path) -> None:
    other = edited(sent_back(), C16=80)
    collection = collected(inbox, 原件=original(), 甲=corrected(), 乙=other)
    assert fates(collection) == {"原件": "被替代", "甲": "重复待确认", "乙": "重复待确认"}
    assert reasons(collection)["甲"] == "与 乙.xlsx 是同一部门的不同报送，待确认"
    assert said(collection)[0][0] == "C111"
    assert "有 2 份内容不同的报送：乙.xlsx、甲.xlsx" in said(collection)[0][1]


def test_the_corrections_typed_into_another_file_count_once(inbox: Path) -> None:
    """改好的又照抄进原件存了一份：填的相同，凭退回件的一份认出替代了谁。"""
    collection = collected(inbox, 原件=original(), 抄=edited(original(), C16=90), 改=corrected())
    assert fates(collection) == {"原件": "被替代", "抄": "跳过", "改": "采用"}


def test_changed_back_to_the_first_replaces_the_second(inbox: Path) -> None:
    back = edited(returned(corrected()), C16=Decimal("97.35"))
    assert answers_mark(understood(back)) == answers_mark(understood(original()))
    collection = collected(inbox, 一=original(), 二=corrected(), 三=back)
    assert fates(collection) == {"一": "跳过", "二": "被替代", "三": "采用"}


def test_a_copy_made_from_another_units_form_replaces_nothing(inbox: Path, tmp_path: Path) -> None:
    roster = tmp_path / "名单.xlsx"
    roster.write_bytes(roster_bytes(*ROSTER))
    taken = edited(sent_back(), C7=EDUCATION, C8="102")
    collection = collected(inbox, roster=roster, 财政局=original(), 教育局=taken)
    assert fates(collection) == {"财政局": "采用", "教育局": "采用"}
    assert said(collection) == [
        (
            "C202",
            "“江门市教育局”的“教育局.xlsx”是从“江门市财政局”的退回件改来的（那一份是“财政局.xlsx”），两份都照收",
        )
    ]


def test_a_wrong_name_corrected_finds_its_parent(inbox: Path, tmp_path: Path) -> None:
    roster = tmp_path / "名单.xlsx"
    roster.write_bytes(roster_bytes(*ROSTER))
    wrong = submission("财政", "999")
    right = edited(returned(wrong), C7=FINANCE, C8="101")
    collection = collected(inbox, roster=roster, 错=wrong, 对=right)
    assert fates(collection) == {"错": "被替代", "对": "采用"}
    assert [code for code, _ in said(collection)] == ["C201"]
    assert {unit.name for unit in collection.units if unit.files} == {FINANCE}


def test_a_forged_or_damaged_origin_is_ignored(inbox: Path) -> None:
    book = opened(corrected())
    sheet = book["_xltool"]
    for row in sheet.iter_rows(max_col=2):
        if str(row[0].value).startswith("returned "):
            row[1].value = "0" * 64
    collection = collected(inbox, 原件=original(), 改=saved_sheets(corrected(), book, ["_xltool"]))
    assert set(fates(collection).values()) == {"重复待确认"}


def test_a_form_that_lost_its_hidden_sheet_keeps_the_origin_all_the_same(inbox: Path) -> None:
    book = opened(original())
    del book["_xltool"]
    bare = saved(book)
    back = returned(bare)
    assert load_workbook(BytesIO(back), read_only=True)["_xltool"].sheet_state == "hidden"
    collection = collected(inbox, 原件=bare, 改=edited(back, C16=90))
    assert fates(collection) == {"原件": "被替代", "改": "采用"}


def test_the_origin_changes_nothing_that_is_read() -> None:
    """标识表里多了几行，读出来一字不差，也没有多一条问题。"""
    plain, marked = (
        understand_book(read_bytes(data), ready_schemes()) for data in (original(), edited(again()))
    )
    assert plain.submission is not None
    assert marked.submission is not None
    assert [one.sha256 for one in marked.submission.lineage] == [
        sha256(data).hexdigest() for data in (original(), corrected())
    ]
    codes = {one.code for one in marked.findings} - {one.code for one in plain.findings}
    assert codes <= {"R214"}  # 问题清单是多出来的一张表


@needs_office
def test_the_origin_and_the_answers_survive_libreoffice(inbox: Path, tmp_path: Path) -> None:
    again = saved_by_office(corrected(), tmp_path)
    assert again != corrected()
    collection = collected(inbox, 原件=original(), 改=corrected(), 另存=again)
    assert fates(collection) == {"原件": "被替代", "另存": "采用", "改": "跳过"}
    (inbox / "改.xlsx").unlink()
    assert fates(collected(inbox)) == {"原件": "被替代", "另存": "采用"}


# ---------------------------------------------------------------- 填得相同


def test_the_same_answers_are_one_submission(inbox: Path) -> None:
    collection = collected(inbox, 甲=original(), 乙=edited(original()))
    assert fates(collection) == {"乙": "采用", "甲": "跳过"}
    assert reasons(collection)["甲"] == "与“乙.xlsx”填的内容相同"
    assert (collection.findings, collection.differences) == ((), ())
    assert collection.counts.skipped == 1


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"C16": 97.350000}, True),
        ({"C16": "97.35"}, True),
        ({"C16": 97.36}, False),
        ({"C7": f"{FINANCE}\n"}, True),
        ({"C7": "江门市财政 局"}, False),
        ({"C12": None}, False),
    ],
)
def test_what_counts_as_the_same(changes: dict[str, object], *, same: bool) -> None:
    one, other = (
        answers_mark(understood(data)) for data in (original(), edited(original(), **changes))
    )
    assert (one == other) is same


# ---------------------------------------------------------------- 没有填


def test_every_template_is_blank() -> None:
    templates = sorted(TEMPLATES.glob("*.xlsx"))
    assert templates
    for path in templates:
        found = understood(path.read_bytes())
        assert untouched(ready_scheme(found.scheme)[0], found), path.name


def test_what_is_prefilled_from_the_roster_is_still_blank(tmp_path: Path) -> None:
    """预填的每一格都要算预填：预填了别的，就要在 answers 里补上。"""
    rows = [
        ("预算编码", "单位名称", "表种", "联系人", "联系电话"),
        *(
            (f"90{number}", f"示例{number}局", kind, "张三", "0750-1234567")
            for number, kind in enumerate(["有专项资金", "无专项资金", "项目支出", "项目支出101号"])
        ),
    ]
    roster = tmp_path / "名单.xlsx"
    roster.write_bytes(roster_bytes(*rows))
    ran = xltool("template", "-o", tmp_path / "下发", "--roster", roster)
    assert ran.code == 0, ran.err
    inbox = tmp_path / "下发"
    collection = collected(inbox, roster=roster)
    assert set(fates(collection).values()) == {"没有填报"}
    assert collection.counts.blank == len(rows) - 1
    assert {unit.status.label for unit in collection.units} == {"未报"}
    assert collection.findings == ()


def test_a_blank_form_never_competes(inbox: Path, tmp_path: Path) -> None:
    roster = tmp_path / "名单.xlsx"
    roster.write_bytes(roster_bytes(*ROSTER))
    blank = edited((TEMPLATES / "评分表_有专项资金_2025.1.xlsx").read_bytes(), C7=FINANCE, C8="101")
    collection = collected(inbox, roster=roster, 空白=blank, 真=original())
    assert fates(collection) == {"真": "采用", "空白": "没有填报"}
    assert reasons(collection)["空白"] == "还没有填：只有下发时印好、预填的内容"
    assert {file.unit for file in collection.files} == {"101"}
    (inbox / "真.xlsx").unlink()
    collection = collected(inbox, roster=roster)
    assert next(one for one in collection.units if one.code == "101").status.label == "未报"


def test_one_answer_is_a_report(inbox: Path) -> None:
    blank = (TEMPLATES / "评分表_有专项资金_2025.1.xlsx").read_bytes()
    begun = edited(blank, C7=FINANCE, C16=97)
    assert fates(collected(inbox, 填了=begun)) == {"填了": "采用"}


# ---------------------------------------------------------------- 日期


@pytest.mark.parametrize(
    ("day", "deadline", "why"),
    [
        (date(2024, 12, 31), None, "2024年度还没有结束"),
        (date(2025, 1, 1), None, ""),
        (date(2025, 12, 31), None, ""),
        (date(2026, 1, 1), None, "在2024年度的次年以后"),
        (date(2025, 8, 28), date(2025, 4, 30), ""),
        (date(2025, 8, 29), date(2025, 4, 30), "比截止日期 2025-04-30 晚了 120 天以上"),
        (date(2026, 1, 1), date(2025, 12, 31), ""),
    ],
)
def test_a_date_is_doubted(inbox: Path, day: date, deadline: date | None, why: str) -> None:
    collection = collected(inbox, deadline=deadline, 甲=submission(FINANCE, day=day))
    doubted = [one.message for one in collection.findings if one.code == "C210"]
    expected = f"“江门市财政局”的填报日期 {day.isoformat()} 可疑：{why}"
    assert doubted == ([expected] if why else [])
    late = [one.code for one in collection.findings if one.code == "C130"]
    assert bool(late) is bool(deadline and day > deadline and not why)


def test_a_date_far_from_the_others_is_doubted(inbox: Path) -> None:
    days = [date(2025, 4, number) for number in (10, 11, 12, 13)]
    for number, day in enumerate([*days, date(2025, 8, 10), date(2025, 8, 11)]):
        (inbox / f"{number}.xlsx").write_bytes(submission(f"某{number}局", day=day))
    found = [one for one in collected(inbox).findings if one.code == "C210"]
    assert [one.file for one in found] == ["5.xlsx"]
    assert "与各份的填报日期（居中的是 2025-04-12）相差 120 天以上" in found[0].message
    (inbox / "0.xlsx").unlink()
    (inbox / "1.xlsx").unlink()
    assert not [one for one in collected(inbox).findings if one.code == "C210"]


def test_latest_does_not_trust_a_doubted_date(inbox: Path) -> None:
    later = submission(FINANCE, day=date(2035, 4, 18), self_total=Decimal(90))
    collection = collected(inbox, "latest", 甲=submission(FINANCE), 乙=later)
    assert set(fates(collection).values()) == {"重复待确认"}
    assert [code for code, _ in said(collection)] == ["C113", "C210"]
    assert "“乙.xlsx”的填报日期可疑，分不出哪一份最晚" in said(collection)[0][1]


def test_latest_asks_the_parent_before_the_date(inbox: Path) -> None:
    """退回后改的日期反而填早了，仍是它。"""
    corrected = edited(sent_back(), C16=90, C13=date(2025, 4, 1))
    collection = collected(inbox, "latest", 甲=original(), 乙=corrected)
    assert fates(collection) == {"甲": "被替代", "乙": "采用"}


def test_a_correction_after_the_deadline_is_not_late(inbox: Path) -> None:
    """退回后改好的，填报日期自然晚了；原来的一份在不在都不算逾期，也不提醒。"""
    corrected = edited(sent_back(), C16=90, C13=date(2025, 5, 20))
    for files in ({"乙": corrected}, {"甲": original()}):
        collection = collected(inbox, deadline=date(2025, 4, 30), **files)
        assert [(unit.late, unit.date) for unit in collection.units] == [(0, date(2025, 5, 20))]
        assert "C130" not in [code for code, _ in said(collection)]


def test_a_correction_does_not_wash_lateness_away(inbox: Path) -> None:
    """原来的一份本来就逾期的，改好再报仍照原来的那一份数。"""
    late = edited(original(), C13=date(2025, 6, 10))
    corrected = edited(returned(late), C16=90, C13=date(2025, 6, 20))
    collection = collected(inbox, deadline=date(2025, 4, 30), 甲=late, 乙=corrected)
    assert fates(collection) == {"甲": "被替代", "乙": "采用"}
    assert [unit.late for unit in collection.units] == [41]
    assert "C130" in [code for code, _ in said(collection)]
