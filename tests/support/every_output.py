"""测试用：程序写的每一种文件各一份，由命令写出；用最小的表，一季走一遍。"""

from __future__ import annotations

import shutil
from contextlib import chdir
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

from cli_runner import xltool
from season_books import fill

from xltool.workers.pool import WorkerPool

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
TEMPLATES: Final = ROOT / "workbook_templates"
MIXED, EARLIER = ROOT / "sample_inputs" / "mixed", ROOT / "sample_inputs" / "earlier"
FILED: Final = ("示例市商务局_电商产业园扶持.xlsx", "示例市残疾人联合会_康复服务.xlsx")
UNITS: Final = ({"单位名称": "示例市商务局"}, {"单位名称": "示例市残疾人联合会"})
KINDS: Final = {
    "名单": "空白名单.xlsx",
    "下发的表": "下发/*.xlsx",
    "汇总": "汇总.xlsx",
    "收表记录": "收表记录.xlsx",
    "退回件": "退回/示例市商务局*_退回修改.xlsx",
    "退回通知": "退回/示例市商务局*_通知.docx",
    "通报": "通报.docx",
    "评分后的表": "评分.xlsx",
    "自评报告": "自评报告.docx",
    "移好的表": "移好.xlsx",
    "方案工作簿": "方案.xlsx",
}
"""每一种叫什么，写在哪里。"""


@cache
def every_output() -> dict[str, bytes]:
    """各种文件的内容；随程序带的空白模板、公文模板另在 `workbook_templates`。"""
    marking_here = patch("xltool.marking.isolated.WorkerPool", lambda jobs, **_: WorkerPool(jobs))
    with TemporaryDirectory() as folder, chdir(Path(folder)), marking_here:
        _walked()
        return {kind: _one(pattern) for kind, pattern in KINDS.items()}


def _walked() -> None:
    for command in _commands():
        ran = xltool(*command)
        assert ran.code in {0, 1}, ran.err


def _commands() -> Iterator[tuple[str, ...]]:
    yield ("init", ".")
    shutil.copy("名单.xlsx", "空白名单.xlsx")  # 填是用 openpyxl 填的，不是程序写的了
    fill(Path(), {"方案": "mof-project"}, UNITS)
    yield ("template",)
    for name in FILED:
        shutil.copy(MIXED / name, "报送")
    yield ("collect",)
    yield ("return", "--today", "2025-4-11")
    yield ("report", "汇总.xlsx", "-o", "通报.docx")
    form = f"报送/{FILED[0]}"
    yield ("score", form, "-o", "评分.xlsx")
    yield ("report", str(MIXED / "示例市地方志办公室.xlsx"), "-o", "自评报告.docx")
    yield ("migrate", str(EARLIER / "示例市水利局_山塘除险加固.xlsx"), "-o", "移好.xlsx")
    yield ("scheme", "export", "mof-project", "-o", "方案.xlsx")


def _one(pattern: str) -> bytes:
    return min(Path().glob(pattern)).read_bytes()
