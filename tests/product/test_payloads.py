"""P15：报送里的文字到了哪个输出里都只是文字，不成公式、链接、名称、终端控制符。

把每一种恶意文字填进每一个可填文字的格，走完读取、汇总、计分、命令行，再看全部输出。
"""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING

import pytest
from cli_runner import xltool
from collection_builder import SCHEME, filled
from form_files import quick_file
from scheme_variants import brief_for
from written_books import write_consolidated

from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.consolidated.book import consolidated_plan
from xltool.consolidated.sources import make_sources
from xltool.form.form import make_form
from xltool.scheme.key import CellKey
from xltool.scheme.model import FieldKind
from xltool.scoring.catalogue import ready_scheme
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xltool.collection.model import Collection

MARK = "ZQX"  # 每种恶意文字里都有它，在公式、链接、名称里一处也不许出现
PAYLOADS = (
    f"=cmd|'/c {MARK}'!A0",
    f'=HYPERLINK("http://{MARK}.example","看")',
    f'=WEBSERVICE("http://{MARK}.example")',
    f"{{={MARK}+1}}",
    f"+{MARK}+1",
    f"-{MARK}",
    f"@{MARK}",
    f"\t={MARK}",
    f"\r={MARK}",
    f"\n={MARK}",
    f"＝{MARK}",
    f"http://{MARK}.example",
    f"mailto:{MARK}@example",
    f"file:///etc/{MARK}",
    f"internal:'汇总'!A1{MARK}",
    f"external:{MARK}.xlsx",
    f"</t></is></c><c><f>{MARK}</f></c>",
    f'&C&"{MARK}"',
    f"_x003D_{MARK}",
    f"\x1b[31m{MARK}\x07",
    f"\u202e{MARK}",
    f"'={MARK}",
    f"110101199003078515 13800138000 6222021234567890123 {MARK}",
)
_TEXT = (FieldKind.TEXT, FieldKind.SUGGESTION, FieldKind.MEASURE)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """每种恶意文字一份报送，填进全部能填文字的格。"""
    scheme, _ = ready_scheme(SCHEME)
    folder = tmp_path_factory.mktemp("payloads")
    for number, payload in enumerate(PAYLOADS, 1):
        contents = filled(scheme, 2)
        for key in list(contents):
            if scheme.field(key).kind in _TEXT:
                contents[key] = payload
        contents[CellKey("cover", "department_code")] = f"{number:03d}"
        contents[CellKey("cover", "department")] = f"{payload}{number}"
        form = make_form(brief_for(scheme, contents), contents)
        (folder / f"{number:02d}.xlsx").write_bytes(quick_file(form))
    return folder


@pytest.fixture(scope="module")
def collection(inbox: Path) -> Collection:
    return collect(Request(folder=inbox))


def parts(path: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield name, archive.read(name).decode("utf-8", "replace")


def test_every_payload_is_adopted(collection: Collection) -> None:
    assert collection.counts.adopted == len(PAYLOADS)


def test_consolidated_holds_only_our_formulas_and_links(
    collection: Collection, tmp_path: Path
) -> None:
    target = write_consolidated(collection, tmp_path / "汇总.xlsx")
    plan = consolidated_plan(make_sources(collection, "x"))
    planned = Counter(
        cell.content.text
        for sheet in plan.sheets
        for cell in sheet.every_cell()
        if isinstance(cell.content, Formula)
    )
    found: Counter[str] = Counter()
    seen = 0
    for name, text in parts(target):
        found.update(unescape(f) for f in re.findall(r"<f>([^<]*)</f>", text))
        assert "<f " not in text, name
        assert "TargetMode" not in text, name
        assert not re.search(rf"<(?:definedName|hyperlink|formula1?|f)\b[^>]*{MARK}", text), name
        assert not re.search(rf"<(?:oddHeader|oddFooter|formula\d?|f)>[^<]*{MARK}", text), name
        assert "\x1b" not in text
        seen += text.count(MARK)
    assert found == planned
    assert seen > len(PAYLOADS) * 20  # 文字都还在，一处没丢
    names = [name for name, _ in parts(target)]
    assert not [n for n in names if re.search("externalLink|vba|dde|customXml|embed", n)]


def test_forms_beside_the_book_hold_only_our_formulas(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xltool.consolidated.sources.MOST_IN_BOOK", 1)
    assert write_consolidated(collection, tmp_path / "总.xlsx")
    written = sorted((tmp_path / "总_评分表").glob("*/*"))
    assert len(written) == len(PAYLOADS)
    for path in written:
        assert MARK not in path.name
        for name, text in parts(path):
            assert not re.search(rf"<(?:f|formula\d?)>[^<]*{MARK}", text), name
            assert not re.search(rf"<(?:hyperlink|definedName)\b[^>]*{MARK}", text), name
            outside = set(re.findall(r'Target="([^"]*)" TargetMode', text))
            assert outside <= {"../../总.xlsx"}, name  # 只有回到汇总的一个


@pytest.mark.parametrize(
    "command", [["check"], ["check", "--json"], ["read"], ["read", "--json"], ["score"]]
)
def test_nothing_reaches_the_terminal_alive(inbox: Path, command: list[str]) -> None:
    """check 各份一次执行；别的一次只看一份。"""
    files = sorted(inbox.iterdir())
    runs = [files] if command[0] == "check" else [[path] for path in files]
    for given in runs:
        result = xltool(*command, *given)
        for stream in (result.out, result.err):
            assert not re.search(
                r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]", stream
            )
        if command[0] == "check":
            assert all(path.name in result.out + result.err for path in given)
        if "--json" in command:
            json.loads(result.out)


def test_personal_numbers_are_masked_in_findings(inbox: Path) -> None:
    path = inbox / f"{len(PAYLOADS):02d}.xlsx"
    findings = json.loads(xltool("check", "--json", path).out)["files"][0]["findings"]
    assert any("110101********8515" in finding["message"] for finding in findings)
    for printed in (xltool("check", path).out, json.dumps(findings, ensure_ascii=False)):
        for secret in ("110101199003078515", "13800138000", "6222021234567890123"):
            assert secret not in printed
