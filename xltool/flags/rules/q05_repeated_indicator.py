"""Q05 同一个指标列了两次。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.explaining import apart
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about
from xltool.scheme.labels import words_of
from xltool.values import fold, quote
from xltool.values.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.labels import Words


@rule(
    "Q05",
    severity=Severity.WARNING,
    remedy="留一个，另一个换成真正的产出或效益指标；确是两件事的，名称要分得开，或在“{indicators.note}”里写明有什么不同。",
    source="重建：评价机构复核口径“产出、效益重复设置的只计其一”",
    needs=("indicators.title", "indicators.expected", "indicators.actual"),
    fires="“培训人次”在产出里列了一次，在效益里又列一次",
    silent="产出列“培训人次”，效益列“参训人员持证率”",
)
def repeated_indicator(case: Case) -> Iterator[Judgement]:
    """同一个指标列了两次。

    产出和效益里写同一个指标，等于一件事得两份分；两处的完成值还不一样的，必有一处不对。
    """
    rows, unjudged = split_rows(case, "title")
    yield from unjudged
    first: dict[str, Target] = {}
    for row in rows:
        name = fold(tidy(row.title).body)
        before = first.setdefault(name, row)
        if before is not row:
            text = (
                f"与序号{before.record.row}重复{_apart(words_of(case.facts.scheme), before, row)}"
            )
            why = apart(case.facts, row.record)
            yield Hit(row.record.key("title"), about(row, text), explained=why)


def _apart(words: Words, before: Target, row: Target) -> str:
    """一个在产出、一个在效益；两处写的值不同。"""
    text = f"，一个在{before.level1}，一个在{row.level1}" if before.level1 != row.level1 else ""
    pairs = (
        (words.expected, before.expected.raw, row.expected.raw),
        (words.actual, before.actual.raw, row.actual.raw),
    )
    for name, one, other in pairs:
        if fold(one) != fold(other):
            text += f"，{name}却不同：“{quote(one)}”和“{quote(other)}”"
    return text
