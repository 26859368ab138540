"""读回计分办法：一个三级指标的取数、参数和各种备选办法，拼成方案文件的内容。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.scheme_book.draft import given
from xltool.scheme_book.tables.methods import (
    BANDS,
    INPUT_TABLE,
    PARAMETER_TABLE,
    WAY,
    WAY_TABLE,
    named,
)
from xltool.scheme_book.words import WORDED_INPUTS
from xltool.scoring.catalogue import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from xltool.scheme_book.draft import Data, Draft, ReadRow
    from xltool.scheme_book.table import Table


def method_data(draft: Draft, row: ReadRow, paths: tuple[str, ...]) -> Data:
    """一个三级指标的计分办法。"""
    code, ways = row.text("code"), []
    inner = tuple(f"{path}.method" for path in paths)
    for number, way in enumerate(_own(draft, WAY_TABLE, code), 1):
        places = tuple(f"{path}.way{number}" for path in inner)
        for place in (*places, *(f"{path}.ways[{number}]" for path in inner)):
            draft.mark_row((place,), way, "method")
        own = _spec_data(draft, way, number, places)
        ways.append({"title": way.text("title")} | own | {"origin": way.text("origin")})
    data = _spec_data(draft, row, 0, inner)
    return data | given(ways=ways) | {"origin": row.text("method_origin")}


def _spec_data(draft: Draft, row: ReadRow, way: int, paths: tuple[str, ...]) -> Data:
    code, method = row.text("code"), row.text("method")
    inputs = _inputs(draft, (code, way), method, paths)
    needs_none = method in METHODS and not METHODS[method].needs
    data: Data = {"name": method} | (given(inputs=inputs) if needs_none else {"inputs": inputs})
    return data | given(parameters=_parameters(draft, (code, way), paths))


def _own(draft: Draft, table: Table, code: str, way: int | None = None) -> Iterator[ReadRow]:
    """一个指标的各行；给了 `way` 就只要那一种办法的（0 是办法自己的）。"""
    for row in draft.groups(table.key, "code").get(code, ()):
        if way is None or int(row.amount(WAY.key)) == way:
            yield row


def _inputs(draft: Draft, of: tuple[str, int], method: str, paths: tuple[str, ...]) -> Data:
    """取数；可以取几项的写成一列。"""
    several = METHODS[method].several if method in METHODS else ()
    found: dict[str, list[str]] = {}
    for row in _own(draft, INPUT_TABLE, *of):
        name, ref = row.text("name"), row.text("ref")
        words = WORDED_INPUTS.get(name, {})
        ref = next((key for key, word in words.items() if word.word == ref), ref)
        found.setdefault(name, []).append(ref)
        for path in paths:
            draft.mark(f"{path}.inputs.{name}", row.place("ref"))
            draft.mark(f"{path}.inputs.{name}.{ref}", row.place("ref"))
            draft.mark(f"{path}.inputs", row.place("ref"))
    return {
        name: refs if name in several or len(refs) > 1 else refs[0] for name, refs in found.items()
    }


def _parameters(draft: Draft, of: tuple[str, int], paths: tuple[str, ...]) -> Data:
    """参数：带序号的写成一列；界限和得分比例合成一列档次。"""
    found: dict[str, dict[int, Decimal]] = {}
    for row in _own(draft, PARAMETER_TABLE, *of):
        one = named(row.text("name"))
        for path in paths:
            draft.mark(f"{path}.parameters", row.place("value"))
        if one is None:
            continue
        found.setdefault(one.name, {})[one.number] = row.amount("value")
        for path in paths:
            inner = f"{path}.parameters"
            places = (f"{inner}.{one.name}", f"{inner}.{one.key}")
            for name in (*places, f"{inner}.bands") if one.name in BANDS else places:
                draft.mark(name, row.place("value"))
    return _nested(found)


def _nested(found: Mapping[str, Mapping[int, Decimal]]) -> Data:
    data: Data = {}
    limits, shares = (found.get(name, {}) for name in BANDS)
    banded = bool(limits) and limits.keys() == shares.keys()
    for name, numbers in found.items():
        if banded and name in BANDS:
            pairs = [{"limit": limits[n], "share": shares[n]} for n in sorted(limits)]
            data.setdefault("bands", pairs)
        elif 0 in numbers:
            data[name] = numbers[0]
        else:
            data[name] = [numbers[number] for number in sorted(numbers)]
    return data
