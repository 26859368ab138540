"""读出的各条与人标的比：读到的要准，标了的要读到。"""

from __future__ import annotations

from collections import Counter

import pytest
from report_marks import REPORTS, SEED, claims, marks, measured

PRECISION, RECALL = 0.95, 0.80


@pytest.mark.parametrize("name", REPORTS)
def test_claims_are_those_a_person_marked(name: str) -> None:
    found = measured(claims(name), marks(name))
    told = found.right + len(found.wrong)
    assert found.right / told >= PRECISION, found.wrong
    assert found.right / (found.right + len(found.missed)) >= RECALL, found.missed


def test_every_kind_is_found_in_the_published_report() -> None:
    counts = Counter(claim.kind for claim in claims(SEED))
    assert len(counts) == len({mark.kind for mark in marks(SEED)})
    assert counts["rectification"] == counts["problem"] == counts["measure"] == len("二二")
    assert (counts["section"], counts["projects"], counts["count"]) == (1, 1, 4)


@pytest.mark.parametrize("change", ["figure", "unit", "year", "where"])
def test_a_claim_that_is_slightly_off_is_not_counted_as_right(change: str) -> None:
    """衡量的尺子自己是准的：改一处，就对不上。"""
    found = measured(claims(SEED), [mark for mark in marks(SEED) if mark.figure and mark.year])
    off = {
        "figure": lambda mark: mark.figure + "1",
        "unit": lambda _: "头",
        "year": lambda _: "1999",
        "where": lambda _: "九",
    }[change]
    from dataclasses import replace

    sure = [mark for mark in marks(SEED) if mark.kind == "数据"]
    moved = [replace(mark, **{change: off(mark)}) for mark in sure]
    again = measured(claims(SEED), moved)
    assert found.right > len(sure) // 2
    assert again.right == 0
