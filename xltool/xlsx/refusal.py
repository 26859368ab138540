"""拒收一份文件：读的各层用异常传出，只有 read_book 接住。"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xltool.finding import Finding

_LONGEST = 20


class Refused(Exception):  # noqa: N818 - 拒收是结果，不是程序出错
    """这份文件不能读，`finding` 说明为什么。"""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def shown(text: str, longest: int = _LONGEST) -> str:
    """文件里的文字写进说明之前：控制符、不可见字符和孤立代理换成“\ufffd”，过长截断。"""
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join("\ufffd" if unicodedata.category(char)[0] == "C" else char for char in cut)
