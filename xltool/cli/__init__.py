"""命令行：读参数、调一个用例、印结果、给退出码；重的模块到用时才载入。"""

import sys

from xltool.workers.import_path import leave_out_current_folder


def main() -> None:
    """命令行入口。"""
    leave_out_current_folder()  # 此前什么也不要载入
    from xltool.cli.run import run

    sys.exit(run())
