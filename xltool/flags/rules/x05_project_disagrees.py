"""X05 专项资金与项目自己的表不符。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from xltool.finding import Severity
from xltool.flags.explaining import NOTE, said
from xltool.flags.peers import Sums
from xltool.flags.projects import exact_name, near_projects
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.spending import FUNDS
from xltool.flags.wording import lacks_sheet, money
from xltool.scheme.thresholds import Threshold
from xltool.values import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.facts.records import Record
    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme

CODE = "X05"
YEAR_END = (12, 31)
TOLERANCE = Threshold(
    "X05.tolerance", "两张表的金额允许相差", Decimal("0.01"), "万元", "假设：尾数四舍五入"
)


class FundLine(NamedTuple):
    """部门的表上的一项专项资金：两个数各在哪一格，单位写的说明。"""

    sums: Sums
    planned_key: CellKey
    paid_key: CellKey
    note: str


@rule(
    CODE,
    severity=Severity.WARNING,
    also=(Severity.NOTICE,),
    remedy="核对{funds}和这个项目自己的表，改成同一个数[；口径、统计时间不同的，在“{funds.note}”里写明]。",
    source="重建：评价机构部门级勾稽，部门的表、项目的表、报告三处的数要一致",
    thresholds=(TOLERANCE,),
    needs=("funds.name", "funds.planned", "funds.paid"),
    batch=True,
    fires="部门的表上“河道清淤整治”实际支出600万元，同一部门报来的项目表全年执行数607.6万元",
    silent="两张表都是607.6万元；同批里没有这个项目的表的，不判",
)
def project_disagrees(case: Case) -> Iterator[Judgement]:
    """部门的表上的数与项目自己的表不同。

    同一个部门，部门的表和项目的表说的是同一笔钱；数不一样，必有一张填错，汇总起来也对不上。
    名称一字不差的是同一个项目；只差编码、年份、括注、“专项资金”一类通称的多半是，作提示。
    """
    facts = case.facts
    if not facts.records(FUNDS):
        yield lacks_sheet(facts, FUNDS)
    elif case.peers is None:
        yield Unjudged("同批的项目支出自评表（汇总时才比）")
    else:
        lines = (fund_line(facts, record) for record in facts.records(FUNDS))
        yield from disagreements(facts.scheme, lines, case.peers.projects)


def fund_line(facts: Facts, record: Record) -> FundLine:
    """一项专项资金；统计截止日不是年末的，实际支出与全年执行数不能比。"""
    day, paid = record.day("as_of"), record.number("paid")
    annual = day is None or (day.month, day.day) == YEAR_END
    return FundLine(
        Sums(record.text("name"), record.number("planned"), paid if annual else None),
        record.key("planned"),
        record.key("paid"),
        said(facts, record, NOTE),
    )


def disagreements(
    scheme: Scheme, funds: Iterable[FundLine], projects: Mapping[str, Sums]
) -> Iterator[Judgement]:
    """一个部门的各项专项资金，与它报来的各个项目的表。"""
    limit, met, listed = TOLERANCE.of(scheme), False, tuple(funds)
    near = near_projects(scheme, [fund.sums.name for fund in listed], projects)
    for fund in listed:
        alike = near.get(fund.sums.name)
        project = projects.get(exact_name(fund.sums.name)) or alike
        if project is None:
            continue
        severity = Severity.NOTICE if alike else None
        called = f"（那里叫“{quote(project.name)}”，请核对是不是同一个）" if alike else ""
        met = True
        pairs = (
            (fund.planned_key, "安排数", fund.sums.planned, "全年预算数", project.planned),
            (fund.paid_key, "实际支出", fund.sums.paid, "全年执行数", project.paid),
        )
        for key, own, here, other, there in pairs:
            if here is not None and there is not None and abs(here - there) > limit:
                both = f"{own}{money(here)}，项目自己的表{other}{money(there)}"
                apart = money(abs(here - there))
                text = f"“{quote(fund.sums.name)}”{both}，相差{apart}{called}"
                yield Hit(key, text, severity, explained=fund.note)
    if not met:
        yield Unjudged("同批里同名的项目支出自评表")
