"""别的表的格写成名称：由名称得回它是哪里。"""

from __future__ import annotations

import pytest

from xltool.address import Area, At
from xltool.layout.place_names import named_places, named_reference, reference

ONE = Area(At(6, 14), At(6, 14))
LIST = Area(At(5, 15), At(110, 15))


@pytest.mark.parametrize(
    ("area", "name", "meant"),
    [
        (ONE, "_选项_6行14列", "'选项'!$N$6"),
        (LIST, "_选项_5行15列_110行15列", "'选项'!$O$5:$O$110"),
    ],
)
def test_a_name_says_where_it_is(area: Area, name: str, meant: str) -> None:
    assert named_reference("选项", area) == name
    assert named_places([f'IF({name}=A1,"_选项_1行1列",{name}+1)']) == {name: meant}
    assert reference("选项", area) == meant


@pytest.mark.parametrize("sheet", ["表A1", "表 一", "_表", "表-一"])
def test_what_makes_no_name_stays_a_reference(sheet: str) -> None:
    assert named_reference(sheet, ONE) == f"'{sheet}'!$N$6"
    assert named_places([named_reference(sheet, ONE)]) == {}
