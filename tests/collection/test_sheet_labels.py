"""几个方案合在一本里：表名后面接的字，由它找得回是哪个方案。"""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from xltool.collection.sheet_labels import labels_of, name_and_label, scheme_of, sheet_name
from xltool.scoring.catalogue import ready_schemes


def test_each_label_leads_back_to_its_own_scheme() -> None:
    """随程序带的任取几个、任何次序；同一表种的几版，版本也相同的，都在内。"""
    first = ready_schemes()[0]
    schemes = (*ready_schemes(), replace(first, id="copy", issued_by="别处"))
    for count in (1, 2, 3):
        for used in permutations(schemes, count):
            for scheme, label in zip(used, labels_of(used), strict=True):
                assert scheme_of(label, used) is scheme
                assert name_and_label(sheet_name("得分明细", label)) == ("得分明细", label)


def test_the_others_are_told_when_one_scheme_is_not_here() -> None:
    schemes = ready_schemes()
    for gone in range(len(schemes)):
        rest = [None if number == gone else one for number, one in enumerate(schemes)]
        found = [scheme_of(label, rest) for label in labels_of(schemes)]
        assert found == rest


def test_an_unknown_label_is_no_scheme() -> None:
    assert scheme_of("别的表", ready_schemes()) is None
    assert scheme_of("", ready_schemes()) is None
