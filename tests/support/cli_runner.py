"""在本进程里执行命令：退出码、标准输出、标准错误各归各。"""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.cli.run import run

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ran:
    """一次执行的结果。"""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, object]:
        """标准输出里唯一的一份 JSON。"""
        document: dict[str, object] = json.loads(self.out)
        return document


def xltool(*arguments: str | Path) -> Ran:
    """执行一次。"""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run([str(item) for item in arguments])
    sys.stdout.flush()
    return Ran(code, out.getvalue(), err.getvalue())
