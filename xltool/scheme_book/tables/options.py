"""选项：各个下拉列表，一行一个选项。"""

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
    key="options",
    name="选项",
    title="下拉列表",
    note="一行一个选项；补在末尾的，导入时排到同一个选项表之后。别的写法一格里一行一个。",
    purpose="增减选项、补充可以接受的别的写法时改",
    label="value",
    columns=(
        Column(
            key="list",
            heading="选项表",
            width=22,
            kind=Kind.KEY,
            required=True,
            fixed=True,
            help="选项表的标识：小写字母开头，只用小写字母、数字和下划线。",
        ),
        Column(
            key="list_title",
            heading="选项表名称",
            width=24,
            help="同一个选项表写在第一行即可。",
        ),
        Column(
            key="key",
            heading="选项标识",
            width=22,
            kind=Kind.KEY,
            required=True,
            fixed=True,
            help="程序用的名字，同一个选项表里不重复；计分和疑点按它认，不要改。",
        ),
        Column(
            key="value",
            heading="选项",
            width=34,
            required=True,
            help="下拉列表里印的字；改了字的，“二级下拉”里也要改。",
        ),
        Column(
            key="aliases",
            heading="别的写法",
            width=34,
            kind=Kind.LINES,
            help="可以接受的别的写法，一行一个，按 Alt+Enter 换行；没有的空着。",
        ),
    ),
    spare=20,
    unique=(("list", "key"),),
)


def rows(scheme: Scheme) -> Iterator[Row]:
    """各个选项。"""
    for options in scheme.options.values():
        for option in options.options:
            yield {
                "list": options.key,
                "list_title": options.title,
                "key": option.key,
                "value": option.value,
                "aliases": option.aliases,
            }


def fill(draft: Draft) -> None:
    """各个选项表；名称取写了的第一个。"""
    listed: list[Data] = []
    for key, group in draft.groups(TABLE.key, "list").items():
        paths = (f"options[{len(listed) + 1}]", f"options.{key}")
        title = next((row.text("list_title") for row in group if row.text("list_title")), "")
        options: list[Data] = []
        for path in paths:
            places = ("list", "list_title", "key", "value")
            for name, column in zip(("", ".title", ".key", ".value"), places, strict=True):
                draft.mark(f"{path}{name}", group[0].place(column))
        for row in group:
            inner = (f"{paths[0]}.options[{len(options) + 1}]", f"{paths[1]}.{row.text('key')}")
            draft.mark_row(inner, row, "key")
            for path in paths:
                draft.mark_words(f"{path}.value", row, "value", "aliases")
            item = {"key": row.text("key"), "value": row.text("value")}
            options.append(item | given(aliases=row.texts("aliases")))
        listed.append({"key": key, "title": title, "options": options})
    draft.mark_head("options", TABLE.key, "list")
    draft.data["options"] = listed
