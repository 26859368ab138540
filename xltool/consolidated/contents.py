"""汇总里有哪些表：叫什么、是哪一种表的、看什么。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.consolidated import delivery, lower
from xltool.consolidated.details import NAME as DETAILS
from xltool.consolidated.findings import NAME as FINDINGS
from xltool.consolidated.findings import READ
from xltool.consolidated.front import NAME as FRONT
from xltool.consolidated.left_over import GONE, OTHERS
from xltool.consolidated.losses import STATISTICS
from xltool.consolidated.overview import NAME as OVERVIEW
from xltool.consolidated.rules import NAME as RULES
from xltool.consolidated.summary import NAME as SUMMARY
from xltool.consolidated.unjudged import NAME as UNJUDGED
from xltool.layout.layout import OPTIONS, PARAMETERS
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.consolidated.source import Source


class Listed(NamedTuple):
    """一张表：名字、表种（各种表共用的空着）、看什么。"""

    name: str
    form: str
    use: str


_PER = {SheetKind.RECORDS: "条", SheetKind.FIELDS: "份"}
# {who} 是单位或项目
_OF_FORM = {
    SUMMARY: "一行一个{who}：名次、总分、各级得分、问题数、复核以后的总分、等级、名次",
    STATISTICS: "各指标、各级、各等级、各归口平均得几成，失分最多的是谁，执行率和满意度",
    DETAILS: "一行一个{who}的一个三级指标：自评、系统得分、计算过程和扣分说明；复核得分填在这里",
    RULES: "每条疑点规则的道理、门槛、依据和这次触发几处",
    PARAMETERS: "公式用到的每个数和它的来源",
    OPTIONS: "下拉列表的内容",
}
_SHARED = {
    FRONT: "一页的要点：谁报了、得分和等级、失分最多的指标、触发最多的规则、还没有定的；可以打印",
    OVERVIEW: "几种表并排：得分、等级、问题，各种表失分最多的指标",
    FINDINGS: "一行一处，重的在前，点“位置”看那一格；复核意见填在这里",
    READ: "填的写法与要求不同、照列出的读法读入的，不用写意见",
    GONE: "上一份汇总里的意见，这一次没有那一条疑点或指标的",
    OTHERS: "上一份汇总里，复核人添的栏、添的行、表外的字和批注",
    UNJUDGED: "哪个单位的哪条疑点规则没有判、缺什么",
    delivery.UNITS: "名单上的单位和它们的项目：已报、退回、未报、重复",
    delivery.FILES: "找到的每个文件的去向",
    delivery.PROBLEMS: "退回的文件为什么退回、怎么改",
    delivery.WAIVERS: "财政部门认可的例外，和这次用到没有",
    delivery.DIFFERENCES: "同一单位（项目）几份报送的不同之处",
    lower.UNITS: "本级和下级汇总的每个单位：得分、名次、在哪一本的哪一格、由哪一份报送而来",
    lower.VERDICTS: "下级在汇总里填的复核意见，照原样",
}


def contents(names: Iterable[str], sources: tuple[Source, ...]) -> tuple[Listed, ...]:
    """各表看什么，依表的次序。

    Raises:
        KeyError: 有一张表没有写看什么。
    """
    known = {name: Listed(name, "", use) for name, use in _SHARED.items()}
    for source in sources:
        who, label = source.who, source.label
        uses = {name: use.format(who=who) for name, use in _OF_FORM.items()}
        for sheet in source.scheme.sheets:
            if sheet.merged:
                per = _PER[sheet.kind]
                uses[sheet.merged] = f"各{who}的“{sheet.name}”表接在一起，一行一个{who}的一{per}"
        for name, use in uses.items():
            known[source.sheet(name)] = Listed(source.sheet(name), label, use)
    return tuple(known[name] for name in names)
