"""下级的汇总也是报送：单位、得分、复核意见并入，各能查到在哪一本的哪一格；同一批报送不并入两次。"""

from __future__ import annotations

import shutil
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest
from cli_forms import good_form
from cli_runner import xltool
from collected_once import collect_once
from openpyxl.utils import get_column_letter as letter
from openpyxl_books import loaded, opened, saved, saved_sheets
from parity_engines import needs_office
from returned_copies import all_saved_by_office
from written_books import write_consolidated

from xltool import frames
from xltool.collection.lower import level_name
from xltool.collection.model import Request
from xltool.consolidated.saved_book import saved_book
from xltool.consolidated.settling import settle
from xltool.papers.bulletin import bulletin_values
from xltool.season.choosing import choosing_of
from xltool.season.letter import Letter
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook

    from xltool.collection.model import Collection

DOUBTS, DETAILS = "疑点清单", "得分明细"
TYPED = {"复核意见": "退回", "复核理由": "佐证不足", "复核人": "张三"}
NAMES = {"甲": "蓬江区财政局", "乙": "蓬江区教育局", "丙": "江海区财政局", "丁": "江门市民政局"}


def collected(folder: Path, **files: bytes) -> Collection:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    return collect_once(Request(folder=folder))


@cache
def results(data: bytes) -> Workbook:
    """各格存着的结果，只看不改。"""
    return loaded(data, results=True)


def form(name: str) -> bytes:
    return good_form(department=NAMES[name], department_code=f"90{list(NAMES).index(name)}")


def book(folder: Path, *names: str) -> bytes:
    """一级的汇总：几个单位各报一份。"""
    collection = collected(folder, **{name: form(name) for name in names})
    target = folder.with_suffix(".xlsx")
    write_consolidated(collection, target)
    return target.read_bytes()


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return book(tmp_path_factory.mktemp("区") / "蓬江", "甲", "乙")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return book(tmp_path_factory.mktemp("区") / "江海", "丙")


def fates(collection: Collection) -> dict[str, tuple[str, str]]:
    return {file.file: (file.status.label, file.reason) for file in collection.files}


def codes(collection: Collection) -> list[str]:
    return [finding.code for finding in collection.findings]


def changed(data: bytes, sheets: dict[str, dict[str, object]]) -> bytes:
    """改各表的几格；公式的结果照 openpyxl 的做法丢掉，除非另用 LibreOffice 算过。"""
    book = opened(data)
    for sheet, cells in sheets.items():
        for at, value in cells.items():
            book[sheet][at] = value
    return saved_sheets(data, book, sheets)


def headings(data: bytes, sheet: str) -> dict[str, int]:
    row = results(data)[sheet][5]
    return {str(cell.value): cell.column for cell in row}


# ---------------------------------------------------------------- 并入


def test_the_units_of_a_lower_book_are_merged(
    tmp_path: Path, district: bytes, other: bytes
) -> None:
    collection = collected(tmp_path / "市", 蓬江区=district, 江海区=other, 丁=form("丁"))
    assert fates(collection) == {
        "丁.xlsx": ("采用", "已采用"),
        "江海区.xlsx": ("采用", "下级的汇总，并入 1 个单位（项目）、0 条复核意见"),
        "蓬江区.xlsx": ("采用", "下级的汇总，并入 2 个单位（项目）、0 条复核意见"),
    }
    assert codes(collection) == []
    one, two = collection.lower
    assert (one.file, two.file) == ("江海区.xlsx", "蓬江区.xlsx")
    (unit,) = one.units
    source = collected(tmp_path / "核", 丙=form("丙")).units[0]
    assert (unit.department, unit.form, unit.status) == ("江海区财政局", "有专项资金", "已报")
    assert (unit.total, unit.reviewed, unit.grade) == (source.total, source.total, source.grade)
    assert (unit.file, unit.match) == ("丙.xlsx", "相符")
    assert unit.sha256 == source.report().sha256


def test_each_number_is_in_the_cell_that_is_named(tmp_path: Path, district: bytes) -> None:
    collection = collected(tmp_path / "市", 蓬江区=district)
    book = results(district)
    assert len(collection.lower[0].units) == 2
    for unit in collection.lower[0].units:
        sheet, _, at = unit.place.partition("!")
        assert Decimal(str(book[sheet][at].value)) == unit.total


def test_three_levels(tmp_path: Path, district: bytes) -> None:
    city = collected(tmp_path / "市", 蓬江区=district, 丁=form("丁"))
    target = tmp_path / "江门市.xlsx"
    write_consolidated(city, target)
    province = collected(tmp_path / "省", 江门市=target.read_bytes())
    (found,) = province.lower
    assert [(unit.department, found.through(unit.beneath)) for unit in found.units] == [
        ("江门市民政局", "江门市.xlsx"),
        ("蓬江区教育局", "江门市.xlsx › 蓬江区.xlsx"),
        ("蓬江区财政局", "江门市.xlsx › 蓬江区.xlsx"),
    ]
    below = {unit.department: unit for unit in city.lower[0].units}
    for unit in found.units[1:]:
        kept = below[unit.department]
        assert unit._replace(beneath=(), place=kept.place) == kept
    assert [level_name(depth) for depth in (0, 1, 2, 10)] == ["本级", "下一级", "下二级", "下10级"]


def test_a_books_own_name_may_hold_the_mark_between_books(tmp_path: Path, district: bytes) -> None:
    city = collected(tmp_path / "市", **{"蓬江›区": district})
    target = tmp_path / "江门市.xlsx"
    write_consolidated(city, target)
    (found,) = collected(tmp_path / "省", 江门市=target.read_bytes()).lower
    assert {unit.beneath for unit in found.units} == {("蓬江›区.xlsx",)}


def test_the_sheet_of_all_levels_ranks_within_a_form(
    tmp_path: Path, district: bytes, other: bytes
) -> None:
    collection = collected(tmp_path / "市", 蓬江区=district, 江海区=other, 丁=form("丁"))
    target = tmp_path / "江门市.xlsx"
    write_consolidated(collection, target)
    values = loaded(target, results=True)["各级单位"]
    rows = list(values.iter_rows(min_row=6, max_col=17, values_only=True))
    head = {str(cell.value): cell.column - 1 for cell in values[5]}
    shown = [tuple(row[head[name]] for name in ("层级", "单位名称", "名次")) for row in rows]
    assert shown == [
        ("本级", "江门市民政局", 1),
        ("下一级", "江海区财政局", 1),
        ("下一级", "蓬江区教育局", 1),
        ("下一级", "蓬江区财政局", 1),
    ]
    assert [row[head["得分所在"]] for row in rows][:2] == ["汇总!G6", "江海区.xlsx 汇总!G6"]
    assert [row[head["报送文件"]] for row in rows] == ["丁.xlsx", "丙.xlsx", "乙.xlsx", "甲.xlsx"]
    frame = frames.levels(collection)[["层级", "单位名称", "系统得分", "系统等级", "名次"]]
    names = ("层级", "单位名称", "系统得分", "系统等级", "名次")
    assert [*frame.itertuples(index=False, name=None)] == [
        tuple(row[head[name]] for name in names) for row in rows
    ]
    assert len(frames.summary(collection)) == 1
    saved = saved_book(read_bytes(target.read_bytes()))
    assert saved is not None
    lower = [unit for book in collection.lower for unit in book.units]
    assert saved.beneath == tuple((unit.status, unit.reviewed) for unit in lower)
    assert len(saved.beneath) == 3
    texts = bulletin_values(saved, settle(saved), Letter(), choosing_of())["总体情况"]
    assert isinstance(texts, tuple)
    assert texts[-1].startswith("另并入下级汇总的3个单位，3个有得分：")


@pytest.fixture(scope="module")
def resaved(district: bytes, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """写了复核意见的、改了得分的，由 LibreOffice 一次存好。"""
    doubts, details = headings(district, DOUBTS), headings(district, DETAILS)
    verdict: dict[str, object] = {f"{letter(doubts[name])}7": text for name, text in TYPED.items()}
    points: dict[str, object] = {f"{letter(details['复核得分'])}6": 0.5}
    summary = headings(district, "汇总")
    totals: dict[str, object] = {
        f"{letter(summary['系统得分'])}6": 99.99,
        f"{letter(summary['复核得分'])}7": 283.44,
    }
    files = {
        "复核": changed(district, {DETAILS: points, DOUBTS: verdict}),
        "改分": changed(district, {"汇总": totals}),
    }
    return all_saved_by_office(files, tmp_path_factory.mktemp("存"))


@needs_office
def test_the_verdicts_of_a_lower_book_are_kept(
    tmp_path: Path, district: bytes, resaved: dict[str, bytes]
) -> None:
    at, scores = headings(district, DOUBTS), headings(district, DETAILS)
    city = collected(tmp_path / "市", 蓬江区=resaved["复核"])
    assert codes(city) == []
    points, verdict = sorted(city.lower[0].verdicts, key=lambda one: one.verdict)
    book = results(district)
    said = {name: book["疑点清单"].cell(7, column).value for name, column in at.items()}
    assert (verdict.unit, verdict.about, verdict.where, verdict.fact) == (
        said["单位"],
        said["编码"],
        said["位置"],
        said["事实"],
    )
    assert (verdict.verdict, verdict.points, verdict.reason) == ("退回", "", "佐证不足")
    assert (verdict.reviewer, verdict.place) == ("张三", f"疑点清单!{letter(at['复核意见'])}7")
    line = {name: book["得分明细"].cell(6, column).value for name, column in scores.items()}
    assert (points.unit, points.about, points.points) == (line["单位名称"], line["编码"], "0.5")
    assert points.place == f"得分明细!{letter(scores['复核得分'])}6"
    units = city.lower[0].units
    adjusted = next(unit for unit in units if unit.department == line["单位名称"])
    lowered = Decimal(str(line["系统得分"])) - Decimal("0.5")
    assert adjusted.total is not None
    assert adjusted.reviewed == adjusted.total - lowered
    target = tmp_path / "江门市.xlsx"
    write_consolidated(city, target)
    printed = headings(target.read_bytes(), "下级复核意见")
    assert "复核得分或调整（分）" in printed
    province = collected(tmp_path / "省", 江门市=target.read_bytes())
    kept = sorted(province.lower[0].verdicts, key=lambda one: one.verdict)
    for one, before in zip(kept, (points, verdict), strict=True):
        assert one._replace(beneath=(), place=before.place) == before
        assert one.beneath == ("蓬江区.xlsx",)


# ---------------------------------------------------------------- 不并入两次


def test_a_book_of_this_folder_is_not_a_lower_one(tmp_path: Path, district: bytes) -> None:
    collection = collected(tmp_path / "市", 旧汇总=district, 甲=form("甲"))
    assert fates(collection)["旧汇总.xlsx"] == ("跳过", "由这个文件夹里的报送汇总的，不另并入")
    assert (collection.lower, codes(collection)) == ((), ["C208"])


def test_two_books_of_the_same_reports_wait(tmp_path: Path, district: bytes) -> None:
    newer = book(tmp_path / "新", "甲", "丙")
    collection = collected(tmp_path / "市", 早=district, 晚=newer)
    assert {status for status, _ in fates(collection).values()} == {"重复待确认"}
    assert (collection.lower, codes(collection)) == ((), ["C207"])
    assert "早.xlsx、晚.xlsx" in collection.findings[0].message


def test_a_copy_of_a_lower_book_counts_once(tmp_path: Path, district: bytes) -> None:
    collection = collected(tmp_path / "市", 甲区=district, 甲区副本=district)
    assert fates(collection)["甲区副本.xlsx"] == ("跳过", "与“甲区.xlsx”内容相同")
    assert [one.file for one in collection.lower] == ["甲区.xlsx"]


def test_a_book_inside_another_is_not_counted_again(tmp_path: Path, district: bytes) -> None:
    city = collected(tmp_path / "市", 蓬江区=district)
    target = tmp_path / "江门市.xlsx"
    write_consolidated(city, target)
    province = collected(tmp_path / "省", 江门市=target.read_bytes(), 蓬江区=district)
    assert fates(province)["蓬江区.xlsx"] == ("跳过", "已并入“江门市.xlsx”，不另计")
    assert [one.file for one in province.lower] == ["江门市.xlsx"]


def test_the_forms_beside_a_lower_book_are_not_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xltool.consolidated.sources.MOST_IN_BOOK", 1)
    book(tmp_path / "蓬江区", "甲", "乙")
    inbox = tmp_path / "市"
    inbox.mkdir()
    shutil.copy(tmp_path / "蓬江区.xlsx", inbox)
    shutil.copytree(tmp_path / "蓬江区_评分表", inbox / "蓬江区_评分表")
    collection = collect_once(Request(folder=inbox))
    assert sorted(status for status, _ in fates(collection).values()) == ["跳过", "跳过", "采用"]
    assert collection.units == ()
    assert len(collection.lower[0].units) == 2


# ---------------------------------------------------------------- 不能并入


def test_formulas_without_results_are_refused(tmp_path: Path, district: bytes) -> None:
    collection = collected(tmp_path / "市", 蓬江区=changed(district, {}))
    (file,) = collection.files
    assert file.status.label == "退回"
    assert [finding.code for finding in file.findings] == ["C205"]


@pytest.mark.parametrize("missing", ["汇总", "得分明细", "文件清单"])
def test_a_book_without_a_sheet_is_returned(tmp_path: Path, district: bytes, missing: str) -> None:
    book = opened(district)
    book[missing].title = "别的"
    collection = collected(tmp_path / "市", 蓬江区=saved(book))
    assert [finding.code for finding in collection.files[0].findings] == ["C203"]
    assert f"“{missing}”" in collection.files[0].reason


def test_another_years_scheme_is_returned(tmp_path: Path, district: bytes) -> None:
    book = opened(district)
    book.properties.keywords = (book.properties.keywords or "").replace("2025.1", "2019.1")
    collection = collected(tmp_path / "市", 蓬江区=saved(book))
    assert [finding.code for finding in collection.files[0].findings] == ["C204"]


@needs_office
def test_what_was_changed_by_hand_is_said(
    tmp_path: Path, district: bytes, resaved: dict[str, bytes]
) -> None:
    at = headings(district, "汇总")
    collection = collected(tmp_path / "市", 蓬江区=resaved["改分"])
    assert codes(collection) == ["C206", "C209"]
    assert [finding.where for finding in collection.findings] == [
        f"汇总!{letter(at['系统得分'])}6",
        f"汇总!{letter(at['复核得分'])}7",
    ]
    first, second = collection.lower[0].units
    assert (first.total, first.match, second.match) == (Decimal("99.99"), "不符", "相符")
    assert second.reviewed is None


def test_the_json_of_a_lower_book(tmp_path: Path, district: bytes) -> None:
    inbox = tmp_path / "市"
    inbox.mkdir()
    (inbox / "蓬江区.xlsx").write_bytes(district)
    ran = xltool("collect", inbox, "-o", tmp_path / "汇总.xlsx", "--json")
    (lower,) = ran.document["lower"]  # type: ignore[misc]
    assert (lower["file"], len(lower["units"]), lower["verdicts"]) == ("蓬江区.xlsx", 2, [])
    assert lower["units"][0]["through"] == ["蓬江区.xlsx"]
