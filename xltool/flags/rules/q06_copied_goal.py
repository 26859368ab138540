"""Q06 完成情况照抄预期目标。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import given, lacks
from xltool.scheme.key import field_key
from xltool.values import fold, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement

_EXPECTED, _ACTUAL = field_key("goal.expected"), field_key("goal.actual")


@rule(
    "Q06",
    severity=Severity.WARNING,
    remedy="{goal.actual}写年末的事实和数据：做了什么、做到多少、有什么效果。",
    source="重建：评价机构复核发现完成情况照抄目标；财预〔2020〕10号要求对照目标写完成情况",
    needs=("goal.expected", "goal.actual"),
    fires="预期目标写“开展宣传活动”，实际完成情况也写“开展宣传活动”",
    silent="实际完成情况写“全年开展宣传活动12场，1.3万人次参加”",
)
def copied_goal(case: Case) -> Iterator[Judgement]:
    """实际完成情况照抄预期目标。

    目标是年初的打算，完成情况是年末的事实；一字不差的，看不出做了没有。
    """
    facts = case.facts
    expected, actual = facts.entry(_EXPECTED), facts.entry(_ACTUAL)
    blanks = [k for k, e in ((_EXPECTED, expected), (_ACTUAL, actual)) if not given(e)]
    yield from (lacks(facts, key) for key in blanks)
    if not blanks and fold(expected.raw) == fold(actual.raw):
        yield Hit(_ACTUAL, f"“{quote(actual.raw)}”与预期目标一字不差，看不出实际情况")
