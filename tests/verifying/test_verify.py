"""核对一份汇总：没有动过的全部相符；改一处说一处，说的就是那一处；文件不在、变了的说出来。"""

from __future__ import annotations

import re
import shutil
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from cli_forms import good_form
from cli_runner import xltool
from collection_builder import HEADER, roster_bytes
from office_server import convert
from openpyxl_books import loaded

from xltool.address import At
from xltool.excel.filling import fill
from xltool.excel.saved_reviews import OWN_BOOK
from xltool.finding import Finding
from xltool.values.masking import masked
from xltool.verifying.model import Fate
from xltool.workers.run import Lost
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from cli_runner import Ran

    from xltool.collection.verdicts import Written

SAMPLES = Path(__file__).parents[2] / "sample_inputs"
SAMPLE = "示例市卫生健康局"
NAMES = ("示例市农业农村局", SAMPLE, "示例市民政局")
OPTIONS = ("--deadline", "2025-4-30")
SUMMARY, DETAILS, DOUBTS, INDICATORS = "汇总", "得分明细", "疑点清单", "绩效指标明细"
FRONT = "首页"


class Scene:
    """一个文件夹：名单、报送、汇总。"""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.inbox = home / "报送"
        self.inbox.mkdir()
        self.book = home / "汇总.xlsx"
        self.roster = home / "名单.xlsx"
        self.write_roster()
        for name in NAMES:
            self.put_in(name)

    def put_in(self, name: str) -> None:
        """一份报送：一份是示例，其余的只有几行，快。"""
        sample, path = SAMPLES / "inbox" / f"{SAMPLE}.xlsx", self.inbox / f"{name}.xlsx"
        code = f"90{NAMES.index(name)}"
        own = name == SAMPLE
        data = sample.read_bytes() if own else good_form(department=name, department_code=code)
        path.write_bytes(data)

    @classmethod
    def at(cls, home: Path, book: Path) -> Scene:
        """另一个文件夹里的一份汇总。"""
        made = cls.__new__(cls)
        made.home, made.inbox, made.book = home, home / "报送", book
        return made

    def write_roster(self, contact: str = "") -> None:
        rows = ((str(n), "", name, contact, "", "否", "") for n, name in enumerate(NAMES, 1))
        self.roster.write_bytes(roster_bytes(HEADER, *rows))

    def collect(self, *more: str | Path) -> None:
        ran = xltool(
            "collect", self.inbox, "-o", self.book, "--roster", self.roster, "--jobs", "1", *more
        )
        assert ran.code in (0, 1), ran.err

    def verify(self, *more: str | Path) -> Proof:
        return Proof(xltool("--json", "verify", self.book, "--jobs", "1", *more))

    def put(self, sheet: str, at: At, written: Written) -> None:
        """改书里的一格，别的一个字节不动，如同 Excel 里改了存盘。"""
        self.book.write_bytes(fill(self.book.read_bytes(), {sheet: {at: written}}, OWN_BOOK))

    def save(self, who: str, when: str) -> None:
        """文件属性里写上谁、什么时候存的，如同程序存盘。"""
        with zipfile.ZipFile(self.book) as archive:
            parts = {one: archive.read(one) for one in archive.infolist()}
        with zipfile.ZipFile(self.book, "w", zipfile.ZIP_DEFLATED) as archive:
            for one, data in parts.items():
                if one.filename == "docProps/core.xml":
                    head, _, _ = data.partition(b"<dcterms:modified")
                    end = f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified>'
                    signed = f"<cp:lastModifiedBy>{who}</cp:lastModifiedBy>{end}"
                    head = re.sub(rb"<cp:lastModifiedBy>[^<]*</cp:lastModifiedBy>", b"", head)
                    archive.writestr(one, head + f"{signed}</cp:coreProperties>".encode())
                    continue
                archive.writestr(one, data)

    def find(self, sheet: str, heading: str, *texts: str) -> At:
        """某一栏里，同一行有这些字的一格。"""
        book = read_book(self.book, OWN_BOOK)
        assert not isinstance(book, Finding)
        (grid,) = (one for one in book.grids if one.name == sheet)
        column = next(col for (row, col), c in grid.cells.items() if row == 5 and c.text == heading)
        rows: dict[int, set[str]] = {}
        for (row, _), cell in grid.cells.items():
            rows.setdefault(row, set()).add(cell.text)
        return At(next(row for row in sorted(rows) if row > 5 and set(texts) <= rows[row]), column)


class Said(NamedTuple):
    code: str
    sheet: str
    cell: str
    message: str


class Proof:
    """核对的结果。"""

    def __init__(self, ran: Ran) -> None:
        assert ran.code in (0, 1), ran.err
        self.code = ran.code
        self.document = ran.document

    @property
    def fates(self) -> dict[object, object]:
        return {unit["name"]: unit["status"] for unit in self._units}

    @property
    def _units(self) -> list[dict[str, object]]:
        units = self.document["units"]
        assert isinstance(units, list)
        return units

    def of(self, name: str) -> list[Said]:
        return [one for unit in self._units if unit["name"] == name for one in _said(unit)]

    @property
    def whole(self) -> list[Said]:
        return _said(self.document)

    @property
    def every(self) -> list[Said]:
        return [*self.whole, *(one for unit in self._units for one in _said(unit))]


def _said(document: dict[str, object]) -> list[Said]:
    findings = document["findings"]
    assert isinstance(findings, list)
    return [Said(one["code"], one["sheet"], one["cell"], one["message"]) for one in findings]


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """汇总一次，各个测试各用一个副本。"""
    made = Scene(tmp_path_factory.mktemp("收表"))
    made.collect(*OPTIONS)
    return made


@pytest.fixture
def scene(collected: Scene, tmp_path: Path) -> Scene:
    made = Scene(tmp_path)
    made.book.write_bytes(collected.book.read_bytes())
    return made


def test_an_untouched_book_is_proven(scene: Scene) -> None:
    proof = scene.verify()
    assert proof.code == 0
    assert proof.fates == dict.fromkeys(NAMES, Fate.PROVEN)
    assert proof.every == []
    assert proof.document["proven"] is True
    assert proof.document["saved"] == {"after": False, "by": None, "at": None, "edited": False}


def test_options_are_taken_from_the_book(tmp_path: Path) -> None:
    made = Scene(tmp_path)
    made.collect("--deadline", "2025-1-31", "--on-duplicate", "latest")
    assert made.verify().code == 0  # 逾期的提醒照样算得出


CHANGES: tuple[tuple[str, str, tuple[str, ...], Written], ...] = (
    (DETAILS, "系统得分", (NAMES[1], "01"), Decimal("0.25")),
    (DETAILS, "计算过程", (NAMES[1], "01"), "另写的过程"),
    (DETAILS, "取数", (NAMES[1], "02"), "封面!A1"),
    (SUMMARY, "系统得分", (NAMES[1],), Decimal("99.5")),
    (SUMMARY, "系统等级", (NAMES[1],), "特优"),
    (SUMMARY, "名次", (NAMES[1],), Decimal(9)),
)


def test_each_changed_cell_is_said_exactly(scene: Scene) -> None:
    places = [scene.find(sheet, heading, *texts) for sheet, heading, texts, _ in CHANGES]
    for at, (sheet, _, _, written) in zip(places, CHANGES, strict=True):
        scene.put(sheet, at, written)
    proof = scene.verify()
    assert proof.code == 1
    said = {(one.sheet, one.cell): one for one in proof.every}
    assert len(said) == len(CHANGES)
    for at, (sheet, heading, _, written) in zip(places, CHANGES, strict=True):
        one = said[sheet, at.a1]
        assert one.code == "C270"
        assert f"{NAMES[1]}" in one.message
        assert f"“{heading}”：书里是“{written}”，由报送文件应为“" in one.message
    expected = dict.fromkeys(NAMES, Fate.PROVEN) | {NAMES[1]: Fate.DIFFERENT}
    assert proof.fates == expected
    saved = proof.document["saved"]
    assert isinstance(saved, dict)
    assert saved["edited"] is True


def test_a_changed_raw_text_is_said_exactly(scene: Scene) -> None:
    """登记表里照抄的原文，单位的评分表里填的数。"""
    at = scene.find(INDICATORS, "三级指标", NAMES[2])
    scene.put(INDICATORS, at, "改了的指标")
    number = f"{NAMES.index(NAMES[2]) + 1:02d}_{NAMES[2]}"
    scene.put(number, At(3, 1), "系统得分：100分")
    proof = scene.verify()
    assert [(one.code, one.sheet, one.cell) for one in proof.of(NAMES[2])] == [
        ("C270", INDICATORS, at.a1),
        ("C270", number, "A3"),
    ]
    assert proof.whole == []


def test_a_number_in_place_of_a_formula_is_said(scene: Scene) -> None:
    """值一样也说：以后复核改了分，它不跟着变。"""
    at = scene.find(SUMMARY, "复核得分", NAMES[0])
    book = read_book(scene.book, OWN_BOOK)
    assert not isinstance(book, Finding)
    (grid,) = (one for one in book.grids if one.name == SUMMARY)
    scene.put(SUMMARY, at, Decimal(grid.cells[at.row, at.col].text))
    ((code, _, cell, _),) = scene.verify().every
    assert (code, cell) == ("C271", at.a1)


def test_files_are_found_by_their_content(scene: Scene) -> None:
    """内容都在，一份改了名，另两份的名字换了。"""
    renamed, one, other = (scene.inbox / f"{name}.xlsx" for name in NAMES)
    renamed.rename(scene.inbox / "改了名.xlsx")
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    proof = scene.verify()
    assert (proof.code, proof.every) == (0, [])
    assert proof.fates == dict.fromkeys(NAMES, Fate.PROVEN)


def test_a_missing_file_leaves_the_others_proven(scene: Scene) -> None:
    (scene.inbox / f"{NAMES[1]}.xlsx").unlink()
    proof = scene.verify()
    assert proof.code == 1
    assert proof.fates == dict.fromkeys(NAMES, Fate.PROVEN) | {NAMES[1]: Fate.MISSING}
    assert [one.code for one in proof.every] == ["C277"]


def test_a_missing_file_of_one_form_leaves_the_others_of_its_form_proven(tmp_path: Path) -> None:
    """表种的名称是另一种的开头（“项目支出”“项目支出101号”）：不在的一份仍占着自己那种表的位置。"""
    inbox, book = tmp_path / "报送", tmp_path / "汇总.xlsx"
    inbox.mkdir()
    gone, *others = (
        "示例市体育局_健身设施补短板",
        "示例市商务局_电商产业园扶持",
        "示例市水利局_河道清淤整治",
    )
    for name in (gone, *others):
        shutil.copy(SAMPLES / "mixed" / f"{name}.xlsx", inbox)
    xltool("collect", inbox, "-o", book, "--jobs", "1")
    (inbox / f"{gone}.xlsx").unlink()
    proof = Proof(xltool("--json", "verify", book, "--jobs", "1"))
    assert sorted(proof.fates.values(), key=str) == [Fate.MISSING, Fate.PROVEN, Fate.PROVEN]
    assert [one.code for one in proof.every] == ["C277"]


def test_a_changed_file_is_not_taken_for_the_old_one(scene: Scene) -> None:
    shutil.copy(SAMPLES / "inbox" / "示例市统计局.xlsx", scene.inbox / f"{NAMES[1]}.xlsx")
    at = scene.find(DETAILS, "系统得分", NAMES[2], "01")
    scene.put(DETAILS, at, Decimal("0.25"))
    proof = scene.verify()
    expected = {NAMES[1]: Fate.CHANGED, NAMES[2]: Fate.DIFFERENT}
    assert proof.fates == dict.fromkeys(NAMES, Fate.PROVEN) | expected
    assert [one.code for one in proof.of(NAMES[1])] == ["C278"]
    assert [(one.code, one.cell) for one in proof.of(NAMES[2])] == [("C270", at.a1)]


def test_a_report_that_is_gone_or_changed_is_named_itself(tmp_path: Path) -> None:
    """随表的自评报告不在、变了：那个单位不能核对，说的是报告；表好好的，不说它不在。"""
    inbox, book = tmp_path / "报送", tmp_path / "汇总.xlsx"
    shutil.copytree(SAMPLES / "with_report", inbox)
    (report,) = inbox.glob("*.docx")
    assert xltool("collect", inbox, "-o", book, "--jobs", "1").code == 1
    report.write_bytes(report.read_bytes() + b"\0")
    for fate, code in ((Fate.CHANGED, "C278"), (Fate.MISSING, "C277")):
        document = xltool("--json", "verify", book, "--jobs", "1").document
        (unit,) = document["units"]  # type: ignore[misc]
        assert unit["status"] == fate
        said = [(one["code"], one["file"]) for one in unit["findings"]]
        assert (said, document["findings"]) == ([(code, report.name)], [])
        report.unlink(missing_ok=True)


def test_a_newer_file_is_mentioned(scene: Scene) -> None:
    shutil.copy(SAMPLES / "inbox" / "示例市统计局.xlsx", scene.inbox)
    proof = scene.verify()
    assert proof.code == 0
    assert [one.code for one in proof.whole] == ["C279"]


def test_a_verdict_is_a_reviewers_and_its_arithmetic_is_checked(scene: Scene) -> None:
    at = scene.find(DOUBTS, "复核意见", NAMES[1])
    told = "看过凭证，经办 13800138000"
    for column, written in enumerate(("采信说明", told, "王五")):
        scene.put(DOUBTS, At(at.row, at.col + column), written)
    proof = scene.verify()
    # 没有重新计算：别的都相符，首页上还没有定的还是原来的数
    assert {(one.code, one.sheet) for one in proof.every} == {("C270", FRONT)}
    assert set(proof.fates.values()) == {Fate.PROVEN}
    reviews = proof.document["reviews"]
    assert isinstance(reviews, list)
    (review,) = reviews
    hidden = masked(told)
    assert hidden != told  # 号码不外传，与别的 JSON 一样
    assert (review["verdict"], review["reason"], review["by"]) == ("采信说明", hidden, "王五")
    assert (review["sheet"], review["row"], review["carried"]) == (DOUBTS, at.row, False)
    own = scene.find(DETAILS, "复核得分", NAMES[1], "01")
    scene.put(DETAILS, own, Decimal(0))  # 没有重新计算：总分、等级还是原来的
    said = [(one.code, one.sheet) for one in scene.verify().of(NAMES[1])]
    assert ("C270", SUMMARY) in said
    assert ("C270", DETAILS) in said


def test_verdicts_carried_into_the_next_book_are_told_apart(scene: Scene) -> None:
    at = scene.find(DOUBTS, "复核意见", NAMES[1])
    scene.put(DOUBTS, at, "不成立")
    scene.save("王五", "2025-05-06T07:08:09Z")
    saved = scene.verify().document["saved"]
    assert saved == {"after": True, "by": "王五", "at": "2025-05-06T07:08:09Z", "edited": True}
    scene.collect(*OPTIONS)
    proof = scene.verify()
    assert (proof.code, proof.every) == (0, [])
    reviews = proof.document["reviews"]
    assert isinstance(reviews, list)
    assert [one["carried"] for one in reviews] == [True]


def test_a_note_in_an_empty_cell_is_no_wrong_score(scene: Scene) -> None:
    """印时空着的格里的字是人写的，另列；数那几栏里写的，照样是不符。"""
    scene.put("报送情况", scene.find("报送情况", "备注", NAMES[0]), "已电话催")
    proof = scene.verify()
    assert proof.code == 0
    assert set(proof.fates.values()) == {Fate.PROVEN}
    assert [one["text"] for one in proof.document["added"]] == ["已电话催"]  # type: ignore[attr-defined]
    scene.put(DOUBTS, scene.find(DOUBTS, "单位说明", NAMES[0]), "上面是我写的")
    assert scene.verify().code == 0
    counted = "所属下级预算单位数量（个）"
    scene.put("封面", scene.find("封面", counted, SAMPLE), Decimal(5))
    assert scene.verify().code == 1


def test_what_is_added_and_what_is_gone(scene: Scene) -> None:
    """由 openpyxl 改了存：公式的结果都没有了，也说。"""
    book = loaded(scene.book)
    sheet = book[SUMMARY]
    column = sheet.max_column + 1
    sheet.cell(5, column, "处长批示")
    sheet.cell(6, column, "再看，问 13800138000")
    book["收支资产"].cell(5, 4, "另一个表头")
    del book["规则说明"]
    details = book[DETAILS]
    copied = [cell.value for cell in details[6]]
    deleted = details.cell(7, 3).value
    details.delete_rows(7)
    last = details.max_row + 1
    for at, value in enumerate(copied, 1):
        details.cell(last, at, value)
    book.save(scene.book)
    proof = scene.verify()
    assert proof.code == 1
    told = {one.code: one for one in proof.every if one.code != "C270"}
    assert sorted(told) == ["C272", "C273", "C274", "C275", "C276"]
    assert told["C273"].sheet == DETAILS
    assert f"{NAMES[0]} {deleted}" in told["C273"].message
    assert (told["C274"].sheet, told["C274"].cell) == (DETAILS, f"A{last}")
    assert told["C275"].sheet == "收支资产"
    assert "规则说明" in told["C276"].message
    added = proof.document["added"]
    assert isinstance(added, list)
    assert ("处长批示", masked("再看，问 13800138000")) in {
        (one["heading"], one["text"]) for one in added
    }


def test_what_cannot_be_verified_is_refused(scene: Scene, tmp_path: Path) -> None:
    scene.roster.unlink()
    gone = xltool("verify", scene.book)
    assert gone.code == 2
    assert "--roster" in gone.err
    other = tmp_path / "别的.xlsx"
    shutil.copy(SAMPLES / "inbox" / "示例市统计局.xlsx", other)
    assert xltool("verify", other).code == 2
    assert xltool("verify", tmp_path / "没有.xlsx").code == 2
    assert xltool("verify", scene.book, "--folder", tmp_path / "没有").code == 2


def test_another_basis_is_said(scene: Scene) -> None:
    """名单、程序、上限、方案与汇总时的不同。"""
    about = "说明与核对"
    book = read_book(scene.book, OWN_BOOK)
    assert not isinstance(book, Finding)
    (grid,) = (one for one in book.grids if one.name == about)
    rows = {cell.text: row for (row, _), cell in grid.cells.items()}
    scene.write_roster("张三")
    scene.put(about, At(rows["程序"], 3), "xltool 0.0.1")
    scene.put(about, At(rows["一个单位有几份时"], 2), "放宽的上限")
    scene.put(about, At(rows["一个单位有几份时"], 3), "XLTOOL_MAX_CELLS=800000")
    proof = scene.verify()
    assert {"C281", "C282", "C283"} <= {one.code for one in proof.whole}
    scene.put(about, At(rows["方案"], 4), "0" * 32)
    proof = scene.verify()
    assert set(proof.fates.values()) == {Fate.OTHER_SCHEME}
    assert "C280" in {one.code for one in proof.whole}


def test_the_terminal_says_it_in_a_few_lines(scene: Scene) -> None:
    at = scene.find(DETAILS, "系统得分", NAMES[1], "01")
    scene.put(DETAILS, at, Decimal("0.25"))
    (scene.inbox / f"{NAMES[2]}.xlsx").unlink()
    ran = xltool("verify", scene.book, "--jobs", "1")
    lines = ran.out.splitlines()
    assert lines[2] == "写出以后格里的内容改过。"
    assert lines[3].startswith(f"× 不符 {NAMES[1]}")
    assert lines[4].strip().startswith(f"编码C270 {DETAILS}!{at.a1}")
    assert lines[5].startswith(f"？ 文件不在 {NAMES[2]}")
    assert ran.err.splitlines()[-1] == (
        "共 3 个单位：相符 1，不符 1，文件不在 1。不是每个得分都能由报送文件得出。"
    )


@pytest.mark.skipif(shutil.which("soffice") is None, reason="没有装 LibreOffice")
def test_saved_by_the_office_it_is_still_proven(scene: Scene) -> None:
    convert([scene.book], scene.home / "存过")
    scene.book.write_bytes((scene.home / "存过" / "汇总.xlsx").read_bytes())
    proof = scene.verify()
    assert (proof.code, proof.every) == (0, [])
    assert proof.fates == dict.fromkeys(NAMES, Fate.PROVEN)
    saved = proof.document["saved"]
    assert isinstance(saved, dict)
    assert (saved["after"], saved["edited"]) == (True, False)


def test_forms_beside_the_book_are_printed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """单位多的，各单位的评分表另存：改一份、少一份都说出是哪个单位的。"""
    monkeypatch.setattr("xltool.consolidated.sources.MOST_IN_BOOK", 2)
    made = Scene(tmp_path)
    made.collect(*OPTIONS)
    proof = made.verify()
    assert (proof.code, proof.every) == (0, [])
    with monkeypatch.context() as dead:  # 印它的进程死了，在本进程再印
        dead.setattr(
            "xltool.verifying.forms.run_all", lambda *given: [Lost.CRASHED] * len(given[2])
        )
        renamed = made.book.rename(tmp_path / "上报.xlsx")  # 汇总改了名，评分表还在原来的文件夹
        assert Scene.at(tmp_path, renamed).verify().fates == dict.fromkeys(NAMES, Fate.PROVEN)
        renamed.rename(made.book)
    first, second, *_ = sorted((tmp_path / "汇总_评分表").glob("*/*.xlsx"))
    first.write_bytes(first.read_bytes() + b"\0")
    second.unlink()
    proof = made.verify()
    assert [one.code for name in NAMES[:2] for one in proof.of(name)] == ["C284", "C284"]
    expected = dict.fromkeys(NAMES, Fate.PROVEN) | dict.fromkeys(NAMES[:2], Fate.DIFFERENT)
    assert proof.fates == expected


def test_lower_books_are_proven_by_their_own_content(scene: Scene, tmp_path: Path) -> None:
    upper = tmp_path / "市"
    (upper / "报送").mkdir(parents=True)
    lower = upper / "报送" / "甲区.xlsx"
    lower.write_bytes(scene.book.read_bytes())
    book = upper / "汇总.xlsx"
    xltool("collect", lower.parent, "-o", book, "--jobs", "1")
    proof = Proof(xltool("--json", "verify", book, "--jobs", "1"))
    told = {"file": "甲区.xlsx", "units": len(NAMES), "status": Fate.PROVEN, "findings": []}
    assert (proof.code, proof.document["lower"]) == (0, [told])
    made = Scene.at(upper, book)
    at = made.find("各级单位", "系统得分", NAMES[0])
    made.put("各级单位", at, Decimal(1))
    (changed,) = _lower(made.verify())
    assert changed["status"] == Fate.DIFFERENT
    lower.unlink()
    (gone,) = _lower(made.verify())
    assert gone["status"] == Fate.MISSING


def _lower(proof: Proof) -> list[dict[str, object]]:
    lower = proof.document["lower"]
    assert isinstance(lower, list)
    return lower


def test_in_a_season_nothing_needs_to_be_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """文件夹、名单照设置；写出这一份的是哪一次汇总，收表记录里找得到。"""
    home = tmp_path / "季"
    made = Scene(tmp_path)
    assert xltool("init", home, "--roster", made.roster).code == 0
    monkeypatch.chdir(home)
    for name in NAMES[:2]:
        shutil.copy(made.inbox / f"{name}.xlsx", home / "报送")
    xltool("collect", "--jobs", "1")
    shutil.copy(made.inbox / f"{NAMES[2]}.xlsx", home / "报送")
    xltool("collect", "--jobs", "1")
    ran = xltool("verify", "汇总.xlsx", "--jobs", "1")
    assert ran.code == 0, ran.out
    assert ran.out.splitlines()[1].startswith("由第 2 次汇总写出（")
    assert ran.err.splitlines()[-1] == "共 3 个单位：相符 3。每个得分都能由报送文件得出。"
