"""测试用：把公式里的运算符、函数逐个换成别的，看界限上的各份里有没有一份看得出来。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import formualizer
from parity_cells import Spot, bare, frozen, same, wanted
from parity_engines import plain

from xltool.address import At
from xltool.excel.write import render_book
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from parity_cells import Wanted

    from xltool.facts.typed import Contents
    from xltool.form.form import Form
    from xltool.scheme.model import Scheme

SWAPS = (
    (">=", ">"), ("<=", "<"), ("<>", "="), (">", ">="), ("<", "<="), ("=", "<>"),
    ("MIN(", "MAX("), ("MAX(", "MIN("), ("AND(", "OR("), ("OR(", "AND("),
    ("+", "-"), ("-", "+"), ("*", "+"), ("/", "*"),
)  # fmt: skip
_TOKEN = re.compile(r"'[^']*'!|\"[^\"]*\"|>=|<=|<>|[A-Z]+\(|[<>=+*/-]|[^'\"<>=+*/(-]+|.")
_BESIDE = 200  # 哪张表都用不到的一栏
_AROUND = 4  # 说明一处改动时，前后各写几个词


class Mutant(NamedTuple):
    """一处改动：哪张表哪一栏（行）的公式、第几个词换成什么，前后是什么。"""

    spots: tuple[Spot, ...]
    index: int
    new: str
    where: str

    def of(self, text: str) -> str:
        """改动了的公式；同一栏各行的公式只有行号不同。"""
        words = _TOKEN.findall(text)
        return "".join((*words[: self.index], self.new, *words[self.index + 1 :]))


def _of_self_check(cell: Wanted) -> bool:
    """自查的各格和数它的各格：由 test_live、test_pasted 的各处错、随机改的各份核对，界限到不了。"""
    marks = ("须改正", "须说明", "必填未填", "CLEAN(", "HYPERLINK(", "ISBLANK(")
    return any(mark in cell.text for mark in (*marks, 'FIND("|",', '"每"'))


class _Book:
    """一份算好了的工作簿，可以换一格公式再算。"""

    def __init__(self, scheme: Scheme, contents: Contents) -> None:
        form = make_form(scheme, contents)
        plan = bare(frozen(form_plan(form)))
        self.cells: dict[Spot, Wanted] = wanted(plan)
        self.idle = set(_unfilled(form))
        self.book = formualizer.Workbook.from_bytes(render_book(plan, with_results=False))
        self.book.evaluate_all()

    def tells(self, mutant: Mutant) -> bool:
        """这一份看不看得出这处改动。"""
        return any(
            self._told(spot, self.cells[spot], mutant)
            for spot in mutant.spots
            if spot not in self.idle
        )

    def _told(self, spot: Spot, cell: Wanted, mutant: Mutant) -> bool:
        # 放在旁边的空格里算，原来的公式不必换掉再换回；各公式都不看自己在哪一格
        place = spot.sheet, At.parse(spot.at).row, _BESIDE
        self.book.set_formula(*place, f"={mutant.of(cell.text)}")
        return not same(cell, plain(self.book.evaluate_cell(*place)))


def _unfilled(form: Form) -> Iterator[Spot]:
    """记录表里没有填的行上的格：算出来都是空的，不必逐格看。"""
    for sheet in form.scheme.sheets:
        if sheet.kind is not SheetKind.RECORDS:
            continue
        block = form.layout.blocks[sheet.key]
        filled = form.facts.submission.records.get(sheet.key, ())
        for row in set(block.entry_rows) - {*filled}:
            for field in sheet.fields:
                yield Spot(block.name, block.at(row, field.key).a1)


def survivors(
    scheme: Scheme, edges: Iterable[tuple[str, Contents]], chosen: Callable[[int, str], bool]
) -> set[str]:
    """没有一份看得出来的改动；刚看出来的一份先看下一处，一条公式的各处多半同一份看得出。

    `chosen` 由第几处、怎样改挑要看的；各份用到了才算。
    """
    waiting = (_Book(scheme, contents) for _, contents in edges)
    books = [next(waiting)]
    found = set()
    cells = {spot: one for spot, one in books[0].cells.items() if not _of_self_check(one)}
    for number, mutant in enumerate(_mutants(scheme, cells)):
        if not chosen(number, mutant.where):
            continue
        teller = next((book for book in books if book.tells(mutant)), None)
        while teller is None and (book := next(waiting, None)) is not None:
            books.append(book)
            teller = book if book.tells(mutant) else None
        if teller is None:
            found.add(mutant.where)
        else:
            books.remove(teller)
            books.insert(0, teller)
    return found


def _mutants(scheme: Scheme, cells: Mapping[Spot, Wanted]) -> Iterator[Mutant]:
    for name, spots in _groups(scheme, cells).items():
        words = _TOKEN.findall(cells[spots[0]].text)
        for index, word in enumerate(words):
            for old, new in SWAPS:
                if word == old:
                    before = "".join(words[max(0, index - _AROUND) : index])
                    after = "".join(words[index + 1 : index + 1 + _AROUND])
                    where = f"{name} {before}〔{old}→{new}〕{after}"
                    yield Mutant(spots, index, new, where)


def _groups(scheme: Scheme, cells: Mapping[Spot, Wanted]) -> dict[str, tuple[Spot, ...]]:
    """记录表一栏的各行算作一个公式，其余一格一个。"""
    records = {sheet.name for sheet in scheme.sheets if sheet.kind is SheetKind.RECORDS}
    groups: dict[str, list[Spot]] = {}
    for spot in cells:
        in_records = spot.sheet in records and At.parse(spot.at).row > 1
        at = spot.at.rstrip("0123456789") if in_records else spot.at
        groups.setdefault(f"{spot.sheet}!{at}", []).append(spot)
    return {name: tuple(spots) for name, spots in groups.items()}
