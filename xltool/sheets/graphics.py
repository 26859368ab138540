"""工作表上画的：数据条、条形图。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.address import Area


@dataclass(frozen=True, slots=True)
class Bars:
    """数据条：条的长短按 `low` 到 `high` 之间的数，黑白印出来也看得出。"""

    area: Area
    low: Decimal | int
    high: Decimal | int


@dataclass(frozen=True, slots=True)
class Series:
    """图上的一组条：叫什么，取哪一块的数；`results` 是写出时的数，没有重新计算也画得出。"""

    name: str
    values: Area
    results: tuple[Decimal | int | str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """一张簇状条形图，占满 `area`：`names` 为分类（`labels` 是写出时的字），每组一种深浅。

    `description` 是替代文字，给看不见图的人。
    """

    title: str
    description: str
    names: Area
    series: tuple[Series, ...]
    area: Area
    labels: tuple[str, ...] = ()
