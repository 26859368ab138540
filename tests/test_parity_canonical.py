"""写回的内容与读出的报送：得分、算出的各项一样；汇总里的评分表就是按写回的内容算的。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

import pytest
from parity_cells import bare, differences, frozen
from parity_engines import formualizer_found
from parity_random import random_contents

from xltool.facts.entry import Entry, EntryState, Submission
from xltool.facts.typed import canonical, typed_submission
from xltool.facts.view import Facts
from xltool.scheme.model import FieldKind
from xltool.scoring.catalogue import evaluate, ready_scheme
from xltool.sheets.form.book import form_plan
from xltool.sheets.form.form import make_form
from xltool.values import parse_measure

if TYPE_CHECKING:
    from xltool.facts.typed import Typed
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Field

SCHEME, METHODS = ready_scheme("jiangmen-2025-special")
SEEDS = range(300)
NIGHTLY_SEEDS = range(10_000, 20_000)
MEASURES = (
    "405", "405家", "≥33", "33家", "约0", "约405", "≤40000万元", "19546.975万元", "4亿元", "1.5万",
    "15000", "100%", "0.95", "98.5%", "5个百分点", "提高5%", "80%-90%", "14/51", "规范",
    "2024年12月前", "2024年12月20日", "是", "有效促进（推动432家）", "不适用", "-5", "0", "3个月",
    "达到85%以上", "控制在300万元以内", "不低于90分", "企业满意度=90%",
)  # fmt: skip
UNITS = ("家", "%", "百分点", "万元", "亿元", "元", "日期", "无量纲", "某种单位", "个")
OPERATORS = ("≥", "≤", "=", ">", "<")
BROKEN = (
    Entry(None, "#DIV/0!", EntryState.ERROR),
    Entry(None, "", EntryState.NO_RESULT, formula=True),
    Entry(None, "未统计", EntryState.UNREADABLE),
)


class Reader:
    """把一份随机内容当作读出来的：指标值是文字里读出的，有的格读不成。"""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - a repeatable draw, nothing secret
        self.broken = self.random.choice((0.0, 0.02, 0.3))
        self.contents = random_contents(SCHEME, seed)

    def facts(self) -> Facts:
        entries = {key: self._entry(key, value) for key, value in self.contents.items()}
        rows: dict[str, list[str]] = {}
        for key in entries:
            if key.row.isdecimal() and key.sheet != SCHEME.form.key:
                listed = rows.setdefault(key.sheet, [])
                if key.row not in listed:
                    listed.append(key.row)
        submission = Submission(
            file="一份.xlsx",
            sha256="",
            scheme=SCHEME.id,
            version=SCHEME.version,
            entries=entries,
            records={sheet: tuple(listed) for sheet, listed in rows.items()},
        )
        return Facts(SCHEME, submission)

    def _entry(self, key: CellKey, value: Typed) -> Entry:
        field = SCHEME.field(key)
        if self.random.random() < self.broken:
            return self.random.choice(BROKEN)
        if field.kind is FieldKind.MEASURE:
            text = self.random.choice((*MEASURES, str(value), str(value)))
            return Entry(parse_measure(text, year=SCHEME.year), text)
        if key.sheet == "indicators" and key.column == "operator":
            return _text(self.random.choice(OPERATORS))
        if field.kind is FieldKind.SUGGESTION:
            return _text(self.random.choice(UNITS))
        return self._plain(field, value)

    def _plain(self, field: Field, value: Typed) -> Entry:
        """别的格：数还是数，文字还是文字；不合类型的读不成。"""
        if field.kind.numeric:
            if isinstance(value, Decimal):
                return Entry(value, str(value))
            return Entry(None, str(value), EntryState.UNREADABLE)
        if field.kind is FieldKind.DATE:
            known = isinstance(value, date)
            state = EntryState.VALUE if known else EntryState.UNREADABLE
            return Entry(value if known else None, str(value), state)
        listed = {option.value for options in SCHEME.options.values() for option in options.options}
        if field.kind is FieldKind.CHOICE and value not in listed:
            return Entry(None, str(value), EntryState.UNREADABLE)
        return _text(str(value))


def _text(text: str) -> Entry:
    return Entry(text, text)


def changes(seed: int) -> list[str]:
    """读出的与写回的有哪些得分不同。"""
    read = Reader(seed).facts()
    written = Facts(SCHEME, typed_submission(SCHEME, canonical(read)))
    before, after = evaluate(read, METHODS), evaluate(written, METHODS)
    told = [
        f"{seed} {one.code} 读 {one.value} 写 {other.value}"
        for one, other in zip(before.scores, after.scores, strict=True)
        if one.value != other.value
    ]
    same = (before.total, before.grade, before.by_level) == (
        after.total,
        after.grade,
        after.by_level,
    )
    return told if told or same else [f"{seed} 合计"]


def test_scores_survive_writing_back() -> None:
    assert [line for seed in SEEDS for line in changes(seed)] == []


@pytest.mark.nightly
def test_many_scores_survive_writing_back() -> None:
    assert [line for seed in NIGHTLY_SEEDS for line in changes(seed)] == []


def test_formulas_on_what_is_written_back_agree() -> None:
    """写回的内容成为一份表，公式在上面算出的就是读出时的得分。"""
    for seed in SEEDS[:15]:
        form = make_form(SCHEME, canonical(Reader(seed).facts()))
        plan = bare(frozen(form_plan(form)))
        assert differences(plan, formualizer_found(plan)) == [], seed
