"""xltool check：查，不计入汇总；要的话另存标注了问题的退回件。"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltool.cli.console import console_of
from xltool.cli.exits import ExitCode
from xltool.cli.options import LastYear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xltool.cli.console import Console
    from xltool.cli.marking import Marked
    from xltool.cli.submissions import Examined


def check(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="文件…", help="要查的 .xlsx，可以有几个；自评报告 .docx 也可以一起给"
        ),
    ],
    marked: Annotated[
        Path | None,
        typer.Option("--marked", metavar="文件夹", help="有问题的另存一份标注好的退回件到这里"),
    ] = None,
    last_year: LastYear = None,
    force: Annotated[bool, typer.Option("--force", help="退回件已存在时覆盖")] = False,
) -> None:
    """查：一次列出全部问题和改法；加 --marked 另存标注好的退回件，原文件不动。

    不能读的文件说明为什么；能读的，逐条指出工作表和单元格。有错误时退出码是 1。
    自评报告（.docx）与评分表一起给的，正文也查，指出第几节第几段第几句。
    退回件叫“原名_退回修改.xlsx”：有问题的格有颜色和批注，第一张表是问题清单。
    """
    from xltool.cli.documents import check_document
    from xltool.cli.narratives import given_reports
    from xltool.cli.submissions import earlier, examine
    from xltool.finding import tally

    console = console_of(context)
    years, given = earlier(last_year), given_reports(files)
    examined = [*(examine(path, years, given.of) for path in given.forms), *given.refused]
    saved: list[Marked] = []
    if marked is not None:
        from xltool.cli.marking import mark_all  # openpyxl is heavy
        from xltool.cli.season import season_letter

        pairs = list(zip(given.forms, examined, strict=False))
        saved = mark_all(pairs, marked, season_letter(console), force=force)
    for item in examined:
        _show(console, item)
    readable = sum(item.report is not None for item in examined)
    left = given.left_over() if readable == len(given.forms) else ()
    console.findings(left)
    document = check_document(examined, left)
    if marked is not None:
        document["marked"] = [item.document for item in saved]
    console.document(document)
    _show_marked(console, saved)
    found = tally([*left, *(finding for item in examined for finding in item.findings)])
    unread = len(examined) - readable
    console.note(f"共 {len(examined)} 份：能读 {readable}，不能读 {unread}；{found.words}。")
    raise typer.Exit(_code(examined, saved))


def _show_marked(console: "Console", saved: "Sequence[Marked]") -> None:
    """退回件存到了哪里；没有存成的说明为什么。"""
    from xltool.cli.text import safe

    for item in saved:
        if item.problem is not None:
            head = f"{safe(item.file)} 没有退回件：{safe(item.problem.message)}。"
            console.note(f"{head}办法：{safe(item.problem.remedy)}")
        elif item.renamed:
            console.note(f"“{safe(item.target.name)}”正被其他程序打开，退回件另取了名字。")
        if item.saved is not None:
            console.note(f"已写入 {safe(str(item.saved))}")


def _code(examined: "Sequence[Examined]", saved: "Sequence[Marked]") -> ExitCode:
    if any(item.renamed for item in saved):
        return ExitCode.RENAMED
    wrong = any(item.wrong for item in examined) or any(item.problem for item in saved)
    return ExitCode.FOUND if wrong else ExitCode.OK


def _show(console: "Console", item: "Examined") -> None:
    """一个文件的标题行和它的全部问题。"""
    from xltool.cli.marks import MARKS
    from xltool.cli.text import safe

    mark = MARKS[item.status]
    about = (item.report.whose or "没有填单位名称") if item.report else "不能读"
    console.line(f"{mark} {safe(item.file)}（{safe(about)}）：{item.state}")
    console.findings(item.worst_first)
    if item.report and item.report.unjudged:
        from xltool.finding import rule_word
        from xltool.flags.page import worded
        from xltool.flags.registry import rule_of
        from xltool.scoring.catalogue import ready_scheme

        scheme, _ = ready_scheme(item.report.scheme)
        for code, missing in item.report.unjudged.items():
            lacking = safe("、".join(missing))
            title = worded(rule_of(code), scheme).title
            console.detail(f"未判 {rule_word(code)} {title}：缺{lacking}")
