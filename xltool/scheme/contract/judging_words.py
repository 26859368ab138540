"""几条规则看的话：说什么算比率之差、整改到了哪一步、又出现了；方案另写的以方案为准。"""

from __future__ import annotations

from typing import Final

from xltool.scheme.contract.own import OwnList, OwnOption, listed

BOUNDED_RATES: Final = "bounded_rate_words"
RATE_DIFFERENCE: Final = "rate_difference_words"
MEASURED: Final = "measured_name_words"
NOT_QUANTITY: Final = "not_quantity_words"
TIMELY: Final = "timely_words"
PAID_TAILS: Final = "paid_rate_words"
SAVED: Final = "saved_words"
DISSATISFIED: Final = "dissatisfied_words"
COMPLETION: Final = "completion_words"
UNIT_COST: Final = "unit_cost_words"
DIFFERING: Final = "differing_words"
APART_UNITS: Final = "apart_units"
STATEMENTS: Final = "statement_words"
FILLER: Final = "filler_words"
COUNTED_LISTS: Final = "counted_list_words"
RECTIFYING: Final = "rectifying_words"
RECURRING: Final = "recurring_words"
NO_REASON: Final = "no_reason_words"
JUDGING_LISTS: Final = (
    *(BOUNDED_RATES, RATE_DIFFERENCE, MEASURED, NOT_QUANTITY, TIMELY, PAID_TAILS, SAVED),
    *(
        DISSATISFIED,
        COMPLETION,
        UNIT_COST,
        DIFFERING,
        APART_UNITS,
        STATEMENTS,
        FILLER,
        COUNTED_LISTS,
    ),
    *(RECTIFYING, RECURRING, NO_REASON),
)
"""公式看的也不印在“选项”表上：字眼直接写在公式里。"""


JUDGING_WORDS: Final = (
    OwnList(
        BOUNDED_RATES,
        "不会超过百分之百的比率",
        "假设：一部分占全部的几成，不会超过百分之百；完成率、增长率可以，不在内；写“率”的，“度”也算",
        listed(
            *("合格率", "通过率", "覆盖率", "满意率", "满意度", "及时率", "使用率", "利用率"),
            *("达标率", "准确率", "到位率", "符合率", "公开率", "参与率", "出勤率", "备案率"),
            *("优良率", "优秀率", "验收率", "占比", "比重"),
        ),
    ),
    OwnList(
        RATE_DIFFERENCE,
        "说两个比率之差的字眼",
        "报告：园区增速高于全市增速的百分数；difference 是差，not_difference 不是，rate 是比率，"
        "有差又有比率的才是；其余为假设",
        (
            OwnOption(
                "difference",
                "高于",
                ("低于", "高出", "低出", "相差", "之差", "差距", "差值", "差额"),
            ),
            OwnOption("not_difference", "不高于", ("不低于", "不高出", "不低出")),
            OwnOption(
                "rate",
                "增速",
                ("增幅", "增长率", "百分数", "百分比", "百分点", "占比", "比重", "率"),
            ),
        ),
        keys=("difference", "not_difference", "rate"),
    ),
    OwnList(
        MEASURED,
        "能算百分数的名词",
        "假设：比率、比重、满意度、准确性，和数量完成了多少；within 在名称里，ending 在名称末尾",
        (
            OwnOption(
                "within",
                "率",
                (
                    *("度", "比重", "占比", "比例", "百分", "系数", "指数", "数量", "完成", "达标"),
                    *("覆盖", "知晓", "满意"),
                ),
            ),
            OwnOption("ending", "性", ("数", "额", "量")),
        ),
        keys=("within", "ending"),
    ),
    OwnList(
        NOT_QUANTITY,
        "说付钱、不是数量的字眼",
        "假设：比 payment_words 少，“发放”“兑现”的常常是数量，如“发放补贴人数”",
        listed("支付", "拨付"),
    ),
    OwnList(
        TIMELY,
        "说时间的字眼",
        "假设：质量指标的名称里有的，说的是时效",
        listed("时间节点", "及时", "按时", "按期", "准时"),
    ),
    OwnList(
        PAID_TAILS,
        "接在付款字眼后面、说付了几成的字",
        "假设：“拨付率”“发放及时率”说的是付了多少，“发放准确率”不是",
        listed("率", "完成率", "到位率", "及时率", "进度", "比例"),
    ),
    OwnList(
        SAVED,
        "说省下多少的字眼",
        "假设：成本指标说的是省下多少的，越高越好",
        listed("节约", "节省", "下降", "降低", "减少", "压减"),
    ),
    OwnList(
        DISSATISFIED,
        "说不满意的字眼",
        "假设：“不满意率”虽是满意度指标，越低越好",
        listed("不满意"),
    ),
    OwnList(
        COMPLETION,
        "问完成了多少的字眼",
        "假设：名称、预期值里有的，问的就是完成了多少，实现值“已完成80%”答的正是它",
        listed("完成", "进度", "办结", "执行"),
    ),
    OwnList(
        UNIT_COST,
        "说一件的成本的字眼",
        "假设：成本指标里说单位成本、补助标准的，不与全部支出比",
        listed("每", "均", "标准", "单价", "单位成本", "单位总成本", "定额"),
    ),
    OwnList(
        DIFFERING,
        "说名称相同的两行怎样分开的字眼",
        "假设：说明里有的，说的是两行有什么不同；只说别的事的不算",
        listed("不同", "分别", "另", "重复", "第二"),
    ),
    OwnList(
        APART_UNITS,
        "容易混的计量单位",
        "假设：一个人来三次是三人次；名称末尾说人数、人次，单位写的是另一个，不是一回事",
        (
            OwnOption("person", "人次", ("人",)),
            OwnOption("home", "户次", ("户",)),
            OwnOption("household", "家次", ("家",)),
        ),
    ),
    OwnList(
        STATEMENTS,
        "报告里的数据说的是哪件事",
        "报告：累计推动企业、共推动企业数、产业共建项目目标值；total 是累计，单个字的要在开头，"
        "not_total 不是；ending 是末尾不计的字，target 是目标而不是结果；其余为假设",
        (
            OwnOption("total", "累计", ("合计", "总计", "总共", "一共", "共计", "共")),
            OwnOption(
                "not_total",
                "共建",
                (
                    *("共享", "共同", "共和", "共青", "共产", "共创", "共赢", "共治", "共识"),
                    "共性",
                ),
            ),
            OwnOption(
                "ending",
                "数量",
                (
                    *("户数", "家数", "个数", "数目", "金额", "数额", "数", "额", "总数量"),
                    *("总户数", "总家数", "总个数", "总数目", "总金额", "总数额", "总数", "总额"),
                ),
            ),
            OwnOption("target", "目标", ("预期", "计划数", "计划值", "计划完成")),
        ),
        keys=("total", "not_total", "ending", "target"),
    ),
    OwnList(
        FILLER,
        "说一个项目的数时不是事项的字眼",
        "假设：去掉项目的名字、花了多少、安排多少和这些字，还剩下字的（监理费），说的是项目里的一部分",
        listed(
            *("实际", "全年", "累计", "合计", "总", "共", "已", "完成", "年初", "年末", "数"),
            *("额", "金额", "的", "为"),
        ),
    ),
    OwnList(
        COUNTED_LISTS,
        "报告里的个数数的是哪张表",
        "报告：重点工作任务5个、绩效指标20个；not_indicators 说的不是指标的个数；其余为假设",
        (
            OwnOption("tasks", "重点任务", ("任务",)),
            OwnOption("indicators", "绩效指标", ("指标",)),
            OwnOption("funds", "专项资金"),
            OwnOption("not_indicators", "一级指标", ("二级指标",)),
        ),
        keys=("tasks", "indicators", "funds", "not_tasks", "not_indicators", "not_funds"),
    ),
    OwnList(
        RECTIFYING,
        "说整改到哪一步的话",
        "报告：均已完成整改、正在整改、暂无整改进展；依次看没有开始、正在、已经，先有的为准；其余为假设",
        (
            OwnOption(
                "not_started",
                "暂无整改",
                (
                    *("未整改", "未开始", "未启动", "未开展", "没有开始", "没有启动"),
                    "没有开展",
                ),
            ),
            OwnOption(
                "doing",
                "整改中",
                (
                    *("正在…………整改", "持续…………整改", "继续…………整改", "逐步…………整改"),
                    *("推进…………整改", "未完成", "未全部完成"),
                ),
            ),
            OwnOption(
                "done",
                "完成整改",
                (
                    *("已………整改", "均………整改", "都………整改", "全部………整改", "整改完成"),
                    *("整改到位", "整改完毕", "整改已完成", "整改已到位", "整改已完毕"),
                    *("整改均完成", "整改均到位", "整改均完毕", "整改全部完成", "整改全部到位"),
                    "整改全部完毕",
                ),
            ),
        ),
        gaps=True,
        keys=("not_started", "doing", "done"),
    ),
    OwnList(
        RECURRING,
        "说上年的毛病和今年又出现的话",
        "报告：预期值过于保守、指标值量化不足；low 是预期值过低，vague 是没有量化，"
        "again 是说明里说到了今年；其余为假设",
        (
            OwnOption(
                "low",
                "保守",
                (
                    *("远高于", "远大于", "远超于", "预期值………偏低", "预期值………过低"),
                    *("目标值………偏低", "目标值………过低", "指标值………偏低", "指标值………过低"),
                    "大幅超",
                ),
            ),
            OwnOption(
                "vague",
                "量化不足",
                (
                    *("不够量化", "缺少…量化", "缺乏…量化", "没有…量化", "未…量化", "难以量化"),
                    *("难以衡量", "无法量化", "无法衡量", "不可量化", "不可衡量", "不能量化"),
                    "不能衡量",
                ),
            ),
            OwnOption(
                "again",
                "再次",
                (
                    *("今年………………超", "今年………………又", "今年………………再", "今年………………仍"),
                    *("今年………………还", "今年………………量化", "今年………………偏低"),
                    *("今年………………保守", "又出现", "又发生", "又犯", "又超", "再度", "再出现"),
                    *("仍然", "仍有", "仍存在", "仍出现", "依然", "复发", "重复出现"),
                    "反复出现",
                ),
            ),
        ),
        gaps=True,
        keys=("low", "vague", "again"),
    ),
    OwnList(
        NO_REASON,
        "写在原因一栏里而不是原因的话",
        "假设：去掉数字和标点，整格只有这几个字才算，“见附件1”“同第3行”也算；还写了别的就是原因",
        listed(
            *("附件", "见附件", "详见附件", "参见附件", "请见附件", "具体见附件", "附表"),
            *("见附表", "详见附表", "佐证材料", "见佐证材料", "详见佐证材料", "参见佐证材料"),
            *("见佐证", "详见佐证", "具体见佐证材料", "证明材料", "见证明材料", "详见证明材料"),
            *("附件材料", "见附件材料", "详见附件材料", "材料", "见材料", "详见材料"),
            *("见附件佐证材料", "详见附件佐证材料", "情况说明", "见情况说明", "详见情况说明"),
            *("同第行", "同第条", "同第项", "同第点", "同上行", "同上条", "同上项", "同上一行"),
            *("同上所述", "见第行", "见第条", "见第项", "同指标", "同序号", "同编号", "如上所述"),
            *("如前所述", "如上述", "见上述", "同上述", "如上说明", "见上说明", "按要求完成"),
            *("已按要求完成", "按计划完成", "已按计划完成", "按时完成", "已按时完成", "按期完成"),
            *("已按期完成", "如期完成", "完成", "已完成", "全部完成", "已全部完成", "正常完成"),
            *("已达成", "已达标", "正常", "情况正常", "原因", "偏差原因", "扣分原因", "有原因"),
            *("客观原因", "特殊原因", "其他原因", "多种原因", "各种原因", "同意", "已阅"),
            *("附件附件", "见附件附件", "详见附件附件"),
        ),
    ),
)
