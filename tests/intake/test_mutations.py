"""单位把表改来改去以后，没有一个值悄悄地变、丢、多出来；改动最多叠三层。"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from form_contents import few_blank_bytes, few_bytes, few_entries
from form_oracle import problems
from mutation_scene import Trace
from mutations import Scene
from mutations_cells import MUTATIONS
from openpyxl_books import changed

if TYPE_CHECKING:
    from openpyxl import Workbook

NAMES = sorted(MUTATIONS)


def broken(data: bytes, seed: int, names: list[str]) -> list[str]:
    """照这些改动改过以后，读错而没有说的地方。"""
    dice = random.Random(seed)  # noqa: S311 - a fixed seed for tests
    trace = Trace()

    def change(book: Workbook) -> None:
        scene = Scene(book, dice, trace)
        for name in names:
            MUTATIONS[name](scene)

    after = changed(data, change)
    base = few_entries() if data is few_bytes() else {}
    if data is not few_bytes():
        trace.dropped.clear()
    return problems(after, base, trace)


def stacked(seed: int) -> list[str]:
    dice = random.Random(seed)  # noqa: S311 - a fixed seed for tests
    return [dice.choice(NAMES) for _ in range(dice.randint(2, 3))]


def test_the_unchanged_form_reads_as_written() -> None:
    assert problems(few_bytes(), few_entries(), Trace()) == []


@pytest.mark.parametrize("name", NAMES)
def test_each_change_alone(name: str) -> None:
    assert broken(few_bytes(), 1, [name]) == []


@pytest.mark.parametrize("start", range(0, len(NAMES), 3))
def test_changes_to_the_blank_template(start: int) -> None:
    assert broken(few_blank_bytes(), 2, NAMES[start : start + 3]) == []


def dealt(deals: int) -> list[tuple[str, ...]]:
    """各种改动洗几次牌，两三种一叠发完：每种都与别的叠过 `deals` 次。"""
    dice = random.Random(7)  # noqa: S311 - a fixed seed for tests
    stacks = []
    for _ in range(deals):
        left = dice.sample(NAMES, len(NAMES))
        while left:
            size = len(left) if len(left) < 4 else dice.randint(2, 3)
            stacks.append(tuple(left[:size]))
            del left[:size]
    return stacks


DEALS, DAILY = 3, 1  # 洗几次牌；平时走几次的


@pytest.mark.parametrize("names", dealt(DAILY), ids="+".join)
def test_stacked_changes(names: tuple[str, ...]) -> None:
    assert broken(few_bytes(), len(names), list(names)) == []


@pytest.mark.nightly
@pytest.mark.parametrize("names", dealt(DEALS)[len(dealt(DAILY)) :], ids="+".join)
def test_further_stacked_changes(names: tuple[str, ...]) -> None:
    assert broken(few_bytes(), len(names), list(names)) == []


@pytest.mark.nightly
@pytest.mark.parametrize("chunk", range(40))
def test_many_stacked_changes(chunk: int) -> None:
    failed = {}
    for seed in range(1000 + chunk * 50, 1050 + chunk * 50):
        found = broken(few_bytes(), seed, stacked(seed))
        if found:
            failed[seed] = (stacked(seed), found[:3])
    assert failed == {}
