"""执行一次命令：得到退出码；出什么错都用中文说清，不把文件内容带出来。"""

from __future__ import annotations

import errno
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer
from typer.main import get_command

from xltool.cli.app import app
from xltool.cli.console import failure_lines, prepare_streams, unprinted, write_error
from xltool.cli.exits import ExitCode, Failure
from xltool.cli.text import safe
from xltool.scheme.problem import NO_SUCH, SchemeProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

# Typer 有的版本自带 Click，有的用外面的：用法错的共同父类 ClickException 从它公开的类往上取
_USAGE_ERROR: Final[type[Exception]] = typer.BadParameter.__mro__[2]
_INTERRUPTED: Final = 130


def run(arguments: Sequence[str] | None = None) -> int:
    """执行命令，返回退出码；不给参数就用命令行上的。"""
    prepare_streams()
    _forget_written()
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
        from xltool.cli.usage import usage_failure  # seldom needed

        code = _failed(usage_failure(error))
    except (KeyboardInterrupt, typer.Abort):
        code = _interrupted()
    except Exception as error:  # noqa: BLE001 - the outermost edge: nothing may leave as a traceback with contents
        unfit = _unfit_formula(error)
        code = _failed(unfit) if unfit else _broken(error, arguments)
    lost = unprinted()
    return _not_printed(lost, code) if lost else code


def _unfit_formula(error: Exception) -> Failure | None:
    """方案的字眼写多了，公式写不下的；没有用到写文件的部分，就不必为此载入它。"""
    errors = sys.modules.get("xltool.excel.errors")
    if errors is None or not isinstance(error, errors.FormulaTooLongError):
        return None
    remedy = "方案里公式要看的字眼少写几个；xltool scheme lint 文件 列出全部毛病。"
    return Failure(f"写不成文件：{error}。", remedy)


def _not_printed(error: OSError, code: int) -> int:
    """印不出的（如磁盘满了），不能当作全部做好；写成了的文件照实说。"""
    write_error(f"没有印全：{os_reason(error)}；{_what_was_written()}。")
    if code != ExitCode.OK:
        return code
    return ExitCode.FOUND if _written() else ExitCode.FAILED


def _interrupted() -> int:
    write_error(f"已中断，{_what_was_written()}。")
    return _INTERRUPTED


def _written() -> tuple[Path, ...]:
    """这次执行写成了哪些文件；没有用到写文件的部分，就不必为此载入它。"""
    atomic = sys.modules.get("xltool.excel.atomic")
    return atomic.written() if atomic else ()


def _forget_written() -> None:
    atomic = sys.modules.get("xltool.excel.atomic")
    if atomic:
        atomic.forget_written()


def _what_was_written() -> str:
    """中途停下时，哪些文件已经写成了。"""
    files = _written()
    if not files:
        return "没有写出文件"
    more = f"等 {len(files)} 个文件" if len(files) > 1 else ""
    return f"已写出 {safe(str(files[0]))}{more}"


def _failed(failure: Failure) -> int:
    for line in failure_lines(failure):
        write_error(line)
    return ExitCode.FAILED


def _broken(error: Exception, arguments: Sequence[str] | None) -> int:
    """程序内部的错：只说种类和位置；原话里可能有文件内容，不印。"""
    if isinstance(error, OSError):
        name = str(error.filename or "")
        target = Path(name)
        if _folder_is_read_only(error):
            return _failed(
                Failure(
                    f"“{target.parent}”这个文件夹不能写（只读，或没有权限），"
                    f"没有写出“{target.name}”。",
                    "请在可以写的文件夹里做，或把结果写到别处。",
                )
            )
        done = f"{_what_was_written()}。" if _written() else ""
        busy = error.errno == errno.EBUSY
        how = "两个命令一个一个地执行。" if busy else "检查路径、权限和磁盘空间。"
        return _failed(Failure(f"读写“{name}”失败：{os_reason(error)}。{done}", how))
    given = sys.argv[1:] if arguments is None else arguments
    if any(item == "--verbose" or item.startswith("-v") for item in given):
        for line in traceback.format_tb(error.__traceback__):
            write_error(line.rstrip())
    done = _what_was_written() if _written() else "没有写出结果"
    return _failed(
        Failure(
            f"程序内部出错（{type(error).__name__}），{done}。",
            "请把命令和 xltool --version 的结果告诉维护人员；加 -v 可看出错的位置。",
        )
    )


def _folder_is_read_only(error: OSError) -> bool:
    claim = sys.modules.get("xltool.excel.claim")
    return claim is not None and isinstance(error, claim.ReadOnlyError)


def os_reason(error: OSError) -> str:
    """系统错误的中文说法。"""
    if error.errno == errno.EBUSY:
        return "另一个 xltool 正在写它，等它写完再执行"
    if isinstance(error, PermissionError):
        return "没有权限，或正被其他程序打开"
    if isinstance(error, FileNotFoundError):
        return "找不到"
    if isinstance(error, (IsADirectoryError, NotADirectoryError, FileExistsError)):
        return "文件和文件夹弄混了"
    return f"系统错误 {error.errno}"
