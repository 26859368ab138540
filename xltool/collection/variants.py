"""表种：有哪几种，名单上写的是哪一种。"""

from __future__ import annotations

from xltool.scoring.catalogue import ready_schemes
from xltool.values import fold, nearest_meaning


def variant_names() -> tuple[str, ...]:
    """全部表种，依方案的次序；各年的同一种表名称相同，只算一种。"""
    return tuple(dict.fromkeys(scheme.variant for scheme in ready_schemes()))


def form_of(text: str) -> str:
    """名单上写的是哪个表种：写表种的名称或方案的标识都可以；认不出为空串。"""
    wanted = fold(text)
    schemes = ready_schemes()
    return next((s.variant for s in schemes if wanted in (fold(s.variant), fold(s.id))), "")


def nearest_form(text: str) -> str:
    """最像的表种；都不像为空串。"""
    return nearest_meaning(text, variant_names()) or ""


def is_project_form(variant: str) -> bool:
    """这个表种是不是评项目的。"""
    return any(scheme.of_project for scheme in ready_schemes() if scheme.variant == variant)
