"""约定里的表、项和栏：封面、评分表、资金，和上年整改、重点任务、关键数据核对。"""

from __future__ import annotations

from typing import Final

from xltool.scheme.contract.need import Holds, Need, When
from xltool.scheme.fields import SheetKind

_FIELDS, _RECORDS, _SCORE = SheetKind.FIELDS, SheetKind.RECORDS, SheetKind.SCORE
_ALWAYS = When.ALWAYS
_TEXT, _NUMBER = Holds.TEXT, Holds.NUMBER

COVER: Final = (
    Need("cover", "封面", "认不出是谁的报送。", _ALWAYS, sheet=_FIELDS),
    Need("cover.department", "部门名称", "认不出是谁的报送。", _ALWAYS, _TEXT),
    Need("cover.department_code", "预算编码", "只按名称与名单、上年度核对。", holds=_TEXT),
    Need("cover.year", "评价年度", "比上年时不核对年度，预填的表不填年度。", holds=_NUMBER),
    Need("cover.date", "填报日期", "看不出逾期，几份里也分不出哪份最晚。", holds=Holds.DATE),
    Need("cover.filler", "填报人", "签章和报送情况不印填报人。", holds=_TEXT),
    Need("cover.phone", "联系电话", "签章和报送情况不印电话。", holds=_TEXT),
    Need("cover.leader", "单位或项目负责人", "签章不印负责人。", holds=_TEXT),
    Need("cover.finance_leader", "财务负责人", "签章不印财务负责人。", holds=_TEXT),
    Need(
        "cover.self_total",
        "单位自评的总分",
        "填报检查不核对自评合计。",
        holds=_NUMBER,
    ),
    Need("cover.self_grade", "单位自评的等级", holds=_TEXT),
    Need(
        "cover.has_funds",
        "是否有专项资金",
        "C01 不查有没有用错表；按名单生成时不预填。",
        holds=Holds.CHOICE,
        listed="yes_no",
    ),
    Need("cover.indicator_count", "报告所说的绩效指标总数", holds=_NUMBER),
    Need("cover.output_count", "其中产出指标数", holds=_NUMBER),
    Need("cover.outcome_count", "其中效益指标数", holds=_NUMBER),
)

SCORE: Final = (
    Need("form", "评分表，一行一个三级指标", "无处计分。", _ALWAYS, sheet=_SCORE),
    Need("form.self_score", "自评得分", "自评与系统得分无从并排。", _ALWAYS, _NUMBER),
    Need("form.reason", "扣分原因", "评分表不提示写原因。", holds=_TEXT),
    Need("form.evidence", "佐证材料", "C04 只看绩效指标表。", holds=_TEXT),
)

MONEY: Final = (
    Need("finance", "收支与资产，或项目资金", sheet=_FIELDS),
    Need("finance.total", "决算支出、全年执行数", holds=_NUMBER),
    Need("finance.adjusted", "调整后预算数", holds=_NUMBER),
    Need("finance.three_public", "“三公”经费决算数", "A11 不把它与全部支出比。", holds=_NUMBER),
    Need("finance.carried", "年末结转结余", holds=_NUMBER),
    Need("finance.fixed_assets", "固定资产账面原值", holds=_NUMBER),
    Need("finance.fixed_in_use", "在用固定资产", holds=_NUMBER),
    Need("finance.reported_utilisation", "报告的固定资产使用率", holds=_NUMBER),
    Need("funds", "专项资金，一行一项", "规则不看专项资金的支出率。", sheet=_RECORDS),
    Need("funds.name", "专项资金名称", "Q04 不查专项资金；说支出率时不带名称。", holds=_TEXT),
    Need("funds.planned", "安排数", "规则不看各项专项资金的支出率。", holds=_NUMBER),
    Need("funds.paid", "实际支出", "规则不看各项专项资金的支出率。", holds=_NUMBER),
    Need("funds.rate", "支出率", "规则不看各项专项资金的支出率。", holds=_NUMBER),
    Need("funds.reported_rate", "报告的拨付进度", "只看算出的支出率。", holds=_NUMBER),
    Need("funds.as_of", "统计截止日", "自评报告不说截至哪一天。", holds=Holds.DATE),
    Need("funds.note", "没有支完的原因", "自评报告里的原因留给单位补充。", holds=_TEXT),
)

OTHERS: Final = (
    Need("tasks", "重点任务，一行一项", "X02 不数重点任务。", sheet=_RECORDS),
    Need("tasks.task", "重点工作任务", "Q04 说不出是哪一项。", holds=_TEXT),
    Need("tasks.indicator", "对应指标的序号", holds=_TEXT),
    Need("rectification", "上年度整改，一行一个问题", sheet=_RECORDS),
    Need("rectification.subject", "评价内容", "问题空着的说不出是哪一行。", holds=_TEXT),
    Need("rectification.problem", "存在的问题", holds=_TEXT),
    Need("rectification.measure", "整改措施", holds=_TEXT),
    Need("rectification.progress", "整改进展情况", holds=_TEXT),
    Need("rectification.status", "整改进展", holds=_TEXT, listed="progress"),
    Need(
        "claims",
        "关键数据核对，一行一条",
        "K03 只看偏差原因。",
        sheet=_RECORDS,
    ),
    Need("claims.kind", "类别", "K03 只看偏差原因。", holds=Holds.CHOICE, listed="claim_kind"),
    Need("claims.topic", "事项", holds=_TEXT),
    Need("claims.figure", "数值", holds=Holds.MEASURE),
    Need("claims.unit", "计量单位", holds=_TEXT),
    Need("claims.location", "报告位置", "X01 说不出写在报告的哪里。", holds=_TEXT),
    Need("claims.indicator", "对应的序号", "看不出点到了哪个指标。", holds=_TEXT),
)
