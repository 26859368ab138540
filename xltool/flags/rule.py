"""疑点规则的样子：只读地看一份报送，得出触发、通过或未判。"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xltool.facts.view import Facts
    from xltool.finding import Severity
    from xltool.scheme.key import CellKey
    from xltool.scoring.score import Scorecard


class Outcome(StrEnum):
    """一条规则的结果；缺数而不能判断的永远不算通过。"""

    HIT = "触发"
    PASS = "通过"  # noqa: S105 - an outcome, no password
    UNJUDGED = "未判"


@dataclass(frozen=True, slots=True)
class Case:
    """规则所看的一切：事实和系统得分。"""

    facts: Facts
    scorecard: Scorecard


@dataclass(frozen=True, slots=True)
class Hit:
    """一处触发：在哪一格、什么事实；`severity` 空着时用规则的级别。"""

    key: CellKey | None
    message: str
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Unjudged:
    """不能判断：缺什么（给人看的名字）。"""

    missing: str


Judgement = Hit | Unjudged


@dataclass(frozen=True, slots=True)
class Rule:
    """一条登记了的规则；`why` 是为什么要查，`fires`、`silent` 各是一个触发和不触发的例子。"""

    code: str
    title: str
    severity: Severity
    why: str
    remedy: str
    source: str
    fires: str
    silent: str
    parameters: tuple[str, ...]
    judge: Callable[[Case], Iterator[Judgement]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """一条规则对一份报送的结果。"""

    rule: Rule
    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    missing: tuple[str, ...] = ()
