"""应报、已报、退回、未报……各处数得一样，加起来是应报：终端、首页、通报、JSON。"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest
from cli_forms import good_form, project_form
from collected_once import collect_once
from parity_cells import bare, differences, frozen
from parity_engines import formualizer_found
from roster_books import write_roster

from xltool.cli.documents import collect_document
from xltool.cli.standing import count_line
from xltool.collection.model import Request
from xltool.collection.standing import standing
from xltool.collection.statuses import OWED
from xltool.collection.verdicts import RETURN, Carried, Opinion, Reviews
from xltool.consolidated.book import consolidated_plan
from xltool.consolidated.saved_book import saved_book
from xltool.consolidated.settling import settle
from xltool.consolidated.sources import make_sources
from xltool.excel.write import render_book
from xltool.finding import Finding
from xltool.papers.bulletin import CALLED, DELIVERY, PRAISED, UNITS, bulletin_values
from xltool.season.choosing import choosing_of
from xltool.season.letter import Letter
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from xltool.xlsx.grid import Book, Grid

HEAD: Final = ("单位名称", "表种", "项目名称", "零报送", "缓报至", "归口科室")
PROJECT: Final = "项目支出"
SPECIAL: Final = "有专项资金"
DEADLINE, LATE = date(2025, 4, 30), date(2025, 5, 9)
LISTED: Final = (
    ("甲局", SPECIAL, "", "", "", "一科"),
    ("乙局", SPECIAL),
    ("丙局", "无专项资金", "", "", "", "一科"),
    ("丁局", SPECIAL, "", "", "", "二科"),
    ("戊局", "", "", "是"),
    ("己局", "", "", "是"),
    ("庚局", SPECIAL),
    ("子局", SPECIAL, "", "免报", "", "二科"),
    ("丑局", SPECIAL, "", "", "2025-5-31"),
    ("寅局", PROJECT, "路"),
    ("卯局", PROJECT, "路", "", "2025-5-20"),
)
SEVERAL: Final = (*LISTED, ("辛局", PROJECT, "桥、路"), ("壬局", PROJECT, "桥、路"))
FILES: Final = {
    "甲局": good_form(department="甲局"),
    "甲局桥": project_form(department="甲局", project="桥"),  # 多报的
    "乙局": good_form(department="乙局"),  # 复核退回
    "丙局": good_form(department="丙局"),  # 表种不对
    "己局": good_form(department="己局"),  # 零报送而报来了
    "庚局": b"broken",
    "癸局": good_form(department="癸局"),  # 名单外
    "癸局桥": project_form(department="癸局", project="桥"),
    "寅局路": project_form(department="寅局", project="路", date=LATE),
    "卯局路": project_form(department="卯局", project="路", date=LATE),  # 批准缓报
}
MORE: Final = {
    "辛局桥": project_form(department="辛局", project="桥"),
    "壬局桥": project_form(department="壬局", project="桥"),  # 两份都复核退回，单位只算一个
    "壬局路": project_form(department="壬局", project="路"),
}


class Told(NamedTuple):
    """各处数的：应报，各种状态，复核退回，免报，多报，名单外。"""

    owed: int
    counts: tuple[int, ...]
    back: int
    exempt: int
    extra: int
    unlisted: int


class Season(NamedTuple):
    """一次汇总，各处印的。"""

    line: str
    json: dict[str, dict[str, int]]
    front: dict[str, dict[str, str]]
    best: dict[str, str]
    units: dict[str, dict[str, str]]
    groups: dict[str, list[tuple[str, str]]]
    delivery: tuple[str, ...]
    lists: dict[str, tuple[dict[str, str], ...]]


@cache
def season(*, several: bool) -> Season:
    """`several` 是有单位应报几份的。"""
    rows, files = (SEVERAL, FILES | MORE) if several else (LISTED, FILES)
    with TemporaryDirectory() as name:
        home = Path(name)
        folder = home / "报送"
        folder.mkdir()
        for file, content in files.items():
            (folder / f"{file}.xlsx").write_bytes(content)
        roster = write_roster(home, HEAD, *rows)
        found = collect_once(Request(folder=folder, roster=roster, deadline=DEADLINE, jobs=1))
    verdict = Carried(Opinion(RETURN, "重报"), "", changed=False)
    returned = [unit.key for unit in found.units if unit.department in ("乙局", "壬局")]
    reviews = Reviews(findings={(key, 0): verdict for key in returned})
    plan = frozen(consolidated_plan(make_sources(found, "", reviews)))
    if several:  # 写出的结果与公式重算的相同
        assert differences(plan, formualizer_found(bare(plan))) == []
    book = read_bytes(render_book(plan))
    assert not isinstance(book, Finding)
    saved = saved_book(book)
    assert saved is not None
    values = bulletin_values(saved, settle(saved), Letter(), choosing_of())
    front = rows_of(next(grid for grid in book.grids if grid.name == "首页"))
    head = next(line for line in front.values() if "照什么数" in line.values())
    listed = (line for line in front.values() if set(line.values()) & {"份", "单位"})
    counts = [{head[column]: text for column, text in line.items()} for line in listed]
    return Season(
        count_line(standing(found, reviews.returned)),
        collect_document(found, "", reviews.returned)["standing"],  # type: ignore[arg-type]
        {line["照什么数"]: line for line in counts},
        best_of(front),
        {line["单位名称"]: line for line in under(book, "报送情况", "单位名称")},
        {name: owed_in(book, f"统计_{name}") for name in (SPECIAL, PROJECT)},
        tuple(str(line) for line in values[DELIVERY]),
        {name: values[name].items for name in (PRAISED, CALLED, UNITS)},  # type: ignore[union-attr]
    )


def under(book: Book, name: str, heading: str) -> list[dict[str, str]]:
    """一张登记表的各行，凭表头。"""
    rows = list(rows_of(next(grid for grid in book.grids if grid.name == name)).values())
    start = next(n for n, line in enumerate(rows) if heading in line.values())
    head = rows[start]
    return [{head[column]: text for column, text in line.items()} for line in rows[start + 1 :]]


def owed_in(book: Book, name: str) -> list[tuple[str, str]]:
    """统计里各归口应报几份。"""
    lines = under(book, name, "应报份数")
    return [(line["归口"], line["应报份数"]) for line in lines if "应报份数" in line]


def best_of(front: dict[int, dict[int, str]]) -> dict[str, str]:
    """首页写的各表种最高的。"""
    head = next(row for row, line in front.items() if "最高的" in line.values())
    columns = {text: column for column, text in front[head].items()}
    lines = (front[head + 1], front[head + 2])
    return {line[columns["表种"]]: line[columns["最高的"]] for line in lines}


def rows_of(grid: Grid) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for (row, column), cell in grid.cells.items():
        if cell.text:
            found.setdefault(row, {})[column] = cell.text
    return found


def in_json(counts: dict[str, int]) -> Told:
    own = tuple(counts[status.value] for status in OWED)
    others = (counts[name] for name in ("sent_back", "exempt", "extra", "unlisted"))
    return Told(counts["owed"], own, *others)


def in_text(text: str) -> Told:
    """终端、通报说的：没有说的是 0。"""

    def count(name: str) -> int:
        found = re.search(rf"(?<![核]){name} ?(\d+)", text)
        return int(found[1]) if found else 0

    own = tuple(count(rf"(?<!复核){status.label}") for status in OWED)
    others = (count(name) for name in ("复核退回", "免报", "多报", "名单外"))
    return Told(count("应报"), own, *others)


def on_front(row: dict[str, str]) -> Told:
    own = tuple(0 if row[one.label] == "—" else int(row[one.label]) for one in OWED)
    rest = (int(row[name]) for name in ("其中复核退回", "免报", "多报", "名单外"))
    return Told(int(row["应报"]), own, *rest)


@pytest.mark.parametrize(
    ("several", "expected"),
    [
        (False, {"forms": Told(10, (6, 0, 1, 0, 2, 1), 1, 1, 1, 2)}),
        (
            True,
            {
                "forms": Told(14, (9, 0, 1, 0, 3, 1), 3, 1, 1, 2),
                "units": Told(12, (7, 1, 1, 0, 2, 1), 2, 1, 1, 1),
            },
        ),
    ],
)
def test_every_place_tells_the_same_counts(*, several: bool, expected: dict[str, Told]) -> None:
    told = season(several=several)
    forms = expected["forms"]
    units = expected.get("units", forms._replace(unlisted=1))
    assert in_json(told.json["forms"]) == on_front(told.front["份"]) == forms
    assert in_json(told.json["units"]) == on_front(told.front["单位"]) == units
    assert in_text(told.line) == units
    assert in_text(told.delivery[0]) == units._replace(exempt=0, extra=0, unlisted=0)
    for one in (forms, units):
        assert sum(one.counts) == one.owed


def test_only_what_is_owed_on_the_right_form_is_praised() -> None:
    told = season(several=False)
    praised = {one["单位"] for one in told.lists[PRAISED]}
    assert praised == {"甲局", "己局", "卯局：路"}
    called = {one["单位"]: one["原因"] for one in told.lists[CALLED]}
    assert called["丙局"] == "交的表种与名单不同"
    assert called["乙局"] == "复核退回"
    listed = {one["单位"] for one in told.lists[UNITS]}
    assert {"乙局（复核退回）", "丙局（表种不对）", "癸局（名单外）", "甲局：桥（多报）"} <= listed
    assert "名单外的：癸局、癸局：桥。" in told.delivery


def test_what_was_sent_back_is_told_beside_the_kind_it_belongs_to() -> None:
    told = season(several=True)
    assert "已报 7（其中复核退回 2），未报齐 1，" in told.line
    assert told.delivery[0].startswith("应报12个单位：已报7个（其中复核退回2个），未报齐1个，")


def test_what_a_group_owes_is_what_the_list_says() -> None:
    """多报、名单外、免报的不算；应报这一种而交了别的表的算。"""
    assert season(several=False).groups == {
        SPECIAL: [("一科", "2"), ("二科", "1"), ("（没有写）", "5")],
        PROJECT: [("一科", "0"), ("（没有写）", "2")],
    }


def test_late_exempt_and_deferred_units_are_named() -> None:
    """逾期的不表扬，批准缓报的照缓报的那一天；免报的不在应报里，另列出来。"""
    told = season(several=False)
    assert "逾期报送的：寅局：路。" in told.delivery
    assert "免报的：子局。" in told.delivery
    assert "未报的：丁局、丑局（缓报至2025年5月31日）。" in told.delivery
    called = {one["单位"]: one["原因"] for one in told.lists[CALLED]}
    assert called["丁局"] == "未报"
    assert not any("子局" in name or "丑局" in name for name in called)
    assert "，另有免报 1，多报 1 份，" in told.line
    late = {line["单位名称"]: line.get("逾期天数", "") for line in told.units.values()}
    assert {name: days for name, days in late.items() if days} == {"寅局": "9"}


def test_those_that_tie_are_counted_and_projects_have_their_unit() -> None:
    assert season(several=False).best == {"有专项资金": "甲局等5个", "项目支出": "甲局：桥等4个"}
