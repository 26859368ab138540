"""xltool claims：把自评报告里的数和话填进评分表的“关键数据核对”，存成另一份。"""

from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltool.cli.console import console_of
from xltool.cli.exits import ExitCode, Failure, refuse_overwriting

if TYPE_CHECKING:
    from xltool.facts.view import Facts

SUFFIX = "_关键数据"


def claims(
    context: typer.Context,
    report: Annotated[Path, typer.Argument(metavar="报告.docx", help="自评报告")],
    form: Annotated[Path, typer.Argument(metavar="评分表.xlsx", help="同一个单位填好的评分表")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="文件", help="写到哪里；不写的，在评分表旁边另存"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="要写的文件已存在时覆盖")] = False,
) -> None:
    """把自评报告正文里的数和话列出来，填进评分表的“关键数据核对”，另存一份，原表不动。

    填好以后可以看、可以改；改过的以表里的为准。不做这一步也可以：报告与评分表放在一起汇总时，
    程序自己读报告。表里已经填了的类别不动；行不够的，先填能互相核对的。
    """
    from xltool.cli.documents import claims_document
    from xltool.cli.narratives import read_report
    from xltool.cli.submissions import reading_limits
    from xltool.cli.text import safe, table
    from xltool.excel.atomic import atomic_save
    from xltool.excel.filling import MissingCellError, fill
    from xltool.finding import Finding
    from xltool.narrative.filling import HEADINGS, planned
    from xltool.xlsx.disk import file_bytes

    console = console_of(context)
    told = read_report(report)
    if isinstance(told, Finding):
        raise Failure(f"“{report.name}”：{told.message}。", told.remedy)
    plan = planned(_facts(form), told[1].passages)
    target = output or form.with_name(f"{form.stem}{SUFFIX}.xlsx")
    refuse_overwriting(target, report, form, force=force)
    console.lines(table([HEADINGS, *(line.shown for line in plan.written)]))
    try:
        data = fill(file_bytes(form, reading_limits()), plan.cells, reading_limits())
    except MissingCellError as error:
        raise Failure(
            f"“{form.name}”的“关键数据核对”里没有要填的格（{error}）。", "用下发的表另存一份再填。"
        ) from error
    saved = atomic_save(target, methodcaller("write", data))
    left = f"；行不够，另有{plan.left}条没有填" if plan.left else ""
    console.note(f"读出 {plan.found} 条，填了 {len(plan.written)} 条{left}{_kept(plan.kept)}。")
    console.note(f"已写入 {safe(str(saved))}")
    console.document(claims_document(told[0], str(saved), plan))
    raise typer.Exit(ExitCode.OK if saved == target else ExitCode.RENAMED)


def _facts(form: Path) -> "Facts":
    """评分表填的；读不了的、没有这张表的说明白。"""
    from xltool.cli.submissions import read_file
    from xltool.facts.view import Facts
    from xltool.narrative.told import takes_claims
    from xltool.scoring.catalogue import ready_scheme

    reading = read_file(form)
    if reading.submission is None:
        first = reading.findings[0]
        raise Failure(f"“{form.name}”读不了：{first.message}。", first.remedy)
    scheme, _ = ready_scheme(reading.submission.scheme)
    if not takes_claims(scheme):
        raise Failure(f"“{form.name}”这种表没有“关键数据核对”。", "换用部门整体支出的评分表。")
    return Facts(scheme, reading.submission)


def _kept(kinds: tuple[str, ...]) -> str:
    return f"；{'、'.join(kinds)}表里已经填了的没有动" if kinds else ""
