"""测试用：LibreOffice 里同一种表的各份，只装一次文件，以后换掉不同的格、重算、存成文字。

装一份要编译全部公式，比换几格、算一遍慢十几倍。公式不同的（行数多了，各处跟着挪）另装一份。
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from office_macro import run_macro
from parity_cells import book_of
from parity_engines import CSV, DAY_ZERO, changed, read_tables

from xltool.address import At
from xltool.excel.write import render_book
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from parity_cells import Book, Found
    from parity_engines import Plan

    from xltool.sheets.plan import Content, WorkbookPlan

_HEIGHT: Final = 15.0
_LINE: Final = "\x1f"  # 文字里的换行，一步要写在一行
# 逐行照 步骤.txt 做：open 文件、表 行 列 种类 内容、save 文件
_MACRO: Final = """Sub Main
On Error GoTo failed
Dim hidden(0) As New com.sun.star.beans.PropertyValue
Dim out(1) As New com.sun.star.beans.PropertyValue
hidden(0).Name = "Hidden" : hidden(0).Value = True
out(0).Name = "FilterName" : out(0).Value = "{filter}"
out(1).Name = "FilterOptions" : out(1).Value = "{options}"
steps = createUnoService("com.sun.star.io.TextInputStream")
files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
steps.setInputStream(files.openFileRead("{steps}"))
steps.setEncoding("UTF-8")
Do While Not steps.isEOF()
  p = Split(steps.readLine(), Chr(9))
  Select Case p(0)
  Case "open"
    If Not IsEmpty(doc) Then doc.close(True)
    doc = StarDesktop.loadComponentFromURL(p(1), "_blank", 0, hidden())
    doc.enableAutomaticCalculation(False)
    doc.lockControllers()
    doc.getUndoManager().lock()
  Case "save"
    doc.calculate()
    doc.storeToURL(p(1), out())
  Case Else
    cell = doc.Sheets.getByIndex(CInt(p(0))).getCellByPosition(CInt(p(2)), CInt(p(1)))
    If p(3) = "text" Then
      cell.String = Join(Split(p(4), Chr({line})), Chr(10))
    Else
      cell.Value = Val(p(4))
    End If
  End Select
Loop
StarDesktop.terminate()
Exit Sub
failed:
n = FreeFile()
Open ConvertFromURL("{steps}") For Output As #n
Print #n, "!" & Erl & " " & Error$
Close #n
StarDesktop.terminate()
End Sub
"""


def office_changing(plans: Mapping[str, Plan], folder: Path) -> dict[str, Found]:
    """LibreOffice 算完全部工作簿，公式相同的只装一份。"""
    books = {name: book_of(plan) for name, plan in plans.items()}
    source, target = folder / "in", folder / "out"
    source.mkdir()
    target.mkdir()
    numbers = {name: f"{number:04d}" for number, name in enumerate(plans)}
    steps = folder / "步骤.txt"
    steps.write_text("\n".join(_steps(books, numbers, source, target)), "utf-8")
    chosen, _, options = CSV.removeprefix("csv:").partition(":")
    macro = _MACRO.format(filter=chosen, options=options, steps=steps.as_uri(), line=ord(_LINE))
    run_macro(macro, folder / "profile", seconds=60 + 10 * len(books))
    wrong = steps.read_text("utf-8")
    assert not wrong.startswith("!"), wrong
    found = {}
    for name, book in books.items():
        tables = read_tables(target, numbers[name])
        assert {*book.sheets} <= tables.keys(), name
        places = ((spot, tables[spot.sheet], At.parse(spot.at)) for spot in book.wanted)
        found[name] = {spot: cells.get(at) for spot, cells, at in places}
    return found


def _steady(plan: WorkbookPlan) -> WorkbookPlan:
    """各行定了高的：没有定的，换一格字就要量一遍整行的字。"""
    sheets = (
        replace(one, heights={cell.row: _HEIGHT for cell in one.every_cell()} | {**one.heights})
        for one in plan.sheets
    )
    return replace(plan, sheets=tuple(sheets))


def _steps(
    books: Mapping[str, Book], numbers: Mapping[str, str], source: Path, target: Path
) -> Iterator[str]:
    alike: dict[frozenset[tuple[object, Content]], list[str]] = {}
    for name, book in books.items():
        formulas = frozenset(one for one in book.contents.items() if isinstance(one[1], Formula))
        alike.setdefault(formulas, []).append(name)
    for names in alike.values():
        first = books[names[0]]
        file = source / f"{numbers[names[0]]}.xlsx"
        file.write_bytes(render_book(_steady(first.plan()), with_results=False))
        yield f"open\t{file.as_uri()}"
        before = first.contents
        order = {name: n for n, name in enumerate(first.sheets)}
        for name in names:
            for (sheet, row, column), content in changed(before, books[name].contents):
                yield f"{order[sheet]}\t{row - 1}\t{column - 1}\t{_written(content)}"
            before = books[name].contents
            yield f"save\t{(target / f'{numbers[name]}.csv').as_uri()}"


def _written(content: Content) -> str:
    if isinstance(content, date):
        content = Decimal((content - DAY_ZERO).days)
    if isinstance(content, Decimal | int):
        return f"value\t{content}"
    assert content is None or isinstance(content, str), content
    text = content or ""
    assert "\t" not in text
    assert _LINE not in text
    return f"text\t{text.replace(chr(10), _LINE)}"
