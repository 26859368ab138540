"""再汇总一次用多少处理器时间，与头一次的之比：一份没有变的，百分之一变了的；并核对与不用缓存的逐字节相同。

python bench/again.py [--count 1000]
"""

from __future__ import annotations

import argparse
import compileall
import filecmp
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from collect import COLLECT, HERE, SAMPLE, used
from copies import make_copies

_MORE = 40  # 变了的几份，实现值各加这么多


def main() -> None:
    """造文件，汇总四次，报告。"""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    count = parser.parse_args().count
    compileall.compile_dir(HERE.parent / "xltool", quiet=1)  # 与安装的一样
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        os.environ["XLTOOL_CACHE"] = str(place / "缓存")
        inbox, book = place / "inbox", place / "汇总.xlsx"
        numbers = range(1, count + 1)
        make_copies(SAMPLE, inbox, numbers)
        first, same = _cpu(inbox, book), _cpu(inbox, book)
        _require_same(inbox, book, place / "不用缓存" / "汇总.xlsx")
        make_copies(SAMPLE, inbox, numbers[50::100] or numbers[:1], _MORE)
        changed = _cpu(inbox, book)
        _require_same(inbox, book, place / "不用缓存" / "汇总.xlsx")
        cached = sum(path.stat().st_size for path in (place / "缓存").iterdir())
    print({"头一次": round(first, 2), "没有变": round(same, 2), "百分之一变了": round(changed, 2)})
    print(f"没有变 ÷ 头一次 = {same / first:.3f}（目标 ≤ 0.08）")
    print(f"百分之一变了 ÷ 头一次 = {changed / first:.3f}（目标 ≤ 0.15）")
    print(f"缓存共 {cached / 1e6:.0f} MB；汇总和评分表与不用缓存的逐字节相同")


def _cpu(inbox: Path, book: Path, *more: str) -> float:
    before = used()
    subprocess.run([*COLLECT, str(inbox), "-o", str(book), *more], check=True)
    return used() - before


def _require_same(inbox: Path, book: Path, other: Path) -> None:
    """不用缓存另写一套，两套的每个文件都相同。"""
    shutil.rmtree(other.parent, ignore_errors=True)
    other.parent.mkdir()
    _cpu(inbox, other, "--no-cache")
    one, two = (
        {
            path.relative_to(root): path
            for path in (root / other.name, *(root / "汇总_评分表").rglob("*.xlsx"))
        }
        for root in (book.parent, other.parent)
    )
    if one.keys() != two.keys() or not all(
        filecmp.cmp(one[name], two[name], shallow=False) for name in one
    ):
        raise SystemExit("与不用缓存的不同")


if __name__ == "__main__":
    main()
