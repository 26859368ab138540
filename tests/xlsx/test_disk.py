"""文件夹里的陷阱：先看清再打开，说得出是什么。"""

from __future__ import annotations

import os
import socket
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
from hostile import good, pack

from xltool.xlsx.disk import file_bytes
from xltool.xlsx.grid import Book
from xltool.xlsx.limits import Limits
from xltool.xlsx.read import read_book
from xltool.xlsx.refusal import Refused


def refusal(path: Path, limits: Limits | None = None) -> tuple[str, str]:
    result = read_book(path, limits or Limits())
    assert not isinstance(result, Book)
    return result.code, result.message


def test_traps(tmp_path: Path) -> None:
    file = tmp_path / "财政局.xlsx"
    file.write_bytes(pack(good()))
    os.mkfifo(tmp_path / "管道.xlsx")
    (tmp_path / "文件夹.xlsx").mkdir()
    (tmp_path / "链接.xlsx").symlink_to(file)
    (tmp_path / "循环.xlsx").symlink_to(tmp_path / "循环.xlsx")
    (tmp_path / "空.xlsx").touch()
    assert refusal(tmp_path / "没有.xlsx")[0] == "R101"
    assert refusal(tmp_path / "管道.xlsx") == ("R102", "这是管道，不是文件")
    assert refusal(tmp_path / "文件夹.xlsx") == ("R102", "这是文件夹，不是文件")
    assert refusal(tmp_path / "链接.xlsx") == ("R102", "这是符号链接，不是文件")
    assert refusal(tmp_path / "循环.xlsx")[0] == "R102"
    assert refusal(Path("/dev/zero")) == ("R102", "这是设备，不是文件")
    assert refusal(tmp_path / "空.xlsx")[0] == "R104"
    assert refusal(tmp_path / "空\0.xlsx")[0] == "R103"
    assert refusal(file / "x.xlsx")[0] == "R103"
    assert refusal(tmp_path / ("长" * 200 + ".xlsx"))[0] == "R103"


def test_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s.xlsx")
        assert refusal(tmp_path / "s.xlsx") == ("R102", "这是套接字，不是文件")


def test_a_sparse_giant_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as stream:
        stream.truncate(8 * 1024**3)
    assert refusal(path) == ("R133", "文件大小 8,192.00 MB，超过上限 20.00 MB")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "锁.xlsx"
    path.write_bytes(pack(good()))

    def denied(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", denied)
    assert refusal(path)[0] == "R103"


def test_the_file_limit_is_exact(tmp_path: Path) -> None:
    path = tmp_path / "财政局.xlsx"
    data = pack(good())
    path.write_bytes(data)
    read = read_book(path, Limits(file_bytes=len(data)))
    assert isinstance(read, Book)
    assert read.sha256 == sha256(data).hexdigest()
    assert refusal(path, Limits(file_bytes=len(data) - 1))[0] == "R133"


def test_a_name_that_is_not_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + "/财政局.xlsx".encode("gbk")))
    path.write_bytes(pack(good()))
    assert isinstance(read_book(path), Book)


def test_a_file_that_grows_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "财政局.xlsx"
    data = pack(good())
    file.write_bytes(data)
    short = SimpleNamespace(st_mode=file.stat().st_mode, st_size=len(data) // 2)
    monkeypatch.setattr("xltool.xlsx.disk.os.fstat", lambda _: short)
    assert file_bytes(file, Limits()) == data
    with pytest.raises(Refused, match="R133"):
        file_bytes(file, Limits(file_bytes=len(data) - 1))


def test_out_of_memory_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(*_: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr("xltool.xlsx.read.file_bytes", no_memory)
    assert refusal(tmp_path) == ("R148", "内存不足，没有读完")
