"""写一份报送表要知道的一切。"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from xltool.facts.derived import derived, derived_keys
from xltool.facts.typed import typed_submission
from xltool.facts.view import Facts
from xltool.form.text_room import beyond
from xltool.layout.layout import GUIDE, SheetRefs, form_layout
from xltool.scoring.catalogue import evaluate, methods_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from xltool.facts.typed import Typed
    from xltool.finding import Severity
    from xltool.form.text_room import TextCell
    from xltool.layout.layout import Layout
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme
    from xltool.scoring.method import Method
    from xltool.scoring.score import Scorecard
    from xltool.scoring.scored import Scored
    from xltool.sheets.plan import Link


@dataclass(frozen=True, eq=False)
class Form:
    """一份报送表：方案、版面、各格内容，以及公式会算出的结果。

    `home` 是“返回”链接指向的表；`marks` 是有疑点的格，按级别显出来；`lines` 是各指标的计分说明，
    空白模板没有（空着），评分后的表才有；`review` 是复核得分和意见实际填在哪里，没有汇总的空着；
    `live` 记着各表各行自查的话，几处要用，只判一次；`derived` 是写着公式的填报格和结果。
    """

    scheme: Scheme
    layout: Layout
    methods: tuple[Method, ...]
    contents: Mapping[CellKey, Typed]
    facts: Facts
    scorecard: Scorecard
    home: str = GUIDE
    marks: Mapping[CellKey, Severity] = field(default_factory=dict)
    lines: Mapping[str, Scored] | None = None
    live: dict[str, dict[str, str]] = field(default_factory=dict)
    review: Link | None = None
    derived: Mapping[CellKey, Decimal | str | None] = field(default_factory=dict)

    @property
    def edition(self) -> str:
        """印在页脚的版本，给人看的。"""
        return f"{self.scheme.variant}　{self.scheme.version}版"

    @property
    def version(self) -> str:
        """记在文件属性里的方案标识和版本。"""
        return f"{self.scheme.id} {self.scheme.version}"

    @cached_property
    def self_scores(self) -> tuple[Decimal, ...]:
        """各三级指标的自评得分，没填的不算。"""
        scores = (row.number("self_score") for row in self.facts.form_rows)
        return tuple(score for score in scores if score is not None)

    @cached_property
    def beyond(self) -> Mapping[CellKey, TextCell]:
        """格里印不全的字。"""
        return beyond(self.scheme, self.contents.items())

    def refs(self, home: str, *, named: bool = False) -> SheetRefs:
        """在某张工作表里写公式时各格的写法；`named` 的把别的表的各格写成名称。"""
        return SheetRefs(self.layout, home, named=named)


@dataclass(frozen=True, slots=True)
class Known:
    """已经算好的：得分，和自动计算的各项。"""

    scorecard: Scorecard
    numbers: Mapping[CellKey, Decimal]


@lru_cache(maxsize=16)
def _methods(scheme: Scheme) -> tuple[Method, ...]:
    return methods_of(scheme)


def make_form(
    scheme: Scheme,
    contents: Mapping[CellKey, Typed],
    known: Known | None = None,
    *,
    derive: bool = False,
) -> Form:
    """备好一份报送表；`contents` 空着就是模板。记录多于模板行数的，表随之加长。

    `known` 是已经算好的得分和各项，给了就不再算；`derive` 是下发给单位填的：由别的格得出的填报格
    没有内容的，写上公式。

    Raises:
        SchemeProblem: 方案的计分办法有毛病。
    """
    methods = _methods(scheme)
    facts = Facts(scheme, typed_submission(scheme, contents), known.numbers if known else None)
    keys = [key for key in derived_keys(scheme) if key not in contents] if derive else []
    found = derived(facts, keys)
    if found:
        facts = Facts(scheme, typed_submission(scheme, {**contents, **found}))
    return Form(
        scheme=scheme,
        layout=form_layout(scheme, facts.submission.records),
        methods=methods,
        contents=contents,
        facts=facts,
        scorecard=known.scorecard if known else evaluate(facts, methods),
        derived={key: found.get(key) for key in keys},
    )
