"""疑点清单的工作表，和由它的意见得出的报送状态。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.collection.verdicts import CHANGED, FINDING_HEADINGS, NOT_LISTED, RETURN
from xltool.consolidated.opinions import opinion_validations
from xltool.form.validations import list_name
from xltool.sheets.plan import Formula, Highlight, Role, Validation, ValidationKind

if TYPE_CHECKING:
    from xltool.collection.model import Unit
    from xltool.collection.verdicts import Reviews
    from xltool.consolidated.findings import Doubt
    from xltool.consolidated.register import Register
    from xltool.sheets.plan import SheetPlan

SENT_BACK = "复核退回"


def findings_plan(register: Register[Doubt]) -> SheetPlan:
    """疑点清单的工作表：复核各栏有下拉和校验，不在列表里的意见、数据已改的显出来。"""
    verdict, changed = register.area("verdict"), register.area("since")
    counted = register.area("counted")
    mark = changed.first.a1
    strange = f'${counted.first.a1}="{NOT_LISTED}"'
    return register.plan(
        validations=(
            Validation(
                verdict,
                ValidationKind.LIST,
                FINDING_HEADINGS["verdict"][0],
                f"采信单位的说明、要它改正、退回重报，或这条疑点不成立，从列表里选。有一条“{RETURN}”，单位的报送状态就变。",
                "不在列表里",
                "请从列表里选。",
                list_name("review"),
            ),
            *opinion_validations(register),
        ),
        highlights=(
            Highlight(verdict, strange, Role.ERROR),
            Highlight(counted, strange, Role.ERROR),
            Highlight(changed, f'{mark}="{CHANGED}"', Role.WARNING),
        ),
    )


def status(register: Register[Doubt], number: str, unit: Unit, reviews: Reviews) -> Formula:
    """报送状态：单位序号在 `number` 那一格的单位，有一条疑点写了退回的，是复核退回。"""
    own, verdicts = register.far("no"), register.far("counted")
    text = f'COUNTIFS({own},{number},{verdicts},"{RETURN}")>0'
    label = unit.status.label
    result = SENT_BACK if unit.key in reviews.returned else label
    return Formula(f'IF({text},"{SENT_BACK}","{label}")', result)
