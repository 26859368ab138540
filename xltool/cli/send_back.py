"""xltool return：退回件、通知、催报名单，一步写出。"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltool.cli.collect import Given, check_inbox, day_of, policy_of, request_of
from xltool.cli.console import console_of
from xltool.cli.exits import Failure
from xltool.cli.options import Deadline, Duplicates, Jobs, LastYear, Roster, Waivers

if TYPE_CHECKING:
    from xltool.season.folder import Season
    from xltool.season.letter import Letter


def send_back(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="文件夹", help="放报送文件的文件夹，连同子文件夹；在工作文件夹里可以不给"
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="文件夹", help="写到哪里；不给就是 退回"),
    ] = None,
    roster: Roster = None,
    deadline: Deadline = None,
    last_year: LastYear = None,
    waivers: Waivers = None,
    on_duplicate: Duplicates = None,
    jobs: Jobs = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="日期", help="什么时候以前改好，印在通知和问题清单里"),
    ] = None,
    office: Annotated[
        str | None, typer.Option("--office", metavar="单位", help="谁退回，印在通知里")
    ] = None,
    mailbox: Annotated[
        str | None, typer.Option("--mailbox", metavar="邮箱", help="改好的报送到哪里")
    ] = None,
    contact: Annotated[
        str | None, typer.Option("--contact", metavar="联系人", help="有疑问找谁")
    ] = None,
    phone: Annotated[
        str | None, typer.Option("--phone", metavar="电话", help="联系人的电话")
    ] = None,
    notice: Annotated[
        Path | None,
        typer.Option("--notice", metavar="模板.docx", help="通知照哪个模板写，不给就用随程序带的"),
    ] = None,
    book: Annotated[
        Path | None,
        typer.Option(
            "--book", metavar="汇总.xlsx", help="复核意见在哪一份汇总里：须改正、退回的都算在内"
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="只有须说明的（没有须改正的）也退回")
    ] = False,
    today: Annotated[
        str | None,
        typer.Option("--today", metavar="日期", help="通知和催报名单上今天是哪天，默认就是今天"),
    ] = None,
) -> None:
    """退回：须改正的单位各一份标注好的退回件和一份通知，没有报的列成催报名单，写进一个文件夹。

    与 collect 读的是同样的文件、同样的名单和设置；有错误的、复核意见是须改正或退回的、没有采用的，
    都退回。
    再执行一次，只换程序写的、没有人动过的；人改过的留着，新的另取名字；用不着的删去，都说出来。
    """
    from xltool.cli.returning import Returning, perform
    from xltool.cli.season import book_of, inbox_of
    from xltool.season.register import NOTICE, RETURNS

    console = console_of(context)
    given = Given(roster, day_of(deadline), last_year, waivers, policy_of(on_duplicate))
    season, inbox = inbox_of(console, folder)
    wanted = book or book_of(console, season, inbox)
    target = output or (season.settings[RETURNS] if season else Path(RETURNS.default))
    request = request_of(given, season, inbox, wanted, jobs)
    check_inbox(inbox, request.last_year)
    _check_places(inbox, target, book)
    letter = _letter(season, day_of(by, "--by"), (office, mailbox, contact, phone))
    run = Returning(
        console=console,
        request=request,
        folder=target,
        book=wanted,
        letter=letter,
        template=notice or (season.settings[NOTICE] if season else None),
        today=day_of(today, "--today") or date.today(),  # noqa: DTZ011 - the day on the wall
        explain=explain,
    )
    raise typer.Exit(perform(run))


def _letter(season: "Season | None", by: "date | None", said: "tuple[str | None, ...]") -> "Letter":
    """谁退回、找谁：命令上没有写的，照这一季的设置。"""
    from dataclasses import replace

    from xltool.season.letter import Letter, letter_of

    letter = letter_of(season.settings) if season else Letter()
    named = dict(zip(("office", "mailbox", "contact", "phone"), said, strict=True))
    return replace(letter, **{key: text for key, text in named.items() if text}, by=by or letter.by)


def _check_places(inbox: Path, target: Path, book: Path | None) -> None:
    """退回的不能与收来的放在一起：下一次会当成报送。"""
    if target.exists() and not target.is_dir():
        raise Failure(f"“{target}”是文件，不是文件夹。", "换一个名字。")
    if target.resolve().is_relative_to(inbox.resolve()):
        raise Failure(f"“{target}”在收来的文件里，下一次会当成报送。", "用 -o 写到另一个文件夹。")
    if book is not None and not book.is_file():
        raise Failure(f"“{book}”不存在。", "核对汇总的路径。")
