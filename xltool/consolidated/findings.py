"""疑点清单：一行一处，带到那一格的链接，复核意见写在事实旁边；不用看的读法另在一张表。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.row_keys import finding_key, turns
from xltool.collection.verdicts import COUNTED, FINDING_HEADINGS, SINCE, Opinion
from xltool.consolidated.columns import Column, count
from xltool.consolidated.opinions import counted, opinion_column, since
from xltool.consolidated.register import Register
from xltool.consolidated.source import ABOUT, footer_of, in_order
from xltool.consolidated.whose import code_column, variant_of, where_of, with_whose
from xltool.finding import EXPLAINED, Severity
from xltool.flags.registry import rules
from xltool.form.common import MARKS
from xltool.messages import entries, values
from xltool.messages.waivers import WAIVED
from xltool.scheme.labels import spoken
from xltool.sheets.plan import (
    NumberFormat,
    Role,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from xltool.assessment.noted import Noted
    from xltool.collection.model import Unit
    from xltool.collection.verdicts import Carried
    from xltool.consolidated.columns import Item
    from xltool.consolidated.source import Scored, Source
    from xltool.finding import Finding
    from xltool.sheets.plan import Link

NAME, READ = "疑点清单", "读数说明"
# 只说读法的提示：读对了就不用管，不必逐条写意见
READINGS = frozenset(
    message.code
    for message in (
        values.CONVERTED,
        entries.ALIAS,
        entries.PERCENT_READ,
        entries.NOT_APPLICABLE,
        entries.DATE_AS_NUMBER,
        entries.DATE_AS_TEXT,
        entries.TEXT_NUMBER,
        entries.ROUNDED,
        entries.SHOWN_TEXT,
        entries.TIME_AS_TEXT,
    )
)
# 由重到轻：还要改正、还要说明、已说明的、供核对的、豁免了的
_LEVELS = (
    *(severity.label for severity in (Severity.ERROR, Severity.WARNING)),
    EXPLAINED,
    Severity.NOTICE.label,
    WAIVED,
)
_FAMILIES = {"R": "版式", "V": "填报", "C": "汇总"}


class Doubt(NamedTuple):
    """疑点清单的一行；`place` 是这个单位的第几条，`turn` 分开一模一样的几条。"""

    source: Source
    scored: Scored
    number: int
    note: Noted
    place: int
    turn: int

    @property
    def carried(self) -> Carried | None:
        """由上一份汇总带过来的意见。"""
        return self.source.reviews.findings.get((self.scored.unit.key, self.place))

    @property
    def opinion(self) -> Opinion:
        """复核人写的。"""
        return self.carried.opinion if self.carried else Opinion()

    @property
    def finding(self) -> Finding:
        """哪里不对、怎么办。"""
        return self.note.finding

    @property
    def level(self) -> str:
        """级别；豁免了的不再算哪一级。"""
        return level(self.note)

    @property
    def where(self) -> Link | str:
        """到那一格的链接。"""
        return self.source.link(self.scored, self.note.key, self.finding.where)

    @property
    def waiver(self) -> str:
        """豁免的理由，和原来的级别。"""
        return f"原为{self.finding.severity.label}。{self.note.waiver}" if self.note.waiver else ""

    def role(self, otherwise: Role) -> Role:
        """豁免了的划去，没有豁免的是 `otherwise`。"""
        return Role.WAIVED if self.note.waiver else otherwise


def findings(sources: tuple[Source, ...]) -> Register[Doubt]:
    """疑点清单，各方案共用一张。"""
    listed = (scored.notes.total() - _readings(scored) for _, scored in in_order(sources))
    columns: tuple[Column[Doubt], ...] = (
        count("number", "序号", 6, lambda i: i.value.number),
        _name(),
        *_form(sources),
        *_fact(sources),
        Column("explained", "单位说明", 18, _explained, tall=True),
        *_review(),
        *_more(sources),
        count("no", "单位序号", 7, lambda i: i.value.scored.number),
        Column("key", FINDING_HEADINGS["key"][0], 10, _key_of, hidden=True),
        *where_of(lambda doubt: doubt.finding),
    )
    return Register(
        name=NAME,
        title="疑点清单",
        note="重的在前：错误、警告、提示，豁免了的在最后；同级的按单位次序。点“位置”看到那一格"
        "（报送文件里的位置）。浅色各栏由复核人员填写；“退回”的单位，报送状态随之改变。",
        columns=with_whose(columns, lambda doubt: doubt.scored.unit),
        items=_by_harm(sources),
        count=sum(listed),
        home=ABOUT,
        version=footer_of(sources),
        frozen="where",
        printed="since",
    )


def readings(sources: tuple[Source, ...]) -> Register[Doubt]:
    """读的时候做的换算：核对读法就行，不用写意见。"""
    columns: tuple[Column[Doubt], ...] = (
        count("number", "序号", 6, lambda i: i.value.number),
        _name(),
        *_form(sources),
        *_fact(sources),
        Column("remedy", "办法", 34, lambda i: i.value.finding.remedy, tall=True),
        count("no", "单位序号", 7, lambda i: i.value.scored.number),
        *where_of(lambda doubt: doubt.finding),
    )
    listed = (
        doubt
        for source, scored in in_order(sources)
        if _readings(scored)
        for doubt in _doubts(source, scored, lambda note: note.finding.code in READINGS)
    )
    return Register(
        name=READ,
        title="读数说明",
        note="填的写法与要求不同、已照列出的读法读入的；按单位次序排列。读法不对的，请单位改填；不用写意见。",
        columns=with_whose(columns, lambda doubt: doubt.scored.unit),
        items=(doubt._replace(number=number) for number, doubt in enumerate(listed, 1)),
        count=sum(_readings(scored) for _, scored in in_order(sources)),
        home=ABOUT,
        version=footer_of(sources),
        frozen="where",
    )


def _readings(scored: Scored) -> int:
    """一个单位有几条只是读法的说明。"""
    return sum(scored.notes[code] for code in READINGS)


def _by_harm(sources: tuple[Source, ...]) -> Iterator[Doubt]:
    """由重到轻，豁免了的在最后；每一级走一遍各单位，几万条不必一齐放在内存里。"""
    number = 0
    for label in _LEVELS:

        def wanted(note: Noted, label: str = label) -> bool:
            return level(note) == label and note.finding.code not in READINGS

        for source, scored in in_order(sources):
            if label in _levels(scored.unit):
                for doubt in _doubts(source, scored, wanted):
                    number += 1
                    yield doubt._replace(number=number)


def _doubts(source: Source, scored: Scored, wanted: Callable[[Noted], bool]) -> Iterator[Doubt]:
    """一个单位的各条问题里要的。"""
    notes = scored.unit.notes()
    for index, (note, turn) in enumerate(zip(notes, turns(notes), strict=True)):
        if wanted(note):
            yield Doubt(source, scored, 0, note, index, turn)


def level(note: Noted) -> str:
    """一条问题的级别；豁免了的不再算哪一级。"""
    return WAIVED if note.waiver else note.finding.label


def _levels(unit: Unit) -> Collection[str]:
    """一个单位有哪几级的问题：打开一遍它的各条问题不便宜，没有的就不打开。"""
    if unit.waivers:
        return _LEVELS
    counted = {one.label: getattr(unit.tally, one.value) for one in Severity}
    counted[EXPLAINED] = unit.tally.explained
    return {label for label, count in counted.items() if count}


def _name() -> Column[Doubt]:
    heading = FINDING_HEADINGS["name"][0]
    return Column("name", heading, 16, lambda i: i.value.scored.name, tall=True)


def _form(sources: tuple[Source, ...]) -> Iterator[Column[Doubt]]:
    yield Column(
        "form",
        "表种",
        9,
        lambda i: i.value.source.label,
        tall=True,
        value=lambda doubt: variant_of(doubt.scored.unit),
        on_sheet=len(sources) > 1,
    )


def _fact(sources: tuple[Source, ...]) -> Iterator[Column[Doubt]]:
    """什么问题、在哪里。"""
    waived = any(scored.waived for _, scored in in_order(sources))
    where, message = (FINDING_HEADINGS[key][0] for key in ("where", "message"))
    yield Column(
        "severity",
        "级别",
        6,
        lambda i: i.value.level,
        role=lambda doubt: doubt.role(MARKS[doubt.finding.standing]),
        value=lambda doubt: doubt.finding.label,
    )
    yield code_column(lambda doubt: doubt.finding)
    yield Column("where", where, 15, lambda i: i.value.where, link=True, tall=True)
    yield Column(
        "message",
        message,
        37,
        lambda i: i.value.finding.message,
        tall=True,
        role=(lambda doubt: doubt.role(Role.BODY)) if waived else None,
    )


def _more(sources: tuple[Source, ...]) -> Iterator[Column[Doubt]]:
    """规则叫什么、怎么办；有豁免的还有豁免的理由。"""
    titles = {rule.code: rule.title for rule in rules()}
    waived = any(scored.waived for _, scored in in_order(sources))

    def title(item: Item[Doubt]) -> str:
        code = item.value.finding.code
        if code in titles:
            return spoken(item.value.source.scheme, titles[code])
        return _FAMILIES.get(code[0], "")

    yield Column("title", "规则名称", 16, title, tall=True)
    yield Column("remedy", "办法", 36, lambda i: i.value.finding.remedy, tall=True)
    yield Column(
        "waiver",
        "豁免的理由",
        30,
        lambda i: i.value.waiver,
        tall=True,
        value=lambda doubt: doubt.note.waiver,
        on_sheet=waived,
    )


def _review() -> Iterator[Column[Doubt]]:
    """复核人员填的各栏。"""
    yield opinion_column("verdict", FINDING_HEADINGS, 9)
    yield opinion_column("reason", FINDING_HEADINGS, 18)
    yield opinion_column("reviewer", FINDING_HEADINGS, 8)
    yield opinion_column("day", FINDING_HEADINGS, 12, NumberFormat.DATE)
    yield Column("since", SINCE, 9, since, tall=True)
    yield Column("counted", COUNTED, 11, counted, centered=True)


def _explained(item: Item[Doubt]) -> str:
    """在该写的地方写的说明；不用说明的，是同一行的原因、说明一栏。"""
    return item.value.finding.explained or item.value.note.statement


def _key_of(item: Item[Doubt]) -> str:
    doubt = item.value
    return finding_key(doubt.scored.unit, doubt.note, doubt.turn, doubt.carried).text
