"""示例：由数据写出的字节不变，每一份的得分和问题与手工推出的一处不差。"""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import expected_files
import pytest
from exact_bytes import needs_exact_bytes
from expected_files import outcome
from parity_engines import needs_office, recalculated
from regenerate import HINT, generate_samples

from xltool.address import At
from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.collection.statuses import FileStatus, UnitStatus
from xltool.finding import Severity
from xltool.flags.rule import Outcome as Judged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.finding import Finding

SAMPLES = Path(__file__).parents[2] / "sample_inputs"
LISTS = {"名单.xlsx", "mixed_名单.xlsx", "豁免.xlsx"}
FLAG_CODE = 3  # 疑点的编码三位，读取和汇总的问题四位
FIRST_SCORE, SCORE_COLUMN = 7, 10  # 评分表第01项在第7行，系统得分在 J 列
RECALCULATED = [
    "inbox/江门市工业和信息化局",
    "inbox/示例市卫生健康局",
    "inbox/示例市交通运输局",
    "mixed/示例市地方志办公室",
    "mixed/示例市商务局_电商产业园扶持",
    "mixed/示例市体育局_健身设施补短板",
    "mixed/示例市残疾人联合会_康复服务",
]
Expected = dict[str, object]


def expectations() -> dict[str, Expected]:
    files = sorted((SAMPLES / "expected").glob("*/*.json"))  # 一层里的是整次汇总的
    loaded = [json.loads(file.read_text("utf-8")) for file in files]
    return {str(item["file"]): item for item in loaded}


EXPECTED = expectations()
WORKBOOKS = [file for file in EXPECTED if "~$" not in file]
SCORED = [file for file in WORKBOOKS if "scores" in EXPECTED[file]]


def spots(findings: Iterable[Finding]) -> Counter[tuple[str, str, str, str]]:
    return Counter(map(expected_files.place, findings))


def wanted_spots(file: str) -> Counter[tuple[str, ...]]:
    columns = ("code", "severity", "sheet", "cell")
    return Counter(tuple(item[name] for name in columns) for item in EXPECTED[file]["findings"])


# ---------------------------------------------------------------- 字节


@needs_exact_bytes
def test_same_data_same_bytes(tmp_path: Path) -> None:
    generate_samples(tmp_path)
    names, committed = (
        sorted(str(path.relative_to(top)) for path in top.rglob("*.[xd]*x") if path.is_file())
        for top in (tmp_path, SAMPLES)
    )
    assert names == committed, HINT
    different = [n for n in names if (tmp_path / n).read_bytes() != (SAMPLES / n).read_bytes()]
    assert different == [], HINT


def test_what_is_expected_is_up_to_date_and_worked_out_by_a_person() -> None:
    """机械的几栏（通过、未判）是新的；没有一处是程序代写、等人核对的。"""
    texts = {path: path.read_text("utf-8") for path in expected_files.expected_files()}
    waiting = [path for path, text in texts.items() if expected_files.UNCHECKED in text]
    assert waiting == [], "照规则推一遍，把“待核”改成由来"
    fresh = (expected_files.written(expected_files.updated(json.loads(t))) for t in texts.values())
    stale = [path for path, new in zip(texts, fresh, strict=True) if new != texts[path]]
    assert stale == [], HINT


def test_every_workbook_has_an_expectation() -> None:
    files = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*.xlsx")}
    assert files - LISTS == set(EXPECTED)


def test_a_copy_is_the_same_bytes() -> None:
    inbox = SAMPLES / "inbox"
    copy = inbox / "示例市教育局 - 副本.xlsx"
    assert copy.read_bytes() == (inbox / "示例市教育局.xlsx").read_bytes()


# ---------------------------------------------------------------- 得分和问题


@pytest.mark.parametrize("file", WORKBOOKS)
def test_findings_one_by_one(file: str) -> None:
    found, wanted = spots(outcome(file)[1]), wanted_spots(file)
    assert {"缺": wanted - found, "多": found - wanted} == {"缺": Counter(), "多": Counter()}


@pytest.mark.parametrize("file", SCORED)
def test_scores_row_by_row(file: str) -> None:
    report = outcome(file)[0]
    assert report is not None
    found = {one.code: None if one.score is None else f"{one.score:.2f}" for one in report.scores}
    assert found == {code: row["score"] for code, row in EXPECTED[file]["scores"].items()}
    total = None if report.total is None else f"{report.total:.2f}"
    assert (total, report.grade) == (EXPECTED[file]["total"], EXPECTED[file]["grade"])


@pytest.mark.parametrize("file", sorted(set(WORKBOOKS) - set(SCORED)))
def test_refused(file: str) -> None:
    assert outcome(file)[0] is None
    assert EXPECTED[file]["status"] in (FileStatus.RETURNED, FileStatus.UNREADABLE)


@pytest.mark.parametrize("file", [file for file in SCORED if "unjudged" in EXPECTED[file]])
def test_what_could_not_be_judged(file: str) -> None:
    report, wanted = outcome(file)[0], EXPECTED[file]
    assert report is not None
    assert {code: list(missing) for code, missing in report.unjudged.items()} == wanted["unjudged"]
    if "passed" in wanted:
        passed = [code for code, one in report.outcomes.items() if one is Judged.PASS]
        assert passed == wanted["passed"]


@pytest.mark.parametrize(
    ("file", "errors", "warnings", "notices"),
    [("江门市工业和信息化局", 5, 17, 16), ("江门市工业和信息化局（附正文数据）", 7, 23, 22)],
)
def test_the_published_report_counted(file: str, errors: int, warnings: int, notices: int) -> None:
    """只凭各表的数38处，加上正文里的数52处。"""
    report = outcome(f"as_published/{file}.xlsx")[0]
    assert report is not None
    flags = Counter(item.severity for item in report.findings if len(item.code) == FLAG_CODE)
    assert flags == {
        Severity.ERROR: errors,
        Severity.WARNING: warnings,
        Severity.NOTICE: notices,
    }
    assert [one.code for one in report.scores if one.score is not None] == ["05", "24"]


def test_the_demonstration_keeps_what_the_report_printed() -> None:
    report = outcome("inbox/江门市工业和信息化局.xlsx")[0]
    assert report is not None
    assert report.self_total == report.total == Decimal("97.35")
    assert {one.code for one in report.scores if one.score != one.self_score} == set()
    assert sum(one.score or 0 for one in report.scores) == Decimal("97.35")


# ---------------------------------------------------------------- 汇总


def test_the_inbox_collected() -> None:
    request = Request(folder=SAMPLES / "inbox", roster=SAMPLES / "名单.xlsx", jobs=1)
    collection = collect(request)
    found = {f"inbox/{item.file}": item.status.value for item in collection.files}
    wanted = {file: item["status"] for file, item in EXPECTED.items() if file.startswith("inbox/")}
    assert found == wanted
    units = {unit.name: unit.status for unit in collection.units}
    assert len(units) == 10
    assert units["示例市档案局"] is UnitStatus.ABSENT
    assert units["示例市文化广电旅游体育局"] is UnitStatus.PENDING


# ---------------------------------------------------------------- 重新计算


@needs_office
def test_recalculated_by_another_program(tmp_path: Path) -> None:
    """公式重新算出的得分与手工推出的相同，插过行列的也一样。"""
    files = [(SAMPLES / f"{name}.xlsx").read_bytes() for name in RECALCULATED]
    for name, sheets in zip(RECALCULATED, recalculated(files, tmp_path), strict=True):
        wanted = EXPECTED[f"{name}.xlsx"]
        rows = range(FIRST_SCORE, FIRST_SCORE + len(wanted["scores"]) + 1)
        found = [f"{sheets['评分表'][At(row, SCORE_COLUMN)]:.2f}" for row in rows]
        assert found == [*(row["score"] for row in wanted["scores"].values()), wanted["total"]]
