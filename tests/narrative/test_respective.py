"""“分别为”后面的数，依次归前面并列的各件；件数和个数不同的、看不准的不取；“其中”另起一句的合计照算。"""

from __future__ import annotations

import pytest
from report_marks import docx

from xltool.narrative.claims import Reading, claims_in
from xltool.narrative.docx import read_document_bytes
from xltool.narrative.labels import figures_in
from xltool.narrative.outline import passages
from xltool.narrative.words import words_of
from xltool.scoring.catalogue import ready_scheme

WORDS = words_of(ready_scheme("jiangmen-2025-special")[0])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("到位率、专用率分别为98%和100%。", [("到位率", "98"), ("专用率", "100")]),
        (
            "2023年,基本支出、项目支出分别完成10万元、20万元。",
            [("基本支出完成", "10"), ("项目支出完成", "20")],
        ),
        (
            "甲资金、乙资金(第二批)没有拨完,截至2025年4月,拨付进度分别为7%和3%。",
            [("甲资金拨付进度", "7"), ("乙资金(第二批)拨付进度", "3")],
        ),
        (
            "发放学生问卷200份、家长问卷150份,分别收回198份和146份。",
            [
                *(("发放学生问卷", "200"), ("家长问卷", "150")),
                *(("发放学生问卷收回", "198"), ("家长问卷收回", "146")),
            ],
        ),
        (  # 单位不同的，看不准
            "发放问卷200份、宣传册150本,分别收回198份和146份。",
            [("发放问卷", "200")],
        ),
        ("甲率7%、乙率3%,分别为98%和95%。", [("甲率", "7"), ("乙率", "3")]),  # 又是什么，没有说
        ("甲资金、乙资金、丙资金没有拨完,拨付进度分别为7%和3%。", []),  # 三件两个数
        ("甲资金、乙资金没有拨完,分别为7%和3%。", []),  # 没有说是哪一方面
        ("城乡医保、大病参保率分别为98%、95%。", []),  # 头一件是不是参保率看不准
        ("甲率、乙率分别为7%和3%左右的水平。", []),
        ("甲率7%,乙率、丙率分别提高。", [("甲率", "7")]),
    ],
)
def test_figures_told_respectively(text: str, told: list[tuple[str, str]]) -> None:
    assert [(one.label, one.number.text) for one in figures_in(text, WORDS)] == told


@pytest.mark.parametrize(
    ("text", "equations"),
    [
        ("年初预算210万元。其中建设203万元，监理7万元。", ["203+7=210"]),
        ("年初预算210万元。其中建设203万元，监理6万元。", ["203+6=210"]),  # 算错的也要查
        ("年初预算210万元。其中建设100万元，监理7万元。", []),  # 没有列全
        ("年初预算210万元，支出190万元。其中建设203万元，监理7万元。", []),  # 哪一个的其中
        ("年初预算210万元。其中建设3个，监理7个。", []),
    ],
)
def test_parts_in_the_sentence_after_their_sum(text: str, equations: list[str]) -> None:
    found = claims_in(
        passages(read_document_bytes(docx(f"一、情况\n\n{text}\n"))), Reading(WORDS, 2024)
    )
    assert [one.figure for one in found if one.kind == "arithmetic"] == equations
