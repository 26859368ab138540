"""总览：几种表合在一起时，各种表并排看：得分、等级、问题，失分最多的指标，各归口。"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from xltool.address import Area
from xltool.consolidated.blocks import LEAD, Block, Board, Slot, points, printed_across
from xltool.consolidated.columns import ABOVE_ROW, TOP
from xltool.consolidated.figures import reference
from xltool.consolidated.losses import STATISTICS
from xltool.consolidated.source import footer_of, heading
from xltool.consolidated.statistics_sheet import WIDTHS
from xltool.consolidated.summary import NAME as SUMMARY
from xltool.consolidated.summary_formulas import PROBLEMS, problems_of
from xltool.sheets.plan import Formula, Link, NumberFormat, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from decimal import Decimal

    from xltool.consolidated.blocks import Row
    from xltool.consolidated.part import Part
    from xltool.sheets.plan import SheetPlan

T = TypeVar("T")
NAME: Final = "总览"
_EACH: Final = 5  # 每种表列几个失分最多的指标


class Worst(NamedTuple):
    """一种表里失分第几多的指标。"""

    part: Part
    number: int


def _is_minor(part: Part) -> bool:
    """同一种表先后的版面里份数少的，不到最多的一版的一半：平均不能与别的比。"""
    most = max(len(one.source.scored) for one in part.family)
    return len(part.source.scored) * 2 < most


def _block(title: str, top: int, slots: tuple[Slot[T], ...], items: Iterable[T]) -> Block[T]:
    return Block(NAME, title, top, slots, tuple(items))


@dataclass(frozen=True, eq=False)
class Overview:
    """各种表并排。"""

    parts: Sequence[Part]

    @cached_property
    def totals(self) -> Block[Part]:
        """各种表复核以后的总分。"""
        return _block("一、各表种的得分（复核以后）", ABOVE_ROW, total_slots(), self.parts)

    @cached_property
    def grades(self) -> Block[Part]:
        """各种表的等级和问题。"""
        names = grade_names(self.parts)
        slots = (
            _number(),
            Slot("form", "表种", _linked(STATISTICS), role=Role.BODY),
            *(Slot(f"grade.{one}", one, partial(_graded, one)) for one in names),
            *(Slot(key, label, partial(_problem, key)) for key, label in PROBLEMS.items()),
        )
        top = self.totals.bottom + LEAD
        return _block("二、各表种的等级（复核以后）和问题", top, slots, self.parts)

    @cached_property
    def worst(self) -> Block[Worst]:
        """各种表失分最多的几个指标；份数少的一版在后，不与别的一起排次序。"""
        items = (
            Worst(part, number)
            for part in sorted(self.parts, key=_is_minor)
            for number in range(1, 1 + min(_EACH, len(part.source.scheme.indicators)))
        )
        top = self.grades.bottom + LEAD
        return _block("三、各表种失分最多的指标", top, worst_slots(), items)

    def plan(self) -> SheetPlan:
        """成为工作表。"""
        sources = tuple(part.source for part in self.parts)
        blocks = (self.totals, self.grades, self.worst)
        said = "各种表各排各的名次"
        if any(len(part.family) > 1 for part in self.parts):
            said += "，同一种表先后的版面一起排"
        return Board(
            name=NAME,
            title=f"{heading(sources)}：{NAME}",
            note=f"{said}；数取自各表种的统计，随复核变。点表种看它的汇总、统计。",
            widths=WIDTHS,
            blocks=blocks,
            printing=printed_across(WIDTHS, blocks[-1].bottom, footer_of(sources)),
        ).plan()


def grade_names(parts: Sequence[Part]) -> tuple[str, ...]:
    """各种表的等级合起来，由高到低；叫法相同的是同一等。"""
    minimums: dict[str, Decimal] = {}
    for part in parts:
        for grade in part.source.scheme.grades:
            known = minimums.get(grade.name, grade.minimum)
            minimums[grade.name] = max(known, grade.minimum)
    return tuple(sorted(minimums, key=lambda name: -minimums[name]))


def _number() -> Slot[Any]:
    return Slot("no", "序号", lambda row: row.number + 1)


def _linked(sheet: str) -> Callable[[Row[Part]], Link]:
    """表种，到它的一张表的链接。"""

    def link(row: Row[Part]) -> Link:
        source = row.value.source
        return Link(source.form, source.sheet(sheet), TOP)

    return link


def copied(key: str, row: Row[Part]) -> Formula:
    """统计里复核得分那一行的一格。"""
    totals = row.value.statistics.totals
    number = totals.items.index("reviewed")
    return reference(totals.place(number, key), totals.results(key)[number])


def total_slots() -> tuple[Slot[Part], ...]:
    """各种表的得分。"""
    return (
        _number(),
        Slot("form", "表种", _linked(SUMMARY), role=Role.BODY),
        Slot("count", "份数", partial(copied, "count")),
        *(
            points(key, label, partial(copied, key))
            for key, label in (
                ("mean", "平均"),
                ("median", "中位"),
                ("spread", "标准差"),
                ("highest", "最高"),
                ("lowest", "最低"),
            )
        ),
        Slot("best", "最高的", partial(copied, "best"), span=4, role=Role.BODY),
        Slot("worst", "最低的", partial(copied, "worst"), role=Role.BODY),
    )


def _graded(name: str, row: Row[Part]) -> Formula | str:
    """一个等级几份；这种表没有这一等的，没有。"""
    grades = row.value.statistics.grades
    known = [one.name for one in grades.items]
    if name not in known:
        return "—"
    number = known.index(name)
    return reference(grades.place(number, "reviewed"), grades.results("reviewed")[number])


def _problem(key: str, row: Row[Part]) -> Formula:
    count = sum(problems_of(key, line) for line in row.value.summary.lines if line.scored)
    return Formula(f"SUM({row.value.summed.far(key)})", count)


def worst_slots() -> tuple[Slot[Worst], ...]:
    """失分最多的指标的各栏；`place` 是在全部各行里的次序，各不相同。"""

    def found(key: str, row: Row[Worst]) -> Formula:
        part, number = row.value
        return ranked(part.statistics.indicators, row.at("no"), number, key)

    def place(row: Row[Worst]) -> Formula | str:
        if _is_minor(row.value.part):
            return "—"
        compared = [one for one in row.block.rows() if not _is_minor(one.value.part)]
        area = Area(row.block.at(0, "loss"), row.block.at(len(compared) - 1, "loss")).absolute
        own = row.at("loss")
        text = f"RANK({own},{area})+COUNTIF({row.down_to('loss')},{own})-1"
        losses = [found("loss", one).result for one in compared]
        order = sorted((-one, n) for n, one in enumerate(losses) if not isinstance(one, str | None))
        places = {n: number for number, (_, n) in enumerate(order, 1)}
        return Formula(f'IF(ISNUMBER({own}),{text},"")', places.get(row.number, ""))

    return (
        Slot("place", "失分次序", place),
        Slot("title", "三级指标", partial(found, "title"), role=Role.BODY),
        Slot("no", "本表种第几", lambda row: row.value.number),
        points("loss", "平均失分", partial(found, "loss")),
        Slot("rate", "得分率", partial(found, "rate"), NumberFormat.PERCENT),
        Slot("losers", "失分份数", partial(found, "losers")),
        points("most", "最多失分", partial(found, "most")),
        Slot("form", "表种", lambda row: row.value.part.source.form, span=5, role=Role.BODY),
        Slot("worst", "失分最多的", partial(found, "worst"), role=Role.BODY),
    )


def ranked(block: Block[Any], own: str, number: int, key: str) -> Formula:
    """失分第几多（写在 `own` 那一格，写出时是 `number`）的指标的一栏。"""
    places = block.results("place")
    values = dict(zip(places, block.results(key), strict=True))
    text = f'IFERROR(INDEX({block.far(key)},MATCH({own},{block.far("place")},0)),"")'
    return Formula(text, values.get(number, ""))
