"""几个进程一起读：死了的、卡住的只连累自己，结果与进程多少无关。"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import collection_stand_ins as stand_ins
from collection_builder import submission

from xltool.collection.inbox import Item
from xltool.collection.reading import read_all
from xltool.workers.pool import WorkerPool
from xltool.workers.run import FEW, TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from xltool.collection.reading import Read, Reader
    from xltool.workers.run import Progress


def items(*names: str, count: int = FEW) -> list[Item]:
    """若干平常的文件，中间夹着几个有名字的。"""
    plain = [f"部门{number:03}.xlsx" for number in range(count - len(names))]
    every = [*plain[:20], *names, *plain[20:]]
    return [Item(Path(name), name) for name in every]


def read(
    wanted: Sequence[Item],
    reader: Reader,
    jobs: int,
    timeout: float = TIMEOUT,
    progress: Progress | None = None,
) -> tuple[Read, ...]:
    with WorkerPool(jobs) as pool:
        return read_all(wanted, reader, pool=pool, timeout=timeout, progress=progress)


def test_results_keep_the_order_whatever_the_number_of_workers() -> None:
    wanted = items(count=70)
    alone = read(wanted, stand_ins.good, jobs=1)
    assert [one.sha256 for one in alone] == [item.path.stem for item in wanted]
    assert read(wanted, stand_ins.good, jobs=3) == alone


def test_few_files_are_read_in_this_process(tmp_path: Path) -> None:
    path = tmp_path / "甲局.xlsx"
    path.write_bytes(b"x")
    wanted = [Item(path, str(number)) for number in range(FEW - 1)]
    found = read(wanted, stand_ins.modules, jobs=2)
    assert {one.sha256 for one in found} == {str(os.getpid())}


@cache
def with_killers() -> tuple[dict[Item, Read], list[tuple[int, int]]]:
    """夹着两个杀手读一遍：各份读出的，和进度说了些什么。"""
    seen: list[tuple[int, int]] = []
    wanted = items("杀手1.xlsx", "杀手2.xlsx")
    reads = read(wanted, stand_ins.dying, jobs=2, progress=lambda *now: seen.append(now))
    return dict(zip(wanted, reads, strict=True)), seen


def test_a_killer_is_named_and_the_innocent_are_read() -> None:
    reads, _ = with_killers()
    killers = {item.file: one for item, one in reads.items() if one.summary is None}
    innocent = [item.path.stem for item in reads if item.file not in killers]
    assert [one.sha256 for one in reads.values() if one.summary] == innocent
    assert list(killers) == ["杀手1.xlsx", "杀手2.xlsx"]
    (finding,) = killers["杀手1.xlsx"].findings
    assert (finding.code, finding.file) == ("C140", "杀手1.xlsx")
    assert finding.message == "读取时程序异常退出，没有读出任何内容"
    assert sum(one.summary is not None for one in reads.values()) == FEW - 2


def test_a_file_that_kills_only_once_is_read_again(tmp_path: Path) -> None:
    killer = Item(tmp_path / "杀手.xlsx", "杀手.xlsx")
    wanted = [*items(), killer]
    reads = read(wanted, stand_ins.dying_once, jobs=2)
    assert (tmp_path / "杀手.mark").exists()
    assert all(one.summary is not None for one in reads)


def test_a_file_that_hangs_is_stopped() -> None:
    wanted = items("卡住.xlsx")
    reads = read(wanted, stand_ins.hanging, jobs=2, timeout=2)
    stuck = [
        item.file
        for item, one in zip(wanted, reads, strict=True)
        if [finding.code for finding in one.findings] == ["C141"]
    ]
    assert stuck == ["卡住.xlsx"]
    assert sum(one.summary is not None for one in reads) == FEW - 1


def test_where_no_worker_can_start_this_process_reads() -> None:
    reads = read(items(), stand_ins.Unloadable(), jobs=2)
    assert all(one.summary is not None for one in reads)


def test_progress_counts_every_file_once() -> None:
    _, seen = with_killers()
    assert seen == [(number, FEW) for number in range(1, FEW + 1)]


def test_workers_load_only_what_reading_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_ins.shared_out(monkeypatch, among=8)
    path = tmp_path / "甲局.xlsx"
    path.write_bytes(submission("甲局"))
    wanted = [Item(path, str(number)) for number in range(8)]
    reads = read(wanted, stand_ins.modules, jobs=2)
    assert {one.skip for one in reads} == {"没有"}
    assert str(os.getpid()) not in {one.sha256 for one in reads}


def test_nothing_to_read() -> None:
    assert read([], stand_ins.good, jobs=2) == ()
