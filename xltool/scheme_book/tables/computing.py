"""自动计算、二级下拉：字段里少数几个才有的写法，另成两张表。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.scheme_book.draft import given
from xltool.scheme_book.table import Column, Kind, Table
from xltool.scheme_book.words import COMPUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Field, Scheme, Sheet
    from xltool.scheme_book.draft import Data, Draft, ReadRow
    from xltool.scheme_book.table import Row

LABEL: Final = "label"
_SHEET: Final = Column(
    key="sheet",
    heading="工作表",
    width=16,
    kind=Kind.KEY,
    required=True,
    fixed=True,
    pick="sheets.key",
    parent="sheets.key",
    help="工作表的标识。",
)
_FIELD: Final = Column(
    key="key",
    heading="字段",
    width=20,
    kind=Kind.KEY,
    required=True,
    fixed=True,
    help="“字段”里的标识。",
)
_LABEL: Final = Column(key=LABEL, heading="名称", width=26, kind=Kind.AUTO)

COMPUTED: Final = Table(
    key="computed",
    name="自动计算",
    title="自动计算的项目和栏",
    note="写了算法的，单位不用填，由公式得出。取数写同一张表的栏的标识，或 表.项。",
    purpose="增减自动计算的项时改",
    label="key",
    columns=(
        _SHEET,
        _FIELD,
        _LABEL,
        Column(
            key="kind",
            heading="算法",
            width=12,
            kind=Kind.WORD,
            required=True,
            words=COMPUTES,
            help="从列表选；意思和取数见“词表”。",
        ),
        Column(
            key="inputs",
            heading="取数",
            width=44,
            kind=Kind.REFS,
            bare=True,
            help="栏的标识，或 表.项；两项用顿号隔开，甲在前。",
        ),
        Column(
            key="fallback",
            heading="缺数时用",
            width=24,
            kind=Kind.REF,
            bare=True,
            help="算不出时用哪一项代替；没有的空着。",
        ),
    ),
    spare=6,
    unique=(("sheet", "key"),),
    blank=True,
)
DROPDOWNS: Final = Table(
    key="dropdowns",
    name="二级下拉",
    title="随上一栏而变的下拉列表",
    note="上一栏选了什么，这一栏用哪个选项表；一种一行。选项改了字，这里也要改。",
    purpose="改一级、二级分类的下拉列表时改",
    label="key",
    columns=(
        _SHEET,
        _FIELD,
        _LABEL,
        Column(
            key="depends",
            heading="上一栏",
            width=16,
            kind=Kind.KEY,
            required=True,
            help="同一张表里上一栏的标识。",
        ),
        Column(key="choice", heading="上一栏选了", width=24, help="上一栏的选项，照“选项”写。"),
        Column(
            key="options",
            heading="就用选项表",
            width=24,
            kind=Kind.KEY,
            pick="options.list",
            parent="options.list",
            help="选项表的标识，见“选项”。",
        ),
    ),
    spare=6,
    unique=(("sheet", "key", "choice"),),
    blank=True,
)


def computed_rows(scheme: Scheme) -> Iterator[Row]:
    """各个自动计算的项。"""
    for sheet, field in _every(scheme):
        if field.computation is not None:
            yield {
                "sheet": sheet.key,
                "key": field.key,
                LABEL: field.label,
                "kind": field.computation.kind.value,
                "inputs": field.computation.inputs,
                "fallback": field.computation.fallback,
            }


def dropdown_rows(scheme: Scheme) -> Iterator[Row]:
    """各个二级下拉。"""
    for sheet, field in _every(scheme):
        head: Row = {
            "sheet": sheet.key,
            "key": field.key,
            LABEL: field.label,
            "depends": field.depends,
        }
        if field.depends and not field.options_by:
            yield head
        for choice, options in field.options_by.items():
            yield {**head, "choice": choice, "options": options}


def _every(scheme: Scheme) -> Iterator[tuple[Sheet, Field]]:
    for sheet in scheme.sheets:
        for field in (*sheet.fields, *sheet.extras):
            yield sheet, field


def computation_data(draft: Draft, sheet: str, key: str, paths: tuple[str, ...]) -> Data:
    """一个项目的算法；没有的为空。"""
    row = next(iter(_of(draft, COMPUTED, sheet, key)), None)
    if row is None:
        return {}
    draft.mark_row(tuple(f"{path}.computation" for path in paths), row, "kind")
    for path in paths:
        draft.mark_words(f"{path}.computation", row, "inputs", "fallback", home=sheet)
    data = {"kind": row.text("kind")}
    return data | given(inputs=row.texts("inputs"), fallback=row.text("fallback"))


def dropdown_data(draft: Draft, sheet: str, key: str, paths: tuple[str, ...]) -> Data:
    """一个项目的二级下拉；没有的为空。"""
    rows = _of(draft, DROPDOWNS, sheet, key)
    if not rows:
        return {}
    for path in paths:
        draft.mark(f"{path}.depends", rows[0].place("depends"))
        draft.mark(f"{path}.options_by", rows[0].place("choice"))
        for row in rows:
            draft.mark(f"{path}.options_by.{row.text('choice')}", row.place("choice"))
    listed = {row.text("choice"): row.text("options") for row in rows if row.text("choice")}
    return given(depends=rows[0].text("depends"), options_by=listed)


def _of(draft: Draft, table: Table, sheet: str, key: str) -> list[ReadRow]:
    rows = draft.groups(table.key, "sheet").get(sheet, [])
    return [row for row in rows if row.text("key") == key]
