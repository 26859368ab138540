"""命令行：读参数、调一个用例、印结果、给退出码；重的模块到用时才载入。"""

import sys

from xltool.workers.import_path import leave_out_current_folder


def main() -> None:
    """命令行入口。"""
    leave_out_current_folder()  # 此前什么也不要载入
    import gc

    from xltool.workers.gc_tuning import SELDOM

    gc.set_threshold(*SELDOM)  # 载入的模块都要留着，常查垃圾是白查，占起动的一成
    from xltool.cli.run import run

    code = run()
    gc.freeze()  # 退出时系统自会收回，不必再查几遍
    sys.exit(code)
