"""xltool collect 写 130 个单位，随时被杀：立着的要么是旧的一套，要么是新的一套，下一次收拾干净。"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from cli_forms import good_form
from killed import contents, standing

if TYPE_CHECKING:
    from pathlib import Path

UNITS = 130
MOMENTS = random.Random(130)  # noqa: S311 - moments, not secrets


def command(inbox: Path, target: Path) -> list[str]:
    return [sys.executable, "-m", "xltool", "collect", str(inbox), "-o", str(target), "-qq"]


def filled_inbox(folder: Path, units: range, filler: str) -> Path:
    folder.mkdir()
    for number in units:
        name = f"示例市第{number}局"
        data = good_form(department=name, department_code=str(1000 + number), filler=filler)
        (folder / f"{number}.xlsx").write_bytes(data)
    return folder


@pytest.mark.nightly
def test_200_kills_over_130_units(tmp_path: Path) -> None:
    inboxes = [
        filled_inbox(tmp_path / "旧", range(UNITS), "张三"),
        filled_inbox(tmp_path / "新", range(10, UNITS + 10), "李四"),
    ]
    sets, whole = [], 0.0
    for number, inbox in enumerate(inboxes):
        folder = tmp_path / str(number)
        folder.mkdir()
        started = time.perf_counter()
        subprocess.run(command(inbox, folder / "汇总.xlsx"), check=False)
        whole = time.perf_counter() - started
        sets.append(contents(folder))
        assert len(sets[-1]) == UNITS + 1
    target = tmp_path / "0" / "汇总.xlsx"
    for number in range(200):
        # 一半在快写完的时候：评分表放好、换名、删旧的都在那里
        moment = MOMENTS.uniform(0.85 if number % 2 else 0.0, 1.05) * whole
        run = subprocess.Popen(command(inboxes[(number + 1) % 2], target))
        time.sleep(moment)
        run.kill()
        run.wait()
        assert standing(target) in sets
        if number % 20 == 0:
            inbox = inboxes[number // 20 % 2]
            subprocess.run(command(inbox, target), check=False)
            assert contents(target.parent) == sets[number // 20 % 2]
