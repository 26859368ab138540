"""退回件的说明页与问题清单说的一样：写明了的不再数，等于没写的照数；只有自查说的另列。"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from form_files import parts_of
from hostile import pack
from openpyxl.cell import Cell
from openpyxl_books import loaded, opened, saved, saved_sheets
from parity_engines import needs_office
from returned_copies import CODE, STATEMENT, all_saved_by_office, assessed, findings, marked

from xltool.address import At
from xltool.finding import Severity
from xltool.form.guide_places import READY_ROW
from xltool.intake.statements import NAME
from xltool.layout.layout import GUIDE
from xltool.marking.live_words import live_words
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

INPUTS = Path(__file__).parents[2] / "sample_inputs"
SHOP = "mixed/示例市商务局_电商产业园扶持"
SPORT = "inbox/示例市文化广电旅游体育局"
REASON = "材料在主管部门存档，已核对"
EMPTY = "无"
HIDDEN = "IJK"
LEVEL, WHERE, FACT, COUNTS = 2, 4, 5, 11


class Case(NamedTuple):
    """一份样表，说明写成什么，说明页重新算过以后说什么。"""

    path: str
    statement: str
    banner: str
    change: Callable[[bytes], bytes] = bytes
    sent: Callable[[bytes], bytes] = bytes

    @property
    def file(self) -> bytes:
        """写好说明的退回件。"""
        return self.change(told(self.sent(sample(self.path)), self.statement))


@cache
def sample(path: str) -> bytes:
    return (INPUTS / f"{path}.xlsx").read_bytes()


@cache
def told(data: bytes, text: str) -> bytes:
    """各条警告的“单位说明”里都写上。"""
    book = opened(marked(data))
    sheet = book[NAME]
    for row in range(6, sheet.max_row + 1):
        if sheet.cell(row, LEVEL).value == Severity.WARNING.label:
            sheet.cell(row, STATEMENT).value = text
    return saved_sheets(marked(data), book, [NAME])


def guide_formulas(data: bytes) -> dict[str, object]:
    sheet = loaded(data)[GUIDE]
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value}


def shown(data: bytes, sheet: str, at: At) -> str:
    """存着的结果。"""
    grid = next(one for one in read_bytes(data).grids if one.name == sheet)
    return grid.cells[at].text


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def without_list(data: bytes) -> bytes:
    """问题清单删了。"""
    book = opened(data)
    del book[NAME]
    return saved(book)


def actual_values(data: bytes) -> tuple[Workbook, Worksheet, list[Cell]]:
    """打开一份，各行的实现值。"""
    book = opened(data)
    sheet = book["自评表" if "自评表" in book.sheetnames else "绩效目标完成情况"]
    return book, sheet, [cell for (cell,) in sheet["H7:H66"] if type(cell) is Cell]


def typed_as_text(data: bytes) -> bytes:
    """实现值的数都写成文字：要看它的各句，自查说不出。"""
    book, sheet, cells = actual_values(data)
    for cell in cells:
        if isinstance(cell.value, int | float):
            cell.value, cell.data_type = f"{cell.value:,}", "s"
    return saved_sheets(data, book, [sheet.title])


def typed_again(data: bytes) -> bytes:
    """写成文字的数，重新输入成数。"""
    book, sheet, cells = actual_values(data)
    for cell in cells:
        if re.fullmatch(r"[\d.,]+", str(cell.value)):
            cell.value = float(str(cell.value).replace(",", ""))
    return saved_sheets(data, book, [sheet.title])


def hidden_by_text(data: bytes) -> bytes:
    """同上，只有一格；存着的结果照算过的改：不必先由 LibreOffice 算一遍。"""
    parts = parts_of(data)
    form = "xl/worksheets/sheet2.xml"
    sent, count = re.subn(
        rb'(<c r="H27" s="\d+")><v>96</v>', rb'\1 t="inlineStr"><is><t>96</t></is>', parts[form]
    )
    printed = rb'(<c r="(?:Q|AG)27"[^>]*><f[^>]*/><v>)[^<]+'
    parts[form], said = re.subn(printed, rb"\1", sent)
    assert (count, said) == (1, 2)
    return pack(parts)


def evidenced(data: bytes) -> bytes:
    """整本没有写佐证材料的，写了一处：自查改说有的没有写，说在另一张表。"""
    book = opened(data)
    book["绩效目标完成情况"]["N9"] = "验收单"
    return saved_sheets(data, book, ["绩效目标完成情况"])


def mended(data: bytes) -> bytes:
    """写了说明，又在表上写明了一处。"""
    book = opened(data)
    book["绩效目标完成情况"]["M13"] = "免费开放时间延长，接待人次增加"
    return saved_sheets(data, book, ["绩效目标完成情况"])


CASES = {
    "项目：都写明了": Case(SHOP, REASON, "暂不可报送：须改正1处"),
    "项目：写的是无": Case(SHOP, EMPTY, "暂不可报送：须改正1处，须说明8处"),
    "有专项资金：都写明了": Case(
        "inbox/江门市工业和信息化局", REASON, "暂不可报送：必填未填1处，须改正3处"
    ),
    "无专项资金：都写明了": Case(
        "mixed/示例市地方志办公室", REASON, "暂不可报送：必填未填1处，须改正2处"
    ),
    "项目101号：写明了": Case("mixed/示例市档案馆_馆藏档案数字化", REASON, "可报送"),
    "可报送的：写明了": Case(SPORT, REASON, "可报送"),
    "项目：文字的数挡着，重新输入": Case(
        SHOP, REASON, "暂不可报送：须改正1处", typed_again, hidden_by_text
    ),
    "清单删了": Case(SHOP, REASON, "暂不可报送：须改正1处，须说明8处", without_list),
    "写明了整本没有材料，又写了一处": Case(
        "inbox/江门市工业和信息化局", REASON, "暂不可报送：必填未填1处，须改正3处", evidenced
    ),
    "写了说明又改好一处": Case(SPORT, REASON, "可报送", mended),
}
OTHERS = sorted({one.path for one in CASES.values()} - {SHOP})
DAILY = ("项目：文字的数挡着，重新输入", "清单删了")


@needs_office
@pytest.mark.parametrize(
    ("names", "times"),
    [(DAILY, 1), pytest.param([*CASES], 2, marks=pytest.mark.nightly)],
    ids=["daily", "every"],
)
def test_the_front_sheet_counts_what_is_explained_on_the_list(
    names: Sequence[str], times: int, tmp_path: Path
) -> None:
    """说明页、清单的标题右边说的一样，与 check 说的也一样；算过、再退回一次，还是一样。"""
    files = [CASES[name].file for name in names]
    for turn in range(times):
        sent = {f"{at}": marked(data) if turn else data for at, data in enumerate(files)}
        files = [*all_saved_by_office(sent, made(tmp_path / f"{turn}")).values()]
        for name, data in zip(names, files, strict=True):
            banner = CASES[name].banner
            assert shown(data, GUIDE, At(READY_ROW, 1)) == banner, name
            if NAME in loaded(data).sheetnames:
                assert shown(data, NAME, At(1, FACT)) == f"“填报说明”现在说：{banner}"
            report = assessed(data)
            left = [n for n in report.notes if n.key and n.finding.standing is Severity.WARNING]
            assert bool(left) == ("须说明" in banner), name
            assert findings(report.notes) == findings(assessed(CASES[name].file).notes)


RETYPED = [one for one in CASES.values() if one.change is bytes and one.statement == REASON]


@needs_office
@pytest.mark.nightly
def test_what_the_form_can_say_only_once_mended_is_counted_too(tmp_path: Path) -> None:
    """退回时文字的数挡着的一句，重新输入了才说：清单里写明了，说明页照减。"""
    texts = {f"{at}": typed_as_text(sample(one.path)) for at, one in enumerate(RETYPED)}
    sent = all_saved_by_office(texts, made(tmp_path / "sent"))
    retyped = {name: typed_again(told(data, REASON)) for name, data in sent.items()}
    shown_now = all_saved_by_office(retyped, made(tmp_path / "retyped"))
    for one, data in zip(RETYPED, shown_now.values(), strict=True):
        assert shown(data, GUIDE, At(READY_ROW, 1)) == one.banner, one.path


PATHS = [SHOP, *(pytest.param(one, marks=pytest.mark.nightly) for one in OTHERS)]


@pytest.mark.parametrize("path", PATHS)
def test_the_copy_is_read_without_a_word_and_marked_again_the_same(path: str) -> None:
    data = sample(path)
    copy = marked(data)
    assert findings(assessed(copy).notes) == findings(assessed(data).notes)
    assert guide_formulas(marked(copy)) == guide_formulas(copy)
    assert guide_formulas(copy) != guide_formulas(data)
    sheet = loaded(copy)[NAME]
    assert [sheet.column_dimensions[one].hidden for one in HIDDEN] == [True] * 3


@pytest.mark.parametrize("gone", [b"SUM[(]", b"COUNTIF[(]", b""], ids=["合计", "各表", "全部"])
def test_a_front_sheet_without_its_counts_is_still_sent_back(gone: bytes) -> None:
    """单位撤消保护，把说明页数几处的公式改成了数：退回件照写，没有改的公式照减。"""
    parts = parts_of(sample(SHOP))
    guide = "xl/worksheets/sheet1.xml"
    parts[guide], count = re.subn(b"<f>" + gone + b"[^<]*</f>", b"", parts[guide])
    assert count
    copy = marked(pack(parts))
    assert NAME in loaded(copy).sheetnames
    formulas = [one for one in guide_formulas(copy).values() if str(one).startswith("=COUNTIF(")]
    assert any("SUMIF(" in str(one) for one in formulas) == (gone == b"SUM[(]")


def test_a_form_with_nothing_to_explain_keeps_its_front_sheet() -> None:
    data = sample("mixed/示例市水利局_河道清淤整治")
    copy = marked(data)
    assert guide_formulas(copy) == guide_formulas(data)
    assert loaded(copy)[NAME].max_column == STATEMENT + 1


def test_what_only_the_form_says_is_listed_after_what_must_be_done() -> None:
    """写成文字的数程序读得出，只是提示；表上说须改正，清单里也有。"""
    copy = marked(sample("inbox/示例市农业农村局"))
    sheet = loaded(copy)[NAME]
    rows = list(sheet.iter_rows(min_row=6, max_col=STATEMENT, values_only=True))
    listed = [row for row in rows if row[LEVEL - 1] == "自查"]
    assert rows[: len(listed)] == listed  # 没有错误、警告；都在提示前面
    assert listed[0][CODE - 1 : FACT] == (
        None, "封面 第9行", "须改正：不是数，请重新输入，不带单位、空格。"
    )  # fmt: skip
    assert sheet.cell(6, STATEMENT).protection.locked
    counted = sum(str(row[FACT - 1]).count("须改正：") for row in listed)
    assert f"须改正{counted}处" in str(loaded(copy, results=True)[GUIDE].cell(READY_ROW, 1).value)
    assert sheet["A2"].value.startswith(
        "共 35 处：错误 0 处，警告 0 处，提示 35 处。另有29行只有表"
    )


@pytest.mark.parametrize("path", PATHS)
def test_every_due_of_the_form_is_on_the_list(path: str) -> None:
    """清单里逐条有，“自查”一行也不用另列。"""
    sheet = loaded(marked(sample(path)))[NAME]
    assert "自查" not in [sheet.cell(row, LEVEL).value for row in range(6, sheet.max_row + 1)]


@pytest.mark.parametrize("path", PATHS)
def test_every_warning_the_form_can_say_has_its_counts(path: str) -> None:
    """退回时说没说着都有；自查不说的没有。"""
    report = assessed(sample(path))
    notes = report.worst_first
    live = live_words(report.scheme, notes)
    can_be_said = {
        (note.finding.code, note.finding.where)
        for note, own, whole in zip(notes, live.words, live.whole, strict=True)
        if note.due.severity is Severity.WARNING
        and any(one.startswith(Severity.WARNING.duty) for one in (*own, *whole))
    }
    sheet = loaded(marked(sample(path)))[NAME]
    assert can_be_said == {
        (sheet.cell(row, CODE).value, sheet.cell(row, WHERE).value)
        for row in range(6, sheet.max_row + 1)
        if sheet.cell(row, COUNTS).value
    }
