"""看绩效指标的名称、单位认哪些字：规则和报送表的自查用的是同一份。"""

from __future__ import annotations

from typing import Final

from xltool.values import Family

PAYMENT: Final = ("支付", "拨付")
"""名称里有的，说的是付钱，不是数量。"""
_STEMS: Final = (
    *("合格", "通过", "覆盖", "满意", "及时", "使用", "利用", "达标", "准确", "到位"),
    *("符合", "公开", "参与", "出勤", "备案", "优良", "优秀", "验收"),
)
BOUNDED: Final = (*(f"{one}{end}" for one in _STEMS for end in "率度"), "占比", "比重")
"""名称里有的，是不会超过百分之百的比率；完成率、增长率可以。"""
NOT_ADDED: Final = frozenset({Family.RATIO, Family.POINT, Family.TIME, Family.SCORE})
"""这几种单位的数不能相加。"""
