"""勾稽：合计等于各分项之和。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.scheme_book.draft import given
from xltool.scheme_book.table import Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme
    from xltool.scheme_book.draft import Data, Draft
    from xltool.scheme_book.table import Row

TABLE: Final = Table(
    key="checks",
    name="勾稽",
    title="勾稽关系",
    note="合计的项等于相加的项之和，减去相减的项；写 表.项，几项用顿号隔开。",
    purpose="增减勾稽关系时改",
    label="label",
    columns=(
        Column(
            key="rule",
            heading="疑点编码",
            width=10,
            kind=Kind.CODE,
            required=True,
            fixed=True,
            help="不符时报哪条疑点，如 A01。",
        ),
        Column(key="label", heading="说法", width=50, required=True, help="印在填报检查里。"),
        Column(
            key="total",
            heading="合计的项",
            width=24,
            kind=Kind.REF,
            required=True,
            pick="fields.reference",
            help="写 表.项，如 finance.total。",
        ),
        Column(
            key="plus",
            heading="相加的项",
            width=44,
            kind=Kind.REFS,
            required=True,
            help="写 表.项，几项用顿号隔开。",
        ),
        Column(
            key="minus",
            heading="相减的项",
            width=24,
            kind=Kind.REFS,
            help="写 表.项，几项用顿号隔开；没有的空着。",
        ),
    ),
    spare=4,
    blank=True,
)


def rows(scheme: Scheme) -> Iterator[Row]:
    """各条勾稽。"""
    for check in scheme.checks:
        yield {
            "rule": check.rule,
            "label": check.label,
            "total": str(check.total),
            "plus": tuple(map(str, check.plus)),
            "minus": tuple(map(str, check.minus)),
        }


def fill(draft: Draft) -> None:
    """各条勾稽；一条也没有的不写这一节。"""
    listed: list[Data] = []
    for number, row in enumerate(draft.rows(TABLE.key), 1):
        paths = (f"checks[{number}]", f"checks.{row.text('rule')}")
        draft.mark_row(paths, row, "total")
        for path in paths:
            draft.mark_words(path, row, "total", "plus", "minus")
        item: Data = {key: row.text(key) for key in ("rule", "label", "total")}
        item |= {"plus": row.texts("plus")} | given(minus=row.texts("minus"))
        listed.append(item)
    draft.mark_head("checks", TABLE.key, "rule")
    if listed:
        draft.data["checks"] = listed
