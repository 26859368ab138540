"""读一格要知道的，以及读出的结果。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from xltool.address import At, Place
from xltool.facts.entry import Entry, EntryState
from xltool.intake.options import option_lists, options_of
from xltool.messages import entries as say
from xltool.scheme.model import FieldKind
from xltool.values import clock, match_choice, plain, serial_date
from xltool.values.excerpt import excerpt

if TYPE_CHECKING:
    from datetime import date

    from xltool.finding import Finding, Message
    from xltool.intake.options import Options
    from xltool.scheme.model import Field, Scheme
    from xltool.xlsx.grid import Look

Understood = tuple[Entry, tuple["Finding", ...]]

_WORDS = {
    FieldKind.INTEGER: "整数",
    FieldKind.DATE: "年月日",
    FieldKind.MONTH: "年月日或年月",
    FieldKind.CHOICE: "列表里的一项",
    FieldKind.TEXT: "文字",
    FieldKind.SUGGESTION: "文字",
    FieldKind.MEASURE: "数或文字",
    FieldKind.PERCENT: "百分数",
}


class Context(NamedTuple):
    """读一格要知道的：方案、日期制、填报项、所在的表和格、下拉列表。

    每格都要造一个，所以位置到要说问题时才成为 Place。
    """

    scheme: Scheme
    date_1904: bool
    field: Field
    sheet: str
    at: tuple[int, int]
    options: Options | None = None

    @property
    def place(self) -> Place:
        """这一格的位置。"""
        return Place(self.sheet, At(*self.at))

    @property
    def parent_label(self) -> str:
        """上一级那一栏的名字。"""
        sheet = next(s for s in self.scheme.sheets if self.field in s.columns)
        return sheet.column(self.field.depends).label

    def say(self, message: Message, **values: str) -> tuple[Finding, ...]:
        """关于这一格的一条问题。"""
        return (message.finding(self.place, label=self.field.label, **values),)


def expected_of(field: Field) -> str:
    """这一项应填什么，给人看。"""
    word = _WORDS.get(field.kind, "数字")
    return f"{word}（单位：{field.unit}）" if field.unit else word


def wrong(raw: str, found: str, context: Context) -> Understood:
    """填的不是所要的种类。"""
    expected = expected_of(context.field)
    findings = context.say(say.WRONG_KIND, found=found, raw=excerpt(raw), expected=expected)
    return Entry(None, raw, EntryState.UNREADABLE), findings


def chinese_day(day: date) -> str:
    """日期给人看的写法。"""
    return f"{day.year}年{day.month}月{day.day}日"


EARLIEST_DAY = Decimal(20_000)  # 1954 年；更小的序号套着时刻的格式，是时刻、时长


def slipped_in(number: Decimal, look: Look, context: Context) -> tuple[str, str, Message]:
    """存成日期或时刻的数照填的样子写，和它是什么、怎样说。"""
    if look.time and 0 <= number < EARLIEST_DAY:
        return clock(number), "时刻", say.TIME_AS_TEXT
    day = serial_date(number, date_1904=context.date_1904)
    return chinese_day(day) if day else plain(number), "日期", say.DATE_AS_TEXT


def wrong_parent(text: str, context: Context) -> str:
    """填的是另一个上级的选项时，说出改哪一格。"""
    field = context.field
    for parent, name in field.options_by.items():
        if match_choice(text, option_lists(context.scheme)[name].choices) is not None:
            return f"，或把“{context.parent_label}”改为“{parent}”"
    return ""


def wrong_column(text: str, context: Context) -> str:
    """填的是上一级、下一级那一栏的选项时，说像是填错了栏。"""
    scheme, field = context.scheme, context.field
    sheet = next(one for one in scheme.sheets if field in (*one.fields, *one.columns))
    for other in sheet.columns:
        options = options_of(scheme, other) if other is not field else None
        related = field.key == other.depends or field.depends == other.key
        if related and options and match_choice(text, options.choices) is not None:
            return f"；“{excerpt(text)}”是“{other.label}”的选项，像是填错了栏"
    return ""
