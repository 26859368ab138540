"""xltool collect：汇总一个文件夹。"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from xltool.cli.console import console_of
from xltool.cli.exits import ExitCode, Failure
from xltool.cli.options import (
    Deadline,
    Duplicates,
    ExitZero,
    Inbox,
    Jobs,
    LastYear,
    NoCache,
    Roster,
    Waivers,
)

if TYPE_CHECKING:
    from datetime import date

    from xltool.collection.basis import OnDuplicate
    from xltool.collection.model import Request
    from xltool.season.folder import Season


def collect(
    context: typer.Context,
    folder: Inbox = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="汇总.xlsx",
            help="汇总写到哪个文件；不给就是当前文件夹的 汇总.xlsx",
        ),
    ] = None,
    roster: Roster = None,
    deadline: Deadline = None,
    last_year: LastYear = None,
    waivers: Waivers = None,
    on_duplicate: Duplicates = None,
    jobs: Jobs = None,
    no_cache: NoCache = False,
    exit_zero: ExitZero = False,
) -> None:
    """汇总：读、计分、查疑、核对名单、排名，写成一个工作簿。

    最后印出各单位到了哪一步：退回、待确认、未报的是谁，下一步做什么；加 -v 逐个文件印出全部问题。
    在 xltool init 建的工作文件夹里，文件夹和各个选项不给就照 名单.xlsx。
    写出以后有人存过的（如填了复核意见），写的都带到新的一份，原来的编上号留在旁边，如 汇总_1.xlsx。
    目标正开着时写到另一个名字，退出码是 3。
    """
    from xltool.cli.collecting import Run, perform
    from xltool.cli.season import book_of, inbox_of

    console = console_of(context)
    given = Given(roster, day_of(deadline), last_year, waivers, policy_of(on_duplicate))
    season, inbox = inbox_of(console, folder, "collect")
    wanted = output or book_of(console, season, inbox, "collect")
    request = request_of(given, season, inbox, wanted, jobs)
    _check_paths(inbox, wanted, request.last_year)
    code = perform(Run(console, request, wanted, season, cached=not no_cache))
    if exit_zero and code is ExitCode.FOUND:
        code = ExitCode.OK
    raise typer.Exit(code)


class Given(NamedTuple):
    """命令上写的；没有写的为空。"""

    roster: Path | None
    deadline: "date | None"
    last_year: Path | None
    waivers: Path | None
    on_duplicate: "OnDuplicate | None"


def request_of(
    given: Given, season: "Season | None", inbox: Path, wanted: Path, jobs: int | None
) -> "Request":
    """汇总的要求：命令上没有写的，照这一季的设置。"""
    from xltool.collection.model import Request
    from xltool.excel.output_set import own_outputs
    from xltool.season.register import DEADLINE, DUPLICATES, LAST_YEAR, WAIVERS

    request = Request(folder=inbox, jobs=jobs, exclude=own_outputs(wanted))
    if season is not None:
        settings = season.settings
        request = replace(
            request,
            roster=season.roster,
            deadline=settings[DEADLINE],
            last_year=settings[LAST_YEAR],
            waivers=settings[WAIVERS],
            on_duplicate=settings[DUPLICATES],
        )
    return replace(request, **{key: one for key, one in given._asdict().items() if one})


def day_of(text: str | None, option: str = "--deadline") -> "date | None":
    """选项里写的日期；没有写的为空。

    Raises:
        Failure: 不是日期。
    """
    from xltool.values import read_date

    if not text:
        return None
    day = read_date(text).value
    if day is None:
        raise Failure(f"{option} 的值“{text}”不是日期。", "写成 2025-4-30 的样子。")
    return day


def policy_of(on_duplicate: str | None) -> "OnDuplicate | None":
    """一个单位有几份时怎么办；没有写的为空。

    Raises:
        Failure: 写得不对。
    """
    policies: dict[str, OnDuplicate] = {"ask": "ask", "latest": "latest"}
    if on_duplicate is None:
        return None
    if on_duplicate not in policies:
        raise Failure(f"--on-duplicate 的值“{on_duplicate}”不对。", "应是 ask 或 latest。")
    return policies[on_duplicate]


def _check_paths(folder: Path, output: Path, last_year: Path | None) -> None:
    """动手之前先看清能不能写，免得读完几百份才发现。"""
    check_inbox(folder, last_year)
    if output.suffix.lower() != ".xlsx":
        raise Failure(f"汇总的文件名“{output.name}”要以 .xlsx 结尾。", "如 -o 汇总.xlsx。")
    if output.is_dir():
        raise Failure(f"“{output}”是文件夹。", "在后面加上文件名，如 汇总.xlsx。")
    if not output.parent.is_dir():
        raise Failure(f"“{output.parent}”这个文件夹不存在。", "先建好文件夹，或换一个位置。")


def check_inbox(folder: Path, last_year: Path | None) -> None:
    """收来的文件夹、上年度的在不在，是不是弄混了。

    Raises:
        Failure: 不在，或弄混了。
    """
    if not folder.is_dir():
        what = "不是文件夹" if folder.exists() else "不存在"
        raise Failure(f"“{folder}”{what}。", "核对文件夹的路径。")
    if last_year is not None and not last_year.exists():
        raise Failure(f"“{last_year}”不存在。", "核对上年度的文件夹或汇总的路径。")
    if last_year is not None and last_year.resolve() == folder.resolve():
        raise Failure(
            "--last-year 给的就是这次的报送文件夹。", "给上年度的文件夹，或上年度的汇总。"
        )
