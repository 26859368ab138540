"""xltool --help 的处理器时间，与 import pandas, openpyxl 的之比；轮流跑，取中位数。"""

from __future__ import annotations

import compileall
import statistics
import subprocess
import sys
from pathlib import Path

from collect import used

ROUNDS = 15
BARE = [sys.executable, "-c", "pass"]
HELP = [sys.executable, "-m", "xltool", "--help"]
EAGER = [sys.executable, "-c", "import pandas, openpyxl"]


def main() -> None:
    """轮流跑，报告。"""
    package = Path(__file__).parent.parent / "xltool"
    compileall.compile_dir(package, quiet=1)  # 与安装的一样，对手的库也编译过
    samples: dict[str, list[float]] = {"bare": [], "help": [], "eager": []}
    for _ in range(ROUNDS):
        for name, command in (("bare", BARE), ("help", HELP), ("eager", EAGER)):
            samples[name].append(_cpu(command))
    medians = {name: statistics.median(values) for name, values in samples.items()}
    print({name: round(value, 3) for name, value in medians.items()})
    print(f"--help ÷ import = {medians['help'] / medians['eager']:.3f}（目标 ≤ 0.17）")


def _cpu(command: list[str]) -> float:
    before = used()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return used() - before


if __name__ == "__main__":
    main()
