"""xltool return：退回件、通知、催报名单，一步写出。"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from xltool.cli.collect import Given, check_inbox, day_of, policy_of, request_of
from xltool.cli.console import console_of
from xltool.cli.exits import Failure
from xltool.cli.options import (
    By,
    Contact,
    Deadline,
    Duplicates,
    Explain,
    Inbox,
    Jobs,
    LastYear,
    Mailbox,
    NoticeTemplate,
    Office,
    Phone,
    Returns,
    ReviewedBook,
    Roster,
    Today,
    Waivers,
)

if TYPE_CHECKING:
    from xltool.collection.model import Request


def send_back(
    context: typer.Context,
    folder: Inbox = None,
    output: Returns = None,
    roster: Roster = None,
    deadline: Deadline = None,
    last_year: LastYear = None,
    waivers: Waivers = None,
    on_duplicate: Duplicates = None,
    jobs: Jobs = None,
    by: By = None,
    office: Office = None,
    mailbox: Mailbox = None,
    contact: Contact = None,
    phone: Phone = None,
    notice: NoticeTemplate = None,
    book: ReviewedBook = None,
    explain: Explain = False,
    today: Today = None,
) -> None:
    """退回：须改正的单位各一份标注好的退回件和一份通知，没有报的列成催报名单，写进一个文件夹。

    读的文件、名单、设置与 collect 相同；有错误的、复核意见是须改正或退回的、没有采用的都退回。
    再执行一次，只换程序写的、没有人动过的；人改过的留着，新的另取名字；用不着的删去，都说出来。
    """
    from xltool.cli.returning import Returning, perform
    from xltool.cli.season import book_of, inbox_of, letter_said
    from xltool.season.register import ISSUED, NOTICE, RETURNS

    console = console_of(context)
    given = Given(roster, day_of(deadline), last_year, waivers, policy_of(on_duplicate))
    season, inbox = inbox_of(console, folder, "return")
    wanted = book or book_of(console, season, inbox, "return")
    target = output or (season.settings[RETURNS] if season else Path(RETURNS.default))
    request = request_of(given, season, inbox, wanted, jobs)
    _check_places(request, target, book)
    said = {"office": office, "mailbox": mailbox, "contact": contact, "phone": phone}
    run = Returning(
        console=console,
        request=request,
        folder=target,
        book=wanted,
        letter=letter_said(season, said, day_of(by, "--by")),
        template=notice or (season.settings[NOTICE] if season else None),
        today=_today(today),
        explain=explain,
        issued=season.settings[ISSUED] if season else None,
    )
    raise typer.Exit(perform(run))


def _today(text: str | None) -> date:
    return day_of(text, "--today") or date.today()  # noqa: DTZ011 - the day on the wall


def _check_places(request: "Request", target: Path, book: Path | None) -> None:
    """退回的不能与收来的放在一起：下一次会当成报送。"""
    check_inbox(request.folder, request.last_year)
    if target.exists() and not target.is_dir():
        raise Failure(f"“{target}”是文件，不是文件夹。", "换一个名字。")
    if target.resolve().is_relative_to(request.folder.resolve()):
        raise Failure(f"“{target}”在收来的文件里，下一次会当成报送。", "用 -o 写到另一个文件夹。")
    if book is not None and not book.is_file():
        raise Failure(f"“{book}”不存在。", "核对汇总的路径。")
