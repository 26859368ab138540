"""一行说清一个得分：数、规则、来源、取数的格；格是报送文件里的实际位置。"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl_books import loaded
from read_forms import read_submission

from xltool.address import column_number
from xltool.assessment.report import make_report
from xltool.collection.report_slices import SCORES, Packed, one_slice, unpacked
from xltool.facts.entry import LocatedBlock
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_scheme
from xltool.scoring.explanation import (
    cells_text,
    deductions_text,
    explanation,
    grounds,
    most,
    reasons_text,
)
from xltool.scoring.scored import Deducted, joined

if TYPE_CHECKING:
    from xltool.assessment.report import Report
    from xltool.scoring.scored import Cells, Scored

INBOX = Path(__file__).parents[2] / "sample_inputs" / "inbox"
SCHEME = "jiangmen-2025-special"
MOVED = INBOX / "示例市卫生健康局.xlsx"  # 插了行、插了列、换了列、改了表名


def report_of(path: Path) -> tuple[Report, bytes]:
    """一份示例的结论，和打好的包。"""
    scheme, methods = ready_scheme(SCHEME)
    reading = read_submission(path, [scheme])
    assert reading.submission is not None
    report = make_report(scheme, methods, reading.submission, reading.findings)
    packed = Packed(report, reading.submission.blocks, reading.submission.records)
    return report, packed.to_bytes()


def line(report: Report, code: str) -> Scored:
    return next(one for one in report.scores if one.code == code)


def cells_of(*places: str) -> tuple[Cells, ...]:
    """这些格并成的几段；格名就是行号、列标。"""
    rows = {str(row): row for row in range(1, 30)}
    columns = {letters: column_number(letters) for letters in "CDGH"}
    blocks = {sheet: LocatedBlock(sheet, columns, rows) for sheet in "甲乙"}
    keys = [CellKey(sheet, at[1:], at[0]) for sheet, at in (place.split("!") for place in places)]
    return joined(blocks, keys)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], ""),
        (["甲!C8"], "甲!C8"),
        (["甲!C10", "甲!C8"], "甲!C8、C10"),
        (["甲!H7", "甲!H8", "甲!H9"], "甲!H7:H9"),
        (["甲!H7", "甲!H9", "甲!H10", "甲!G8"], "甲!G8、H7、H9:H10"),
        (["乙!C8", "甲!C5", "乙!C9", "乙!C9"], "乙!C8:C9；甲!C5"),
        (["甲!C1", "甲!D2"], "甲!C1、D2"),  # 斜着的不算连着
        (["甲!C29", "甲!C30", "丙!C1", "甲!X1"], "甲!C29"),  # 文件里没有的行、栏、表不列
    ],
)
def test_long_lists_of_cells_are_compressed(given: list[str], expected: str) -> None:
    assert cells_text(cells_of(*given)) == expected


def test_the_line_has_the_numbers_the_rule_its_source_and_the_cells() -> None:
    report, _ = report_of(INBOX / "江门市工业和信息化局.xlsx")
    assert explanation(line(report, "03"), grounds(SCHEME)["03"]) == (
        "决算支出26701.65÷调整后预算数27246.58=98.00%，×5分=4.90。"
        "评分标准：比例=决算支出÷调整后预算数×100%，得分=比例×5分，最高5分；"
        "调整后预算数为0的，不得分。来源：重建：得分=支出率×分值，封顶。"
        "取数：收支与资产!C8、C10。"
    )
    assert cells_text(line(report, "04").cells) == "绩效目标完成情况!H7:H26"
    assert "\n" not in "".join(explanation(one, grounds(SCHEME)[one.code]) for one in report.scores)


def test_a_score_withheld_is_explained_by_what_is_lacking() -> None:
    report, _ = report_of(INBOX.parent / "as_published" / "江门市工业和信息化局.xlsx")
    third = line(report, "03")
    assert (third.score, third.deductions) == (None, ())
    assert explanation(third, grounds(SCHEME)["03"]).startswith("不能计分：缺")
    assert cells_text(third.cells) == "收支与资产!C8、C10"


def test_cells_are_where_they_stand_in_the_file_that_was_sent() -> None:
    """挪过行列、改过表名的文件：说出的格里就是算式里的数。"""
    report, _ = report_of(MOVED)
    book = loaded(MOVED, results=True)
    third = line(report, "03")
    assert cells_text(third.cells) == "收支资产!C8、C11"
    assert [book["收支资产"][cell].value for cell in ("C8", "C11")] == [90000, 88400]
    assert third.trace.startswith("决算支出88400÷调整后预算数90000=")


def test_deductions_point_at_cells_of_the_file_that_was_sent() -> None:
    report, _ = report_of(MOVED)
    book = loaded(MOVED, results=True)
    deductions = [one for row in report.scores for one in row.deductions]
    assert deductions
    assert all(book[one.sheet][one.cell].value is not None for one in deductions)


def test_records_used_are_named_by_their_own_numbers() -> None:
    report, _ = report_of(INBOX / "江门市工业和信息化局.xlsx")
    rows = {key.row for key in line(report, "04").used}
    assert rows == {str(number) for number in range(1, 21)}
    assert line(report, "03").used == (CellKey("finance", "total"), CellKey("finance", "adjusted"))


def test_what_is_said_survives_packing() -> None:
    report, packed = report_of(INBOX / "示例市民政局.xlsx")
    assert any(one.deductions for one in report.scores)
    assert one_slice(packed, SCORES) == report.scores
    assert unpacked(packed).report.scores == report.scores


# ---------------------------------------------------------------- 写在一格里


def deducted(points: str) -> Deducted:
    return Deducted(Decimal(points), f"丢了{points}", "别丢", "甲", "C1")


def test_a_deduction_a_line() -> None:
    two = (deducted("0.50"), deducted("0.25"))
    assert deductions_text(()) == ""
    assert deductions_text(two) == (
        "扣0.50分：丢了0.50。怎样不扣：别丢。\n扣0.25分：丢了0.25。怎样不扣：别丢。"
    )
    assert reasons_text(two) == "扣0.50分：丢了0.50。\n扣0.25分：丢了0.25。"


def test_of_many_the_largest_are_written_and_the_rest_summed() -> None:
    many = tuple(deducted(f"0.{number:02}") for number in range(1, 12))  # 0.01 到 0.11
    assert [str(one.points) for one in most(many)] == ["0.07", "0.08", "0.09", "0.10", "0.11"]
    rest = "另有6处共扣0.21分，用 xltool score 可看全部。"  # 0.01 到 0.06
    assert deductions_text(many).splitlines()[-1] == rest
    assert reasons_text(many).splitlines()[-1] == rest
    assert len(deductions_text(many).splitlines()) == 6
