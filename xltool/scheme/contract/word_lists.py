"""程序自己的字眼表：凭名称、凭写的话判断的规则看哪些字，公式也看；方案另写的以方案为准。"""

from __future__ import annotations

from typing import Final

from xltool.scheme.contract.own import OwnList, OwnOption

BLANK_WORDS: Final = "blank_words"
UNWANTED: Final = "unwanted_words"
LESSER: Final = "lesser_words"
HANDLED: Final = "handled_words"
SHORTFALL: Final = "shortfall_words"
TOTAL_COST: Final = "total_cost_words"
BENEFICIARIES: Final = "beneficiaries"
NOT_APPLICABLE: Final = "not_applicable_words"
PARTS: Final = "part_words"
VAGUE: Final = "vague_words"
PAYMENT: Final = "payment_words"
GRANT: Final = "grant_words"
STANDARD: Final = "standard_words"
COMMON_NAMES: Final = "common_name_words"
SPENT: Final = "spent_words"
PLANNED: Final = "planned_words"
# 只有规则看、公式不看的：不印在报送表上
RULES_ONLY: Final = frozenset(
    {
        *(SHORTFALL, TOTAL_COST, BENEFICIARIES, VAGUE, PAYMENT, GRANT, STANDARD),
        *(COMMON_NAMES, SPENT, PLANNED),
    }
)


def _listed(*words: str) -> tuple[OwnOption, ...]:
    """只认字、不必有名字的各项：标识就是第几个。"""
    return tuple(OwnOption(f"word{number}", word) for number, word in enumerate(words, 1))


WORD_LISTS: Final = (
    OwnList(
        BLANK_WORDS,
        "等于没写的话",
        "假设：公开的自评表里常见的，说了等于没说；整格只有这几个字才算",
        _listed(
            *("无", "暂无", "没有", "无原因", "无偏差", "无偏差原因", "没有偏差", "无说明"),
            *("无需说明", "不涉及", "同上", "同前", "如上", "见上", "略", "从略", "详见附件"),
            *("见附件", "附件", "详见报告", "见报告", "详见自评报告", "见自评报告", "另附", "不详"),
            *("/", "／", "\\", "-", "－", "--", "---", "—", "——", "———", "*", "**", "***"),
            *("…", "……", "………", "...", "N/A", "NA", "none", "null", "XX", "XXX"),
        ),
    ),
    OwnList(
        NOT_APPLICABLE,
        "写不适用的字眼",
        "假设：实现值没有可填的常见写法；定量的指标整格只有这几个字才算",
        _listed(
            *("不适用", "无", "暂无", "不涉及", "未涉及", "不需要", "无此项", "/", "／", "-"),
            *("－", "—", "——", "N/A", "NA"),
        ),
    ),
    OwnList(
        PARTS,
        "其中项的开头",
        "重建：公开的自评表里“其中桃树种植面积”一类没有分值的行，合起来是上一条",
        _listed("其中"),
    ),
    OwnList(
        UNWANTED,
        "越少越好的字眼",
        "重建：评价机构复核发现“成本指标用≥”；公开的自评表里投诉、事故、差错一类没有写运算符的常见",
        _listed(
            *("投诉", "事故", "超支", "差错", "失误", "中断", "故障", "违规", "不合格", "延误"),
            *("逾期", "伤亡"),
        ),
    ),
    OwnList(
        LESSER,
        "多半越少越好的字眼",
        "假设：时长、能耗、成本多半是少的好，也有多的好的（如服务时长），所以只说方向不定",
        _listed(
            *("时长", "用时", "恢复时间", "响应时间", "等待时间", "能耗", "损耗", "成本", "费用"),
            *("排放", "误差"),
        ),
    ),
    OwnList(
        HANDLED,
        "做得好的字眼",
        "假设：“投诉办结率”“能耗下降率”是做得好的事，虽有上面的字眼，仍是越多越好",
        _listed(
            *("办结", "处理", "处置", "整改", "排查", "回复", "演练", "防", "查处", "下降"),
            *("降低", "减少", "压减", "节约", "节省", "满意", "及时", "达标", "恢复率", "培训"),
        ),
    ),
    OwnList(
        SHORTFALL,
        "说没有完成的字眼",
        "假设：偏差原因里常见的说法；完成了的指标写着这样的话，不是填错了数就是抄来的",
        _listed(
            *("未完成", "没有完成", "未能完成", "未能按", "未达到", "未达标", "未达成", "未实现"),
            *("未开展", "延期", "推迟", "滞后", "暂缓"),
        ),
    ),
    OwnList(
        TOTAL_COST,
        "说全部成本的字眼",
        "假设：成本指标里说整个项目花了多少的常见叫法；单位成本、补助标准不在内",
        _listed(
            *("总成本", "总投资", "总支出", "总费用", "总额", "项目成本", "项目支出", "项目投资"),
            *("项目资金", "项目预算", "项目经费", "成本控制数", "预算控制数", "投资控制"),
        ),
    ),
    OwnList(
        BENEFICIARIES,
        "服务对象",
        "假设：公开的自评表里满意度对象照抄别的单位的（评价机构复核案例“受益老年人”）；别的写法是相关的字眼",
        (
            OwnOption("elderly", "老年人", ("老人", "养老", "敬老", "老龄", "民政")),
            OwnOption(
                "students",
                "学生",
                ("家长", "教师", "师生", "学校", "教育", "幼儿", "中学", "小学", "学院", "助学"),
            ),
            OwnOption("patients", "患者", ("病人", "医院", "医疗", "卫生", "健康", "诊疗")),
            OwnOption("disabled", "残疾人", ("残联", "康复", "助残")),
            OwnOption("farmers", "农户", ("农", "村", "水利", "灌溉", "粮")),
            OwnOption("visitors", "游客", ("旅游", "文旅", "景区", "文化")),
            OwnOption("veterans", "退役军人", ("军人", "双拥", "优抚")),
            OwnOption("children", "儿童", ("未成年", "妇联", "留守")),
            OwnOption("consumers", "消费者", ("消费", "商务", "电商", "市场监督")),
        ),
    ),
    OwnList(
        VAGUE,
        "空泛的字眼",
        "报告：重点评价指出“持续促进”一类的指标值量化不足；其余为公开的自评表里常见的，假设",
        _listed(
            *("是", "有", "有效", "显著", "明显", "良好", "较好", "很好", "有所", "不断", "大幅"),
            *("持续促进", "持续提升", "逐步提升", "逐步提高", "进一步", "积极影响", "充分保障"),
        ),
    ),
    OwnList(
        PAYMENT,
        "说付款的字眼",
        "假设：时效、质量指标里说资金付没付的常见叫法",
        _listed("拨付", "支付", "发放", "兑付", "兑现", "下达率", "执行率", "支出率"),
    ),
    OwnList(
        GRANT,
        "说补助标准的字眼",
        "假设：照数量发钱的，名称里常有的字；单位造价、能耗一类的不在内",
        _listed("补助", "补贴", "奖励", "奖补", "资助", "扶持标准", "慰问"),
    ),
    OwnList(
        STANDARD,
        "单位标准里不是对象的字眼",
        "假设：去掉这些字，剩下的才是数量指标里也要有的对象，如“每家奖励标准（小升规）”的“小升规”",
        _listed(
            *("标准", "补助", "补贴", "奖励", "奖补", "资助", "扶持", "慰问", "成本", "单价"),
            *("费用", "平均", "金额", "资金", "建设", "投资", "企业", "人员", "项目", "对象"),
        ),
    ),
    OwnList(
        COMMON_NAMES,
        "项目名称末尾的通称",
        "假设：同一个项目，部门的表叫“河道清淤整治专项资金”，项目自己的表叫“河道清淤整治项目”；去掉这些字再比",
        _listed(
            *("专项资金", "专项经费", "补助资金", "补助经费", "项目资金", "项目经费", "资金"),
            *("经费", "项目", "专项", "工作"),
        ),
    ),
    OwnList(
        SPENT,
        "说花了多少的字眼",
        "假设：报告里说一个项目花了多少钱的常见叫法",
        _listed("支出", "执行", "拨付", "支付", "使用", "决算"),
    ),
    OwnList(
        PLANNED,
        "说安排多少的字眼",
        "假设：报告里说一个项目安排多少钱的常见叫法；同时写了花了多少的字眼的（预算执行数）算花了多少",
        _listed("预算", "安排", "下达", "批复"),
    ),
)
