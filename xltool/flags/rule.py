"""疑点规则的样子：只读地看一份报送，得出触发、通过或未判；用装饰器登记。"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from inspect import cleandoc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xltool.facts.last_year import LastYear
    from xltool.facts.records import Target
    from xltool.facts.view import Facts
    from xltool.finding import Severity
    from xltool.flags.peers import Peers
    from xltool.scheme.key import CellKey
    from xltool.scheme.thresholds import Threshold
    from xltool.scoring.score import Scorecard

    Split = tuple[tuple[Target, ...], tuple["Unjudged", ...]]


class Outcome(StrEnum):
    """一条规则的结果；缺数而不能判断的永远不算通过。"""

    HIT = "触发"
    PASS = "通过"  # noqa: S105 - an outcome, no password
    UNJUDGED = "未判"


@dataclass(frozen=True, slots=True)
class Case:
    """规则所看的一切：事实、系统得分，有的话还有上年度的指标、同批其他单位的情况。

    `split` 存着按填了哪几栏分好的绩效指标行：十几条规则要看同样的几栏，只分一次，见 rows。
    """

    facts: Facts
    scorecard: Scorecard
    last: LastYear | None = None
    peers: Peers | None = None
    split: dict[tuple[str, ...], Split] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Hit:
    """一处触发：在哪一格、什么事实；`severity` 空着时用规则的级别。

    说的是整张表而不是某一格时 `key` 空着，`sheet` 写表的标识。
    `explained` 是单位在该写的地方写的说明，只对警告有用。`remedy` 空着时用规则的办法。
    """

    key: CellKey | None
    message: str
    severity: Severity | None = None
    sheet: str = ""
    explained: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Unjudged:
    """不能判断：缺什么（给人看的名字）。"""

    missing: str


Judgement = Hit | Unjudged


@dataclass(frozen=True, slots=True)
class Rule:
    """一条登记了的规则；`why` 是为什么要查，`fires`、`silent` 各是一个触发和不触发的例子。

    `remedy` 里的 {indicators.note} 换成各种表自己的叫法，[ ] 里的话没有那张表的方案不说。
    `thresholds` 是所用的界限，可以是别的规则的；`parameters` 是所用的共用参数，如满分。
    `also` 是个别情形下所用的别的级别。`needs` 是方案里要有的表（funds）、项或栏（finance.total）、
    勾稽（checks.A01）、共用参数（parameters.sub_rows）、二级指标在报告里的标题（headings）、
    看列了几次的记录表（named_rows）：没有的方案用不着这条规则，不判，也不算通过。
    `batch` 的要放在一批里才看得出，汇总时等全部读完再判。
    """

    code: str
    title: str
    severity: Severity
    why: str
    remedy: str
    source: str
    fires: str
    silent: str
    judge: Callable[[Case], Iterator[Judgement]]
    thresholds: tuple[Threshold, ...] = ()
    parameters: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    also: tuple[Severity, ...] = ()
    batch: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """一条规则对一份报送的结果。"""

    rule: Rule
    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    missing: tuple[str, ...] = ()


class RuleProblem(Exception):  # noqa: N818 - a fault in a rule, named as its author sees it
    """规则写得不对：编码重复或缺说明。"""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"规则 {code}：{message}")
        self.code = code


REGISTERED: dict[str, Rule] = {}
HEADINGS = "headings"
PORTIONS = "portions"
NAMED_ROWS = "named_rows"
"""规则要方案有的，没有自己的名字：评分表各级的标题；一部分和全部的各对。"""


def rule(  # noqa: PLR0913 - one argument for each part of the rule's page
    code: str,
    *,
    severity: Severity,
    remedy: str,
    source: str,
    fires: str,
    silent: str,
    thresholds: tuple[Threshold, ...] = (),
    parameters: tuple[str, ...] = (),
    needs: tuple[str, ...] = (),
    also: tuple[Severity, ...] = (),
    batch: bool = False,
) -> Callable[[Callable[[Case], Iterator[Judgement]]], Callable[[Case], Iterator[Judgement]]]:
    """登记一条规则：函数文档的第一行是名称，其余是为什么要查。

    Raises:
        RuleProblem: 编码已经登记过，或没有写文档。
    """

    def register(
        judge: Callable[[Case], Iterator[Judgement]],
    ) -> Callable[[Case], Iterator[Judgement]]:
        if code in REGISTERED:
            raise RuleProblem(code, "登记了两次")
        for own in (one for other in REGISTERED.values() for one in other.thresholds):
            if any(one.key == own.key and one != own for one in thresholds):
                raise RuleProblem(code, f"界限 {own.key} 别处写的不一样")
        title, why = _described(code, judge.__doc__)
        REGISTERED[code] = Rule(
            code=code,
            title=title,
            severity=severity,
            why=why,
            remedy=remedy,
            source=source,
            fires=fires,
            silent=silent,
            judge=judge,
            thresholds=thresholds,
            parameters=parameters,
            needs=needs,
            also=also,
            batch=batch,
        )
        return judge

    return register


def _described(code: str, text: str | None) -> tuple[str, str]:
    title, _, why = cleandoc(text or "").partition("\n")
    if not (title and why.strip()):
        raise RuleProblem(code, "要在文档里写明名称和为什么要查")
    return title.removesuffix("。"), "".join(line.strip() for line in why.splitlines())
