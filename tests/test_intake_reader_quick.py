"""快路与 expat 一路：同一张表，要么读得一样，要么快路不读。"""

# ruff: noqa: E501 - 一行一例，折断了反而难对
from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hostile import MAIN, SHEET, STRINGS, changed, good, pack, sheet

from xltool.intake import archive as archive_module
from xltool.intake import quick as quick_module
from xltool.intake import sheet as sheet_module
from xltool.intake import strings as strings_module
from xltool.intake.read import read_bytes
from xltool.intake.refusal import Refused
from xltool.intake.spans import Unusual

if TYPE_CHECKING:
    from xltool.intake.grid import Grid

CONTENTS = (
    "/>", ' s="2"/>', ' s="1"></c>', "><v>12</v></c>", ' s="2"><v>-0.5</v></c>', ' t="s"><v>3</v></c>',
    ' t="s"><v>4</v></c>', ' t="b"><v>1</v></c>', ' t="e"><v>#N/A</v></c>', "><v>1E-5</v></c>",
    ' t="str"><f>A8&amp;"元"</f><v>12元</v></c>', '><f aca="false">1/0</f><v></v></c>', "><v></v></c>",
    ' t="str"><v>_x000D_&lt;</v></c>', ' t="n"><v> 9 </v></c>', ' t="inlineStr"><is><t>否</t></is></c>',
    "><f>SUM(A1:A9)</f></c>", ' t="str"><f>""</f><v></v></c>', ' t="s"><v></v></c>', "><v>九</v></c>",
)  # fmt: skip
ROW_STARTS = ("", ' hidden="1"', ' hidden="true" ht="3"', ' spans="1:4" x="&#65;"', ' hidden="0"')
NOISE = (
    "<!-- -->",
    "&lt;",
    "&#65;",
    "<v>",
    "</c>",
    '"',
    "\r",
    "x",
    "]]>",
    "\x0b",
    "<",
    " ",
    "\ufffe",
    "9",
)


def random_rows(chance: random.Random) -> str:
    rows = []
    for row in sorted(chance.sample(range(1, 40), 4)):
        columns = sorted(chance.sample("ABCDEFGH", chance.randrange(5)))
        # 靠后的内容有错或少见，少取一些
        contents = [CONTENTS[int(chance.random() ** 2 * len(CONTENTS))] for _ in columns]
        cells = "".join(
            f'<c r="{c}{row}"{content}' for c, content in zip(columns, contents, strict=True)
        )
        start = chance.choice(ROW_STARTS)
        rows.append(f'<row r="{row}"{start}>{cells}</row>' if cells else f'<row r="{row}"{start}/>')
    text = list("".join(rows))
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        place = chance.randrange(len(text))
        text[place : place + chance.randrange(2)] = chance.choice(NOISE)
    return "".join(text)


def read(data: bytes) -> tuple[Grid, ...] | None:
    try:
        return read_bytes(data).grids
    except Refused:
        return None


def declined(*_: object) -> bool:
    return False


def unusual(_: bytes) -> object:
    raise Unusual


def both(data: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[object, object]:
    quick = read(data)
    with monkeypatch.context() as patch:
        patch.setattr(sheet_module._Sheet, "read_quickly", declined)
        patch.setattr(strings_module, "quick_strings", unusual)
        slow = read(data)
    return quick, slow


def test_the_two_ways_agree_on_a_thousand_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(11)  # noqa: S311 - 要的是可重复
    accepted = 0
    for _ in range(1_200):
        rows = random_rows(chance)
        quick, slow = both(changed(SHEET, sheet(rows)), monkeypatch)
        accepted += slow is not None
        assert quick == slow, rows
    assert 300 < accepted < 900


def test_the_two_ways_agree_across_spans_and_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick_module, "SPAN_BYTES", 300)
    monkeypatch.setattr(archive_module, "_BLOCK", 700)
    monkeypatch.setattr(archive_module, "_KEEP", 0)
    chance = random.Random(12)  # noqa: S311 - 要的是可重复
    for _ in range(300):
        rows = random_rows(chance)
        quick, slow = both(changed(SHEET, sheet(rows)), monkeypatch)
        assert quick == slow, rows


def test_strings_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(13)  # noqa: S311 - 要的是可重复
    items = (
        "<si><t>是</t></si>", "<si><t/></si>", '<si><t xml:space="preserve"> 否 </t></si>', "<si/>",
        "<si><r><t>部</t></r><r><t>门</t></r></si>", '<si><t>a&amp;b</t><phoneticPr fontId="1"/></si>',
    )  # fmt: skip
    sheets = sheet("<row>" + "".join(f'<c t="s"><v>{n}</v></c>' for n in range(4)) + "</row>")
    for _ in range(300):
        text = list("".join(chance.choices(items, k=4)))
        for _ in range(chance.choice((0, 0, 1))):
            text.insert(chance.randrange(len(text)), chance.choice(NOISE))
        strings = f'<sst xmlns="{MAIN}">{"".join(text)}</sst>'.encode()
        quick, slow = both(pack(good() | {STRINGS: strings, SHEET: sheets}), monkeypatch)
        assert quick == slow, strings


def test_the_quick_way_is_the_one_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_module._Sheet, "_store", None)
    plain = sheet('<row r="1"><c r="A1"><v>1</v></c></row>')
    data = pack(good() | {"xl/worksheets/sheet2.xml": plain})
    grids = read(data)
    assert grids is not None
    assert len(grids[0].cells) == 10


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ('<row r="1"><c r="A1" t="str"><f>""</f><v></v></c></row>', 1),
        ('<row r="1"><c r="A1" t="str"><v></v></c></row>', 0),
        ('<row r="1"><c r="A1"><v></v></c></row>', 0),
        ('<row r="1"><c r="A1"/><c r="B1" s="1"></c></row>', 0),
        ("", 0),
    ],
)
def test_empty_contents(rows: str, cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    quick, slow = both(changed("xl/worksheets/sheet1.xml", sheet(rows)), monkeypatch)
    assert quick == slow
    assert isinstance(quick, tuple)
    assert len(quick[0].cells) == cells
