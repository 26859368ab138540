"""写原因的格：说了等于没说的，和还说了别的。"""

from __future__ import annotations

import pytest
from scheme_variants import SPECIAL, shipped

from xltool.facts.saying import gives_no_reason, says_nothing

NOTHING = (
    *("", "  ", "　", "\n", "1", "12", "无", "（无）", "见附件1", "附件2", "附件一", "见附件一。"),
    *(
        "（附件3）",
        "详见佐证材料3",
        "同第1行",
        "同第十二条",
        "如上所述",
        "按要求完成",
        "已按要求完成。",
    ),
    *("同指标3", "见第2行", "附件1、附件2", "已完成", "客观原因"),
)
REASONS = (
    *("因暴雨停训，详见附件2", "第3季度才到位资金", "2024年10月才招标", "2所学校推迟开工"),
    *("年初按上年数定，实际招生增加，见附件1", "未完成招标", "完成晚了一个月"),
)


@pytest.mark.parametrize("text", NOTHING)
def test_it_gives_no_reason(text: str) -> None:
    assert gives_no_reason(shipped()[SPECIAL], text)


@pytest.mark.parametrize("text", REASONS)
def test_it_gives_a_reason(text: str) -> None:
    assert not gives_no_reason(shipped()[SPECIAL], text)


def test_a_numbered_annex_is_evidence() -> None:
    """佐证材料写附件几，是写了材料；只写“附件”的不是。"""
    scheme = shipped()[SPECIAL]
    assert not says_nothing(scheme, "附件2")
    assert says_nothing(scheme, "附件")
