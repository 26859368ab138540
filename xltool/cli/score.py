"""xltool score：给一份计分。"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltool.cli.console import console_of
from xltool.cli.exits import ExitCode, Failure, refuse_overwriting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.assessment.report import Report
    from xltool.cli.console import Console
    from xltool.cli.submissions import Examined

_HEADINGS = ("编码", "三级指标", "分值", "自评得分", "系统得分", "计算过程")


def score(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="填好的 .xlsx")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="文件", help="另存评分后的表；不给就只印"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="另存的文件已存在时覆盖")] = False,
) -> None:
    """给一份计分：逐项印出分值、自评得分、系统得分和计算过程，扣分的说出怎样可以不扣。

    自评得分和系统得分并排，谁也不替换谁。加 -v 逐项印出评分标准、来源和取数的格。
    级别为错误的问题也印出来，其余的用 xltool check 看。
    """
    from xltool.cli.documents import score_document
    from xltool.cli.indicators import deduction_lines, explanation_lines
    from xltool.cli.submissions import examine

    console = console_of(context)
    if not file.is_file():
        raise Failure(f"“{file}”不存在，或不是文件。", "核对评分表的路径。")
    if output is not None:
        refuse_overwriting(output, file, force=force)
    examined = examine(file)
    saved = None
    if examined.report is not None:
        console.lines(_table(examined.report))
        lines = explanation_lines if console.verbose else deduction_lines
        console.lines(lines(examined.report))
        saved = _save(examined.report, output) if output else None
    findings = console.chosen(examined.worst_first)
    if findings:
        console.line()
    console.findings(findings)
    console.document(score_document(examined, str(saved) if saved else None))
    _summarise(console, examined, saved)
    if saved != output:
        raise typer.Exit(ExitCode.FOUND if saved is None else ExitCode.RENAMED)
    raise typer.Exit(ExitCode.FOUND if examined.wrong else ExitCode.OK)


def _save(report: "Report", output: Path) -> Path:
    from dataclasses import replace

    from xltool.consolidated.unit_sheet import lines_of
    from xltool.excel.write import write_book
    from xltool.form.book import form_plan
    from xltool.form.form import make_form
    from xltool.scoring.catalogue import ready_scheme

    scheme, _ = ready_scheme(report.scheme)
    form = replace(make_form(scheme, report.contents), lines=lines_of(report))
    return write_book(form_plan(form), output)


def _table(report: "Report") -> "Iterator[str]":
    from xltool.cli.text import table
    from xltool.scoring.catalogue import ready_scheme

    scheme, _ = ready_scheme(report.scheme)
    rows = [_HEADINGS]
    for line in report.scores:
        title = scheme.indicator(line.code).title
        numbers = (shown(line.points), shown(line.self_score), shown(line.score))
        rows.append((line.code, title, *numbers, line.trace))
    totals = (shown(scheme.full_marks), shown(report.self_total), shown(report.total))
    rows.append(
        (
            "",
            "合计",
            *totals,
            f"自评等级 {report.self_grade or '—'}，系统等级 {report.grade or '—'}",
        )
    )
    yield from table(rows)


def _summarise(console: "Console", examined: "Examined", saved: Path | None) -> None:
    from xltool.cli.text import safe
    from xltool.finding import tally

    report = examined.report
    counts = tally(examined.findings).words
    if report is None:
        console.note(f"{safe(examined.file)} 不能读，没有计分；{counts}。")
        return
    name = safe(report.name or examined.file)
    total = f"{shown(report.total)}（{report.grade or '未定'}）"
    console.note(f"{name}：系统得分 {total}，自评 {shown(report.self_total)}；{counts}。")
    if saved is not None:
        console.note(f"已写入 {safe(str(saved))}")


def shown(number: "Decimal | None") -> str:
    """得分给人看的写法；没有的写 —。"""
    return "—" if number is None else f"{number:.2f}"
