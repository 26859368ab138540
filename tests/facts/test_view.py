"""事实：取数、取文字、取记录、位置；空白不是零。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from scoring_builder import SCHEME_ID, facts_of

from xltool.address import At, Place
from xltool.facts.entry import Entry, EntryState, LocatedBlock, Submission
from xltool.facts.view import Facts
from xltool.scheme.key import CellKey
from xltool.scheme.loader import load_scheme
from xltool.values import Kind

SCHEME = load_scheme(SCHEME_ID)
TOTAL = CellKey("finance", "total")


def test_numbers_text_and_days() -> None:
    facts = facts_of(
        SCHEME, {"finance.total": "0", "cover.filler": "张三", "cover.date": "2025-04-18"}
    )
    assert facts.number(TOTAL) == 0
    assert facts.number("finance.total") == 0
    assert not facts.blank(TOTAL)
    assert facts.text("cover.filler") == "张三"
    assert facts.day("cover.date") == date(2025, 4, 18)


def test_blank_is_not_zero() -> None:
    facts = facts_of(SCHEME)
    assert facts.number(TOTAL) is None
    assert facts.text("cover.filler") == ""
    assert facts.day("cover.date") is None
    assert facts.blank(TOTAL)
    assert facts.entry(TOTAL).state is EntryState.BLANK


def test_a_value_of_another_type_is_not_taken() -> None:
    facts = facts_of(SCHEME, {"cover.filler": "张三", "finance.total": "5"})
    assert facts.number("cover.filler") is None
    assert facts.text("finance.total") == ""


def test_unreadable_text_is_neither_blank_nor_a_number() -> None:
    entry = Entry(None, "约五千", EntryState.UNREADABLE)
    submission = Submission(
        file="甲.xlsx", sha256="", scheme=SCHEME.id, version="", entries={TOTAL: entry}
    )
    facts = Facts(SCHEME, submission)
    assert facts.number(TOTAL) is None
    assert not facts.blank(TOTAL)
    assert facts.entry(TOTAL).raw == "约五千"


def test_records_keep_the_order_of_the_file() -> None:
    facts = facts_of(SCHEME, funds=[{"name": "乙", "planned": "3"}, {"name": "甲"}])
    rows = facts.records("funds")
    assert [row.text("name") for row in rows] == ["乙", "甲"]
    assert [row.number("planned") for row in rows] == [3, None]
    assert rows[1].key("paid") == CellKey("funds", "2", "paid")
    assert facts.records("tasks") == ()


def test_a_measure_that_was_not_filled() -> None:
    facts = facts_of(SCHEME, indicators=[{"title": "企业数", "expected": "≥33家"}])
    row = facts.records("indicators")[0]
    assert row.measure("expected").number == 33
    assert row.measure("actual").kind is Kind.NA
    assert row.measure("actual").raw == ""


def test_form_rows_follow_the_scheme() -> None:
    rows = facts_of(SCHEME).form_rows
    assert [row.row for row in rows] == [item.code for item in SCHEME.indicators]
    assert rows[0].key("self_score") == CellKey("form", "01", "self_score")


def test_options() -> None:
    facts = facts_of(SCHEME)
    assert facts.option("是", "yes_no", "yes")
    assert facts.option("不适用", "yes_no_na", "yes", "not_applicable")
    assert not facts.option("否", "yes_no", "yes")
    assert not facts.option("", "yes_no", "yes", "no")


def test_place_in_the_file_as_sent() -> None:
    block = LocatedBlock("收支与资产 (2)", {"value": 4}, {"total": 9})
    submission = Submission(
        file="甲.xlsx",
        sha256="",
        scheme=SCHEME.id,
        version="",
        entries={},
        blocks={"finance": block},
    )
    facts = Facts(SCHEME, submission)
    assert facts.place(TOTAL) == Place("收支与资产 (2)", At(9, 4))
    assert facts.place("finance.total") == facts.place(TOTAL)
    assert facts.place("finance.basic") is None
    assert facts.place(CellKey("finance", "total", "note")) is None
    assert facts.place("cover.filler") is None


@pytest.mark.parametrize(
    ("fields", "rate"),
    [
        ({"finance.adjusted": "90", "finance.initial": "100"}, "0.1"),
        ({"finance.adjusted": "110", "finance.initial": "100"}, "0.1"),
        ({"finance.adjusted": "100", "finance.initial": "100"}, "0"),
        ({"finance.adjusted": "100", "finance.initial": "0"}, "1"),
        ({"finance.adjusted": "0", "finance.initial": "0"}, "0"),
        ({"finance.adjusted": "100"}, None),
        ({"finance.initial": "100"}, None),
    ],
)
def test_computed_field(fields: dict[str, str], rate: str | None) -> None:
    value = facts_of(SCHEME, fields).number("finance.adjustment_rate")
    assert value == (None if rate is None else Decimal(rate))


def test_a_value_typed_over_a_computed_cell_is_ignored() -> None:
    fields = {"finance.adjustment_rate": "0", "finance.adjusted": "5", "finance.initial": "10"}
    assert facts_of(SCHEME, fields).number("finance.adjustment_rate") == Decimal("0.5")
