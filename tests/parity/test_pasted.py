"""贴进来的：错误值、写成文字的数、多了空格的字；自查说是哪一行，不说可报送，得分与程序相同。

计划里的内容没有错误值，`compared` 看不到，所以直接写进算的那一本，由 formualizer 重算。
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import formualizer
import pytest
from form_files import quick_file
from live_bases import clean, scheme_of
from live_forms import compared
from parity_books import form_book
from parity_cells import Spot, bare, differences, frozen
from parity_engines import formualizer_each, needs_office, office
from scheme_variants import PROJECT_101, SPECIAL, brief

from xltool.address import Area, Place
from xltool.excel.write import render_book
from xltool.finding import Severity
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.form.guide_cells import ready_cell
from xltool.form.guide_places import lines_of
from xltool.form.live.cells import live_rows
from xltool.form.live.check import ELSEWHERE
from xltool.form.live.moved import LOST, LOST_FORMULA, LOST_IN_RECORD, LOST_TOTALS, MOVED
from xltool.form.live.values import columns_in
from xltool.form.status import NOT_READY, READY
from xltool.intake.submission import understand_book
from xltool.layout.block import TOTAL
from xltool.layout.columns import FILLED, SAID, SELF_CHECK
from xltool.layout.layout import GUIDE, option_area
from xltool.layout.place_names import named_reference
from xltool.scheme.grid import Content, grid_lines
from xltool.scheme.key import STATED_TOTAL, VALUE, CellKey, field_key
from xltool.scheme.model import SheetKind
from xltool.sheets.plan import Formula
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xltool.facts.typed import Contents, Typed
    from xltool.form.form import Form
    from xltool.scheme.model import Sheet

BROKEN = re.compile("须改正：.*有图片或错误值（如#N/A、#REF!），请清除后重填。")  # 前面可能是项名
ERRORS = ("NA()", "1/0", '"字"+1')
nightly = pytest.mark.nightly
WARNING = Severity.WARNING
OPTIONAL = CellKey("cover", "leader", VALUE)  # 选填的文字：没有别的公式看它


class Book(NamedTuple):
    """装进 formualizer 的一本干净的表。"""

    form: Form
    book: formualizer.Workbook
    formulas: dict[tuple[str, int, int], str]
    constants: dict[tuple[str, int, int], str | float]

    def broken(self, keys: list[CellKey]) -> tuple[str, dict[tuple[str, str], str]]:
        """这几格换成错误值以后的横幅和各行的自查；看完写回原来的。"""
        for number, key in enumerate(keys):
            self.book.set_formula(*self._place(key), f"={ERRORS[number % len(ERRORS)]}")
        banner, told = self.told()
        for key in keys:
            self._write(key, self.form.contents.get(key))
        return banner, told

    def told(self) -> tuple[str, dict[tuple[str, str], str]]:
        """重算以后的横幅和各行的自查。"""
        self.book.evaluate_all()
        told = {
            (sheet.key, row): str(words)
            for sheet in self.form.scheme.sheets
            for row in live_rows(self.form, sheet)
            if (words := self.book.get_value(*self._place(_told_at(sheet, row))))
        }
        return str(self.book.get_value(GUIDE, *ready_cell(self.form).at)), told

    def cut(
        self, moves: dict[CellKey, CellKey], *, leaves: bool
    ) -> tuple[str, dict[tuple[str, str], str]]:
        """剪切以后的横幅和各行的自查：引用跟着走，`leaves` 是盖住的格的引用不动；看完写回。"""
        place = self.form.layout.place
        ends: dict[Place, Place | None] = {}
        if not leaves:
            ends = dict.fromkeys(map(place, moves.values()))
        ends |= {place(start): place(end) for start, end in moves.items()}
        changed = {
            at: new
            for at, text in self.formulas.items()
            if (new := _Ends(ends).redirected(text, at[0])) != text
        }
        for at, text in changed.items():
            self.book.set_formula(*at, f"={text}")
        values = dict.fromkeys(moves) | {
            end: self.form.contents.get(start) for start, end in moves.items()
        }
        for key, value in values.items():
            self._write(key, value)
        found = self.told()
        for at in changed:
            self.book.set_formula(*at, f"={self.formulas[at]}")
        for key in values:
            self._write(key, self.form.contents.get(key))
        return found

    def _write(self, key: CellKey, value: Typed) -> None:
        value = float(value) if isinstance(value, Decimal) else value
        self.book.set_value(*self._place(key), value)

    def _place(self, key: CellKey) -> tuple[str, int, int]:
        block = self.form.layout.blocks[key.sheet]
        return (block.name, *block.at(key.row, key.column))


class _Ends(NamedTuple):
    """各格的引用改成什么：空着的是 #REF!。"""

    ends: dict[Place, Place | None]

    def redirected(self, text: str, home: str) -> str:
        """一张表里的一个公式：本表的格、别的表的引用和名称。"""
        known = {}
        for place, end in self.ends.items():
            known[place.reference] = known[_name(place)] = end.reference if end else "#REF!"
            if place.sheet == home:
                known[place.at.a1] = end.at.a1 if end else "#REF!"
                known[place.at.absolute] = end.at.absolute if end else "#REF!"
        words = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
        return re.sub(rf"(?<![\w$!:])(?:{words})(?![\w:(])", lambda found: known[found[0]], text)


def _name(place: Place) -> str:
    return named_reference(place.sheet, Area(place.at, place.at))


def _told_at(sheet: Sheet, row: str) -> CellKey:
    return CellKey(sheet.key, row, SELF_CHECK.key)


@pytest.fixture(scope="module", params=[PROJECT_101, pytest.param(SPECIAL, marks=nightly)])
def book(request: pytest.FixtureRequest) -> Book:
    form = make_form(scheme_of(request.param), clean(request.param))
    plan = bare(frozen(form_plan(form)))
    formulas = {
        (sheet.name, *cell.at): cell.content.text
        for sheet in plan.sheets
        for cell in sheet.every_cell()
        if isinstance(cell.content, Formula)
    }
    loaded = formualizer.Workbook.from_bytes(render_book(plan, with_results=False))
    constants = {
        (sheet.name, *cell.at): float(content) if isinstance(content, Decimal) else str(content)
        for sheet in plan.sheets
        for cell in sheet.every_cell()
        if (content := cell.content) is not None and not isinstance(content, Formula)
    }
    return Book(form, loaded, formulas, constants)


def inputs(form: Form) -> Iterator[tuple[CellKey, tuple[str, str]]]:
    """各张表的每一行取一格，逐行换栏；连同说它的那一行。"""
    for sheet in form.scheme.sheets:
        rows = live_rows(form, sheet)
        if sheet.kind is SheetKind.FIELDS:
            block = form.layout.blocks[sheet.key]
            own = [one for one in sheet.fields if one.computation is None]
            keys = {block.slot(one.key, VALUE)[0]: CellKey(sheet.key, one.key) for one in own}
        else:
            keys = {}
            for number, row in enumerate(rows):
                columns = [key for key, _ in columns_in(sheet, row)]
                if columns:
                    keys[row] = CellKey(sheet.key, row, columns[number % len(columns)])
        yield from ((key, (sheet.key, row)) for row, key in keys.items() if not _typed(form, key))


def _typed(form: Form, key: CellKey) -> bool:
    return form.scheme.computation(key) is not None


def test_an_error_value_is_told_in_its_row(book: Book) -> None:
    """哪一种格里的都说；各行没有一个自己也成了错误值。"""
    cells = dict(inputs(book.form))
    banner, told = book.broken(list(cells))
    assert banner.startswith(NOT_READY)
    for key, row in cells.items():
        assert BROKEN.match(str(told.get(row))), key
    assert all(isinstance(words, str) for words in told.values())


def test_the_clean_form_is_ready_and_one_error_value_stops_it(book: Book) -> None:
    assert book.broken([]) == (READY, {})
    banner, told = book.broken([OPTIONAL])
    assert banner == f"{NOT_READY}：须改正1处"
    assert len(told) == 1
    assert all(BROKEN.fullmatch(str(words)) for words in told.values())
    _, told = book.broken([_goal("2", "title")])  # 认是不是记录的一格
    assert BROKEN.fullmatch(told["indicators", "2"])


def test_rows_that_use_it_send_the_clerk_there(book: Book) -> None:
    banner, told = book.broken([CellKey("finance", "total")])
    assert banner == f"{NOT_READY}：须改正1处"  # 用到它的不算
    own = [words for words in told.values() if BROKEN.match(str(words))]
    sent = [words for words in told.values() if words == ELSEWHERE]
    assert len(own) == 1
    assert sent  # 专项资金、成本指标与决算支出比
    assert len(told) == len(own) + len(sent)


# ---------------------------------------------------------------- 剪切、拖动的格


def _goal(row: str, column: str) -> CellKey:
    return CellKey("indicators", row, column)


_ROW = ("level1", "level2", "title", "operator", "expected", "actual", "unit")
CUTS = {  # 每个：哪几格到哪几格；第一格的一行要说
    "一个数到另一行": {CellKey("finance", "total"): CellKey("finance", "initial")},
    "一行到下一行": {_goal("2", one): _goal("3", one) for one in _ROW},
    "同一行里对调": {
        _goal("2", "expected"): _goal("2", "actual"),
        _goal("2", "actual"): _goal("2", "expected"),
    },
    "没有公式看它的一格": {OPTIONAL: CellKey("finance", "initial")},
}


@pytest.mark.parametrize(
    ("name", "leaves"),
    [
        ("一个数到另一行", True),
        ("一行到下一行", False),
        ("同一行里对调", True),
        ("没有公式看它的一格", False),
        pytest.param("一个数到另一行", False, marks=nightly),
        pytest.param("一行到下一行", True, marks=nightly),
    ],
)
def test_a_cut_cell_is_told_in_its_row(book: Book, name: str, *, leaves: bool) -> None:
    """公式跟着走的那一行说；Excel 里被盖住的那一行也说，LibreOffice 里引用不动。"""
    moves = CUTS[name]
    banner, told = book.cut(moves, leaves=leaves)
    assert banner.startswith(f"{NOT_READY}：须改正")
    start, end = next(iter(moves.items()))
    assert MOVED in told[start.sheet, _line(book, start)]
    covered = end in moves or _line(book, start) == _line(book, end) or not leaves
    assert (MOVED in told.get((end.sheet, _line(book, end)), "")) == covered
    assert book.told() == (READY, {})


def _line(book: Book, key: CellKey) -> str:
    return book.form.layout.blocks[key.sheet].slot(key.row, key.column)[0]


# ---------------------------------------------------------------- 没有了的公式


def _cleared(book: Book, places: dict[Place, object]) -> tuple[str, dict[tuple[str, str], str]]:
    """几格换成别的以后的横幅和各行的自查，连同说明页上还算不出的第一处；看完写回。"""
    for place, content in places.items():
        if isinstance(content, str):
            book.book.set_formula(place.sheet, *place.at, content)
        else:
            book.book.set_value(place.sheet, *place.at, content)
    banner, told = book.told()
    row = lines_of(book.form.scheme).stuck
    shown, why = (str(book.book.get_value(GUIDE, row, column)) for column in (3, 7))
    for place in places:
        key = (place.sheet, *place.at)
        if key in book.formulas:
            book.book.set_formula(*key, f"={book.formulas[key]}")
        else:
            book.book.set_value(*key, book.constants[key])
    return banner, told | {(GUIDE, "shown"): shown, (GUIDE, "why"): why}


def test_deleted_formulas_are_told_in_their_row(book: Book) -> None:
    place = book.form.layout.place
    columns = ("completion", "factor")
    banner, told = _cleared(book, {place(_goal("2", one)): None for one in columns})
    assert banner == f"{NOT_READY}：须改正1处", told
    assert LOST_IN_RECORD in told["indicators", "2"]


def lost_words(sheet: Sheet, line: str) -> str:
    """印在一页上的，一行里有没有分值；别的逐项表没有。"""
    lines = grid_lines(sheet) if sheet.page else ()
    contents = {piece.content for one in lines if one.key == line for piece in one.pieces}
    return LOST if Content.POINTS in contents else LOST_FORMULA


def overwritten(form: Form) -> Iterator[tuple[Place, tuple[str, str], str]]:
    """印着分、率、合计、等级、分值的格，各在哪里；说它的那一行，说的话。"""
    scheme, place = form.scheme, form.layout.place
    score = scheme.score_sheet.key
    first, second = (one.code for one in scheme.indicators[:2])
    for column in ("score", "basis", "shown_score", "points"):
        yield place(CellKey(score, second, column)), (score, second), LOST
    for column in ("score", "self_score", "points"):
        yield place(CellKey(score, TOTAL, column)), (score, first), LOST_TOTALS
    for sheet in scheme.sheets:
        for field in sheet.fields:
            if field.computation is None or sheet.kind is SheetKind.SCORE:
                continue
            if sheet.kind is SheetKind.RECORDS:
                yield place(CellKey(sheet.key, "1", field.key)), (sheet.key, "1"), LOST_IN_RECORD
            else:
                line = form.layout.blocks[sheet.key].slot(field.key, VALUE)[0]
                words = lost_words(sheet, line)
                yield place(CellKey(sheet.key, field.key)), (sheet.key, line), words
    if scheme.has(STATED_TOTAL) and scheme.computation(field_key(STATED_TOTAL)) is not None:
        line, _ = form.layout.blocks["cover"].slot("self_total", VALUE)
        words = lost_words(scheme.sheet("cover"), line)
        yield place(CellKey("cover", line, "note")), ("cover", line), words  # 等级


def test_an_overwritten_number_is_told_in_its_row(book: Book) -> None:
    """每一处：改成别的数、清掉，横幅都不说可报送；写着说它的那一行。"""
    for place, row, words in overwritten(book.form):
        for content in (7.77, None):
            banner, told = _cleared(book, {place: content})
            assert banner.startswith(NOT_READY), (place, content)
            assert words in told.get(row, ""), (place, content, banner, told)
    assert book.told() == (READY, {})


@needs_office
@nightly
@pytest.mark.parametrize("scheme_id", [PROJECT_101, SPECIAL])
def test_overwritten_numbers_by_the_office(scheme_id: str, tmp_path: Path) -> None:
    form = make_form(scheme_of(scheme_id), clean(scheme_id))
    plan, places = form_book(form), list(overwritten(form))
    changed = {
        str(number): replace(
            plan, contents={**plan.contents, (place.sheet, *place.at): Decimal("7.77")}
        )
        for number, (place, _, _) in enumerate(places)
    }
    found = office(changed, tmp_path)
    for number, (place, row, words) in enumerate(places):
        at = form.layout.place(CellKey(*row, SELF_CHECK.key))
        assert words in str(found[str(number)][Spot(at.sheet, at.at.a1)]), place
        banner = found[str(number)][Spot(GUIDE, ready_cell(form).at.a1)]
        assert str(banner).startswith(NOT_READY), place


def test_a_row_without_formulas_leaves_a_score_that_is_found(book: Book) -> None:
    """撤消保护插入的一行：别的各行都没有话。"""
    place = book.form.layout.place
    hidden = (SAID.key, FILLED.key)
    columns = ("completion", "factor", "score", SELF_CHECK.key, *hidden)
    block = book.form.layout.blocks["indicators"]
    inserted = {place(_goal("2", one)): None for one in columns if one in block.columns}
    banner, told = _cleared(book, inserted)
    assert banner.startswith(f"{NOT_READY}：有指标还不能计分")
    scheme = book.form.scheme
    output = (one for one in scheme.indicators if one.method.name.startswith("indicator_"))
    block = book.form.layout.blocks[scheme.score_sheet.key]
    assert told[GUIDE, "shown"] == f"{block.name} 第{block.rows[next(output).code]}行"
    assert "灰格空着的行" in told[GUIDE, "why"]


def test_what_is_gone_is_said_once(book: Book) -> None:
    """选项成了错误值：用到它的各行都不算，说明页上说一句。"""
    scheme, layout = book.form.scheme, book.form.layout
    area = option_area(scheme, "level1")
    gone = {Place(layout.option_sheet, at): "=#REF!" for at in (area.first, area.last)}
    banner, told = _cleared(book, gone)
    assert banner.startswith(f"{NOT_READY}：有的公式算不出来")
    assert told["indicators", "1"] == ELSEWHERE
    assert "删了表" in told[GUIDE, "why"]


# ---------------------------------------------------------------- 写成文字的数、多了空格的字

SHORT = {  # 完成了一半，又选了达成：公式按档给满分，程序按数给一半
    CellKey("indicators", "1", "actual"): Decimal(3000),
    CellKey("indicators", "1", "tier"): "达成年度指标",
}
PASTED = (
    *(" {}", "{}\n", "\u00a0{}", "{}\u200b", "　{}\r\n"),
    *("{}个", "≥{}", "约{}", "不低于{}", "{}以上", "{}。", "（{}）"),
)
SPOTS = (
    *(CellKey("indicators", "1", column) for column in ("expected", "operator", "tier")),
    *(CellKey("finance", "total"), CellKey("management", "budget_disclosed")),
    *(CellKey("management", "contracts"), CellKey("form", "05", "self_score")),
    *(CellKey("funds", "1", "paid"), CellKey("indicators", "1", "level1")),
)
_PAIRS = [(text, key) for text in PASTED for key in SPOTS]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        one if number % 14 == 0 else pytest.param(*one, marks=nightly)
        for number, one in enumerate(_PAIRS)
    ],
)
def test_the_same_score_or_a_word(text: str, key: CellKey) -> None:
    """两边得分相同，不然那一行说着须改正。"""
    base = clean(SPECIAL) | SHORT
    found = compared(scheme_of(SPECIAL), base | {key: text.format(base[key])})
    stopped = {
        (sheet, row) for sheet, row, one in found.live if one.severity is not Severity.WARNING
    }
    assert found.scores[0] == found.scores[1] or (key.sheet, key.row) in stopped
    assert not found.ready or found.scores[0] == found.scores[1]


def test_an_actual_number_in_words_is_told() -> None:
    """预期值是一句话，实现值是写成文字的数：check 说类型不同，表里说写成了文字。"""
    words = {"expected": "有效提升", "actual": " 95%"}
    changes = {CellKey("indicators", "9", column): text for column, text in words.items()}
    found = compared(scheme_of(SPECIAL), clean(SPECIAL) | changes)
    assert ("9", "K06") in {(one.row, one.code) for one in found.found}
    assert found.banner.startswith(f"{NOT_READY}：须改正1处")


@pytest.mark.parametrize("said", ["10个/年", "有效提升", "不超过上年"])
def test_words_are_not_numbers(said: str) -> None:
    """像数而读不成数的、一句话，选档计分，不叫改。"""
    changes: Contents = {CellKey("indicators", "9", "expected"): said}
    found = compared(scheme_of(SPECIAL), clean(SPECIAL) | changes)
    assert found.banner.startswith(READY), said


# ---------------------------------------------------------------- 不是记录的行

# 程序不计入的各种写法；一样的数，表里的公式算了进去
NOT_RECORDS = (
    *("合计数", "总计（万元）", "全市合计", "小计：", "其中：学位建设", "1、其中教师培训"),
    *("以下空白", "……", "例：学位建设资金", "请填写名称"),
)
ROWS = {"funds": "name", "indicators": "title"}


@pytest.mark.parametrize(
    ("sheet", "said"), [*(("funds", one) for one in NOT_RECORDS), ("indicators", "合 计")]
)
def test_a_row_that_is_no_record_is_not_scored_or_told(sheet: str, said: str) -> None:
    """程序不计入；表里的公式算了进去的，那一行说须改正，不说可报送。"""
    scheme, base = brief(scheme_of(SPECIAL)), clean(SPECIAL)
    row = str(1 + max(int(key.row) for key in base if key.sheet == sheet))
    copied = {k._replace(row=row): v for k, v in base.items() if (k.sheet, k.row) == (sheet, "2")}
    found = compared(scheme, base | copied | {CellKey(sheet, row, ROWS[sheet]): said})
    assert any(one[:3] == (sheet, row, "R260") for one in found.found), found.found
    assert not found.ready
    severities = {one.severity for key, at, one in found.live if (key, at) == (sheet, row)}
    assert Severity.ERROR in severities


def test_names_that_only_look_like_totals() -> None:
    names = ("汇总平台建设专项资金", "总部经济奖励", "甲（乙）", "等级公路养护", "完善设施")
    own = {
        CellKey("funds", str(row), column): clean(SPECIAL)[CellKey("funds", "2", column)]
        for row, _ in enumerate(names, 4)
        for column in ("planned", "paid", "as_of")
    }
    own |= {CellKey("funds", str(row), "name"): name for row, name in enumerate(names, 4)}
    found = compared(brief(scheme_of(SPECIAL)), clean(SPECIAL) | own)
    assert not {"R260"} & {code for *_, one in found.live for code in one.codes}
    assert not {"R260"} & {one.code for one in found.found}


BLANKS = {
    ("funds", "name"): " ", ("funds", "note"): "　", ("tasks", "task"): "\n",
    ("indicators", "title"): " \u00a0", ("indicators", "unit"): "\u200b",
    ("indicators", "expected"): " ",
}  # fmt: skip


def test_a_row_of_blanks_is_told_as_one() -> None:
    """看着空的一行，两边都说是哪一行；不再说这一行缺什么、填错什么。"""
    changes = {CellKey(sheet, "20", column): blank for (sheet, column), blank in BLANKS.items()}
    form = make_form(brief(scheme_of(SPECIAL)), clean(SPECIAL) | changes)
    found = compared(form.scheme, form.contents)
    told = sorted((sheet, one.says[:9]) for sheet, row, one in found.live if row == "20")
    sheets = sorted({sheet for sheet, _ in BLANKS})
    assert told == [(sheet, "这一行只有空格或换") for sheet in sheets]
    reading = understand_book(read_bytes(quick_file(form)), [form.scheme])
    assert [(one.code, one.sheet) for one in reading.findings] == [
        ("R281", block.name) for key, block in form.layout.blocks.items() if key in sheets
    ]
    plan = form_book(form)
    (computed,) = formualizer_each([plan])
    assert differences(plan, computed) == []


@pytest.mark.parametrize(("scheme_id", "row"), [(SPECIAL, "10"), (PROJECT_101, "3")])
def test_what_is_left_of_a_cleared_row_is_named(scheme_id: str, row: str) -> None:
    """清了一行，最右的一栏没有清：两边都说剩下的，不怪封面上自动数的个数。"""
    counted = {f"{one}_count" for one in ("indicator", "output", "outcome")}
    contents = {
        key: value
        for key, value in clean(scheme_id).items()
        if (key.sheet, key.row) != ("indicators", row) or key.column == "evidence"
        if key.row not in counted
    }
    form = make_form(brief(scheme_of(scheme_id)), contents)
    found = compared(form.scheme, contents)
    (told,) = (one.says for sheet, at, one in found.live if (sheet, at) == ("indicators", row))
    assert "这一行必填的都空着" in told
    assert "“佐证材料”里还有没清的" in told
    assert "A06" not in {one.code for one in found.found}
    reading = understand_book(read_bytes(quick_file(form)), [form.scheme])
    (left,) = (one for one in reading.findings if one.code == "R282")
    assert left.at == form.layout.place(_goal(row, "evidence")).at
    plan = form_book(form)
    (computed,) = formualizer_each([plan])
    assert differences(plan, computed) == []


# 括号里另有数的、中文写的、约数：程序读得出一个数，公式当作一句话；选了档也要先改
READ_IN_WORDS = (
    *("1200（年中调整为1250）", "1200(年中调整为1250)", "120.0万（含线上）", "1200多", "约1200"),
    *("百分之九十五", "百分之百", "百分百", "九成", "一千二百人次", "１２００"),
)


@pytest.mark.parametrize("said", READ_IN_WORDS)
def test_a_target_the_program_reads_is_told(said: str) -> None:
    changes: Contents = {
        CellKey("indicators", "6", "expected"): said,
        CellKey("indicators", "6", "tier"): "部分达成年度指标并具有一定效果",
    }
    found = compared(brief(scheme_of(SPECIAL)), clean(SPECIAL) | changes)
    (told,) = (one.says for sheet, row, one in found.live if (sheet, row) == ("indicators", "6"))
    assert "只填一个数" in told
    assert not found.ready


@pytest.mark.parametrize("said", ["1200/1250", "1200-1250", "1200→1250", "由1200增至1250"])
def test_two_numbers_for_one_are_told_on_both_sides(said: str) -> None:
    changes: Contents = {CellKey("indicators", "6", "actual"): said}
    found = compared(scheme_of(SPECIAL), clean(SPECIAL) | changes)
    assert ("indicators", "6", "K06", Severity.ERROR) in found.found
    (told,) = (one.says for sheet, row, one in found.live if (sheet, row) == ("indicators", "6"))
    assert "只填一个数" in told


def test_a_number_in_brackets_is_said_not_to_be_read() -> None:
    """405（年中调整为411）读作405，说括号里的没有读；括号里没有数的不说。"""
    key = CellKey("indicators", "6", "actual")
    for said, codes in (("1310（年中调整为1320）", {"V155"}), ("1310（线上线下）", set())):
        form = make_form(scheme_of(SPECIAL), clean(SPECIAL) | {key: said})
        reading = understand_book(read_bytes(quick_file(form)), [form.scheme])
        assert reading.submission is not None
        assert reading.submission.entries[key].value.number == Decimal(1310)
        at = form.layout.place(key).at
        assert {one.code for one in reading.findings if one.at == at} == codes
