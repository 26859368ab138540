"""示例的豁免表和上年度的表：照收表手册的命令汇总，结果与手工推出的一处不差。"""

from __future__ import annotations

import json
import shlex
from contextlib import chdir
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from cli_runner import xltool

from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.flags.rule import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_inputs"
MANUAL = (ROOT / "docs" / "手册_收表.md").read_text("utf-8")
NAMES = ("豁免", "上年")
SPOT = ("unit", "code", "sheet", "cell")

Document = dict[str, Any]


@cache
def expected(name: str) -> Document:
    document: Document = json.loads((SAMPLES / "expected" / f"{name}.json").read_text("utf-8"))
    return document


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@cache
def collected(command: str) -> Document:
    """在仓库里执行一条汇总的命令，汇总写到别处；一样的只执行一次。"""
    words = shlex.split(command)[1:]
    with chdir(ROOT), TemporaryDirectory() as folder:
        words[words.index("-o") + 1] = str(Path(folder) / "汇总.xlsx")
        ran = xltool(*words, "--json")
    assert ran.code == 0, ran.err
    return ran.document


def found(document: Document) -> Iterator[Document]:
    """各单位的每条问题，连同是哪个单位。"""
    for unit in document["units"]:
        yield from (finding | {"unit": unit["name"]} for finding in unit["findings"])


def only(item: Document, *keys: str) -> Document:
    return {key: item[key] for key in keys}


def test_the_manual_has_the_command(name: str) -> None:
    assert f"\n{expected(name)['command']}\n" in MANUAL


def test_waived_expired_and_unused() -> None:
    wanted = expected("豁免")
    document = collected(wanted["command"])
    listed = list(found(document))
    assert [only(one, *SPOT, "waived") for one in listed if one["waived"]] == wanted["waived"]
    kept = [only(one, *SPOT) for one in listed if not one["waived"]]
    for one in wanted["unchanged"]:
        assert only(one, *SPOT) in kept
    keys = ("code", "severity", "sheet", "cell")
    told = [only(one, *keys) for one in document["findings"] if one["file"] == "豁免.xlsx"]
    assert told == [only(one, *keys) for one in wanted["findings"]]


def test_a_waived_finding_is_not_counted() -> None:
    """比不给豁免表时少的正是用到的那一处；豁免表自己的两条另算。"""
    wanted = expected("豁免")
    command = wanted["command"]
    waived = collected(command)
    plain = collected(command.replace(" --waivers sample_inputs/豁免.xlsx", ""))
    own = [one["severity"] for one in waived["findings"] if one["file"] == "豁免.xlsx"]
    for level, fewer in wanted["difference"].items():
        gained = own.count(level)
        assert plain["counts"][level] - fewer + gained == waived["counts"][level]


def test_each_waiver_is_accounted_for() -> None:
    request = Request(folder=SAMPLES / "inbox", waivers=SAMPLES / "豁免.xlsx", jobs=1)
    outcomes = [told for _, told in collect(request).waiver_outcomes]
    wanted = expected("豁免")["outcomes"]
    assert len(outcomes) == len(wanted)
    for text, told in zip(wanted, outcomes, strict=True):
        assert text in told


def test_compared_with_last_year() -> None:
    wanted = expected("上年")
    document = collected(wanted["command"])
    hits = [one for one in found(document) if one["code"] == "Q03"]
    keys = (*SPOT, "severity")
    assert [only(one, *keys) for one in hits] == [only(one, *keys) for one in wanted["hits"]]
    assert "上年度实现520张（示例市民政局_2023.xlsx 绩效目标完成情况!H7）" in hits[0]["message"]


def test_whoever_has_no_last_year_is_unjudged() -> None:
    request = Request(folder=SAMPLES / "inbox", last_year=SAMPLES / "last_year", jobs=1)
    units = [unit for unit in collect(request).units if unit.adopted]
    unjudged = {unit.name for unit in units if unit.report().outcomes["Q03"] is Outcome.UNJUDGED}
    assert unjudged == set(expected("上年")["unjudged"])
