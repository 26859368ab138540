"""自评报告：由公布的报告录成的评分表，写出来的表和话与公布的原文逐格相同；只有人写得出的标出来。"""

from __future__ import annotations

import zipfile
from collections import Counter
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

import pytest
from facts_builder import build_facts
from published_report import goals, paragraphs_between, rectified, squeezed
from small_docx import W
from small_docx import text_of as text

from xltool.assessment.report import make_report
from xltool.cli.submissions import examine
from xltool.collection.beside import narrative_in
from xltool.facts.view import Facts
from xltool.narrative.gaps import GAP, gap
from xltool.papers.filling import Template
from xltool.papers.repeating import Listed
from xltool.papers.self_report import CONTENT, PROBLEMS, placeholders, report_values
from xltool.papers.self_report_template import self_report_template
from xltool.scheme.loader import parse_scheme
from xltool.scoring.catalogue import methods_of, offered_schemes, ready_scheme, ready_schemes
from xltool.xlsx.limits import Limits

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme

SAMPLES: Final = Path(__file__).parents[2] / "sample_inputs"
AS_PUBLISHED: Final = "as_published/江门市工业和信息化局（附正文数据）"


@cache
def document(name: str) -> bytes:
    """一份示例写出的报告。"""
    examined = examine(SAMPLES / f"{name}.xlsx")
    submission, report = examined.reading.submission, examined.report
    assert submission is not None
    assert report is not None
    scheme, _ = ready_scheme(report.scheme)
    known = placeholders(one for one in offered_schemes() if not one.of_project)
    template = Template(self_report_template(), "模板.docx", known)
    return template.filled(report_values(Facts(scheme, submission), report, known))


@cache
def written(name: str) -> ET.Element:
    """报告的正文。"""
    with zipfile.ZipFile(BytesIO(document(name))) as archive:
        return ET.fromstring(archive.read("word/document.xml"))  # noqa: S314 - our own bytes


def body(name: str) -> list[str]:
    """表格以外的各段。"""
    (found,) = written(name).findall(f"{W}body")
    return [text(one) for one in found.findall(f"{W}p")]


def table(name: str, heading: str) -> list[list[str]]:
    """表头里有这几个字的表的各行，上下合并的格照上面的；要补充的当作空着。"""
    (found,) = (one for one in written(name).iter(f"{W}tbl") if heading in text(one))
    rows: list[list[str]] = []
    for row in list(found.iter(f"{W}tr"))[1:]:
        cells: list[str] = []
        for place, cell in enumerate(row.findall(f"{W}tc")):
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            below = merge is not None and merge.get(f"{W}val") != "restart"
            cells.append(rows[-1][place] if below else squeezed(GAP.sub("", text(cell))))
        rows.append(cells)
    return rows


def test_the_indicators_are_as_published_cell_by_cell() -> None:
    own = table(AS_PUBLISHED, "三级指标")
    assert len(own) == 20
    assert own == goals()


def test_the_rectification_is_as_published_cell_by_cell() -> None:
    own, published = table(AS_PUBLISHED, "整改措施"), rectified()
    assert len(own) == 6
    assert own == published


def test_the_figures_and_the_conclusion_are_as_published_sentence_by_sentence() -> None:
    own = [squeezed(one) for one in body(AS_PUBLISHED)]
    sections = (("（四）部门整体支出情况", "二、", 8), ("（一）自评结论", "（二）", 1))
    for first, last, count in sections:
        published = paragraphs_between(first, last)
        assert len(published) == count
        start = own.index(published[0])
        assert own[start : start + count] == published


def test_what_only_people_can_write_is_marked() -> None:
    root = written(AS_PUBLISHED)
    yellow = f"{W}rPr/{W}highlight"
    marked = [text(run) for run in root.iter(f"{W}r") if run.find(yellow) is not None]
    marked = [one for one in marked if one]
    assert marked == GAP.findall(text(root))
    assert any("部门的主要职能" in one for one in marked)
    assert any("整改进展情况" in one for one in marked), "公布的报告这一格空着，不能编"
    assert "{{" not in text(root)


def test_problems_and_measures_that_were_listed_are_told_in_turn() -> None:
    scheme, _ = ready_scheme("jiangmen-2025-special")
    rows = (("存在问题", "拨付偏慢"), ("改进措施", "按月通报。"), ("改进措施", "约谈"))
    claims = [{"kind": kind, "topic": topic} for kind, topic in rows]
    report = examine(SAMPLES / f"{AS_PUBLISHED}.xlsx").report
    assert report is not None
    facts = build_facts(scheme, {}, {"claims": claims}, {})
    known = placeholders([scheme])
    data = Template(self_report_template(), "模板.docx", known).filled(
        report_values(facts, report, known)
    )
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = ET.fromstring(archive.read("word/document.xml"))  # noqa: S314 - our own bytes
    told = [text(one) for one in root.iter(f"{W}p")]
    start = told.index("1. 存在的问题")
    assert told[start + 1] == "（1）拨付偏慢。"
    start = told.index("2. 改进措施")
    assert told[start + 1 : start + 3] == ["（1）按月通报。", "（2）约谈。"]
    assert told[start + 3].startswith("【此处由单位补充：改进措施")


def test_numbers_and_units_filled_apart_are_put_together() -> None:
    """拆成三格填的，与公布的只差单位：名称末尾已有单位的、末尾的零。"""
    own, published = table("inbox/江门市工业和信息化局", "三级指标"), goals()
    differences = {
        (row, mine[column], theirs[column])
        for row, (mine, theirs) in enumerate(zip(own, published, strict=True), 1)
        for column in range(5)
        if mine[column] != theirs[column]
    }
    assert differences == {
        (2, "≥33家", "≥33"),
        (8, "≥500家次", "≥500"),
        (8, "541家次", "541家"),
        (15, "6.7%", "6.70%"),
    }


def test_a_form_without_funds_has_no_table_of_them() -> None:
    root = written("mixed/示例市机关事务管理局")
    assert "专项资金名称" not in text(root)
    assert "均已完成整改。" in text(root)


@pytest.mark.parametrize("scheme", ready_schemes(), ids=lambda one: one.id)
def test_every_form_has_a_value_for_each_of_its_names(scheme: Scheme) -> None:
    """随程序带的各个方案，一格也没有填的也写得出：模板里认得的名称，各有内容。"""
    facts = build_facts(scheme)
    report = make_report(*ready_scheme(scheme.id), facts.submission, ())
    known = placeholders([scheme])
    values = report_values(facts, report, known)
    heads = {name.partition(".")[0] for name in values}
    assert [
        name for name in known if name not in values and name.partition(".")[0] not in heads
    ] == []


def test_what_a_form_has_no_column_for_is_not_told() -> None:
    """没有统计截止日的不说截至哪天，没有完成率的不数没有完成的，都照写。"""
    gone = (
        '[[sheets]]\nkey = "funds"\nfields = [{ key = "as_of", remove = true }]\n'
        '[[sheets]]\nkey = "indicators"\nfields = [{ key = "completion", remove = true }]\n'
    )
    head = '[scheme]\nextends = "jiangmen-2025-special"\nid = "trial"\ntitle = "试验"\n'
    scheme = parse_scheme(head + gone, "trial.toml")
    funds = [{"name": "甲项", "planned": "100", "paid": "80"}]
    targets = [{"title": "乙", "expected": "10", "actual": "5", "operator": "="}]
    facts = build_facts(scheme, records={"funds": funds, "indicators": targets})
    report = make_report(scheme, methods_of(scheme), facts.submission, ())
    told = report_values(facts, report, placeholders([scheme]))[PROBLEMS]
    assert isinstance(told, Listed)
    assert [one[CONTENT] for one in told.items] == [f"甲项支出进度80%：{gap('没有支完的原因')}。"]


@pytest.mark.parametrize("name", ["示例市交通运输局", "示例市民政局"])
def test_the_report_written_from_the_form_agrees_with_it(name: str) -> None:
    """表里的数写成话，再读回来核对，一处不同也没有；多出来的是还没有写的，和算不平的等式。"""
    path = SAMPLES / "inbox" / f"{name}.xlsx"
    told = narrative_in(document(f"inbox/{name}"), "报告.docx", Limits())
    alone, beside = examine(path), examine(path, find=lambda *_: told)
    known = {one.message for one in alone.findings}
    added = Counter(one.code for one in beside.findings if one.message not in known)
    unequal = {"A07": 1} if name == "示例市交通运输局" else {}  # 三公各项之和
    assert added == {"R04": 1, **unequal}
