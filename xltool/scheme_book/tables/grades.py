"""等级：由高到低，一行一级。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.scheme_book.table import Column, Kind, Table
from xltool.scheme_book.words import ORIGIN_HELP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme
    from xltool.scheme_book.draft import Data, Draft
    from xltool.scheme_book.table import Row

TABLE: Final = Table(
    key="grades",
    name="等级",
    title="等级和分数线",
    note="由高到低，一行一级；达到分数线（含）即为该等级，最后一级从0分起。",
    purpose="改等级或分数线时改；“选项”里的自评等级要一致",
    label="name",
    columns=(
        Column(
            key="name",
            heading="等级",
            width=14,
            required=True,
            fixed=True,
            help="如 优；“选项”里的自评等级要有同样的一项。",
        ),
        Column(
            key="minimum",
            heading="分数线（含）",
            width=14,
            kind=Kind.NUMBER,
            required=True,
            help="达到多少分为该等级。",
        ),
        Column(
            key="origin",
            heading="来源",
            width=80,
            kind=Kind.ORIGIN,
            required=True,
            help=f"{ORIGIN_HELP}。",
        ),
    ),
    spare=3,
    unique=(("name",),),
)


def rows(scheme: Scheme) -> Iterator[Row]:
    """各个等级。"""
    for grade in scheme.grades:
        yield {"name": grade.name, "minimum": grade.minimum, "origin": grade.origin}


def fill(draft: Draft) -> None:
    """各个等级。"""
    listed: list[Data] = []
    for number, row in enumerate(draft.rows(TABLE.key), 1):
        draft.mark_row((f"grades[{number}]", f"grades.{row.text('name')}"), row, "name")
        item = {"name": row.text("name"), "minimum": row.amount("minimum")}
        listed.append(item | {"origin": row.text("origin")})
    draft.mark_head("grades", TABLE.key, "minimum")
    draft.data["grades"] = listed
