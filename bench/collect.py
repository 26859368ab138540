"""轮流跑 xltool collect 和对手脚本，报告墙上时间之比、处理器时间之比和主进程的内存。

python bench/collect.py [--count 1000] [--rounds 2]
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
COLLECT = [sys.executable, "-m", "xltool", "collect", "--exit-zero", "-qq"]
PEER = [sys.executable, str(HERE / "peer_calamine.py")]
SAMPLE = HERE.parent / "sample_inputs" / "inbox" / "江门市工业和信息化局.xlsx"


@dataclass(frozen=True, slots=True)
class Run:
    """跑一次：墙上秒数、连同子进程的处理器秒数、主进程的内存峰值（MB）。"""

    wall: float
    cpu: float
    peak: int


def main() -> None:
    """造文件，轮流跑，报告。"""
    options = _options()
    compileall.compile_dir(HERE.parent / "xltool", quiet=1)  # 与安装的一样，对手的库也编译过
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder) / "inbox"
        subprocess.run(
            [sys.executable, str(HERE / "copies.py"), str(SAMPLE), str(inbox), str(options.count)],
            check=True,
        )
        ours: list[Run] = []
        peer: list[Run] = []
        for number in range(options.rounds):
            target = Path(folder) / f"汇总{number}.xlsx"
            os.environ["XLTOOL_CACHE"] = str(Path(folder) / f"缓存{number}")  # 每次都是头一次
            ours.append(_timed([*COLLECT, str(inbox), "-o", str(target)]))
            peer.append(_timed([*PEER, str(inbox), str(Path(folder) / "peer.xlsx")]))
    print(json.dumps({"files": options.count, "ours": _listed(ours), "peer": _listed(peer)}))
    wall, cpu = (_ratio(ours, peer, name) for name in ("wall", "cpu"))
    memory = max(run.peak for run in ours)
    print(f"墙上时间 xltool ÷ 对手 = {wall:.3f}（目标 0.22）")
    print(f"处理器时间 xltool ÷ 对手 = {cpu:.3f}（目标 0.40；对手只用一个处理器）")
    print(f"主进程内存峰值 {memory} MB（目标 120）")


def _listed(runs: list[Run]) -> dict[str, list[float]]:
    return {
        "wall_s": [round(run.wall, 2) for run in runs],
        "cpu_s": [round(run.cpu, 2) for run in runs],
    }


def _ratio(ours: list[Run], peer: list[Run], name: str) -> float:
    one, other = ([getattr(run, name) for run in runs] for runs in (ours, peer))
    return statistics.median(one) / statistics.median(other)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=2)
    return parser.parse_args()


def _timed(command: list[str]) -> Run:
    before, started = used(), time.perf_counter()
    child = subprocess.Popen(command, env={**os.environ, "PYTHONUTF8": "1"})
    peak = 0
    while child.poll() is None:
        peak = max(peak, _resident(child.pid))
        time.sleep(0.02)
    if child.returncode:
        raise SystemExit(child.returncode)
    return Run(time.perf_counter() - started, used() - before, peak)


def used() -> float:
    """结束了的子进程（连同它们等到的子进程）至今用了多少处理器秒。"""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _resident(pid: int) -> int:
    """进程到此刻的内存峰值，MB；没有 /proc 的系统报本进程的子进程里最大的。"""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) // 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return 0


if __name__ == "__main__":
    main()
