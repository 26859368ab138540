"""由复核人员填的各栏：疑点清单和得分明细共用；上一份汇总里写了的带过来。"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeVar

from xltool.collection.reviewed import counted_as
from xltool.collection.verdicts import NOT_LISTED
from xltool.consolidated.columns import Column, Kind
from xltool.form.validations import list_name
from xltool.sheets.plan import Formula, NumberFormat, Validation, ValidationKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.collection.verdicts import Carried, Opinion
    from xltool.consolidated.columns import Item
    from xltool.consolidated.register import Register
    from xltool.sheets.plan import Content


class Reviewable(Protocol):
    """可以写复核意见的一行。"""

    @property
    def carried(self) -> Carried | None:
        """由上一份汇总带过来的。"""

    @property
    def opinion(self) -> Opinion:
        """复核人写的。"""


R = TypeVar("R", bound=Reviewable)
_PLACES = {"verdict": 0, "reason": 1, "reviewer": 2, "day": 3}  # 在 Opinion 里的次序


def opinion_column(
    key: str,
    headings: Mapping[str, tuple[str, ...]],
    width: float,
    number: NumberFormat = NumberFormat.GENERAL,
    kind: Kind = Kind.TEXT,
) -> Column[R]:
    """复核人填的一栏。"""
    place = _PLACES[key]

    def content(item: Item[R]) -> Content:
        written = item.value.opinion[place]
        return None if written == "" else written

    return Column(key, headings[key][0], width, content, number, review=True, tall=True, kind=kind)


def since(item: Item[R]) -> str:
    """带过来的意见，数据变了没有。"""
    carried = item.value.carried
    return carried.label if carried else ""


def counted(item: Item[R]) -> Formula:
    """意见计为哪一个：首页、报送状态都照它数；前后多了空白的照计，不在列表里的不计，说出来。"""
    word = item.at("verdict")
    for blank in ("　", "\u00a0"):
        word = f'SUBSTITUTE({word},"{blank}"," ")'
    word = f"TRIM(CLEAN({word}))"
    listed = f"SUMPRODUCT(--({list_name('review')}={word}))"  # COUNTIF 把“*”一类当作通配符
    text = f'IF({word}="","",IF({listed}=0,"{NOT_LISTED}",{word}))'
    return Formula(text, counted_as(item.value.opinion.value))


def opinion_validations(register: Register[R]) -> Iterator[Validation]:
    """理由、复核人、复核日期的提示和校验。"""
    yield Validation(
        register.area("reason"),
        ValidationKind.ANY,
        "复核理由",
        "写明理由和依据；改了得分的必须写。",
    )
    yield Validation(register.area("reviewer"), ValidationKind.ANY, "复核人", "填复核人姓名。")
    yield Validation(
        register.area("day"),
        ValidationKind.DATE,
        "复核日期",
        "填复核的日期，如 2025-6-30。",
        "不是日期",
        "请填日期，如 2025-6-30。",
        "",
        date(2000, 1, 1),
        date(2099, 12, 31),
    )
