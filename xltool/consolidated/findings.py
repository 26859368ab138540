"""疑点清单：一行一处，带到那一格的链接；右边几栏由复核人员填。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from xltool.consolidated.columns import Column, Kind, count
from xltool.consolidated.register import Register
from xltool.consolidated.source import ABOUT, footer_of, in_order
from xltool.consolidated.whose import variant_of, where_of, with_whose
from xltool.flags.registry import rules
from xltool.form.common import MARKS
from xltool.form.validations import list_name
from xltool.messages.waivers import WAIVED
from xltool.scheme.labels import spoken
from xltool.sheets.plan import Highlight, NumberFormat, Role, Validation, ValidationKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.assessment.report import Noted
    from xltool.consolidated.columns import Item
    from xltool.consolidated.source import Scored, Source
    from xltool.finding import Finding
    from xltool.sheets.plan import Link, SheetPlan

NAME = "疑点清单"
_ADJUSTMENT = Decimal(100)
_FAMILIES = {"R": "版式", "V": "填报", "C": "汇总"}


class Doubt(NamedTuple):
    """疑点清单的一行。"""

    source: Source
    scored: Scored
    number: int
    note: Noted

    @property
    def finding(self) -> Finding:
        """哪里不对、怎么办。"""
        return self.note.finding

    @property
    def level(self) -> str:
        """级别；豁免了的不再算哪一级。"""
        return WAIVED if self.note.waiver else self.finding.label

    @property
    def where(self) -> Link | str:
        """到那一格的链接。"""
        return self.source.link(self.scored, self.note.key, self.finding.where)

    @property
    def waiver(self) -> str:
        """豁免的理由，和原来的级别。"""
        return f"原为{self.finding.severity.label}。{self.note.waiver}" if self.note.waiver else ""

    def role(self, otherwise: Role) -> Role:
        """豁免了的划去，没有豁免的是 `otherwise`。"""
        return Role.WAIVED if self.note.waiver else otherwise


def findings(sources: tuple[Source, ...]) -> Register[Doubt]:
    """疑点清单，各方案共用一张。"""
    columns: tuple[Column[Doubt], ...] = (
        count("number", "序号", 7, lambda i: i.value.number),
        count("no", "单位序号", 7, lambda i: i.value.scored.number),
        Column("name", "单位", 22, lambda i: i.value.scored.name, tall=True),
        Column(
            "form",
            "表种",
            12,
            lambda i: i.value.source.label,
            tall=True,
            value=lambda doubt: variant_of(doubt.scored.unit),
            on_sheet=len(sources) > 1,
        ),
        *_what(sources),
        *_review(),
        *where_of(lambda doubt: doubt.finding),
    )
    listed = (
        (source, scored, note)
        for source, scored in in_order(sources)
        for note in scored.unit.notes()
    )
    return Register(
        name=NAME,
        title="疑点清单",
        note="按单位次序、所在的表和格排列；点“位置”看到那一格（报送文件里的位置）。右边浅色各栏由复核人员填写。",
        columns=with_whose(columns, lambda doubt: doubt.scored.unit),
        items=(
            Doubt(source, scored, number, note)
            for number, (source, scored, note) in enumerate(listed, 1)
        ),
        count=sum(scored.notes.total() for _, scored in in_order(sources)),
        home=ABOUT,
        version=footer_of(sources),
        frozen="name",
    )


def _what(sources: tuple[Source, ...]) -> Iterator[Column[Doubt]]:
    """什么问题、在哪里、怎么办；有豁免的还有豁免的理由。"""
    titles = {rule.code: rule.title for rule in rules()}
    waived = any(scored.waived for _, scored in in_order(sources))

    def title(item: Item[Doubt]) -> str:
        code = item.value.finding.code
        if code in titles:
            return spoken(item.value.source.scheme, titles[code])
        return _FAMILIES.get(code[0], "")

    yield Column(
        "severity",
        "级别",
        7,
        lambda i: i.value.level,
        role=lambda doubt: doubt.role(MARKS[doubt.finding.standing]),
        value=lambda doubt: doubt.finding.label,
    )
    yield Column("code", "规则", 7, lambda i: i.value.finding.code, centered=True)
    yield Column("title", "规则名称", 16, title, tall=True)
    yield Column("where", "位置", 24, lambda i: i.value.where, link=True, tall=True)
    yield Column(
        "message",
        "事实",
        56,
        lambda i: i.value.finding.message,
        tall=True,
        role=(lambda doubt: doubt.role(Role.BODY)) if waived else None,
    )
    yield Column("remedy", "办法", 36, lambda i: i.value.finding.remedy, tall=True)
    yield Column("explained", "单位说明", 30, lambda i: i.value.finding.explained, tall=True)
    yield Column(
        "waiver",
        "豁免的理由",
        30,
        lambda i: i.value.waiver,
        tall=True,
        value=lambda doubt: doubt.note.waiver,
        on_sheet=waived,
    )


def _review() -> Iterator[Column[Doubt]]:
    """复核人员填的各栏。"""
    yield Column("verdict", "复核意见", 10, _blank, review=True)
    yield Column(
        "adjust", "复核调整（分）", 9, _blank, NumberFormat.POINTS, review=True, kind=Kind.NUMBER
    )
    yield Column("reason", "调整理由", 24, _blank, review=True)
    yield Column("reviewer", "复核人", 10, _blank, review=True)
    yield Column("day", "复核日期", 14, _blank, NumberFormat.DATE, review=True)


def _blank(_: Item[Doubt]) -> None:
    """等复核人员填。"""


def findings_plan(register: Register[Doubt]) -> SheetPlan:
    """疑点清单的工作表：复核各栏有下拉和校验，有调整而没写理由的显出来。"""
    adjust, reason = register.area("adjust"), register.area("reason")
    number, why = adjust.first.a1, reason.first.a1
    unexplained = f'AND(ISNUMBER(${number}),${number}<>0,${why}="")'  # 列固定，行相对
    return register.plan(
        validations=tuple(_validations(register)),
        highlights=(
            Highlight(reason, unexplained, Role.ERROR),
            Highlight(adjust, f'AND({number}<>"",NOT(ISNUMBER({number})))', Role.ERROR),
        ),
    )


def _validations(register: Register[Doubt]) -> Iterator[Validation]:
    yield Validation(
        register.area("verdict"),
        ValidationKind.LIST,
        "复核意见",
        "认可单位的说明、改变得分，还是退单位改正，从列表里选。",
        "不在列表里",
        "请从列表里选。",
        list_name("review"),
    )
    yield Validation(
        register.area("adjust"),
        ValidationKind.DECIMAL,
        "复核调整（分）",
        "加分填正数，扣分填负数；不调整的留空。汇总里的复核得分=系统得分+复核调整。",
        "数字不对",
        "请填 -100 到 100 之间的数。",
        "",
        -_ADJUSTMENT,
        _ADJUSTMENT,
    )
    yield Validation(
        register.area("reason"), ValidationKind.ANY, "调整理由", "有调整的必须写明理由和依据。"
    )
    yield Validation(register.area("reviewer"), ValidationKind.ANY, "复核人", "填复核人姓名。")
    yield Validation(
        register.area("day"),
        ValidationKind.DATE,
        "复核日期",
        "填复核的日期，如 2025-6-30。",
        "不是日期",
        "请填日期，如 2025-6-30。",
        "",
        date(2000, 1, 1),
        date(2099, 12, 31),
    )
