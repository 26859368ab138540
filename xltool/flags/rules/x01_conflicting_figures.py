"""X01 同一事项数值冲突。"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.computed import percent
from xltool.finding import Severity
from xltool.flags.claims import claims_of, lacks_claims
from xltool.flags.figures import gap, same
from xltool.flags.placed import Placed, linked, stated, tabled
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.statements import read_statement
from xltool.flags.wording import given, lacks, listing, name_of
from xltool.scheme.thresholds import Threshold
from xltool.values import quote
from xltool.values.amounts import comparable, lacks_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Judgement
    from xltool.flags.statements import Statement
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme
    from xltool.values.amounts import Amount

_MOST = 30  # 一件事最多两两比这么多处


class Conflict(NamedTuple):
    """说不通的两处，多重，为什么这样定。"""

    one: Placed
    other: Placed
    severity: Severity
    why: str


ROUNDING = Threshold(
    "X01.rounding",
    "同一个数只因舍入而不同，允许相差的比率",
    Decimal("0.01"),
    "%",
    "假设：按两三位有效数字舍入的尾差",
)
APPROXIMATE = Threshold(
    "X01.approximate",
    "写了“超”“约”的数，允许相差的比率",
    Decimal("0.2"),
    "%",
    "重建：评价机构复核以相差超过20%为显著偏离",
)


@rule(
    "X01",
    severity=Severity.ERROR,
    also=(Severity.WARNING, Severity.NOTICE),
    remedy="核对原始台账，改成同一个数；范围、口径确实不同的，在“事项”末尾用括号写明。",
    source="报告：“小升规”企业一处写累计333家，一处写共432家；重建：评价机构复核报告前后数字是否一致",
    thresholds=(ROUNDING, APPROXIMATE),
    needs=(
        *("claims.kind", "claims.topic", "claims.figure", "claims.unit"),
        "options.claim_kind.figure",
    ),
    fires="同一件事，一处写累计333家，一处写共432家，为错误；一处写465家，指标写541家，为警告；"
    "范围不同，或“超50亿元”与44.55亿元，为提示",
    silent="报告写411家，对应的绩效指标也是411家；报告写2.89亿元，指标写28927.09万元",
)
def conflicting_figures(case: Case) -> Iterator[Judgement]:
    """同一件事在几处写的数不同。

    报告自己前后对不上，至少有一处不实：都是累计数的必有一错，没有写明口径的要说明，
    范围不同、写了“超”“约”而相差不多的供核对。
    """
    facts = case.facts
    groups: dict[tuple[str, tuple[str, ...]], list[Statement]] = {}
    records = claims_of(facts, "figure")
    if not records:
        yield lacks_claims(facts, "figure")
        return
    for record in records:
        statement = read_statement(record, facts.scheme)
        if statement.amount is not None and statement.subject:
            groups.setdefault((statement.subject, statement.years), []).append(statement)
            continue
        column = "figure" if given(record.entry("topic")) else "topic"
        key, entry = record.key(column), record.entry(column)
        if not given(entry):
            yield lacks(facts, key)
        else:
            yield Unjudged(f"{name_of(facts.scheme, key)}（“{quote(entry.raw)}”不是一个数）")
    for matter, group in groups.items():
        yield from _judged(facts, group, tabled(facts, *matter))


def _judged(facts: Facts, group: Sequence[Statement], table: Placed | None) -> Iterator[Judgement]:
    """一件事的各处两两比，只报一处，级别取最重的。"""
    own = [stated(one, one.amount) for one in group if one.amount]
    if len(own) > _MOST:
        yield Unjudged(f"{name_of(facts.scheme, own[_MOST].key)}（同一件事写了{len(own)}处，太多）")
    pairs = list(combinations(own[:_MOST], 2))
    for statement, placed in zip(group, own, strict=True):
        others = [*linked(facts, statement), *([table] if table and not statement.scope else [])]
        yield from (item for item in others if isinstance(item, Unjudged))
        pairs += [(placed, item) for item in others if isinstance(item, Placed)]
    yield from (lacks(facts, key) for pair in pairs for key in _without_unit(facts.scheme, *pair))
    found = [item for pair in pairs if (item := conflict(facts.scheme, *pair)) is not None]
    if found:
        worst = min(found, key=lambda item: item.severity.order)
        involved = dict.fromkeys(placed for item in found for placed in (item.one, item.other))
        differing = f"几处的数不同，{listing([placed.shown for placed in involved])}"
        message = f"{quote(group[0].record.text('topic'))}：{differing}；{worst.why}"
        yield Hit(next(iter(involved)).key, message, worst.severity)


def _without_unit(scheme: Scheme, one: Placed, other: Placed) -> Iterator[CellKey]:
    """两处里没有写单位、因而不能比的那一格；那张表没有单位一栏的，指写数的格。"""
    for placed, against in ((one, other), (other, one)):
        if lacks_unit(placed.amount, against.amount):
            listed = scheme.has(f"{placed.key.sheet}.unit")
            yield placed.key._replace(column="unit") if listed else placed.key


def conflict(scheme: Scheme, one: Placed, other: Placed) -> Conflict | None:
    """两处的数说不说得通；同一种数、差得多的才有。"""
    left, right = one.amount, other.amount
    if not comparable(left, right) or same(left, right, ROUNDING.of(scheme)):
        return None
    vague = left.approximate or right.approximate
    judged = _approximate(scheme, left, right) if vague else None
    if vague and judged is None:
        return None  # 超50亿元、55亿元，不论是不是同一个范围，都说得通
    if one.scope != other.scope:
        return Conflict(one, other, Severity.NOTICE, "括号里写的范围不同，请核对")
    if judged is not None:
        return Conflict(one, other, *judged)
    if one.total and other.total:
        return Conflict(one, other, Severity.ERROR, "都是累计数，必有一处不对")
    return Conflict(one, other, Severity.WARNING, "没有写明口径有什么不同")


def _approximate(scheme: Scheme, left: Amount, right: Amount) -> tuple[Severity, str] | None:
    """有一处写了“超”“约”：说得通的不报，相差不多的提示，差得多的还是警告。"""
    share, limit = scheme.precise(gap(left, right)), APPROXIMATE.of(scheme)
    if share > limit:
        return Severity.WARNING, f"相差{percent(share)}，不是“超”“约”能说明的"
    if left.allows(right) or right.allows(left):
        return None
    return Severity.NOTICE, f"有的是约数，相差{percent(share)}"
