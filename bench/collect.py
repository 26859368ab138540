"""轮流跑 xltool collect 和对手脚本，报告墙上时间之比和主进程的内存。

python bench/collect.py [--count 1000] [--rounds 2]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
COLLECT = [sys.executable, "-m", "xltool", "collect", "--exit-zero", "-qq"]
PEER = [sys.executable, str(HERE / "peer_calamine.py")]
SAMPLE = HERE.parent / "sample_inputs" / "inbox" / "江门市工业和信息化局.xlsx"


def main() -> None:
    """造文件，轮流跑，报告。"""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder) / "inbox"
        subprocess.run(
            [sys.executable, str(HERE / "copies.py"), str(SAMPLE), str(inbox), str(options.count)],
            check=True,
        )
        ours: list[float] = []
        peer: list[float] = []
        memory = 0
        for number in range(options.rounds):
            target = Path(folder) / f"汇总{number}.xlsx"
            seconds, peak = _timed([*COLLECT, str(inbox), "-o", str(target)])
            ours.append(seconds)
            memory = max(memory, peak)
            peer.append(_timed([*PEER, str(inbox), str(Path(folder) / "peer.xlsx")])[0])
    ratio = statistics.median(ours) / statistics.median(peer)
    print(json.dumps({"files": options.count, "ours_s": ours, "peer_s": peer}))
    print(f"xltool ÷ 对手 = {ratio:.3f}（目标 < 0.333）；主进程内存峰值 {memory} MB（目标 < 150）")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=2)
    return parser.parse_args()


def _timed(command: list[str]) -> tuple[float, int]:
    """跑一次：墙上秒数，主进程自己的内存峰值（MB，不含它的子进程）。"""
    started = time.perf_counter()
    child = subprocess.Popen(command, env={**os.environ, "PYTHONUTF8": "1"})
    peak = 0
    while child.poll() is None:
        peak = max(peak, _resident(child.pid))
        time.sleep(0.02)
    if child.returncode:
        raise SystemExit(child.returncode)
    return time.perf_counter() - started, peak


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
