"""几个进程一起做：死了的、卡住的只连累自己，结果的次序与进程多少无关。"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

import pytest
import worker_jobs as jobs

from xltool.workers.pool import WorkerPool
from xltool.workers.run import FEW, Lost, Run, run_all

WORDS = ["一" * number for number in range(1, FEW + 1)]
NUMBERS = list(range(1, FEW + 1))


def with_odd(*odd: str) -> list[str]:
    """平常的里面夹着几个有毛病的。"""
    return [*WORDS[:20], *odd, *WORDS[20:]]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_results_keep_the_order_whatever_the_number_of_workers(count: int) -> None:
    with WorkerPool(count) as pool:
        assert run_all(pool, jobs.measured, WORDS) == NUMBERS


def test_few_are_done_in_this_process() -> None:
    with WorkerPool(2) as pool:
        assert set(run_all(pool, jobs.process_of, WORDS[1:])) == {os.getpid()}
        assert os.getpid() not in run_all(pool, jobs.process_of, WORDS)
        assert run_all(pool, jobs.measured, []) == []


def test_who_kills_is_lost_and_the_innocent_are_not() -> None:
    with WorkerPool(2) as pool:
        results = run_all(pool, jobs.measured, with_odd("死一", "死二"))
    assert results == [*NUMBERS[:20], Lost.CRASHED, Lost.CRASHED, *NUMBERS[20:]]


def test_who_kills_only_once_is_done_again_alone(tmp_path: object) -> None:
    marks = [f"{tmp_path}/{number}" for number in range(FEW)]
    for mark in marks[1:]:
        with open(mark, "w", encoding="ascii"):  # noqa: PTH123
            pass
    with WorkerPool(2) as pool:
        results = run_all(pool, jobs.fatal_once, marks)
    assert Lost.CRASHED not in results
    assert str(os.getpid()) not in results
    assert results.count(results[0]) < FEW


def test_who_hangs_is_stopped() -> None:
    with WorkerPool(2) as pool:
        results = run_all(pool, jobs.measured, with_odd("卡"), timeout=2)
    assert results == [*NUMBERS[:20], Lost.TIMED_OUT, *NUMBERS[20:]]


def test_where_no_worker_can_start_this_process_does_it() -> None:
    with WorkerPool(2) as pool:
        assert run_all(pool, jobs.Unloadable(), WORDS) == NUMBERS


def test_progress_counts_every_one_once() -> None:
    seen: list[tuple[int, int]] = []
    with WorkerPool(2) as pool:
        run_all(pool, jobs.measured, with_odd("死"), progress=lambda *now: seen.append(now))
    assert seen == [(number, FEW + 1) for number in range(1, FEW + 2)]


def test_a_fault_comes_back_with_its_place_and_who_has_begun_finishes() -> None:
    with WorkerPool(2) as pool:
        with pytest.raises(RuntimeError, match=r"worker_jobs\.py"):
            run_all(pool, jobs.measured, with_odd("错"))
        assert not any(worker.left for worker in pool.workers)
        with pytest.raises(OSError, match="满了") as told:
            run_all(pool, jobs.full, WORDS)
        assert told.value.filename == "某处"
        assert run_all(pool, jobs.measured, WORDS) == NUMBERS


def test_workers_stay_for_the_next_thing_and_leave_with_the_pool() -> None:
    with WorkerPool(2) as pool:
        run_all(pool, jobs.measured, WORDS)
        processes = [worker.process for worker in pool.workers]
        assert set(run_all(pool, jobs.process_of, WORDS)) == {process.pid for process in processes}
    assert not any(process.is_alive() for process in processes)


def test_a_worker_that_died_idle_costs_nothing() -> None:
    with WorkerPool(2) as pool:
        run_all(pool, jobs.measured, WORDS)
        for worker in pool.workers:
            worker.process.kill()
            worker.process.join()
        assert run_all(pool, jobs.measured, WORDS) == NUMBERS


def test_apart_even_one_goes_to_another_process_and_a_fault_costs_only_itself() -> None:
    with WorkerPool(1, apart=True) as pool:
        assert run_all(pool, jobs.process_of, [""]) == [pool.workers[0].process.pid]
        odd = ["一", "死", "错", "卡", "一二"]
        results = [run_all(pool, jobs.measured, [word], timeout=1)[0] for word in odd]
        assert results == [1, Lost.CRASHED, Lost.CRASHED, Lost.TIMED_OUT, 2]
        assert run_all(pool, jobs.Unloadable(), [""]) == [Lost.CRASHED]
    with WorkerPool(1, apart=True) as pool:
        assert run_all(pool, jobs.Unloadable(), [""]) == [Lost.CRASHED]


@pytest.mark.skipif(sys.platform != "linux", reason="只有 Linux 限得住")
def test_memory_is_limited() -> None:
    with WorkerPool(1, memory=64 << 20, apart=True) as pool:
        sizes = [1 << 20, 128 << 20, 2 << 20]
        assert run_all(pool, jobs.greedy, sizes) == [1 << 20, Lost.CRASHED, 2 << 20]


def test_more_workers_may_join_and_a_stopped_run_ends_with_what_is_at_hand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("xltool.workers.run._CHUNK", 3)  # 手上的少，很快做完
    with WorkerPool(2) as pool:
        run = Run(pool, jobs.slow, WORDS)
        run.jobs = 1
        thread = threading.Thread(target=run.results)
        thread.start()
        while not any(worker.ready for worker in list(pool.workers)):
            time.sleep(0.01)
        assert len(pool.workers) == 1
        run.jobs = 2
        while len(pool.workers) < 2:
            time.sleep(0.01)
        run.stop()
        thread.join(20)
        assert not thread.is_alive()
        assert not any(worker.left for worker in pool.workers)


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="没有信号屏蔽")
def test_an_interrupt_while_loading_does_not_reach_a_worker(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """中断由主进程处理；刚起来、还在载入的进程也听不到，不印出错信息。"""
    with WorkerPool(1, apart=True) as pool:
        worker = pool.start(jobs.measured)
        assert worker.process.pid is not None
        os.kill(worker.process.pid, signal.SIGINT)
        assert run_all(pool, jobs.measured, ["一二"]) == [2]
        assert pool.workers == [worker]
    assert capfd.readouterr().err == ""
