"""xltool check：只查，不写文件。"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltool.cli.console import console_of
from xltool.cli.exits import ExitCode

if TYPE_CHECKING:
    from xltool.cli.console import Console
    from xltool.cli.submissions import Examined


def check(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="文件…", help="要查的 .xlsx，可以有几个")],
) -> None:
    """查：一次列出全部问题和改法，不写任何文件。

    不能读的文件说明为什么；能读的，逐条指出工作表和单元格。有错误时退出码是 1。
    """
    from xltool.cli.documents import check_document
    from xltool.cli.submissions import counted, examine, tally

    console = console_of(context)
    examined = [examine(path) for path in files]
    for item in examined:
        _show(console, item)
    console.document(check_document(examined))
    refused = sum(item.report is None for item in examined)
    counts = counted(finding for item in examined for finding in item.findings)
    readable = len(examined) - refused
    console.note(f"共 {len(examined)} 份：能读 {readable}，不能读 {refused}；{tally(counts)}。")
    wrong = any(item.wrong for item in examined)
    raise typer.Exit(ExitCode.FOUND if wrong else ExitCode.OK)


def _show(console: "Console", item: "Examined") -> None:
    """一个文件的标题行和它的全部问题。"""
    from xltool.cli.text import safe

    mark = "×" if item.wrong else "√"
    about = (item.report.name or "没有填部门名称") if item.report else "不能读"
    console.line(f"{mark} {safe(item.file)}（{safe(about)}）")
    console.findings(item.findings)
    unjudged = len(item.report.unjudged) if item.report else 0
    if unjudged:
        console.detail(f"{safe(item.file)}：有 {unjudged} 条规则因为缺数未判。")
