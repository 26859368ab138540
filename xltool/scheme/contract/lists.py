"""程序自己的选项表，和程序认得的各个选项。

自己的选项表方案不必写：用到了而没有写的，补在最后；只写 key 的，排在写的地方；写了 options 的，
以方案为准。
"""

from __future__ import annotations

from typing import Final

from xltool.scheme.contract.need import Need, When
from xltool.scheme.contract.own import OwnList, OwnOption
from xltool.scheme.contract.word_lists import WORD_LISTS

REVIEW: Final = "review"
LEFT_OUT: Final = "left_out"


_YES = OwnOption("yes", "是", ("有", "√", "Y"))
_NO = OwnOption("no", "否", ("无", "×", "N"))
_UNITS = (
    ("percent", "%"),
    ("points", "百分点"),
    ("date", "日期"),
    ("ten_thousand_yuan", "万元"),
    ("hundred_million_yuan", "亿元"),
    ("yuan", "元"),
    ("piece", "个"),
    ("household", "家"),
    ("household_time", "家次"),
    ("home", "户"),
    ("person", "人"),
    ("person_time", "人次"),
    ("item", "项"),
    ("time", "次"),
    ("session", "场"),
    ("period", "期"),
    ("case", "件"),
    ("set", "套"),
    ("square_metre", "平方米"),
    ("kilometre", "公里"),
    ("ton", "吨"),
    ("day", "天"),
    ("month", "个月"),
    ("year", "年"),
    ("none", "无量纲"),
)

OWN_LISTS: Final = (
    OwnList("yes_no", "是否", "重建：管理类事项只有是、否两种", (_YES, _NO)),
    OwnList(
        "yes_no_na",
        "是否（可不适用）",
        "重建：管理类事项也有不适用的",
        # “无”分不清是没有做还是没有这回事，不认；也在列表里的“不适用”由人选
        (
            _YES,
            OwnOption("no", "否", ("×", "N")),
            OwnOption("not_applicable", "不适用", ("不涉及",)),
        ),
    ),
    OwnList(
        "operator",
        "运算符",
        "重建：预算管理一体化系统导入表单的“计算符号”一栏",
        (
            OwnOption("ge", "≥", (">=", "不低于", "不少于")),
            OwnOption("le", "≤", ("<=", "不高于", "不超过")),
            OwnOption("eq", "=", ("等于",)),
            OwnOption("gt", ">", ("大于",)),
            OwnOption("lt", "<", ("小于",)),
        ),
        fixed=True,
    ),
    OwnList(
        "tier",
        "达成情况",
        "文号：财预〔2020〕10号，定性指标分达成、部分达成、未达成三档",
        (
            OwnOption("achieved", "达成年度指标", ("达成", "完成", "全部达成")),
            OwnOption("partial", "部分达成年度指标并具有一定效果", ("部分达成", "部分完成")),
            OwnOption("missed", "未达成年度指标且效果较差", ("未达成", "未完成")),
        ),
    ),
    OwnList(
        "unit",
        "计量单位",
        "重建：公开的绩效目标表里常用的计量单位；也可另填",
        tuple(OwnOption(key, value) for key, value in _UNITS),
    ),
    OwnList(
        "progress",
        "整改进展",
        "报告：整改情况表写已整改、正在整改、暂无整改进展",
        (
            OwnOption("done", "已整改", ("已完成整改", "完成整改")),
            OwnOption("doing", "正在整改", ("整改中",)),
            OwnOption("not_started", "未开始", ("暂无整改进展",)),
        ),
    ),
    OwnList(
        "claim_kind",
        "关键数据类别",
        "假设：按自评报告正文里数和话的用处分的类",
        (
            OwnOption("figure", "数据"),
            OwnOption("arithmetic", "算式"),
            OwnOption("count", "计数"),
            OwnOption("problem", "存在问题"),
            OwnOption("rectification", "整改结论"),
            OwnOption("section", "章节"),
            OwnOption("projects", "自评项目"),
            OwnOption("measure", "改进措施"),
        ),
    ),
    OwnList(
        REVIEW,
        "复核意见",
        "假设：复核一处疑点，不外采信单位的说明、要它改正、退回重报、疑点不成立四种结论",
        (
            OwnOption("accept", "采信说明"),
            OwnOption("correct", "须改正"),
            OwnOption("return", "退回"),
            OwnOption("reject", "不成立"),
        ),
    ),
    OwnList(
        LEFT_OUT,
        "不单独计分的行",
        "假设：得分率一栏印的字，看得出这一行为什么没有得分率",
        (OwnOption("not_applicable", "不适用"), OwnOption("part", "其中项")),
    ),
    *WORD_LISTS,
)
# 方案没有一项从它选，也总要有的：复核用的、不单独计分的行用的，和凭字眼判断用的
ALWAYS: Final = (REVIEW, LEFT_OUT, *(item.key for item in WORD_LISTS))

_RATED = When.RATED
_OPERATOR = "计分和提示分不清方向。"
_TIER = "选不了这一档，不能计分。"

OPTIONS: Final = (
    Need("options.tier.achieved", "达成年度指标", _TIER, _RATED),
    Need("options.tier.partial", "部分达成", _TIER, _RATED),
    Need("options.tier.missed", "未达成", _TIER, _RATED),
    Need("options.operator.le", "≤", _OPERATOR, _RATED),
    Need("options.operator.lt", "<", _OPERATOR, _RATED),
    Need("options.operator.eq", "=", _OPERATOR, _RATED),
    Need("options.operator.ge", "≥", _OPERATOR, _RATED),
    Need("options.operator.gt", ">", _OPERATOR, _RATED),
    Need("options.unit.date", "单位是日期", "写成数的日期会当作数去除。", _RATED),
    Need("options.yes_no.yes", "有专项资金", "C01 不查有没有用错表。"),
    Need("options.yes_no.no", "没有专项资金", "C01 不查有没有用错表。"),
    Need("options.level1.output", "产出"),
    Need("options.level1.outcome", "效益"),
    Need("options.progress.done", "已整改"),
    Need("options.progress.doing", "正在整改"),
    Need("options.progress.not_started", "未开始"),
    Need("options.claim_kind.figure", "数据"),
    Need("options.claim_kind.arithmetic", "算式"),
    Need("options.claim_kind.count", "计数"),
    Need("options.claim_kind.problem", "存在问题", "K03 只看偏差原因；超额不能只调减点到的。"),
    Need("options.claim_kind.rectification", "整改结论", "R03 只看整改表。"),
    Need("options.claim_kind.section", "章节"),
    Need("options.claim_kind.projects", "自评项目", "Q04 不查专项资金。"),
    Need("options.claim_kind.measure", "改进措施"),
)
# 二级指标的选项在哪个表由方案定（level2 的 options、options_by），程序只认标识
CATEGORIES: Final = {
    "quantity": "数量；C02 要有，Q02 看归类",
    "quality": "质量；C02 要有，Q02 看归类",
    "timeliness": "时效；C02 要有，E03 看是否按期拨付",
    "cost": "成本；没有写运算符的按“≤”计分，C02 要有",
    "economic_cost": "经济成本；同 cost",
    "social_cost": "社会成本；同 cost",
    "ecological_cost": "生态环境成本；同 cost",
    "economic": "经济效益；C02 要有一项效益",
    "social": "社会效益；同上",
    "ecological": "生态效益；同上",
    "sustainable": "可持续影响；同上，Q02 看归类",
    "satisfaction": "满意度；C02 要有，满意度分档、K09、Q02 要看",
}
