"""程序只从装好的地方载入：运行时所在的文件夹里放着什么，都不当程序。

收来的压缩包解开，里面就可能有 struct.py；`python -m`、`python -c` 却先到当前文件夹里找模块。
路径清好以前，载入别的模块也会被冒充：这里只用解释器启动时已经载入的，连 __future__ 也不用。
"""

import os
import sys

_SAFE_PATH = "PYTHONSAFEPATH"
_PYTHON_PATH = "PYTHONPATH"
_HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def leave_out_current_folder(*, as_module: bool = False) -> None:
    """命令一开始就做：把当前文件夹从模块路径上去掉；`as_module` 是由 python -m 起的。

    PYTHONPATH 里照绝对路径写的，是用的人自己要的，留着。
    """
    try:
        here = os.getcwd()
    except OSError:  # 所在的文件夹已经删去，也就没有东西可载入
        return
    if as_module and not sys.flags.safe_path and sys.path[:1] == [here]:
        del sys.path[0]
    for entry in _given():
        whole = os.path.abspath(entry)  # site 已经把它换成了绝对路径
        if not os.path.isabs(entry) and whole in sys.path:
            sys.path.remove(whole)
    sys.path[:] = [entry for entry in sys.path if os.path.isabs(entry)]


def child_path() -> list[str]:
    """子进程的模块路径：本进程的，去掉跟着当前文件夹走的；总找得到本程序，而且就是这一份。"""
    path = [entry for entry in sys.path if os.path.isabs(entry)]
    if _HOME in path:
        return path
    others = (at for at, entry in enumerate(path) if os.path.isdir(os.path.join(entry, "xltool")))
    path.insert(next(others, len(path)), _HOME)
    return path


def child_environment() -> dict[str, str | None]:
    """子进程的环境变量与本进程不同的：不从当前文件夹载入；值为空的要去掉。"""
    kept = os.pathsep.join(entry for entry in _given() if os.path.isabs(entry))
    return {_SAFE_PATH: "1", _PYTHON_PATH: kept or None}


def _given() -> list[str]:
    """PYTHONPATH 里的各项；空的一项也是当前文件夹。"""
    given = os.environ.get(_PYTHON_PATH)
    return given.split(os.pathsep) if given else []
