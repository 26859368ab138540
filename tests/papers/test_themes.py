"""通报里问题的主题：疑点规则照名称，填写、版式的问题说是哪一类，不抄填了什么。"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from xltool.papers.themes import theme_items

if TYPE_CHECKING:
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

    def rows(self) -> range:
        return range(len(ROWS))

    def number(self, _row: int) -> int:
        return 1

    def text(self, row: int, key: str) -> str:
        return {"severity": "错误", "name": "甲局", **ROWS[row]}.get(key, "")


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
