"""清点文件夹：每一样都在，该跳过的说明为什么。"""

from __future__ import annotations

import os
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

from xltool.collection.inbox import list_inbox, skip_reason

if TYPE_CHECKING:
    from pathlib import Path

LOCK = "打开文件时留下的锁文件"
SYSTEM = "系统自动生成的文件"
PARTIAL = "没有传完或没有存完的临时文件"
HIDDEN = "隐藏文件"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("教育局.xlsx", ""),
        ("教育局 (2).xlsx", ""),
        ("子文件夹/教育局.xlsx", ""),
        ("扫描件.pdf", ""),
        ("~$教育局.xlsx", LOCK),
        (".~教育局.xlsx", LOCK),
        (".~lock.教育局.xlsx#", LOCK),
        (".DS_Store", SYSTEM),
        ("Thumbs.db", SYSTEM),
        ("DESKTOP.INI", SYSTEM),
        ("__MACOSX/._教育局.xlsx", SYSTEM),
        ("._教育局.xlsx", SYSTEM),
        ("$RECYCLE.BIN/教育局.xlsx", SYSTEM),
        (".part-k2l3", PARTIAL),
        ("教育局.xlsx.crdownload", PARTIAL),
        ("教育局.xlsx.tmp", PARTIAL),
        ("教育局.xlsx.download", PARTIAL),
        (".教育局.xlsx", HIDDEN),
        (".git/config", HIDDEN),
    ],
)
def test_skip_reason(name: str, reason: str) -> None:
    assert skip_reason(PurePosixPath(name)) == reason


def names(folder: Path) -> list[str]:
    return [item.file for item in list_inbox(folder, {})]


def test_every_entry_is_listed_in_the_order_of_code_points(tmp_path: Path) -> None:
    (tmp_path / "乙").mkdir()
    for name in ["乙/二.xlsx", "丙.xlsx", "a.xlsx", "B.xlsx", "乙.xlsx", ".DS_Store"]:
        (tmp_path / name).touch()
    assert names(tmp_path) == [".DS_Store", "B.xlsx", "a.xlsx", "丙.xlsx", "乙.xlsx", "乙/二.xlsx"]


def test_links_are_listed_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "绕圈").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "别处.xlsx").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "管道.xlsx")
    assert names(tmp_path) == ["别处.xlsx", "管道.xlsx", "绕圈"]


def test_a_folder_named_like_a_workbook_is_named_and_searched(tmp_path: Path) -> None:
    (tmp_path / "教育局.xlsx").mkdir()
    (tmp_path / "教育局.xlsx" / "里面.xlsx").touch()
    assert names(tmp_path) == ["教育局.xlsx", "教育局.xlsx/里面.xlsx"]


def test_names_that_look_the_same_are_told_apart(tmp_path: Path) -> None:
    for name in ["caf\u00e9.xlsx", "cafe\u0301.xlsx"]:
        (tmp_path / name).touch()
    assert names(tmp_path) == ["caf\u00e9.xlsx", "caf\u00e9.xlsx〔2〕"]


def test_gbk_names_are_restored(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode("财政局.xlsx".encode("gbk"))).touch()
    (item,) = list_inbox(tmp_path, {})
    assert item.file == "财政局.xlsx"
    assert item.path.exists()


def test_files_the_caller_names_are_skipped_however_spelled(tmp_path: Path) -> None:
    (tmp_path / "子").mkdir()
    (tmp_path / "汇总.xlsx").touch()
    (item,) = list_inbox(tmp_path, {tmp_path / "子" / ".." / "汇总.xlsx": "不是报送"})
    assert item.skip == "不是报送"


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list_inbox(tmp_path / "没有", {})
