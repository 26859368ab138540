"""几个进程一起读：死了的、卡住的只连累自己，结果与进程多少无关。"""

from __future__ import annotations

import os
from pathlib import Path

import collection_stand_ins as stand_ins
from collection_builder import submission

from xltool.collection.inbox import Item
from xltool.collection.supervise import FEW, read_all


def items(*names: str, count: int = FEW) -> list[Item]:
    """若干平常的文件，中间夹着几个有名字的。"""
    plain = [f"部门{number:03}.xlsx" for number in range(count - len(names))]
    every = [*plain[:20], *names, *plain[20:]]
    return [Item(Path(name), name) for name in every]


def test_results_keep_the_order_whatever_the_number_of_workers() -> None:
    wanted = items(count=70)
    alone = read_all(wanted, stand_ins.good, jobs=1)
    assert [read.sha256 for read in alone] == [item.path.stem for item in wanted]
    assert read_all(wanted, stand_ins.good, jobs=2) == alone
    assert read_all(wanted, stand_ins.good, jobs=3) == alone


def test_few_files_are_read_in_this_process(tmp_path: Path) -> None:
    path = tmp_path / "甲局.xlsx"
    path.write_bytes(b"x")
    wanted = [Item(path, str(number)) for number in range(FEW - 1)]
    assert {read.sha256 for read in read_all(wanted, stand_ins.modules, jobs=2)} == {
        str(os.getpid())
    }


def test_a_killer_is_named_and_the_innocent_are_read() -> None:
    wanted = items("杀手1.xlsx", "杀手2.xlsx")
    reads = dict(zip(wanted, read_all(wanted, stand_ins.dying, jobs=2), strict=True))
    killers = {item.file: read for item, read in reads.items() if read.summary is None}
    assert list(killers) == ["杀手1.xlsx", "杀手2.xlsx"]
    (finding,) = killers["杀手1.xlsx"].findings
    assert (finding.code, finding.file) == ("C140", "杀手1.xlsx")
    assert finding.message == "读取时程序异常退出，没有读出任何内容"
    assert sum(read.summary is not None for read in reads.values()) == FEW - 2


def test_a_file_that_kills_only_once_is_read_again(tmp_path: Path) -> None:
    killer = Item(tmp_path / "杀手.xlsx", "杀手.xlsx")
    wanted = [*items(), killer]
    reads = read_all(wanted, stand_ins.dying_once, jobs=2)
    assert (tmp_path / "杀手.mark").exists()
    assert all(read.summary is not None for read in reads)


def test_a_file_that_hangs_is_stopped() -> None:
    wanted = items("卡住.xlsx")
    reads = read_all(wanted, stand_ins.hanging, jobs=2, timeout=3)
    stuck = [
        item.file
        for item, read in zip(wanted, reads, strict=True)
        if [finding.code for finding in read.findings] == ["C141"]
    ]
    assert stuck == ["卡住.xlsx"]
    assert sum(read.summary is not None for read in reads) == FEW - 1


def test_where_no_worker_can_start_this_process_reads() -> None:
    reads = read_all(items(), stand_ins.Unloadable(), jobs=2)
    assert all(read.summary is not None for read in reads)


def test_progress_counts_every_file_once() -> None:
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))

    read_all(items("杀手.xlsx"), stand_ins.dying, jobs=2, progress=progress)
    assert seen == [(number, FEW) for number in range(1, FEW + 1)]


def test_workers_load_only_what_reading_needs(tmp_path: Path) -> None:
    path = tmp_path / "甲局.xlsx"
    path.write_bytes(submission("甲局"))
    wanted = [Item(path, str(number)) for number in range(FEW)]
    reads = read_all(wanted, stand_ins.modules, jobs=2)
    assert {read.skip for read in reads} == {"没有"}
    assert str(os.getpid()) not in {read.sha256 for read in reads}


def test_nothing_to_read() -> None:
    assert read_all([], stand_ins.good, jobs=2) == ()
