"""一句话里的各个数：看不准是不是数据的不取。"""

from __future__ import annotations

import pytest

from xltool.narrative.numbers import numbers_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("投入4.7亿元、1,234.5万元", [("4.7", "亿元"), ("1,234.5", "万元")]),
        ("超19家，提前3天", [("超19", "家"), ("3", "天")]),
        ("投入4亿7000万元、3万5千元", []),  # 不能只取后一截
        ("2024成立工作专班3个", [("3", "个")]),
        ("编制10科室名册，设立5成果转化点，系统升级到3.0版", []),
        ("第3批，前3名，1-2家，《2024年5项制度》", []),
    ],
)
def test_numbers_in_a_sentence(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.text, one.unit) for one in numbers_in(text)] == found
