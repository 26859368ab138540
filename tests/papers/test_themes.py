"""通报里问题的主题：疑点规则照名称，填写、版式的问题说是哪一类，不抄填了什么。"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from xltool.assessment.noted import Noted
from xltool.collection.model import Unit
from xltool.collection.returning import cases_of
from xltool.collection.statuses import Due, UnitStatus
from xltool.collection.verdicts import CORRECT, DUE, VERDICTS, Carried, Opinion, Reviews
from xltool.consolidated.findings import level
from xltool.finding import Finding, Severity
from xltool.papers.themes import theme_items

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xltool.collection.model import Collection
    from xltool.consolidated.saved_book import SavedBook

ROWS = (
    {"code": "V156", "title": "填报", "message": "“电话”填的 13800138000 超出范围"},
    {"code": "V156", "title": "填报"},
    {"code": "V170", "title": "填报"},
    {"code": "R221", "title": "版式"},
    {"code": "K01", "title": "指标没有完成"},
)


class Doubts:
    """疑点清单的几行。"""

    def __init__(self, listed: Sequence[Mapping[str, str]] = ROWS) -> None:
        self._listed = listed

    def rows(self) -> range:
        return range(len(self._listed))

    def number(self, _row: int) -> int:
        return 1

    def text(self, row: int, key: str) -> str:
        return {"severity": "错误", "name": "甲局", **self._listed[row]}.get(key, "")


def test_what_was_filled_in_wrongly_is_told_by_its_kind() -> None:
    errors, themes = theme_items(cast("SavedBook", SimpleNamespace(doubts=Doubts())))
    assert errors == {1: 5}
    assert [(one["主题"], one["主要表现"]) for one in themes] == [
        (
            "表格填写不规范",
            "填的数超出范围（2处）；没有填全（1处）；版式与下发的表不同（1处）",
        ),
        ("指标值填报不规范、偏差没有说明", "指标没有完成（1处）"),
    ]


def note(severity: Severity, explained: str, waiver: str) -> Noted:
    return Noted(Finding("S05", severity, "有疑", "改", explained=explained), None, waiver)


KINDS = [
    note(severity, explained, waiver)
    for severity in Severity
    for explained in ("", "说明了")
    for waiver in ("", "批准了")
    if not explained or severity is Severity.WARNING
]
WORDS = ("", *VERDICTS, f"{CORRECT}　", "同意")


class OneNote(Unit):
    """采用了的一份，只有同批比出的一条。"""

    @property
    def adopted(self) -> bool:
        return True

    def slice(self, name: str) -> object:  # noqa: ARG002
        return ()


def sent_back(one: Noted, word: str) -> tuple[int, int]:
    """退回时须改正的、须说明的各几处。"""
    unit = OneNote(
        key="甲",
        code="",
        department="甲局",
        status=UnitStatus.REPORTED,
        listed=True,
        owner="甲",
        due=Due.OWED,
        file="甲.xlsx",
        batch=(one,),
    )
    collection = SimpleNamespace(
        units=(unit,),
        findings=(),
        files=(SimpleNamespace(file="甲.xlsx", sha256="", status="", unit="甲"),),
    )
    carried = Carried(Opinion(word), "", changed=False)
    reviews = Reviews(findings={("甲", 0): carried} if word else {})
    cases = cases_of(cast("Collection", collection), reviews, explain=True).cases
    return (cases[0].must, cases[0].explain) if cases else (0, 0)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("one", KINDS, ids=lambda one: f"{level(one)}{one.finding.label}")
def test_what_must_be_corrected_is_the_same_in_the_bulletin_and_in_what_is_sent_back(
    one: Noted, word: str
) -> None:
    row = {"severity": level(one), "verdict": word, "code": "S05", "title": "有疑"}
    errors, themes = theme_items(cast("SavedBook", SimpleNamespace(doubts=Doubts([row]))))
    listed = sum(int(theme["处数"]) for theme in themes)
    must = errors.get(1, 0)
    assert (must, listed - must) == sent_back(one, word)
    if word.strip() in DUE and not one.waiver:
        assert must == 1
