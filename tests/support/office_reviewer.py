"""复核人的 LibreOffice：真的打开、填几格、重新计算、存盘；由它自己的宏语言驱动，不装别的。"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LIBRARY: Final = "user/basic/Standard"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MODULES: Final = (
    f"{_HEAD}<library:library xmlns:library='http://openoffice.org/2000/library'"
    " library:name='Standard' library:readonly='false' library:passwordprotected='false'>"
    "<library:element library:name='Review'/></library:library>"
)
_MODULE: Final = (
    f"{_HEAD}<script:module xmlns:script='http://openoffice.org/2000/script'"
    " script:name='Review' script:language='StarBasic'>{}</script:module>"
)


def review(book: Path, written: Mapping[tuple[str, str], str | float], place: Path) -> None:
    """打开 `book`，在各表各格（表名、地址）写上，存回原处；`place` 放它的设置。"""
    lines = [
        f'doc.Sheets.getByName("{sheet}").getCellRangeByName("{at}").'
        + (f'String = "{value}"' if isinstance(value, str) else f"Value = {value}")
        for (sheet, at), value in written.items()
    ]
    macro = "\n".join(
        (
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
    )
    command = ["soffice", f"-env:UserInstallation={place.as_uri()}", "--headless", "--norestore"]
    _run([*command, "--terminate_after_init"])  # 头一次启动才建好放宏的地方
    library = place / _LIBRARY
    (library / "script.xlb").write_text(_MODULES, "utf-8")
    (library / "Review.xba").write_text(_MODULE.format(escape(macro)), "utf-8")
    _run([*command, "macro:///Standard.Review.Main"])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=120)
