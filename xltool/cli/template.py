"""xltool template：空白的评分表，或按名单每单位一份。"""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from xltool.cli.console import Console, console_of
from xltool.cli.exits import ExitCode, Failure, refuse_several
from xltool.cli.local import scheme_names
from xltool.cli.options import StartingFrom

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xltool.cli.prefilled import Batch, Blank
    from xltool.migrating.starts import Starts
    from xltool.season.letter import Letter


def template(
    context: typer.Context,
    scheme_ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="方案…", help="方案的标识；不给就是全部", autocompletion=scheme_names
        ),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="文件夹",
            help="写到哪个文件夹，没有就新建；不给就是当前文件夹",
        ),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            "--roster", metavar="名单.xlsx", help="每单位一份，填好名称和编码；用哪种表看“表种”栏"
        ),
    ] = None,
    last_year: StartingFrom = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件")] = False,
) -> None:
    """生成空白的评分表；给名单则每单位一份，预填单位名称、预算编码、联系人和年度。

    名单有“表种”一栏的，照它给各单位生成；没有的要写明用哪一个方案。
    应报几种表、几个项目的，每一份各一个文件，填好项目名称。
    给了上年度的，再照上年的指标、资金名称、没有改完的问题起头，上年的数填进“上年”的格，
    要核对的写在各份的“移表清单”里；只有这些的还不算填报。
    已有的文件不覆盖，除非加 --force。名单里零报送、免报的单位不生成。
    在 xltool init 建的工作文件夹里，不给的都照 名单.xlsx；下发过的留着，只补没有的。
    """
    from xltool.cli.documents import SCHEMA
    from xltool.cli.text import safe

    console = console_of(context)
    wanted = _wanted(console, _Wanted(folder, tuple(scheme_ids or ()), roster, last_year))
    folder = wanted.folder or Path()
    batch = _batch(wanted)
    blanks = _to_write(wanted, batch.blanks, force)
    folder.mkdir(parents=True, exist_ok=True)
    written = _write(console, blanks, folder, wanted.letter)
    renamed = written != [folder / blank.file for blank in blanks]
    console.document({"schema": SCHEMA, "files": [str(path) for path in written]})
    _say_left_out(console, batch, len(batch.blanks) - len(blanks), renamed=renamed)
    console.note(f"已写入 {len(written)} 份到 {safe(str(folder))}")
    raise typer.Exit(ExitCode.RENAMED if renamed else ExitCode.OK)


_MOST_NAMED: Final = 20  # 一句话里最多说几份


def _say_left_out(console: Console, batch: "Batch", kept: int, *, renamed: bool) -> None:
    """名单怎样读的，名单上没有生成的，说明为什么。"""
    from xltool.cli.text import safe
    from xltool.values.excerpt import several

    console.findings(batch.notes)
    if renamed:
        console.note("有的文件正被其他程序打开，没有覆盖，写在了另一个名字下。")
    if kept:
        console.note(f"已有的 {kept} 份没有动；要重新生成的，加 --force。")
    if batch.left_out:
        names = safe(several(batch.left_out, most=_MOST_NAMED))
        console.note(
            f"名单上应报的还有 {len(batch.left_out)} 份，表种不是所给的方案，没有生成：{names}。"
        )
    if batch.started is not None:
        total = len(batch.blanks)
        console.note(f"照上年起头 {batch.started} 份；没有上年的 {total - batch.started} 份。")
    for what, listed in (("零报送", batch.zero), ("免报", batch.exempt)):
        if listed:
            names = safe("、".join(listed))
            console.note(f"名单上有 {len(listed)} 个单位{what}，不用填表，没有生成：{names}。")


class _Wanted(NamedTuple):
    """写到哪里、用哪些方案、照哪份名单、照哪里的上年起头；没有说的空着。

    `letter` 是印在表上的怎样报送；`adding` 是已有的留着，只补没有的。
    """

    folder: Path | None
    schemes: tuple[str, ...]
    roster: Path | None
    last_year: Path | None = None
    letter: "Letter | None" = None
    adding: bool = False


def _wanted(console: Console, given: _Wanted) -> _Wanted:
    """命令上没有写的，照这一季的设置。"""
    from xltool.cli.season import season_in
    from xltool.season.letter import issue_letter
    from xltool.season.register import ISSUED, LAST_YEAR, SCHEMES

    season = season_in(console)
    if season is None:
        return given
    schemes = given.schemes or season.settings[SCHEMES]
    roster = given.roster or season.roster
    issued = season.settings[ISSUED]
    return _Wanted(
        given.folder or issued,
        schemes,
        roster,
        given.last_year or season.settings[LAST_YEAR],
        issue_letter(season.settings),
        adding=given.folder is None,
    )


def _batch(wanted: _Wanted) -> "Batch":
    """要生成的全部；没有说哪些方案就是全部方案。"""
    from xltool.cli.prefilled import Batch, blank_form, prefilled_forms
    from xltool.scoring.catalogue import offered_schemes, ready_scheme

    ids, roster = wanted.schemes, wanted.roster
    schemes = tuple(ready_scheme(name)[0] for name in ids) if ids else offered_schemes()
    if roster is None:
        if wanted.last_year is not None:
            raise Failure(
                "照上年起头要有名单。", "用 --roster 给出名单；一份旧表用 xltool migrate。"
            )
        return Batch(tuple(map(blank_form, schemes)), left_out=())
    return prefilled_forms(schemes, roster, _starts(wanted.last_year))


def _starts(last_year: Path | None) -> "Starts | None":
    """上年填的；没有给的为空。"""
    if last_year is None:
        return None
    from xltool.cli.submissions import reading_limits
    from xltool.migrating.starts import read_starts

    if not last_year.exists():
        raise Failure(f"“{last_year}”不存在。", "核对上年度的文件夹或汇总的路径。")
    return read_starts(last_year, reading_limits())


def _to_write(wanted: _Wanted, blanks: "Sequence[Blank]", force: bool) -> "Sequence[Blank]":
    """要写的各份；下发文件夹里的，只补没有的。"""
    folder = wanted.folder or Path()
    refuse_several(
        [folder / blank.file for blank in blanks],
        "两个方案的评分表",
        "写明用哪一个方案，或换一个版本或表种。",
        "换一个文件夹",
        force=force,
        adding=wanted.adding,
    )
    return list(_not_issued(blanks, folder)) if wanted.adding and not force else blanks


def _not_issued(blanks: "Sequence[Blank]", folder: Path) -> "Iterator[Blank]":
    """还没有下发的；开头的序号不算：名单里插一行，后面的序号都变了，单位还是那些。"""
    from xltool.cli.issued_blanks import unnumbered

    issued = Counter(unnumbered(path.name) for path in folder.glob("*.xlsx"))
    for blank in blanks:
        name = unnumbered(blank.file)
        if issued[name]:
            issued[name] -= 1
        else:
            yield blank


def _write(
    console: Console, blanks: "Sequence[Blank]", folder: Path, letter: "Letter | None"
) -> list[Path]:
    """逐份写出，列出真正保存在哪里；中途停下的，写成了的也列出。"""
    from xltool.cli.progress import progress_shown
    from xltool.cli.text import safe

    written: list[Path] = []
    try:
        with progress_shown(console) as show:
            for number, blank in enumerate(blanks, 1):
                sending = letter.deferred(blank.until).sending if letter else ""
                written.append(_written(blank, folder / blank.file, sending))
                show("写空白表", number, len(blanks))
    finally:  # 进度擦去了才印，免得混在一起
        console.lines(f"√ {safe(str(path))}" for path in written)
    return written


def _written(blank: "Blank", target: Path, sending: str) -> Path:
    """写一份；照上年起了头的，连同移表清单。"""
    from xltool.excel.blank_forms import write_blank

    if blank.start is None:
        return write_blank(blank.scheme, blank.contents, target, sending)
    from xltool.excel.write import write_book
    from xltool.form.sending import with_sending
    from xltool.migrating.book import migrated_plan

    return write_book(with_sending(migrated_plan(blank.start), sending), target)
