"""汇总里一个方案的各张表：汇总、得分明细、各登记表、规则说明、参数和选项。"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from xltool.consolidated.columns import TOP
from xltool.consolidated.details import details, details_plan
from xltool.consolidated.figures import Figures
from xltool.consolidated.finance import finance
from xltool.consolidated.grouping import in_groups
from xltool.consolidated.records import records
from xltool.consolidated.rules import rule_register, tally
from xltool.consolidated.source import ABOUT
from xltool.consolidated.statistics_sheet import Statistics
from xltool.consolidated.summary import Summary
from xltool.consolidated.summary_formulas import Line
from xltool.flags.registry import reviewers_parameters
from xltool.form.form import make_form
from xltool.form.lists_sheets import option_sheet
from xltool.form.parameter_sheet import parameter_sheet
from xltool.layout.layout import OPTION_HEADER, OPTIONS, PARAMETER_HEADER, PARAMETERS
from xltool.scheme.categories import SHEET as INDICATORS
from xltool.scheme.model import SheetKind
from xltool.sheets.paper import on_paper

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xltool.consolidated.details import Detail
    from xltool.consolidated.finance import Line as Filled
    from xltool.consolidated.findings import Doubt
    from xltool.consolidated.records import Record
    from xltool.consolidated.register import Register
    from xltool.consolidated.rules import Tally
    from xltool.consolidated.source import Source
    from xltool.flags.rule import Rule
    from xltool.scheme.model import Sheet
    from xltool.sheets.plan import SheetPlan


class Part:
    """一个方案的各张表；`found`、`read` 是各方案共用的疑点清单和读数说明。

    `family` 是一起排名次的各方案，自己也在内。
    """

    def __init__(
        self,
        source: Source,
        found: Register[Doubt],
        read: Register[Doubt],
        family: Sequence[Part],
    ) -> None:
        self.source = source
        self.found = found
        self.read = read
        self.family = family

    @cached_property
    def details(self) -> Register[Detail]:
        """得分明细的登记表。"""
        return details(self.source)

    @cached_property
    def tally(self) -> Tally:
        """各规则触发几处。"""
        return tally(self.source)

    @cached_property
    def _lines(self) -> tuple[Line, ...]:
        scored = {item.number: item for item in self.source.scored}
        unjudged = self.tally.by_unit
        return tuple(
            Line(
                number,
                unit,
                scored.get(number),
                unjudged.get(number, 0),
                self.source.reviewed.get(unit.key),
            )
            for number, unit in in_groups(self.source)
        )

    @cached_property
    def summary(self) -> Summary:
        """汇总。"""
        peers = tuple(one.peer for one in self.family if one is not self)
        return Summary(self.source, self.details, self.found, self.read, self._lines, peers)

    @cached_property
    def peer(self) -> Register[Line]:
        """给一起排名次的汇总看的：只看各栏在哪里。"""
        return Summary(self.source, self.details, self.found, self.read, self._lines).register()

    @cached_property
    def summed(self) -> Register[Line]:
        """汇总的登记表。"""
        return self.summary.register()

    @cached_property
    def statistics(self) -> Statistics:
        """统计。"""
        filled = {sheet.key: self.register(sheet) for sheet in self._registered}
        figures = Figures(self.source, self.summary, self.summed, self.details, filled)
        return Statistics(figures)

    @property
    def _registered(self) -> list[Sheet]:
        """方案要列的各张填报表。"""
        return [sheet for sheet in self.source.scheme.sheets if sheet.merged]

    def scores(self) -> Iterator[SheetPlan]:
        """得分明细，和与它对照着看的绩效指标。"""
        yield details_plan(self.details)
        yield from self._registers(indicators=True)

    def registers(self) -> Iterator[SheetPlan]:
        """方案要列的其他各表。"""
        yield from self._registers(indicators=False)

    def _registers(self, *, indicators: bool) -> Iterator[SheetPlan]:
        for sheet in self._registered:
            if (sheet.key == INDICATORS) is indicators:
                yield self.register(sheet).plan()

    def register(self, sheet: Sheet) -> Register[Record] | Register[Filled]:
        """各单位的一张填报表接在一起的登记表。"""
        name = self.source.sheet(sheet.merged)
        whose = "" if sheet.merged.startswith(self.source.who) else self.source.who
        title = self.source.title(f"各{whose}{sheet.merged}")
        if sheet.kind is SheetKind.FIELDS:
            return finance(self.source, sheet, name, title)
        return records(self.source, sheet, name, title)

    @cached_property
    def rules(self) -> Register[Rule]:
        """规则说明。"""
        return rule_register(self.source, self.found, self.tally)

    def references(self) -> Iterator[SheetPlan]:
        """规则说明、评分参数、选项。"""
        yield self.rules.plan()
        form = make_form(self.source.scheme, {})
        named = replace(
            form.layout,
            parameter_sheet=self.source.sheet(PARAMETERS),
            option_sheet=self.source.sheet(OPTIONS),
        )
        form = replace(form, home=ABOUT, layout=named)
        label, others = self.source.label, reviewers_parameters(self.source.scheme)
        parameters = parameter_sheet(form, linked=False, label=label, others=others)
        yield _printed(parameters, PARAMETER_HEADER)
        yield _printed(option_sheet(form, label=label), OPTION_HEADER)


def _printed(sheet: SheetPlan, head: int) -> SheetPlan:
    """参数、选项：第一行的返回链接不印，表头每页重复。"""
    return on_paper(sheet, tuple(sheet.every_cell()), top=TOP.row + 1, head=head)
