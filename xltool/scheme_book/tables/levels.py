"""一二级指标：一行一个，分值、对应报告哪一节；合计和核对由公式得出。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.scheme_book.draft import given
from xltool.scheme_book.table import Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme
    from xltool.scheme_book.draft import Data, Draft
    from xltool.scheme_book.table import Row

SUM, CHECK = "sum", "check"

TABLE: Final = Table(
    key="levels",
    name="一二级指标",
    title="一级、二级指标",
    note="一级指标的行，“二级指标”空着；二级指标的行，“一级指标”写它属于哪个一级。“下级合计”要与分值相符。",
    purpose="改分值、增减一级二级指标时改",
    label="title",
    columns=(
        Column(
            key="parent",
            heading="一级指标",
            width=24,
            required=True,
            help="一级指标的名称；二级指标的行写它属于哪个一级。",
        ),
        Column(key="title", heading="二级指标", width=24, help="一级指标自己的行空着。"),
        Column(
            key="points",
            heading="分值",
            width=10,
            kind=Kind.NUMBER,
            required=True,
            help="一级等于它的各个二级之和；二级等于它的各个三级之和。",
        ),
        Column(key=SUM, heading="下级合计", width=12, kind=Kind.AUTO),
        Column(key=CHECK, heading="核对", width=12, kind=Kind.AUTO),
        Column(
            key="headings",
            heading="报告里的标题用词",
            width=34,
            kind=Kind.LINES,
            help="自评报告里对应一节的标题用词，有一个就算写了；一行一个。报告不必单写一节的空着。",
        ),
    ),
)


def rows(scheme: Scheme) -> Iterator[Row]:
    """一级在前，接着是它的各个二级。"""
    for level in scheme.levels:
        yield {
            "parent": level.parent or level.title,
            "title": level.title if level.parent else "",
            "points": level.points,
            "headings": level.headings,
        }


def fill(draft: Draft) -> None:
    """一级和它的各个二级；二级补在末尾的，归到它的一级。"""
    tops: dict[str, Data] = {}
    for row in draft.rows(TABLE.key):
        name = row.text("parent")
        if not row.text("title") and name not in tops:
            tops[name] = {"title": name, "points": row.amount("points"), "children": []}
            paths = (f"levels[{len(tops)}]", f"levels.{name}")
            draft.mark_row(paths, row, "points")
            for path in paths:
                draft.mark(f"{path}.title", row.place("parent"))
    numbers = {name: number for number, name in enumerate(tops, 1)}
    for row in draft.rows(TABLE.key):
        name, title = row.text("parent"), row.text("title")
        if title and name in tops:
            headings = given(headings=row.texts("headings"))
            children = tops[name]["children"]
            children.append({"title": title, "points": row.amount("points"), **headings})
            path = f"levels[{numbers[name]}].children[{len(children)}]"
            draft.mark_row((path, f"levels.{title}", f"indicators.{title}"), row, "points")
    draft.mark_head("levels", TABLE.key, "points")
    draft.data["levels"] = list(tops.values())
