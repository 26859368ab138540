"""炸弹和巨表：在限定内存的子进程里读，既快又省。"""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import SHEET, changed, sheet
from hostile_bombs import BOMBS

ROOT = Path(__file__).parents[2]
SECONDS = 5
MEGABYTES = 300
BLANK = '<c s="1"/>' * 100

# 子进程报告：结果、CPU 秒数、比起步时多用的内存（MB）
CHILD = """
import resource, sys, time
from pathlib import Path
from xltool.xlsx.read import read_book
def peak():  # ru_maxrss 会从父进程继承，VmHWM 不会
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024
before = peak()
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
started = time.process_time()
result = read_book(Path(sys.argv[1]))
used = time.process_time() - started
print(getattr(result, "code", "read"), round(used, 2), peak() - before)
"""


def run(path: Path) -> tuple[str, float, int]:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    code, seconds, megabytes = done.stdout.split()
    return code, float(seconds), int(megabytes)


# 与另一种由同一道关口拦住的（一百万个隐藏的行，平时在带样式的空行里看），每晚看
NIGHTLY = {"Z02-strings-below", "X07-distinct-attributes", "S05-hidden-rows"}
EVERY = [pytest.param(one, marks=pytest.mark.nightly) if one in NIGHTLY else one for one in BOMBS]


@pytest.mark.parametrize("name", EVERY)
def test_bombs(name: str, tmp_path: Path) -> None:
    make, expected = BOMBS[name]
    path = tmp_path / "炸弹.xlsx"
    path.write_bytes(make())
    code, seconds, megabytes = run(path)
    assert code == expected
    assert seconds <= SECONDS
    assert megabytes <= MEGABYTES


def test_a_million_empty_styled_rows(tmp_path: Path) -> None:
    """一半隐藏：隐藏的逐行记着，也要省。"""
    pair = '<row r="%d" s="1" customFormat="1" ht="14.25"/><row r="%d" hidden="1"/>'
    rows = (pair * 524_282) % tuple(range(8, 1_048_572))
    path = tmp_path / "空行.xlsx"
    path.write_bytes(changed(SHEET, sheet(rows)))
    code, seconds, megabytes = run(path)
    assert code == "read"
    assert seconds <= SECONDS  # 空闲时两秒多
    assert megabytes <= MEGABYTES


@pytest.mark.nightly
def test_a_million_empty_styled_cells(tmp_path: Path) -> None:
    cells = "".join(f'<row r="{row}">{BLANK}</row>' for row in range(1, 10_001))
    path = tmp_path / "空格.xlsx"
    path.write_bytes(changed(SHEET, sheet(cells)))
    code, seconds, megabytes = run(path)
    assert code == "read"
    assert seconds <= SECONDS  # 空闲时两秒多
    assert megabytes <= MEGABYTES


def test_half_a_million_numbers_fit(tmp_path: Path) -> None:
    numbers = random.Random(5)  # noqa: S311 - 只为压不小
    row = [f"<c><v>{numbers.random()}</v></c>" for _ in range(1_000)]
    # 五十行远过压缩的窗口，再重复也压不小
    rows = ["<row>" + "".join(numbers.sample(row, 100)) + "</row>" for _ in range(50)]
    cells = "".join((rows * 100)[:4_999])
    path = tmp_path / "满.xlsx"
    path.write_bytes(changed(SHEET, sheet(cells)))
    code, seconds, megabytes = run(path)
    assert code == "read"
    assert seconds <= SECONDS
    assert megabytes <= MEGABYTES
