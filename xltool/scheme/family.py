"""哪些方案的得分排在一起。"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme


def family_of(scheme: Scheme) -> tuple[object, ...]:
    """同一种表、同一年度、同样的满分、各级和等级的是一家，如一种表先后的版面：得分一起排。"""
    levels = tuple((level.title, level.parent) for level in scheme.levels)
    grades = tuple((grade.name, grade.minimum) for grade in scheme.grades)
    return scheme.variant, scheme.year, scheme.full_marks, levels, grades
