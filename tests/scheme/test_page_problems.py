"""印在一页上的表写得不对的，说出键的路径和毛病。"""

from __future__ import annotations

import pytest

from xltool.scheme.loader import parse_scheme
from xltool.scheme.problem import SchemeProblem
from xltool.scheme.sources import shipped_text

SCHEME = "mof-project"
GOAL = '"level1 \'总体目标, title expected, unit actual",'
# ruff: noqa: E501
FAULTS = [
    (GOAL, '"level1 \'总体目标, title expected",', "sheets.goal.grid", "“actual”要在页上排一处，现为 0 处"),
    (
        GOAL,
        '"level1 \'总体目标, title expected, unit actual, note actual",',
        "sheets.goal.grid",
        "“actual”要在页上排一处，现为 2 处",
    ),
    (
        GOAL,
        '"level1 \'总体目标, title expected, unit actual, note @other",',
        "sheets.goal.grid",
        "“@other”不是本表的项，也不是三级指标的编码",
    ),
    (
        GOAL,
        '"level1 \'总体目标, title expected, unit actual, note =09",',
        "sheets.goal.grid",
        "“=09”不是本表的项，也不是三级指标的编码",
    ),
    (
        GOAL,
        '"level1 \'总体目标, unit expected, title actual",',
        "sheets.goal.grid",
        "一行里各处的栏要由左到右，不重复",
    ),
    (
        GOAL,
        '"level1 \'总体目标, title expected, width actual",',
        "sheets.goal.grid",
        "“width”不是同一页上记录表的栏",
    ),
    (
        GOAL,
        '"title expected, unit actual",',
        "sheets.goal.grid",
        "每一行从“level1”一栏起，先写印好的字（@ 或 '）",
    ),
    (
        'page = "自评表"\nbeside = ["tier", "evidence", "completion", "factor", "score"]',
        "",
        "sheets.cover.page",
        "一页上要有一张、且只有一张记录表，排在逐项表之后",
    ),
    (
        'page = "自评表"\nbeside = [',
        "beside = [",
        "sheets.indicators.beside",
        "页外的栏只有印在一页上的记录表才写",
    ),
    (
        'beside = ["tier",',
        'beside = ["tiers",',
        "sheets.indicators.beside",
        "“tiers”不是本表的栏",
    ),
    (
        'name = "项目资金"\nkind = "fields"\npage = "自评表"',
        'name = "项目资金"\nkind = "fields"',
        "sheets.finance.grid",
        "写了页上的各行，要写印在哪一页（page）",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "path", "message"), FAULTS)
def test_a_page_that_cannot_be_printed_is_refused(
    old: str, new: str, path: str, message: str
) -> None:
    text = shipped_text(SCHEME)
    assert text.count(old) == 1
    with pytest.raises(SchemeProblem) as told:
        parse_scheme(text.replace(old, new), "试验.toml")
    assert (told.value.path, told.value.message) == (path, message)


def test_the_sheets_of_a_page_stand_together() -> None:
    text = shipped_text(SCHEME)
    goal = text.index('[[sheets]]\nkey = "goal"')
    rest = text.index("[[sheets]]", goal + 1)
    moved = text[:goal] + text[rest:]
    form = moved.index("# ", moved.index('key = "form"'))
    with pytest.raises(SchemeProblem, match="要排在一起"):
        parse_scheme(moved[:form] + text[goal:rest] + moved[form:], "试验.toml")
