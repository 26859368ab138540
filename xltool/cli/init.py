"""xltool init：一季的工作文件夹。"""

import os
from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltool.cli.console import Console, console_of
from xltool.cli.exits import ExitCode, Failure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xltool.collection.roster import RosterEntry
    from xltool.season.folder import Season


def init(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="文件夹", help="建在哪里，没有就新建；当前文件夹写 .")
    ],
    roster: Annotated[
        Path | None,
        typer.Option("--roster", metavar="名单.xlsx", help="已有的名单，各单位照抄进新的名单"),
    ] = None,
    last_year: Annotated[
        Path | None,
        typer.Option(
            "--last-year",
            metavar="旧文件夹",
            help="上一年的工作文件夹：单位、联系方式照抄，它的汇总作为上年汇总",
        ),
    ] = None,
) -> None:
    """一季的工作文件夹：名单.xlsx、退回通知模板.docx，和 下发、报送、退回 三个文件夹。

    在这个文件夹里执行 template、collect，名单、期限、位置都取自 名单.xlsx，不用再写；
    命令上另写的以命令为准。已有的一概不动，可以再执行一次，补上缺的文件夹。
    """
    from xltool.cli.documents import SCHEMA
    from xltool.cli.text import safe
    from xltool.season.names import ROSTER_FILE
    from xltool.season.register import PLACES
    from xltool.season.steps_sheet import SHEET

    console = console_of(context)
    season, fresh = _season(console, folder, roster, last_year)
    places = [season.settings[one] for one in PLACES]
    written = [str(season.roster)] if fresh else []
    template = _notice(folder, fresh=fresh, written=written)
    written += [str(place) for place in places if not place.exists()]
    everything = map(str, (season.roster, *template, *places))
    kept = [place for place in everything if place not in written]
    for place in places:
        place.mkdir(parents=True, exist_ok=True)
    console.lines(f"√ {safe(name)}" for name in written)
    console.lines(f"· {safe(name)}：已有，没有动" for name in kept)
    if not fresh and (roster or last_year):
        console.note(f"{ROSTER_FILE} 已有，没有动：给的旧名单没有用。")
    console.document({"schema": SCHEMA, "written": written, "kept": kept})
    console.note(f"下一步：打开 {safe(str(season.roster))}，照第一张表“{SHEET}”做。")
    raise typer.Exit(ExitCode.OK)


def _notice(folder: Path, *, fresh: bool, written: list[str]) -> list[Path]:
    """新的一季放一份可以改的通知模板；返回现有的。"""
    from xltool.excel.atomic import atomic_save
    from xltool.papers.notice_template import notice_template
    from xltool.season.names import NOTICE_FILE

    template = folder / NOTICE_FILE
    if fresh and not template.exists():
        atomic_save(template, methodcaller("write", notice_template()))
        written.append(str(template))
    return [template] if template.exists() else []


def _season(
    console: Console, folder: Path, roster: Path | None, last_year: Path | None
) -> "tuple[Season, bool]":
    """这个文件夹里的一季，没有的写出；是不是新写的。"""
    from xltool.cli.season import season_in
    from xltool.excel.write import write_book
    from xltool.season.book import season_plan
    from xltool.season.names import ROSTER_FILE

    if folder.exists() and not folder.is_dir():
        raise Failure(f"“{folder}”是文件，不是文件夹。", "换一个名字。")
    target = folder / ROSTER_FILE
    season = season_in(console, folder)
    if season is not None:
        return season, False
    if target.exists():
        raise Failure(
            f"“{target}”已有，里面没有“设置”一张表，没有动它。",
            f"给它改个名字，再执行 xltool init {folder} --roster 改了名的.xlsx，各单位照抄过来。",
        )
    plan = season_plan(*_carried(console, folder, roster, last_year))
    folder.mkdir(parents=True, exist_ok=True)
    write_book(plan, target)
    season = season_in(console, folder)
    if season is None:
        raise Failure(f"“{target}”写好以后又被移走了。", "再执行一次。")
    return season, True


def _carried(
    console: Console, folder: Path, roster: Path | None, last_year: Path | None
) -> "tuple[Sequence[RosterEntry], Mapping[str, str]]":
    """从旧名单、上一年抄过来的单位和设置；上一年批准的缓报只管上一年，不抄。"""
    from dataclasses import replace

    from xltool.cli.season import season_in
    from xltool.collection.roster import read_roster
    from xltool.finding import Finding
    from xltool.season.register import BOOK, CARRIED, LAST_YEAR

    known: dict[str, str] = {}
    given = roster
    if last_year is not None:
        before = season_in(console, last_year)
        if before is None:
            raise Failure(
                f"“{last_year}”不是 xltool init 建的工作文件夹。",
                "只有一份名单的，用 --roster 给出；上年的汇总写在“设置”里。",
            )
        roster = roster or before.roster
        known = {one.key: before.settings.written(one) for one in CARRIED}
        book = before.settings[BOOK]
        if book.is_file():
            known[LAST_YEAR.key] = _relative(book, folder)
    if roster is None:
        return (), known
    read = read_roster(roster)
    if isinstance(read, Finding):
        raise Failure(read.message, read.remedy)
    console.findings(read.findings)
    if read.faults:  # 照抄的，读不成的格、认作重复的行就丢了，新名单上看不出
        again = "照上面的改好，存盘，再执行一次。"
        if not given:
            again = "上年的不要动：另存一份，照上面的改好，用 --roster 给出，--last-year 照写。"
        raise Failure(f"“{roster}”有 {len(read.faults)} 处要先改好，什么也没有写。", again)
    entries = read.entries if given else [replace(one, until=None) for one in read.entries]
    return entries, known


def _relative(path: Path, folder: Path) -> str:
    """从工作文件夹算起怎么写；不在一个盘上的写完整的路径。"""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return str(path.resolve())
