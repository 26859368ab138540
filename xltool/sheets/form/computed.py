"""自动计算的格：完成率、得分率和各种比率。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.completion import completion_formula, factor_formula
from xltool.facts.computed import formula
from xltool.scheme.model import Compute
from xltool.sheets.form.common import auto_cell, shown_result
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from xltool.layout.block import Block
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Computation
    from xltool.sheets.form.form import Form
    from xltool.sheets.plan import Cell


def computed_cell(form: Form, block: Block, key: CellKey, computation: Computation) -> Cell:
    """一个自动计算的格：公式和结果。"""
    text = form.layout.text(key, lambda: _formula(form, block, key, computation))
    value = Formula(text, shown_result(form.facts.number(key)))
    return auto_cell(block.at(key.row, key.column), value, form.scheme.field(key).kind)


def _formula(form: Form, block: Block, key: CellKey, computation: Computation) -> str:
    refs = form.refs(block.name)
    if computation.kind is Compute.COMPLETION:
        return completion_formula(key, refs)
    if computation.kind is Compute.FACTOR:
        return factor_formula(key, refs)
    return formula(computation, key, refs)
