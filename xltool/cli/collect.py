"""xltool collect：汇总一个文件夹。"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from xltool.cli.console import console_of
from xltool.cli.exits import ExitCode, Failure
from xltool.cli.options import Deadline, LastYear, Roster, Waivers

if TYPE_CHECKING:
    from xltool.collection.model import Request


def collect(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="文件夹", help="放报送文件的文件夹，连同子文件夹")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="汇总.xlsx", help="汇总写到哪个文件")
    ],
    roster: Roster = None,
    deadline: Deadline = None,
    last_year: LastYear = None,
    waivers: Waivers = None,
    on_duplicate: Annotated[
        str,
        typer.Option(
            "--on-duplicate",
            metavar="ask|latest",
            help="分不出先后的几份：ask 都不采用（默认），latest 采用填报日期最晚的",
        ),
    ] = "ask",
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", min=1, metavar="几", help="同时用几个进程读，默认看处理器"),
    ] = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="有退回或错误时也以 0 结束（写不出结果时仍不是 0）")
    ] = False,
) -> None:
    """汇总：读、计分、查疑、核对名单、排名，写成一个工作簿。

    逐个文件印出去向：√ 采用，× 退回、不能读，● 重复待确认，○ 没有填报，→ 被替代，
    · 跳过（加 -v 才印）。
    退回的理由和级别为错误的问题一并印出，其余在汇总的“疑点清单”里；加 -v 全部印出。
    目标被占用，或写出以后有人存过（如填了复核意见）时写到另一个名字，退出码是 3。
    """
    from xltool.cli.collecting import Run, perform

    aids = (roster, last_year, waivers)
    request = _request(folder, output, aids, deadline, on_duplicate, jobs)
    code = perform(Run(console_of(context), request, output))
    if exit_zero and code is ExitCode.FOUND:
        code = ExitCode.OK
    raise typer.Exit(code)


def _request(
    folder: Path,
    output: Path,
    aids: tuple[Path | None, Path | None, Path | None],
    deadline: str | None,
    on_duplicate: str,
    jobs: int | None,
) -> "Request":
    from xltool.collection.model import Request
    from xltool.excel.output_set import own_outputs
    from xltool.values import read_date

    roster, last_year, waivers = aids
    _check_paths(folder, output, last_year)
    day = read_date(deadline).value if deadline else None
    if deadline and day is None:
        raise Failure(f"--deadline 的值“{deadline}”不是日期。", "写成 2025-4-30 的样子。")
    policies: dict[str, Literal["ask", "latest"]] = {"ask": "ask", "latest": "latest"}
    if on_duplicate not in policies:
        raise Failure(f"--on-duplicate 的值“{on_duplicate}”不对。", "应是 ask 或 latest。")
    return Request(
        folder=folder,
        roster=roster,
        last_year=last_year,
        waivers=waivers,
        deadline=day,
        on_duplicate=policies[on_duplicate],
        jobs=jobs,
        exclude=own_outputs(output),
    )


def _check_paths(folder: Path, output: Path, last_year: Path | None) -> None:
    """动手之前先看清能不能写，免得读完几百份才发现。"""
    if not folder.is_dir():
        what = "不是文件夹" if folder.exists() else "不存在"
        raise Failure(f"“{folder}”{what}。", "核对文件夹的路径。")
    if output.suffix.lower() != ".xlsx":
        raise Failure(f"汇总的文件名“{output.name}”要以 .xlsx 结尾。", "如 -o 汇总.xlsx。")
    if output.is_dir():
        raise Failure(f"“{output}”是文件夹。", "在后面加上文件名，如 汇总.xlsx。")
    if not output.parent.is_dir():
        raise Failure(f"“{output.parent}”这个文件夹不存在。", "先建好文件夹，或换一个位置。")
    if last_year is not None and not last_year.exists():
        raise Failure(f"“{last_year}”不存在。", "核对上年度的文件夹或汇总的路径。")
    if last_year is not None and last_year.resolve() == folder.resolve():
        raise Failure(
            "--last-year 给的就是这次的报送文件夹。", "给上年度的文件夹，或上年度的汇总。"
        )
