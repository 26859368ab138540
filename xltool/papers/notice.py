"""退回通知填什么：哪个单位，须改正的、须说明的各是什么，什么时候以前报到哪里，找谁。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.collection.returning import REFILL
from xltool.intake.statements import HEADINGS, NAME
from xltool.messages import papers as say
from xltool.season.letter import day_text
from xltool.values import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from xltool.assessment.noted import Noted
    from xltool.collection.returning import Case, Part
    from xltool.season.letter import Letter

PLACEHOLDERS: Final = (
    "单位",
    "预算编码",
    "报送文件",
    "须改正数",
    "须说明数",
    "须改正",
    "须说明",
    "办理要求",
    "附件",
    "改正期限",
    "报送邮箱",
    "联系人",
    "联系电话",
    "收表单位",
    "日期",
)
"""模板里认得的各个名称。"""
_MOST: Final = 40  # 一份最多列几条，其余的在问题清单里
_NONE: Final = "无。"
_CLAUSE: Final = re.compile("(?<=[；。])")
_TECHNICAL: Final = re.compile(r"xltool|环境变量|--[a-z]")


class Notice(NamedTuple):
    """一份通知：退回的单位，谁退回，哪天，各份的退回件、要换的空白表叫什么（没有的为空）。"""

    case: Case
    letter: Letter
    today: date
    copies: Mapping[str, str]
    blanks: Mapping[str, str]

    def refilling(self, part: Part) -> str:
        """这一份要换空白表的，用哪一个。"""
        blank = self.blanks.get(part.file, "")
        return say.REFILL_ATTACHED.format(blank=blank) if blank else say.REFILL_ISSUED


def notice_values(notice: Notice) -> dict[str, str | tuple[str, ...]]:
    """各个名称的内容。"""
    case, letter = notice.case, notice.letter
    names = [copy for copy in notice.copies.values() if copy]
    attached = list(dict.fromkeys((*names, *notice.blanks.values())))
    return {
        "单位": case.name if case.named else f"报送“{quote(case.name)}”的单位",
        "预算编码": case.code,
        "报送文件": "、".join(f"“{part.name}”" for part in case.parts),
        "须改正数": str(case.must),
        "须说明数": str(case.explain),
        "须改正": tuple(_listed(notice, must=True)) or (_NONE,),
        "须说明": tuple(_listed(notice, must=False)) or (_NONE,),
        "办理要求": tuple(_requirements(notice, names)),
        "附件": f"附件：{'、'.join(attached)}" if attached else "",
        "改正期限": letter.deadline,
        "报送邮箱": letter.mailbox,
        "联系人": letter.contact,
        "联系电话": letter.phone,
        "收表单位": letter.office,
        "日期": day_text(notice.today),
    }


def _listed(notice: Notice, *, must: bool) -> Iterator[str]:
    """一条一段，连着编号；几份的写明是哪一份。"""
    case, number = notice.case, 0
    for part in case.parts:
        asked = part.must if must else part.explain
        if len(case.parts) > 1 and asked:
            yield f"“{part.project or part.name}”："
        for one in asked[:_MOST]:
            number += 1
            yield f"{number}．{_sentence(one)}"
        if len(asked) > _MOST and notice.copies.get(part.file):
            yield f"其余 {len(asked) - _MOST} 处见“{NAME}”。"
        if len(asked) > _MOST:
            number += len(asked) - _MOST


def _sentence(note: Noted) -> str:
    """一条；要换表的，怎样换在“办理要求”里说一次。"""
    finding = note.finding
    remedy = "" if finding.code in REFILL else for_units(finding.remedy)
    where = f"{finding.where}　" if finding.where else ""
    opinion = f"复核意见：{note.opinion.rstrip('。')}。" if note.opinion else ""
    return f"{where}{finding.message.rstrip('。')}。{remedy}{opinion}"


def _requirements(notice: Notice, names: Sequence[str]) -> Iterator[str]:
    """怎样改、什么时候以前、报到哪里、有疑问找谁；不知道的不说。"""
    letter = notice.letter
    refilled = [part for part in notice.case.parts if part.refill]
    if names:
        copies = f"“{'”“'.join(names)}”" if refilled else ""
        yield say.CORRECT.format(copies=copies, sheet=NAME, column=HEADINGS["statement"])
    for part in refilled:
        how = say.REFILL.format(how=notice.refilling(part))
        yield f"“{part.name}”：{how}" if len(notice.case.parts) > 1 else how
    marked = (notice.copies.get(part.file) or part.refill for part in notice.case.parts)
    if not all(marked):
        yield say.UNMARKED
    if notice.case.lacking:
        yield say.FORM_LACKING
    yield _when(letter)
    if letter.ask:
        yield f"有疑问请联系 {letter.ask}。"


def for_units(remedy: str) -> str:
    """给单位看的办法：命令、环境变量是收表的人用的，那一句不说。"""
    kept = (one for one in _CLAUSE.split(remedy) if one and not _TECHNICAL.search(one))
    said = "".join(kept).rstrip("；，")
    return f"{said}。" if said and not said.endswith("。") else said


def _when(letter: Letter) -> str:
    limit = f"于 {letter.deadline}前" if letter.by else "尽快"
    send = f"报送到 {letter.mailbox}" if letter.mailbox else "重新报送"
    return f"请{limit}改好，{send}。"


def part_basis(part: Part) -> tuple[str, ...]:
    """一份的内容，定下退回件、通知要不要重写。"""
    notes = (repr(note.finding) for note in part.notes)
    opinions = (one.opinion for one in part.must)
    return (part.file, part.sha256, part.answers, *notes, "\0", *opinions)
