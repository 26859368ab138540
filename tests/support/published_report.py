"""公布的自评报告原文里的表和话：照原文的行解析，不经本程序。

原文由网页和 PDF 抽出：表头每页重印，一格的字断在两页的接回上一行，空白和网页标记不算。
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

PUBLISHED: Final = (
    Path(__file__).parents[2] / "sample_inputs/data/with_report/江门市工业和信息化局_自评报告.txt"
)
_MARKUP: Final = re.compile(r"</?p>|\s+")
_PROBLEM: Final = 3  # 断在下一页的都是“存在问题”一栏


def squeezed(text: str) -> str:
    """去掉空白和网页标记。"""
    return _MARKUP.sub("", text)


@cache
def lines() -> tuple[str, ...]:
    """原文各行。"""
    return tuple(PUBLISHED.read_text("utf-8").splitlines())


def _rows(heading: str) -> list[list[str]]:
    """一张表的各行各格；重印的表头、横线不算。"""
    found = [line.split("\t") for line in lines() if "\t" in line]
    tops = [row for row in found if squeezed(row[0]) == heading]
    width = len(tops[0])
    start = next(n for n, line in enumerate(lines()) if line.split("\t") == tops[0])
    rows = []
    for line in lines()[start:]:
        cells = [squeezed(cell) for cell in line.split("\t")]
        if "\t" not in line:
            if line.startswith("（"):
                break
            continue
        if cells[0] != heading and not set("".join(cells)) <= {"-"}:
            rows.append(cells + [""] * (width - len(cells)))
    return rows


def goals() -> list[list[str]]:
    """二（二）的表：一级、二级指标只印在头一行，照上面的补上。"""
    rows: list[list[str]] = []
    for cells in _rows("一级指标"):
        if not any(cells[:3]):  # 断在下一页的
            rows[-1] = [one + more for one, more in zip(rows[-1], cells, strict=True)]
            continue
        level1 = cells[0] or rows[-1][0]
        level2 = cells[1] or rows[-1][1]
        rows.append([level1, level2, *cells[2:]])
    return rows


def rectified() -> list[list[str]]:
    """四的表。"""
    rows: list[list[str]] = []
    for cells in _rows("序号"):
        if cells[0]:
            rows.append(cells)
        else:
            rows[-1][_PROBLEM] += "".join(cells)
    return rows


def paragraphs_between(first: str, last: str) -> list[str]:
    """两个标题之间的各段，去掉空白；断在下一页的接上。"""
    start = next(n for n, line in enumerate(lines()) if line.startswith(first)) + 1
    stop = next(n for n, line in enumerate(lines()) if n > start and line.startswith(last))
    found: list[str] = []
    for line in lines()[start:stop]:
        text = squeezed(line)
        broken = found and not re.search(r"[。：]$|情况$", found[-1])
        if text and broken:
            found[-1] += text
        elif text:
            found.append(text)
    return found
