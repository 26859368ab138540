"""一项的格：要填的，或自动计算的完成率、得分率和各种比率。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.computed import formula, printed
from xltool.facts.derived import derived_formula
from xltool.form.common import auto_cell, input_cell, shown_result
from xltool.sheets.plan import Formula, Role

if TYPE_CHECKING:
    from xltool.form.form import Form
    from xltool.layout.block import Block
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Computation, Field
    from xltool.sheets.plan import Cell


def field_cell(form: Form, block: Block, key: CellKey, field: Field) -> Cell:
    """某一项的格：填报格，或自动计算的格。"""
    if field.computation is None:
        cell = input_cell(form, key, field, block.at(key.row, key.column))
        if key in form.derived:  # 不用填，要照报告改的也改得了
            return cell._replace(content=_derived(form, block, key), role=Role.AUTO)
        return cell
    return computed_cell(form, block, key, field.computation)


def _derived(form: Form, block: Block, key: CellKey) -> Formula:
    """由别的格得出的填报格：公式和结果。"""
    refs = form.refs(block.name)
    text = form.layout.row_text(
        "derived", key, lambda model: derived_formula(form.scheme, model, refs)
    )
    return Formula(text, shown_result(form.derived[key]))


def computed_cell(form: Form, block: Block, key: CellKey, computation: Computation) -> Cell:
    """一个自动计算的格：公式和结果。"""
    refs = form.refs(block.name)
    text = form.layout.row_text(
        "computed", key, lambda model: formula(form.scheme, computation, model, refs)
    )
    value = Formula(text, shown_result(printed(form.facts, key)))
    return auto_cell(block.at(key.row, key.column), value, form.scheme.field(key).kind)
