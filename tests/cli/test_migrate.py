"""xltool migrate：一份、一个文件夹，各份互不牵连，不覆盖，印出清单。"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli_runner import xltool
from openpyxl_books import loaded

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLES = Path(__file__).parents[2] / "sample_inputs"
DAM, CIVIL = "示例市水利局_山塘除险加固.xlsx", "示例市民政局_2023.xlsx"
CURRENT = "示例市教育局.xlsx"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """放旧表的文件夹：早先一版的、上一年的、现行的、坏了的。"""
    folder = tmp_path / "旧表"
    (folder / "去年").mkdir(parents=True)
    shutil.copy(SAMPLES / "earlier" / DAM, folder)
    shutil.copy(SAMPLES / "last_year" / CIVIL, folder / "去年")
    shutil.copy(SAMPLES / "inbox" / CURRENT, folder)
    (folder / "坏了.xlsx").write_bytes(b"PK")
    (folder / "~$坏了.xlsx").write_bytes(b"")
    return folder


def test_a_folder_is_moved_file_by_file(old: Path) -> None:
    new = old.parent / "新表"
    ran = xltool("migrate", old, "-o", new, "--json")
    assert ran.code == 1
    assert ran.err == "共 4 份：移好 2，不能移 2。\n"
    files: list[Mapping[str, object]] = ran.document["files"]  # type: ignore[assignment]
    assert {str(one["file"]): one["ok"] for one in files} == {
        DAM: True,
        f"去年/{CIVIL}": True,
        CURRENT: False,
        "坏了.xlsx": False,
    }
    assert sorted(str(path.relative_to(new)) for path in new.rglob("*.xlsx")) == sorted(
        [DAM, f"去年/{CIVIL}"]
    )
    (dam,) = [one for one in files if one["file"] == DAM]
    assert (dam["total_before"], dam["total"], dam["year"]) == ("91.72", "91.72", 2024)
    lines: list[Mapping[str, object]] = dam["lines"]  # type: ignore[assignment]
    assert {str(one["fate"]) for one in lines} == {"left", "look"}
    checked = xltool("check", new / DAM)
    assert "R2" not in checked.out
    again = xltool("migrate", old, "-o", new)
    assert (again.code, again.out) == (2, "")
    assert "已存在，没有写出" in again.err
    before = {path: path.read_bytes() for path in new.rglob("*.xlsx")}
    assert xltool("migrate", old, "-o", new, "--force").code == 1
    assert {path: path.read_bytes() for path in new.rglob("*.xlsx")} == before


def test_the_list_is_printed_and_stands_in_the_new_form(old: Path) -> None:
    target = old.parent / "新.xlsx"
    ran = xltool("migrate", old / "去年" / CIVIL, "-o", target)
    assert ran.code == 0, ran.err
    assert "没有搬 0 条，请核对 4 条，上年的 167 条" in ran.out
    assert "提示 编码C378 收支与资产!C13 " in ran.out
    assert "C367" not in ran.out
    assert "C367" in xltool("-v", "migrate", old / "去年" / CIVIL, "-o", target, "--force").out
    book = loaded(target)
    assert book.sheetnames[:2] == ["填报说明", "移表清单"]
    sheet = book["移表清单"]
    assert [cell.value for cell in sheet[5]] == [
        "序号", "情况", "旧表的格", "旧表写的", "是什么、为什么", "怎么办", "新表的格",
    ]  # fmt: skip
    row = next(row for row in sheet.iter_rows(min_row=6) if row[2].value == "收支与资产!C13")
    assert (row[3].value, row[6].value) == ("42.8", "收支与资产!C18")
    assert row[6].hyperlink is not None


def test_the_old_form_is_never_written_over(old: Path) -> None:
    source = old / DAM
    before = source.read_bytes()
    for target in (source, old):
        ran = xltool("migrate", source, "-o", target, "--force")
        assert (ran.code, ran.out) == (2, "")
        assert "新表会覆盖旧表" in ran.err
    assert source.read_bytes() == before


def test_a_form_of_another_version_is_told_of_the_command(old: Path) -> None:
    ran = xltool("check", old / "去年" / CIVIL)
    assert ran.code == 1
    assert "R203" in ran.out
    assert "xltool migrate" in ran.out


def test_the_current_form_goes_to_another_kind_when_asked(old: Path) -> None:
    target = old.parent / "新.xlsx"
    refused = xltool("migrate", old / CURRENT, "-o", target)
    assert refused.code == 1
    assert "--to" in refused.out
    assert not target.exists()
    ran = xltool("migrate", old / CURRENT, "-o", target, "--to", "jiangmen-2025-general")
    assert ran.code == 0
    assert "没有搬" in ran.out
