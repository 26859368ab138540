"""模板上每一格印着什么：填报格、印好的字、公式；读报送时逐格对照。"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.allocation import points_formula
from xltool.facts.computed import formula, plain
from xltool.layout.block import END, END_MARK, TOTAL
from xltool.layout.layout import ANNEX, BACK, STATUS, SheetRefs, template_layout
from xltool.layout.wording import (
    BACK_TEXT,
    STATUS_START,
    TOTAL_TEXT,
    UNIT_TEXT,
    help_text,
    level_texts,
    sheet_tag,
    signatures,
)
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.model import SheetKind
from xltool.scoring.catalogue import methods_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from xltool.layout.block import Block
    from xltool.layout.layout import Layout
    from xltool.scheme.model import Computation, Field, Indicator, Scheme


class Kind(Enum):
    """一格是什么。"""

    INPUT = "input"
    ANCHOR = "anchor"  # 标识、表头、编码、项目：据此认行认栏
    TEXT = "text"  # 其余印好的字
    POINTS = "points"  # 分值
    FORMULA = "formula"
    TOTAL = "total"  # 合计行的公式
    REVIEW = "review"  # 财政部门填的格
    LOOSE = "loose"  # 抬头各行：开头的字对得上就行


class Slot(NamedTuple):
    """一格：种类、名字、应有的字或公式、填报项。"""

    kind: Kind
    key: CellKey
    expected: str = ""
    field: Field | None = None


Spots = dict[tuple[int, int], Slot]
NEEDED = frozenset({Kind.FORMULA, Kind.TOTAL, Kind.POINTS})
HEADER, IDENTITY_LINE, TOP = "#header", "#identity", "#top"


@dataclass(frozen=True, slots=True)
class Printed:
    """一张表的模板：按位置取，或按（行、栏）取。

    `anchors` 是各锚点和它的字，全在原处才算没有移动过；`needed` 是必有公式或分值的格；
    `heads` 是抬头各格开头的字，`signed` 是签章各格开头的字；`codes` 是各行的编码。
    """

    spots: Spots
    slots: Mapping[tuple[str, str], Slot]
    anchors: tuple[tuple[tuple[int, int], str], ...]
    needed: frozenset[tuple[int, int]]
    heads: tuple[str, ...]
    signed: tuple[str, ...]
    codes: frozenset[str]


@lru_cache(maxsize=16)
def printed_sheets(scheme: Scheme) -> Mapping[str, Printed]:
    """方案里各张填报表的模板。"""
    layout = template_layout(scheme)
    return {key: _printed(layout, block) for key, block in layout.blocks.items()}


def _printed(layout: Layout, block: Block) -> Printed:
    slots = {
        (slot.key.row, slot.key.column): slot
        for slot in (*_identity(block), *_header(block), *_MAKERS[block.sheet.kind](layout, block))
    }
    lines = {**block.rows, HEADER: block.lines.header, IDENTITY_LINE: block.lines.identity}
    spots = {(lines[row], block.columns[column][0]): slot for (row, column), slot in slots.items()}
    heads = dict(_head(layout.scheme, block))
    return Printed(
        spots=spots | heads,
        slots=slots,
        anchors=tuple((at, s.expected) for at, s in spots.items() if s.kind is Kind.ANCHOR),
        needed=frozenset(at for at, slot in spots.items() if slot.kind in NEEDED),
        heads=tuple(slot.expected for slot in heads.values()),
        signed=tuple(text for text, _ in signatures(layout.scheme)),
        codes=frozenset(slots[row, "code"].expected for row in block.entry_rows),
    )


# ---------------------------------------------------------------- 抬头、标识、表头


def _head(scheme: Scheme, block: Block) -> Iterator[tuple[tuple[int, int], Slot]]:
    sheet = block.sheet
    note = UNIT_TEXT.rstrip("：") if sheet is scheme.score_sheet else sheet.note
    texts = {
        (BACK.row, BACK.col): BACK_TEXT,
        (STATUS.row, STATUS.col): STATUS_START,
        (block.lines.title, 1): sheet.title,
        (block.lines.note, 1): note,
    }
    if sheet is scheme.score_sheet:
        texts[ANNEX.row, ANNEX.col] = scheme.annex
    for at, text in texts.items():
        if text:
            yield at, Slot(Kind.LOOSE, CellKey(sheet.key, TOP), text)


def _identity(block: Block) -> Iterator[Slot]:
    key = block.sheet.key
    for column in block.listed:
        text = sheet_tag(block.sheet) if column.key == "code" else column.key
        yield Slot(Kind.ANCHOR, CellKey(key, IDENTITY_LINE, column.key), text)


def _header(block: Block) -> Iterator[Slot]:
    for column in block.listed:
        key = CellKey(block.sheet.key, HEADER, column.key)
        yield Slot(Kind.ANCHOR, key, column.heading)


# ---------------------------------------------------------------- 三种表


def _fields(layout: Layout, block: Block) -> Iterator[Slot]:
    refs = SheetRefs(layout, block.name)
    for field in block.sheet.fields:
        key = CellKey(block.sheet.key, field.key, VALUE)
        yield Slot(Kind.ANCHOR, key._replace(column="code"), field.code)
        yield Slot(Kind.ANCHOR, key._replace(column="label"), field.heading)
        yield Slot(Kind.TEXT, key._replace(column="help"), help_text(field))
        if field.computation is None:
            yield Slot(Kind.INPUT, key, field=field)
        else:
            yield _computed(layout.scheme, key, field, field.computation, refs)
        for extra in block.sheet.extras:
            kind = Kind.INPUT if field.computation is None else Kind.TEXT
            yield Slot(kind, key._replace(column=extra.key), field=extra)


def _records(layout: Layout, block: Block) -> Iterator[Slot]:
    refs = SheetRefs(layout, block.name)
    for row in block.entry_rows:
        yield Slot(Kind.ANCHOR, CellKey(block.sheet.key, row, "code"), row)
        for field in block.sheet.fields:
            key = CellKey(block.sheet.key, row, field.key)
            if field.computation is None:
                yield Slot(Kind.INPUT, key, field=field)
            else:
                yield _computed(layout.scheme, key, field, field.computation, refs)
    yield Slot(Kind.ANCHOR, CellKey(block.sheet.key, END, "code"), END_MARK)


def _computed(
    scheme: Scheme, key: CellKey, field: Field, computation: Computation, refs: SheetRefs
) -> Slot:
    return Slot(Kind.FORMULA, key, formula(scheme, computation, key, refs), field)


def _form(layout: Layout, block: Block) -> Iterator[Slot]:
    refs = SheetRefs(layout, block.name)
    for method in methods_of(layout.scheme):
        item = method.indicator
        key = CellKey(block.sheet.key, item.code)
        yield Slot(Kind.ANCHOR, key._replace(column="code"), item.code)
        yield Slot(Kind.ANCHOR, key._replace(column="title"), item.title)
        yield _points(layout.scheme, item, key._replace(column="points"), refs)
        yield Slot(Kind.TEXT, key._replace(column="note"), item.note)
        yield Slot(Kind.TEXT, key._replace(column="standard"), method.sentence())
        yield Slot(Kind.FORMULA, key._replace(column="basis"), method.basis(refs)[0])
        yield Slot(Kind.FORMULA, key._replace(column="score"), method.formula(refs))
        for field in block.sheet.fields:
            yield Slot(Kind.INPUT, key._replace(column=field.key), field=field)
        for column in ("review_score", "review_note"):
            yield Slot(Kind.REVIEW, key._replace(column=column))
    yield from _levels(layout.scheme, block)
    total = CellKey(block.sheet.key, TOTAL)
    yield Slot(Kind.TEXT, total._replace(column="level1"), TOTAL_TEXT)
    for column in ("points", "self_score", "score"):
        yield Slot(Kind.TOTAL, total._replace(column=column))


def _points(scheme: Scheme, indicator: Indicator, key: CellKey, refs: SheetRefs) -> Slot:
    if scheme.allocated(indicator.code):
        return Slot(Kind.FORMULA, key, points_formula(scheme, indicator.code, refs))
    return Slot(Kind.POINTS, key, plain(indicator.points))


def _levels(scheme: Scheme, block: Block) -> Iterator[Slot]:
    for row, column, text in level_texts(scheme):
        yield Slot(Kind.TEXT, CellKey(block.sheet.key, row, column), text)


_MAKERS: Mapping[SheetKind, Callable[[Layout, Block], Iterator[Slot]]] = {
    SheetKind.FIELDS: _fields,
    SheetKind.RECORDS: _records,
    SheetKind.SCORE: _form,
}
