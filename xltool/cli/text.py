"""印到终端的文字：控制字符看得见而不起作用，个人号码遮住中间几位。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from xltool.sheets.text import display_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BREAKS: Final = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]+")


def safe(text: str) -> str:
    """外来的文字变成可以印的一行；凡印文件里的内容，都经过这里。"""
    # 载入读值的各个模块要三四十毫秒，看说明用不着
    from xltool.values.file_names import safe_name
    from xltool.values.masking import masked

    whole = text.encode(
        "utf-8", "backslashreplace"
    ).decode()  # 孤立代理写成 \\udc80，不当文件名去修
    return safe_name(masked(_BREAKS.sub(" ", whole)))


def padded(text: str, width: int) -> str:
    """补空格到若干半角字符宽。"""
    return text + " " * max(0, width - display_width(text))


def table(rows: Iterable[Sequence[str]], gap: str = "  ") -> tuple[str, ...]:
    """各栏左对齐的表；最后一栏不补空格。"""
    lines = [tuple(map(safe, row)) for row in rows]
    widths = [max(map(display_width, column)) for column in zip(*lines, strict=True)]
    return tuple(
        gap.join(padded(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
