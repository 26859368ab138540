"""xltool read：每个填报值、原文和位置。"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cli_forms import good_form, write
from cli_runner import xltool

if TYPE_CHECKING:
    from pathlib import Path


def test_the_table_says_where_what_value_and_raw(tmp_path: Path) -> None:
    file = write(tmp_path, "表.xlsx", good_form(phone="13812345678"))
    ran = xltool("read", file)
    lines = {line.split()[1]: line.split() for line in ran.out.splitlines()}
    assert ran.code == 0
    assert lines["cover.date"] == ["封面!C13", "cover.date", "2025-04-18", "2025-04-18"]
    assert lines["cover.phone"][2:] == ["138****5678", "138****5678"]
    assert lines["funds[1].paid"] == ["专项资金!D7", "funds[1].paid", "2055", "2055"]
    assert ran.err.startswith("表.xlsx：读出 ")


def test_json_keeps_numbers_as_text_that_round_trips(tmp_path: Path) -> None:
    data = good_form(phone="13812345678", date=date(2025, 4, 9))
    document = xltool("--json", "read", write(tmp_path, "表.xlsx", data)).document
    values = document.pop("values")
    assert document == {
        "schema": "xltool/1",
        "file": "表.xlsx",
        "ok": True,
        "scheme": {"id": "jiangmen-2025-special", "version": "2025.1"},
        "findings": [],
    }
    assert values["cover.date"] == {
        "value": "2025-04-09",
        "raw": "2025-04-09",
        "sheet": "封面",
        "cell": "C13",
    }
    assert values["finance.three_public"]["value"] == "46.23"
    assert values["funds[1].reported_rate"]["value"] == "1"
    assert values["indicators[2].expected"]["cell"] == "F8"
    assert values["management.contracts.evidence"]["value"] == "〔2024〕×号"
    assert values["cover.phone"]["raw"] == "13812345678"


def test_what_cannot_be_read_is_null_with_its_raw_text(tmp_path: Path) -> None:
    file = write(tmp_path, "表.xlsx", good_form(self_total="约九十多分吧"))
    ran = xltool("read", file, "--json")
    assert ran.code == 1
    value = ran.document["values"]["cover.self_total"]
    assert (value["value"], value["raw"]) == (None, "约九十多分吧")


def test_a_refused_file_is_not_ok(tmp_path: Path) -> None:
    ran = xltool("read", write(tmp_path, "空.xlsx", b""), "--json")
    document = ran.document
    assert ran.code == 1
    assert (document["ok"], document["scheme"], document["values"]) == (False, None, {})
    assert [finding["code"] for finding in document["findings"]] == ["R104"]
    assert ran.err == "空.xlsx：不能读；错误 1 处，警告 0 处，提示 0 处。\n"
