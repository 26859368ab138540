"""随程序带的自评报告模板：章节照公开的部门整体支出绩效自评报告；另存出来就是可以改的 .docx。"""

from __future__ import annotations

from typing import Final

from xltool.narrative.gaps import gap
from xltool.papers.looks import (
    ADDRESSED,
    BODY_STYLE,
    HEAD,
    LEAD,
    SECOND,
    STYLES,
    THIRD,
    TITLE,
    paragraph,
    table,
)
from xltool.papers.package import KAI, Document
from xltool.papers.runs import name_of

_FINANCE: Final = "收支与资产"
_GOALS: Final = "绩效目标完成情况"
_FUNDS: Final = "专项资金"
_RECTIFIED: Final = "上年度整改"


def _of(sheet: str, *labels: str) -> str:
    """一张表的几栏的写法。"""
    return "".join(f"{{{{{sheet}.{label}}}}}" for label in labels)


def _money(label: str, told: str = "") -> str:
    return f"{told or label}{_of(_FINANCE, label)}万元"


_OVERVIEW: Final = (
    (TITLE, "部门整体支出绩效自评报告"),
    (ADDRESSED, "部门名称：{{封面.部门名称}}"),
    (ADDRESSED, "填报人：{{封面.填报人}}"),
    (ADDRESSED, "联系电话：{{封面.联系电话}}"),
    (ADDRESSED, "填报日期：{{封面.填报日期}}"),
    (HEAD, "一、部门基本情况"),
    (SECOND, "（一）部门职能"),
    (BODY_STYLE, gap("部门的主要职能，照“三定”规定写")),
    (SECOND, "（二）年度总体工作和重点工作任务"),
    (
        BODY_STYLE,
        "{{重点任务.序号}}. {{重点任务.内容}}",
    ),
    (BODY_STYLE, gap("年度总体工作，和上面没有写全的重点工作任务")),
    (SECOND, "（三）部门整体支出绩效目标情况"),
    (BODY_STYLE, "本部门{{年度}}年重点工作任务{{重点任务数}}个，部门整体绩效目标完成情况如下："),
    (BODY_STYLE, "{{绩效目标数据.序号}}. {{绩效目标数据.内容}}。"),
    (BODY_STYLE, gap("部门整体支出绩效目标和完成情况")),
    (SECOND, "（四）部门整体支出情况（以决算数为统计口径）"),
    (THIRD, "1. {{年度}}年部门决算支出情况"),
    (
        BODY_STYLE,
        f"{{{{年度}}}}年{_money('决算支出')}，其中{_money('基本支出')}，{_money('项目支出')}。",
    ),
    (THIRD, "2. “三公”经费执行情况"),
    (
        BODY_STYLE,
        (
            f"{{{{年度}}}}年{_money('“三公”经费决算数')}，其中：{_money('因公出国（境）费')}，"
            f"{_money('公务用车购置及运行维护费')}，{_money('公务接待费')}。"
        ),
    ),
    (THIRD, "3. 政府采购执行情况"),
    (
        BODY_STYLE,
        (
            f"{{{{年度}}}}年度{_money('政府采购支出')}，其中：{_money('货物')}，{_money('工程')}，"
            f"{_money('服务')}。"
        ),
    ),
    (THIRD, "4. 资产管理情况"),
    (
        BODY_STYLE,
        (
            f"{{{{年度}}}}年{_money('年末资产总额')}，{_money('年末负债总额', '负债总额')}，"
            f"{_money('年末净资产', '净资产')}。截至{{{{年度}}}}年12月31日，"
            f"{_money('固定资产账面原值')}，{_money('在用固定资产', '在用资产')}，"
            f"资产使用率{_of(_FINANCE, '固定资产利用率')}。"
        ),
    ),
)
_CONCLUSION: Final = (
    (HEAD, "二、绩效自评情况"),
    (SECOND, "（一）自评结论"),
    (
        BODY_STYLE,
        (
            "根据{{通知}}要求，{{自称}}对{{自评项目}}开展了绩效自评，并对照《{{评分表名称}}》"
            "开展部门整体支出绩效自评，自评分数为{{封面.自评分数}}分，绩效等级为{{封面.自评等级}}。"
        ),
    ),
    (SECOND, "（二）履职效能分析"),
    (
        LEAD,
        (
            "{{年度}}年部门整体支出绩效指标{{指标总数}}个，其中产出指标{{产出指标数}}个，"
            "效益指标{{效益指标数}}个，指标实现情况如下表："
        ),
    ),
)
_EFFICIENCY: Final = (
    (BODY_STYLE, "{{履职效能.标题}}：{{履职效能.内容}}"),
    (BODY_STYLE, gap("指标完成得好、差的原因，履职的效果")),
    (SECOND, "（三）管理效率分析"),
    (THIRD, "{{管理效率.序号}}. {{管理效率.标题}}情况"),
    (BODY_STYLE, "{{管理效率.内容}}"),
    (BODY_STYLE, gap("{{管理效率.标题}}方面的制度和做法")),
    (SECOND, "（四）就部门整体支出绩效管理存在问题提出改进措施"),
    (THIRD, "1. 存在的问题"),
    (BODY_STYLE, "（{{存在问题.序号}}）{{存在问题.内容}}"),
    (BODY_STYLE, gap("其他存在的问题，没有的删去这一段")),
    (THIRD, "2. 改进措施"),
    (BODY_STYLE, "（{{改进措施.序号}}）{{改进措施.内容}}"),
    (BODY_STYLE, gap("改进措施，一条问题一条，已经够的删去这一段")),
    (HEAD, "三、其他自评情况"),
    (BODY_STYLE, gap("其他自评情况，没有的写“无”")),
    (HEAD, "四、上年度绩效自评或财政重点绩效评价整改情况"),
    (LEAD, "{{整改小结}}"),
)
_GOAL_COLUMNS: Final = (
    ("一级指标/合并", 12),
    ("二级指标/合并", 14),
    ("三级指标", 30),
    ("预期值", 18),
    ("实现值", 26),
)
_FUND_COLUMNS: Final = (
    ("专项资金名称", 31),
    ("安排数", 16),
    ("实际支出", 16),
    ("统计截止日", 25),
    ("支出率", 12),
)
_RECTIFIED_COLUMNS: Final = (
    ("序号", 5),
    ("评价内容", 12),
    ("评价金额", 12),
    ("存在问题/建议", 30),
    ("整改措施", 14),
    ("整改时限", 8),
    ("整改进展情况", 19),
)


def _listed(sheet: str, columns: tuple[tuple[str, int], ...]) -> list[tuple[str, int, str]]:
    return [(name_of(own), width, _of(sheet, own)) for own, width in columns]


def self_report_template() -> bytes:
    """模板的内容。"""
    goals = table(_listed(_GOALS, _GOAL_COLUMNS), ("三级指标",))
    funds = table(_listed(_FUNDS, _FUND_COLUMNS), prose=("专项资金名称",))
    prose = ("评价内容", "存在问题/建议", "整改措施", "整改进展情况")
    rectified = table(_listed(_RECTIFIED, _RECTIFIED_COLUMNS), prose=prose, split=True)
    body = "".join(
        (
            *(paragraph(style, text) for style, text in (*_OVERVIEW, *_CONCLUSION)),
            goals,
            paragraph(LEAD, "{{专项资金小结}}"),
            funds,
            *(paragraph(style, text) for style, text in _EFFICIENCY),
            rectified,
            paragraph(BODY_STYLE, ""),
        )
    )
    return Document("部门整体支出绩效自评报告", body, STYLES, fonts=(KAI,)).data()
