"""Q01 量化不足。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.direction import named_word
from xltool.facts.phrases import has_any, ways
from xltool.finding import Severity
from xltool.flags.rows import split_rows, unquantified
from xltool.flags.rule import Hit, rule
from xltool.flags.vagueness import vague_word
from xltool.flags.wording import about, target_of
from xltool.scheme.contract.judging_words import MEASURED
from xltool.scheme.contract.word_lists import ACTIONS
from xltool.scheme.labels import words_of
from xltool.scheme.thresholds import Threshold
from xltool.values import Kind, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.model import Scheme

SHARE = Threshold(
    "Q01.share",
    "名称不是比率的，目标多少以上的百分数看不出怎样算",
    Decimal("0.8"),
    "%",
    "假设：提高一两成可以是增幅，八成以上不会是",
)
_IN_WORDS = frozenset({Kind.BOOL, Kind.QUAL})


@rule(
    "Q01",
    severity=Severity.WARNING,
    also=(Severity.NOTICE,),
    remedy="下年度把{indicators.expected}改成可以衡量的数或明确的状态；本年度在“达成情况”里选一档并举出事实。",
    source="报告：2023年度重点绩效评价指出“部分指标值量化不足”，如“持续促进”",
    thresholds=(SHARE,),
    needs=("indicators.expected", "indicators.tier"),
    fires="预期值“有效促进”，没有选达成情况为警告；预期值“规范”“是”，或选了达成情况的“有效促进”，为提示；"
    "“促进教育事业发展 ≥100%”为提示",
    silent="预期值≥85%；预期值“建立管护机制”，达成情况选了一档",
)
def unquantified_target(case: Case) -> Iterator[Judgement]:
    """预期值没有量化。

    “有效促进”之类的预期值怎样都能说完成，无法衡量，也无法改进。
    """
    scheme, words = case.facts.scheme, words_of(case.facts.scheme)
    rows, unjudged = split_rows(case, "expected")
    yield from unjudged
    for row in rows:
        key = row.record.key("expected")
        wanted = f"{words.expected}“{quote(row.expected.raw)}”"
        if row.expected.kind is Kind.STATE:
            text = f"{wanted}是状态，没有量化的标准"
            yield Hit(key, about(row, text), Severity.NOTICE)
        elif unquantified(row):
            yield Hit(key, about(row, f"{wanted}没有数，也没有选达成情况，无法衡量"))
        elif row.expected.kind in _IN_WORDS and (word := vague_word(scheme, row.expected.raw)):
            only = "只分是、否" if row.expected.kind is Kind.BOOL else f"只说“{word}”"
            text = f"{wanted}{only}，没有量化的标准"
            yield Hit(key, about(row, text), Severity.NOTICE)
        elif _share_of_an_action(scheme, row):
            target = f"{words.expected}{target_of(row)}"
            text = f"{target}，而名称说的是一件事，不是比率，看不出怎样算"
            yield Hit(key, about(row, text), Severity.NOTICE)


def _share_of_an_action(scheme: Scheme, row: Target) -> bool:
    """“促进教育事业健康发展 ≥100%”：名称说的是做什么，没有一个能算百分数的名词。"""
    unit, number = row.expected.unit or row.unit, row.expected.number
    share = row.expected.kind is Kind.NUM and unit is not None and unit.name == "%"
    if not share or number is None or number < SHARE.of(scheme) * 100:
        return False
    return bool(named_word(scheme, ACTIONS, row.title)) and not _measured(scheme, row.title)


def _measured(scheme: Scheme, title: str) -> bool:
    """名称里有能算百分数的名词。"""
    within, ending = (ways(scheme, MEASURED, one) for one in ("within", "ending"))
    return title.strip().endswith(ending) or has_any(within, title)
