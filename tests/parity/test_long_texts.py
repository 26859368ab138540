"""字多得格里印不下：自查、check 说同一句，全文印在“续页”；程序、公式、印出来的一样。"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from form_files import quick_file
from office_macro import run_macro
from openpyxl import load_workbook
from parity_books import form_book
from parity_cells import differences
from parity_engines import CSV, formualizer_each, needs_office, read_tables
from parity_office import office_changing
from printed import printed
from scheme_variants import PROJECT_101, SPECIAL, brief, shipped

from xltool.address import At
from xltool.excel.write import write_book
from xltool.form.book import form_plan
from xltool.form.continued_places import BLOCKS, PIECE, ROOM, head_row, pieces, sources
from xltool.form.form import make_form
from xltool.form.text_room import cells_in, text_cell
from xltool.intake.submission import understand_book
from xltool.layout.columns import SELF_CHECK
from xltool.layout.layout import CONTINUED, GUIDE
from xltool.messages import entries as say
from xltool.scheme.key import CellKey
from xltool.scheme.model import SheetKind
from xltool.sheets.paper import LEAST_SIZE
from xltool.sheets.plan import Formula
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xltool.finding import Finding
    from xltool.form.form import Form
    from xltool.scheme.model import Scheme
    from xltool.sheets.plan import WorkbookPlan

PASTED = 1000
WORDS = "采购合同签订时间晚于规定期限，主要是供应商资质复核用时较长。"
REASON, PROGRESS = "reason", CellKey("rectification", "2", "progress")
nightly = pytest.mark.nightly
each_shipped = pytest.mark.parametrize(
    "scheme_id",
    [
        one if one in (SPECIAL, PROJECT_101) else pytest.param(one, marks=nightly)
        for one in shipped()
    ],
)


def passage(name: str, count: int = PASTED) -> str:
    """一段报告里贴来的话，首尾看得出是哪一段、全不全。"""
    return f"{name}：{WORDS * (count // len(WORDS) + 1)}"[: count - 3] + "（完）"


def every_kind(scheme: Scheme) -> list[CellKey]:
    """每一种由人写字的格一处：记录表的一栏、逐项表的一项、评分表的一栏。"""
    found: dict[tuple[str, ...], CellKey] = {}
    for block in make_form(scheme, {}).layout.blocks.values():
        listed = block.sheet.kind is SheetKind.FIELDS and not block.sheet.extras
        for row in block.entry_rows:
            for key, _ in cells_in(scheme, block, row):
                found.setdefault((key.sheet, key.column, key.row if listed else ""), key)
    return list(found.values())


def pasted(scheme: Scheme) -> list[Form]:
    """每一种格都贴了一千字；续页排得下的几处一份。"""
    keys = every_kind(scheme)
    return [
        make_form(scheme, {key: passage(key.column + key.row) for key in keys[n : n + BLOCKS]})
        for n in range(0, len(keys), BLOCKS)
    ]


def shown(plan: WorkbookPlan, sheet: str) -> dict[At, str]:
    """一张表上看得见的字。"""
    page = next(one for one in plan.sheets if one.name == sheet)
    texts = {
        cell.at: cell.content.result if isinstance(cell.content, Formula) else cell.content
        for cell in page.every_cell()
        if cell.at.col not in page.hidden_columns
    }
    return {at: text for at, text in texts.items() if isinstance(text, str) and text}


def continued(form: Form) -> list[tuple[str, str]]:
    """续页印着的各段：是哪一段，全文。"""
    texts = shown(form_plan(form), CONTINUED)
    rows = [head_row(number) for number in range(BLOCKS)]
    found = [(texts.get(At(row, 1), ""), texts.get(At(row + 1, 1), "")) for row in rows]
    return [one for one in found if any(one)]


def status(form: Form) -> str:
    return shown(form_plan(form), CONTINUED)[At(2, 1)]


def printing(form: Form) -> str:
    return next(one for one in shown(form_plan(form), GUIDE).values() if one.startswith("打印：印"))


def told(form: Form) -> list[Finding]:
    """check 说的，一格一条。"""
    reading = understand_book(read_bytes(quick_file(form)), [form.scheme])
    return [one for one in reading.each if one.code == say.TOO_LONG.code]


# ---------------------------------------------------------------- 说了没有，印全没有


@pytest.mark.parametrize("scheme_id", shipped())
def test_a_thousand_characters_in_any_cell_are_told_and_printed_whole(scheme_id: str) -> None:
    scheme, seen = brief(shipped()[scheme_id]), set()
    for form in pasted(scheme):
        findings, plan = told(form), form_plan(form)
        assert len(form.beyond) >= len(form.contents) - 2  # 印得下一千字的也有
        assert len(findings) == len(form.beyond)
        for key in form.beyond:
            place = form.layout.place(key)
            finding = next(
                one for one in findings if (one.sheet, one.at) == (place.sheet, place.at)
            )
            assert f"写了{PASTED}字，格里印得下" in finding.message
            block = form.layout.blocks[key.sheet]
            live = shown(plan, block.name)[block.at(key.row, SELF_CHECK.key)]
            assert f"供核对：{finding.message}，全文印在“续页”。" in live
            seen.add((key.sheet, key.column))
        texts = [text for _, text in continued(form)]
        assert sorted(texts) == sorted(str(form.contents[key]) for key in form.beyond)
        assert "印不下" in status(form)
        pages = -(-len(form.beyond) // 2)
        span = f"第1至{pages}页" if pages > 1 else "第1页"
        assert f"另印“续页”的{span}；" in printing(form)
    assert seen


@each_shipped
@needs_office
def test_the_formulas_find_the_same_texts(scheme_id: str, tmp_path: Path) -> None:
    """LibreOffice 重算，自查、续页、说明页一格不差。"""
    forms = dict(enumerate(pasted(brief(shipped()[scheme_id]))))
    books = {str(number): form_book(form) for number, form in forms.items()}
    found = office_changing(books, tmp_path)
    assert [one for name, book in books.items() for one in differences(book, found[name])] == []


@pytest.mark.parametrize("scheme_id", shipped())
def test_a_blank_form_has_nothing_to_continue(scheme_id: str) -> None:
    form = make_form(brief(shipped()[scheme_id]), {})
    assert continued(form) == []
    assert status(form) == "没有印不下的文字，这一张不用打印。"
    assert "续页" not in printing(form)
    assert shown(form_plan(form), CONTINUED).keys() == {At(1, 1), At(2, 1), At(3, 1)} - {At(1, 1)}


def edge_contents() -> Iterator[tuple[str, dict[CellKey, str], int]]:
    """界限上的各份：说法，填的，几处印不下。"""
    scheme = brief(shipped()[SPECIAL])
    key = CellKey("form", scheme.indicators[0].code, REASON)
    cell = text_cell(scheme, key)
    assert cell is not None
    room, across = cell.room
    yield "恰好印得下", {key: "字" * room}, 0
    yield "多一个字", {key: "字" * (room + 1)}, 1
    lines = (room + across) // (across + 1)
    yield "换行恰好", {key: "\n".join(["字"] * lines)}, 0
    yield "换行多一处", {key: "\n".join(["字"] * (lines + 1))}, 1
    yield "空行", {key: "字" + "\n" * (room // across)}, 1
    yield "两栏一行", {key: passage("甲"), key._replace(column="evidence"): passage("乙")}, 2
    yield "不印满的一处", {PROGRESS: passage("丙", 281)}, 1


def test_the_room_is_the_same_in_the_prompt_the_form_and_the_check() -> None:
    scheme, books = brief(shipped()[SPECIAL]), {}
    for name, contents, count in edge_contents():
        form = make_form(scheme, dict(contents))
        books[name] = form_book(form)
        assert (len(form.beyond), len(told(form)), len(continued(form))) == (count,) * 3, name
    each = zip(books.items(), formualizer_each(books.values()), strict=True)
    assert [name for (name, book), found in each if differences(book, found)] == []
    broken = "“扣分原因和其他说明”写了45字（换行22处，一处照6字算），格里印得下150字"
    lines = dict(next(one for name, one, _ in edge_contents() if name == "换行多一处"))
    assert [one.message for one in told(make_form(scheme, dict(lines)))] == [broken]


# ---------------------------------------------------------------- 长得一格印不完，多得排不下


def crowded() -> Form:
    """二十处，其中一处两千五百字、一处换行很多。"""
    scheme = brief(shipped()[SPECIAL])
    keys = [CellKey("form", one.code, REASON) for one in scheme.indicators[:18]]
    contents = {key: passage(key.row, 200) for key in keys}
    contents[keys[0]] = passage("头一处", 2500)
    contents[keys[1]] = "\n".join(f"第{n}条" for n in range(40))
    return make_form(scheme, contents | {PROGRESS: passage("整改", 300)})


def test_a_longer_text_goes_on_and_what_is_left_over_is_told() -> None:
    form = crowded()
    found = continued(form)
    assert "".join(text for _, text in found[:3]) == form.contents[next(iter(form.contents))]
    assert [len(text) for _, text in found[:3]] == [PIECE, PIECE, 500]
    assert [head.partition("2500字")[2] for head, _ in found[:3]] == [
        "", "（续，由第1001字起）", "（续，由第2001字起）",
    ]  # fmt: skip
    assert found[3][1] == "　".join(f"第{n}条" for n in range(40))  # 换行多得印不下，印成空格
    assert len(found) == BLOCKS
    assert status(form) == (
        "19处文字格里印不下，全文在下面：打印这一张的第1至8页，附在各表后面。"
        "还有5处排不下，没有印全，请另附页。"
    )
    book = form_book(form)
    assert differences(book, next(iter(formualizer_each([book])))) == []


def test_a_passage_cut_by_the_last_place_is_among_what_is_left_over() -> None:
    scheme = brief(shipped()[SPECIAL])
    keys = [CellKey("form", one.code, REASON) for one in scheme.indicators[:BLOCKS]]
    form = make_form(scheme, {key: passage(key.row, 200) for key in keys[:-1]})
    last = make_form(scheme, dict(form.contents) | {keys[-1]: passage("末", PIECE + 1)})
    assert "还有" not in status(form)
    assert "还有1处排不下" in status(last)
    assert len(pieces(last)) == BLOCKS + 1
    book = form_book(last)
    assert differences(book, next(iter(formualizer_each([book])))) == []


# ---------------------------------------------------------------- 印出来


@needs_office
def test_the_printed_pages_hold_every_word(tmp_path: Path) -> None:
    """一千字的十六段，一页两段，九磅以上，一个字也不少。"""
    form = pasted(brief(shipped()[SPECIAL]))[0]
    plan = form_plan(form)
    page = next(one for one in plan.sheets if one.name == CONTINUED)
    values = tuple(
        cell._replace(content=cell.content.result) if isinstance(cell.content, Formula) else cell
        for cell in page.every_cell()
        if cell.at.col == 1 and cell.at.row > 1
    )
    book = tmp_path / "续页.xlsx"
    write_book(replace(plan, sheets=(replace(page, cells=values),), names=()), book)
    pages = printed(book, tmp_path)
    texts = [text for _, text in continued(form)]
    assert len(pages) == -(-len(texts) // 2)
    assert min(one.smallest for one in pages) >= LEAST_SIZE
    for number, text in enumerate(texts):
        assert text in pages[number // 2].text


def test_a_block_holds_the_thousand_characters_that_are_promised() -> None:
    assert ROOM.characters >= PIECE >= PASTED


# ---------------------------------------------------------------- 读回，插行


def test_a_form_is_read_the_same_without_the_page() -> None:
    """早先下发的没有这一张，删了也不多说一句。"""
    form = make_form(brief(shipped()[SPECIAL]), {PROGRESS: passage("丙")})
    book = load_workbook(BytesIO(quick_file(form)))
    del book[CONTINUED]
    data = BytesIO()
    book.save(data)
    with_page, without = (
        understand_book(read_bytes(one), [form.scheme])
        for one in (quick_file(form), data.getvalue())
    )
    codes = [one.code for one in with_page.findings]
    assert say.TOO_LONG.code in codes
    assert [one.code for one in without.findings if one.code not in {"R263", "R264"}] == codes


_INSERTED = """Sub Main
Dim hidden(0) As New com.sun.star.beans.PropertyValue
Dim out(1) As New com.sun.star.beans.PropertyValue
hidden(0).Name = "Hidden" : hidden(0).Value = True
out(0).Name = "FilterName" : out(0).Value = "{filter}"
out(1).Name = "FilterOptions" : out(1).Value = "{options}"
doc = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
sheet = doc.Sheets.getByName("上年度整改")
sheet.unprotect("")
sheet.Rows.insertByIndex({row}, 1)
sheet.copyRange(sheet.getCellByPosition(0, {row}).CellAddress, _
  sheet.getCellRangeByPosition(0, {below}, 20, {below}).RangeAddress)
sheet.Rows.insertByIndex(0, 1)
doc.calculateAll()
doc.storeToURL("{target}", out())
doc.close(True)
StarDesktop.terminate()
End Sub
"""


@nightly
@needs_office
def test_inserted_rows_are_followed(tmp_path: Path) -> None:
    """插入整行、向下填充的也印；最上面插了一行，也还找得到。"""
    form = make_form(brief(shipped()[SPECIAL]), {PROGRESS: passage("丙")})
    file = tmp_path / "a.xlsx"
    file.write_bytes(quick_file(form))
    line = form.layout.place(PROGRESS).at.row
    chosen, _, options = CSV.removeprefix("csv:").partition(":")
    macro = _INSERTED.format(
        filter=chosen, options=options, source=file.as_uri(), row=line - 1, below=line,
        target=(tmp_path / "a.csv").as_uri(),
    )  # fmt: skip
    run_macro(macro, tmp_path / "profile")
    cells = read_tables(tmp_path, "a")[CONTINUED]
    assert [cells.get(At(head_row(n) + 1, 1)) for n in range(3)] == [
        form.contents[PROGRESS], form.contents[PROGRESS], "",
    ]  # fmt: skip


def test_every_kind_of_cell_has_its_own_letter() -> None:
    for scheme_id in shipped():
        keys = [one.key for one in sources(make_form(shipped()[scheme_id], {}).layout)]
        assert len(keys) == len(set(keys))
