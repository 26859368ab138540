"""一季的工作文件夹：当前文件夹（或给的文件夹）里的名单和设置，供各个命令取默认。"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xltool.cli.exits import Failure
from xltool.cli.text import safe
from xltool.finding import Finding, Severity
from xltool.season.folder import find_season
from xltool.season.letter import Letter, letter_of
from xltool.season.names import ROSTER_FILE
from xltool.season.register import BOOK, INBOX, SCHEME_FILES
from xltool.season.settings import SHEET

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xltool.cli.console import Console
    from xltool.season.folder import Season

HERE: Final = Path()


def season_in(console: Console, folder: Path = HERE) -> Season | None:
    """这个文件夹里的一季；没有的为空。设置里的警告印出来，有错误的不执行。

    Raises:
        Failure: 名单读不了，或设置有错误。
    """
    season = find_season(folder)
    if isinstance(season, Finding):
        name = safe(str(folder / ROSTER_FILE))
        raise Failure(f"“{name}”读不了：{season.message}。", season.remedy)
    if season is None:
        return None
    console.findings(season.findings)
    wrong = [one for one in season.findings if one.severity is Severity.ERROR]
    if wrong:
        first = f"，如 {wrong[0].where} {wrong[0].message}" if console.silent else ""
        raise Failure(
            f"“{ROSTER_FILE}”的“{SHEET}”有 {len(wrong)} 处要改，没有执行{first}。",
            "逐处改好、存盘，再执行一次。",
        )
    return season


def season_schemes(console: Console) -> tuple[Path, ...]:
    """当前文件夹的一季，设置里写的自己定的方案；没有写的为空。

    Raises:
        Failure: 写了而找不到。
    """
    season = find_season(HERE)
    if isinstance(season, Finding | None):  # 读不了的，用得着它的命令自会说
        return ()
    places = season.settings[SCHEME_FILES]
    if places is None and SCHEME_FILES.key in season.settings.places:
        season_in(console)
    return () if places is None else (places,)


def season_letter(console: Console) -> Letter:
    """当前文件夹的一季，谁退回、什么时候以前改好、找谁；不在工作文件夹里的什么也不知道。

    Raises:
        Failure: 名单读不了，或设置有错误。
    """
    season = season_in(console)
    return letter_of(season.settings) if season else Letter()


def saved_book_of(console: Console, season: Season | None) -> Path:
    """没有说哪一份汇总的：照这一季的设置。

    Raises:
        Failure: 不在工作文件夹里，还没有汇总，或汇总开着时另写了一份，还没有合成一份。
    """
    from xltool.excel.earlier import spare_books

    if season is None:
        raise Failure(
            f"没有给文件，当前文件夹里也没有 xltool init 写的 {ROSTER_FILE}。",
            "写明是哪个文件，如 汇总.xlsx。",
        )
    book = season.settings[BOOK]
    if not book.is_file():
        raise Failure(f"还没有“{safe(str(book))}”。", "先执行 xltool collect，汇总好了再来。")
    if spares := spare_books(book):  # 意见可能在这一份，最近收的在那一份
        names = "、".join(f"“{safe(one.name)}”" for one in spares)
        raise Failure(
            f"“{safe(book.name)}”旁边还有{names}：汇总开着时收的写在那里，还没有合成一份。",
            "关上汇总，再执行一次 xltool collect；或写明用哪一份。",
        )
    console.note(f"照 {ROSTER_FILE} 的设置，用“{safe(str(book))}”。")
    return book


def letter_said(season: Season | None, said: Mapping[str, str | None], by: date | None) -> Letter:
    """谁发、什么时候以前、找谁：命令上没有写的，照这一季的设置。"""
    letter = letter_of(season.settings) if season else Letter()
    written = {key: text for key, text in said.items() if text}
    return replace(letter, **written, by=by or letter.by)


def inbox_of(console: Console, folder: Path | None, command: str) -> tuple[Season | None, Path]:
    """汇总哪个文件夹，照哪一季的设置；`command` 是正在执行的命令。

    只用当前文件夹的设置；收来的文件夹里放着什么名单都不照它做，那是别人发来的。

    Raises:
        Failure: 没有给文件夹，当前文件夹也不是工作文件夹；给的是工作文件夹；或设置有错误。
    """
    if folder is not None and _is_season(folder):
        raise Failure(
            f"“{folder}”是一季的工作文件夹，不是放报送文件的。",
            f"到那个文件夹里执行 xltool {command}，不写文件夹；"
            "不用它的设置的，给里面放报送的文件夹。",
        )
    if folder is not None and folder.resolve() == HERE.resolve():
        return None, folder
    season = season_in(console)
    if season is None:
        if folder is not None:
            return None, folder
        raise Failure(
            f"没有说汇总哪个文件夹，当前文件夹里也没有 xltool init 写的 {ROSTER_FILE}。",
            f"到有它的文件夹里执行，或写明放报送文件的文件夹，如 xltool {command} 报送。",
        )
    inbox = folder or season.settings[INBOX]
    console.note(f"照 {ROSTER_FILE} 的设置，汇总“{safe(str(inbox))}”。")
    return season, inbox


def _is_season(folder: Path) -> bool:
    """是不是工作文件夹：有带设置的名单，也有它说的放报送的文件夹。"""
    found = find_season(folder)
    return not isinstance(found, Finding | None) and found.settings[INBOX].is_dir()


def book_of(console: Console, season: Season | None, inbox: Path, command: str) -> Path:
    """没有说写到哪里的汇总：照设置，否则在当前文件夹；无论如何不写进收来的文件里。

    Raises:
        Failure: 要写到的是另一季的工作文件夹，却没有用它的名单。
    """
    if season is not None:
        return season.settings[BOOK]
    book = Path(BOOK.default)
    if not book.resolve().is_relative_to(inbox.resolve()):
        return book
    home = inbox.resolve().parent
    if _is_season(home):
        raise Failure(
            f"“{safe(str(home))}”是一季的工作文件夹，它的名单和设置要在那里执行才用得上。",
            f"到那个文件夹里执行 xltool {command}；另有用处的，用 -o 写明写到哪里。",
        )
    console.note("当前文件夹就是收来的文件，汇总写到它的上一级。")
    return home / book
