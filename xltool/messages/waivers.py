"""C16x：豁免表：读不了、写错、没有用到、过期。"""

from __future__ import annotations

from typing import Final

from xltool.finding import Message, Severity

UNREADABLE: Final = Message("C160", Severity.ERROR, "豁免表“{file}”读不了：{reason}", "{remedy}")
HEADER: Final = Message(
    "C161",
    Severity.ERROR,
    "豁免表“{file}”里找不到表头：要有 {headings} 各栏",
    "请加一行表头：规则、单位、位置、理由、批准人、批准日期、有效期至。",
)
MISSING: Final = Message(
    "C162", Severity.WARNING, "这一条豁免没有填“{heading}”，不能用", "请补填后重新汇总。"
)
UNKNOWN_RULE: Final = Message(
    "C163",
    Severity.WARNING,
    "这一条豁免的规则“{found}”不是疑点规则的编码，不能用",
    "请照疑点清单里“编码”一栏填，如 K02；版式、填报、汇总的问题不能豁免。",
)
BAD_DATE: Final = Message(
    "C164",
    Severity.WARNING,
    "这一条豁免的“{heading}”填的“{found}”不是日期，不能用",
    "请填成 2025-4-30 的样子。",
)
UNKNOWN_UNIT: Final = Message(
    "C165",
    Severity.WARNING,
    "这一条豁免的单位“{found}”在这次汇总里没有采用的报送，没有用到",
    "请核对单位名称；不再需要的，删去这一条。",
)
UNNAMED_PROJECT: Final = Message(
    "C168",
    Severity.WARNING,
    "这一条豁免的单位“{found}”交的是项目的表，没有写是哪个项目，没有用到",
    "请照疑点清单里“单位”一栏填，如 {suggestion}。",
)
UNUSED: Final = Message(
    "C166",
    Severity.WARNING,
    "这一条豁免没有用到：“{unit}”的 {rule} 在{where}没有触发",
    "请核对位置；问题已经改正、不再需要的，删去这一条。",
)
EXPIRED: Final = Message(
    "C167",
    Severity.WARNING,
    "这一条豁免已过期：有效期至 {until}，“{unit}”的填报日期是 {day}；有关疑点照常计数",
    "仍要豁免的，请重新批准并改填有效期；不再需要的，删去这一条。",
)
ANYWHERE: Final = "各处"
WAIVED: Final = "豁免"  # 疑点清单的级别一栏，豁免了的写这个词
APPLIED: Final = "用到 {count} 处"
