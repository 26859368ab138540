"""得分明细：一行一个单位的一个三级指标。"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from xltool.address import Place
from xltool.collection.report_slices import SCORES, SheetSlice
from xltool.collection.reviewed import ABOVE, BELOW, NO_REASON, NOT_NUMBER, counted, problem_of
from xltool.collection.row_keys import score_key
from xltool.collection.verdicts import SCORE_HEADINGS, SINCE, Opinion
from xltool.consolidated.columns import Column, Kind, count, difference, points
from xltool.consolidated.fields import field_column
from xltool.consolidated.losses import Keys
from xltool.consolidated.opinions import opinion_column, opinion_validations, since
from xltool.consolidated.register import Register
from xltool.consolidated.source import ABOUT
from xltool.consolidated.whose import with_whose
from xltool.scheme.key import CellKey
from xltool.scoring.explanation import cells_text, reasons_text
from xltool.sheets.plan import (
    Formula,
    Highlight,
    NumberFormat,
    Role,
    Validation,
    ValidationKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.collection.verdicts import Carried
    from xltool.consolidated.columns import Item
    from xltool.consolidated.source import Scored, Source
    from xltool.scheme.model import Field, Indicator, Sheet
    from xltool.scoring.scored import Scored as Line
    from xltool.sheets.plan import Content, Link, SheetPlan

NAME = "得分明细"


class Detail(NamedTuple):
    """得分明细的一行；`carried` 是由上一份汇总带过来的复核得分，`filled` 是单位填的评分表。"""

    scored: Scored
    indicator: Indicator
    line: Line
    carried: Carried | None
    filled: SheetSlice

    @property
    def opinion(self) -> Opinion:
        """复核人写的。"""
        return self.carried.opinion if self.carried else Opinion()


@dataclass(frozen=True)
class _Contents:
    """要看来源才知道写什么的栏。"""

    source: Source

    def _key(self, item: Item[Detail]) -> CellKey:
        return CellKey(self.source.scheme.score_sheet.key, item.value.indicator.code, "score")

    def score(self, item: Item[Detail]) -> Content:
        """各单位评分表在本工作簿里的，引用那一格；另存的写数。"""
        scored, score = item.value.scored, item.value.line.score
        at = self.source.at(scored, self._key(item))
        if at is None or not scored.sheet:
            return score
        reference = Place(scored.sheet, at).reference
        text = f'IF(ISNUMBER({reference}),{reference},"")'
        return Formula(text, "" if score is None else score)

    @cached_property
    def _keys(self) -> Keys:
        return Keys(self.source)

    def order(self, item: Item[Detail]) -> Formula:
        """统计失分用的排序：见 losses。"""
        text = self._keys.formula(item.at("code"), item.at("points"), item.at("counted"))
        line = item.value.line
        score = counted(line, item.value.carried)
        return Formula(text, self._keys.value(line.code, line.points, score))

    def link(self, item: Item[Detail]) -> Link | str:
        """到评分表那一行的链接。"""
        return self.source.link(item.value.scored, self._key(item), "看评分表")


def details(source: Source) -> Register[Detail]:
    """得分明细。"""
    contents = _Contents(source)
    by_code = {indicator.code: indicator for indicator in source.scheme.indicators}
    own = _own(source.scheme.score_sheet)
    columns = (*_scores(source, contents), *_review(), *_traced(), *own, *_sources(contents))
    return Register(
        name=source.sheet(NAME),
        title=source.title(f"各{source.who}三级指标得分明细"),
        note=(
            f"按{source.who}次序、指标编码排列。浅色各栏由复核人员填写：复核得分在 0 和分值之间，"
            "写了就代替系统得分，记入汇总；“核对”说有什么不对。"
            f"评分标准和怎样可以不扣，见各{source.who}的计分说明。"
        ),
        columns=with_whose(columns, lambda detail: detail.scored.unit),
        items=(
            Detail(
                scored,
                by_code[line.code],
                line,
                source.reviews.scores.get((scored.unit.key, line.code)),
                filled,
            )
            for scored, lines in source.slices(SCORES, tuple)
            for filled in (source.part(scored, source.scheme.score_sheet.key, SheetSlice),)
            for line in lines
        ),
        count=len(source.scored) * len(source.scheme.indicators),
        home=ABOUT,
        version=source.version,
        frozen="title",
        printed=(own or _traced())[-1].key,
    )


def _scores(source: Source, contents: _Contents) -> tuple[Column[Detail], ...]:
    """哪个单位的哪个指标，几分。"""
    return (
        count("no", "单位序号", 6, lambda i: i.value.scored.number),
        Column("name", "单位名称", source.name_width, lambda i: i.value.scored.name, tall=True),
        Column("code", "编码", 6, lambda i: i.value.indicator.code, centered=True),
        Column("level1", "一级指标", 9, lambda i: i.value.indicator.level1, tall=True),
        Column("level2", "二级指标", 9, lambda i: i.value.indicator.level2, tall=True),
        Column("title", "三级指标", 18, lambda i: i.value.indicator.title, tall=True),
        points("points", "分值", lambda i: i.value.line.points),
        points("self_score", "自评得分", lambda i: i.value.line.self_score),
        points("score", "系统得分", contents.score),
        points(
            "gap",
            "自评-系统",
            difference("self_score", "score", lambda d: (d.line.self_score, d.line.score)),
        ),
    )


def _traced() -> tuple[Column[Detail], ...]:
    """怎样算出来的，扣在哪里。"""
    return (
        Column("trace", "计算过程", 36, lambda i: i.value.line.trace, tall=True),
        Column(
            "reasons", "扣分说明", 32, lambda i: reasons_text(i.value.line.deductions), tall=True
        ),
    )


def _own(sheet: Sheet) -> tuple[Column[Detail], ...]:
    """单位在评分表上另填的，如扣分原因；自评得分另有一栏。"""

    def column(field: Field) -> Column[Detail]:
        def value(detail: Detail) -> Content:
            return detail.filled.value(detail.indicator.code, field.key)

        return field_column(field, field.width, value)

    own = (one for one in sheet.fields if one.key != "self_score" and not one.computation)
    return tuple(column(one) for one in own)


def _sources(contents: _Contents) -> tuple[Column[Detail], ...]:
    """取自哪里，照什么规则。"""
    return (
        Column("link", "位置", 10, contents.link, link=True),
        Column("cells", "取数", 26, lambda i: cells_text(i.value.line.cells), tall=True),
        Column("source", "规则来源", 30, lambda i: i.value.indicator.method.origin, tall=True),
        Column("file", "来源文件", 30, lambda i: i.value.scored.unit.file, tall=True),
        Column("key", SCORE_HEADINGS["key"][0], 10, _key_of, hidden=True),
        Column("order", "统计用", 10, contents.order, hidden=True, kind=Kind.NUMBER),
    )


def _review() -> Iterator[Column[Detail]]:
    """复核得分和理由，写得对不对，计入汇总的是几分。"""
    yield opinion_column("verdict", SCORE_HEADINGS, 8, NumberFormat.POINTS, Kind.NUMBER)
    yield opinion_column("reason", SCORE_HEADINGS, 15)
    yield opinion_column("reviewer", SCORE_HEADINGS, 8)
    yield opinion_column("day", SCORE_HEADINGS, 12, NumberFormat.DATE)
    yield Column("since", SINCE, 7, since, centered=True, tall=True)
    yield Column("check", "核对", 8, _check, centered=True)
    yield points("counted", "计入得分", _counted)


def _key_of(item: Item[Detail]) -> str:
    detail = item.value
    unit, title = detail.scored.unit, detail.indicator.title
    return score_key(unit, detail.line, title, detail.carried).text


def _check(item: Item[Detail]) -> Formula:
    """复核得分哪里不对。"""
    own, limit, why = item.at("verdict"), item.at("points"), item.at("reason")
    text = (
        f'IF({own}="","",IF(NOT(ISNUMBER({own})),"{NOT_NUMBER}",IF({own}<0,"{BELOW}",'
        f'IF({own}>{limit},"{ABOVE}",IF({why}="","{NO_REASON}","")))))'
    )
    return Formula(text, problem_of(item.value.carried, item.value.line.points))


def _counted(item: Item[Detail]) -> Formula:
    """计入汇总的：复核得分对的用它，其余用系统得分。"""
    own, limit, score = item.at("verdict"), item.at("points"), item.at("score")
    system = f'IF(ISNUMBER({score}),{score},"")'
    text = f"IF(ISNUMBER({own}),IF(AND({own}>=0,{own}<={limit}),{own},{system}),{system})"
    result = counted(item.value.line, item.value.carried)
    return Formula(text, "" if result is None else result)


def details_plan(register: Register[Detail]) -> SheetPlan:
    """得分明细的工作表：复核各栏有校验，写得不对的显出来。"""
    score, check = register.area("verdict"), register.area("check")
    limit = f"${register.area('points').first.a1}"
    wrong = f'${check.first.a1}<>""'
    validations = (
        Validation(
            score,
            ValidationKind.DECIMAL,
            "复核得分",
            "与系统得分不同的才填，在 0 和本行分值之间；填了就代替系统得分。不改的留空。",
            "数字不对",
            "请填 0 到本行分值之间的数。",
            "",
            0,
            limit,
        ),
        *opinion_validations(register),
    )
    return register.plan(
        validations=validations,
        highlights=(Highlight(check, wrong, Role.ERROR), Highlight(score, wrong, Role.ERROR)),
    )
