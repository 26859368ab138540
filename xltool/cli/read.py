"""xltool read：读出的每个填报值。"""

from pathlib import Path
from typing import Annotated

import typer

from xltool.cli.console import console_of
from xltool.cli.exits import ExitCode

_HEADINGS = ("单元格", "项", "值", "原文")


def read(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="填好的 .xlsx")],
) -> None:
    """读出每个填报值：在哪一格、是哪一项、读成什么、原文是什么。

    只读不评。没有内容的格不列；读的时候发现的问题列在后面。
    """
    from xltool.cli.documents import entry_place, read_document, value_text
    from xltool.cli.submissions import read_file
    from xltool.cli.text import safe, table
    from xltool.finding import tally
    from xltool.values.file_names import safe_name

    console = console_of(context)
    reading, name = read_file(file), safe_name(file.name)
    if reading.submission is not None:
        rows = [_HEADINGS]
        for key, entry in reading.submission.entries.items():
            sheet, cell = entry_place(reading.submission, key)
            value = value_text(entry.value)
            shown = "（读不出）" if value is None else value
            rows.append((f"{sheet}!{cell}", str(key), shown, entry.raw))
        console.lines(table(rows))
    console.findings(reading.findings)
    console.document(read_document(reading, name))
    counts = tally(reading.findings)
    found = f"读出 {len(reading.submission.entries)} 项" if reading.submission else "不能读"
    console.note(f"{safe(name)}：{found}；{counts.words}。")
    wrong = reading.submission is None or counts.error
    raise typer.Exit(ExitCode.FOUND if wrong else ExitCode.OK)
