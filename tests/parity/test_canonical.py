"""写回的内容与读出的报送：得分、算出的各项一样；汇总里的评分表就是按写回的内容算的。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

import pytest
from parity_books import form_book
from parity_cells import differences
from parity_engines import formualizer_each, needs_office
from parity_office import office_changing
from parity_random import random_contents
from scheme_variants import ADMITTED, brief, shipped, variants

from xltool.facts.entry import Entry, EntryState, Submission
from xltool.facts.typed import canonical, typed_submission
from xltool.facts.view import Facts
from xltool.form.form import make_form
from xltool.scheme.key import CellKey
from xltool.scheme.model import FieldKind
from xltool.scoring.catalogue import evaluate, methods_of
from xltool.values import parse_measure

if TYPE_CHECKING:
    from pathlib import Path

    from parity_cells import Book

    from xltool.facts.typed import Contents, Typed
    from xltool.scheme.model import Field, Scheme

SEEDS = range(160, 260)
FEW = 20  # 平时看几个
NIGHTLY_SEEDS = range(10_000, 12_000)
SCHEMES = shipped() | {
    name: variants()[name] for name in (ADMITTED, "按金额加权", "有调整值（mof-project）")
}
each_scheme = pytest.mark.parametrize("name", SCHEMES)
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

    def __init__(self, scheme: Scheme, seed: int) -> None:
        self.scheme = scheme
        self.random = Random(seed)  # noqa: S311 - a repeatable draw, nothing secret
        self.broken = self.random.choice((0.0, 0.02, 0.3))
        self.contents = random_contents(scheme, seed)

    def facts(self) -> Facts:
        entries = {key: self._entry(key, value) for key, value in self.contents.items()}
        rows: dict[str, list[str]] = {}
        for key in entries:
            if key.row.isdecimal() and key.sheet != self.scheme.score_sheet.key:
                listed = rows.setdefault(key.sheet, [])
                if key.row not in listed:
                    listed.append(key.row)
        submission = Submission(
            file="一份.xlsx",
            sha256="",
            scheme=self.scheme.id,
            version=self.scheme.version,
            entries=entries,
            records={sheet: tuple(listed) for sheet, listed in rows.items()},
        )
        return Facts(self.scheme, submission)

    def _entry(self, key: CellKey, value: Typed) -> Entry:
        field = self.scheme.field(key)
        if self.random.random() < self.broken:
            return self.random.choice(BROKEN)
        if field.kind is FieldKind.MEASURE:
            text = self.random.choice((*MEASURES, *[str(value)] * 60))
            return Entry(parse_measure(text, year=self.scheme.year), text)
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
        if field.kind.dated:
            known = isinstance(value, date)
            state = EntryState.VALUE if known else EntryState.UNREADABLE
            return Entry(value if known else None, str(value), state)
        listed = {
            option.value for options in self.scheme.options.values() for option in options.options
        }
        if field.kind is FieldKind.CHOICE and value not in listed:
            return Entry(None, str(value), EntryState.UNREADABLE)
        return _text(str(value))


def _text(text: str) -> Entry:
    return Entry(text, text)


def changes(scheme: Scheme, seed: int) -> list[str]:
    """读出的与写回的有哪些得分不同。"""
    methods = methods_of(scheme)
    read = Reader(scheme, seed).facts()
    written = Facts(scheme, typed_submission(scheme, canonical(read)))
    before, after = evaluate(read, methods), evaluate(written, methods)
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


@each_scheme
def test_scores_survive_writing_back(name: str) -> None:
    assert [line for seed in SEEDS[:FEW] for line in changes(SCHEMES[name], seed)] == []


@pytest.mark.nightly
@each_scheme
def test_many_scores_survive_writing_back(name: str) -> None:
    seeds = (*SEEDS[FEW:], *NIGHTLY_SEEDS)
    assert [line for seed in seeds for line in changes(SCHEMES[name], seed)] == []


def written_back(scheme: Scheme, seeds: range) -> dict[str, Book]:
    """写回的内容成为一份表；内容照整份的排，表只备几行。"""
    contents = {f"{n}": canonical(Reader(scheme, n).facts()) for n in seeds}
    return {name: form_book(make_form(brief(scheme), one)) for name, one in contents.items()}


@pytest.mark.parametrize("name", [name for name in SCHEMES if name != ADMITTED])
def test_formulas_on_what_is_written_back_agree(name: str) -> None:
    """公式在上面算出的就是读出时的得分。"""
    plans = written_back(SCHEMES[name], SEEDS[:4])
    found = formualizer_each(plans.values())
    assert [differences(*pair) for pair in zip(plans.values(), found, strict=True)] == [[]] * 4


@needs_office
@pytest.mark.parametrize("seeds", [SEEDS[:4], pytest.param(SEEDS[4:], marks=pytest.mark.nightly)])
def test_what_refers_to_a_record_finds_it_when_written_back(seeds: range, tmp_path: Path) -> None:
    """空着几行的，报告以序号点到的还是那一行。"""
    plans = written_back(SCHEMES[ADMITTED], seeds)
    found = office_changing(plans, tmp_path)
    told = {name: differences(plan, found[name]) for name, plan in plans.items()}
    assert {name: cells for name, cells in told.items() if cells} == {}


def test_what_is_written_back_keeps_its_number() -> None:
    """只填了第 2、5 行的，写回后还是第 2、5 行：报告点到的第 5 号是同一个指标。"""
    scheme = SCHEMES[ADMITTED]
    goal = {
        "level1": "产出", "level2": "数量指标", "title": "企业数", "expected": Decimal(10),
        "actual": Decimal(20),
    }  # fmt: skip
    claim = {"kind": "存在问题", "topic": "预期值过于保守", "indicator": "5"}
    rows = {("indicators", "2"): goal, ("indicators", "5"): goal, ("claims", "3"): claim}
    contents = {
        CellKey(*row, column): value for row, one in rows.items() for column, value in one.items()
    }
    written = canonical(Facts(scheme, typed_submission(scheme, contents)))
    assert written == contents
    assert evaluate_of(scheme, written) == Decimal("9.00")  # (100%+80%)÷2×10


def evaluate_of(scheme: Scheme, contents: Contents) -> Decimal | None:
    """产出指标的得分。"""
    facts = Facts(scheme, typed_submission(scheme, contents))
    return evaluate(facts, methods_of(scheme)).of("01").value
