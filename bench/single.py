"""xltool check、score 查一份文件的处理器时间，与读和判本身的之比；轮流跑，取中位数。

读和判本身：另起一个 Python，只载入读和判要用的，读、计分、查疑各一遍，什么也不印。
"""

from __future__ import annotations

import compileall
import statistics
import subprocess
import sys

from collect import HERE, SAMPLE, used

ROUNDS = 9
CORE = """
import sys
from pathlib import Path
from xltool.assessment.report import make_report
from xltool.intake.submission import understand_book
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.xlsx.read import read_book
reading = understand_book(read_book(Path(sys.argv[1])), ready_schemes(), "a.xlsx")
scheme, methods = ready_scheme(reading.submission.scheme)
make_report(scheme, methods, reading.submission, reading.findings)
"""
COMMANDS = {
    "读和判": [sys.executable, "-c", CORE],
    "check": [sys.executable, "-m", "xltool", "check"],
    "score": [sys.executable, "-m", "xltool", "score"],
}


def main() -> None:
    """轮流跑，报告。"""
    compileall.compile_dir(HERE.parent / "xltool", quiet=1)  # 与安装的一样
    samples: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, command in COMMANDS.items():
            samples[name].append(_cpu([*command, str(SAMPLE)]))
    medians = {name: statistics.median(values) for name, values in samples.items()}
    print({name: round(value, 3) for name, value in medians.items()})
    for name in ("check", "score"):
        print(f"{name} ÷ 读和判 = {medians[name] / medians['读和判']:.2f}（目标 ≤ 1.3）")


def _cpu(command: list[str]) -> float:
    before = used()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return used() - before


if __name__ == "__main__":
    main()
