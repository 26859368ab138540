"""几种表混在一个文件夹里：每个文件有去向，各种表各排名次，各有各的工作表。"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
import sample_books
from book_tables import rows_of, shown, tables
from cli_runner import xltool
from collection_builder import filled
from openpyxl_books import loaded
from written_books import write_consolidated

from xltool import frames
from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.consolidated.book import consolidated_plan
from xltool.consolidated.columns import ABOVE_ROW
from xltool.consolidated.sources import make_sources
from xltool.excel.output_set import forms_folder
from xltool.excel.write import write_book
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.layout.columns import columns_of
from xltool.layout.unit import grid_widths
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from xltool.collection.model import Collection
    from xltool.consolidated.source import Source
    from xltool.sheets.plan import Content, SheetPlan, WorkbookPlan

SAMPLES = Path(__file__).parents[2] / "sample_inputs"
FOLDER, ROSTER = SAMPLES / "mixed", SAMPLES / "mixed_名单.xlsx"
GENERAL, SPECIAL = "无专项资金", "有专项资金"
PROJECT, PROJECT_101 = "项目支出", "项目支出101号"

# 名单次序；一个单位的项目依项目名称；名次只在同一种表里排
UNITS = [
    ("902001", "示例市科学技术局", "", "reported", SPECIAL, 1),
    ("902002", "示例市机关事务管理局", "", "reported", GENERAL, 1),
    ("902003", "示例市地方志办公室", "", "reported", GENERAL, 2),
    ("902004", "示例市水利局", "城区河道清淤整治", "reported", PROJECT, 1),
    ("902004", "示例市水利局", "小型山塘除险加固", "extra", PROJECT, 2),
    ("902005", "示例市商务局", "电商产业园扶持", "reported", PROJECT, 3),
    ("902006", "示例市体育局", "全民健身设施补短板", "reported", PROJECT_101, 1),
    ("902007", "示例市档案馆", "馆藏档案数字化", "reported", PROJECT_101, 2),
    ("902008", "示例市残疾人联合会", "残疾人精准康复服务", "reported", PROJECT_101, 3),
    ("902009", "示例市城市管理局", "垃圾分类示范片区建设", "pending", "", None),
    ("902010", "示例市供销合作联社", "", "pending", "", None),
    ("902011", "示例市林业局", "", "returned", "", None),
    ("902012", "示例市气象局", "", "absent", "", None),
]
# 采用的各份的表名、文件名
SHORT = [f"{unit}_{project}".rstrip("_") for _, unit, project, *_ in UNITS[:9]]
SCHEMES = {
    SPECIAL: "jiangmen-2025-special",
    GENERAL: "jiangmen-2025-general",
    PROJECT: "mof-project",
    PROJECT_101: "mof-project-101",
}


def collection() -> Collection:
    return sample_books.collected("mixed")


def sources() -> tuple[Source, ...]:
    return sample_books.sources("mixed")


def plan() -> WorkbookPlan:
    return sample_books.plan("mixed")


def sheet(name: str) -> SheetPlan:
    return next(one for one in plan().sheets if one.name == name)


def rows(name: str) -> list[dict[str, Content]]:
    """一张登记表的数据行，按表头。"""
    return rows_of(tables(plan())[name])


# ---------------------------------------------------------------- 清点、归并


def test_every_file_has_its_fate() -> None:
    counts = collection().counts
    fates = (counts.adopted, counts.returned, counts.pending, counts.skipped)
    assert (counts.found, *fates) == (15, 9, 1, 4, 1)
    # 采用的9份 5错误、15警告、2提示、29处已说明；退回1错误；待确认2错误，表种不对1警告
    assert counts.problems == (8, 15 + 1, 2, 29)


def test_units_and_projects_in_the_order_of_the_roster() -> None:
    found = [
        (unit.code, unit.department, unit.project, unit.status.value, unit.scheme, unit.rank)
        for unit in collection().units
    ]
    assert found == [(*row[:4], SCHEMES.get(row[4], ""), row[5]) for row in UNITS]


def test_what_the_collection_says() -> None:
    several = "有 2 份内容不同的报送"
    rubbish = "示例市城市管理局_垃圾分类示范片区"
    trade = "示例市供销合作联社"
    files = f"{trade}_无专项资金.xlsx、{trade}_有专项资金.xlsx"
    twice = f"{rubbish}.xlsx、{rubbish}（修改稿）.xlsx"
    assert [(item.code, item.file, item.message) for item in collection().findings] == [
        (
            "C111",
            "",
            f"“示例市城市管理局：垃圾分类示范片区建设”{several}：{twice}；没有采用任何一份",
        ),
        (
            "C111",
            "",
            f"“{trade}”{several}（用了 2 种表：无专项资金、有专项资金）：{files}；没有采用任何一份",
        ),
        (
            "C124",
            f"{trade}_有专项资金.xlsx",
            f"“{trade}”交的是“有专项资金”的表，名单上的表种是“无专项资金”",
        ),
    ]
    reasons = {item.file: item.reason for item in collection().files}
    assert reasons[f"{rubbish}.xlsx"] == f"与 {rubbish}（修改稿）.xlsx 是同一项目的不同报送，待确认"
    other = f"{trade}_有专项资金.xlsx"
    assert reasons[f"{trade}_无专项资金.xlsx"] == f"与 {other} 是同一部门的不同报送，待确认"


def test_contacts_stand_beside_projects_too() -> None:
    """只报项目的单位没有自己的一行，名单上的联系人和电话写在项目后面。"""
    water = [unit for unit in collection().units if unit.department == "示例市水利局"]
    assert [unit.contact_phone for unit in water] == ["0000-0000024"] * 2
    assert {unit.variants for unit in water} == {(PROJECT,)}


# ---------------------------------------------------------------- 汇总工作簿


def test_each_form_has_its_own_sheets() -> None:
    names = [one.name for one in plan().sheets]
    forms = (GENERAL, SPECIAL, PROJECT, PROJECT_101)
    assert names[:3] == ["首页", "说明与核对", "总览"]
    assert names[3:11] == [f"{kind}_{form}" for form in forms for kind in ("汇总", "统计")]
    for kind in ("得分明细", "绩效指标明细", "规则说明", "评分参数", "选项"):
        assert {f"{kind}_{form}" for form in forms} <= set(names)
    for form in (GENERAL, SPECIAL):
        assert {f"收支资产_{form}", f"整改台账_{form}"} <= set(names)
    for form in (PROJECT, PROJECT_101):
        assert {f"项目资金_{form}", f"年度总体目标_{form}"} <= set(names)
    shared = ["报送情况", "文件清单", "退回与提醒", "重复差异"]
    assert [name for name in names if name in shared] == shared
    units = [f"{number:02d}_{name}" for number, name in enumerate(SHORT, 1)]
    references = [f"{kind}_{form}" for form in forms for kind in ("规则说明", "评分参数", "选项")]
    assert names[-len(units) - len(references) :] == [*units, *references]


def test_a_unit_without_a_submission_stands_in_the_form_it_owes() -> None:
    """林业局退回、气象局未报，各列在名单上写的表种里；待确认的项目列在项目的表里。"""
    listed = {form: [row["单位名称"] for row in rows(f"汇总_{form}")] for form in SCHEMES}
    assert listed == {
        SPECIAL: ["示例市科学技术局"],
        GENERAL: [
            "示例市机关事务管理局",
            "示例市地方志办公室",
            "示例市供销合作联社",
            "示例市气象局",
        ],
        PROJECT: [
            "示例市水利局",
            "示例市水利局",
            "示例市商务局",
            "示例市城市管理局",
            "示例市林业局",
        ],
        PROJECT_101: ["示例市体育局", "示例市档案馆", "示例市残疾人联合会"],
    }
    projects = [row["项目名称"] for row in rows(f"汇总_{PROJECT}")]
    assert projects == [
        "城区河道清淤整治",
        "小型山塘除险加固",
        "电商产业园扶持",
        "垃圾分类示范片区建设",
        "",
    ]


def test_ranks_and_totals_form_by_form() -> None:
    shown = {
        form: [
            (str(row["名次"]), f"{row['系统得分']:.2f}")
            for row in rows(f"汇总_{form}")
            if row["名次"]
        ]
        for form in SCHEMES
    }
    assert shown == {
        GENERAL: [("1", "99.86"), ("2", "78.04")],
        SPECIAL: [("1", "98.98")],
        PROJECT: [("1", "99.80"), ("2", "91.72"), ("3", "87.27")],
        PROJECT_101: [("1", "93.75"), ("2", "87.00"), ("3", "64.00")],
    }


def test_full_marks_that_vary_say_so() -> None:
    """项目的表各类分值由项目自定，满分一行不写数；定好的写数。"""
    above = {
        form: [
            cell.content for cell in sheet(f"汇总_{form}").every_cell() if cell.at.row == ABOVE_ROW
        ]
        for form in (PROJECT, PROJECT_101)
    }
    assert [str(one) for one in above[PROJECT]] == [
        "满分",
        "100",
        "10",
        "10",
        "90",
        *(["项目自定"] * 3),
    ]
    varies = ["项目自定"] * 4
    assert [str(one) for one in above[PROJECT_101]] == ["满分", "100", "10", "10", "90", *varies]


def test_the_first_sheet_tells_the_forms_apart() -> None:
    cells = {cell.at.a1: shown(cell.content) for cell in sheet("说明与核对").every_cell()}
    assert cells["A2"] == "4种表合在一起，各有各的汇总和名次　程序 xltool 0.2.0"
    table = [(cells[f"B{row}"], cells[f"C{row}"]) for row in range(20, 24)]
    assert table == [(GENERAL, 2), (SPECIAL, 1), (PROJECT, 3), (PROJECT_101, 3)]
    uses = {name: cells.get(at.replace("B", "D")) for at, name in cells.items() if at[0] == "B"}
    assert (
        uses["汇总_项目支出"]
        == "一行一个项目：名次、总分、各级得分、问题数、复核以后的总分、等级、名次"
    )
    assert uses["整改台账_无专项资金"] == "各单位的“上年度整改”表接在一起，一行一个单位的一条"
    assert cells["C4"] == "相符"


def test_the_differences_of_two_forms_name_what_is_not_there() -> None:
    special = "示例市供销合作联社_有专项资金.xlsx"
    told = rows("重复差异")
    missing = [row for row in told if row["填的内容"] == "（没有这一格）"]
    assert {row["文件"] for row in missing} == {"示例市供销合作联社_无专项资金.xlsx"}
    assert {row["位置"] for row in missing} == {"—"}
    there = [row for row in told if row["项目"] == "专项资金 序号1 安排数"][1]
    assert (there["文件"], there["位置"], there["填的内容"]) == (special, "专项资金!C7", "200")


@pytest.mark.parametrize("form", list(SCHEMES))
def test_numbers_fit_their_columns_in_the_unit_sheets(form: str) -> None:
    """装数的栏不比报送表里的窄一成以上，不会显示成一串井号。"""
    source = next(one for one in sources() if one.scheme.variant == form)
    widths = grid_widths(source.scheme)
    layout = source.layouts[source.scored[0].number]
    for block in layout.blocks.values():
        for column in columns_of(block.sheet):
            if column.field is not None and column.field.kind.numeric:
                first, last = block.columns[column.key]
                assert sum(widths[first - 1 : last]) >= 0.9 * column.width, column.key


# ---------------------------------------------------------------- 另存的评分表


def test_forms_beside_the_book_keep_their_own_points(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """另存的评分表由模板换格写成：101号的表分值随分法而定，计分说明里存着的分值也要换。"""
    monkeypatch.setattr("xltool.consolidated.sources.MOST_IN_BOOK", 5)
    target = write_consolidated(collection(), tmp_path / "汇总.xlsx")
    written = sorted(forms_folder(target).glob("*/*"))
    named = [f"{number:04d}_{name}.xlsx" for number, name in enumerate(SHORT, 1)]
    assert [path.name for path in written] == named
    points = [[row[2].value for row in _told(path)] for path in written]
    assert points[6:8] == [[10, 20, 40, 20, 10], [10, 0, 50, 40, 0]]  # 体育局、档案馆


def _told(path: Path) -> list[tuple[object, ...]]:
    sheet = loaded(path, results=True)["计分说明"]
    return [row for row in sheet.iter_rows() if str(row[0].value).isdecimal()]


# ---------------------------------------------------------------- 命令、JSON、pandas


@pytest.fixture(scope="module")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("缓存")


@pytest.fixture
def remembered(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """与平时一样，记着读过的：同样的文件夹汇总几次。"""
    monkeypatch.setenv("XLTOOL_CACHE", str(own_cache))


@pytest.mark.usefixtures("remembered")
def test_the_command_collects_a_mixed_folder(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    ran = xltool("collect", FOLDER, "-o", target, "--roster", ROSTER)
    assert ran.code == 1
    found, units, *_, written = ran.err.splitlines()
    assert (found, units, written) == (
        (
            "共 15 份：采用 9，退回 1，重复待确认 4，跳过 1；"
            "错误 8 处，警告 16 处，提示 2 处，已说明 29 处。"
        ),
        "单位：应报 12：已报 8，退回 1，重复待确认 2，未报 1，零报送 0，另有多报 1 份。",
        f"已写入 {target}",
    )
    assert target.exists()


@pytest.mark.usefixtures("remembered")
def test_json_says_which_form_and_which_project(tmp_path: Path) -> None:
    arguments = (FOLDER, "-o", tmp_path / "汇总.xlsx", "--roster", ROSTER, "--json")
    document = xltool("collect", *arguments).document
    assert document["scheme"] is None  # 用了几种
    found = [
        (unit["code"], unit["department"], unit["project"], unit["status"], unit["scheme"])
        for unit in document["units"]
    ]
    versions = {unit.scheme: unit.report().version for unit in collection().units if unit.scheme}
    assert found == [
        (
            *row[:4],
            {"id": SCHEMES[row[4]], "version": versions[SCHEMES[row[4]]]} if row[4] else None,
        )
        for row in UNITS
    ]
    names = [unit["name"] for unit in document["units"]]
    assert names[3] == "示例市水利局：城区河道清淤整治"


def test_frames_of_a_mixed_folder() -> None:
    summary = frames.summary(collection())
    assert list(summary["表种"].dropna()) == [row[4] for row in UNITS if row[4]]
    assert list(summary["名次"].dropna()) == [row[5] for row in UNITS if row[5]]
    projects = summary[summary["表种"] == PROJECT]
    assert list(projects["产出指标"]) == [50.0, 46.97, 45.8]
    assert projects["管理效率"].isna().all()  # 别的表种的指标，没有数
    scores = frames.scores(collection())
    assert dict(scores.groupby("表种").size()) == {
        GENERAL: 48,
        SPECIAL: 26,
        PROJECT: 12,
        PROJECT_101: 15,
    }
    indicators = frames.indicators(collection())
    assert dict(indicators.groupby("表种").size()) == {
        GENERAL: 16,
        SPECIAL: 8,
        PROJECT: 26,
        PROJECT_101: 22,
    }
    weighed = indicators[indicators["表种"] == PROJECT_101]
    assert weighed["年度指标值"].notna().all()
    assert weighed["预期值"].isna().all()
    assert float(weighed["分值"].sum()) == 270.0  # 三份各90分


# ---------------------------------------------------------------- 同一种表的两版


def test_two_versions_of_one_form_keep_their_sheets_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """另给的方案与随程序带的是同一表种：表名后面再接版本，不会重名。"""
    text = (
        '[scheme]\nextends = "mof-project"\nid = "mof-project-trial"\nversion = "2021.2"\n'
        'variant = "项目支出"\n'
    )
    scheme = tmp_path / "试行.toml"
    scheme.write_text(text, "utf-8")
    monkeypatch.setenv("XLTOOL_SCHEMES", str(scheme))
    folder = tmp_path / "报送"
    folder.mkdir()
    for name in ("城区河道清淤整治", "小型山塘除险加固"):
        found = next(unit for unit in collection().units if unit.project == name)
        (folder / found.file).write_bytes((FOLDER / found.file).read_bytes())
    trial, _ = ready_scheme("mof-project-trial")
    contents = filled(trial, rows=1) | {CellKey("cover", "project"): "试行的项目"}
    write_book(form_plan(make_form(trial, contents)), folder / "试行.xlsx")
    target = write_consolidated(collect(Request(folder=folder, jobs=1)), tmp_path / "汇总.xlsx")
    names = openpyxl.load_workbook(target, read_only=True).sheetnames
    assert {"汇总_项目支出2020.2", "汇总_项目支出2021.2"} <= set(names)
    assert len(names) == len(set(names))


def test_nothing_adopted_yet_still_shows_who_owes_what(tmp_path: Path) -> None:
    """一份也没有收到：名单上的单位列在各自的表种里，都是未报。"""
    empty = collect(Request(folder=tmp_path, roster=ROSTER, jobs=1))
    made = make_sources(empty, "评分表")
    assert {one.scheme.variant: len(one.units) for one in made} == {
        GENERAL: 4,
        SPECIAL: 1,
        PROJECT: 4,
        PROJECT_101: 3,
    }
    sheets = {one.name for one in consolidated_plan(made).sheets}
    assert {f"汇总_{form}" for form in SCHEMES} <= sheets
