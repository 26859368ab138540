"""复核意见放回哪一条：认得出的放回，认不出的另列，从不放错。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xltool.assessment.noted import Noted
from xltool.assessment.places import seen_by
from xltool.collection.carrying import carried_over
from xltool.collection.row_keys import RowKey, finding_key, turns
from xltool.collection.saved_review import read_saved
from xltool.collection.saved_rows import Saved, SavedRow
from xltool.collection.verdicts import (
    ABSENT,
    CHANGED,
    FINDING,
    FINDING_HEADINGS,
    RETURN,
    SCORE,
    UNCHANGED,
    UNCLEAR,
    VANISHED,
    VERDICTS,
    WHOSE,
    Opinion,
)
from xltool.finding import Finding, Severity
from xltool.xlsx.grid import Book, Grid, GridCell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.collection.model import Unit
    from xltool.collection.verdicts import Carried, Reviews

SCHEME = "jiangmen-2025-special"
TWINS = ("中心小学",)  # 同名而编码不同的


@dataclass
class StandIn:
    """一个采用了的单位：只有认意见用得着的。"""

    department: str
    code: str
    listed: tuple[Noted, ...]
    project: str = ""
    scheme: str = SCHEME
    adopted: bool = True
    aliases: tuple[str, ...] = ()
    answers: str = ""
    lineage: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.name}{self.code}" if self.name in TWINS else self.name

    @property
    def name(self) -> str:
        return "：".join(filter(None, (self.department, self.project)))

    def notes(self) -> tuple[Noted, ...]:
        return self.listed

    def slice(self, _: str) -> tuple[()]:
        return ()


def note(message: str, place: str = "finance.total", code: str = "E01", raw: str = "1") -> Noted:
    finding = Finding(code, Severity.ERROR, message, "改正。", sheet="收支与资产")
    return Noted(finding, None, place=place, seen=seen_by(finding, raw))


def unit(  # noqa: PLR0913 - all that tells one unit from another
    *notes: Noted,
    name: str = "甲局",
    code: str = "101",
    project: str = "",
    was: tuple[str, ...] = (),
    answers: str = "",
    lineage: tuple[str, ...] = (),
    adopted: bool = True,
) -> Unit:
    """一个单位；`was` 是曾用名，`answers` 是所填内容的指纹，`lineage` 是由哪几份退回后改来的。"""
    made = StandIn(name, code, notes, project, SCHEME, adopted, was, answers, lineage)
    return cast("Unit", made)


def written(
    one: Unit, opinions: dict[int, str], before: dict[int, Carried] | None = None
) -> list[SavedRow]:
    """一个单位在上一份汇总里的各行；`opinions` 是第几条写了什么意见。"""
    notes = one.notes()
    rows = []
    for index, (found, turn) in enumerate(zip(notes, turns(notes), strict=True)):
        key = finding_key(one, found, turn, (before or {}).get(index))
        opinion = Opinion(opinions.get(index, ""))
        finding = found.finding
        rows.append(SavedRow(FINDING, key, one.name, finding.code, "", finding.message, opinion))
    return rows


def carry(rows: Iterable[SavedRow], *units: Unit, gone: Iterable[SavedRow] = ()) -> Reviews:
    return carried_over(Saved(tuple(rows), tuple(gone), ()), units)


def placed(reviews: Reviews) -> dict[tuple[str, int], tuple[object, str]]:
    return {spot: (one.opinion.value, one.label) for spot, one in reviews.findings.items()}


def test_the_order_of_the_findings_does_not_matter() -> None:
    first, second = note("支出率50%"), note("差1万元", "finance.assets", "A04")
    rows = written(unit(first, second), {0: "不成立", 1: RETURN})
    reviews = carry(rows, unit(second, first))
    assert placed(reviews) == {("甲局", 0): (RETURN, UNCHANGED), ("甲局", 1): ("不成立", UNCHANGED)}
    assert reviews.returned == {"甲局"}
    assert reviews.gone == ()


def test_a_changed_number_is_said_until_somebody_writes_again() -> None:
    """数据改了的，再汇总几次都还写着请再看；重写了意见，才是照新的数写的。"""
    rows = written(unit(note("支出率50%")), {0: "采信说明"})
    now = unit(note("支出率40%"))
    first = carry(rows, now)
    assert placed(first) == {("甲局", 0): ("采信说明", CHANGED)}
    before = {0: first.findings["甲局", 0]}
    again = carry(written(now, {0: "采信说明"}, before), now)
    assert placed(again) == {("甲局", 0): ("采信说明", CHANGED)}
    rewritten = carry(written(now, {0: "不成立"}, before), now)
    assert placed(rewritten) == {("甲局", 0): ("不成立", UNCHANGED)}


def test_what_changes_with_the_rows_is_no_change_of_data() -> None:
    rows = written(unit(note("第3行H9与H12不同")), {0: RETURN})
    assert placed(carry(rows, unit(note("第5行H11与H14不同")))) == {
        ("甲局", 0): (RETURN, UNCHANGED)
    }
    raw = carry(rows, unit(note("第3行H9与H12不同", raw="2")))
    assert placed(raw) == {("甲局", 0): (RETURN, CHANGED)}


def test_a_finding_that_is_no_more_comes_back_with_its_verdict() -> None:
    found = note("支出率50%")
    reviews = carry(written(unit(found), {0: RETURN}), unit(note("别的", code="S03")))
    (gone,) = reviews.gone
    assert (gone.why, gone.opinion.value, gone.name) == (VANISHED, RETURN, "甲局")
    row = SavedRow(
        FINDING, RowKey.parse(gone.key), gone.name, gone.code, "", gone.message, gone.opinion
    )
    back = carry([], unit(found), gone=[row])
    assert placed(back) == {("甲局", 0): (RETURN, UNCHANGED)}
    still = carry([], unit(), gone=[row])
    assert still.gone == (gone,)


def left_over(reviews: Reviews) -> list[SavedRow]:
    """没有地方放的，下一次由汇总里读回的样子。"""
    return [
        SavedRow(
            one.kind,
            RowKey.parse(one.key),
            one.name,
            one.code,
            one.where,
            one.message,
            one.opinion,
        )
        for one in reviews.gone
    ]


def test_a_vanished_verdict_never_lands_on_what_was_there_with_it() -> None:
    """同一处的两条，没有了的一条的意见，以后几次都不放到还在的、没有写意见的一条上。"""
    one, other = note("甲说的", "q.1", "Q01", "1"), note("乙说的", "q.1", "Q01", "2")
    before = unit(one, other, project="校舍改造", answers="一")
    copy = unit(other, project="校舍", answers="二", lineage=("一",))
    for now in (unit(other, project="校舍改造", answers="三"), copy):  # 同一份，和由来相同的一份
        second = carry(written(before, {0: RETURN}), now)
        assert (placed(second), [gone.why for gone in second.gone]) == ({}, [VANISHED])
        for _ in range(2):
            second = carry(written(now, {}), now, gone=left_over(second))
            assert (placed(second), second.returned) == ({}, frozenset())
            assert [gone.why for gone in second.gone] == [VANISHED]
    again = carry(written(copy, {}), unit(one, other, project="校舍改造"), gone=left_over(second))
    assert placed(again) == {("甲局：校舍改造", 0): (RETURN, UNCHANGED)}


def test_a_unit_that_was_not_adopted_keeps_its_verdicts() -> None:
    reviews = carry(written(unit(note("甲")), {0: RETURN}), unit(note("甲"), name="乙局", code="9"))
    assert [one.why for one in reviews.gone] == [ABSENT]
    assert reviews.findings == {}


def test_two_at_one_place_are_told_apart_or_left() -> None:
    """同一处的两条：没有变的各归各；都变了，就不猜。"""
    one, other = note("与A不同"), note("与B不同")
    rows = written(unit(one, other), {0: "采信说明", 1: RETURN})
    same = carry(rows, unit(other, one))
    assert placed(same) == {("甲局", 0): (RETURN, UNCHANGED), ("甲局", 1): ("采信说明", UNCHANGED)}
    half = carry(rows, unit(note("与C不同"), other))
    assert placed(half) == {("甲局", 0): ("采信说明", CHANGED), ("甲局", 1): (RETURN, UNCHANGED)}
    neither = carry(rows, unit(note("与C不同"), note("与D不同")))
    assert placed(neither) == {}
    assert [gone.why for gone in neither.gone] == [UNCLEAR, UNCLEAR]
    fewer = carry(rows, unit(note("与C不同")))
    assert placed(fewer) == {}


@pytest.mark.parametrize(
    ("now", "owner"),
    [
        (("甲局", "101"), "甲局"),
        (("甲局", "999"), "甲局"),  # 编码更正了
        (("甲局（新）", "101"), "甲局（新）"),  # 改了名
        (("丙局", "103"), ""),
    ],
)
def test_a_unit_is_known_by_name_then_by_code(now: tuple[str, str], owner: str) -> None:
    rows = written(unit(note("甲")), {0: RETURN})
    name, code = now
    reviews = carry(rows, unit(note("甲"), name=name, code=code))
    assert set(reviews.findings) == ({(owner, 0)} if owner else set())
    assert len(reviews.gone) == (not owner)


def test_a_code_that_now_belongs_to_another_unit_is_not_followed() -> None:
    """甲局没有报送，它的编码错填在乙局上：上一次就有的乙局不是甲局改了名。"""
    first = [*written(unit(note("甲")), {0: RETURN}), *written(unit(name="乙局", code="102"), {})]
    first += written(unit(note("乙"), name="乙局", code="102"), {})
    reviews = carry(first, unit(note("甲"), name="乙局", code="101"))
    assert reviews.findings == {}
    assert [one.name for one in reviews.gone] == ["甲局"]


def test_a_unit_under_a_new_name_and_a_new_code_is_known_by_its_former_name() -> None:
    rows = written(unit(note("甲"), name="办公室"), {0: RETURN})
    now = unit(note("甲"), name="委办", code="901", was=("办公室", "两办"))
    assert placed(carry(rows, now)) == {("委办", 0): (RETURN, UNCHANGED)}


def test_what_two_could_own_is_given_to_neither() -> None:
    """曾用名是一个，编码是另一个；内容接得上的才分得清。"""
    rows = written(unit(note("甲"), answers="一"), {0: RETURN})
    heir, coded = unit(name="乙局", code="901", was=("甲局",)), unit(note("甲"), name="丙局")
    # 曾用名写明了是谁的，编码挪给别人不算
    assert carry(rows, heir, coded).findings == {}
    twice = [unit(note("甲"), name=name, code=name, was=("甲局",)) for name in ("乙局", "丙局")]
    told = carry(rows, *twice)
    assert (told.findings, [one.why for one in told.gone]) == ({}, [WHOSE])
    same = unit(note("甲"), name="丁局", code="9", was=("甲局",), answers="一")
    assert set(carry(rows, *twice, same).findings) == {("丁局", 0)}


@pytest.mark.parametrize(
    ("taker", "kept"),
    [
        (unit(note("甲"), name="丙局"), False),  # 原来没有的，名称给了新设的单位
        (unit(note("甲"), name="丙局", was=("甲局",)), False),
        (unit(note("甲"), name="丙局", answers="三"), False),
        (unit(note("甲"), name="丙局", answers="一"), False),
        (unit(note("甲"), name="乙局"), True),  # 上一次就有的，是编码挪给了它
    ],
)
def test_a_name_and_a_code_that_parted_are_not_chosen_between(taker: Unit, *, kept: bool) -> None:
    """上一次的名称、编码，现在是两个单位的：填的内容接得上的才分得清。"""
    rows = written(unit(note("甲"), answers="一"), {0: RETURN})
    rows += written(unit(note("乙", "q.1"), name="乙局", code="102"), {})
    now = unit(note("甲"), code="103", answers="二")
    told = carry(rows, now, taker)
    if taker.answers == "一":
        assert set(told.findings) == {("丙局", 0)}
    else:
        assert set(told.findings) == ({("甲局", 0)} if kept else set())
        assert [one.why for one in told.gone] == ([] if kept else [WHOSE])


def test_two_units_that_swapped_are_not_told_apart() -> None:
    """换了名称，还是换了编码，看不出。"""
    rows = written(unit(note("甲")), {0: RETURN})
    rows += written(unit(note("乙"), name="乙局", code="102"), {0: "不成立"})
    swapped = unit(note("甲"), code="102"), unit(note("乙"), name="乙局", code="101")
    told = carry(rows, *swapped)
    assert (told.findings, [one.why for one in told.gone]) == ({}, [WHOSE, WHOSE])


def test_a_unit_that_was_there_under_both_names_is_not_one() -> None:
    first, other = unit(note("甲")), unit(note("乙", "finance.x"), name="乙局", code="102")
    rows = written(first, {0: RETURN}) + written(other, {})
    now = unit(note("甲"), note("乙", "finance.x"), name="乙局", code="102", was=("甲局",))
    told = carry(rows, now)
    assert (told.findings, [one.why for one in told.gone]) == ({}, [WHOSE])


def test_units_of_one_name_are_apart_by_code() -> None:
    east, west = (unit(note("甲"), name="中心小学", code=code) for code in ("1", "2"))
    rows = written(east, {0: RETURN}) + written(west, {0: "不成立"})
    assert placed(carry(rows, west, east)) == {
        ("中心小学1", 0): (RETURN, UNCHANGED),
        ("中心小学2", 0): ("不成立", UNCHANGED),
    }
    left = carry(rows, west)
    assert (set(left.findings), [one.why for one in left.gone]) == ({("中心小学2", 0)}, [ABSENT])
    neither = carry(rows, unit(note("甲"), name="中心小学", code="3"))
    assert [one.why for one in neither.gone] == [WHOSE, WHOSE]


# ---------------------------------------------------------------- 由来

WRONG = unit(note("甲"), note("乙", "finance.x"), project="校舍改造", answers="一")
RIGHT = unit(note("甲"), project="校舍", answers="二", lineage=("一",))


def test_a_project_renamed_on_its_own_returned_copy_keeps_its_verdicts() -> None:
    rows = written(WRONG, {0: RETURN, 1: "不成立"})
    moved = carry(rows, RIGHT)
    assert placed(moved) == {("甲局：校舍", 0): (RETURN, UNCHANGED)}
    assert [(one.why, one.opinion.value) for one in moved.gone] == [(VANISHED, "不成立")]
    both = carry(rows, WRONG, RIGHT)
    assert set(both.findings) == {("甲局：校舍改造", 0), ("甲局：校舍改造", 1)}
    # 两份并列过一次，再把原来的一份移走
    after = carry(rows + written(RIGHT, {}), RIGHT)
    assert placed(after) == placed(moved)
    own = carry(rows + written(RIGHT, {0: "采信说明"}), RIGHT)
    assert placed(own) == {("甲局：校舍", 0): ("采信说明", UNCHANGED)}
    assert sorted(str(one.opinion.value) for one in own.gone) == sorted(["不成立", RETURN])


def test_a_form_made_from_anothers_returned_copy_takes_no_verdicts() -> None:
    rows = written(WRONG, {0: RETURN})
    owed = unit(project="校舍改造", adopted=False)  # 名单上还要报的
    other = unit(note("甲"), name="乙局", code="102", answers="三", lineage=("一",))
    absent = unit(adopted=False)
    for units in ((owed, RIGHT), (absent, other)):
        told = carry(rows, *units)
        assert (told.findings, [one.why for one in told.gone]) == ({}, [ABSENT])
    twins = (RIGHT, unit(note("甲"), project="礼堂", answers="四", lineage=("一",)))
    mine = written(unit(note("甲"), project="校舍", answers="原有"), {})
    for before, units in ((rows, twins), (rows + mine, (RIGHT,))):
        told = carry(before, *units)
        assert (told.findings, [one.why for one in told.gone]) == ({}, [WHOSE])


_CHANGES = st.tuples(*(st.booleans() for _ in range(6)))


@settings(max_examples=60, deadline=None)
@given(_CHANGES, st.sampled_from([*VERDICTS, "写错的"]))
def test_a_verdict_is_kept_with_its_unit_or_told(changes: tuple[bool, ...], verdict: str) -> None:
    """改名、改编码、改项目、改数，怎样合起来：意见不是在那个单位上，就是另列着，从不到别的单位。"""
    renamed, recoded, reprojected, edited, listed, crossed = changes
    old = unit(note("支出率50%"), project="桥", answers="一")
    bystander = unit(note("支出率50%"), name="乙局", code="102", project="桥", answers="乙")
    now = unit(
        note("支出率40%" if edited else "支出率50%"),
        name="新局" if renamed else "甲局",
        code="999" if recoded else "101",
        project="大桥" if reprojected else "桥",
        was=("甲局",) if renamed else (),
        answers="二",
        lineage=("一",),
    )
    if crossed and recoded:  # 那个编码给了别的单位
        bystander = unit(note("支出率50%"), name="乙局", code="101", project="桥", answers="乙")
    rows = written(old, {0: verdict}) + (written(bystander, {}) if listed else [])
    reviews = carry(rows, now, bystander)
    assert [key for key, _ in reviews.findings] == [now.key]
    (one,) = reviews.findings.values()
    assert (one.opinion.value, one.changed) == (verdict, edited)


def test_projects_of_one_department_are_apart() -> None:
    bridge, road = unit(note("甲"), project="桥"), unit(note("甲"), project="路")
    reviews = carry(written(bridge, {0: RETURN}), road, bridge)
    assert set(reviews.findings) == {("甲局：桥", 0)}


def test_without_the_key_the_words_must_be_the_same() -> None:
    rows = [row._replace(key=None) for row in written(unit(note("支出率50%")), {0: RETURN})]
    assert placed(carry(rows, unit(note("支出率50%")))) == {("甲局", 0): (RETURN, UNCHANGED)}
    other = carry(rows, unit(note("支出率40%")))
    assert (placed(other), len(other.gone)) == ({}, 1)
    twice = carry(rows, unit(note("支出率50%"), note("支出率50%", "finance.x")))
    assert [one.why for one in twice.gone] == [UNCLEAR]


def test_a_place_written_by_an_earlier_version_is_found_by_the_words() -> None:
    """不指某一格的，早先的位置、看到的数另有算法；指着一格的、得分的，没有那一处就是没有了。"""
    now = unit(note("培训教师：写了432人"))
    (row,) = written(now, {0: RETURN})
    assert row.key is not None
    old = row.key._replace(place="OLDPLACE", seen="OLDSEEN", filled="")
    known = RowKey.parse(old.text.removesuffix("|-"))
    assert known == old
    assert placed(carry([row._replace(key=known, where="收支与资产")], now)) == {
        ("甲局", 0): (RETURN, UNCHANGED)
    }
    for other in (
        row._replace(key=known, where="收支与资产!C10"),
        row._replace(key=known, where="收支与资产", message="培训教师：写了433人"),
        row._replace(key=known._replace(kind=SCORE), kind=SCORE),
    ):
        told = carry([other], now)
        assert (told.findings, [one.why for one in told.gone]) == ({}, [VANISHED])


# ---------------------------------------------------------------- 标识与看得见的字


def book_of(rows: Iterable[SavedRow]) -> Book:
    """疑点清单的样子：标识、单位、规则、事实、意见。"""
    headings = [FINDING_HEADINGS[key][0] for key in ("key", "name", "code", "message", "verdict")]
    lines = [headings] + [
        [row.key.text if row.key else "", row.name, row.code, row.message, str(row.opinion.value)]
        for row in rows
    ]
    cells = {
        (number, column): GridCell(text)
        for number, line in enumerate(lines, 5)
        for column, text in enumerate(line, 1)
        if text
    }
    return Book("", (Grid("疑点清单", cells),))


def reread(rows: Iterable[SavedRow]) -> list[SavedRow]:
    return list(read_saved(book_of(rows), {}).listed)


def test_columns_sorted_without_the_key_find_their_own() -> None:
    """只给看得见的几栏排了序，标识没有跟着走：照看得见的字找回。"""
    now = unit(note("支出率50%"), note("差1万元", "finance.assets", "A04"))
    one, other = written(now, {0: "不成立", 1: RETURN})
    mixed = reread([one._replace(key=other.key), other._replace(key=one.key)])
    assert [row.key for row in mixed] == [one.key, other.key]
    assert placed(carry(mixed, now)) == {
        ("甲局", 0): ("不成立", UNCHANGED),
        ("甲局", 1): (RETURN, UNCHANGED),
    }


def test_a_key_of_another_unit_is_not_believed() -> None:
    now = unit(note("支出率50%"))
    (row,) = written(now, {0: RETURN})
    (other,) = written(unit(note("支出率50%"), name="乙局", code="102"), {})
    (read,) = reread([row._replace(key=other.key)])
    assert read.key is None
    (edited,) = reread([row._replace(message="我改了这句话")])
    assert edited.key == row.key


def test_a_copied_row_counts_once() -> None:
    now = unit(note("支出率50%"))
    (row,) = written(now, {0: RETURN})
    blank = row._replace(opinion=Opinion())
    for rows in ([row, row], [blank, row], [row, blank]):
        assert placed(carry(reread(rows), now)) == {("甲局", 0): (RETURN, UNCHANGED)}
    differing = carry(reread([row, row._replace(opinion=Opinion("不成立"))]), now)
    assert placed(differing) == {}
    assert {one.opinion.value for one in differing.gone} == {RETURN, "不成立"}


@pytest.mark.parametrize("text", ["", "甲", "疑点|a", "别的|" + "a|" * 10 + "0"])
def test_what_is_no_key_is_not_read_as_one(text: str) -> None:
    assert RowKey.parse(text) is None
