"""放在一批里才看得出的：满分、远高于同批、文字与别的部门相同；连同规则的结果和位置。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from collected_once import collect_once
from collection_builder import form_bytes

from xltool.collection.model import Request
from xltool.consolidated.sources import make_sources
from xltool.flags.rule import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.collection.model import Collection, Unit

WORDS = "年初预算安排偏大，项目招标推迟到第三季度才完成，当年支出进度低于序时进度，质保金结转下年。"
CODE = "S06"


def collected(folder: Path, *units: tuple[str, str, str]) -> Collection:
    """各单位：名称、自评分数、第03项的扣分原因。"""
    folder.mkdir()
    for name, total, reason in units:
        data = form_bytes(
            ("cover.department", name),
            ("cover.department_code", ""),
            ("cover.self_total", Decimal(total)),
            ("form.03.reason", reason),
        )
        (folder / f"{name}.xlsx").write_bytes(data)
    return collect_once(Request(folder=folder))


def told(unit: Unit) -> list[tuple[str, str]]:
    return [(note.finding.where, note.finding.message) for note in unit.batch]


def test_the_same_words_are_named_in_both_at_the_cell_of_the_file(tmp_path: Path) -> None:
    collection = collected(
        tmp_path / "报送",
        ("示例市甲局", "96", WORDS),
        ("示例市乙局", "97", WORDS.replace("第三", "第四")),
        ("示例市丙局", "98", "项目质保金未到支付期。"),
    )
    units = {unit.name: unit for unit in collection.units}
    assert told(units["示例市甲局"]) == [("评分表!K9", "这段话与“示例市乙局”的几乎一样")]
    assert told(units["示例市乙局"]) == [("评分表!K9", "这段话与“示例市甲局”的几乎一样")]
    assert told(units["示例市丙局"]) == []
    third = units["示例市丙局"]
    assert third.batch_outcomes[CODE] is Outcome.UNJUDGED
    assert third.batch_missing[CODE] == ("同批的自评分数（只有3份，至少5份才比）",)


def test_one_far_above_the_others(tmp_path: Path) -> None:
    """九份80分、一份100分：平均82、标准差6，82+2×6=94。"""
    totals = [(f"示例市第{n}局", "80", f"第{n}局的原因") for n in range(1, 10)]
    collection = collected(tmp_path / "报送", *totals, ("示例市独高局", "100", ""))
    units = {unit.name: unit for unit in collection.units}
    assert [message for _, message in told(units["示例市独高局"])] == [
        "自评100分，是满分",
        "自评100分，同批10份平均82分、标准差6分，高出2个标准差以上",
    ]
    others = [unit for name, unit in units.items() if name != "示例市独高局"]
    assert {unit.batch_outcomes[CODE] for unit in others} == {Outcome.PASS}
    assert all(told(unit) == [] for unit in others)


def test_they_count_and_reach_the_book(tmp_path: Path) -> None:
    collection = collected(tmp_path / "报送", ("示例市甲局", "100", ""))
    (unit,) = collection.units
    assert unit.tally.notice == sum(f.severity.label == "提示" for f in unit.findings())
    assert CODE in {finding.code for finding in unit.findings()}
    (source,) = make_sources(collection, "评分表")
    (scored,) = source.scored
    assert scored.notes[CODE] == 1
    assert CODE in scored.hits


OWNER, PROJECT = "示例市水利局", "河道清淤整治"
BESIDE = "X05"


def beside_projects(folder: Path, *projects: tuple[str, str, str]) -> Collection:
    """一份部门的表：一项专项资金“河道清淤整治”600万元；几份项目的表：部门、项目、执行数。"""
    folder.mkdir()
    changes = (
        ("cover.department", OWNER),
        ("cover.department_code", ""),
        ("funds.1.name", PROJECT),
        ("funds.1.planned", Decimal(620)),
        ("funds.1.paid", Decimal(600)),
        ("funds.1.note", ""),
        ("claims.2.kind", "数据"),
        ("claims.2.topic", f"{PROJECT}支出"),
        ("claims.2.figure", "600"),
        ("claims.2.unit", "万元"),
    )
    (folder / "部门.xlsx").write_bytes(form_bytes(*changes))
    for number, (owner, project, total) in enumerate(projects):
        form = form_bytes(
            ("cover.department", owner),
            ("cover.department_code", ""),
            ("cover.project", project),
            ("finance.adjusted", Decimal(620)),
            ("finance.total", Decimal(total)),
            scheme_id="mof-project",
        )
        (folder / f"项目{number}.xlsx").write_bytes(form)
    return collect_once(Request(folder=folder))


def department_of(collection: Collection) -> Unit:
    return next(unit for unit in collection.units if not unit.project)


def test_a_fund_that_differs_from_the_form_of_its_project(tmp_path: Path) -> None:
    unit = department_of(beside_projects(tmp_path / "报送", (OWNER, PROJECT, "607.6")))
    (note,) = [note for note in unit.batch if note.finding.code == BESIDE]
    words = "实际支出600万元，项目自己的表全年执行数607.6万元，相差7.6万元"
    assert note.finding.message == f"“{PROJECT}”{words}"
    assert note.finding.where == "专项资金!D7"
    assert note.finding.remedy.startswith("核对专项资金和这个项目自己的表")
    assert unit.batch_outcomes[BESIDE] is Outcome.HIT
    assert CODE in unit.batch_outcomes
    assert note.finding in unit.findings()
    (told,) = [note.finding for note in unit.batch if note.finding.code == "X07"]
    assert told.message.startswith(f"{PROJECT}支出：报告写600万元")
    assert told.where == "关键数据核对!D8"


def test_what_is_no_form_of_the_same_project(tmp_path: Path) -> None:
    """别的部门的同名项目、同一部门的别的项目都不比；两张表一样的通过。"""
    others = (("示例市农业局", PROJECT, "1"), (OWNER, f"{PROJECT}二期", "1"))
    unit = department_of(beside_projects(tmp_path / "别的", *others))
    assert unit.batch_outcomes[BESIDE] is Outcome.UNJUDGED
    assert unit.batch_missing[BESIDE] == ("同批里同名的项目支出自评表",)
    same = department_of(beside_projects(tmp_path / "相同", (OWNER, PROJECT, "600")))
    assert same.batch_outcomes[BESIDE] is Outcome.PASS
    assert BESIDE not in same.batch_missing
    assert same.batch_outcomes["X07"] is Outcome.PASS


def test_the_order_of_the_files_changes_nothing(tmp_path: Path) -> None:
    units = [(f"示例市第{n}局", str(90 + n), WORDS) for n in range(1, 7)]
    one = collected(tmp_path / "甲", *units)
    two = collected(tmp_path / "乙", *reversed(units))
    assert [told(unit) for unit in one.units] == [told(unit) for unit in two.units]
