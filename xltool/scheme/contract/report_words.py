"""读自评报告的正文看哪些字：几节的标题、表头、个数、接着说的话；方案另写的以方案为准。"""

from __future__ import annotations

from typing import Final

from xltool.scheme.contract.own import OwnList, OwnOption, listed

REPORT_COVER: Final = "report_cover"
REPORT_PARTS: Final = "report_parts"
REPORT_COLUMNS: Final = "report_columns"
REPORT_COUNTS: Final = "report_counts"
REPORT_PHRASES: Final = "report_phrases"
REPORT_LEADS: Final = "report_leads"
REPORT_VERBS: Final = "report_verbs"
REPORT_ACTIONS: Final = "report_actions"
REPORT_CONTINUED: Final = "report_continued"
REPORT_PARTIAL: Final = "report_partial"
REPORT_TRAILING: Final = "report_trailing"
REPORT_LISTS: Final = (
    *(REPORT_COVER, REPORT_PARTS, REPORT_COLUMNS, REPORT_COUNTS, REPORT_PHRASES),
    *(REPORT_LEADS, REPORT_VERBS, REPORT_ACTIONS, REPORT_CONTINUED, REPORT_PARTIAL),
    REPORT_TRAILING,
)
"""读自评报告的正文用的。"""


REPORT_WORDS: Final = (
    OwnList(
        REPORT_COVER,
        "自评报告封面的各项和标题",
        "报告：江门市工业和信息化局2024年度自评报告的封面；别的叫法为假设",
        (
            OwnOption("department", "部门名称", ("单位名称", "填报单位", "部门(单位)名称")),
            OwnOption("date", "填报日期", ("报告日期",)),
            OwnOption(
                "report",
                "自评报告",
                (
                    *("绩效报告", "评价报告", "自评的报告", "自评工作报告", "自评总结报告"),
                    *("自评情况报告", "自评情况的报告"),
                ),
            ),
            OwnOption(
                "paper",
                "通知",
                ("函", "通报", "请示", "批复", "公告", "通告", "纪要", "方案", "办法", "细则"),
            ),
        ),
    ),
    OwnList(
        REPORT_PARTS,
        "自评报告里几节的标题",
        "报告：江门市工业和信息化局2024年度自评报告的提纲；别的叫法为假设",
        (
            OwnOption("efficiency", "管理效率"),
            OwnOption(
                "problems",
                "存在的问题",
                ("存在问题", "存在的主要问题", "主要问题", "问题及原因", "偏离绩效目标的原因"),
            ),
            OwnOption(
                "measures",
                "改进措施",
                (
                    *("下一步", "下步", "改进建议", "整改措施", "改进意见", "改进方向", "改进计划"),
                    *("工作打算", "工作计划", "有关建议", "相关建议", "意见建议", "对策"),
                ),
            ),
            OwnOption("rectification", "整改情况", ("整改落实", "整改结果")),
        ),
    ),
    OwnList(
        REPORT_COLUMNS,
        "自评报告里绩效指标表的表头",
        "报告：三级指标、预期值、实现值；别的叫法见公开的自评表",
        (
            OwnOption("title", "三级指标", ("指标名称",)),
            OwnOption(
                "expected", "预期值", ("指标值", "年度指标值", "年初指标值", "目标值", "年初目标值")
            ),
            OwnOption("actual", "实现值", ("完成值", "实际完成值", "全年完成值", "实际值")),
            OwnOption("unit", "计量单位", ("度量单位", "单位")),
        ),
    ),
    OwnList(
        REPORT_COUNTS,
        "自评报告里说个数的事项",
        "报告：重点工作任务5个，绩效指标20个，其中产出指标12个、效益指标8个；其余为假设",
        listed(
            *("重点工作任务", "重点任务", "绩效指标", "产出指标", "效益指标", "满意度指标"),
            *("数量指标", "质量指标", "时效指标", "成本指标", "三级指标", "专项资金"),
        ),
    ),
    OwnList(
        REPORT_PHRASES,
        "自评报告里有一定意思的话",
        "报告：发现问题4项、开展了绩效自评、占比27.45%、放大倍数50.96倍、总规模约2亿元；其余为假设",
        (
            OwnOption("problems_found", "问题", ("意见", "建议")),
            OwnOption(
                "self_evaluated",
                "开展了绩效自评",
                ("开展绩效自评", "进行了绩效自评", "进行绩效自评", "开展了自评", "实施了绩效自评"),
            ),
            OwnOption("whole", "部门整体"),
            OwnOption("performance", "绩效", ("自评",)),
            OwnOption("share", "占比", ("占",)),
            OwnOption("multiple", "放大倍数", ("杠杆倍数",)),
            OwnOption("base", "规模", ("资金池", "本金")),
            OwnOption("total", "共", ("合计", "总计")),
            OwnOption("respectively", "分别"),
            OwnOption("including", "其中"),
            OwnOption("year_end", "年末"),
            OwnOption("goals", "绩效目标"),
            OwnOption("invested", "投资", ("投入",)),
            OwnOption("aspect", "方面"),
            OwnOption("last_year", "上年", ("去年", "上一年")),
        ),
    ),
    OwnList(
        REPORT_LEADS,
        "自评报告里一句开头可以不看的字",
        "假设：公文里常见的时间和承接的话，不是事项",
        listed(
            *("其中", "本年度", "今年", "年内", "此外", "同时", "以及", "并", "已", "均"),
            *("也", "还", "截至年底", "经核查", "具体情况", "我局", "我市", "本部门", "本单位"),
            *("我中心", "我单位", "全市", "本市", "仅", "及", "和", "由", "按规定"),
        ),
    ),
    OwnList(
        REPORT_VERBS,
        "自评报告里事项相同而可以不同的字",
        "报告：同一件事，一处写推动465家优质企业开展技术改造，一处写推动262家企业，指标写引导企业；其余为假设",
        listed(
            *("推动", "引导", "带动", "促进", "帮助", "推荐", "组织", "实现", "完成", "开展"),
            *("进行", "发现", "等", "优质", "全年", "实际", "有效", "成功", "大力", "各类"),
            *("达到", "达", "为"),
        ),
    ),
    OwnList(
        REPORT_ACTIONS,
        "自评报告里是事项一部分的动词",
        "假设：扶持、奖励一类，换了就是另一件事",
        listed("扶持", "支持", "奖励", "补助", "认定", "引进", "培育", "新增", "慰问", "资助"),
    ),
    OwnList(
        REPORT_CONTINUED,
        "自评报告里接着上一句说的字",
        "报告：同比增长6%，高于全省1.8个百分点，累计达12297个；其余为假设",
        listed(
            *("同比", "环比", "较", "比", "高于", "低于", "高出", "增长", "增幅", "增加", "增速"),
            *("下降", "减少", "多", "少", "占", "超过目标", "总投资", "总规模", "是计划", "是目标"),
            *("完成率", "办结", "满意度", "实际完成", "实际", "目标值", "完成值", "实际完成值"),
        ),
    ),
    OwnList(
        REPORT_PARTIAL,
        "不是说一共几个的字",
        "假设：完成了几项、没有完成几项，不是一共列了几项",
        listed(
            *("未", "没有", "超额", "个别", "部分", "完成", "其余", "达到", "新增", "调整", "涉及"),
        ),
    ),
    OwnList(
        REPORT_TRAILING,
        "自评报告里一件事末尾引出数的字",
        "假设：只有76%、累计17家一类，去掉以后才是接着说的那件事",
        listed("只有", "共有", "累计", "合计", "有", "到", "共", "至"),
    ),
)
