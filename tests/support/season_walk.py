"""一季从头走到尾，照人的做法：每一步执行什么、印出什么；docs/一季走一遍.md 由它写出。"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import chdir
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

import openpyxl
import season_books
from cli_runner import xltool
from office_reviewer import review
from openpyxl_books import loaded, saved
from pages import ROOT

from xltool.address import At
from xltool.assessment.report import make_report
from xltool.excel.filling import fill
from xltool.excel.saved_reviews import OWN_BOOK
from xltool.finding import Finding
from xltool.intake.submission import understand_book
from xltool.layout.layout import template_layout
from xltool.scheme.key import DEPARTMENT, CellKey
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xltool.collection.verdicts import Written

PAGE: Final = ROOT / "docs" / "一季走一遍.md"
SCHEME: Final = "jiangmen-2025-special"
SAMPLES: Final = ROOT / "sample_inputs" / "inbox"
MOST: Final = 30  # 那一页上走的有几个单位
DOUBTED, WRONG, TWICE, LATER = "示例市第02局", "示例市第03局", "示例市第04局", "示例市第05局"
NEXT_ID: Final = "jiangmen-2026-special"
NEXT: Final = f'[scheme]\nextends = "{SCHEME}"\nid = "{NEXT_ID}"\nversion = "2026.1"\nyear = 2025\n'
_LISTED: Final = 3  # 一样的几行只印前几行
WRONG_CELL: Final = CellKey("finance", "adjusted")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?Z?)?")


class Step(NamedTuple):
    """一步：标题、说明、执行的命令和印出的（人做的没有）。"""

    title: str
    told: str
    command: str = ""
    printed: str = ""


def walk(home: Path, count: int) -> list[Step]:
    """`count` 个单位走一遍；`home` 是空的文件夹，里面建 2025 年的一季和下一年的。"""
    with chdir(home):
        return list(_steps(home, [f"示例市第{n:02d}局" for n in range(1, count + 1)]))


def _steps(home: Path, units: Sequence[str]) -> Iterator[Step]:
    season = home / "自评2025"
    inbox, book = season / "报送", season / "汇总.xlsx"
    _roster(home / "单位名单.xlsx", units)
    yield _ran("建工作文件夹", "手头有一份单位名单。", "init 自评2025 --roster 单位名单.xlsx")
    season_books.fill(season, {"方案": SCHEME, "截止日期": date(2025, 4, 30), "联系人": "李四"})
    told = "打开 名单.xlsx，在“设置”里填方案、截止日期、联系人，存盘。以下各步都在这个文件夹里。"
    os.chdir(season)
    yield _ran("发表", told, "template")
    never = units[-1]
    for name in units:
        if name not in (LATER, never):
            _put(season / "下发", inbox, name, {WRONG_CELL: "约三百"} if name == WRONG else {})
    _put(season / "下发", inbox, TWICE, {CellKey("cover", "filler"): "赵六"}, "（旧）")
    told = (
        f"各单位填好发回：{DOUBTED}有几处疑点，{WRONG}的调整后预算数填了“约三百”，{TWICE}发来两份不同的，"
        f"{LATER}、{never}还没有报。"
    )
    yield _ran("汇总", told, "collect")
    told = "要改正的各有标注好的退回件和一份通知，没有报的列在催报名单里；照着发回去、打电话。"
    yield _ran("退回", told, "return --today 2025-05-06")
    _corrected(season / "退回", inbox)
    (inbox / f"{TWICE}（旧）.xlsx").unlink()
    _put(season / "下发", inbox, LATER, {})
    told = (
        f"{WRONG}在退回件上改好发回，{DOUBTED}的没有回；{TWICE}说以后一份为准，旧的移走；{LATER}补报了。"
        "全放进 报送，再汇总。"
    )
    yield _ran("改正的收回来，再汇总", told, "collect")
    _reviewed(book, home / "office")
    told = (
        "用 LibreOffice（Excel、WPS 一样）打开 汇总.xlsx：疑点清单写一条意见，得分明细改一个得分、"
        "写理由，存盘。再汇总，写的都带过来。"
    )
    yield _ran("复核，再汇总", told, "collect")
    yield _ran("核对", "上报以前，由报送文件从头再算一遍，逐格比。", "verify 汇总.xlsx")
    os.chdir(home)
    told = "下一年：单位、联系方式照抄，今年的汇总作为上年汇总。"
    yield _ran("下一年", told, "init 自评2026 --last-year 自评2025")
    following = home / "自评2026"
    (following / "明年.toml").write_text(NEXT, "utf-8")
    season_books.fill(following, {"方案": NEXT_ID, "方案文件": "明年.toml"})
    os.chdir(following)
    told = (
        "改好明年的方案（scheme export、import），在“设置”里填上。发表时照上年汇总起头："
        "单位、联系人、指标、资金名称、没有改完的问题都填好了，上年的决算数填进“上年”的格；"
        "要核对的写在各份的“移表清单”里。"
    )
    yield _ran("照上年起头发表", told, "template")
    inbox = "../自评2025/报送"
    told = "单位自己手里有去年填好的，也可以自己移；一个文件夹的一次移完。"
    yield _ran("旧表移到新表", told, f"migrate {inbox}/{units[0]}.xlsx -o 移好的/{units[0]}.xlsx")


def _ran(title: str, told: str, command: str) -> Step:
    ran = xltool(*command.split())
    assert ran.code in (0, 1), f"{command}：{ran.err}"
    return Step(title, told, f"xltool {command}", settled((ran.out + ran.err).rstrip()))


def settled(text: str) -> str:
    """时间、谁执行的各次不同，写成一样的。"""
    text = _TIME.sub("2025-05-06 09:30", text)
    return re.sub(r"(09:30，)[^，）]+(，见)", r"\1张三\2", text)


def page_of(steps: Sequence[Step]) -> str:
    """那一页的全文。"""
    parts = [
        "# 一季走一遍",
        "",
        (
            "由建文件夹到下一年，每一步做什么、印出什么。单位都是虚构的；"
            "这一页由测试真的走一遍写出（`make walk`）。"
        ),
    ]
    for number, step in enumerate(steps, 1):
        parts += ["", f"## {number}　{step.title}", "", step.told, ""]
        parts += ["```text", f"$ {step.command}", *_short(step.printed.splitlines()), "```"]
    return "\n".join(parts) + "\n"


def _short(lines: Sequence[str]) -> Iterator[str]:
    """写出的文件只列前几个。"""
    written = [line for line in lines if line.startswith("√ 下发/")]
    for line in lines:
        if line not in written[_LISTED:]:
            yield line
        elif line == written[-1]:
            yield "……"


# ---------------------------------------------------------------- 各人做的


def _roster(path: Path, units: Sequence[str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["序号", "单位名称", "预算编码", "联系人", "联系电话"])
    for number, name in enumerate(units, 1):
        sheet.append([number, name, f"{900 + number}", "×××", "0750-0000000"])
    book.save(path)


@cache
def _contents(name: str) -> dict[CellKey, Written]:
    """一个单位填的各格：照示例，第02局照有疑点的那一份。"""
    book = read_book(SAMPLES / f"示例市{'民政局' if name == DOUBTED else '教育局'}.xlsx")
    assert not isinstance(book, Finding)
    submission = understand_book(book, ready_schemes()).submission
    assert submission is not None
    scheme, methods = ready_scheme(SCHEME)
    report = make_report(scheme, methods, submission, ())
    return {key: one for key, one in report.contents.items() if not isinstance(one, bool)}


def _put(
    issued: Path, inbox: Path, name: str, changes: dict[CellKey, Written], tail: str = ""
) -> None:
    """在下发的一份上填好，发回来。"""
    layout = template_layout(ready_scheme(SCHEME)[0])
    cells: dict[str, dict[At, Written]] = {}
    own = {DEPARTMENT: name, CellKey("cover", "department_code"): f"{900 + int(name[4:6])}"}
    for key, value in (_contents(name) | own | changes).items():
        block = layout.blocks.get(key.sheet)
        if block is not None and key.row in block.rows and key.column in block.columns:
            cells.setdefault(block.name, {})[block.at(key.row, key.column)] = value
    (source,) = issued.glob(f"*{name}*.xlsx")
    data = fill(source.read_bytes(), cells, OWN_BOOK)
    (inbox / f"{name}{tail}.xlsx").write_bytes(data)


def _corrected(returns: Path, inbox: Path) -> None:
    """在退回件上改好那一格，存了发回来。"""
    (copy,) = returns.rglob(f"*{WRONG}*.xlsx")
    block = template_layout(ready_scheme(SCHEME)[0]).blocks[WRONG_CELL.sheet]
    at = block.at(WRONG_CELL.row, WRONG_CELL.column)
    book = loaded(copy)
    value = _contents(WRONG)[WRONG_CELL]
    book[block.name][at.a1] = float(value) if isinstance(value, Decimal) else value
    (inbox / copy.name).write_bytes(saved(book))
    shutil.rmtree(returns)
    returns.mkdir()


def _reviewed(book: Path, place: Path) -> None:
    """复核人在 LibreOffice 里写的。"""
    written: dict[tuple[str, str], str | float] = {}
    sheet = _sheet(book, "疑点清单")
    for heading, text in (("复核意见", "采信说明"), ("复核理由", "看过凭证"), ("复核人", "王五")):
        written["疑点清单", At(6, sheet[heading]).a1] = text
    sheet = _sheet(book, "得分明细")
    written["得分明细", At(6, sheet["复核得分"]).a1] = 1.5
    written["得分明细", At(6, sheet["复核理由"]).a1] = "佐证不足"
    written["得分明细", At(6, sheet["复核人"]).a1] = "王五"
    review(book, written, place)


def _sheet(book: Path, name: str) -> dict[str, int]:
    """一张登记表各栏在第几列。"""
    read = read_book(book, OWN_BOOK)
    assert not isinstance(read, Finding)
    (grid,) = (one for one in read.grids if one.name == name)
    return {cell.text: col for (row, col), cell in grid.cells.items() if row == 5}


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        PAGE.write_text(page_of(walk(Path(folder), MOST)), "utf-8")
