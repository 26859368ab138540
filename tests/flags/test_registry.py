"""规则的登记、次序、参数、说明页，以及判断的共同部分。"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from facts_builder import build_facts
from flag_pages import examples, pages
from official_schemes import official

import xltool.flags.rules as rule_files
from xltool.address import At
from xltool.facts.entry import LocatedBlock
from xltool.facts.view import Facts
from xltool.finding import Severity
from xltool.flags.judging import findings, judge, verdict_of
from xltool.flags.page import levels_of, rule_page, thresholds_of, worded
from xltool.flags.peers import SIMILARITY
from xltool.flags.registry import (
    FAMILIES,
    reviewers_parameters,
    rule_of,
    rules,
    rules_for,
    scheme_of,
    thresholds,
    thresholds_for,
)
from xltool.flags.rule import REGISTERED, Case, Outcome, RuleProblem, rule
from xltool.layout.parameters import form_parameters
from xltool.scheme.model import Override
from xltool.scheme.reader import ORIGINS
from xltool.scheme.thresholds import Threshold
from xltool.scoring.catalogue import evaluate, methods_of, ready_scheme, ready_schemes
from xltool.scoring.score import Scorecard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.flags.rule import Judgement, Rule
    from xltool.scheme.model import Parameter, Scheme

EACH_RULE = pytest.mark.parametrize("code", [item.code for item in rules()])
FOREIGN = re.compile(r"[A-Za-z]{2,}")
FOREIGN_IN_PLACE = {"DIV", "XXX"}


def _scheme() -> Scheme:
    return ready_scheme("jiangmen-2025-special")[0]


def _case(facts: Facts) -> Case:
    return Case(facts, evaluate(facts, methods_of(facts.scheme)))


def _user_of(code: str) -> Scheme:
    """用得着这条规则的一种表。"""
    scheme = scheme_of(rule_of(code), (*ready_schemes(), *official().values()))
    assert scheme is not None
    return scheme


def _indicators(scheme: Scheme, expected: str, actual: str) -> Facts:
    row = {"level1": "产出", "level2": "数量指标", "title": "企业数量"}
    return build_facts(
        scheme, records={"indicators": [row | {"expected": expected, "actual": actual}]}
    )


def _with(scheme: Scheme, key: str, value: str) -> Scheme:
    own = Override(Decimal(value), "假设：试验")
    return replace(scheme, thresholds={**scheme.thresholds, key: own})


def test_rules_stand_in_the_order_of_their_families() -> None:
    codes = [item.code for item in rules()]
    assert codes == sorted(codes, key=lambda code: (FAMILIES.index(code[0]), code))
    assert {code[0] for code in codes} == set(FAMILIES)  # 每一族都有规则
    assert all(re.fullmatch(r"[A-Z]\d\d", code) for code in codes)


def test_every_file_of_rules_is_registered() -> None:
    """一条规则一个文件，文件名以编码开头，如 k05_…、a01_to_a04_…；登记的就是这些文件里的。"""
    written = set()
    for path in Path(rule_files.__path__[0]).glob("[a-z]*.py"):
        named = re.match(r"([a-z])(\d\d)(?:_to_\1(\d\d))?_", path.stem)
        assert named, path
        family, first, last = named.groups()
        numbers = range(int(first), int(last or first) + 1)
        written |= {f"{family.upper()}{number:02}" for number in numbers}
    assert written == {item.code for item in rules()}


def test_a_code_registered_twice_is_refused() -> None:
    parts = {"remedy": "改", "source": "重建：例", "fires": "例", "silent": "例"}
    with pytest.raises(RuleProblem, match="规则 K02：登记了两次"):

        @rule("K02", severity=Severity.NOTICE, **parts)
        def second(_: Case) -> Iterator[Judgement]:
            """又一条。

            为什么。
            """
            yield from ()

    assert rule_of("K02").title == "实现值大幅超过预期值"


def test_a_rule_without_a_reason_is_refused() -> None:
    parts = {"remedy": "改", "source": "重建：例", "fires": "例", "silent": "例"}
    with pytest.raises(RuleProblem, match="名称和为什么要查"):

        @rule("K99", severity=Severity.NOTICE, **parts)
        def bare(_: Case) -> Iterator[Judgement]:
            """只有名称。"""
            yield from ()

    assert "K99" not in REGISTERED


def test_every_threshold_is_declared_by_its_own_rule() -> None:
    for item in rules():
        for one in item.thresholds:
            assert one in rule_of(one.code).thresholds


def test_every_threshold_says_where_it_comes_from() -> None:
    for one in thresholds().values():
        assert one.origin.startswith(ORIGINS)
        assert one.label


def test_two_rules_do_not_declare_one_threshold_twice() -> None:
    parts = {"remedy": "改", "source": "重建：例", "fires": "例", "silent": "例"}
    other = Threshold("K02.warning", "另一个说法", Decimal(2), "%", "假设：试验")
    with pytest.raises(RuleProblem, match=r"规则 K99：界限 K02\.warning 别处写的不一样"):

        @rule("K99", severity=Severity.NOTICE, thresholds=(other,), **parts)
        def second(_: Case) -> Iterator[Judgement]:
            """又一条。

            为什么。
            """
            yield from ()

    assert "K99" not in REGISTERED


def test_a_scheme_says_only_what_it_changes() -> None:
    """没有改的照规则自己的，说法照表的叫法；改了的照方案，连同来源。"""
    project = ready_scheme("mof-project")[0]
    shown = {one.key: one for one in thresholds_for(project)}
    assert set(project.thresholds) == {"K02.warning"}
    assert shown["K02.warning"].value == Decimal("1.3")
    assert shown["K02.warning"].label == "大幅超额须说明的界限"
    assert shown["K02.warning"].unit == "%"
    assert shown["K02.warning"].origin == "重建：外省一体化系统超过130%时偏差原因必填"
    assert shown["K04.floor"].label == "反向指标实际完成值过低的界限"
    assert shown["K04.floor"].value == Decimal("0.6")
    assert "R03.overlap" not in shown  # 项目的表没有整改，用不着这条规则


@pytest.mark.parametrize("scheme", ready_schemes(), ids=lambda scheme: scheme.id)
def test_what_the_form_leaves_out_is_shown_to_the_reviewer(scheme: Scheme) -> None:
    printed = form_parameters(scheme)
    shown = [*printed, *(one.key for one in reviewers_parameters(scheme))]
    every = {*scheme.parameters, *(one.key for one in thresholds_for(scheme))}
    assert sorted(shown) == sorted(every)


class Parameters(dict[str, "Parameter"]):
    """记下读过哪些参数。"""

    def __init__(self, known: Mapping[str, Parameter], read: set[str]) -> None:
        super().__init__(known)
        self.read = read

    def __getitem__(self, key: str) -> Parameter:
        self.read.add(key)
        return super().__getitem__(key)


class Overrides(dict[str, "Override"]):
    """记下问过哪些界限：方案没有改的，也要来问一次。"""

    def __init__(self, known: Mapping[str, Override], read: set[str]) -> None:
        super().__init__(known)
        self.read = read

    def get(self, key: str, default: object = None) -> object:
        self.read.add(key)
        return super().get(key, default)


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_a_rule_reads_just_the_parameters_it_declares(page: Path) -> None:
    item, scheme = rule_of(page.stem), _scheme()
    read: set[str] = set()
    parameters = Parameters(scheme.parameters, read)
    watched = replace(scheme, parameters=parameters, thresholds=Overrides(scheme.thresholds, read))
    for example in examples(page):
        case = example.case(scheme, methods_of(scheme))
        spied = Facts(watched, case.facts.submission)
        verdict_of(item, replace(case, facts=spied))
    shared = {"working_digits", "score_digits", "over_limit", "over_inclusive", "over_factor"}
    shared |= {"not_applicable", "sub_rows"}
    own = {key for key in read if not key.startswith("tier_")} - shared
    # 找雷同是在汇总时做的，规则只说出结果
    declared = {*item.parameters, *(one.key for one in item.thresholds)}
    assert own == declared - {SIMILARITY.key}


@pytest.mark.parametrize(
    ("key", "value", "outcome"),
    [("K02.notice", "1.1", Outcome.PASS), ("K02.notice", "1.01", Outcome.HIT)],
)
def test_a_threshold_is_changed_in_the_scheme(key: str, value: str, outcome: Outcome) -> None:
    scheme = _with(_scheme(), key, value)
    verdict = verdict_of(rule_of("K02"), _case(_indicators(scheme, "405家", "411家")))
    assert verdict.outcome is outcome


def test_the_message_shows_the_threshold_of_the_scheme() -> None:
    scheme = _with(_scheme(), "K02.warning", "1.8")
    verdict = verdict_of(rule_of("K02"), _case(_indicators(scheme, "7家", "14家")))
    assert verdict.hits[0].message == "企业数量：实现值14家÷预期值7家=200%，超过180%"


def test_a_form_without_funds_is_not_asked_about_funds() -> None:
    scheme = _scheme()
    sheets = tuple(item for item in scheme.sheets if item.key != "funds")
    form = replace(scheme, sheets=sheets, variant="无专项资金")
    fields = {"finance.total": "900", "finance.adjusted": "1000", "cover.self_total": "92"}
    fields |= {"cover.has_funds": "是", "cover.year": "2024"}
    facts = build_facts(form, fields)
    case = Case(facts, Scorecard((), None, ""))
    missing = {code: verdict_of(rule_of(code), case).missing for code in ("C03", "S05", "E01")}
    assert missing == {"C03": (), "S05": (), "E01": ()}
    assert verdict_of(rule_of("E02"), case).outcome is Outcome.PASS
    wrong = [hit.message for hit in verdict_of(rule_of("C01"), case).hits]
    assert "是否有专项资金填“是”，而所用的是“无专项资金”的表" in wrong


def test_a_scheme_without_headings_has_no_use_for_c05() -> None:
    """一节也不要求的，C05 不判，不算通过。"""
    scheme = _scheme()
    bare = replace(scheme, levels=tuple(replace(level, headings=()) for level in scheme.levels))
    assert rule_of("C05") in rules_for(scheme)
    assert rule_of("C05") not in rules_for(bare)


def test_a_rule_is_told_as_the_fullest_form_has_it() -> None:
    schemes = ready_schemes()
    told = {code: scheme_of(rule_of(code), schemes) for code in ("Q04", "K02")}
    assert {code: scheme and scheme.id for code, scheme in told.items()} == {
        "Q04": "jiangmen-2025-special",
        "K02": "jiangmen-2025-special",
    }
    projects = [scheme for scheme in schemes if scheme.of_project]
    assert scheme_of(rule_of("Q04"), projects) is None


def test_nothing_filled_never_passes_what_needs_numbers() -> None:
    verdicts = {item.rule.code: item for item in judge(_case(build_facts(_scheme())))}
    passed = [code for code, item in verdicts.items() if item.outcome is Outcome.PASS]
    assert passed == ["R01"]
    assert verdicts["C01"].outcome is Outcome.HIT


def test_a_rule_that_breaks_is_heard() -> None:
    def broken(_: Case) -> Iterator[Judgement]:
        raise ZeroDivisionError
        yield

    item = replace(rule_of("K02"), judge=broken)
    with pytest.raises(ZeroDivisionError):
        verdict_of(item, _case(build_facts(_scheme())))


def test_findings_follow_the_cells_where_the_file_has_them() -> None:
    facts = _indicators(_scheme(), "7家", "14家")
    moved = LocatedBlock("目标完成 (2)", {"actual": 9}, {"1": 40})
    blocks = {**facts.submission.blocks, "indicators": moved}
    facts = Facts(facts.scheme, replace(facts.submission, blocks=blocks))
    verdicts = judge(_case(facts))
    found = {item.code: item for item in findings(verdicts, facts)}
    assert (found["K02"].sheet, found["K02"].at) == ("目标完成 (2)", At(40, 9))
    # 文件里没有运算符这一栏，只说得出是哪张表
    assert (found["K08"].sheet, found["K08"].at) == ("目标完成 (2)", None)
    assert found["C02"].where == "目标完成 (2)"


def test_the_same_missing_cell_is_named_once() -> None:
    facts = _indicators(_scheme(), "", "")
    verdict = verdict_of(rule_of("K01"), _case(facts))
    assert verdict.missing == (
        "绩效目标完成情况 序号1 预期值",
        "绩效目标完成情况 序号1 实现值",
    )


@EACH_RULE
def test_every_rule_has_all_its_parts_in_chinese(code: str) -> None:
    item = worded(rule_of(code), _user_of(code))
    for part in (item.title, item.why, item.remedy, item.source, item.fires, item.silent):
        assert part
        assert set(FOREIGN.findall(part)) <= FOREIGN_IN_PLACE
    assert item.why.endswith("。")
    assert item.remedy.endswith("。")
    assert not item.title.endswith("。")
    assert re.match("文号：|报告：|重建：|假设：", item.source)


@EACH_RULE
def test_every_rule_has_its_page(code: str) -> None:
    scheme = _user_of(code)
    item = worded(rule_of(code), scheme)
    page = rule_page(rule_of(code), scheme)
    for part in (code, item.title, item.why, item.remedy, item.source, item.fires, item.silent):
        assert part in page
    numbers = [scheme.parameters[key] for key in item.parameters]
    numbers += [one.under(scheme) for one in item.thresholds]
    assert ("\n界限\n" in page) == bool(numbers)
    assert all(one.origin in page for one in numbers)
    assert page.splitlines()[0] == f"{code} {item.title}（{levels_of(item)}）"


def test_the_page_of_a_rule() -> None:
    assert rule_page(rule_of("K04"), _scheme()) == (
        "K04 成本等反向指标的实现值远低于上限（警告）\n"
        "\n"
        "为什么查\n"
        "  按“越低越好”计分会得满分，实际可能是钱没有花出去，或上限定得没有约束力。\n"
        "\n"
        "界限\n"
        "  反向指标实现值过低的界限：60%（重建：参照财预〔2021〕101号60%的及格门槛）\n"
        "\n"
        "依据\n"
        "  重建：参照财预〔2021〕101号60%的及格门槛，一体化系统以预算支出标准核对成本指标\n"
        "\n"
        "怎么办\n"
        "  在“偏差原因及说明”里说明远低于上限的原因："
        "任务没有做完、资金没有支出，还是上限定得过宽。\n"
        "\n"
        "触发的例子\n"
        "  预算控制≤40000万元，实际19546.975万元，只有48.87%\n"
        "\n"
        "不触发的例子\n"
        "  预算控制≤40000万元，实际38000万元\n"
    )


def test_levels_and_thresholds_of_a_rule_with_two() -> None:
    item: Rule = rule_of("S03")
    assert levels_of(item) == "警告、错误、提示"
    assert thresholds_of(item, _scheme()) == (
        "自评与系统得分相差多少要说明：0.5分（假设：复核实践中的偏离度）",
        "自评与系统得分相差多少要退回：2分（假设：复核实践中的偏离度）",
    )
