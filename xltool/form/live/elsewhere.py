"""自查看不出、由财政部门核对的：错误、警告一级的各条规则，按编码列出，印在说明页上。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.scheme.labels import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.scheme.model import Scheme

# 要比上年、别的单位、别的表的；要读报告、读懂文字的；名称与规则的名称一字不差，由测试核对
BUREAU: Final[Mapping[str, tuple[str, ...]]] = {
    "与上年度、别的单位、别的报送表比": ("A09", "Q03", "X05"),
    "看报告的话和数": ("C05", "R02", "R03", "R04", "X01", "X07", "Q04"),
    "看指标的名称和文字，对上是哪一项资金": ("E07",),
}
NAMES: Final[Mapping[str, str]] = {
    "A09": "金额与上年度差千倍以上",
    "C05": "评分表的二级指标在报告里没有对应的一节",
    "E07": "数量乘以标准，多于支付的钱",
    "Q03": "今年的预期值远低于上年的实现值",
    "Q04": "重点任务、自评项目没有绩效指标",
    "R02": "报告的整改结论与整改情况表不一致",
    "R03": "已整改的问题今年又出现",
    "R04": "报告写了问题，没有写改进措施，或措施比问题少",
    "X01": "同一件事在几处写的数不同",
    "X05": "部门的表上的数与项目自己的表不同",
    "X07": "报告里的数与项目自己的表不同",
}
# 没有这一栏的表不判，也就不列
_NEEDED: Final[Mapping[str, str]] = {
    "E07": "funds.rate",
    "X05": "funds.name",
    "R03": "rectification.problem",
    "Q04": "tasks.indicator",
    **dict.fromkeys(("C05", "R02", "R04", "X01", "X07"), "claims.topic"),
}
_IN_PART: Final = (
    "预期值、实现值写成文字的（日期、名次、用汉字写的数）：完成得怎样、类型是否相同",
    "预期值不是数的：运算符的方向、没有完成的原因",
    "名称只差括注、少见的标点的：是不是列了两次，是不是照抄目标",
    "成本的单位不是元、万元、亿元的：是不是大得不像、与支出不符；名称像项目名称的：是不是大得不像",
    "计量单位是否一致：只比名称末尾括号里写的和单位一栏，两格都填数的",
    "期限没有写年份、写了几个年份的：付款是不是按期，年份对不对",
    "不是记录的行：只认合计、注、省略号和“无”",
    "只有少见的看不见的字符（字节序标记之类）的格：是不是空着",
    "“其中”各项加起来与上一条不符：单位相同、在列表里的，中间没有空行的",
    "二级指标归得对不对：只看计量单位，和数量指标的名称是不是说支付；单位写在别处的不看",
    "百分数的口径：只看合格率、满意度一类有没有超过100%",
    "执行率限定的自评最高分，逐行相加的各行分差之和",
    "单元格的格式（日期、百分比、缩放显示；时刻只看数个数的）、超过15位的数、划掉的字、上标、公式",
    "金额像是以元填的，而不比全部支出大的",
)

_STANDARDS: Final = "数量乘以标准与支付的钱比：只认名称写“每家”、单位写“万元/家”一类的"


def judged_by_bureau(scheme: Scheme) -> frozenset[str]:
    """这种表由财政部门核对的各条的编码。"""
    return frozenset(code for code in NAMES if code not in _NEEDED or scheme.has(_NEEDED[code]))


def bureau_judges(scheme: Scheme) -> tuple[str, ...]:
    """说明页上的几段。"""
    judged = judged_by_bureau(scheme)
    listed = {how: [NAMES[one] for one in codes if one in judged] for how, codes in BUREAU.items()}
    paragraphs = [f"{how}：{'；'.join(names)}。" for how, names in listed.items() if names]
    in_part = _IN_PART if "E07" in judged else (*_IN_PART, _STANDARDS)
    paragraphs.append(f"只查一部分：{'；'.join(in_part)}。")
    return tuple(spoken(scheme, text) for text in paragraphs)
