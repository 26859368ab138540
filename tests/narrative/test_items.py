"""“存在的问题”“改进措施”里几条算几条：编号、“一是”、一段一条；说明、引出的话不另算；看不准的不取。"""

from __future__ import annotations

import pytest
from report_marks import docx

from xltool.narrative.claims import Reading, claims_in
from xltool.narrative.docx import read_document_bytes
from xltool.narrative.outline import passages
from xltool.narrative.words import words_of
from xltool.scoring.catalogue import ready_scheme

WORDS = words_of(ready_scheme("jiangmen-2025-special")[0])
BOTH = "四、存在的问题和整改情况"


@pytest.mark.parametrize(
    ("text", "problems", "measures"),
    [
        ("一、存在的问题\n\n一是甲少。因此乙慢。\n\n二是丙乱。", ["甲少", "丙乱"], []),
        (  # 在同一句里列的，前面引出的话不算
            "一、改进措施\n\n针对以上问题，采取以下措施：一是加强甲；二是规范乙，抓早；三是培训丙。",
            [],
            ["加强甲", "规范乙,抓早", "培训丙"],
        ),
        (  # 一节的标题是一条，下面的是说明
            "一、存在的主要问题\n\n（一）甲不科学\n\n甲定得低。一是没有调研；二是没有论证。\n\n（二）乙不规范。",
            ["甲不科学", "乙不规范"],
            [],
        ),
        (  # “方面”只是归在一起
            "一、存在的问题\n\n（一）预算方面\n\n1. 甲不准。\n\n（二）方面\n\n一是丙虚。二是丁空。",
            ["甲不准", "丙虚", "丁空"],
            [],
        ),
        (
            "一、存在问题\n\n绩效管理还有差距。\n\n预算执行偏慢。",
            ["绩效管理还有差距", "预算执行偏慢"],
            [],
        ),
        (
            f"{BOTH}\n\n（一）存在的问题\n\n1. 甲少。\n\n（二）整改情况\n\n补齐了甲。",
            ["甲少"],
            ["补齐了甲"],
        ),
        (f"{BOTH}\n\n甲少。已经补齐。", [], []),  # 哪句是问题、哪句是措施，看不准
        (
            f"{BOTH}\n\n存在的问题：甲少。\n\n改进措施：补齐甲。",
            ["甲少"],
            ["补齐甲"],
        ),
        (
            "一、存在的问题\n\n（一）整改措施落实不到位。\n\n（二）甲少。",
            ["整改措施落实不到位", "甲少"],
            [],
        ),
        ("一、存在的问题\n\n甲很少。\n\n（一）下一步改进措施\n\n补齐甲。", ["甲很少"], ["补齐甲"]),
        (  # 摆了问题接着说怎么改
            "一、存在的问题\n\n一是甲少。下一步，补齐甲。二是乙乱。\n\n三是丙慢，下一步抓紧。",
            ["甲少", "乙乱", "丙慢,下一步抓紧"],
            ["下一步,补齐甲"],
        ),
        ("一、主要问题\n\n1. 甲偏低\n\n定得低。\n\n改进措施：重定甲。", ["甲偏低"], ["重定甲"]),
        ("四、上年度存在问题的整改措施\n\n补齐了甲。", [], []),
        ("四、上年度绩效自评整改情况\n\n甲已补齐。", [], []),
        ("一、存在的问题\n\n无。\n\n二、改进措施\n\n无。", [], []),
        ("一、偏离绩效目标的原因和下一步改进措施\n\n甲因雨停工。下一步抓紧。", [], []),
    ],
)
def test_items_of_problems_and_measures(
    text: str, problems: list[str], measures: list[str]
) -> None:
    found = claims_in(passages(read_document_bytes(docx(text))), Reading(WORDS, 2024))
    told = {
        kind: [one.topic for one in found if one.kind == kind] for kind in ("problem", "measure")
    }
    assert told == {"problem": problems, "measure": measures}


def test_an_item_stands_at_its_first_sentence_with_all_that_explains_it() -> None:
    text = (
        "一、存在的问题\n\n（一）甲不科学\n\n甲定得低。\n\n"
        "二、改进措施\n\n采取措施：一是抓甲；二是抓乙。"
    )
    found = claims_in(passages(read_document_bytes(docx(text))), Reading(WORDS, 2024))
    assert [(one.sentence.where, one.text) for one in found] == [
        ("一（一）第1段第1句", "(一)甲不科学甲定得低。"),
        ("二第2段第1句", "一是抓甲;"),
        ("二第2段第1句", "二是抓乙。"),
    ]
