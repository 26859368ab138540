"""全部命令，以及全局选项。"""

from pathlib import Path
from typing import Annotated

import typer

from xltool.cli import local
from xltool.cli.check import check
from xltool.cli.claims import claims
from xltool.cli.collect import collect
from xltool.cli.console import Console
from xltool.cli.exits import ExitCode
from xltool.cli.explain import explain
from xltool.cli.export import export
from xltool.cli.help import ChineseCommand, ChineseGroup
from xltool.cli.init import init
from xltool.cli.merge_review import merge_review
from xltool.cli.migrate import migrate
from xltool.cli.read import read
from xltool.cli.report import report
from xltool.cli.scheme_book import export_scheme, import_scheme
from xltool.cli.schemes import lint_scheme, list_schemes, show_scheme
from xltool.cli.score import score
from xltool.cli.send_back import send_back
from xltool.cli.template import template
from xltool.cli.verify import verify
from xltool.season.names import ROSTER_FILE

_SCHEME = "scheme"
_SETTINGS = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(
    name="xltool",
    cls=ChineseGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_SETTINGS,
)
scheme_app = typer.Typer(cls=ChineseGroup, rich_markup_mode=None)


def _print_version(wanted: bool) -> None:
    if wanted:
        from xltool.cli.version import version_lines

        for line in version_lines():
            typer.echo(line)
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    as_json: Annotated[
        bool, typer.Option("--json", help="结果印成一份 JSON（键不变，供别的程序读）")
    ] = False,
    quiet: Annotated[
        int, typer.Option("-q", "--quiet", count=True, help="只印错误；-qq 什么都不印")
    ] = 0,
    verbose: Annotated[
        int,
        typer.Option("-v", "--verbose", count=True, help="印得更细：全部问题、跳过的文件、用时"),
    ] = 0,
    no_color: Annotated[bool, typer.Option("--no-color", help="不用颜色")] = False,
    schemes: Annotated[
        list[Path] | None,
        typer.Option(
            "--schemes",
            metavar="路径",
            help="另给的方案：文件或文件夹，可以写几次，连同随程序带的一起用",
        ),
    ] = None,
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help="印出版本号，和核对字节要知道的各样",
        ),
    ] = False,
) -> None:
    """部门整体支出、项目支出绩效自评：生成评分表、检查、计分、汇总。

    退出码：0 全部采用且没有错误；1 有退回的文件或有错误；2 没能执行；3 结果写在另一个名字下。
    """
    context.obj = Console(as_json, quiet, verbose, no_color)
    context.call_on_close(local.use(schemes or _of_season(context.obj)))
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(ExitCode.FAILED)
    if context.invoked_subcommand != _SCHEME:  # 方案坏了，也要能查、能改
        local.require_sound()


def _of_season(console: Console) -> tuple[Path, ...]:
    """当前文件夹的设置里写的方案文件。"""
    if not Path(ROSTER_FILE).is_file():
        return ()
    from xltool.cli.season import season_schemes

    return season_schemes(console)


@scheme_app.callback(invoke_without_command=True)
def start_scheme(context: typer.Context) -> None:
    """看评分方案；写成工作簿来改，改好读回；检查方案文件。"""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(ExitCode.FAILED)


for _command in (init, template, check, claims, score, collect):
    app.command(cls=ChineseCommand)(_command)
app.command("return", cls=ChineseCommand)(send_back)
for _later in (merge_review, migrate, verify, report, export, read, explain):
    app.command(cls=ChineseCommand)(_later)
app.add_typer(scheme_app, name=_SCHEME)
scheme_app.command("list", cls=ChineseCommand)(list_schemes)
scheme_app.command("show", cls=ChineseCommand)(show_scheme)
scheme_app.command("lint", cls=ChineseCommand)(lint_scheme)
scheme_app.command("export", cls=ChineseCommand)(export_scheme)
scheme_app.command("import", cls=ChineseCommand)(import_scheme)
