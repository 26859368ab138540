"""xltool report：由汇总写情况通报，由评分表写部门的自评报告。"""

from pathlib import Path
from typing import Annotated

import typer

from xltool.cli.console import console_of
from xltool.cli.exits import ExitCode, Failure


def report(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="文件",
            help="汇总.xlsx（存过的也行），或一份填好的评分表；在工作文件夹里不给就是设置里的汇总",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="文件.docx", help="写成哪个文件，默认在当前文件夹"),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template", metavar="模板.docx", help="照哪个模板写，不给照设置或随程序带的"
        ),
    ] = None,
    office: Annotated[
        str | None, typer.Option("--office", metavar="单位", help="通报由谁发，印在落款")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="日期", help="什么时候以前整改，印在通报里")
    ] = None,
    templates: Annotated[
        Path | None,
        typer.Option("--templates", metavar="文件夹", help="另存随程序带的模板，供人改"),
    ] = None,
) -> None:
    """写公文（Word）：给汇总的写绩效自评情况通报.docx，给评分表的写这个部门的自评报告.docx。

    通报的数都取自汇总，按复核人写的算；报告把评分表里有的写成话和表。只有人写得出的标成黄色，请人补充。
    在 xltool init 建的工作文件夹里，汇总、谁发、整改期限、通报的模板不给就照 名单.xlsx。
    已有的文件不覆盖，另取名字（退出码 3）。评分表不能用的，退出码 1。
    """
    from xltool.cli.collect import day_of
    from xltool.cli.reporting import Reporting, perform, save_templates
    from xltool.cli.season import letter_said, saved_book_of, season_in

    console = console_of(context)
    if templates is not None:
        raise typer.Exit(save_templates(console, templates))
    season = season_in(console)
    file = file or saved_book_of(console, season)
    _check(file, template, output)
    said = letter_said(season, {"office": office}, day_of(by, "--by"))
    run = Reporting(console, file, output, template, said, season)
    raise typer.Exit(ExitCode(perform(run)))


def _check(file: Path, template: Path | None, output: Path | None) -> None:
    """给的、照的都在，要写的是 .docx。"""
    if not file.is_file():
        raise Failure(f"“{file}”不存在，或不是文件。", "核对汇总或评分表的路径。")
    if template is not None and not template.is_file():
        raise Failure(f"模板“{template}”不存在。", "核对路径；不给就用随程序带的。")
    if output is not None and output.suffix.lower() != ".docx":
        raise Failure(f"“{output}”不是 .docx。", "写成 .docx，用 Word 或 WPS 打开。")
