"""催报记录跟着单位走：改了名、换了编码的照曾用名认。"""

from __future__ import annotations

from xltool.collection.owners import Identity
from xltool.collection.statuses import UnitStatus
from xltool.collection.unit_standings import UnitStanding
from xltool.season.reminders import followed, unit_mark


def unit(name: str, code: str, *aliases: str) -> UnitStanding:
    return UnitStanding(
        key=code, code=code, name=name, aliases=aliases, status=UnitStatus.ABSENT, owed=(), files=()
    )


def test_what_was_said_on_the_phone_follows_the_unit() -> None:
    called = {
        Identity("101", "甲局"): "甲答应明天报",
        Identity("102", "乙局"): "乙在出差",
        Identity("103", "丙局"): "丙没有人接",
    }
    now = [unit("甲局", "901"), unit("乙委", "902", "乙局"), unit("丁局", "103")]
    said = {unit_mark("901", "甲局"): "甲答应明天报", unit_mark("902", "乙委"): "乙在出差"}
    assert followed(called, now) == said
    # 新名称旁边又写了的，接在后面；已经接过的不再接
    for written in ("乙今天报", "乙在出差；乙今天报"):
        newer = {Identity("902", "乙委"): written} | called
        assert followed(newer, now)[unit_mark("902", "乙委")] == "乙在出差；乙今天报"
    merged = [unit("戊局", "9", "甲局", "乙局")]
    assert followed(called, merged) == {unit_mark("9", "戊局"): "甲答应明天报；乙在出差"}
