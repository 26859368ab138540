"""报告说的接到评分表后面，由已有的规则判：触发在那一句；得分、填的内容不受影响。"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from report_marks import SAMPLES, SEED, docx, report_bytes

from xltool.assessment.report import make_report
from xltool.facts.entry import Entry
from xltool.facts.view import Facts
from xltool.intake.submission import understand_book
from xltool.narrative.docx import read_document_bytes
from xltool.narrative.filling import planned
from xltool.narrative.outline import passages
from xltool.narrative.told import Narrative, lines_of, with_claims
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from xltool.assessment.report import Report
    from xltool.facts.entry import Submission

FILE = "收/江门市工业和信息化局_自评报告.docx"
NAME = "江门市工业和信息化局_自评报告.docx"
# 规则、级别、哪一句：由报告和公布的数手工推出（说理见示例“附正文数据”的应得结果）
EXPECTED = {
    ("X01", "error", "一（二）4第1段第3句"),  # 累计333家，另一处共432家
    ("X01", "warning", "一（二）3第1段第3句"),  # 465家、262家，指标541家
    ("X01", "warning", "一（三）2第1段第1句"),  # 超1.9亿元，指标2.89亿元
    ("X01", "notice", "一（二）3第1段第2句"),  # 70家，指标33家，范围不同
    ("X01", "notice", "一（三）3第1段第1句"),  # 一个项目投入超50亿元，指标44.55亿元
    ("A07", "notice", "一（二）4第1段第5句"),  # 76.61÷50.96不是2
    ("X02", "notice", "一（三）第2段第1句"),  # 写5个，列了六项
    ("Q04", "notice", "二（一）第2段第1句"),  # 自评项目里没有专项资金
    ("C05", "warning", "二（三）第1段第1句"),  # 没有采购、资产两节
    ("R02", "error", "四第2段第2句"),  # 均已完成整改，表里一项空着
    ("R02", "notice", "四第2段第3句"),  # 暂无进展，表里写正在整改
}


@cache
def form() -> Submission:
    """只录公布的报告里有的一份，关键数据核对空着。"""
    book = read_book(SAMPLES / "as_published" / "江门市工业和信息化局.xlsx")
    reading = understand_book(book, ready_schemes(), "江门市工业和信息化局.xlsx")  # type: ignore[arg-type]
    assert reading.submission is not None
    return reading.submission


def narrative(data: bytes) -> Narrative:
    document = read_document_bytes(data)
    return Narrative(FILE, document.sha256, passages(document))


@cache
def report(*, told: bool) -> Report:
    scheme, methods = ready_scheme(form().scheme)
    beside = narrative(report_bytes(SEED)) if told else None
    return make_report(scheme, methods, form(), (), narrative=beside)


def in_report(found: Report) -> set[tuple[str, str, str]]:
    listed = (one for one in found.findings if one.sheet.startswith(NAME))
    return {(one.code, one.severity.value, one.sheet.removeprefix(f"{NAME} ")) for one in listed}


def test_the_published_report_is_told_of_at_the_right_sentence() -> None:
    assert in_report(report(told=True)) == EXPECTED
    told = next(one for one in report(told=True).findings if one.code == "R02")
    assert told.message.endswith("原句：“其中，部门整体支出绩效评价发现问题4项，均已完成整改。”")
    assert told.file == "江门市工业和信息化局.xlsx"


def test_rules_that_look_at_the_form_know_what_the_report_says() -> None:
    """R03 凭报告的整改结论触发；K03 凭报告的“存在问题”放过了第6号。"""
    before, after = report(told=False), report(told=True)
    cells = {(one.code, one.where) for one in after.findings} - {
        (one.code, one.where) for one in before.findings
    }
    inside = {one for one in cells if not one[1].startswith(NAME)}
    assert inside == {
        *(("K03", f"绩效目标完成情况!M{row}") for row in (9, 21, 23)),
        *(("R03", f"上年度整改!H{row}") for row in (8, 9)),
    }
    told = {"C05", "A07", "X01", "X02", "R02", "K03"}
    assert told <= before.unjudged.keys()
    assert not told & after.unjudged.keys()


def test_scores_and_contents_are_the_forms_own() -> None:
    before, after = report(told=False), report(told=True)
    same = ("scores", "total", "contents", "numbers", "answers", "levels", "sha256")
    assert all(getattr(before, name) == getattr(after, name) for name in same)
    assert (before.narrative, after.narrative) == ("", FILE)


def test_findings_of_the_report_come_last_in_the_order_of_its_text() -> None:
    places = [one.sheet for one in report(told=True).findings]
    inside = [place for place in places if place.startswith(NAME)]
    assert places[-len(inside) :] == inside
    order = [line.claim.sentence.where for line in _lines()]
    ranks = [order.index(place.removeprefix(f"{NAME} ")) for place in inside]
    assert ranks == sorted(ranks)


def _lines() -> tuple[object, ...]:
    scheme, _ = ready_scheme(form().scheme)
    return lines_of(Facts(scheme, form()), narrative(report_bytes(SEED)).passages)


def joined(*rows: dict[str, str]) -> tuple[Submission, list[dict[str, str]]]:
    """表里先填了几行，再接上报告：接上后的填报，和接上的各行。"""
    scheme, _ = ready_scheme(form().scheme)
    cells = {
        CellKey("claims", str(number), column): Entry(text, text)
        for number, row in enumerate(rows, 1)
        for column, text in row.items()
    }
    records = {**form().records, "claims": tuple(str(n) for n in range(1, len(rows) + 1))}
    own = replace(form(), entries={**form().entries, **cells}, records=records)
    told = with_claims(Facts(scheme, own), narrative(report_bytes(SEED)))
    assert told.told is not None
    assert set(told.records["claims"]) == {*records["claims"], *told.told.places}
    columns = ("kind", "topic", "figure", "location")
    return told, [
        {
            one: told.entries[key].raw
            for one in columns
            if (key := CellKey("claims", row, one)) in told.entries
        }
        for row in told.told.places
    ]


def test_what_the_person_typed_goes_before() -> None:
    """填了的类别以表为准；数据以同一处、同一件事的那一条为准，别处的照读。"""
    own = {"kind": "章节", "topic": "采购管理情况"}
    corrected = {"topic": "推动企业开展技术改造", "figure": "541", "location": "一（二）3"}
    _, read = joined(own, corrected)
    kinds = {"算式", "计数", "整改结论", "存在问题", "改进措施", "自评项目", "数据"}
    assert {one["kind"] for one in read} == kinds
    matter = [one for one in read if one["topic"] == "推动优质企业开展技术改造"]
    assert [one["figure"] for one in matter] == ["262", "541"]  # 465家的一处填了
    _, everything = joined()
    assert len(everything) == len(read) + 2


def test_a_form_without_the_sheet_is_left_alone() -> None:
    scheme, _ = ready_scheme("mof-project")
    own = replace(form(), scheme=scheme.id, entries={}, records={})
    facts = Facts(scheme, own)
    assert with_claims(facts, narrative(report_bytes(SEED))) is own


TWO = "部门名称：示例局\n\n一、情况\n\n{}\n"


@pytest.mark.parametrize(
    ("sentences", "conflict"),
    [
        ("累计培训农户333人。\n\n共培训农户432人。", True),
        ("推动甲厂等465家优质企业开展技术改造。\n\n推动262家企业开展技术改造。", True),
        ("全市规上工业增加值100亿元。\n\n八镇规上工业增加值90亿元。", False),  # 范围不同
        ("2023年培训农户333人。\n\n2024年培训农户432人。", False),  # 年度不同
        ("培训农户333人。\n\n培训农户12场。", False),  # 单位不同
        ("新建成1826个基站，累计达12297个。", False),  # 本年的和累计的
        ("资产总额100万元。\n\n净资产90万元。", False),  # 只差一个字
        ("组织宣传活动不少于40次，全年组织宣传活动83次。", False),  # 要求和做到的
        ("奖励企业第2批，前3名各5万元，1-2家。", False),
        ("甲资金、乙资金没有拨完，拨付进度分别为75%和32%。\n\n乙资金拨付进度64%。", True),
        ("甲资金、乙资金没有拨完，拨付进度分别为75%和32%。\n\n乙资金拨付进度32%。", False),
        ("甲率、乙率分别为75%和32%。\n\n甲率75%，乙率32%。", False),
    ],
)
def test_only_what_is_surely_the_same_is_compared(sentences: str, *, conflict: bool) -> None:
    scheme, methods = ready_scheme(form().scheme)
    empty = replace(form(), entries={}, records={}, blocks={})
    told = narrative(docx(TWO.format(sentences)))
    found = make_report(scheme, methods, empty, (), narrative=told)
    assert any(one.code == "X01" for one in found.findings) is conflict


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("一、存在的问题\n\n预算执行偏慢。\n", "warning"),
        ("一、存在的问题\n\n一是甲偏慢。二是乙偏低。\n\n二、改进措施\n\n抓紧甲。\n", "notice"),
        ("一、存在的问题\n\n一是甲偏慢。\n\n二、下一步打算\n\n一是抓紧甲。二是提高乙。\n", ""),
        ("一、改进措施\n\n抓紧甲。\n", ""),
    ],
)
def test_problems_of_the_report_have_measures(text: str, severity: str) -> None:
    scheme, methods = ready_scheme(form().scheme)
    empty = replace(form(), entries={}, records={}, blocks={})
    found = make_report(scheme, methods, empty, (), narrative=narrative(docx(text)))
    told = [one for one in found.findings if one.code == "R04"]
    assert [one.severity.value for one in told] == ([severity] if severity else [])
    assert all(one.sheet == f"{NAME} 一第2段第1句" for one in told)
    assert all("原句：“" in one.message for one in told)
    assert ("R04" in found.unjudged) is ("问题" not in text)


def test_rows_are_filled_as_far_as_there_are_any() -> None:
    scheme, _ = ready_scheme(form().scheme)
    plan = planned(Facts(scheme, form()), narrative(report_bytes(SEED)).passages)
    capacity = scheme.sheet("claims").capacity
    assert len(plan.written) == capacity
    assert plan.left == plan.found - capacity
    sentences = {one.line.claim.sentence.where for one in plan.written}
    assert {place for _, _, place in EXPECTED} <= sentences  # 触发的各句都填上了
