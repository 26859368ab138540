"""约定里的共用参数：写在 [parameters.名字]，每个要有 label、value、unit、origin。"""

from __future__ import annotations

from typing import Final

from xltool.scheme.contract.need import Need, When

_ALWAYS, _RATED = When.ALWAYS, When.RATED
_TIER = "定性的指标不能计分。"

PARAMETERS: Final = (
    Need("parameters.working_digits", "计算精度（小数位）", "程序和公式算不一致。", _ALWAYS),
    Need("parameters.money_digits", "勾稽的计算精度（小数位）", "勾稽会露出尾数。", _ALWAYS),
    Need("parameters.score_digits", "得分保留几位小数", "不知道舍入到几位。", _ALWAYS),
    Need("parameters.full_marks", "满分", "分值没有合计可对。", _ALWAYS),
    Need("parameters.over_limit", "大幅超额的界限", "不知道怎样算超额。", _RATED),
    Need("parameters.over_inclusive", "刚好等于界限算不算超额（1算）", "同上。", _RATED),
    Need("parameters.over_factor", "大幅超额的按几成计分", "同上。", _RATED),
    Need("parameters.tier_achieved", "达成年度指标的得几成", _TIER, _RATED),
    Need("parameters.tier_partial", "部分达成的得几成", _TIER, _RATED),
    Need("parameters.tier_missed", "未达成的得几成", _TIER, _RATED),
    Need(
        "parameters.free_weights",
        "各类指标的分值是否由项目逐行自定，合计等于满分（1是）",
        "照指标体系的分值，各类各自合计。",
    ),
    Need(
        "parameters.over_action", "超额的怎么办：0不调减，1全部，2点到的，3没写原因的", "全部调减。"
    ),
    Need("parameters.over_by_deviation", "是否按偏离度调减（1是）", "按 over_factor 计。"),
    Need("parameters.over_minus", "超额的另减几分", "不另减。"),
    Need("parameters.reverse_ratio", "越小越好的是否按预期值÷实现值（1是）", "按超出的比例递减。"),
    Need(
        "parameters.not_applicable",
        "定量指标的实现值写“无”“不适用”并写了原因的怎么办：0不认，1分值摊到同类其余各行，2得满分",
        "不认：实现值要填数，否则这一类不能计分。",
    ),
    Need(
        "parameters.sub_rows",
        "名称以“其中”开头、自己没有分值的行是不是上一条的一部分（1是）",
        "不收：说一句不是记录，不计入。",
    ),
    Need("parameters.pass_mark", "及格线", "没有及格线。"),
    Need("parameters.tier_achieved_low", "达成一档的下限", "自评得分不作数，按档计分。"),
    Need("parameters.tier_partial_low", "部分达成一档的下限", "同上；两个要一起写。"),
    Need("parameters.satisfaction_limitN", "满意度第N档的界限", "满意度不分档。"),
    Need("parameters.satisfaction_shareN", "满意度第N档得几成", "同上；要一起写。"),
    Need("parameters.satisfaction_rest", "满意度各档以下得几成", "同上；要一起写。"),
    Need("parameters.self_cap_limitN", "第N档：执行率低于多少", "自评不封顶。"),
    Need("parameters.self_cap_pointsN", "第N档：自评不得高于几分", "同上；要一起写。"),
)
