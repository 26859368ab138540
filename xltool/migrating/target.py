"""旧表移到哪一种表：同一表种里年度最近的；分不清的要写明。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.messages import migrating as say
from xltool.scheme.sources import earlier_id
from xltool.values import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xltool.finding import Finding
    from xltool.intake.identity import OldForm
    from xltool.scheme.model import Scheme


def target_of(old: OldForm, offered: Sequence[Scheme]) -> Scheme | Finding:
    """移到 `offered` 里的哪一个：只给一个的就是它。"""
    if len(offered) == 1:
        return offered[0]
    scheme = old.scheme
    alike = [one for one in offered if one.variant == scheme.variant]
    newest = [one for one in alike if one.year == max(other.year for other in alike)]
    if len(newest) > 1:  # 同一年度有几个的，认标识是原来那一个的
        own = scheme.id.removesuffix(earlier_id("", scheme.version))
        newest = [one for one in newest if one.id == own] or newest
    if len(newest) == 1:
        return newest[0]
    ids = "、".join(one.id for one in newest)
    found = f"有几个（{ids}）" if newest else "没有还在下发的"
    return say.NO_TARGET.finding(variant=quote(scheme.variant), found=found)
