"""测试用：三个会算公式的程序。写出的文件不带结果，算出来的不可能是抄的。"""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

import formualizer
import pytest
from office_server import convert
from parity_cells import Spot, book_of

from xltool.address import At
from xltool.excel.write import render_book
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import ironcalc
    from parity_cells import Book, Contents, Found, Place, Value

    from xltool.sheets.plan import Content, WorkbookPlan

    Plan = WorkbookPlan | Book

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="没有装 LibreOffice")

# 逗号、双引号、UTF-8；文字加引号，数不加；数写全部位数；每张表一个文件
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1"
_FIELD = re.compile(r'("(?:[^"]|"")*"|[^",\n]*)(,|\n|\Z)')
DAY_ZERO = date(1899, 12, 30)
_NAMED = re.compile(r"\b_\w+")
FEW_FORMULAS = 200  # 换这么多个公式，与另装一次差不多
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?(?:E[+-]?\d+)?)(%?)")


@lru_cache(maxsize=64)
def file_of(book: Book) -> bytes:
    """写成文件，公式不带结果；几个程序要看同一份，只写一次。"""
    return render_book(book.plan(), with_results=False)


def office(plans: Mapping[str, Plan], folder: Path) -> dict[str, Found]:
    """LibreOffice 一次算完全部工作簿。"""
    books = {name: book_of(plan) for name, plan in plans.items()}
    files = [file_of(book) for book in books.values()]
    found = dict(zip(plans, recalculated(files, folder), strict=True))
    for name, book in books.items():
        assert {*book.sheets} <= found[name].keys(), name
    return {
        name: {Spot(sheet, at.a1): v for sheet, cells in one.items() for at, v in cells.items()}
        for name, one in found.items()
    }


def recalculated(files: Iterable[bytes], folder: Path) -> list[dict[str, dict[At, Value]]]:
    """LibreOffice 打开各份工作簿，重新算过以后每张表各格的值。"""
    source, target = folder / "in", folder / "out"
    source.mkdir(parents=True)
    # 文件名用序号：表名是从“文件名-表名”里取的
    paths = []
    for number, data in enumerate(files):
        paths.append(source / f"{number:04d}.xlsx")
        paths[-1].write_bytes(data)
    convert(paths, target, CSV)
    return [read_tables(target, path.stem) for path in paths]


def read_tables(folder: Path, stem: str) -> dict[str, dict[At, Value]]:
    """存成文字的一份，每张表各格的值。"""
    return {
        written.stem.partition("-")[2]: dict(table(written.read_text("utf-8")))
        for written in folder.glob(f"{stem}-*.csv")
    }


def table(text: str) -> Iterator[tuple[At, Value]]:
    """逐格读，空着的没有：加了引号的是文字，没有的是数，`#DIV/0!` 之类照写。"""
    row = column = 1
    for field in _FIELD.finditer(text.replace("\r\n", "\n")):
        raw, end = field.groups()
        if raw:
            yield At(row, column), _value(raw)
        row, column = (row + 1, 1) if end == "\n" else (row, column + 1)


def _value(raw: str) -> Value:
    if raw.startswith('"'):
        return raw[1:-1].replace('""', '"')
    if number := _NUMBER.fullmatch(raw):
        return Decimal(number[1]).scaleb(-2 if number[2] else 0)
    return raw


def formualizer_found(plan: Plan) -> Found:
    """用 formualizer 算各公式格。"""
    return next(formualizer_each([plan]))


def formualizer_each(plans: Iterable[Plan], loaded: list[Loaded] | None = None) -> Iterator[Found]:
    """同一种表的各份：只装一次文件，以后换掉不同的格再算，比份份都装快好几倍。

    名称不同、公式又有许多不同的另装一次；装好的记在 `loaded` 里，下次再用。
    """
    loaded = [] if loaded is None else loaded
    for book in map(book_of, plans):
        fit = next((one for one in loaded if one.defined == book.base.names), None)
        fit = fit or next((one for one in loaded if one.near(book)), None)
        if fit is None:
            loaded.append(fit := Loaded(book))
        yield fit.found(book)


class Loaded:
    """由写出的文件装进 formualizer 的一本，可以换成另一份的内容。"""

    def __init__(self, book: Book) -> None:
        self.book = formualizer.Workbook.from_bytes(file_of(book), config=_alone())
        self.contents, self.sheets = book.contents, book.sheets
        self.defined = book.base.names
        self._own = {one.name: one.reference for one in self.defined}
        self._others: dict[str, str] = {}

    def near(self, book: Book) -> bool:
        """另一份的公式没有几个不同，换上比另装一次快；同名的名称指的都是同一处。"""
        if self.sheets != book.sheets:
            return False
        if any(self._own.get(one.name, one.reference) != one.reference for one in book.base.names):
            return False
        formulas = (
            place
            for place, content in changed(self.contents, book.contents)
            if Formula in {type(content), type(self.contents.get(place))}
        )
        return len(list(islice(formulas, FEW_FORMULAS + 1))) <= FEW_FORMULAS

    def found(self, book: Book) -> Found:
        self._others = {one.name: one.reference for one in book.base.names}
        for place, content in changed(self.contents, book.contents):
            self._put(place, content)
        self.contents = book.contents
        self.book.evaluate_all()
        places = ((spot, At.parse(spot.at)) for spot in book.wanted)
        return {spot: plain(self.book.get_value(spot.sheet, at.row, at.col)) for spot, at in places}

    def _called(self, name: re.Match[str]) -> str:
        return name[0] if name[0] in self._own else self._others.get(name[0], name[0])

    def _put(self, place: Place, content: Content) -> None:
        if isinstance(content, Formula):
            # 名称不能添，装好的一本没有的写成它指的格
            text = _NAMED.sub(self._called, content.text)
            self.book.set_formula(*place, f"={text}")
        elif isinstance(content, Decimal):
            self.book.set_value(*place, float(content))
        elif isinstance(content, date):
            self.book.set_value(*place, float((content - DAY_ZERO).days))
        else:
            assert content is None or isinstance(content, str | int), content
            self.book.set_value(*place, content)


def _alone() -> formualizer.WorkbookConfig:
    """一份一份小，分给几个线程算更费；不记改动。"""
    evaluation = formualizer.EvaluationConfig()
    evaluation.enable_parallel = False
    return formualizer.WorkbookConfig(eval_config=evaluation, enable_changelog=False)


def changed(before: Contents, now: Contents) -> Iterator[tuple[Place, Content]]:
    """哪些格换成什么；没有了的是空的。"""
    for place, content in now.items():
        if before.get(place) != content:
            yield place, content
    yield from ((place, None) for place in before.keys() - now.keys())


def plain(value: object) -> Value:
    """别的程序给的浮点数写成最短的十进制；认不得的值写明是什么，比较时必不相同。"""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(repr(value))
    return f"〈{type(value).__name__} {json.dumps(str(value), ensure_ascii=False)}〉"


def ironcalc_found(plan: Plan, folder: Path) -> Found:
    """用 IronCalc 算各公式格。"""
    return next(ironcalc_each([plan], folder))


def ironcalc_each(plans: Iterable[Plan], folder: Path) -> Iterator[Found]:
    """同一种表的各份：只装一次文件，以后换掉不同的格再算。"""
    import ironcalc

    file, model, before = folder / "一份.xlsx", None, {}
    for book in map(book_of, plans):
        numbers = {name: number for number, name in enumerate(book.sheets)}
        if model is None:
            file.write_bytes(file_of(book))
            model, before = ironcalc.load_from_xlsx(str(file), "en", "UTC", "en"), book.contents
        for (sheet, row, column), content in changed(before, book.contents):
            _put_ironcalc(model, (numbers[sheet], row, column), content)
        before = book.contents
        model.evaluate()
        places = ((spot, At.parse(spot.at)) for spot in book.wanted)
        yield {
            spot: plain(model.get_cell_value(numbers[spot.sheet], at.row, at.col))
            for spot, at in places
        }


def _put_ironcalc(model: ironcalc.Model, place: tuple[int, int, int], content: Content) -> None:
    if isinstance(content, Formula):
        model.update_cell_with_formula(*place, f"={content.text}")
    elif isinstance(content, date):
        model.update_cell_with_number(*place, float((content - DAY_ZERO).days))
    elif isinstance(content, Decimal | int):
        model.update_cell_with_number(*place, float(content))
    elif content is None:
        model.clear_cell_contents(*place)
    else:
        assert isinstance(content, str), content
        model.update_cell_with_text(*place, content)
