"""快路与 expat 一路：同一张表，要么读得一样，要么快路不读。"""

# ruff: noqa: E501 - 一行一例，折断了反而难对
from __future__ import annotations

import random

import pytest
from both_ways import DEFAULT, declined, read
from hostile import MAIN, SHEET, STRINGS, changed, good, pack, sheet
from sizes import TIMES

from xltool.xlsx import archive as archive_module
from xltool.xlsx import fast_rows as quick_module
from xltool.xlsx import parse_cache as memory_module
from xltool.xlsx import sheet as sheet_module
from xltool.xlsx import strings as strings_module
from xltool.xlsx.fast_text import Unusual
from xltool.xlsx.limits import Limits
from xltool.xlsx.parse_cache import ParseCache
from xltool.xlsx.skip_blocks import SkippedBytes, closing_pieces, opening_pieces

TIGHT = (Limits(attributes=5), Limits(depth=3), Limits(merges=1))
CONTENTS = (
    "/>", ' s="2"/>', ' s="1"></c>', "><v>12</v></c>", ' s="2"><v>-0.5</v></c>', ' t="s"><v>3</v></c>',
    ' s="1" t="inlineStr"><is><t xml:space="preserve"> 部门 </t></is></c>', ' s="1" t="n" />',
    ' t="inlineStr"><is><t>a&amp;lt;b&lt;&gt;&quot;&apos;&#10;_x000D_</t></is></c>', "><f>A1</f><v /></c>",
    ' t="inlineStr"><is><t></t></is></c>', ' t="b"><f>A8="是"</f><v>1</v></c>', "><f>A8&gt;1</f><v>0.30</v></c>",
    ' t="s"><v>4</v></c>', ' t="b"><v>1</v></c>', ' t="e"><v>#N/A</v></c>', "><v>1E-5</v></c>",
    ' t="str"><f>A8&amp;"元"</f><v>12元</v></c>', '><f aca="false">1/0</f><v></v></c>', "><v></v></c>",
    ' t="str"><v>_x000D_&lt;</v></c>', ' t="n"><v> 9 </v></c>', ' t="inlineStr"><is><t/></is></c>',
    "><f>SUM(A1:A9)</f></c>", ' t="str"><f>""</f><v></v></c>', ' t="s"><v></v></c>', "><v>九</v></c>",
    ' t="inlineStr"><is><r><rPr><b/></rPr><t>部</t></r><r><t>门</t></r></is></c>', ' t="inlineStr"><is/></c>',
    ' t="inlineStr"><v>部门</v></c>', ' t="str"><is><t>部门</t></is></c>', ' t="x"/>', ' t="x"><v>1</v></c>',
)  # fmt: skip
ROW_STARTS = (
    "",
    ' hidden="1"',
    ' hidden="true" ht="3"',
    ' spans="1:4" x="&#65;"',
    ' hidden="0"',
    ' hidden="on" ',
    " ",
)
BAD_STARTS = (' ht="3" ht="4"', ' x:ht="3"', ' xmlns="urn:x"', ' ht="<"', ' r="9"', ' 9="9"')
NOISE = (
    "<!-- -->", "&lt;", "&#65;", "<v>", "</c>", '"', "\r", "x", "]]>", "\x0b", "<", " ", "\ufffe", "9",
    "&#10;", "&amp", "\x01", "<is>", "</row>", "_x",
)  # fmt: skip
STRING_NOISE = (
    "<rPr>", "</rPr>", "<rPr></rPr>", "<rPr><b/></rPr>", "</t></r><r><t>", "</r><r>", '<rPr><b a="1" a="2"/></rPr>',
    "<rPr><si/></rPr>", "\x02",
)  # fmt: skip
BEFORE = (
    '<sheetPr filterMode="0"><tabColor rgb="FF00B050"/><pageSetUpPr fitToPage="1"/></sheetPr>', '<dimension ref="A1:D20" />',
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="6"/><selection sqref="C1"/></sheetView></sheetViews>',
    '<sheetFormatPr defaultRowHeight="15"></sheetFormatPr>', '<cols><col min="2" max="3" hidden="1"/></cols>',
    '<sheetViews><sheetView><row r="1"/></sheetView></sheetViews>', '<sheetPr a="1" a="2"/>', "<x><row/></x>",
)  # fmt: skip
AFTER = (
    '<sheetProtection sheet="1"/>', '<mergeCells count="1"><mergeCell ref="D4:D6"/></mergeCells>',
    '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>A1&lt;0</formula></cfRule></conditionalFormatting>',
    ('<dataValidations count="2"><dataValidation type="list" prompt="a&#10;b>c" sqref="C9"><formula1>"是,否"</formula1></dataValidation>'
    '<dataValidation sqref="D9" /></dataValidations>'), '<hyperlinks><hyperlink ref="A1" location="\'说明\'!A1"/></hyperlinks>',
    '<pageMargins left="0.7" right="0.7" top="1" bottom="1" header="0.3" footer="0.5"/><pageSetup paperSize="9"/>',
    "<headerFooter><oddFooter>&amp;P</oddFooter></headerFooter>", '<ext uri="x"><a:b xmlns:a="urn:a"/></ext>',
    '<dataValidations><dataValidation a="1" a="2"/></dataValidations>', "<dataValidations><c/></dataValidations>",
    '<hyperlinks><hyperlink r:id="rId1"/><hyperlink q:id="rId1"/></hyperlinks>', '<mergeCells><mergeCell ref="九"/></mergeCells>',
    "<headerFooter><oddFooter>&nbsp;</oddFooter></headerFooter>", "<pageSetup></pageMargins>", '<printOptions xmlns="urn:x"/>',
)  # fmt: skip


def random_rows(chance: random.Random) -> str:
    rows = []
    for row in sorted(chance.sample(range(1, 40), 4)):
        columns = sorted(chance.sample("ABCDEFGH", chance.randrange(5)))
        # 靠后的内容有错或少见，少取一些
        contents = [CONTENTS[int(chance.random() ** 2 * len(CONTENTS))] for _ in columns]
        cells = "".join(
            f'<c r="{c}{row}"{content}' for c, content in zip(columns, contents, strict=True)
        )
        start = chance.choice(ROW_STARTS if chance.random() < 0.97 else BAD_STARTS)
        rows.append(f'<row r="{row}"{start}>{cells}</row>' if cells else f'<row r="{row}"{start}/>')
    text = list("".join(rows))
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        place = chance.randrange(len(text))
        text[place : place + chance.randrange(2)] = chance.choice(NOISE)
    return "".join(text)


def unusual(_: bytes) -> object:
    raise Unusual


def both(
    data: bytes, monkeypatch: pytest.MonkeyPatch, limits: Limits = DEFAULT
) -> tuple[object, object]:
    quick = read(data, limits)
    with monkeypatch.context() as patch:
        patch.setattr(sheet_module._Sheet, "read_fast", declined)
        patch.setattr(strings_module, "fast_strings", unusual)
        patch.setattr(memory_module, "_sheets", ParseCache(1))  # 不许拿快路读出的来充数
        slow = read(data, limits)
    return quick, slow


@pytest.mark.drawn
def test_the_two_ways_agree_on_many_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(11)  # noqa: S311 - 要的是可重复
    accepted = 0
    count = 400 * TIMES
    for _ in range(count):
        rows = random_rows(chance)
        quick, slow = both(changed(SHEET, sheet(rows)), monkeypatch)
        accepted += type(slow) is tuple
        assert quick == slow, rows
    assert count / 4 < accepted < count * 3 / 4


@pytest.mark.drawn
def test_the_two_ways_agree_across_spans_and_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick_module, "SPAN_BYTES", 300)
    monkeypatch.setattr(archive_module, "_BLOCK", 700)
    monkeypatch.setattr(archive_module, "_KEEP", 0)
    chance = random.Random(12)  # noqa: S311 - 要的是可重复
    for _ in range(120 * TIMES):
        rows = random_rows(chance)
        quick, slow = both(changed(SHEET, sheet(rows)), monkeypatch)
        assert quick == slow, rows


def scattered(chance: random.Random, pieces: tuple[str, ...], most: int, noise: float) -> str:
    """取几段，次序不变，靠后的（有错的）少取；偶尔插进一点杂质。"""
    chosen = {int(chance.random() ** 3 * len(pieces)) for _ in range(chance.randrange(most))}
    text = "".join(pieces[number] for number in sorted(chosen))
    if text and chance.random() < noise:
        place = chance.randrange(len(text))
        text = text[:place] + chance.choice(NOISE) + text[place:]
    return text


@pytest.mark.drawn
def test_the_two_ways_agree_on_what_stands_around_the_cells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = random.Random(14)  # noqa: S311 - 要的是可重复
    accepted = 0
    count = 300 * TIMES
    for _ in range(count):
        before, after = scattered(chance, BEFORE, 5, 0.1), scattered(chance, AFTER, 7, 0.1)
        data = changed(SHEET, sheet('<row r="3"><c r="A3"><v>1</v></c></row>', before, after))
        limits = chance.choice((*[DEFAULT] * 9, *TIGHT))
        quick, slow = both(data, monkeypatch, limits)
        accepted += type(slow) is tuple
        assert quick == slow, (before, after)
    assert count / 4 < accepted < count * 3 / 4


def test_what_is_passed_over() -> None:
    opening = f'<worksheet xmlns="{MAIN}">{"".join(BEFORE[:4])}'.encode()
    root, passed, rest = opening_pieces(opening + BEFORE[4].encode() + b"<sheetData>")
    assert isinstance(passed, SkippedBytes)
    assert root + passed == opening
    assert rest == f"{BEFORE[4]}<sheetData>".encode()
    closing = [*closing_pieces(f"</sheetData>{''.join(AFTER[:7])}</worksheet>".encode())]
    assert [piece.decode() for piece in closing if isinstance(piece, SkippedBytes)] == [
        AFTER[0],
        "".join(AFTER[2:7]),
    ]
    assert [piece.decode() for piece in closing if not isinstance(piece, SkippedBytes)] == [
        "</sheetData>", AFTER[1], "</worksheet>"
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["characters", "cells", "tags", "strings", "attributes", "depth"])
def test_a_limit_is_refused_in_the_same_words(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(
        f'<row r="{row}" ht="{row}"><c r="A{row}" t="inlineStr"><is><t>部门</t></is></c>'
        f'<c r="B{row}" t="str"><f>A{row}</f><v>部门</v></c></row>'
        for row in range(1, 30)
    )
    data = changed(SHEET, sheet(text, after="".join(AFTER[:7])))
    refused = 0
    for limit in (1, 3, 5, 17, 40, 80, 110, 150, 200, 300, 400):
        quick, slow = both(data, monkeypatch, Limits(**{name: limit}))
        assert quick == slow
        refused += type(slow) is not tuple
    assert refused > 0


@pytest.mark.drawn
def test_strings_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(13)  # noqa: S311 - 要的是可重复
    items = (
        "<si><t>是</t></si>", "<si><t/></si>", '<si><t xml:space="preserve"> 否 </t></si>', "<si/>",
        "<si><r><t>部</t></r><r><t>门</t></r></si>", '<si><t>a&amp;b</t><phoneticPr fontId="1"/></si>',
        '<si><r><rPr><b/><sz val="9"/></rPr><t xml:space="preserve">部 </t></r><r><rPr><i/></rPr><t>门</t></r></si>',
        '<si><r><t>a&lt;</t></r><r><rPr></rPr><t xml:space="preserve">_x000D_</t></r></si>', "<si><t /></si>",
    )  # fmt: skip
    sheets = sheet("<row>" + "".join(f'<c t="s"><v>{n}</v></c>' for n in range(4)) + "</row>")
    for _ in range(200 * TIMES):
        text = list("".join(chance.choices(items, k=4)))
        for _ in range(chance.choice((0, 0, 1))):
            text.insert(chance.randrange(len(text)), chance.choice((*NOISE, *STRING_NOISE)))
        strings = f'<sst xmlns="{MAIN}">{"".join(text)}</sst>'.encode()
        quick, slow = both(pack(good() | {STRINGS: strings, SHEET: sheets}), monkeypatch)
        assert quick == slow, strings


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row>', 1),
        (  # 本程序写的
            ('<row r="3" ht="34" customHeight="1"><c r="A3" s="1" t="inlineStr"><is><t xml:space="preserve">封面</t></is></c>'
            '<c r="B3" s="1"/><c r="C3" s="2" t="str"><f>IF(A3=0,"","本表")</f><v>本表</v></c><c r="D3" t="b"><v>1</v></c></row>'), 3,
        ),
        (  # LibreOffice 另存的
            ('<row r="1" customFormat="false" ht="15" hidden="false" collapsed="false"><c r="A1" s="1" t="s"><v>1</v></c>'
            '<c r="C1" s="2" t="str"><f aca="false">IF(A1,&quot;&quot;,&quot; 项&quot;)</f><v>项</v></c></row>'), 2,
        ),
        (  # openpyxl 另存的
            ('<row r="1"><c r="A1" s="1" t="inlineStr"><is><t>封面</t></is></c><c r="B1" s="1" t="n" />'
            '<c r="C1" s="2"><f>A1&amp;"项"</f><v /></c></row>'), 2,
        ),
    ],
)  # fmt: skip
def test_the_quick_way_is_the_one_taken(
    rows: str, cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_module._Sheet, "_store", None)
    data = pack(good() | {"xl/worksheets/sheet2.xml": sheet(rows)})
    grids = read(data)
    assert type(grids) is tuple
    assert [len(grid.cells) for grid in grids] == [10, cells]


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
