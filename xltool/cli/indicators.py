"""各三级指标的得分：--json 里的一段，和 score 印出的扣分、说明。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.cli.text import safe
from xltool.scoring.catalogue import ready_scheme
from xltool.scoring.explanation import AVOID, explanation, grounds
from xltool.values.masking import masked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.assessment.report import Report
    from xltool.scoring.explanation import Ground
    from xltool.scoring.scored import Deducted, Scored

    Document = dict[str, object]


def indicator_documents(report: Report) -> list[Document]:
    """各三级指标的文档，依方案的次序。"""
    scheme, _ = ready_scheme(report.scheme)
    bases = grounds(report.scheme)
    return [
        _document(line, scheme.indicator(line.code).title, bases[line.code])
        for line in report.scores
    ]


def _document(line: Scored, title: str, base: Ground) -> Document:
    return {
        "code": line.code,
        "title": title,
        "points": number_text(line.points),
        "score": number_text(line.score),
        "self_score": number_text(line.self_score),
        "trace": masked(line.trace),
        "rule": base.rule,
        "source": base.source,
        "cells": [{"sheet": block.sheet, "cell": block.cells} for block in line.cells],
        "explanation": masked(explanation(line, base)),
        "deductions": [
            {
                "points": number_text(one.points),
                "why": masked(one.why),
                "avoid": masked(one.avoid),
                "sheet": one.sheet,
                "cell": one.cell,
            }
            for one in line.deductions
        ],
    }


def number_text(number: Decimal | None) -> str | None:
    """数写成不走样的字符串；没有的为空。"""
    return None if number is None else f"{number:f}"


# ---------------------------------------------------------------- 印到屏幕


def deduction_lines(report: Report) -> Iterator[str]:
    """哪里扣了分、怎样可以不扣；没有扣分就一行也没有。"""
    total = sum(one.points for line in report.scores for one in line.deductions)
    if not total:
        return
    yield ""
    yield f"扣了 {total:.2f} 分（填错的请改正；没有做到的如实说明，下年度做到）："
    for line in report.scores:
        for one in line.deductions:
            yield from _lines(one, f"{line.code} ")


def explanation_lines(report: Report) -> Iterator[str]:
    """每个三级指标一行说明：数、规则、来源、取数的格；扣分列在下面。"""
    scheme, _ = ready_scheme(report.scheme)
    bases = grounds(report.scheme)
    for line in report.scores:
        yield ""
        yield safe(f"{line.code} {scheme.indicator(line.code).title}")
        yield safe(f"    {explanation(line, bases[line.code])}")
        for one in line.deductions:
            yield from _lines(one, "    ")


def _lines(one: Deducted, start: str) -> Iterator[str]:
    where = f"{one.sheet}!{one.cell} " if one.cell else ""
    yield safe(f"{start}扣 {one.points} 分 {where}{one.why}")
    yield safe(f"{' ' * len(start)}    {AVOID}：{one.avoid}")
