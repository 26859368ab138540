"""一句话里的数说的是哪一件：分值不是得分，目标值不是实现值。"""

from __future__ import annotations

import pytest

from xltool.narrative.labels import figures_in
from xltool.narrative.words import words_of
from xltool.scoring.catalogue import ready_scheme

WORDS = words_of(ready_scheme("jiangmen-2025-special")[0])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("部门预算资金支出率(5分)自评4.42分。", [("部门预算资金支出率自评", "4.42")]),
        ("资产配置合规性(满分2分)得0.5分。", [("资产配置合规性得", "0.5")]),
        ("评价得分(97.35分)比上年高。", [("评价得分", "97.35")]),  # 另外没有得了几分
        (  # 接着数写的括号，说的是整个分句
            "共有14项(占比27.45%)项目没有验收。",
            [("共有项目没有验收", "14"), ("共有项目没有验收占比", "27.45")],
        ),
        (
            '"新增养老床位数量"预期值400张,实现值300张,完成率75%。',
            [
                *(('"新增养老床位数量"预期值', "400"), ('"新增养老床位数量"实现值', "300")),
                ('"新增养老床位数量"完成率', "75"),
            ],
        ),
        (
            "普法活动场次指标值12场,实际完成值14场。",
            [("普法活动场次指标值", "12"), ("普法活动场次实际完成值", "14")],
        ),
    ],
)
def test_another_number_of_the_same_thing_is_named_apart(
    text: str, told: list[tuple[str, str]]
) -> None:
    assert [(one.label, one.number.text) for one in figures_in(text, WORDS)] == told
