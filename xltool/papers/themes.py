"""疑点按主题归拢：一族规则一个主题，有几处、几个单位、主要是哪几条；复核说不成立的、采信了说明的不算，说须改正的都算。"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from xltool.collection.reviewed import duty_of
from xltool.finding import Severity
from xltool.values.masking import masked

if TYPE_CHECKING:
    from xltool.consolidated.saved_book import SavedBook

# 疑点规则的族（编码的第一个字）；其余是版式和填写的问题
_THEMES: Final = {
    "C": "填报内容不完整",
    "A": "数据勾稽不符",
    "S": "自评打分与依据不符",
    "K": "指标值填报不规范、偏差没有说明",
    "Q": "绩效目标和指标设置质量不高",
    "E": "预算执行不到位",
    "R": "整改、改进措施不到位",
    "X": "同一事项前后不一致",
}
_OTHERS: Final = "表格填写不规范"
# 不是疑点规则的，照编码的第一个字说
_FAULTS: Final = {"R": "版式与下发的表不同", "V": "填写的内容不合要求"}
_RULE: Final = 3  # 疑点规则的编码有几个字，如 K02
_MOST: Final = 3  # 主要表现列几条
_MOST_UNITS: Final = 5
# 填写的问题（V 族）由小到大，到哪个编码为止是哪一类
_ENTRIES: Final = (
    (110, "该填数的不是数"),
    (111, "填的是错误值，或公式没有结果"),
    (116, "日期没有写全，或不是日期"),
    (151, "填的是错误值，或公式没有结果"),
    (153, "该填数的不是数"),
    (154, "没有从列表里选"),
    (156, "填的数超出范围"),
    (157, "该填整数的不是整数"),
    (169, "数、单位或百分号写得不清楚"),
    (171, "没有填全"),
    (189, "划掉、上下标、图片或显示的与存的不同，看不准填的是什么"),
    (199, "数、单位或百分号写得不清楚"),
    (220, "指标的分值合计不对"),
)


@dataclass(slots=True)
class _Theme:
    titles: Counter[str] = field(default_factory=Counter)
    units: dict[str, None] = field(default_factory=dict)


def theme_items(saved: SavedBook) -> tuple[dict[int, int], list[dict[str, str]]]:
    """各单位还须改正几处；各主题，由多到少。照复核以后的级别，只算还须改正、说明的。"""
    doubts, errors = saved.doubts, Counter[int]()
    themes: dict[str, _Theme] = defaultdict(_Theme)
    if doubts is None:
        return {}, []
    for row in doubts.rows():
        duty = duty_of(doubts.text(row, "severity"), doubts.text(row, "verdict"))
        if duty not in (Severity.ERROR, Severity.WARNING):
            continue
        errors[doubts.number(row)] += duty is Severity.ERROR
        code = doubts.text(row, "code")
        name = _THEMES.get(code[:1], _OTHERS) if len(code) == _RULE else _OTHERS
        themes[name].titles[_title(code, doubts.text(row, "title"))] += 1
        themes[name].units[masked(doubts.text(row, "name"))] = None
    order = (*_THEMES.values(), _OTHERS)
    listed = sorted(themes, key=lambda one: (-themes[one].titles.total(), order.index(one)))
    return dict(errors), [_item(name, themes[name]) for name in listed]


def _title(code: str, name: str) -> str:
    """疑点规则照它的名称；填写、版式的问题没有名称，说是哪一类，不抄填了什么。"""
    if len(code) == _RULE:
        return name or code
    fault = _FAULTS.get(code[:1], name or code)
    if not code.startswith("V"):
        return fault
    return next((words for last, words in _ENTRIES if code <= f"V{last}"), fault)


def _item(name: str, theme: _Theme) -> dict[str, str]:
    common = theme.titles.most_common(_MOST)
    units = list(theme.units)
    more = f"等{len(units)}个" if len(units) > _MOST_UNITS else ""
    return {
        "主题": name,
        "处数": str(theme.titles.total()),
        "单位数": str(len(units)),
        "主要表现": "；".join(f"{title}（{count}处）" for title, count in common),
        "单位": "、".join(units[:_MOST_UNITS]) + more,
    }
