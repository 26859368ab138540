"""字眼表里的话怎样找：隔着几个字，长的先认，是别的词一部分的不算；方案另写的算数。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from facts_builder import build_facts

from xltool.facts.naming import bounded_rates, says_difference, wide_differences
from xltool.facts.phrases import any_of, any_phrase, has_any
from xltool.flags.rectifying import claimed_state
from xltool.flags.statements import said_of, subject_of
from xltool.scheme.contract.judging_words import (
    BOUNDED_RATES,
    RATE_DIFFERENCE,
    RECTIFYING,
    STATEMENTS,
)
from xltool.scheme.options import Option, OptionList
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme


def own(options: str, **words: tuple[str, ...]) -> Scheme:
    """一个字眼表另写的方案。"""
    scheme = ready_scheme("jiangmen-2025-special")[0]
    listed = tuple(Option(key, first, tuple(rest)) for key, (first, *rest) in words.items())
    return replace(scheme, options={**scheme.options, options: OptionList(options, "字", listed)})


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("正在…整改", "正在整改", True),
        ("正在…整改", "我局正在逐项整改中", True),
        ("正在…整改", "正在逐一项整改", False),
        ("正在……整改", "正在逐一项整改", True),
        ("正在……整改", "正在，整改", False),
        ("正在……整改", "正在；整改", False),
        ("正在……整改", "正在。整改", False),
        ("正在……整改", "整改正在", False),
        ("整改(完", "整改(完", True),
        ("整改.完", "整改已完", False),
    ],
)
def test_a_gap_is_a_few_characters_of_one_clause(phrase: str, text: str, *, found: bool) -> None:
    assert bool(any_phrase(("别的", phrase)).search(text)) is found


def test_nothing_is_found_without_words() -> None:
    assert not any_of(()).search("")
    assert not any_phrase(()).search("整改")
    assert any_of(()).sub("", "整改") == "整改"


def test_the_longest_counts_and_a_part_of_another_word_does_not() -> None:
    assert any_of(("额", "金额", "数额")).sub("", "投资金额") == "投资"
    assert has_any(("高于",), "增速高于全市", ("不高于",))
    assert not has_any(("高于",), "增速不高于全市", ("不高于",))
    assert has_any(("高于",), "不高于全市而高于全省", ("不高于",))
    assert not has_any(("指标",), "指一级指标标", ("一级指标",))


def test_words_of_its_own_are_those_that_count() -> None:
    apart = own(RATE_DIFFERENCE, difference=("快于", "差幅"), rate=("增速",))
    assert says_difference(apart, "增速快于全市")
    assert not says_difference(apart, "增速高于全市")
    assert wide_differences(apart) == ("差", "快于")
    rates = own(BOUNDED_RATES, word1=("上座率",), word2=("份额",))
    assert bounded_rates(rates) == ("上座率", "份额", "上座度")
    state = own(RECTIFYING, doing=("着手…整改",), done=("改好了",))
    facts = build_facts(state, records={"rectification": [{"progress": "已着手去整改"}]})
    assert claimed_state(facts, facts.records("rectification")[0]) == "doing"
    said = said_of(own(STATEMENTS, total=("凡",), not_total=("凡是",), ending=("之数",)))
    assert said.total.search("凡推动企业")
    assert not said.total.search("凡是企业")
    assert not said.target.search("目标")
    assert subject_of("凡推动企业之数", said) == "推动企业"
