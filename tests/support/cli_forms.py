"""命令行测试用的报送文件：一份没有错误的，和由它改出来的。"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from collection_builder import SCHEME, filled
from form_files import form_file
from scheme_variants import PROJECT, brief_for

from xltool.address import At
from xltool.excel.write import render_book
from xltool.form.form import make_form
from xltool.scheme.key import CellKey, field_key
from xltool.scoring.catalogue import ready_scheme
from xltool.sheets.plan import Cell, Role, SheetPlan, WorkbookPlan

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.facts.typed import Typed

_SECOND = {
    "level1": "效益",
    "level2": "满意度指标",
    "title": "企业满意度",
    "operator": "≥",
    "expected": Decimal("0.9"),
    "unit": "%",
    "actual": Decimal("0.95"),
    "special": "是",
}
_COVER = {
    "self_total": Decimal(100),
    "indicator_count": Decimal(2),
    "output_count": Decimal(1),
    "outcome_count": Decimal(1),
}
_FULL = {"paid": Decimal(2055), "reported_rate": Decimal(1)}


@cache
def good_form(*, without: tuple[str, ...] = (), **cover: Typed) -> bytes:
    """一份没有错误的报送：产出、效益各一个指标，各项满分。

    `cover` 改封面上的几项，`without` 是留空的各项。
    """
    scheme, _ = ready_scheme(SCHEME)
    contents = filled(scheme, rows=1)
    for indicator in scheme.indicators:
        contents[CellKey("form", indicator.code, "self_score")] = indicator.points
        del contents[CellKey("form", indicator.code, "reason")]
    contents |= {CellKey("indicators", "2", key): value for key, value in _SECOND.items()}
    contents |= {CellKey("funds", "1", key): value for key, value in _FULL.items()}
    contents[CellKey("finance", "total")] = contents[CellKey("finance", "adjusted")]
    contents[CellKey("finance", "project")] = Decimal("24265.65")
    contents |= {CellKey("cover", key): value for key, value in (_COVER | cover).items()}
    for name in without:
        del contents[field_key(name)]
    return form_file(make_form(brief_for(scheme, contents), contents))


@cache
def project_form(**cover: Typed) -> bytes:
    """一份没有错误的项目表，一个指标：读、写都最快；`cover` 改封面上的几项。"""
    scheme, _ = ready_scheme(PROJECT)
    contents = filled(scheme, rows=1)
    contents |= {CellKey("indicators", "1", key): Decimal(90) for key in ("points", "self_score")}
    contents |= {CellKey("cover", key): value for key, value in cover.items()}
    return form_file(make_form(brief_for(scheme, contents), contents))


def write(folder: Path, name: str, data: bytes) -> Path:
    """写成文件。"""
    path = folder / name
    path.write_bytes(data)
    return path


def roster(folder: Path, *rows: tuple[str, ...]) -> Path:
    """一份名单。"""
    lines = [("单位名称", "预算编码", "零报送", "表种"), *rows]
    cells = tuple(
        Cell(At(row, column), text, Role.BODY)
        for row, line in enumerate(lines, 1)
        for column, text in enumerate(line, 1)
    )
    plan = WorkbookPlan(sheets=(SheetPlan(name="名单", cells=cells),))
    return write(folder, "名单.xlsx", render_book(plan))
