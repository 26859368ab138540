"""通报里点哪些单位的名：表扬几个，得分多低、错误多少要提醒；没有设置的照默认。"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xltool.season.register import CALLED_BELOW, CALLED_ERRORS, MOST_PRAISED
from xltool.season.settings import Settings

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """`most` 是最多表扬几个；`below` 是得分不到满分的几成、`errors` 是有几处以上错误的要提醒。

    是零的，不表扬，不凭得分、不凭错误提醒。
    """

    most: int
    below: Decimal
    errors: int


def choosing_of(settings: Settings | None = None) -> Choosing:
    """照这一季的设置。"""
    known = settings or Settings(Path(), {}, {})
    return Choosing(
        most=known[MOST_PRAISED], below=known[CALLED_BELOW], errors=known[CALLED_ERRORS]
    )
