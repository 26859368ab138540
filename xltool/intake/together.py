"""几格合在一起才看得出的：封面的年度与表的年度、完成了多少当作水平、元填在万元格里。"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.facts.entry import Entry, EntryState
from xltool.facts.left_out import names_part
from xltool.facts.sizes import huge, in_ten_thousands
from xltool.messages import entries as say
from xltool.messages import form as form_say
from xltool.scheme.categories import COSTS, LEVEL2, SHEET, is_category
from xltool.scheme.contract.judging_words import COMPLETION, UNIT_COST
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.model import SheetKind
from xltool.values import Family, Measure, find_unit, fold, plain
from xltool.values.amounts import amount_of
from xltool.values.excerpt import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.facts.entry import EntryValue, Submission
    from xltool.finding import Finding, Message
    from xltool.scheme.model import Scheme

_COMPLETED: Final = re.compile(r"(?:已|共|已经|累计|实际|全部)?完成了?[0-9]+(?:\.[0-9]+)?%?")
_TEN_THOUSAND: Final = Decimal(10_000)
_BEYOND: Final = 1_000  # 成本指标的一千倍以上，不是同一个单位
_LARGE: Final = Decimal(10_000)  # 不到一亿元的不问


class Together(NamedTuple):
    """合看的结果：改了读法的格，和要说的。"""

    entries: Mapping[CellKey, Entry]
    findings: tuple[Finding, ...]


def read_together(scheme: Scheme, submission: Submission) -> Together:
    """一份报送各格读完之后合在一起看。"""
    sheet = _Sheet(scheme, submission)
    rates = tuple(sheet.completion_rates())
    said = (finding for _, _, finding in rates)
    findings = (*said, *sheet.weights(), *sheet.doubtful_sizes(), *sheet.left_over())
    return Together({key: entry for key, entry, _ in rates}, findings)


class _Sheet:
    """一份报送的各格。"""

    def __init__(self, scheme: Scheme, submission: Submission) -> None:
        self.scheme = scheme
        self.submission = submission

    def _value(self, key: CellKey) -> EntryValue:
        entry = self.submission.entries.get(key)
        return entry.value if entry else None

    def _say(self, key: CellKey, message: Message, **values: str) -> Finding:
        label = self.scheme.field(key).label
        return message.finding(self.submission.place(key), label=label, **values)

    def left_over(self) -> Iterator[Finding]:
        """记录表里必填的都清了、还剩别的栏的一行：剩下的在右边，往往看不见。"""
        for sheet in self.scheme.sheets:
            needed = [field.key for field in sheet.fields if field.required]
            rows = self.submission.records.get(sheet.key, ()) if needed else ()
            for row in rows:
                keys = [CellKey(sheet.key, row, field.key) for field in sheet.fields]
                kept = [key for key in keys if key in self.submission.entries]
                place = self.submission.place(kept[0])
                if place is not None and not {key.column for key in kept} & {*needed}:
                    labels = "、".join(f"“{self.scheme.field(key).label}”" for key in kept)
                    yield form_say.LEFT_OVER.finding(place, row=place.at.row, columns=labels)

    def weights(self) -> Iterator[Finding]:
        """分值由项目自定的，各行合计连同定好的应等于满分；有一行没填的先补上再看，其中项不必填。"""
        if not self.scheme.free_weights:
            return
        listed_rows = self.submission.records.get(SHEET, ())
        rows = [row for row in listed_rows if not self._unweighed_part(row)]
        if not rows:
            return
        keys = [CellKey(SHEET, row, "points") for row in rows]
        points = [value for key in keys if isinstance(value := self._value(key), Decimal)]
        if len(points) < len(rows):
            return
        fixed = self.scheme.settled
        listed, own = sum(points, Decimal(0)), sum((one.points for one in fixed), Decimal(0))
        total, full = self.scheme.precise(listed + own), self.scheme.full_marks
        if total != full:
            others = "".join(f"连同{one.title} {plain(one.points)} 分" for one in fixed)
            values = {"rows": listed, "total": total, "full": full}
            shown = {name: plain(value) for name, value in values.items()}
            place = self.submission.place(keys[-1])
            yield say.WEIGHTS.finding(place, others=others, **shown)

    def _unweighed_part(self, row: str) -> bool:
        """没有分值的“其中”项。"""
        title = self._value(CellKey(SHEET, row, "title"))
        blank = self._value(CellKey(SHEET, row, "points")) is None
        return blank and names_part(self.scheme, str(title or ""))

    def completion_rates(self) -> Iterator[tuple[CellKey, Entry, Finding]]:
        """问的是达到的水平，填的是“已完成100%”。"""
        for row in self.submission.records.get(SHEET, ()):
            key = CellKey(SHEET, row, "actual")
            entry = self.submission.entries.get(key)
            if entry is None or "完成" not in entry.raw:  # 每个指标都要问
                continue
            wanted = self._value(key._replace(column="expected"))
            if not isinstance(wanted, Measure) or wanted.number is None:
                continue
            name = str(self._value(key._replace(column="title")) or "")
            words = self.scheme.words(COMPLETION)
            asked = any(word in said for word in words for said in (name, wanted.raw))
            if asked or not self._completed(row, entry, wanted):
                continue
            unread = Entry(None, entry.raw, EntryState.UNREADABLE)
            raw, example = excerpt(entry.raw), excerpt(wanted.raw)
            yield (
                key,
                unread,
                self._say(key, say.COMPLETION_RATE, raw=raw, title=excerpt(name), example=example),
            )

    def _completed(self, row: str, entry: Entry, wanted: Measure) -> bool:
        """写的是完成了百分之几；“已完成12期”说的就是做了多少。"""
        if not isinstance(entry.value, Measure) or not _COMPLETED.fullmatch(fold(entry.raw)):
            return False
        column = find_unit(str(self._value(CellKey(SHEET, row, "unit")) or ""))
        unit = entry.value.unit or wanted.unit or column
        return unit is not None and unit.family is Family.RATIO

    def doubtful_sizes(self) -> Iterator[Finding]:
        """金额大得像是把元填进了万元的格；项目的另与它的成本指标比，部门的成本指标只是一部分，不比。"""
        limit, why_huge = huge(self.scheme)
        of_project = self.scheme.has("cover.project")
        cost, name = self._largest_cost() if of_project else (Decimal(0), "")
        for key, value in self._money():
            if cost and value >= _LARGE and value * _TEN_THOUSAND >= _BEYOND * cost:
                why = f"成本指标{name}"
            elif value >= limit:
                why = why_huge
            else:
                continue
            converted = plain(value / _TEN_THOUSAND)
            yield self._say(key, say.DOUBTFUL_SIZE, raw=plain(value), converted=converted, why=why)

    def _money(self) -> Iterator[tuple[CellKey, Decimal]]:
        """逐项表里以万元计的各格。"""
        for sheet in self.scheme.sheets:
            if sheet.kind is not SheetKind.FIELDS:
                continue
            for field in sheet.fields:
                key = CellKey(sheet.key, field.key, VALUE)
                value = self._value(key)
                if in_ten_thousands(field) and isinstance(value, Decimal):
                    yield key, value

    def _largest_cost(self) -> tuple[Decimal, str]:
        """成本指标里最大的金额（元），和它是哪一个；没有的是零。"""
        largest, name = Decimal(0), ""
        for row in self.submission.records.get(SHEET, ()):
            level2 = str(self._value(CellKey(SHEET, row, LEVEL2)) or "")
            if not is_category(self.scheme, level2, *COSTS):
                continue
            unit = find_unit(str(self._value(CellKey(SHEET, row, "unit")) or ""))
            title = str(self._value(CellKey(SHEET, row, "title")) or "")
            if any(word in title for word in self.scheme.words(UNIT_COST)):
                continue
            for column in ("expected", "actual"):
                measure = self._value(CellKey(SHEET, row, column))
                if not isinstance(measure, Measure):
                    continue
                amount = amount_of(measure, unit)
                money = amount and (amount.unit.money if amount.unit else amount.factor != 1)
                if amount is not None and money and amount.value > largest:
                    largest, name = amount.value, f"“{excerpt(title)}”是 {excerpt(measure.raw)}"
        return largest, name
