"""方案工作簿里固定的词：方案文件里写英文标识的，工作簿里写中文；意思印在“词表”上。"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.scheme.model import Compute, FieldKind, SheetKind
from xltool.scheme.parameters import METHOD_LABELS
from xltool.scheme.reader import ORIGINS
from xltool.scheme_book.table import Word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.scheme_book.table import Words


def _words(**listed: tuple[str, str]) -> Words:
    return MappingProxyType({key: Word(*pair) for key, pair in listed.items()})


YES: Final = "是"
NO: Final = "否"
ORIGIN_HELP: Final = f"以 {' '.join(ORIGINS)} 之一开头"

FIELD_KINDS: Final = MappingProxyType(
    {
        FieldKind.TEXT.value: Word("文字", "任何文字"),
        FieldKind.CHOICE.value: Word("选择", "只能从选项表里选"),
        FieldKind.SUGGESTION.value: Word("选择或自填", "有选项表，也可以另填"),
        FieldKind.INTEGER.value: Word("整数", "个数、年份一类"),
        FieldKind.NUMBER.value: Word("小数", "没有单位限制的数"),
        FieldKind.POINTS.value: Word("分数", "分值、得分，印两位小数"),
        FieldKind.MONEY.value: Word("金额", "以万元计，印千分位"),
        FieldKind.PERCENT.value: Word("百分数", "比率，印成百分数"),
        FieldKind.DATE.value: Word("日期", "年月日"),
        FieldKind.MONTH.value: Word("年月", "年月日，或只写年月；只写年月的按那个月的1日存"),
        FieldKind.MEASURE.value: Word("指标值", "数、日期或文字，绩效指标的预期值、实现值用"),
    }
)
SHEET_KINDS: Final = MappingProxyType(
    {
        SheetKind.FIELDS.value: Word("逐项表", "一行一项，如封面"),
        SheetKind.RECORDS.value: Word("记录表", "一行一条，可以增行"),
        SheetKind.SCORE.value: Word("评分表", "一行一个三级指标；全方案只有一张"),
    }
)
COMPUTES: Final = MappingProxyType(
    {
        Compute.RATIO.value: Word("比率", "甲÷乙；取数写两项"),
        Compute.CHANGE.value: Word("变动率", "甲减乙的绝对值÷乙，由0变来的按100%；取数写两项"),
        Compute.GROWTH.value: Word("增减率", "甲减乙÷乙，减少是负数；取数写两项"),
        Compute.SUM.value: Word("合计", "各项之和；取数写两项以上"),
        Compute.DIFFERENCE.value: Word("相减", "第一项减去其余各项；取数写两项以上"),
        Compute.CAPPED.value: Word("封顶", "限在0和1之间；取数写一项"),
        Compute.COMPLETION.value: Word("完成率", "绩效指标的完成率；不写取数"),
        Compute.FACTOR.value: Word("得分率", "绩效指标得几成；不写取数"),
        Compute.EARNED.value: Word("得分", "本行分值×得分率；不写取数"),
        Compute.GATHERED.value: Word(
            "归拢", "逐行填的自评得分归到评分表一行，或全部相加；不逐行的各行，依次写取哪一项"
        ),
    }
)
PARTS: Final = _words(
    fields=("项目", "逐项表的一行，记录表、评分表的一栏"),
    extras=("附加栏", "逐项表各行共有的栏，如佐证材料"),
)
METHODS: Final = _words(
    proportional=("按比例", "分子÷分母×分值，封顶"),
    banded=("分档", "值落在哪一档得几成"),
    deduct=("逐项扣分", "每发生一项扣若干分，扣完为止"),
    checklist=("逐项得分", "每做到一项得若干分，各项合计等于分值"),
    choice=("选档", "选了哪一项得几成"),
    ceiling=("不超限", "实际数不超过每个限额各得若干分，各项合计等于分值"),
    pass_mark=("及格线", "低于及格线不得分，其上按比例"),
    per_step=("逐点扣分", "越过界限以后，每差一步扣若干分"),
    indicator_mean=("指标平均", "某一类绩效指标得分率的平均数×分值"),
    indicator_sum=("指标相加", "某一类绩效指标各行得分之和"),
    best_of=("取高的", "几种办法各算各的，取得分高的；各种办法写在“备选办法”"),
    record_mean=("记录平均", "记录表某一栏比率的平均数×分值"),
    record_weighted_mean=("记录加权平均", "记录表某一栏比率按另一栏加权的平均数×分值"),
)
INPUTS: Final = _words(
    numerator=("分子", "填数的项，写 表.项"),
    denominator=("分母", "填数的项，写 表.项"),
    value=("取值", "填数的项，写 表.项"),
    better=("方向", "写 越大越好 或 越小越好"),
    counting=("不满一步的", "写 按比例扣、不扣 或 按一步扣"),
    count=("项数", "填数的项，写 表.项"),
    items=("各项", "从列表选的项，一项一行"),
    field=("所选", "从列表选的项，写 表.项"),
    actual=("实际数", "填数的项，写 表.项"),
    limits=("限额", "填数的项，一项一行"),
    where=("筛选栏", "绩效指标表的一栏，只写栏的标识"),
    equals=("等于", "选项，写 选项表.选项"),
    sheet=("记录表", "记录表的标识"),
    column=("取哪一栏", "记录表里填数的一栏，只写栏的标识"),
    weight=("权重栏", "记录表里填数的一栏，只写栏的标识"),
)
DIRECTIONS: Final = _words(
    high=("越大越好", "达到界限即入档"),
    low=("越小越好", "不超过界限即入档"),
)
COUNTINGS: Final = _words(
    pro_rata=("按比例扣", "差几步零几就扣几步零几"),
    full=("不扣", "只扣满了的步数"),
    started=("按一步扣", "零头也算一步"),
)
# 取数里写一个词而不写项的
WORDED_INPUTS: Final[Mapping[str, Words]] = MappingProxyType(
    {"better": DIRECTIONS, "counting": COUNTINGS}
)


class Group(NamedTuple):
    """词表上的一组词；`name` 是下拉列表的名称。"""

    name: str
    title: str
    words: Words


GROUPS: Final = (
    Group("words_method", "计分办法", METHODS),
    Group("words_input", "取什么", INPUTS),
    Group("words_direction", "方向", DIRECTIONS),
    Group("words_counting", "不满一步的", COUNTINGS),
    Group("words_field", "字段的类型", FIELD_KINDS),
    Group("words_part", "字段的位置", PARTS),
    Group("words_sheet", "工作表的种类", SHEET_KINDS),
    Group("words_compute", "自动计算的算法", COMPUTES),
    Group("words_flag", "必填、关键项", MappingProxyType({"yes": Word(YES, "不是的空着")})),
)


def group_of(words: Words) -> Group:
    """某几个词是词表上的哪一组。"""
    return next(group for group in GROUPS if group.words is words)


# ---------------------------------------------------------------- 方案文件的说法，改成工作簿的说法

_TOKEN: Final = re.compile("“[^”]*”|[a-z][a-z_]*[a-z]")
_SHEET_KIND: Final = re.compile(r"sheets\.\w+\.kind")
_OTHERS: Final = MappingProxyType({"inputs": Word("取数", "")})


def in_chinese(path: str, message: str) -> str:
    """说法里的英文名字换成工作簿里的词；引号里的是使用者写的，不换。"""
    groups = _groups(path)

    def word(match: re.Match[str]) -> str:
        listed = (_STARTS if match.start() == 0 else ()) + groups
        found = (words[match[0]].word for words in listed if match[0] in words)
        return next(found, match[0])

    return _TOKEN.sub(word, message)


_LABELS: Final = MappingProxyType(
    {name: Word(label.format(n="…"), "") for name, (label, _) in METHOD_LABELS.items()}
)
_STARTS: Final = (METHODS, COMPUTES)


def _groups(path: str) -> tuple[Words, ...]:
    """某个键的说法里会有哪些名字。"""
    if ".method.parameters" in path:
        return (_LABELS, INPUTS)
    if ".method" in path:
        return (INPUTS, DIRECTIONS, COUNTINGS, FIELD_KINDS, METHODS)
    if _SHEET_KIND.fullmatch(path):
        return (SHEET_KINDS,)
    return (_OTHERS, FIELD_KINDS)
