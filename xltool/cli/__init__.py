"""命令行：读参数、调一个用例、印结果、给退出码；重的模块到用时才载入。"""

from __future__ import annotations

import sys


def main() -> None:
    """命令行入口。"""
    from xltool.cli.run import run

    sys.exit(run())
