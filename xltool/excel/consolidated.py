"""写出汇总：一个工作簿；单位太多时，各单位的评分表另存到旁边的文件夹。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.excel.write import write_book
from xltool.scoring.catalogue import methods_of, ready_schemes
from xltool.sheets.consolidated.book import consolidated_plan, make_source
from xltool.sheets.form.book import form_plan
from xltool.sheets.form.form import make_form

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.collection.model import Collection
    from xltool.sheets.consolidated.source import Source


def write_consolidated(collection: Collection, target: Path) -> Path:
    """写出汇总，返回实际写成的文件；目标被占用时换一个名字。"""
    scheme = ready_schemes()[0]
    source = make_source(scheme, methods_of(scheme), collection, f"{target.stem}_评分表")
    _write_forms(source, target.parent)
    return write_book(consolidated_plan(source), target)


def _write_forms(source: Source, folder: Path) -> None:
    """另存各单位的评分表；先写它们，再写引用它们的汇总。"""
    for scored, report in source.reports():
        if scored.file:
            path = folder / scored.file
            path.parent.mkdir(parents=True, exist_ok=True)
            write_book(form_plan(make_form(source.scheme, report.contents)), path)
