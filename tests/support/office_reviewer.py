"""复核人的 LibreOffice：真的打开、填几格、重新计算、存盘。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from office_macro import run_macro

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def review(book: Path, written: Mapping[tuple[str, str], str | float], place: Path) -> None:
    """打开 `book`，在各表各格（表名、地址）写上，存回原处；`place` 放它的设置。"""
    lines = [
        f'doc.Sheets.getByName("{sheet}").getCellRangeByName("{at}").'
        + (f'String = "{value}"' if isinstance(value, str) else f"Value = {value}")
        for (sheet, at), value in written.items()
    ]
    macro = (
        "Sub Main",
        "Dim no()",
        f'doc = StarDesktop.loadComponentFromURL("{book.as_uri()}", "_blank", 0, no())',
        *lines,
        "doc.calculateAll()",
        "doc.store()",
        "doc.close(True)",
        "StarDesktop.terminate()",
        "End Sub",
    )
    run_macro("\n".join(macro), place)
