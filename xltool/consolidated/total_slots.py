"""统计里各级指标、总分、各等级、各归口的各栏；都由汇总的整栏算出。"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from xltool.collection.statuses import Due
from xltool.consolidated.averages import mean, numbers
from xltool.consolidated.blocks import Slot, points
from xltool.consolidated.grouping import same_as
from xltool.consolidated.losses import parameter
from xltool.consolidated.sources import owed_elsewhere
from xltool.consolidated.summary_formulas import PROBLEMS, level_key, problems_of
from xltool.sheets.plan import Formula, NumberFormat, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from xltool.consolidated.blocks import Row
    from xltool.consolidated.figures import Figures
    from xltool.consolidated.grouping import Grouping
    from xltool.consolidated.summary_formulas import Line
    from xltool.scheme.model import Grade, Level

T = TypeVar("T")
TOTALS: Final = {"self_total": "自评得分", "total": "系统得分", "reviewed": "复核得分"}


@dataclass(frozen=True)
class Whole:
    """汇总的整栏：公式里怎样称呼，写出时各是什么。"""

    figures: Figures

    @property
    def lines(self) -> tuple[Line, ...]:
        """汇总的各行。"""
        return self.figures.summary.lines

    def far(self, key: str) -> str:
        """一栏。"""
        return self.figures.summed.far(key)

    def of(self, name: str, key: str, values: Sequence[Decimal]) -> Formula:
        """一栏的一个统计。"""
        return self.figures.of_column(name, self.far(key), values)

    def who(self, function: str, key: str, value: Callable[[Line], Decimal | None]) -> Formula:
        """一栏里最高（最低）的是谁；几个并列的写头一个，连同共几个。"""
        area = self.far(key)
        best = f"{function}({area})"
        tied = f"COUNTIF({area},{best})"
        first = self.named_at(f"MATCH({best},{area},0)")
        more = f'IF({tied}>1,"等"&{tied}&"个","")'
        text = f'IF(COUNT({area})=0,"",{first}&{more})'
        known = [(own, line) for line in self.lines if (own := value(line)) is not None]
        if not known:
            return Formula(text, "")
        top = (max if function == "MAX" else min)(own for own, _ in known)
        lines = [line for own, line in known if own == top]
        said = f"等{len(lines)}个" if len(lines) > 1 else ""
        return Formula(text, f"{self.shown(lines[0])}{said}")

    def named_at(self, place: str) -> str:
        """第几行的是谁。"""
        name = f"INDEX({self.far('name')},{place})"
        if not self.figures.source.scheme.of_project:
            return name
        return f'{name}&"："&INDEX({self.far("project")},{place})'

    def shown(self, line: Line) -> str:
        """给人看的名称：评项目的，单位连同项目。"""
        unit = line.unit
        if not self.figures.source.scheme.of_project:
            return unit.name
        return f"{unit.department}：{unit.project}"


def total_of(key: str, line: Line) -> Decimal | None:
    """一行的一个总分。"""
    if line.scored is None:
        return line.unit.self_total if key == "self_total" else None
    if key == "reviewed":
        return line.reviewed.total if line.reviewed else None
    return line.unit.total if key == "total" else line.unit.self_total


def _level_of(level: Level, line: Line) -> Decimal | None:
    return line.reviewed.levels.get(level.title) if line.scored and line.reviewed else None


def level_slots(figures: Figures) -> tuple[Slot[Level], ...]:
    """各级指标的各栏。"""
    whole = Whole(figures)
    summary = figures.summary

    def key(row: Row[Level]) -> str:
        return f"reviewed.{level_key(row.value)}"

    def values(row: Row[Level]) -> list[Decimal]:
        return numbers(_level_of(row.value, line) for line in whole.lines)

    def column(name: str, row: Row[Level]) -> Formula:
        return whole.of(name, key(row), values(row))

    def of_full(row: Row[Level], *, rate: bool) -> Formula | str:
        """得分率、平均失分：分值随填报而定的没有。"""
        area, own, found = whole.far(key(row)), row.at("points"), values(row)
        full = summary.full(row.value)
        if not isinstance(full, Decimal):
            return "—"
        middle = mean(found) if found else None
        if rate:
            result = middle / full if middle is not None and full else None
            return figures.rate(f"AVERAGE({area})/{own}", result, unless=f"COUNT({area})*{own}=0")
        result = full - middle if middle is not None else None
        return figures.score(f"{own}-AVERAGE({area})", result, unless=f"COUNT({area})=0")

    def worst(row: Row[Level]) -> Formula:
        return whole.who("MIN", key(row), partial(_level_of, row.value))

    def count(row: Row[Level]) -> Formula:
        return Formula(f"COUNT({whole.far(key(row))})", len(values(row)))

    return (
        Slot("no", "序号", lambda row: row.number + 1),
        Slot("title", "一级、二级指标", lambda row: _indented(row.value), role=Role.BODY),
        points("points", "分值", lambda row: summary.full(row.value)),
        Slot("count", "计分份数", count),
        points("mean", "平均得分", partial(column, "mean")),
        Slot("rate", "得分率", partial(of_full, rate=True), NumberFormat.PERCENT),
        points("loss", "平均失分", partial(of_full, rate=False)),
        points("spread", "标准差", partial(column, "spread")),
        points("highest", "最高", partial(column, "highest")),
        points("lowest", "最低", partial(column, "lowest")),
        Slot("worst", "最低的", worst, span=3, role=Role.BODY),
    )


def _indented(level: Level) -> str:
    return f"　　{level.title}" if level.parent else level.title


def total_slots(figures: Figures) -> tuple[Slot[str], ...]:
    """总分的各栏。"""
    whole = Whole(figures)

    def values(row: Row[str]) -> list[Decimal]:
        return numbers(total_of(row.value, line) for line in whole.lines)

    def column(name: str, row: Row[str]) -> Formula:
        return whole.of(name, row.value, values(row))

    def who(function: str, row: Row[str]) -> Formula:
        return whole.who(function, row.value, partial(total_of, row.value))

    def count(row: Row[str]) -> Formula:
        return Formula(f"COUNT({whole.far(row.value)})", len(values(row)))

    return (
        Slot("no", "序号", lambda row: row.number + 1),
        Slot("title", "总分", lambda row: TOTALS[row.value], role=Role.BODY),
        Slot("count", "份数", count),
        points("mean", "平均", partial(column, "mean")),
        points("median", "中位", partial(column, "median")),
        points("spread", "标准差", partial(column, "spread")),
        points("highest", "最高", partial(column, "highest")),
        points("lowest", "最低", partial(column, "lowest")),
        Slot("best", "最高的", partial(who, "MAX"), span=4, role=Role.BODY),
        Slot("worst", "最低的", partial(who, "MIN"), role=Role.BODY),
    )


def _graded(line: Line) -> str:
    return line.reviewed.grade if line.scored and line.reviewed else ""


def _problems(
    whole: Whole,
    only: Callable[[Row[T]], str],
    keys: Iterable[str],
    chosen: Callable[[Row[T]], Iterable[Line]],
) -> Iterator[Slot[T]]:
    """各级别的问题合计，未判的规则合计；`only` 是汇总里哪些行的条件，`chosen` 是那些行。"""
    for key in keys:

        def total(row: Row[T], key: str = key) -> Formula:
            text = f"SUMIFS({whole.far(key)},{only(row)})"
            return Formula(text, sum(problems_of(key, line) for line in chosen(row) if line.scored))

        yield Slot(key, PROBLEMS[key], total)


def grade_slots(figures: Figures) -> tuple[Slot[Grade], ...]:
    """各等级的各栏。"""
    whole = Whole(figures)
    source = figures.source

    def lines(row: Row[Grade]) -> list[Line]:
        return [line for line in whole.lines if _graded(line) == row.value.name]

    def only(row: Row[Grade]) -> str:
        return f"{whole.far('reviewed_grade')},{row.at('title')}"

    def system(row: Row[Grade]) -> Formula:
        count = sum(line.unit.grade == row.value.name for line in whole.lines if line.scored)
        return Formula(f"COUNTIFS({whole.far('grade')},{row.at('title')})", count)

    def reviewed(row: Row[Grade]) -> Formula:
        return Formula(f"COUNTIFS({only(row)})", len(lines(row)))

    def share(row: Row[Grade]) -> Formula:
        every = f"SUM({row.block.own('reviewed')})"
        total = sum(bool(_graded(line)) for line in whole.lines)
        result = Decimal(len(lines(row))) / total if total else None
        return figures.rate(f"{row.at('reviewed')}/{every}", result, unless=f"{every}=0")

    def average(row: Row[Grade]) -> Formula:
        found, own = numbers(total_of("reviewed", line) for line in lines(row)), row.at("reviewed")
        text = f"SUMIFS({whole.far('reviewed')},{only(row)})/{own}"
        return figures.score(text, mean(found) if found else None, unless=f"{own}=0")

    def limit(row: Row[Grade]) -> Formula:
        return Formula(parameter(source, row.value.parameter), row.value.minimum)

    return (
        Slot("no", "序号", lambda row: row.number + 1),
        Slot("title", "等级", lambda row: row.value.name),
        points("minimum", "分数线", limit),
        Slot("system", "份数（系统）", system),
        Slot("reviewed", "份数（复核）", reviewed),
        Slot("share", "占比（复核）", share, NumberFormat.PERCENT),
        points("mean", "平均复核得分", average),
        *_problems(whole, only, PROBLEMS, lines),
    )


def group_slots(figures: Figures, grouping: Grouping) -> tuple[Slot[str], ...]:
    """各归口的各栏。"""
    whole = Whole(figures)

    elsewhere = owed_elsewhere(figures.source)

    def lines(row: Row[str]) -> list[Line]:
        return [line for line in whole.lines if grouping.of(line.unit) == row.value]

    def only(row: Row[str]) -> str:
        return f"{whole.far('group')},{same_as(row.at('title'))}"

    def owed(row: Row[str]) -> int:
        """名单上应报这种表的；交了别的表的也在，多报、免报、名单外的、交错到这里的不在。"""
        mine = [line.unit for line in lines(row) if line.unit.due is Due.OWED]
        astray = [one for one in elsewhere if grouping.named(one) == row.value]
        return len(mine) + len(astray)

    def scored(row: Row[str]) -> Formula:
        criteria = f"{only(row)},{whole.far('reviewed')}"
        found = numbers(total_of("reviewed", line) for line in lines(row))
        return Formula(f'COUNTIFS({criteria},">=0")', len(found))

    def average(row: Row[str]) -> Formula:
        found, own = numbers(total_of("reviewed", line) for line in lines(row)), row.at("count")
        text = f"SUMIFS({whole.far('reviewed')},{only(row)})/{own}"
        return figures.score(text, mean(found) if found else None, unless=f"{own}=0")

    def graded(name: str, row: Row[str]) -> Formula:
        criteria = f"{only(row)},{whole.far('reviewed_grade')}"
        text = f'COUNTIFS({criteria},"{name}")'
        return Formula(text, sum(_graded(line) == name for line in lines(row)))

    grades = figures.source.scheme.grades
    return (
        Slot("no", "序号", lambda row: row.number + 1),
        Slot("title", grouping.heading, lambda row: row.value, role=Role.BODY),
        Slot("owed", "应报份数", owed),
        Slot("count", "计分份数", scored),
        points("mean", "平均复核得分", average),
        *(Slot(f"grade.{one.name}", one.name, partial(graded, one.name)) for one in grades),
        *_problems(whole, only, tuple(PROBLEMS)[:2], lines),
    )
