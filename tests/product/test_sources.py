"""代码引用的出处都在 docs/来源.md 里，那里写的也与方案、计分办法一致。"""

from __future__ import annotations

import re
from decimal import Decimal
from importlib import import_module
from pathlib import Path

from scoring_builder import V1_INDICATORS

from xltool.scoring.catalogue import methods_of, ready_scheme

ROOT = Path(__file__).parents[2]
SOURCES = (ROOT / "docs" / "来源.md").read_text("utf-8")
CITATION = re.compile(r"docs/来源\.md (§[^）)。:：\n]*)")
SECTION = re.compile("§([0-9]+)")
POINT = re.compile("§([0-9]+) 第 ([0-9、—]+) ([行条])")


def sections() -> dict[str, str]:
    """各节的编号和正文。"""
    parts = re.split(r"(?m)^## §([0-9]+) ", SOURCES)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def citations() -> list[tuple[str, str]]:
    """哪个文件引用了什么。"""
    files = [path for room in ("xltool", "tests") for path in (ROOT / room).rglob("*.py")]
    return [
        (str(path.relative_to(ROOT)), found)
        for path in sorted(files)
        if path.name != Path(__file__).name
        for found in CITATION.findall(path.read_text("utf-8"))
    ]


def test_every_cited_section_exists_and_every_section_is_cited() -> None:
    cited = {number for _, text in citations() for number in SECTION.findall(text)}
    assert cited == sections().keys()


def test_every_cited_row_and_point_exists() -> None:
    seen = 0
    for file, text in citations():
        for section, numbers, kind in POINT.findall(text):
            for number in re.split("[、—]", numbers):
                start = f"| {number} |" if kind == "行" else f"{number}. "
                assert f"\n{start}" in sections()[section], (file, section, number)
                seen += 1
    assert seen > 20


def test_the_table_of_indicators_is_the_scheme() -> None:
    scheme, _ = ready_scheme("jiangmen-2025-special")
    rows = [
        (int(number), title, Decimal(points), way)
        for number, title, points, _, way in re.findall(
            r"(?m)^\| (\d+) \| (.+?) \| (\d+) \| (.+?) \| (.+?) \|$", sections()["1"]
        )
    ]
    assert [(number, title, points) for number, title, points, _ in rows] == [
        (int(item.code), item.title, item.points) for item in scheme.indicators
    ]
    for (number, _, _, way), method in zip(rows, methods_of(scheme), strict=True):
        words = import_module(type(method).__module__).__doc__ or ""
        assert words.partition("：")[0] in way.split("、"), number


def test_the_indicators_of_the_report_are_the_demonstration() -> None:
    rows = re.findall(
        r"(?m)^\| \d+ \| (.+?) \| (.+?) \| (.+?) \| .*\|$", sections()["10"].split("|---|", 1)[1]
    )
    assert len(rows) == len(V1_INDICATORS)
    for (_, expected, actual), row in zip(rows, V1_INDICATORS, strict=True):
        for written, shown in ((row["expected"], expected), (row["actual"], actual)):
            assert written == shown or shown in ("有效促进（…）", "一段话")
