"""退回件的颜色由 LibreOffice 算：原样的都在，改了的没有了；几格对不上的，改对哪一格都没有了。"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from form_files import quick_file
from live_bases import clean, scheme_of
from openpyxl_books import loaded, saved
from parity_engines import needs_office, recalculated
from returned_copies import marked
from scheme_variants import PROJECT, brief

from xltool.address import At
from xltool.form.form import make_form
from xltool.marking.loaded_copy import Translation
from xltool.scheme.key import CellKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl.worksheet.worksheet import Worksheet

Spot = tuple[str, str]
INPUTS = Path(__file__).parents[2] / "sample_inputs"
MARK = '"xltool"="xltool"'
CHANGED = "改过的内容"
_FAR = "CZ"
SAMPLES = (
    "inbox/示例市交通运输局",
    "mixed/示例市地方志办公室",
    "mixed/示例市商务局_电商产业园扶持",
)


class Probed(NamedTuple):
    """一份退回件，各上色的格旁边照它的条件算一遍。"""

    data: bytes
    spots: dict[Spot, str]


def probed(copy: bytes, changes: Mapping[Spot, object] | None = None) -> Probed:
    """`changes` 是改的格；空着的，有颜色的格全改。"""
    book = loaded(copy)
    spots = {}
    for sheet in book.worksheets:
        for number, (at, formula) in enumerate(_marks(sheet), 1):
            spots[sheet.title, at] = f"{_FAR}{number}"
            sheet[f"{_FAR}{number}"] = f"=IF({formula},1,0)"
    for (name, at), value in (
        dict.fromkeys(spots, CHANGED) if changes is None else changes
    ).items():
        book[name][at] = value
    return Probed(saved(book), spots)


def _marks(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            if MARK in str(rule.formula[0]):
                first, _, last = str(area.sqref).partition(":")
                start, end = At.parse(first), At.parse(last or first)
                told = Translation(f"={rule.formula[0]}", first)
                for row in range(start.row, end.row + 1):
                    at = At(row, start.col).a1
                    yield at, told.translate_formula(at).removeprefix("=")


def colored(books: list[Probed], folder: Path) -> list[set[Spot]]:
    """重新算过，各份还有颜色的格。"""
    found = recalculated([one.data for one in books], folder)
    return [
        {spot for spot, at in one.spots.items() if cells[spot[0]].get(At.parse(at))}
        for one, cells in zip(books, found, strict=True)
    ]


def unbalanced() -> tuple[bytes, Spot, int]:
    """分值合计不是满分：第一行少一分；给出另一行的分值在哪一格、补成几分就对了。"""
    contents = clean(PROJECT)
    first, other = (CellKey("indicators", row, "points") for row in ("1", "2"))
    less = int(str(contents[first])) - 1
    changes = {first: Decimal(less), first._replace(column="self_score"): Decimal(less)}
    form = make_form(brief(scheme_of(PROJECT)), contents | changes)
    place = form.layout.place(other)
    return quick_file(form), (place.sheet, place.at.a1), int(str(contents[other])) + 1


@needs_office
@pytest.mark.nightly
def test_a_colour_goes_when_the_cell_is_changed(tmp_path: Path) -> None:
    copies = [marked((INPUTS / f"{name}.xlsx").read_bytes()) for name in SAMPLES]
    before, after = [probed(one, {}) for one in copies], [probed(one) for one in copies]
    found = colored([*before, *after], tmp_path / "books")
    assert found[: len(copies)] == [{*one.spots} for one in before]
    assert found[len(copies) :] == [set()] * len(copies)


@needs_office
@pytest.mark.nightly
def test_a_colour_goes_wherever_the_fault_is_mended(tmp_path: Path) -> None:
    """“三公”不等于分项，改的是分项；分值合计不是满分，改的是别的一行。"""
    sums = marked((INPUTS / "inbox" / "示例市交通运输局.xlsx").read_bytes())
    data, other, enough = unbalanced()
    whole, part, total = marked(data), ("收支与资产", "C15"), ("收支与资产", "C13")
    books = [
        probed(sums, {}),
        probed(sums, {part: 56}),
        probed(whole, {}),
        probed(whole, {other: enough}),
    ]
    first, mended, wrong, balanced = colored(books, tmp_path / "books")
    assert first - mended == {total}
    assert len(wrong) == 1
    assert balanced == set()
