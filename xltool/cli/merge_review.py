"""xltool merge-review：几个人在同一份汇总的副本里写的复核意见，合到一份里。"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltool.cli.console import console_of
from xltool.cli.exits import ExitCode, Failure
from xltool.cli.text import safe

if TYPE_CHECKING:
    from xltool.cli.console import Console
    from xltool.collection.merging import Conflict, Merged
    from xltool.collection.saved_rows import SavedRow

_FEWEST = 2


def merge_review(
    context: typer.Context,
    books: Annotated[
        list[Path],
        typer.Argument(metavar="汇总.xlsx…", help="同一份汇总的几个副本，各人写过、存过的"),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="合并.xlsx", help="合到哪个新文件")
    ],
) -> None:
    """把几个副本里的复核意见合到一份里；同一条写的不同的，逐条列出，照头一份。

    合好的是头一个存过的副本，填上了别人写的，别的副本不改。别的副本里的批注、自己添的栏、空着的格里
    另写的字不合，逐处列出。有写的不同的、认不出的、另写的没有合的，退出码是 1。
    """
    from xltool.excel.merged_book import MergeError, merge_books

    if len(books) < _FEWEST:
        raise Failure("至少要给两个副本。", "如 xltool merge-review 甲.xlsx 乙.xlsx -o 合并.xlsx。")
    if output.exists():
        raise Failure(f"“{output}”已有，没有覆盖。", "换一个文件名，或先移走那个文件。")
    try:
        result = merge_books(books, output)
    except MergeError as error:
        raise Failure(error.message, error.remedy) from error
    console = console_of(context)
    _show(console, result)
    console.note(
        f"填上别的副本里的 {len(result.filled)} 条；写的不同的 {len(result.conflicts)} 条，"
        f"认不出的 {len(result.strangers)} 条。"
    )
    if result.notes:
        count = len(result.notes)
        console.note(f"另写的 {count} 处没有合，还在各自的副本里；要的请抄到合好的一份。")
    console.note(f"已写入 {safe(str(output))}")
    wrong = result.conflicts or result.strangers or result.notes
    raise typer.Exit(ExitCode.FOUND if wrong else ExitCode.OK)


def _show(console: "Console", result: "Merged") -> None:
    from xltool.finding import bounded

    for one in result.conflicts:
        console.line(_conflict(one))
    for name, row in result.strangers:
        console.line(f"认不出 {safe(name)}  {_which(row)}：{_said(row)}")
    for name, note in result.notes:
        where = " ".join(filter(None, (note.sheet, note.unit, note.item, note.heading)))
        console.line(f"没有合 {safe(name)}  {safe(where)}：{safe(bounded(note.text))}")


def _conflict(one: "Conflict") -> str:
    kept, other = _said(one.kept), _said(one.other)
    return (
        f"不同 {_which(one.kept)}：{safe(one.owner)} 写的是 {kept}；"
        f"{safe(one.rival)} 写的是 {other}。照前一份"
    )


def _which(row: "SavedRow") -> str:
    return safe(" ".join(filter(None, (row.name, row.code, row.where or row.message))))


def _said(row: "SavedRow") -> str:
    from xltool.collection.reviewed import opinion_words

    return safe(opinion_words(row.kind, row.opinion))
