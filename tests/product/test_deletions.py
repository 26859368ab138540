"""从随程序带的方案里删去任何一样：要么查方案时指出文件和键，要么全程照样走得通。"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

import pytest
from flag_pages import examples, pages
from scheme_deletions import FREED, deletions, freed, table_of, together
from scheme_journey import travel
from scheme_variants import brief

from xltool.excel.trial import trial_problems
from xltool.facts.view import Facts
from xltool.flags.judging import findings, judge
from xltool.flags.rule import Case
from xltool.flags.wording import name_of
from xltool.scheme.contract.catalogue import NEEDS
from xltool.scheme.key import VALUE
from xltool.scheme.problem import SchemeProblem
from xltool.scheme.sources import shipped_ids
from xltool.scoring.catalogue import evaluate, methods_of, ready_scheme
from xltool.soundness import faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from scheme_deletions import Variant

    from xltool.facts.entry import Submission
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme

SPREAD = 9  # 少了一样，看九分之一的例子；每个例子都有几样来试
# 项目的表看早先的一版：印成一页的，排在页上的项删不去，由方案的检查说
SPECIAL, PROJECT = "jiangmen-2025-special", "mof-project-2020-1"
# 从前查方案时放过、用的时候出错的；每次都走
ONCE_CRASHED = {
    *("form.self_score", "form.reason"),
    *("indicators.note", "indicators.self_score", "indicators.factor", "indicators.completion"),
    *("funds.as_of", "funds.note"),
    *("options.operator.ge", "options.operator.gt", "claims.figure"),
    *("options.claim_kind.figure", "options.claim_kind.arithmetic", "options.claim_kind.count"),
    *("options.claim_kind.problem", "options.claim_kind.rectification"),
    *("options.claim_kind.section", "options.claim_kind.projects"),
}


class Judged:
    """删去了一样的方案，和查出的毛病；没有毛病的才有 `scheme`。"""

    def __init__(self, variant: Variant) -> None:
        self.variant = variant
        self.scheme: Scheme | None = None
        self.problem: SchemeProblem | None = None
        try:
            scheme = variant.build()
        except SchemeProblem as problem:
            self.problem = problem
            return
        first = next(iter(faults(scheme)), None)
        if first is None:
            self.scheme = brief(scheme)
        else:
            self.problem = SchemeProblem(scheme.file, *first)


@cache
def judged(base: str) -> tuple[Judged, ...]:
    """逐样删去的，和连同提到它的地方一起删去的。"""
    return tuple(judging(deletions(base)))


def judging(variants: Iterable[Variant]) -> list[Judged]:
    found = []
    for variant in variants:
        bare = Judged(variant)
        found.append(bare)
        if bare.scheme is None:
            found.append(Judged(freed(variant)))
    return found


def named(variant: Variant) -> str:
    """删去的是什么，照约定的写法。"""
    return variant.name.partition("（")[0].removeprefix("sheets.")


# 别的几种表是它的同类，每晚看
KINDS = [
    one if one == SPECIAL else pytest.param(one, marks=pytest.mark.nightly) for one in shipped_ids()
]


@pytest.mark.parametrize("base", KINDS)
def test_every_deletion_is_refused_with_its_place_or_usable(base: str) -> None:
    usable = 0
    for one in judged(base):
        usable += one.scheme is not None
        if one.problem is not None:
            assert one.problem.file == f"{base}.toml", one.variant.name
            assert one.problem.path, one.variant.name
            assert one.problem.message, one.variant.name
    assert usable > len(judged(base)) / 3


def sample(base: str) -> list[Judged]:
    """约定里有名字的，从前出过错的，加上每张表、每个选项表里第一样别的；约定里的只走一种方案。"""
    chosen, seen = [], set[str]()
    elsewhere = told_by_project() if base == SPECIAL else frozenset()
    for one in judged(base):
        if one.scheme is None:
            continue
        name = named(one.variant)
        group = name.rpartition(".")[0]
        if name in ONCE_CRASHED or (name in NEEDS and name not in elsewhere):
            chosen.append(one)
        elif name not in NEEDS and group not in seen:
            seen.add(group)
            chosen.append(one)
    return chosen


@cache
def told_by_project() -> frozenset[str]:
    """约定里有名字、项目的表删得去的。"""
    agreed = (variant for variant in deletions(PROJECT) if named(variant) in NEEDS)
    return frozenset(named(one.variant) for one in judging(agreed) if one.scheme is not None)


def dealt(chosen: list[Judged]) -> Iterator[list[Judged]]:
    """几样一起走，各与不同的表有关，谁也不遮住谁；别处没有提到的整张表排在最后。

    删去整个列表、别处提到的整张表的单走。选项各管各的，一个列表里有好几个的，两两一起。
    """
    piles: dict[str, list[list[Judged]]] = {}
    options: dict[str, list[Judged]] = {}
    wholes: list[Judged] = []
    for one in chosen:
        name = one.variant.name
        if name.count(".") == 1 and (name.endswith(FREED) or name.startswith("options.")):
            yield [one]
        elif name.count(".") == 1:
            wholes.append(one)
        elif name.startswith("options."):
            options.setdefault(name.rpartition(".")[0], []).append(one)
        else:
            piles.setdefault(table_of(one.variant), []).append([one])
    for listed in options.values():
        step = 2 if len(listed) > 2 else 1
        pairs = [listed[n : n + step] for n in range(0, len(listed), step)]
        piles.setdefault(table_of(listed[0].variant), []).extend(pairs)
    for one in wholes:
        piles.setdefault(table_of(one.variant), []).append([one])
    for row in zip_longest(*piles.values(), fillvalue=()):
        yield [one for several in row for one in several]


@pytest.mark.parametrize("base", [SPECIAL, pytest.param(PROJECT, marks=pytest.mark.nightly)])
def test_what_is_left_goes_all_the_way(base: str, tmp_path: Path) -> None:
    """一样一样单走的在 nightly。"""
    chosen = sample(base)
    assert len(chosen) > 30
    gone, groups = 0, set[str]()
    for several in dealt(chosen):
        joint = Judged(together([one.variant for one in several]))
        for one in [joint] if joint.scheme is not None else several:
            found = {table_of(one.variant) for one in several}
            go(one, tmp_path, workbook=not found <= groups)  # 读写方案工作簿慢，一组走一次
            groups |= found
        gone += len(several)
    assert gone == len(chosen)


# 绩效指标没有完成率一栏的：自查用到的栏、界限照样在，几栏照样分着写
@pytest.mark.parametrize(
    "gone", ["sheets.indicators.tier", "sheets.indicators.completion", "sheets.cover.self_total"]
)
def test_a_table_of_targets_is_checked_without_a_completion_rate(gone: str) -> None:
    variant = next(one for one in deletions("mof-project-2020-1") if one.name == gone)
    scheme = Judged(freed(variant)).scheme
    assert scheme is not None
    assert not scheme.has("indicators.completion") or gone.startswith("sheets.cover")
    assert trial_problems(scheme) == ()


@pytest.mark.nightly
@pytest.mark.parametrize("base", shipped_ids())
def test_every_deletion_goes_all_the_way(base: str, tmp_path: Path) -> None:
    for one in judged(base):
        if one.scheme is not None:
            go(one, tmp_path, workbook=True)


@cache
def told() -> tuple[Case, ...]:
    """规则页里有专项资金的表的全部例子。"""
    scheme, methods = ready_scheme(SPECIAL)
    return tuple(one.case(scheme, methods) for page in pages() for one in examples(page))


@pytest.mark.parametrize("spread", [SPREAD, pytest.param(1, marks=pytest.mark.nightly)])
def test_no_rule_stumbles_over_what_is_not_there(spread: int) -> None:
    """规则页里的例子少了一样，有关的规则不判，别的照判：不出错，说得出格的名字。"""
    tried = turn = 0
    for one in judged(SPECIAL):
        scheme = one.scheme
        if scheme is None or named(one.variant) not in NEEDS:
            continue
        methods = methods_of(scheme)
        turn += 1
        for case in told()[turn % spread :: spread]:
            facts = facts_without(scheme, case.facts.submission)
            verdicts = judge(Case(facts, evaluate(facts, methods), case.last))
            for hit in (hit for verdict in verdicts for hit in verdict.hits):
                tried += 1
                assert hit.key is None or name_of(scheme, hit.key), one.variant.name
            assert findings(verdicts, facts) is not None
    assert tried > 500


def facts_without(scheme: Scheme, submission: Submission) -> Facts:
    """同一份报送，方案里没有的表、项、栏去掉。"""
    kept = {key: entry for key, entry in submission.entries.items() if known(scheme, key)}
    records = {key: rows for key, rows in submission.records.items() if scheme.has(key)}
    blocks = {key: block for key, block in submission.blocks.items() if scheme.has(key)}
    return Facts(scheme, replace(submission, entries=kept, records=records, blocks=blocks))


def known(scheme: Scheme, key: CellKey) -> bool:
    row = key.column == VALUE or not scheme.has(f"{key.sheet}.{key.column}")
    return scheme.has(f"{key.sheet}.{key.row if row else key.column}")


def go(one: Judged, folder: Path, *, workbook: bool) -> None:
    assert one.scheme is not None
    try:
        travel(one.scheme, folder, workbook=workbook)
    except Exception as error:
        error.add_note(f"删去了 {one.variant.base} 的 {one.variant.name}")
        raise
