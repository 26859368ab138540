"""报告里的话怎样读：对应序号、说的是哪件事、数算不算相同、整改到哪一步；太多的不逐一比。"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from facts_builder import build_facts

from xltool.facts.view import Facts
from xltool.flags.claims import claims_of, references
from xltool.flags.figures import gap, same
from xltool.flags.judging import verdict_of
from xltool.flags.rectifying import claimed_state, conclusions
from xltool.flags.registry import rule_of
from xltool.flags.rule import Case, Outcome
from xltool.flags.statements import read_statement
from xltool.scheme.model import Override
from xltool.scoring.catalogue import evaluate, methods_of, ready_scheme
from xltool.values import find_unit, parse_measure
from xltool.values.amounts import amount_of, comparable

if TYPE_CHECKING:
    from xltool.flags.rule import Verdict
    from xltool.flags.statements import Statement
    from xltool.scheme.model import Scheme
    from xltool.values.amounts import Amount

KNOWN = tuple(str(number) for number in range(1, 21))
Rows = list[dict[str, str]]


def _facts(**records: Rows) -> Facts:
    return build_facts(ready_scheme("jiangmen-2025-special")[0], records=records)


def _verdict(code: str, facts: Facts, scheme: Scheme | None = None) -> Verdict:
    facts = Facts(scheme or facts.scheme, facts.submission)
    return verdict_of(rule_of(code), Case(facts, evaluate(facts, methods_of(facts.scheme))))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1", ["1"]),
        ("1、2,3", ["1", "2", "3"]),
        ("3、1", ["1", "3"]),
        ("2-4", ["2", "3", "4"]),
        ("２～４", ["2", "3", "4"]),
        ("第6号至第8号", ["6", "8"]),
        ("6至8", ["6", "7", "8"]),
        ("18-9999", ["18", "19", "20"]),
        ("8-6", []),
        ("021", []),
        ("020", ["20"]),
        ("99", []),
        ("无", []),
        ("", []),
    ],
)
def test_references(written: str, read: list[str]) -> None:
    facts = _facts(claims=[{"topic": "甲", "indicator": written}])
    (record,) = facts.records("claims")
    assert list(references(record, KNOWN)) == read


def test_a_claim_without_a_kind_is_a_figure() -> None:
    facts = _facts(claims=[{"topic": "甲"}, {"kind": "计数", "topic": "乙"}])
    assert [item.row for item in claims_of(facts, "figure")] == ["1"]
    assert [item.row for item in claims_of(facts, "count")] == ["2"]


# ---------------------------------------------------------------- 哪件事


def _statement(topic: str, figure: str = "1", unit: str = "") -> Statement:
    facts = _facts(claims=[{"topic": topic, "figure": figure, "unit": unit}])
    return read_statement(facts.records("claims")[0], facts.scheme)


@pytest.mark.parametrize(
    "topic",
    [
        "推动“小升规”企业",
        "推动小升规企业数量",
        "累计推动“小升规”的企业数",
        '共推动 "小升规" 企业',
        "2024年，共推动「小升规」企业总数",
        "推动“小升规”企业（市级）",
        "推动“小升规”企业（家）",
    ],
)
def test_ways_to_name_one_matter(topic: str) -> None:
    assert _statement(topic).subject == "推动小升规企业"
    assert _statement(topic).years == ("2024",)


@pytest.mark.parametrize(
    ("topic", "figure", "total"),
    [
        ("累计推动企业", "3", True),
        ("项目累计投入", "3", True),
        ("共推动企业", "3", True),
        ("2024年共推动企业", "3", True),
        ("推动企业", "累计3", True),
        ("推动企业", "共3家", True),
        ("推动企业", "3", False),
        ("产业共建项目", "3", False),
        ("共建园区", "3", False),
        ("共享设备", "3", False),
    ],
)
def test_words_of_a_total(topic: str, figure: str, *, total: bool) -> None:
    assert _statement(topic, figure).total is total


def test_scope_year_target_and_unit() -> None:
    scoped = _statement("2023年扶持企业（省级资金，2023年度）")
    assert (scoped.subject, scoped.scope, scoped.years) == ("扶持企业", "省级资金", ("2023",))
    united = _statement("带动投资（亿元）", "2.89")
    assert united.amount is not None
    assert (united.scope, united.amount.value) == ("", Decimal(289000000))
    assert _statement("产业共建项目目标值").target
    assert not _statement("产业共建项目").target


# ---------------------------------------------------------------- 数


def _amount(text: str, unit: str = "") -> Amount:
    amount = amount_of(parse_measure(text), find_unit(unit) if unit else None)
    assert amount is not None
    return amount


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("411家", "411", True),
        ("411家", "412家", False),
        ("2.89亿元", "28927.09万元", True),
        ("2.88亿元", "28927.09万元", False),
        ("2.9亿元", "28927.09万元", True),  # 差0.25%，是舍入
        ("3亿元", "28927.09万元", False),  # 差3.58%，不只是舍入
        ("1.2万家", "12034家", True),
        ("85%", "85.00%", True),
        ("0家", "0", True),
        ("0家", "1家", False),
    ],
)
def test_one_number_written_twice(one: str, other: str, *, equal: bool) -> None:
    rounding = Decimal("0.01")
    assert same(_amount(one), _amount(other), rounding) is equal
    assert same(_amount(other), _amount(one), rounding) is equal


@pytest.mark.parametrize(
    ("one", "other", "can"),
    [
        ("411家", "432个", True),
        ("2亿元", "300万元", True),
        ("1%", "1个百分点", True),
        ("411家", "2055万元", False),
        ("411", "432家", True),
        ("2.89", "28927万元", False),
        ("2.89亿", "28927万元", True),
    ],
)
def test_what_can_be_compared(one: str, other: str, *, can: bool) -> None:
    assert comparable(_amount(one), _amount(other)) is can
    assert comparable(_amount(other), _amount(one)) is can


def test_gap_and_approximate() -> None:
    more = _amount("超50亿元")
    assert gap(more, _amount("40亿元")) == Decimal("0.2")
    assert more.approximate
    assert more.allows(_amount("51亿元"))
    assert not more.allows(_amount("49亿元"))
    assert _amount("不超过50家").allows(_amount("49家"))
    assert not _amount("约50家").allows(_amount("50家"))
    assert not _amount("50家").approximate


# ---------------------------------------------------------------- 整改


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("均已完成整改", "done"),
        ("已整改。1. 印发通知", "done"),
        ("已全部整改到位", "done"),
        ("整改完成", "done"),
        ("全部按要求整改", "done"),
        ("正在整改", "doing"),
        ("正在按合同范本整改", "doing"),
        ("尚未完成整改", "doing"),
        ("未全部完成整改", "doing"),
        ("整改中", "doing"),
        ("暂无整改进展情况", "not_started"),
        ("尚未启动整改", "not_started"),
        ("未整改", "not_started"),
        ("未开始", "not_started"),
        ("修订指标库", ""),
        ("", ""),
    ],
)
def test_how_far_it_got(said: str, state: str) -> None:
    facts = _facts(
        rectification=[{"problem": "甲", "progress": said}],
        claims=[{"kind": "整改结论", "topic": f"发现问题1项，{said}"}],
    )
    assert claimed_state(facts, facts.records("rectification")[0]) == state
    assert conclusions(facts)[0].state == state


def test_the_marked_state_counts_before_the_words() -> None:
    facts = _facts(rectification=[{"problem": "甲", "status": "正在整改", "progress": "已整改。"}])
    assert claimed_state(facts, facts.records("rectification")[0]) == "doing"


# ---------------------------------------------------------------- 方案和上限


def test_a_section_that_the_scheme_does_not_ask_for() -> None:
    """报告提纲不设采购、资产两节时，把方案里的 headings 删去，就不再报。"""
    facts = _facts(
        claims=[
            {"kind": "章节", "topic": "预算编制、预算执行、信息公开、绩效管理、成本管控"},
        ]
    )
    assert _verdict("C05", facts).outcome is Outcome.HIT
    levels = tuple(
        replace(level, headings=()) if level.title in ("采购管理", "资产管理") else level
        for level in facts.scheme.levels
    )
    fewer = replace(facts.scheme, levels=levels)
    assert _verdict("C05", facts, fewer).outcome is Outcome.PASS


@pytest.mark.parametrize(("limit", "outcome"), [("0.3", Outcome.HIT), ("0.34", Outcome.PASS)])
def test_the_tolerance_of_arithmetic_is_in_the_scheme(limit: str, outcome: Outcome) -> None:
    """76.61÷50.96=1.50，写2，相差33.04%。"""
    facts = _facts(claims=[{"kind": "算式", "topic": "甲", "figure": "76.61÷50.96=2"}])
    own = {"A07.tolerance": Override(Decimal(limit), "假设：试验")}
    changed = replace(facts.scheme, thresholds=own)
    assert _verdict("A07", facts, changed).outcome is outcome


def test_one_matter_told_too_often_is_not_taken_as_compared() -> None:
    claims = [{"topic": "推动企业", "figure": "5", "unit": "家"} for _ in range(31)]
    verdict = _verdict("X01", _facts(claims=claims))
    assert verdict.outcome is Outcome.UNJUDGED
    assert verdict.missing == ("关键数据核对 序号31 数值（同一件事写了31处，太多）",)


def test_a_figure_linked_to_too_many_indicators_says_so() -> None:
    row = {
        "level1": "产出",
        "level2": "数量指标",
        "title": "企业",
        "expected": "5家",
        "actual": "5家",
    }
    claims = [{"topic": "推动企业", "figure": "5", "unit": "家", "indicator": "1-11"}]
    verdict = _verdict("X01", _facts(claims=claims, indicators=[row] * 11))
    assert verdict.missing == ("关键数据核对 序号1 对应序号（写了11个序号，太多）",)


def test_long_lists_are_cut_and_counted() -> None:
    claims = [{"topic": "推动企业", "figure": str(n), "unit": "家"} for n in range(1, 11)]
    (hit,) = _verdict("X01", _facts(claims=claims)).hits
    assert "1家、2家、3家、4家、5家、6家、7家、8家等10项；" in hit.message
