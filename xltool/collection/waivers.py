"""豁免：财政部门认可的例外，哪条规则、哪个单位、哪一处、为什么、谁批的、到什么时候。

豁免了的疑点照样列出，划去，不计数；过期的、没有用到的豁免也要说出来。
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xltool.collection.table import OddRows, find_tables
from xltool.finding import Finding
from xltool.flags.registry import rules
from xltool.messages import waivers as say
from xltool.values import fold, quote, read_date
from xltool.values.file_names import safe_name
from xltool.values.masking import masked
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from xltool.address import Place
    from xltool.collection.table import HeadedTable

# 各栏认得的表头，第一个是正式的写法；规则、单位、位置与疑点清单的表头相同，可以从那里复制
HEADINGS: Final = {
    "rule": ("规则", "编码", "规则编码"),
    "unit": ("单位", "单位名称", "部门名称"),
    "where": ("位置", "单元格"),
    "reason": ("理由", "豁免理由"),
    "by": ("批准人", "谁批准", "经办人"),
    "day": ("批准日期", "日期", "豁免日期"),
    "until": ("有效期至", "截止日期", "到期日"),
}
_NEEDED: Final = ("rule", "unit", "reason")
_MUST: Final = ("rule", "unit", "reason", "by", "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """一条豁免；`where` 空着是这个单位这条规则的各处。`place` 是它在豁免表里的位置。"""

    rule: str
    unit: str
    where: str
    reason: str
    by: str
    day: date
    until: date | None
    place: Place

    @property
    def statement(self) -> str:
        """写在豁免了的疑点旁边的话。"""
        end = f"，有效期至{self.until.isoformat()}" if self.until else ""
        return f"{self.reason}（{self.by}，{self.day.isoformat()}{end}）"

    def covers(self, finding: Finding) -> bool:
        """这一处在不在豁免之内（单位另看）。"""
        same = not self.where or fold(self.where) == fold(finding.where)
        return finding.code == self.rule and same

    def expired(self, day: date | None) -> bool:
        """到某一天是不是过期了；不知道是哪一天的不算过期。"""
        return self.until is not None and day is not None and day > self.until


@dataclass(frozen=True, slots=True)
class Waivers:
    """一份豁免表：文件名、能用的各条、读的时候发现的问题。"""

    file: str
    listed: tuple[Waiver, ...]
    findings: tuple[Finding, ...]


def read_waivers(path: Path) -> Waivers | Finding:
    """读豁免表；读不了的给出原因。"""
    file = safe_name(path.name)
    book = read_book(path)
    if isinstance(book, Finding):
        return say.UNREADABLE.finding(file=file, reason=book.message, remedy=book.remedy)
    tables = [
        table
        for grid in book.grids
        for table in find_tables(grid, HEADINGS, _NEEDED, date_1904=book.date_1904)
    ]
    if tables:
        return _waivers(file, tables)
    headings = "、".join(HEADINGS[key][0] for key in _NEEDED)
    return say.HEADER.finding(file=file, headings=headings).in_file(file)


def _waivers(file: str, tables: Sequence[HeadedTable]) -> Waivers:
    listed: list[Waiver] = []
    findings: list[Finding] = []
    for table in tables:
        odd = OddRows(table)
        for row in odd.records():
            texts = {key: table.text(row, key) for key in HEADINGS}
            faults = list(_faults(table, row, texts)) if any(texts.values()) else []
            findings += faults
            day, until = (read_date(texts[key]).value for key in ("day", "until"))
            if faults or day is None:
                continue
            waiver = Waiver(
                rule=fold(texts["rule"]).upper(),
                unit=texts["unit"],
                where=texts["where"],
                reason=masked(texts["reason"]),
                by=texts["by"],
                day=day,
                until=until,
                place=table.place(row, "rule"),
            )
            listed.append(waiver)
        findings += odd.told()
    return Waivers(file, tuple(listed), tuple(one.in_file(file) for one in findings))


def _faults(table: HeadedTable, row: int, texts: dict[str, str]) -> Iterator[Finding]:
    for key in _MUST:
        if not texts[key]:
            yield say.MISSING.finding(table.place(row, key), heading=HEADINGS[key][0])
    if texts["rule"] and fold(texts["rule"]).upper() not in {rule.code for rule in rules()}:
        place = table.place(row, "rule")
        yield say.UNKNOWN_RULE.finding(place, found=quote(texts["rule"]))
    for key in ("day", "until"):
        if texts[key] and read_date(texts[key]).value is None:
            found = quote(texts[key])
            yield say.BAD_DATE.finding(table.place(row, key), heading=HEADINGS[key][0], found=found)
