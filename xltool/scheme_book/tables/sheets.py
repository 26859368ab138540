"""工作表：报送表有哪几张，各是什么种类。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.scheme_book.draft import given
from xltool.scheme_book.table import Column, Kind, Table
from xltool.scheme_book.tables.fields import field_data
from xltool.scheme_book.words import SHEET_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme
    from xltool.scheme_book.draft import Data, Draft
    from xltool.scheme_book.table import Row

TABLE: Final = Table(
    key="sheets",
    name="工作表",
    title="报送表有哪些工作表",
    note="依排列次序，一行一张；各张表里的项目在“字段”里。",
    purpose="每年改标题里的年度；增减工作表时改",
    label="name",
    columns=(
        Column(
            key="key",
            heading="标识",
            width=16,
            kind=Kind.KEY,
            required=True,
            fixed=True,
            help="程序用的名字：小写字母开头，只用小写字母、数字和下划线。",
        ),
        Column(key="name", heading="表名", width=18, required=True, help="工作表标签上的名字。"),
        Column(
            key="kind",
            heading="种类",
            width=10,
            kind=Kind.WORD,
            required=True,
            words=SHEET_KINDS,
            help="从列表选；意思见“词表”。",
        ),
        Column(key="title", heading="标题", width=40, required=True, help="印在表上，带年度。"),
        Column(key="note", heading="说明", width=44, help="印在标题下面，如 金额单位：万元。"),
        Column(
            key="capacity",
            heading="可填几行",
            width=9,
            kind=Kind.WHOLE,
            help="记录表才写：预留几行。",
        ),
        Column(
            key="at_least",
            heading="至少几行",
            width=9,
            kind=Kind.WHOLE,
            help="记录表才写：至少要填几行，可以空着。",
        ),
        Column(
            key="anchor",
            heading="认行的栏",
            width=14,
            kind=Kind.KEY,
            help="记录表才写：哪一栏填了就算一条，写栏的标识。",
        ),
        Column(
            key="register",
            heading="汇总里的登记表",
            width=18,
            help="汇总时各单位的这张表接在一起，叫什么；空着用表名，不要的写“不列”。",
        ),
        Column(
            key="page",
            heading="印在哪一页",
            width=14,
            help="几张表印在同一页上的，写那一页的表名；自成一张的空着。",
        ),
        Column(
            key="grid",
            heading="页上的各行",
            width=44,
            help="印在一页上的逐项表才写，一行一行地写；写法见方案参考。",
        ),
        Column(
            key="beside",
            heading="页外的栏",
            width=20,
            help="印在一页上的记录表才写：排在页边右面、不印的栏，一行一个标识。",
        ),
    ),
    spare=4,
    unique=(("key",), ("name",)),
)


def rows(scheme: Scheme) -> Iterator[Row]:
    """各张工作表。"""
    for sheet in scheme.sheets:
        yield {
            "key": sheet.key,
            "name": sheet.name,
            "kind": sheet.kind.value,
            "title": sheet.title,
            "note": sheet.note,
            "capacity": Decimal(sheet.capacity) if sheet.capacity else None,
            "at_least": Decimal(sheet.at_least) if sheet.at_least else None,
            "anchor": sheet.anchor,
            "register": sheet.register,
            "page": sheet.page,
            "grid": "\n".join(sheet.grid),
            "beside": "\n".join(sheet.beside),
        }


def fill(draft: Draft) -> None:
    """各张工作表和它的填报项。"""
    listed: list[Data] = []
    for number, row in enumerate(draft.rows(TABLE.key), 1):
        key = row.text("key")
        paths = (f"sheets[{number}]", f"sheets.{key}")
        draft.mark_row(paths, row, "key")
        item = {name: row.text(name) for name in ("key", "name", "kind", "title")}
        item |= given(
            note=row.text("note"),
            capacity=row.number_or_none("capacity"),
            at_least=row.number_or_none("at_least"),
            anchor=row.text("anchor"),
            register=row.text("register"),
            page=row.text("page"),
            grid=row.text("grid").splitlines(),
            beside=row.text("beside").split(),
        )
        listed.append(item | field_data(draft, key, paths))
    draft.mark_head("sheets", TABLE.key, "kind")
    draft.mark_head("sheets.key", TABLE.key, "key")
    draft.mark_head("sheets.name", TABLE.key, "name")
    draft.data["sheets"] = listed
