"""xltool verify：核对一份汇总，每个得分都要能由它列出的文件得出。"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltool.cli.console import console_of
from xltool.cli.exits import ExitCode, Failure
from xltool.cli.options import Jobs

if TYPE_CHECKING:
    from xltool.cli.console import Console
    from xltool.season.folder import Season
    from xltool.verifying.aids import Places
    from xltool.verifying.model import Verified


def verify(
    context: typer.Context,
    book: Annotated[Path, typer.Argument(metavar="汇总.xlsx", help="要核对的汇总，存过的也行")],
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            metavar="报送",
            help="放报送文件的文件夹；不给就照设置，或找汇总旁边的那一个",
        ),
    ] = None,
    roster: Annotated[
        Path | None, typer.Option("--roster", metavar="名单.xlsx", help="汇总时用的名单")
    ] = None,
    last_year: Annotated[
        Path | None,
        typer.Option("--last-year", metavar="文件夹或汇总.xlsx", help="汇总时比的上年度"),
    ] = None,
    waivers: Annotated[
        Path | None, typer.Option("--waivers", metavar="豁免.xlsx", help="汇总时用的豁免表")
    ] = None,
    jobs: Jobs = None,
) -> None:
    """核对一份汇总：由它列出的文件再算一遍，逐格比，说出哪里不同、写出以后人改了什么。

    文件凭内容的指纹找；期限、几份时怎样办照汇总里记着的。
    复核意见和人另添的栏、字、批注不算不同，列在后面。原来的文件一概不改。
    退出码：0 每个单位都相符；1 有不同，或文件不在、变了；2 不能核对。
    """
    from xltool.cli.season import season_in
    from xltool.cli.verified import show, verified_document
    from xltool.verifying.aids import Places

    console = console_of(context)
    if not book.is_file():
        raise Failure(f"“{book}”不存在，或不是文件。", "核对汇总的路径。")
    season = season_in(console)
    given = Places(folder=folder, roster=roster, last_year=last_year, waivers=waivers)
    result = _verified(console, book, (given, _settings(season)), jobs)
    console.document(verified_document(book, result))
    show(console, book, result, season)
    raise typer.Exit(ExitCode.OK if result.proven else ExitCode.FOUND)


def _verified(
    console: "Console", book: Path, places: "tuple[Places, Places]", jobs: int | None
) -> "Verified":
    """核对；`places` 是命令上写的和设置里的。

    Raises:
        Failure: 不能核对。
    """
    from xltool.cli.progress import progress_shown
    from xltool.cli.submissions import reading_limits
    from xltool.collection.collect import UnusableListError
    from xltool.verifying.model import UnverifiableError
    from xltool.verifying.verify import verify as proved
    from xltool.workers.pool import WorkerPool

    reading_limits()
    with WorkerPool(jobs) as pool, progress_shown(console) as progress:
        try:
            return proved(book, *places, pool, partial(progress, "读报送"))
        except UnverifiableError as error:
            raise Failure(error.message, error.remedy) from error
        except UnusableListError as error:
            raise Failure(error.finding.message, error.finding.remedy) from error


def _settings(season: "Season | None") -> "Places":
    """一季的设置里的各处。"""
    from xltool.season.register import INBOX, LAST_YEAR, WAIVERS
    from xltool.verifying.aids import Places

    if season is None:
        return Places()
    settings = season.settings
    return Places(
        folder=settings[INBOX],
        roster=season.roster,
        last_year=settings[LAST_YEAR],
        waivers=settings[WAIVERS],
    )
