"""退回时要说清的：谁退回、什么时候以前改好、报到哪里、有疑问找谁；问题清单和通知里说的是同一份。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from xltool.collection.dates import limit_of
from xltool.season.register import CONTACT, CORRECTION_DEADLINE, DEADLINE, MAILBOX, OFFICE, PHONE

if TYPE_CHECKING:
    from datetime import date

    from xltool.season.settings import Settings

GAP: Final = "＿＿＿＿"  # 不知道的


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """收表、退回的一方；不知道的空着：下发的表、通知里不说，退回的清单上留着空。"""

    office: str = ""
    by: date | None = None
    mailbox: str = ""
    contact: str = ""
    phone: str = ""

    def deferred(self, until: date | None) -> Letter:
        """给批准缓报到 `until` 的单位的：期限照缓报的那一天，比期限还早的不改。"""
        return replace(self, by=limit_of(self.by, until))

    @property
    def deadline(self) -> str:
        """什么时候以前，如 2025年5月20日。"""
        return day_text(self.by) if self.by else ""

    @property
    def ask(self) -> str:
        """有疑问找谁：联系人和电话。"""
        return "，".join(filter(None, (self.contact, self.phone)))

    @property
    def sentence(self) -> str:
        """问题清单上的一行；不知道的留着空，发还以前补上。"""
        send = f"，报送到 {self.mailbox}" if self.mailbox else ""
        parts = (
            f"退回单位：{self.office or GAP}",
            f"请在 {self.deadline or GAP}前改好{send}",
            f"有疑问请找 {self.ask or GAP}",
        )
        return f"{'；'.join(parts)}。"

    @property
    def sending(self) -> str:
        """下发的表上的一行；什么也不知道的是空串。"""
        limit = f"请在 {self.deadline}前" if self.by else "请"
        send = f"报送到 {self.mailbox}" if self.mailbox else "报送"
        parts = (
            f"{limit}{send}" if self.by or self.mailbox else "",
            f"收表单位：{self.office}" if self.office else "",
            f"有疑问请找 {self.ask}" if self.ask else "",
        )
        said = "；".join(filter(None, parts))
        return f"{said}。" if said else ""


def letter_of(settings: Settings) -> Letter:
    """照这一季的设置。"""
    return Letter(
        office=settings[OFFICE],
        by=settings[CORRECTION_DEADLINE],
        mailbox=settings[MAILBOX],
        contact=settings[CONTACT],
        phone=settings[PHONE],
    )


def issue_letter(settings: Settings) -> Letter:
    """下发的表上印的：期限是报送的截止日期。"""
    return replace(letter_of(settings), by=settings[DEADLINE])


def day_text(day: date) -> str:
    """公文里的日期。"""
    return f"{day.year}年{day.month}月{day.day}日"
