"""一张逐项表里有哪些比率：表上自己的，和按比例计分的指标由两项相除的。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.scheme.fields import Compute, FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme, Sheet


class Ratio(NamedTuple):
    """一张逐项表里的一个比率：登记表里的哪一栏，叫什么，分子、分母各是哪一项。

    `field` 是表上自己的一项；空着的，登记表另算一栏。
    """

    key: str
    title: str
    field: str
    above: str = ""
    below: str = ""

    @property
    def added(self) -> bool:
        """是不是登记表另算的一栏。"""
        return not self.field


def ratios_of(scheme: Scheme, sheet: Sheet) -> Iterator[Ratio]:
    """一张逐项表里有哪些比率：自动计算的、填的，和按比例计分的指标由两项相除的。"""
    own = {field.key: field for field in sheet.fields}
    known: set[tuple[str, ...]] = set()
    for field in sheet.fields:
        if field.kind is FieldKind.PERCENT:
            inputs = field.computation.inputs if field.computation else ()
            names = [name.removeprefix(f"{sheet.key}.") for name in inputs]
            divided = field.computation is not None and field.computation.kind is Compute.RATIO
            pair = tuple(names) if divided and all(name in own for name in names) else ()
            known.add(pair)
            yield Ratio(f"field.{field.key}", field.label, field.key, *pair)
    for indicator in scheme.indicators:
        named = (str(indicator.method.inputs.get(one, "")) for one in ("numerator", "denominator"))
        pair = tuple(name.removeprefix(f"{sheet.key}.") for name in named)
        if all(name in own for name in pair) and pair not in known:
            yield Ratio(f"ratio.{indicator.code}", indicator.title, "", *pair)
