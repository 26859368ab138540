"""执行一次命令：得到退出码；出什么错都用中文说清，不把文件内容带出来。"""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING, Final

import typer
from typer.main import get_command

from xltool.cli.app import app
from xltool.cli.console import failure_lines, prepare_streams
from xltool.cli.exits import ExitCode, Failure
from xltool.cli.usage import usage_failure
from xltool.scheme.problem import NO_SUCH, SchemeProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

# Typer 有的版本自带 Click，有的用外面的：用法错的共同父类 ClickException 从它公开的类往上取
_USAGE_ERROR: Final[type[Exception]] = typer.BadParameter.__mro__[2]
_INTERRUPTED: Final = 130


def run(arguments: Sequence[str] | None = None) -> int:
    """执行命令，返回退出码；不给参数就用命令行上的。"""
    prepare_streams()
    try:
        given = None if arguments is None else list(arguments)
        code = get_command(app).main(given, prog_name="xltool", standalone_mode=False)
        code = _interrupted() if code == _INTERRUPTED else int(code or ExitCode.OK)
    except Failure as failure:
        code = _failed(failure)
    except SchemeProblem as problem:
        remedy = "请改正方案文件；xltool scheme lint 文件 列出全部毛病。"
        if problem.path == NO_SUCH:
            remedy = "xltool scheme list 列出现有的方案。"
        code = _failed(Failure(str(problem), remedy))
    except _USAGE_ERROR as error:
        code = _failed(usage_failure(error))
    except (KeyboardInterrupt, typer.Abort):
        code = _interrupted()
    except Exception as error:  # noqa: BLE001 - the outermost edge: nothing may leave as a traceback with contents
        code = _broken(error, arguments)
    return code


def _interrupted() -> int:
    _say("已中断，没有写出文件。")
    return _INTERRUPTED


def _failed(failure: Failure) -> int:
    for line in failure_lines(failure):
        _say(line)
    return ExitCode.FAILED


def _broken(error: Exception, arguments: Sequence[str] | None) -> int:
    """程序内部的错：只说种类和位置；原话里可能有文件内容，不印。"""
    if isinstance(error, OSError):
        name = str(error.filename or "")
        return _failed(
            Failure(f"读写“{name}”失败：{os_reason(error)}。", "检查路径、权限和磁盘空间。")
        )
    given = sys.argv[1:] if arguments is None else arguments
    if any(item == "--verbose" or item.startswith("-v") for item in given):
        for line in traceback.format_tb(error.__traceback__):
            _say(line.rstrip())
    return _failed(
        Failure(
            f"程序内部出错（{type(error).__name__}），没有写出结果。",
            "请把命令和 xltool --version 的结果告诉维护人员；加 -v 可看出错的位置。",
        )
    )


def os_reason(error: OSError) -> str:
    """系统错误的中文说法。"""
    if isinstance(error, PermissionError):
        return "没有权限，或正被其他程序打开"
    if isinstance(error, FileNotFoundError):
        return "找不到"
    if isinstance(error, (IsADirectoryError, NotADirectoryError, FileExistsError)):
        return "文件和文件夹弄混了"
    return f"系统错误 {error.errno}"


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
