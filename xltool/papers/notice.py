"""退回通知填什么：哪个单位，须改正的、须说明的各是什么，什么时候以前报到哪里，找谁。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.intake.statements import HEADINGS, NAME
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


class Notice(NamedTuple):
    """一份通知：退回的单位，谁退回，哪天，各份的退回件叫什么（没有的为空）。"""

    case: Case
    letter: Letter
    today: date
    copies: Mapping[str, str]


def notice_values(notice: Notice) -> dict[str, str | tuple[str, ...]]:
    """各个名称的内容。"""
    case, letter = notice.case, notice.letter
    names = [copy for copy in notice.copies.values() if copy]
    return {
        "单位": case.name if case.named else f"报送“{quote(case.name)}”的单位",
        "预算编码": case.code,
        "报送文件": "、".join(f"“{quote(part.file)}”" for part in case.parts),
        "须改正数": str(case.must),
        "须说明数": str(case.explain),
        "须改正": tuple(_listed(case, must=True)) or (_NONE,),
        "须说明": tuple(_listed(case, must=False)) or (_NONE,),
        "办理要求": tuple(_requirements(notice, names)),
        "附件": f"附件：{'、'.join(names)}" if names else "",
        "改正期限": letter.deadline,
        "报送邮箱": letter.mailbox,
        "联系人": letter.contact,
        "联系电话": letter.phone,
        "收表单位": letter.office,
        "日期": day_text(notice.today),
    }


def _listed(case: Case, *, must: bool) -> Iterator[str]:
    """一条一段，连着编号；几份的写明是哪一份。"""
    number = 0
    for part in case.parts:
        asked = part.must if must else part.explain
        if len(case.parts) > 1 and asked:
            yield f"“{quote(part.project or part.file)}”："
        for one in asked[:_MOST]:
            number += 1
            yield f"{number}．{_sentence(one)}"
        if len(asked) > _MOST:
            yield f"其余 {len(asked) - _MOST} 处见“{NAME}”。"
            number += len(asked) - _MOST


def _sentence(note: Noted) -> str:
    finding = note.finding
    where = f"{finding.where}　" if finding.where else ""
    opinion = f"复核意见：{note.opinion.rstrip('。')}。" if note.opinion else ""
    return f"{where}{finding.message.rstrip('。')}。{finding.remedy}{opinion}"


def _requirements(notice: Notice, names: Sequence[str]) -> Iterator[str]:
    """怎样改、什么时候以前、报到哪里、有疑问找谁；不知道的不说。"""
    letter = notice.letter
    if names:
        yield (
            "请在附件上直接改正：有颜色的格是有问题的格，改了颜色就没有了；"
            f"属实、不用改的，在附件第一张表“{NAME}”的“{HEADINGS['statement']}”栏写明原因。"
        )
    if any(not notice.copies.get(part.file) for part in notice.case.parts):
        yield "没有附件的，原来的文件不能标注，请照上面写的办法改好后重新报送。"
    yield _when(letter)
    if letter.ask:
        yield f"有疑问请联系 {letter.ask}。"


def _when(letter: Letter) -> str:
    limit = f"于 {letter.deadline}前" if letter.by else "尽快"
    send = f"报送到 {letter.mailbox}" if letter.mailbox else "重新报送"
    return f"请{limit}改好，{send}。"


def part_basis(part: Part) -> tuple[str, ...]:
    """一份的内容，定下退回件、通知要不要重写。"""
    notes = (repr(note.finding) for note in part.notes)
    opinions = (one.opinion for one in part.must)
    return (part.file, part.sha256, part.answers, *notes, "\0", *opinions)
