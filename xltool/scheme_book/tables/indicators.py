"""指标体系：一行一个三级指标；办法取什么数、用什么参数在另外两张表上。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.scheme_book.table import Column, Kind, Table
from xltool.scheme_book.tables.method_data import method_data
from xltool.scheme_book.words import METHODS, ORIGIN_HELP
from xltool.scoring.catalogue import methods_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme
    from xltool.scheme_book.draft import Data, Draft, ReadRow
    from xltool.scheme_book.table import Row

LEVEL1, SENTENCE = "level1", "sentence"

TABLE: Final = Table(
    key="indicators",
    name="指标体系",
    title="三级指标",
    note="一行一个三级指标；补在末尾的，导入时排到同一个二级指标之后。评分标准由计分办法和参数生成，不用写。",
    purpose="改分值、指标名称、计分办法时改",
    label="title",
    columns=(
        Column(
            key="code",
            heading="编码",
            width=7,
            kind=Kind.CODE,
            required=True,
            fixed=True,
            help="每个三级指标一个，按文字写，如 27。",
        ),
        Column(key=LEVEL1, heading="一级指标", width=12, kind=Kind.AUTO),
        Column(
            key="level2",
            heading="二级指标",
            width=14,
            required=True,
            pick="levels.title",
            parent="levels.title",
            help="从“一二级指标”里选。",
        ),
        Column(key="title", heading="三级指标", width=24, required=True, help="印在评分表上。"),
        Column(
            key="points",
            heading="分值",
            width=8,
            kind=Kind.NUMBER,
            required=True,
            help="同一个二级指标的各个三级，合计等于二级的分值。",
        ),
        Column(key="note", heading="指标说明", width=30, help="印在评分表上，一两句话。"),
        Column(
            key="origin",
            heading="来源",
            width=26,
            kind=Kind.ORIGIN,
            required=True,
            help=f"{ORIGIN_HELP}。",
        ),
        Column(
            key="method",
            heading="计分办法",
            width=14,
            kind=Kind.WORD,
            required=True,
            words=METHODS,
            help="从列表选；各种办法的意思、要取的数和参数见“词表”。",
        ),
        Column(
            key="method_origin",
            heading="办法来源",
            width=30,
            kind=Kind.ORIGIN,
            required=True,
            help=f"计分办法和参数从哪里来，{ORIGIN_HELP}。",
        ),
        Column(
            key=SENTENCE, heading="评分标准（导出时的，导入后重新生成）", width=44, kind=Kind.AUTO
        ),
    ),
    unique=(("code",),),
)


def rows(scheme: Scheme) -> Iterator[Row]:
    """各个三级指标。"""
    for method in methods_of(scheme):
        indicator = method.indicator
        yield {
            "code": indicator.code,
            LEVEL1: indicator.level1,
            "level2": indicator.level2,
            "title": indicator.title,
            "points": indicator.points,
            "note": indicator.note,
            "origin": indicator.origin,
            "method": indicator.method.name,
            "method_origin": indicator.method.origin,
            SENTENCE: method.sentence(),
        }


def fill(draft: Draft) -> None:
    """各个三级指标，同一级的排在一起。"""
    listed: list[Data] = []
    for row in _in_order(draft):
        code = row.text("code")
        paths = (f"indicators[{len(listed) + 1}]", f"indicators.{code}")
        for path in paths:
            draft.mark(f"{path}.method", row.place("method"))
            draft.mark(f"{path}.method.origin", row.place("method_origin"))
        draft.mark_row(paths, row, "code")
        item: Data = {"code": code, "level2": row.text("level2"), "title": row.text("title")}
        item |= {"points": row.amount("points"), "note": row.text("note")}
        item |= {"origin": row.text("origin"), "method": method_data(draft, row, paths)}
        listed.append(item)
    draft.mark_head("indicators", TABLE.key, "code")
    draft.mark_head("indicators.code", TABLE.key, "code")
    draft.data["indicators"] = listed


def _in_order(draft: Draft) -> list[ReadRow]:
    """依一级、二级第一次出现的次序归拢；补在末尾的行跟着自己的一组。"""
    parents = {row.text("title"): row.text("parent") for row in draft.rows("levels")}
    tops: dict[str, dict[str, list[ReadRow]]] = {}
    for row in draft.rows(TABLE.key):
        level2 = row.text("level2")
        groups = tops.setdefault(parents.get(level2, ""), {})
        groups.setdefault(level2, []).append(row)
    return [row for groups in tops.values() for group in groups.values() for row in group]
