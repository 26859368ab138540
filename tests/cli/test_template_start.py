"""xltool template 照上年起头：由上年度的汇总、由上年度的报送；表上印着怎样报送。"""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
import season_books
from cli_forms import write
from cli_runner import xltool
from openpyxl_books import loaded
from read_forms import read_submission
from roster_books import write_roster

from xltool.scheme.key import CellKey, field_key
from xltool.scoring.catalogue import ready_schemes

if TYPE_CHECKING:
    from xltool.facts.entry import EntryValue

SAMPLES = Path(__file__).parents[2] / "sample_inputs"
SEED, CIVIL = "江门市工业和信息化局", "示例市民政局"
NEXT = """[scheme]
extends = "jiangmen-2025-special"
id = "jiangmen-2026-special"
version = "2026.1"
year = 2025
"""
ROWS = [
    ("单位名称", "预算编码", "联系人", "联系电话"),
    (SEED, "", "张三", "0750-1111111"),
    (CIVIL, "", "", ""),
    ("示例市新局", "", "", ""),
]


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """三个单位的名单；下一年的方案另给。"""
    monkeypatch.setenv("XLTOOL_SCHEMES", str(write(tmp_path, "下一年.toml", NEXT.encode())))
    return write_roster(tmp_path, *ROWS)


def values(path: Path) -> dict[CellKey, EntryValue]:
    submission = read_submission(path, ready_schemes()).submission
    assert submission is not None
    return {key: entry.value for key, entry in submission.entries.items()}


def form_of(folder: Path, unit: str) -> Path:
    (path,) = folder.glob(f"*_{unit}_自评表.xlsx")
    return path


def test_last_years_book_starts_this_years_forms(tmp_path: Path, names: Path) -> None:
    """指标、没有改完的问题、复核人员要改正的、上年决算数；名单上的联系人算数，还没有填报。"""
    inbox = tmp_path / "报送"
    inbox.mkdir()
    shutil.copy(SAMPLES / "inbox" / f"{SEED}.xlsx", inbox)
    book = tmp_path / "汇总.xlsx"
    assert xltool("-qq", "collect", inbox, "-o", book).code == 1
    problem = judged(book, "须改正")
    issued = tmp_path / "下发"
    ran = xltool(
        "template", "jiangmen-2026-special", "--roster", names, "--last-year", book, "-o", issued
    )
    assert (ran.code, "照上年起头 1 份；没有上年的 2 份。" in ran.err) == (0, True)
    found = values(form_of(issued, SEED))
    assert found[field_key("cover.filler")] == "张三"
    assert found[field_key("cover.phone")] == "0750-1111111"
    assert found[field_key("cover.year")] == Decimal(2025)
    assert found[field_key("finance.three_public_last")] == Decimal("46.23")
    titles = [value for key, value in found.items() if key.column == "title"]
    assert (len(titles), titles[0]) == (20, "“小升规”企业数量")
    assert not [key for key in found if key.column in {"actual", "paid", "self_score", "progress"}]
    problems = {key.row: value for key, value in found.items() if key.column == "problem"}
    assert list(problems) == ["1", "2", "3", "4"]
    assert problems["4"] == problem
    listed = loaded(form_of(issued, SEED))["移表清单"]
    assert not [cell for cell in listed["F"] if "--" in str(cell.value)]
    assert values(form_of(issued, "示例市新局")).keys() == {
        field_key("cover.department"), field_key("cover.year"), field_key("cover.has_funds"),
    }  # fmt: skip
    collected = xltool("collect", issued, "--roster", names, "-o", tmp_path / "新.xlsx")
    assert "没有填报 3" in collected.err


def judged(path: Path, verdict: str) -> object:
    """在疑点清单的头一条写上复核意见，返回那一条的事实。"""
    book = loaded(path)
    sheet = book["疑点清单"]
    head = next(row for row in sheet.iter_rows() if any(c.value == "复核意见" for c in row))
    columns = {cell.value: cell.column for cell in head}
    row = head[0].row + 1
    sheet.cell(row, columns["复核意见"]).value = verdict
    # 并入的下级汇总里，同名的单位的意见不是它的
    lower = book.create_sheet("下级复核意见")
    lower.append(("来源汇总", "单位", "编码", "位置", "事实", "复核意见"))
    lower.append(("下级.xlsx", SEED, "A01", "收支与资产!C10", "下级说的", verdict))
    book.save(path)
    return sheet.cell(row, columns["事实"]).value


def test_last_years_forms_start_this_years(tmp_path: Path, names: Path) -> None:
    """有两份的不替人选，说出来；这次的表不当作上年的。"""
    before = tmp_path / "上年"
    before.mkdir()
    for name in ("甲", "乙"):
        shutil.copy(SAMPLES / "last_year" / f"{CIVIL}_2023.xlsx", before / f"{name}.xlsx")
    shutil.copy(SAMPLES / "inbox" / f"{SEED}.xlsx", before)
    (before / "坏了.xlsx").write_bytes(b"PK")
    special = "jiangmen-2025-special"
    ran = xltool(
        "template", special, "--roster", names, "--last-year", before, "-o", tmp_path / "一"
    )
    assert "照上年起头 0 份；没有上年的 3 份。" in ran.err
    assert "警告 编码C387 “示例市民政局”上年的表有 2 份（乙.xlsx、甲.xlsx）" in ran.out
    assert "坏了.xlsx" in ran.out or "C1" in ran.out
    said = f"警告 编码C389 “{SEED}”的表（{SEED}.xlsx）没有照着起头：这就是现行的表"
    assert said in ran.out
    (before / "乙.xlsx").unlink()
    issued = tmp_path / "二"
    ran = xltool("template", special, "--roster", names, "--last-year", before, "-o", issued)
    assert "照上年起头 1 份；没有上年的 2 份。" in ran.err
    assert values(form_of(issued, CIVIL))[CellKey("indicators", "1", "expected")] is not None
    without = xltool("template", special, "--last-year", before, "-o", tmp_path / "三")
    assert without.code == 2
    assert "--roster" in without.err


def test_the_form_says_by_when_and_to_whom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """截止日期、邮箱、联系人照设置，批准缓报的照名单；另存的与从头写的一样，检查时不说它多出来。"""
    season = tmp_path / "季"
    assert xltool("init", season).code == 0
    settings: dict[str, str | date] = {
        "方案": "jiangmen-2025-special",
        "截止日期": date(2025, 4, 30),
        "报送邮箱": "jx@example.com",
        "收表单位": "示例市财政局",
        "联系人": "李四",
        "联系电话": "0750-1234567",
    }
    units = [{"单位名称": "甲局", "缓报至": "2025-5-31"}, {"单位名称": "乙局"}]
    season_books.fill(season, settings, units)
    monkeypatch.chdir(season)
    assert xltool("template").code == 0
    send, ask = "前报送到 jx@example.com；收表单位：示例市财政局", "有疑问请找 李四，0750-1234567"
    issued = sorted((season / "下发").glob("*.xlsx"))
    for path, day in zip(issued, ("2025年5月31日", "2025年4月30日"), strict=True):
        said = f"请在 {day}{send}；{ask}。"
        assert openpyxl.load_workbook(path, read_only=True)["填报说明"]["A4"].value == said
        assert not {one.code for one in read_submission(path, ready_schemes()).findings}
