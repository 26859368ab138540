"""记录表没有用到的行不留墨：框线、底色、序号由条件格式去掉；用到哪一行，画到哪一行。"""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from form_contents import few_blank_bytes
from parity_engines import needs_office
from printed import printed

from xltool.address import Area, At
from xltool.assessment.noted import Noted
from xltool.excel.probe import style_table
from xltool.excel.write import render_book
from xltool.finding import Finding, Severity
from xltool.form.book import form_plan
from xltool.form.common import ASIDE, FIRST_SHOWN, printed_span
from xltool.form.form import make_form
from xltool.layout.block import END
from xltool.marking.annotate import Job, annotated
from xltool.scheme.key import CellKey
from xltool.scheme.model import SheetKind
from xltool.scoring.catalogue import ready_schemes
from xltool.sheets.plan import Role
from xltool.xlsx.shared_formulas import Shift, translated

if TYPE_CHECKING:
    from xltool.facts.typed import Typed
    from xltool.form.form import Form
    from xltool.layout.block import Block
    from xltool.sheets.plan import Highlight, SheetPlan

BLANK = frozenset({Role.UNUSED, Role.UNUSED_LEFT, Role.UNUSED_RIGHT})
TABLES = [
    (scheme.id, sheet.key)
    for scheme in ready_schemes()
    for sheet in scheme.sheets
    if sheet.kind is SheetKind.RECORDS
]
SAMPLES = Path(__file__).parents[2] / "sample_inputs"
RANGE = re.compile(r"\$[A-Z]+\$?\d+:\$[A-Z]+\$?\d+")


@cache
def planned(scheme_id: str) -> tuple[Form, dict[str, SheetPlan]]:
    """填了第一、三行的一份；只有一份附注的一栏也算填了。"""
    scheme = next(one for one in ready_schemes() if one.id == scheme_id)
    contents: dict[CellKey, Typed] = {}
    for sheet in scheme.sheets:
        if sheet.kind is SheetKind.RECORDS:
            written = [one.key for one in sheet.fields if one.computation is None]
            contents[CellKey(sheet.key, "1", written[0])] = "甲"
            contents[CellKey(sheet.key, "3", written[-1])] = "乙"
    form = make_form(scheme, contents)
    return form, {sheet.name: sheet for sheet in form_plan(form).sheets}


def of(scheme_id: str, key: str) -> tuple[Block, SheetPlan, list[Highlight]]:
    form, plans = planned(scheme_id)
    block = form.layout.blocks[key]
    plan = plans[block.name]
    return block, plan, [one for one in plan.highlights if one.role in BLANK]


def holds(rule: Highlight, at: At, filled: set[At]) -> bool:
    """条件格式在一格上真不真；公式只数各区域里有没有字。"""
    text = translated(rule.formula, Shift(at.row - rule.area.first.row))
    assert text.startswith("COUNTA(")
    assert text.endswith(")=0")
    areas = [Area(*map(At.parse, one.replace("$", "").split(":"))) for one in RANGE.findall(text)]
    return not any(one in area for area in areas for one in filled)


@pytest.mark.parametrize(("scheme_id", "key"), TABLES)
def test_rows_below_the_last_record_are_bare(scheme_id: str, key: str) -> None:
    """第二行空着而第三行填了，是中间的一行，照画。"""
    block, plan, rules = of(scheme_id, key)
    filled = {c.at for c in plan.every_cell() if c.unlocked and c.content is not None}
    first, last = printed_span(block)
    for row in (*block.entry_rows[:5], block.entry_rows[-1]):
        at = block.at(row, "code")
        drawn = [
            one.area for one in rules if at.row >= one.area.first.row and holds(one, at, filled)
        ]
        for column in range(first, last + 1):
            bare = any(at._replace(col=column) in area for area in drawn)
            assert bare is (int(row) > 3), (row, column)


@pytest.mark.parametrize(("scheme_id", "key"), TABLES)
def test_any_cell_that_can_be_typed_uses_its_row(scheme_id: str, key: str) -> None:
    block, plan, rules = of(scheme_id, key)
    at = block.at("2", "code")
    typed = {c.at for c in plan.every_cell() if c.unlocked and c.at.row == at.row}
    assert typed
    end = block.rows[END]
    ending = [one for one in rules if one.area.last.row == end]
    assert bool(ending) is bool(block.edge)  # 印成一页的，“表格结束”一行也是空白
    assert all(block.at(END, "code") not in one.area for one in ending)  # 那四个字看得见
    for rule in [one for one in rules if one.area.first.row != end]:
        assert rule.area.first.row == at.row  # 一条也没有的，第一行留着
        assert rule.area.last.row == end - (rule not in ending)
        assert holds(rule, at, set())
        assert not any(holds(rule, at, {one}) for one in typed)
    spoken = [n for n, one in enumerate(plan.highlights) if one.role not in BLANK]
    mine = [n for n, one in enumerate(plan.highlights) if one in rules]
    assert mine
    own = {one for one in spoken if plan.highlights[one].area.first.row in block.rows.values()}
    assert min(mine) > max(own)  # 有话要说的格在前


def test_a_blank_row_is_low_and_shows_its_gridlines() -> None:
    block, plan, _ = of("jiangmen-2025-special", "funds")
    low, used = plan.heights[block.rows["4"]], plan.heights[block.rows["3"]]
    assert low < used
    assert plan.gridlines
    data = render_book(form_plan(planned("jiangmen-2025-special")[0]))
    number = list(planned("jiangmen-2025-special")[1]).index(block.name) + 1
    with ZipFile(BytesIO(data)) as archive:
        xml = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
    assert "showGridLines" not in xml  # 屏幕上有
    assert "gridLines=" not in xml  # 纸上没有


def dxf(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as archive:
        styles = archive.read("xl/styles.xml").decode()
    (found,) = (one for one in re.findall(r"<dxf>.*?</dxf>", styles) if 'formatCode=";;;"' in one)
    return found


def test_the_look_takes_frame_fill_and_number_away() -> None:
    """“没有”要写明，不写就是照格里的；数的写法的编号与样式里的一致。"""
    found = dxf(few_blank_bytes())
    assert '<patternFill patternType="none"/>' in found
    assert "<left/><right/><top/><bottom/>" in found
    number = re.search(r'numFmtId="(\d+)" formatCode=";;;"', found)
    assert number
    assert f'<numFmt numFmtId="{number[1]}" formatCode=";;;"/>' in style_table().head
    note = Finding("V101", Severity.ERROR, "应为 5，现为 9", "请改为 5。", "表.xlsx")
    marked = annotated(Job(few_blank_bytes(), (Noted(note, None),)))
    assert isinstance(marked, bytes)
    kept = dxf(marked).replace(" />", "/>")
    assert '<patternFill patternType="none"/>' in kept
    assert "<left/><right/><top/><bottom/>" in kept


@needs_office
@pytest.mark.nightly
@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="要 pdftoppm")
@pytest.mark.parametrize("scheme_id", ["jiangmen-2025-special", "jiangmen-2025-general"])
def test_nothing_is_printed_below_the_last_record(scheme_id: str, tmp_path: Path) -> None:
    """量 PDF：最后一条以下，到页脚为止，一个点也没有。"""
    form, plans = planned(scheme_id)
    book = tmp_path / "表.xlsx"
    book.write_bytes(render_book(form_plan(form)))
    found = printed(book, tmp_path)
    titles = [one.title for one in form.scheme.sheets if one.kind is SheetKind.RECORDS]
    pages = [n for n, page in enumerate(found, 1) for one in titles if one in page.text]
    assert len(pages) == len(titles)
    assert not any(str(FIRST_SHOWN) in {p.text for p in found[n - 1].body} for n in pages)
    for number in pages:
        page = found[number - 1]
        low = min(one.y for one in page.body) - 30  # 第三行的字以下，一行高
        args = ["pdftoppm", "-gray", "-r", "72", "-f", str(number), "-l", str(number)]
        shot = subprocess.run([*args, str(tmp_path / "表.pdf")], capture_output=True, check=True)
        _, width, height, _, pixels = re.split(rb"\s", shot.stdout, maxsplit=4)
        begin, end = (int(int(height) - one) * int(width) for one in (low, 54))
        assert set(pixels[begin:end]) == {255}
    assert plans


@needs_office
@pytest.mark.nightly
def test_no_page_of_the_published_form_is_a_bare_header(tmp_path: Path) -> None:
    """填好的示例：没有填的行不会另占一页，一页上只有表头。"""
    found = printed(SAMPLES / "inbox" / "江门市工业和信息化局.xlsx", tmp_path)
    own = [page for page in found if ASIDE not in "".join(one.text for one in page.header)]
    assert len(own) >= 15
    for page in own:
        top = max(one.y for one in page.body)
        assert any(one.y < top - 60 for one in page.body), page.text
