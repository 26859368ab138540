"""读一份存过的汇总：得分照程序的规则另算，公式有没有结果、改过没有都一样；表与汇总时的相同。"""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pytest
from former_headings import formerly_headed
from openpyxl_books import loaded
from sample_books import collected, plan, sources

from xltool import frames
from xltool.collection.carrying import carried_over
from xltool.collection.reviewed import reviewed_units
from xltool.collection.saved_review import read_saved
from xltool.consolidated.import_sheet import HEADINGS, import_forms
from xltool.consolidated.known import known_sheets
from xltool.consolidated.saved_book import saved_book
from xltool.consolidated.settling import settle
from xltool.excel.write import render_book
from xltool.messages import papers as say
from xltool.xlsx.grid import Book
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from xltool.consolidated.saved_book import SavedBook

HEADER: Final = 5
DETAILS: Final = "得分明细_无专项资金"
UNIT, TYPED = "示例市地方志办公室", "示例市机关事务管理局"


@pytest.fixture(scope="module")
def written() -> bytes:
    """一份写出以后没有人动过的汇总，四种表合在一起。"""
    return render_book(plan("mixed"))


def read(data: bytes) -> SavedBook:
    found = saved_book(read_bytes(data))
    assert found is not None
    return found


def columns(sheet: Worksheet) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[HEADER] if cell.value}


@pytest.fixture(scope="module")
def reviewed(written: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """照复核人的做法写几条，用不重算的程序存盘：公式都没有结果了；还有人在得分的格里写死了数。"""
    path = tmp_path_factory.mktemp("复核") / "汇总.xlsx"
    path.write_bytes(written)
    book = loaded(path)
    details = book[DETAILS]
    places = columns(details)
    typed = {"01": 3, "03": 300, "08": Decimal("1.255"), "09": "满分"}
    for row in range(HEADER + 1, details.max_row + 1):
        code = details.cell(row, places["编码"]).value
        if details.cell(row, places["单位名称"]).value == UNIT and code in typed:
            details.cell(row, places["复核得分"]).value = typed[code]
    details.cell(HEADER + 1, places["系统得分"]).value = 10  # 程序算的是 20
    details.cell(HEADER + 2, places["系统得分"]).value = 8
    details.cell(HEADER + 2, places["计算过程"]).value = "改过的话"
    doubts = book["疑点清单"]
    places = columns(doubts)
    (first, *_) = (
        row
        for row in range(HEADER + 1, doubts.max_row + 1)
        if doubts.cell(row, places["单位"]).value == UNIT
    )
    doubts.cell(first, places["复核意见"]).value = "退回"
    book.save(path)
    return path.read_bytes()


def test_what_nobody_touched_is_summed_to_what_the_program_wrote(written: bytes) -> None:
    settled = settle(read(written))
    assert not settled.findings
    for unit, own in zip(settled.units, collected("mixed").units, strict=True):
        assert (unit.name, unit.status) == (own.name, own.status.label)
        assert (unit.total, unit.grade, unit.rank) == (own.total, own.grade, own.rank)
        assert (unit.reviewed, unit.reviewed_rank) == (own.total, own.rank)


def test_a_book_with_the_earlier_headings_is_exported_under_both(written: bytes) -> None:
    book = read_bytes(written)
    assert isinstance(book, Book)
    now, earlier = (saved_book(one) for one in (book, formerly_headed(book)))
    assert now is not None
    assert earlier is not None
    doubts, same = (frames.of_book(one, settle(one))["疑点清单"] for one in (now, earlier))
    assert doubts.equals(same)
    at = list(doubts.columns).index("编码")
    assert list(doubts.columns)[at + 1] == "规则"
    assert list(doubts["编码"]) == list(doubts["规则"])


def test_verdicts_count_though_no_formula_was_calculated(reviewed: bytes) -> None:
    """与再汇总时带过来、照程序的规则合计的相同。"""
    settled = settle(read(reviewed))
    units = collected("mixed").units
    saved = read_saved(read_bytes(reviewed), known_sheets(sources("mixed")))
    expected = reviewed_units(units, carried_over(saved, units))
    for unit, own in zip(settled.units, units, strict=True):
        if own.adopted and own.name != TYPED:
            one = expected[own.key]
            assert unit.reviewed_levels == one.levels
            assert (unit.reviewed, unit.reviewed_grade) == (one.total, one.grade)
            assert (unit.total, unit.rank) == (own.total, own.rank)
    (own,) = (unit for unit in settled.units if unit.name == UNIT)
    assert own.total == Decimal("78.04")
    assert own.reviewed != own.total
    assert own.status == "复核退回"
    said = (say.STALE_TOTALS, say.STALE_SCORES, say.UNKNOWN_SCORES, say.UNUSED_VERDICTS)
    assert [finding.code for finding in settled.findings] == [one.code for one in said]
    assert settled.findings[-1].message.startswith("2 个复核得分")


def test_a_score_typed_over_the_formula_is_not_believed(reviewed: bytes) -> None:
    """写出时的得分记在标识里；计算过程也改了的，核不准，照格里的，说出来。"""
    settled = settle(read(reviewed))
    (own,) = (unit for unit in settled.units if unit.name == TYPED)
    assert [line.score for line in own.lines[:2]] == [Decimal(20), Decimal(8)]
    (unknown,) = (one for one in settled.findings if one.code == say.UNKNOWN_SCORES.code)
    assert unknown.message.startswith("1 项的系统得分核不准")


def test_the_frames_of_the_book_are_those_of_the_collection(written: bytes) -> None:
    saved = read(written)
    found, collection = frames.of_book(saved, settle(saved)), collected("mixed")
    wanted = {
        "汇总": frames.summary(collection),
        "得分明细": frames.scores(collection),
        "绩效指标明细": frames.indicators(collection),
    }
    for sheet, frame in wanted.items():
        own = found[sheet]
        assert len(own) == len(frame)
        for heading in own.columns.drop("表种"):
            assert own[heading].dtype == frame[heading].dtype, heading
            if own[heading].dtype == "Float64":  # 比率在格里只存十五位
                assert own[heading].round(9).equals(frame[heading].round(9)), heading
            else:
                assert own[heading].equals(frame[heading]), heading
        assert set(frame.columns) - set(own.columns) <= {"预算编码", "来源文件"}


def test_a_csv_opens_in_excel_and_holds_no_formula() -> None:
    import pandas as pd

    texts = ["=1+1", "＋2", "@x", "-", "=", "\tx", "好"]
    frame = pd.DataFrame(
        {
            "话": pd.array(texts, dtype="string"),
            "数": pd.array([-1.5, *[None] * 6], dtype="Float64"),
        }
    )
    handle = BytesIO()
    frames.save(frame, handle, frames.CSV)
    data = handle.getvalue()
    assert data.startswith(b"\xef\xbb\xbf")
    cells = [line.rsplit(",", 1) for line in data.decode("utf-8-sig").split("\r\n")[1:-1]]
    assert [text for text, _ in cells] == ["'=1+1", "'＋2", "'@x", "-", "=", "'\tx", "好"]
    assert cells[0][1] == "-1.5"


def test_a_unit_has_a_form_of_twelve_columns_for_the_system(written: bytes) -> None:
    forms = {form.name: form for form in import_forms(read(written))}
    assert len(HEADINGS) == 12
    project = forms["示例市商务局：电商产业园扶持"]
    rows = {row[2]: row for row in project.rows}
    assert all(len(row) == 12 for row in project.rows)
    numeric = [row for row in project.rows if isinstance(row[5], Decimal)]
    worded = [row for row in project.rows if isinstance(row[5], str)]
    assert numeric
    assert {row[5] for row in worded} <= {"达成", "部分达成", "未达成"}
    for row in rows.values():
        points, score, lost = row[7:10]
        assert isinstance(points, Decimal)
        assert isinstance(score, Decimal)
        assert lost == points - score >= 0
