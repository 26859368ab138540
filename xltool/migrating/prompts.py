"""点到一格时的提示，前面加上这一格自己的一句：上年预期多少、做到多少。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xltool.address import Area, At
from xltool.sheets.prompts import prompt_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.sheets.plan import SheetPlan, Validation


def prompted(sheet: SheetPlan, texts: Mapping[At, str]) -> SheetPlan:
    """各格的提示加上 `texts` 里的话；一栏的校验在这些格断开，别的照旧。"""
    if not texts:
        return sheet
    split = tuple(one for rule in sheet.validations for one in _split(rule, texts))
    return replace(sheet, validations=split)


def _split(rule: Validation, texts: Mapping[At, str]) -> Iterator[Validation]:
    """一条校验，在要加话的各格断开；公式相对于区域左上角的不断。"""
    first, last = rule.area.first, rule.area.last
    own = sorted(at for at in texts if at in rule.area)
    if first.col != last.col or rule.source or not own:
        yield rule
        return
    start = first.row
    for at in own:
        if start < at.row:
            yield replace(rule, area=Area(At(start, first.col), At(at.row - 1, first.col)))
        prompt = prompt_text(f"{texts[at]}{rule.prompt}")
        yield replace(rule, area=Area(at, at), prompt=prompt)
        start = at.row + 1
    if start <= last.row:
        yield replace(rule, area=Area(At(start, first.col), last))
