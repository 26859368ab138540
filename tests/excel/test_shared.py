"""往下填的公式合写一遍：哪些合、文件里怎样写、读回来各是自己的，混进别的就不交出。"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from xltool.address import At
from xltool.excel.check import check_output
from xltool.excel.errors import OutputNotAsPlannedError
from xltool.excel.write import render_book, stream_book, write_book
from xltool.finding import Finding
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.intake.submission import understand_book
from xltool.messages import form as say
from xltool.scoring.catalogue import ready_scheme
from xltool.sheets.plan import Cell, Formula, Role, SheetPlan, WorkbookPlan
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.xlsx.grid import Book

PART = "xl/worksheets/sheet1.xml"
LONG = f'IF(A{{}}="{"长" * 90}",$A$1+A{{}},_表_1行1列)'


def changed(data: bytes, name: str, old: str, new: str) -> BytesIO:
    """把一个部件里的第一处换掉。"""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(buffer, "w") as target:
        for part in source.namelist():
            text = source.read(part).decode()
            assert part != name or old in text
            target.writestr(part, text.replace(old, new, 1) if part == name else text)
    return buffer


def plan_of(text: str, rows: int = 30, start: int = 2) -> WorkbookPlan:
    cells = tuple(
        Cell(At(row, 2), Formula(text.format(row, row), row), Role.AUTO)
        for row in range(start, start + rows)
    )
    return WorkbookPlan(sheets=(SheetPlan(name="表", cells=cells),))


def sheet_of(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(PART).decode()


def test_a_long_run_is_written_once() -> None:
    text = sheet_of(render_book(plan_of(LONG)))
    assert text.count("长长") == 45
    assert text.count('<f t="shared" ref="B2:B31" si="0">') == 1
    assert text.count('<f t="shared" si="0"/>') == 29


@pytest.mark.parametrize(
    "text",
    [
        LONG.replace("$A$1", "'别的'!$A$1"),
        LONG.replace("$A$1", "SUM({{1,2}})"),
        LONG.replace("$A$1", "SUM((A1,$A$2))"),
        LONG.replace("$A$1", "SUM(A1:A9 A{}:B9)"),
        LONG.replace("$A$1", "SUM(A1:INDEX(A1,2))"),
        LONG.replace("$A$1+A{}", "$A$1+A3"),  # 不是往下填的
        "A{}",  # 太短
    ],
)
def test_what_excel_would_not_share_is_written_in_full(text: str) -> None:
    assert "shared" not in sheet_of(render_book(plan_of(text.replace("A{}:B9", "A1:B9"))))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("$A$1+A2", "$A$1+A3"),
        ('ref="B2:B31"', 'ref="B2:B30"'),
        ('<f t="shared" si="0"/>', '<f t="shared" si="1"/>'),
        ('<f t="shared" si="0"/>', '<f t="shared" ref="B3:B31" si="0">A1</f>'),
        ('<f t="shared" si="0"/>', "<f>A1</f>"),
        ('<f t="shared" si="0"/>', '<f t="shared" ca="1" si="0"/>'),
    ],
)
def test_a_shared_formula_out_of_plan_is_refused(old: str, new: str) -> None:
    buffer = BytesIO()
    facts = stream_book(plan_of(LONG), buffer)
    check_output(buffer, facts)
    with pytest.raises(OutputNotAsPlannedError):
        check_output(changed(buffer.getvalue(), PART, old, new), facts)


@pytest.fixture(scope="module")
def special(tmp_path_factory: pytest.TempPathFactory) -> Path:
    scheme, _ = ready_scheme("jiangmen-2025-special")
    return write_book(form_plan(make_form(scheme, {})), tmp_path_factory.mktemp("表") / "空白.xlsx")


def opened(path: Path) -> Book:
    book = read_book(path)
    assert not isinstance(book, Finding)
    return book


def test_every_cell_of_a_form_reads_as_its_own_formula(special: Path) -> None:
    grids = {grid.name: grid.cells for grid in opened(special).grids}
    other = load_workbook(special)
    shared = 0
    for sheet in form_plan(make_form(ready_scheme("jiangmen-2025-special")[0], {})).sheets:
        for cell in sheet.every_cell():
            if isinstance(cell.content, Formula):
                found = grids[sheet.name][cell.at]
                assert found.own_formula == cell.content.text
                assert other[sheet.name][cell.at.a1].value == f"={cell.content.text}"
                shared += found.formula != found.own_formula
    assert shared > 900


@pytest.mark.parametrize(
    "written", ["<v>8</v>", "<f>E9</f><v>8</v>", '<f t="shared" ref="G9" si="77">H9</f><v>8</v>']
)
def test_one_changed_cell_of_a_run_is_found(special: Path, tmp_path: Path, written: str) -> None:
    """改了其中一格、又由 Excel 存过的，只说这一格。"""
    schemes = ready_scheme("jiangmen-2025-special")[:1]
    number = [grid.name for grid in opened(special).grids].index("专项资金") + 1
    part = f"xl/worksheets/sheet{number}.xml"
    with ZipFile(special) as archive:
        text = archive.read(part).decode()
    found = re.search(r'<c r="G9"[^>]*>(<f t="shared" si="\d+"/>.*?)</c>', text)
    assert found is not None
    own = found[0].replace(' t="str"', "").replace(found[1], written)
    edited = tmp_path / "改了.xlsx"
    edited.write_bytes(changed(special.read_bytes(), part, found[0], own).getvalue())
    lost = [
        [one.at.a1 for one in understand_book(opened(path), schemes).each
         if one.code == say.LOST_FORMULA.code and one.at and one.sheet == "专项资金"]
        for path in (special, edited)
    ]  # fmt: skip
    assert lost == [[], ["G9"]]
