"""各单位到了哪一步：应报的等于各种情况之和，要办的都列出。"""

from __future__ import annotations

from dataclasses import replace

from xltool.collection.model import Collection, FileOutcome, Unit
from xltool.collection.owed import Obligation
from xltool.collection.standing import standing
from xltool.collection.statuses import Due, FileStatus, UnitStatus
from xltool.finding import Tally

REPORTED, RETURNED, PENDING, PARTIAL, ABSENT, ZERO, EXEMPT, _, UNLISTED = UnitStatus
_DUES = {EXEMPT: Due.EXEMPT}
_OWING = frozenset({RETURNED, PENDING, ABSENT})


def unit(name: str, status: UnitStatus, *, listed: bool = True, errors: int = 0) -> Unit:
    owed = (Obligation(),) if status in _OWING else (Obligation(file=f"{name}.xlsx"),)
    return Unit(
        key=name,
        code="",
        department=name,
        status=status,
        listed=listed,
        owner=name if listed else "",
        owed=owed if listed and status not in (ZERO, EXEMPT) else (),
        due=_DUES.get(status, Due.OWED) if listed else Due.UNLISTED,
        tally=Tally(error=errors),
    )


def outcome(name: str, status: FileStatus) -> FileOutcome:
    return FileOutcome(file=name, sha256="", status=status, reason="理由")


def collected(roster: str, *units: Unit, files: tuple[FileOutcome, ...] = ()) -> Collection:
    return Collection(folder="报送", roster=roster, files=files, units=units, findings=())


def test_what_is_owed_is_the_sum_of_all_kinds() -> None:
    half = [
        Unit(
            key=f"壬{number}",
            code="",
            department="壬",
            status=status,
            listed=True,
            owner="壬",
            owed=(Obligation("项目支出", f"桥{number}", file),),
            due=Due.OWED,
        )
        for number, status, file in ((1, REPORTED, "桥1.xlsx"), (2, ABSENT, ""))
    ]
    now = standing(
        collected(
            "名单.xlsx",
            unit("甲", REPORTED),
            unit("乙", REPORTED, errors=2),
            unit("丙", RETURNED),
            unit("丁", PENDING),
            unit("戊", ABSENT),
            unit("己", ZERO),
            unit("癸", EXEMPT),
            *half,
            unit("庚", UNLISTED, listed=False, errors=5),
            unit("辛", PENDING, listed=False),
        )
    )
    assert (now.owed, now.exempt, now.unlisted) == (7, 1, 2)
    found = {status: count for status, count in now.counts.items() if count}
    assert found == {REPORTED: 2, RETURNED: 1, PENDING: 1, PARTIAL: 1, ABSENT: 1, ZERO: 1}
    assert sum(found.values()) == now.owed
    assert [one.name for one in now.pending] == ["丁", "辛"]
    assert [one.name for one in now.behind] == ["戊", "壬"]
    assert [one.name for one in now.faulty] == ["庚", "乙"]  # 错误多的在前
    assert not now.settled


def test_without_a_list_nobody_is_owed() -> None:
    now = standing(collected("", replace(unit("甲", REPORTED, listed=False), due=Due.UNKNOWN)))
    assert (now.owed, now.unlisted, now.counts) == (None, 0, {REPORTED: 1})
    assert now.settled


def test_a_returned_file_is_listed_even_when_nobody_knows_whose_it_is() -> None:
    statuses = (FileStatus.RETURNED, FileStatus.SKIPPED, FileStatus.UNREADABLE, FileStatus.BLANK)
    files = tuple(map(outcome, ("a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx"), statuses))
    now = standing(collected("名单.xlsx", unit("甲", REPORTED), files=files))
    assert [one.file for one in now.returned] == ["a.xlsx", "c.xlsx"]
    assert not now.settled
