"""xltool read：读出的每个填报值。"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltool.cli.console import console_of
from xltool.cli.exits import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.entry import Submission

_HEADINGS = ("单元格", "项", "值", "原文")


def read(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="填好的 .xlsx")],
) -> None:
    """读出每个填报值：在哪一格、是哪一项、读成什么、原文是什么。

    只读不评。没有内容的格不列；读的时候发现的问题列在后面。
    """
    from xltool.cli.documents import read_document
    from xltool.cli.submissions import counted, read_file, tally
    from xltool.cli.text import safe
    from xltool.finding import Severity

    console = console_of(context)
    reading = read_file(file)
    if reading.submission is not None:
        console.lines(_table(reading.submission))
    console.findings(reading.findings)
    console.document(read_document(reading, _name(file)))
    counts = counted(reading.findings)
    found = f"读出 {len(reading.submission.entries)} 项" if reading.submission else "不能读"
    console.note(f"{safe(_name(file))}：{found}；{tally(counts)}。")
    wrong = reading.submission is None or counts[Severity.ERROR]
    raise typer.Exit(ExitCode.FOUND if wrong else ExitCode.OK)


def _name(file: Path) -> str:
    from xltool.values.file_names import safe_name

    return safe_name(file.name)


def _table(submission: "Submission") -> "Iterator[str]":
    from xltool.cli.documents import entry_place, value_text
    from xltool.cli.text import table

    rows = [_HEADINGS]
    for key, entry in submission.entries.items():
        sheet, cell = entry_place(submission, key)
        value = value_text(entry.value)
        rows.append(
            (f"{sheet}!{cell}", str(key), "（读不出）" if value is None else value, entry.raw)
        )
    yield from table(rows)
