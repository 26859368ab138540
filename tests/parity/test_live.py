"""表里的自查与 check 一致：示例、一张错处的单子、随机排出的；表说可报送的，check 没有那些错误。"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

import pytest
from live_bases import BASES, clean, sample_forms, scheme_of
from live_forms import compared, numbers_in_words
from parity_books import form_book
from parity_cells import Spot, differences
from parity_engines import formualizer_each, needs_office, office
from parity_random import random_contents
from scheme_variants import GENERAL, PROJECT, SPECIAL, brief, shipped

from xltool.assessment.report import make_report
from xltool.facts.typed import typed_submission
from xltool.finding import Severity
from xltool.flags.registry import rules_for
from xltool.form.book import form_plan
from xltool.form.fitting import oversized
from xltool.form.form import make_form
from xltool.form.live.catalogue import asked_in
from xltool.form.live.elsewhere import BUREAU, NAMES, judged_by_bureau
from xltool.layout.columns import LAST, MORE, SELF_CHECK, WARNED
from xltool.messages.marking import PICTURE_TEXT
from xltool.scheme.contract.judging_words import BOUNDED_RATES, DIFFERING, NOT_QUANTITY
from xltool.scheme.key import CellKey
from xltool.scheme.labels import spoken
from xltool.scheme.options import Option, OptionList
from xltool.scoring.catalogue import methods_of
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from pathlib import Path

    from live_forms import Compared, Said
    from parity_cells import Book

    from xltool.facts.typed import Contents
    from xltool.form.form import Form
    from xltool.scheme.model import Scheme

FEWER = 16
EMPTIED = 0.2
nightly = pytest.mark.nightly
E, W = Severity.ERROR, Severity.WARNING


def parts(expected: str, actual: str) -> dict[CellKey, object]:
    """添一条和它的“其中”两项；两项的数不同。"""
    rows = (
        ("农村公办园数量", "5", "5"),
        ("其中：新建", "3", "3"),
        ("其中：改建", expected, actual),
    )
    fixed = {"level1": "产出", "level2": "数量指标", "unit": "所", "evidence": "竣工验收报告"}
    return {
        goal(column, str(row)): value
        for row, (title, *numbers) in enumerate(rows, 11)
        for column, value in (
            *(("title", title), ("operator", "="), ("special", "否"), *fixed.items()),
            *zip(("expected", "actual"), map(Decimal, numbers), strict=True),
        )
    }


def cell(name: str, column: str = "value") -> CellKey:
    sheet, row = name.split(".")
    return CellKey(sheet, row, column)


def goal(column: str, row: str = "1") -> CellKey:
    return CellKey("indicators", row, column)


D = Decimal
# 各行的扣分原因都不写：执行率的说明写在那里的也算
UNSAID: dict[CellKey, object] = {
    CellKey("form", f"{number:02}", "reason"): None for number in range(1, 27)
}
LATE: dict[CellKey, object] = {
    goal("expected", "4"): date(2024, 11, 30), goal("actual", "4"): date(2024, 12, 20),
    goal("unit", "4"): "日期", goal("note", "4"): None,
}  # fmt: skip
# 每个：改动哪几格（None 是清空）、哪一行、哪个编码、要做什么
SLIPS: dict[str, tuple[dict[CellKey, object], str, str, str, Severity | None]] = {
    "部门名称空着": ({cell("cover.department"): None}, "cover", "department", "C01", None),
    "部门名称只画线": ({cell("cover.department"): "——"}, "cover", "department", "C01", None),
    "部门名称只打了空格": ({cell("cover.department"): "　 "}, "cover", "department", "C01", None),
    "名称只有网页空格": ({cell("cover.department"): "\u00a0"}, "cover", "department", "C01", None),
    "名称只有零宽空格": ({cell("cover.department"): "\u200b"}, "cover", "department", "C01", None),
    "填报日期是一个小数": ({cell("cover.date"): D("0.95")}, "cover", "date", "V153", E),
    "填报日期写成一串数字": ({cell("cover.date"): D(20250418)}, "cover", "date", "V153", E),
    "决算支出空着": ({cell("finance.total"): None}, "finance", "total", "V170", None),
    "调整后预算空着": ({cell("finance.adjusted"): None}, "finance", "adjusted", "C03", None),
    "决算支出写成文字": ({cell("finance.total"): "未统计"}, "finance", "total", "V101", E),
    "问题数写成文字": (
        {cell("management.finance_problems"): "若干"}, "management", "finance_problems", "V101", E),
    "问题数为负": (
        {cell("management.finance_problems"): D(-1)}, "management", "finance_problems", "V156", E),
    "问题数带小数": (
        {cell("management.finance_problems"): D("1.5")},
        "management", "finance_problems", "V157", E),
    "预留比例超过百分之百": (
        {cell("management.small_business_share"): D("1.2")},
        "management", "small_business_share", "V156", E),
    "已开展的比应开展的多": (
        {cell("management.new_projects_assessed"): D(99)},
        "management", "new_projects_assessed", "A11", E),
    "全部支出填成了元": ({cell("finance.adjusted"): D(54493200)}, "finance", "adjusted", "V190", W),
    "不在列表里": (
        {cell("management.budget_disclosed"): "大概"}, "management", "budget_disclosed", "V154", E),
    "用错了年度": ({cell("cover.year"): D(2023)}, "cover", "year", "C06", E),
    "用错了表": ({cell("cover.has_funds"): "否"}, "cover", "has_funds", "C01", E),
    "填报日期太早": ({cell("cover.date"): date(2024, 6, 1)}, "cover", "date", "C07", W),
    "等级与分数不符": ({cell("cover.self_grade"): "差"}, "cover", "self_grade", "S02", E),
    "自评分数不是各行之和": (
        {cell("cover.self_total"): D("91.5")}, "cover", "self_total", "S01", E),
    "指标个数不符": ({cell("cover.indicator_count"): D(99)}, "cover", "indicator_count", "A06", E),
    "产出个数不符": ({cell("cover.output_count"): D(99)}, "cover", "output_count", "A06", E),
    "三公不等于分项": ({cell("finance.abroad"): D(999)}, "finance", "three_public", "A02", E),
    "采购不等于分项": ({cell("finance.goods"): D(9999)}, "finance", "procurement", "A03", E),
    "支出不等于分项": ({cell("finance.basic"): D(99999)}, "finance", "total", "A01", E),
    "净资产不符": ({cell("finance.net_assets"): D(-5)}, "finance", "net_assets", "A04", E),
    "在用大于原值": (
        {cell("finance.fixed_in_use"): D(9999999)}, "finance", "fixed_in_use", "A05", E),
    "使用率不符": (
        {cell("finance.reported_utilisation"): D("0.5")},
        "finance", "reported_utilisation", "A05", E),
    "执行率超过上限": ({cell("finance.adjusted"): D(1)}, "finance", "total", "E01", E),
    "执行率低": (UNSAID | {cell("finance.adjusted"): D(9999999)}, "finance", "total", "E01", W),
    "得分超前": (UNSAID | {cell("finance.adjusted"): D(9999999)}, "finance", "total", "S05", W),
    "预算变动大": (UNSAID | {cell("finance.initial"): D(1)}, "finance", "adjusted", "E05", W),
    "没有属专项资金的指标": (
        {goal("special", str(row)): "否" for row in range(1, 11)}, "form", "04", "V171", E),
    "自评得分空着": ({CellKey("form", "05", "self_score"): None}, "form", "05", "V170", None),
    "自评得分为负": ({CellKey("form", "05", "self_score"): D(-1)}, "form", "05", "S01", E),
    "自评得分超过分值": ({CellKey("form", "05", "self_score"): D(50)}, "form", "05", "S01", E),
    "自评多出太多": ({cell("management.contracts_on_time"): D(0)}, "form", "16", "S03", E),
    "扣分没有原因": (
        {CellKey("form", "06", "self_score"): D(0), CellKey("form", "06", "reason"): "无"},
        "form", "06", "S04", W),
    "没有完成": (
        {goal("operator"): "≥", goal("expected"): D(10), goal("actual"): D(9), goal("unit"): "家",
         goal("note"): "详见附件"},
        "indicators", "1", "K01", W),
    "原因只有网页空格": (
        {goal("operator"): "≥", goal("expected"): D(10), goal("actual"): D(9), goal("unit"): "家",
         goal("note"): "\u00a0"},
        "indicators", "1", "K01", W),
    "原因只说见附件几": (
        {goal("operator"): "≥", goal("expected"): D(10), goal("actual"): D(9), goal("unit"): "家",
         goal("note"): "见附件1、附件2。"},
        "indicators", "1", "K01", W),
    "扣分原因只说完成了": (
        {CellKey("form", "06", "self_score"): D(0), CellKey("form", "06", "reason"): "按要求完成"},
        "form", "06", "S04", W),
    "大幅超额": (
        {goal("operator"): "≥", goal("expected"): D(10), goal("actual"): D(30), goal("unit"): "家",
         goal("note"): None},
        "indicators", "1", "K03", W),
    "方向不定": (
        {goal("title"): "群众投诉率", goal("level2"): "数量指标", goal("operator"): None,
         goal("expected"): D(5), goal("actual"): D(9), goal("unit"): "%"},
        "indicators", "1", "K08", W),
    "远低于上限": (
        {goal("operator"): "≤", goal("expected"): D(10), goal("actual"): D(1), goal("unit"): "家",
         goal("note"): None},
        "indicators", "1", "K04", W),
    "实现值带符号": (
        {goal("expected"): D(10), goal("actual"): "≥85%", goal("tier"): None},
        "indicators", "1", "K05", E),
    "实现值写不低于": (
        {goal("expected"): D(10), goal("actual"): "不低于9家", goal("tier"): None},
        "indicators", "1", "K05", E),
    "数对文字": (
        {goal("expected"): D(10), goal("actual"): "已全部完成", goal("tier"): "达成年度指标"},
        "indicators", "1", "K06", E),
    "是对一段话": (
        {goal("expected"): "是", goal("actual"): "推动了发展", goal("tier"): "达成年度指标"},
        "indicators", "1", "K06", E),
    "一句话对数": (
        {goal("expected", "9"): "有效提升", goal("actual", "9"): D(95)},
        "indicators", "9", "K06", E),
    "一句话对是": (
        {goal("expected", "9"): "有效提升", goal("actual", "9"): "是"},
        "indicators", "9", "K06", E),
    "一句话对日期": (
        {goal("expected", "9"): "有效提升", goal("actual", "9"): "2024年10月31日"},
        "indicators", "9", "K06", E),
    "日期对数": (
        {goal("expected", "4"): "2024年9月1日前", goal("actual", "4"): D(95)},
        "indicators", "4", "K06", E),
    "数对日期，单位选了日期": (
        {goal("expected", "4"): D(95), goal("actual", "4"): "2024年8月25日",
         goal("unit", "4"): "日期"},
        "indicators", "4", "K06", E),
    "日期对已完成": (
        {goal("expected", "4"): "2024年9月1日前", goal("actual", "4"): "已按期完成"},
        "indicators", "4", "K06", E),
    "日期对一句话": (
        {goal("expected", "4"): "2024年9月1日前", goal("actual", "4"): "进展比较顺利"},
        "indicators", "4", "K06", E),
    "没有做完选了达成": (
        {goal("expected", "4"): "2024年9月1日前", goal("actual", "4"): "部分县尚未拨付完",
         goal("tier", "4"): "达成年度指标"},
        "indicators", "4", "K06", E),
    "没有做完没有写原因": (
        {goal("expected", "4"): "2024年9月1日前", goal("actual", "4"): "未拨付完",
         goal("tier", "4"): "未达成年度指标且效果较差", goal("note", "4"): None},
        "indicators", "4", "K01", W),
    "晚于期限选了达成": (
        LATE | {goal("tier", "4"): "达成年度指标", goal("note", "4"): "雨季停工二十天"},
        "indicators", "4", "K23", W),
    "晚于期限，没有写原因": (
        LATE | {goal("tier", "4"): "部分达成年度指标并具有一定效果"}, "indicators", "4", "K01", W),
    "晚于期限，没有选档": (LATE | {goal("tier", "4"): None}, "indicators", "4", "K01", W),
    "写着不早于，早于它": (
        LATE | {goal("operator", "4"): "≥", goal("actual", "4"): date(2024, 11, 29),
                goal("tier", "4"): "达成年度指标"}, "indicators", "4", "K23", W),
    "应是而否选了达成": (
        {goal("expected", "9"): "是", goal("actual", "9"): "否", goal("tier", "9"): "达成年度指标"},
        "indicators", "9", "K23", W),
    "填日期的没有做完选了达成": (
        LATE | {goal("actual", "4"): "尚未拨付完", goal("tier", "4"): "达成年度指标"},
        "indicators", "4", "K06", E),
    "百分数填成小数": (
        {goal("operator"): "≥", goal("expected"): D(100), goal("actual"): D("0.98"),
         goal("unit"): "%", goal("note"): None, goal("level2"): "质量指标"},
        "indicators", "1", "K10", W),
    "二级指标不在列表里": ({goal("level2"): "经济效益"}, "indicators", "1", "V154", E),
    "算不出又没有选档": (
        {goal("expected"): "有效促进", goal("actual"): "促进了", goal("tier"): None},
        "indicators", "1", "V171", None),
    "资金表里写了合计": (
        {CellKey("funds", "4", column): one
         for column, one in (("name", "合计（万元）"), ("planned", D(9000)), ("paid", D(9000)))},
        "funds", "4", "R260", E),
    "绩效指标里写了合计": (
        {goal("title", "11"): "合 计", goal("expected", "11"): D(9), goal("actual", "11"): D(9)},
        "indicators", "11", "R260", E),
    "写着以下空白": (
        {CellKey("tasks", "3", "task"): "（以下空白）"}, "tasks", "3", "R260", W),
    "合计写在最后": (
        {CellKey("tasks", "3", "task"): "合 计"}, "tasks", "3", "R260", W),
    "省略号": (
        {CellKey("tasks", "3", "task"): "……"}, "tasks", "3", "R260", W),
    "表尾的注": (
        {CellKey("tasks", "3", "task"): "注：以上为年初确定的任务"}, "tasks", "3", "R260", W),
    "整改进展空着": ({CellKey("rectification", "1", "progress"): None},
                     "rectification", "1", "R01", None),
    "整改进展写无": ({CellKey("rectification", "1", "progress"): "无"},
                     "rectification", "1", "R01", E),
    "资金超支": ({CellKey("funds", "1", "planned"): D(1)}, "funds", "1", "E01", E),
    "资金全部调减了": (
        {CellKey("funds", "1", "planned"): D(0), CellKey("funds", "1", "paid"): D(0),
         CellKey("funds", "1", "reported_rate"): None}, "funds", "1", "V171", E),
    "资金没有支完": (
        UNSAID | {CellKey("funds", "1", "planned"): D(999999), CellKey("funds", "1", "note"): None},
        "funds", "1", "E01", W),
    "统计日不是年末": (
        {CellKey("funds", "1", "as_of"): date(2025, 4, 18), CellKey("funds", "1", "note"): None},
        "funds", "1", "E02", W),
    "同一个指标两次": (
        {goal("title", "6"): "新建、改扩建 公办学校数量", goal("note", "6"): "政策力度加大"},
        "indicators", "6", "Q05", W),
    "同一项任务两次": (
        {CellKey("tasks", "2", "task"): "扩大公办　学位供给"}, "tasks", "2", "Q07", W),
    "同一项资金两次": (
        {CellKey("funds", "2", "name"): "公办学位建设专项资金",
         CellKey("funds", "2", "note"): None},
        "funds", "2", "Q07", W),
    "方向反了": ({goal("operator", "5"): "≥", goal("actual", "5"): D(5)},
                 "indicators", "5", "K09", W),
    "不想要的写成越多越好": (
        {goal("title", "6"): "校园安全事故起数"}, "indicators", "6", "K09", W),
    "满意度写成上限": (
        {goal("operator", "10"): "≤", goal("actual", "10"): D(89)}, "indicators", "10", "K09", W),
    "完成了却说没有完成": (
        {goal("note", "6"): "因疫情影响未能完成"}, "indicators", "6", "K11", W),
    "达成没有事实": (
        {goal("actual", "9"): "机制建设成效明显", goal("note", "9"): None},
        "indicators", "9", "K12", W),
    "别的年份": (
        {goal("expected", "4"): "2021年9月1日前", goal("actual", "4"): "2021年8月25日",
         goal("note", "4"): None},
        "indicators", "4", "X03", W),
    "按期付完而没有付完": (
        {goal("title", "4"): "专项资金拨付及时性", goal("expected", "4"): "2024年12月前",
         goal("actual", "4"): "2024年12月前", goal("note", "4"): "按期拨付"},
        "indicators", "4", "E03", E),
    "填日期的按期付完而没有付完": (
        {goal("title", "4"): "专项资金拨付及时性", goal("expected", "4"): date(2024, 12, 31),
         goal("actual", "4"): date(2024, 12, 20), goal("unit", "4"): "日期",
         goal("tier", "4"): "达成年度指标", goal("note", "4"): "按期拨付"},
        "indicators", "4", "E03", E),
    "年月写成了数": (
        {goal("expected", "4"): D("2024.3"), goal("actual", "4"): D("2024.1"),
         goal("unit", "4"): None}, "indicators", "4", "K06", E),
    "单位是日期，年月写成了数": (
        {goal("expected", "4"): D("2024.12"), goal("actual", "4"): D("2024.11"),
         goal("unit", "4"): "日期"}, "indicators", "4", "K06", E),
    "年月日写成了数": (
        {goal("expected", "4"): D(20241231), goal("actual", "4"): D(20241130),
         goal("unit", "4"): None}, "indicators", "4", "K06", E),
    "百分数填成了日期": (
        {goal("expected"): D(100), goal("actual"): D(45657), goal("unit"): "%",
         goal("level2"): "质量指标"}, "indicators", "1", "K07", E),
    "没有满意度指标": (
        {goal("level2", "10"): "社会效益指标"}, "indicators", "1", "C02", W),
    "没有成本指标": (
        {goal("level2", "5"): "数量指标"}, "indicators", "1", "C02", W),
    "其中各项加起来多了": (parts("4", "2"), "indicators", "11", "K20", E),
    "其中各项加起来少了": (parts("2", "1"), "indicators", "11", "K20", W),
    "其中项上面没有指标": ({goal("title"): "其中：新增公办学位"}, "indicators", "1", "K20", E),
    "质量指标数个数": (
        {goal("level2", "6"): "质量指标"}, "indicators", "6", "Q02", W),
    "数量指标填万元": (
        {goal("level2", "5"): "数量指标"}, "indicators", "5", "Q02", W),
    "数量指标说支付": (
        {goal("title", "6"): "按时拨付的批次"}, "indicators", "6", "Q02", W),
    "满意度用人次": (
        {goal("unit", "10"): "人次"}, "indicators", "10", "Q02", W),
    "满意度过了百分之百": (
        {goal("actual", "10"): D(120)}, "indicators", "10", "K10", W),
    "佐证材料嵌入图片": (
        {goal("evidence", "3"): '=DISPIMG("ID_81F0B0F6",1)'}, "indicators", "3", "V188", E),
    "佐证材料只剩退回件的话": (
        {CellKey("management", "new_projects", "evidence"): PICTURE_TEXT},
        "management", "new_projects", "V188", E),
    "一行没有佐证": ({goal("evidence", "3"): "详见附件"}, "indicators", "1", "C04", W),
    "整本没有佐证": (
        {goal("evidence", str(row)): None for row in range(1, 11)}
        | {CellKey("form", f"{row:02}", "evidence"): "无" for row in range(1, 27)},
        "form", "01", "C04", W),
    "安排数填了元": (
        UNSAID | {CellKey("funds", "1", "planned"): D(52000000),
                  CellKey("funds", "1", "paid"): D(52000000), CellKey("funds", "1", "note"): None},
        "funds", "1", "A08", W),
    "成本填了元": (
        {goal("expected", "5"): D(48000000), goal("actual", "5"): D(45200000),
         goal("note", "5"): None},
        "indicators", "5", "A08", W),
    "日期没有写单位": (
        {goal("expected", "4"): D(45536), goal("actual", "4"): D(45529), goal("unit", "4"): None},
        "indicators", "4", "K07", E),
    "名称里的单位与单位栏不同": (
        {goal("title", "6"): "培训乡村教师（ 人）"}, "indicators", "6", "K07", W),
}  # fmt: skip

UNNOTED: dict[CellKey, object] = {cell("finance.note"): None}
# 项目总成本，执行数是607.6万元；少二十分之一的是577.22万元
TOTAL_COST: dict[CellKey, object] = {
    goal("title", "4"): "项目总成本", goal("expected", "4"): D(600), goal("note", "4"): None,
}  # fmt: skip
# 每公里51万元，12.6公里，应付642.6万元；48.20万元的是607.32万元
DUE_MORE: dict[CellKey, object] = UNNOTED | {
    goal("expected", "4"): D(55), goal("actual", "4"): D(51), goal("note", "4"): None,
    goal("note", "1"): None,
}  # fmt: skip
# 另有一个对得上的数量，单位写法不同、实现值写成文字、单位写在名称里的，程序也数
ANOTHER_LENGTH: tuple[dict[CellKey, object], ...] = tuple(
    {goal("title", "5"): "清淤土方", goal("level2", "5"): "数量指标", goal("level1", "5"): "产出",
     goal("unit", "5"): "公里", **other}
    for other in (
        {goal("unit", "5"): "千米"}, {goal("actual", "5"): "8公里"},
        {goal("title", "5"): "清淤土方（公里）", goal("unit", "5"): None},
    )
)  # fmt: skip
# 印成一页的项目支出的表：改自 BASES 里的一份
PROJECT_SLIPS: dict[str, tuple[dict[CellKey, object], str, str, str, Severity | None]] = {
    "项目名称空着": ({cell("cover.project"): None}, "cover", "project", "C01", None),
    "全年执行数写成文字": ({cell("finance.total"): "未统计"}, "finance", "total", "V101", E),
    "项目的金额大得少见": (
        {cell("finance.total_other"): D(100000)}, "finance", "total_other", "V190", W),
    "来源的执行数为负": ({cell("finance.total_other"): D(-1)}, "finance", "total_other", "V156", E),
    "全年执行数不等于各来源": ({cell("finance.total_fiscal"): D(1)}, "finance", "total", "A01", E),
    "来源没有预算": (
        {cell("finance.total_other"): D(5), cell("finance.total_fiscal"): D(575)},
        "finance", "total_other", "E08", E),
    "来源执行得慢": (
        UNNOTED | {cell("finance.total_carried"): D(10), cell("finance.total_fiscal"): D("597.6")},
        "finance", "total_carried", "E08", W),
    "执行率自评超过分值": ({cell("finance.self_score"): D(11)}, "finance", "self_score", "S01", E),
    "执行率自评多出太多": (
        {cell("finance.total"): D(434), cell("finance.total_fiscal"): D("406.4")},
        "finance", "self_score", "S03", E),
    "执行率自评多出": (
        UNNOTED | {cell("finance.self_score"): D(10), cell("finance.total"): D(580),
                   cell("finance.total_fiscal"): D("552.4")},
        "finance", "self_score", "S03", W),
    "执行率扣分没有原因": (UNNOTED, "finance", "note", "S04", W),
    "年初到全年调整大": (
        UNNOTED | {cell("finance.initial"): D(400), cell("finance.initial_fiscal"): D("372.4")},
        "finance", "adjusted", "E05", W),
    "分值合计不是满分": (
        {goal("points", "1"): D(14), goal("self_score", "1"): D(14)},
        "indicators", "1", "V220", E),
    "分值空着": ({goal("points", "2"): None}, "indicators", "2", "C01", None),
    "自评得分超过本行分值": ({goal("self_score", "2"): D(12)}, "indicators", "2", "S01", E),
    "自评得分不在所选的档": ({goal("self_score", "7"): D(6)}, "indicators", "7", "S01", E),
    "一行自评多出太多": (
        {goal("actual", "6"): D(45), goal("note", "6"): "水质反复"}, "indicators", "6", "S07", E),
    "一行扣分没有原因": ({goal("self_score", "5"): D(9)}, "indicators", "5", "S04", W),
    "写不适用没有原因": ({goal("actual", "5"): "不适用"}, "indicators", "5", "K22", W),
    "照抄目标": (
        {cell("goal.expected"): "清淤河道12公里，沿河8个村",
         cell("goal.actual"): "清淤河道 12公里,沿河8个村"},
        "goal", "actual", "Q06", W),
    "同一个指标两次": (
        {goal("title", "8"): "清淤河道长度", goal("note", "8"): None},
        "indicators", "8", "Q05", W),
    "成本填了元": (
        {goal("expected", "4"): D(500000), goal("actual", "4"): D(482000), goal("note", "4"): None},
        "indicators", "4", "A08", W),
    "总成本比执行数少": (TOTAL_COST | {goal("actual", "4"): D("577.21")},
                        "indicators", "4", "E04", W),
    "项目的名字里说节约，总成本比执行数少": (
        TOTAL_COST | {cell("cover.project"): "节约用水", goal("title", "4"): "节约用水总成本",
                      goal("actual", "4"): D(500)},
        "indicators", "4", "E04", W),
    "数量乘以标准比执行数多": (DUE_MORE, "finance", "total", "E07", W),
    "数量乘以标准比执行数多，单位写明每公里": (
        DUE_MORE | {goal("title", "4"): "清淤成本", goal("unit", "4"): "万元/公里"},
        "finance", "total", "E07", W),
    "与项目同名的成本比执行数多": (
        TOTAL_COST | {goal("title", "4"): "城区河道 清淤整治", goal("unit", "4"): "元",
                      goal("expected", "4"): D(6400000), goal("actual", "4"): D(6397000)},
        "indicators", "4", "E04", W),
    "付完了而没有支完": (
        {goal("title", "2"): "资金支付率"}, "indicators", "2", "E06", W),
    "按期支付而没有支完": (
        {goal("title", "3"): "工程款支付时间"}, "indicators", "3", "E06", W),
}  # fmt: skip
ALL_SLIPS = {name: (SPECIAL, slip) for name, slip in SLIPS.items()} | {
    f"项目：{name}": (PROJECT, slip) for name, slip in PROJECT_SLIPS.items()
}


# 写了“无”一类的一行、扣分原因写在括号里的“无”：表和 check 一样，不当作记录、不当作说明
def test_a_row_that_says_none_misses_nothing() -> None:
    scheme = brief(scheme_of(SPECIAL))
    for said in ("（无）", "不涉及。"):
        found = compared(scheme, clean(SPECIAL) | {CellKey("tasks", "3", "task"): said})
        assert found.banner == "可报送"
        assert found.unequal() == ([], []), said
    bracketed = slipped("扣分没有原因") | {CellKey("form", "06", "reason"): "（无）"}
    assert ("form", "06") in {row[:2] for row in compared(scheme, bracketed).live}


# 选填的数画了一道线的：两边都当作没有填；必填的两边都要填数
def test_a_dash_in_an_optional_amount_is_nothing() -> None:
    scheme = brief(scheme_of(SPECIAL))
    for said in ("-", "—", "/"):
        dashed = clean(SPECIAL) | {CellKey("rectification", "1", "amount"): said}
        found = compared(scheme, dashed)
        assert found.banner == "可报送"
        assert found.unequal() == ([], []), said
    found = compared(scheme, clean(SPECIAL) | {cell("finance.goods"): "-"})
    assert {row[:2] for row in found.live} >= {("finance", "goods")}
    assert not found.ready
    assert ("finance", "goods", "V164", E) in found.found


# 其中各项相等的、写了其余是什么的，不说
def test_parts_that_add_up() -> None:
    scheme = brief(scheme_of(SPECIAL))
    short = parts("1", "2") | {goal("note", "11"): "其余一所为回购"}
    counts = {cell("cover.indicator_count"): D(11), cell("cover.output_count"): D(7)}  # 多了一条
    for changes in (parts("2", "2"), short):
        found = compared(scheme, clean(SPECIAL) | counts | changes)
        assert found.banner.startswith("可报送")
        assert "K20" not in {code for *_, one in found.live for code in one.codes}
        assert found.unequal() == ([], [])


# 方案另写的字眼，公式和程序用的是同一份；字里可以有引号
def test_words_of_the_scheme_count_on_both_sides() -> None:
    scheme = brief(scheme_of(SPECIAL))
    words = {NOT_QUANTITY: '"偿"债', BOUNDED_RATES: "上座率", DIFFERING: '"南"校区'}
    own = {key: OptionList(key, key, (Option("word1", one),)) for key, one in words.items()}
    others = replace(scheme, options={**scheme.options, **own})
    slips = {
        goal("title", "6"): '"偿"债的批次',
        goal("title", "10"): "剧院上座率", goal("actual", "10"): D(120),
        goal("title", "2"): clean(SPECIAL)[goal("title", "1")], goal("note", "2"): '只算"南"校区',
    }  # fmt: skip
    wanted = {"6": {"Q02"}, "10": {"K10"}, "2": set()}
    for each, told in ((others, wanted), (scheme, {"6": set(), "10": set(), "2": {"Q05"}})):
        found = compared(each, clean(SPECIAL) | slips)
        rows = {row: codes_at(found, row) & {"Q02", "K10", "Q05"} for row in told}
        assert rows == told
        assert found.unequal() == ([], [])
    plan = form_book(make_form(others, clean(SPECIAL) | slips))
    (computed,) = formualizer_each([plan])
    assert differences(plan, computed) == []


# 印在自查里、写在公式里的选项，字里有引号的照样打得开
def test_a_quote_in_an_option_breaks_no_formula() -> None:
    scheme = brief(scheme_of(SPECIAL))
    units = scheme.options["unit"]
    named = tuple(
        replace(one, value='日"期') if one.key == "date" else one for one in units.options
    )
    own = replace(scheme, options={**scheme.options, "unit": replace(units, options=named)})
    other = clean(SPECIAL) | {goal("unit", "4"): None}
    contents = {key: one for key, one in other.items() if one is not None}
    contents |= {goal("expected", "4"): D(45536), goal("actual", "4"): D(45529)}
    plan = form_book(make_form(own, contents))
    (found,) = formualizer_each([plan])
    assert differences(plan, found) == []
    assert any('选“日"期”' in str(one) for one in found.values())


def codes_at(found: Compared, row: str) -> set[str]:
    return {c for key, at, one in found.live if (key, at) == ("indicators", row) for c in one.codes}


# 差得不多、写了口径、单位写得相同或写的不是单位的，不说
@pytest.mark.parametrize(
    ("scheme_id", "changes"),
    [
        (PROJECT, TOTAL_COST | {goal("actual", "4"): D("577.22")}),
        (PROJECT, TOTAL_COST | {goal("actual", "4"): D(500), goal("note", "4"): "只算工程费"}),
        *(
            (PROJECT, TOTAL_COST | {goal("title", "4"): title, goal("actual", "4"): D(40)})
            for title in ("每公里总成本", "单位总成本", "项目成本节约额")
        ),
        (PROJECT, DUE_MORE | {goal("actual", "4"): D("50.75")}),  # 应付639.45，少4.98%
        (PROJECT, DUE_MORE | {goal("note", "4"): "质保金下年付"}),
        (PROJECT, DUE_MORE | {goal("note", "1"): "质保金下年付"}),
        (
            PROJECT,
            DUE_MORE
            | {
                goal("title", "5"): "清淤土方",
                goal("level2", "5"): "数量指标",
                goal("level1", "5"): "产出",
                goal("unit", "5"): "公里",
            },
        ),  # 有两个
        (PROJECT, DUE_MORE | {goal("title", "4"): "每公里疏浚成本"}),
        *((PROJECT, DUE_MORE | another) for another in ANOTHER_LENGTH),
        (
            PROJECT,
            DUE_MORE
            | {
                goal("title", "1"): "清淤河道公里数",
                goal("title", "4"): "道路造价（公里）",
                goal("unit", "4"): "万元/公里",
            },
        ),
        (SPECIAL, {goal("title", "6"): "培训乡村教师（人次）"}),
        (SPECIAL, {goal("title", "6"): "培训乡村教师（骨干）"}),
        (SPECIAL, {goal("title", "7"): "带动社会力量办学投入（元）"}),
    ],
)
def test_units_and_costs_that_agree(scheme_id: str, changes: dict[CellKey, object]) -> None:
    contents = {k: one for k, one in (clean(scheme_id) | changes).items() if one is not None}
    found = compared(brief(scheme_of(scheme_id)), contents)
    assert not {"K07", "E04", "E07"} & {code for *_, one in found.live for code in one.codes}
    assert found.unequal() == ([], [])


# 四五万的数没有写单位，像是日期：照自查说的填上单位，两边就都不说了
def test_a_large_count_is_no_day_once_it_has_a_unit() -> None:
    scheme = brief(scheme_of(SPECIAL))
    counts = {goal("expected", "6"): D(45000), goal("actual", "6"): D(45100)}
    contents = clean(SPECIAL) | counts | {goal("title", "6"): "受益人口（人）情况"}
    del contents[goal("unit", "6")]
    found = compared(scheme, contents)
    (said,) = (one.says for _, row, one in found.live if row == "6" and "K07" in one.codes)
    assert "不是的填上单位" in said
    assert ("indicators", "6", "K07", E) in found.found
    mended = compared(scheme, contents | {goal("unit", "6"): "人"})
    assert not {code for _, row, one in mended.live for code in one.codes if row == "6"} & {"K07"}
    assert not {one for one in mended.found if one[1:3] == ("6", "K07")}


# 名称末尾的空格、换行，不改它说的是什么
@pytest.mark.parametrize("end", ["", "\n", " \n"])
def test_a_name_is_read_without_its_trailing_blanks(end: str) -> None:
    scheme = brief(scheme_of(SPECIAL))
    numbers = {goal("expected"): D(100), goal("actual"): D(100), goal("unit"): "%"}
    numbers |= {goal("expected", "9"): D(1), goal("actual", "9"): D(1)}
    for title, told in (("促进学位数", False), ("促进教育事业健康发展", True)):
        contents = clean(SPECIAL) | numbers | {goal("title"): f"{title}{end}"}
        submission = typed_submission(scheme, contents)
        report = make_report(scheme, methods_of(scheme), submission, ())
        assert any(one.code == "Q01" for one in report.findings) == told


# 比例成了时刻，check 凭格式说；表看不见格式，凭数说：数个数的，不足一，正好几分钟
@pytest.mark.parametrize(
    ("number", "unit", "told"),
    [(D(79) / 1440, "人次", True), (D("0.5"), "人次", False), (D(7) / 9, "%", False),
     (D(1519) / 1440, "人次", False)],
)  # fmt: skip
def test_a_ratio_that_became_a_time(number: Decimal, unit: str, *, told: bool) -> None:
    scheme = brief(scheme_of(SPECIAL))
    contents = clean(SPECIAL) | {goal("actual", "6"): number, goal("unit", "6"): unit}
    form = make_form(scheme, contents)
    plan = form_book(form)
    (found,) = formualizer_each([plan])
    said = found[Spot(form.layout.blocks["indicators"].name, told_at(form))]
    assert ("写成“1比19”，不写1:19" in str(said)) is told
    assert differences(plan, found) == []


# 两个日期：当天、提前的不说；晚了的，选的档与日期不符由 K23 说，没有写原因由 K01 说，不两样都说
@pytest.mark.parametrize("scheme_id", BASES)
def test_two_days_are_compared_as_the_check_does(scheme_id: str) -> None:
    scheme = brief(scheme_of(scheme_id))
    due, partly = date(2024, 11, 30), scheme.word("tier", "partial")
    cases = [
        ({"actual": due}, set()),
        ({"actual": date(2024, 10, 8)}, set()),
        ({"actual": date(2024, 12, 1)}, {"K23"}),
        ({"actual": date(2024, 12, 1), "operator": "≤"}, {"K23"}),
        ({"actual": date(2024, 12, 1), "operator": "≥"}, set()),
        ({"actual": date(2024, 12, 1), "tier": partly}, {"K01"}),
        ({"actual": date(2024, 12, 1), "tier": partly, "note": "雨季停工二十天"}, set()),
    ]
    plans = []
    for changed, told in cases:
        row = {"expected": due, "unit": "日期", "tier": scheme.word("tier", "achieved")}
        own = {goal(column): one for column, one in (row | changed).items()}
        blank = {goal(column) for column in ("operator", "note")}
        contents = {key: one for key, one in clean(scheme_id).items() if key not in blank} | own
        found = compared(scheme, contents)
        assert codes_at(found, "1") & {"K01", "K23"} == told
        codes = {one.code for one in found.found if one[:2] == ("indicators", "1")}
        assert codes & {"K01", "K23"} == told
        plans.append(form_book(make_form(scheme, contents)))
    for plan, computed in zip(plans, formualizer_each(plans), strict=True):
        assert differences(plan, computed) == []


def told_at(form: Form) -> str:
    return form.layout.blocks["indicators"].at("6", SELF_CHECK.key).a1


def slipped(name: str) -> Contents:
    scheme_id, (changes, *_) = ALL_SLIPS[name]
    contents = clean(scheme_id)
    for key, value in changes.items():
        contents.pop(key, None)
        if value is not None:
            contents[key] = value
    return contents


@pytest.mark.parametrize("scheme_id", BASES)
def test_the_form_without_slips_is_ready(scheme_id: str) -> None:
    found = compared(scheme_of(scheme_id), clean(scheme_id))
    assert found.banner == "可报送"
    assert found.unequal() == ([], [])


@pytest.mark.parametrize("name", ALL_SLIPS)
def test_a_slip_is_told_in_its_row(name: str) -> None:
    """该说的那一行说了该做的事；check 说的是同一条；别的各行也都一样。"""
    scheme_id, (_, sheet, row, code, severity) = ALL_SLIPS[name]
    found = compared(brief(scheme_of(scheme_id)), slipped(name))
    told = {(s, r, check.severity) for s, r, check in found.live if code in check.codes}
    assert (sheet, row, severity) in told
    assert any(one.code == code for one in found.found), found.found
    assert found.ready == (severity is W and not _stops(found))
    if not found.blocked:
        assert found.unequal() == ([], [])


def _stops(found: Compared) -> bool:
    return any(check.severity is not W for _, _, check in found.live)


# ---------------------------------------------------------------- 示例、随机的


# 名称、文字要读懂的，印在说明页的“只查一部分”里；预期值是数的，也全看得出
IN_PART = frozenset({"K05", "K06", "E03"})


def never_promised(found: Compared, contents: Contents) -> list[Said]:
    """表说可报送，而 check 有错误；只有印明由财政部门核对的、要读懂预期值那句话的除外。"""
    told = {code for codes in BUREAU.values() for code in codes}
    if not found.ready:
        return []
    return [
        one
        for one in found.found
        if one.severity is E
        and one.code not in told
        and not (one.code in IN_PART and isinstance(contents.get(goal("expected", one.row)), str))
    ]


def _seldom() -> list[object]:
    """平时几份里看一份，方案的每个版本都有；一份不漏的在 nightly。"""
    first = {(s.id, s.version): name for name, (s, _) in reversed(sample_forms().items())}
    chosen = {*list(sample_forms())[::FEWER], *first.values()}
    return [
        name if name in chosen else pytest.param(name, marks=nightly) for name in sample_forms()
    ]


@pytest.mark.parametrize("name", _seldom())
def test_samples(name: str) -> None:
    scheme, contents = sample_forms()[name]
    found = compared(scheme, contents)
    assert never_promised(found, contents) == []
    if not found.blocked and not numbers_in_words(scheme, contents):
        assert found.unequal() == ([], [])


def perturbed(scheme_id: str, seed: int) -> tuple[Scheme, Contents, Contents]:
    """干净的一份，几格换成随机的，有时清空；另给换上的几格。"""
    scheme, base = sample_forms()[BASES[scheme_id]]
    drawn, random = random_contents(scheme, seed), Random(seed)  # noqa: S311 - repeatable
    keys = sorted(base.keys() & drawn.keys())
    contents = dict(base)
    for key in random.sample(keys, min(len(keys), random.choice((1, 2, 3, 5)))):
        contents[key] = drawn[key]
        if random.random() < EMPTIED:
            del contents[key]
    return scheme, contents, {key: value for key, value in contents.items() if base[key] != value}


def _of_seeds(scheme_id: str, seeds: range) -> None:
    whole = 0
    for seed in seeds:
        scheme, contents, drawn = perturbed(scheme_id, seed)
        found = compared(brief(scheme), contents)
        assert never_promised(found, contents) == [], seed
        if not found.blocked and not numbers_in_words(scheme, drawn):
            assert found.unequal() == ([], []), seed
            whole += 1
    assert whole, "没有一份可以逐条比"
    wild = random_contents(shipped()[scheme_id], seeds[0])
    assert never_promised(compared(shipped()[scheme_id], wild), wild) == []


@pytest.mark.parametrize("scheme_id", BASES)
def test_random_forms(scheme_id: str) -> None:
    _of_seeds(scheme_id, range(1000, 1004))


@nightly
@pytest.mark.parametrize("scheme_id", BASES)
def test_many_random_forms(scheme_id: str) -> None:
    _of_seeds(scheme_id, range(30_000, 30_200))


# ---------------------------------------------------------------- 公式


def plan_of_slip(name: str) -> Book:
    scheme = brief(scheme_of(ALL_SLIPS[name][0]))
    return form_book(make_form(scheme, slipped(name)))


def test_slips_by_the_second_engine() -> None:
    plans = {n: plan_of_slip(n) for n in ALL_SLIPS}
    for (name, plan), found in zip(plans.items(), formualizer_each(plans.values()), strict=True):
        assert differences(plan, found) == [], name


@needs_office
@nightly
def test_slips_by_the_office(tmp_path: Path) -> None:
    plans = {n: plan_of_slip(n) for n in ALL_SLIPS}
    found = office(plans, tmp_path)
    assert {n: d for n, p in plans.items() if (d := differences(p, found[n]))} == {}


@pytest.mark.parametrize("scheme_id", shipped())
def test_formulas_fit_in_a_cell(scheme_id: str) -> None:
    """一格最多 8,192 个字符，函数最多套 64 层。"""
    assert list(oversized(shipped()[scheme_id])) == []


@pytest.mark.parametrize("scheme_id", shipped())
def test_no_cell_asks_itself(scheme_id: str) -> None:
    """达成情况一条看后面几栏说没说“写成了文字”：自己要在它们前面。"""
    form = make_form(shipped()[scheme_id], {})
    block, refs = form.layout.blocks["indicators"], form.refs("indicators", named=True)
    own = {
        block.at("2", key): refs.cell(goal(key, "2")) for key in (WARNED.key, MORE.key, LAST.key)
    }
    texts = {
        c.at: c.content.text
        for sheet in form_plan(form).sheets
        if sheet.name == block.name
        for c in sheet.every_cell()
        if c.at in own and isinstance(c.content, Formula)
    }
    assert [at.a1 for at, text in texts.items() if own[at] in text] == []


def test_words_that_make_a_formula_too_deep_are_told() -> None:
    """添的字眼多了，Excel 打不开的，检查方案的时候就说。"""
    scheme = brief(shipped()[SPECIAL])
    for key, word, deep in ((DIFFERING, "种", True), (BOUNDED_RATES, "率", False)):
        words = tuple(Option(f"word{number}", f"{number}{word}") for number in range(10, 80))
        many = {**scheme.options, key: OptionList(key, "字", words)}
        told = dict(
            message.split("表", 1) for _, message in oversized(replace(scheme, options=many))
        )
        assert (
            "套得太深" in told.get("“绩效目标完成情况”", "")
        ) == deep  # 只列着的字分成几段，写得下


# ---------------------------------------------------------------- 财政部门核对的


@pytest.mark.parametrize("scheme_id", shipped())
def test_every_rule_is_live_or_named_on_the_form(scheme_id: str) -> None:
    """错误、警告一级的规则，自查里有，或说明页上列着。"""
    scheme = shipped()[scheme_id]
    rows = (
        (sheet.key, row)
        for sheet in scheme.sheets
        for row in make_form(scheme, {}).layout.blocks[sheet.key].entry_rows
    )
    live = {
        code for key, row in rows for one in asked_in(scheme, key, row) for code in one.check.codes
    }
    told = {code for codes in BUREAU.values() for code in codes}
    asked = {one.code for one in rules_for(scheme) if {E, W} & {one.severity, *one.also}}
    assert asked <= live | told, asked - live - told
    assert told == set(NAMES)
    assert judged_by_bureau(scheme) == (told & asked) - live  # 列着的，都是这种表有的规则


def test_the_names_are_the_rules_own() -> None:
    for scheme in (shipped()[SPECIAL], shipped()[GENERAL]):
        for rule in rules_for(scheme):
            if rule.code in NAMES and "[" not in rule.title:
                assert spoken(scheme, NAMES[rule.code]) == spoken(scheme, rule.title)
