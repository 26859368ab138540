"""部件内容有问题或写法古怪的文件。"""

# ruff: noqa: E501 - 一行一例，折断了反而难对
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hostile import (
    BOOK,
    HEAD,
    MAIN,
    ROWS,
    SHEET,
    STRINGS,
    STYLES,
    TYPES,
    Case,
    changed,
    edited,
    good,
    pack,
    relationship,
    relationships,
    rows,
    sheet,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_STRICT = (
    (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)


def xml_cases() -> Iterator[Case]:
    """X：XML 本身。"""
    laughs = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(9))
    doctypes = {
        "X01-xxe": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        "X02-external": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        "X03-laughs": f'<!DOCTYPE x [<!ENTITY l0 "哈">{laughs}]>',
        "X03-bare": "<!DOCTYPE worksheet>",
    }
    for name, doctype in doctypes.items():
        yield Case(name, edited(SHEET, HEAD, HEAD + doctype), ("R135",))
    yield Case(
        "X04-utf16-dtd",
        changed(SHEET, sheet().decode().replace(HEAD, doctypes["X01-xxe"]).encode("utf-16")),
        ("R135",),
    )
    yield Case("X01-entity", rows('<row r="4"><c r="D4"><v>&e;</v></c></row>'), ("R136",))
    deep = "<a>" * 2000 + "</a>" * 2000
    yield Case("X05-deep", changed(SHEET, sheet(after=deep)), ("R133",))
    attributes = " ".join(f'a{i}="1"' for i in range(300))
    yield Case("X07-cell-attributes", rows(f'<row r="4"><c r="D4" {attributes}/></row>'), ("R133",))
    yield Case("X07-other-attributes", changed(SHEET, sheet(after=f"<a {attributes}/>")), ("R133",))
    spaces = " ".join(f'xmlns:n{i}="u{i}"' for i in range(300))
    yield Case("X07-namespaces", changed(SHEET, sheet(after=f"<a {spaces}/>")), ("R133",))
    names = "".join(f"<n{i}/>" for i in range(30_000))
    yield Case("X07-names", changed(SHEET, sheet(after=names)), ("R133",))
    yield Case("X10-not-closed", rows('<row r="4"><c r="D4"><v>9</v></row>'), ("R136",))
    yield Case("X10-two-roots", changed(SHEET, sheet() + b"<worksheet/>"), ("R136",))
    yield Case(
        "X11-control", rows('<row r="4"><c r="D4" t="str"><v>\x1b[31m</v></c></row>'), ("R136",)
    )
    yield Case("X12-no-namespace", edited(SHEET, f'xmlns="{MAIN}"', ""), ("R138",))
    yield Case("X12-wrong-root", changed(SHEET, good()[STRINGS]), ("R138",))
    yield Case("X17-alternate", changed(SHEET, _alternate()), ("R138",))
    yield Case(
        "X17-alternate-cell",
        rows(
            f'<row r="4"><mc:AlternateContent {_MC}><mc:Choice Requires="x14"><c r="D4"><v>9</v></c></mc:Choice></mc:AlternateContent></row>'
        ),
        ("R138",),
    )
    yield from _cell_cases()


def _alternate() -> bytes:
    body = f"<sheetData>{ROWS}</sheetData>"
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}" {_MC}><mc:AlternateContent><mc:Choice Requires="x14">{body}'
        "</mc:Choice><mc:Fallback><sheetData/></mc:Fallback></mc:AlternateContent></worksheet>"
    ).encode()


def _cell_cases() -> Iterator[Case]:
    for value in (
        "NaN",
        "INF",
        "1_0",
        "９．５",
        "9,5",
        "0x1F",
        "1e999",
        "1.8E308",
        "+9.5",
        "-1.8e+308",
        "--1",
        "1 2",
        "九",
    ):
        yield Case(
            f"X15-{value}", rows(f'<row r="4"><c r="D4"><v>{value}</v></c></row>'), ("R144",)
        )
    for value in ("-1", "abc", "4", "９", "1.0", "99999999999"):
        yield Case(
            f"X13-{value}", rows(f'<row r="4"><c r="D4" t="s"><v>{value}</v></c></row>'), ("R145",)
        )
    for kind, value in (("b", "2"), ("zz", "1"), ("b", "yes"), ("e", "")):
        yield Case(
            f"X14-{kind}-{value}",
            rows(f'<row r="4"><c r="D4" t="{kind}"><v>{value}</v></c></row>'),
            ("R146",),
        )
    cell = '<c r="D4"><v>9</v></c>'
    yield Case("X09-cell", rows(f'<row r="4">{cell}{cell}</row>'), ("R142",))
    yield Case("X09-blank-cell", rows(f'<row r="4"><c r="D4"/>{cell}</row>'), ("R142",))
    yield Case("X09-backward", rows(f'<row r="4">{cell}<c r="A4"><v>1</v></c></row>'), ("R142",))
    yield Case("X09-row", rows(f'<row r="4">{cell}</row><row r="4">{cell}</row>'), ("R143",))
    yield Case("X09-row-zero", rows('<row r="0"/>'), ("R143",))
    yield Case("X09-row-far", rows('<row r="1048577"/>'), ("R143",))
    yield Case("X09-value", rows('<row r="4"><c r="D4"><v>9</v><v>8</v></c></row>'), ("R138",))
    yield Case(
        "X09-formula", rows('<row r="4"><c r="D4"><f>A1</f><f>A2</f><v>8</v></c></row>'), ("R138",)
    )
    for name, aside in (("comment", "<!-- x -->"), ("instruction", "<?x y?>")):
        for number, cell in enumerate(
            (
                f'<c r="D4"><v>9{aside}5</v></c>',
                f'<c r="D4"><f>A1{aside}</f><v>9</v></c>',
                f'<c r="D4" t="inlineStr"><is><t>甲{aside}乙</t></is></c>',
                f'<c r="D4" t="inlineStr"><is><r><t>甲{aside}乙</t></r></is></c>',
            )
        ):
            yield Case(f"X08-{name}-inside-{number}", rows(f'<row r="4">{cell}</row>'), ("R138",))
        text = good()[STRINGS].decode().replace("自评得分", f"自评{aside}得分")
        yield Case(f"X08-{name}-inside-string", changed(STRINGS, text.encode()), ("R138",))
    yield Case("X09-nested", rows('<row r="4"><c r="D4"><v>9<b/>5</v></c></row>'), ("R138",))
    yield Case(
        "X09-both",
        rows('<row r="4"><c r="D4" t="inlineStr"><is><t>a</t></is><v>9</v></c></row>'),
        ("R138",),
    )
    yield Case(
        "X09-sheet-data", edited(SHEET, "</worksheet>", "<sheetData/></worksheet>"), ("R138",)
    )
    for address in ("D0", "XFE4", "D4294967300", "MWLQKWZ4", "评4", "D5", "D04", "4", "$D$4"):
        yield Case(
            f"S03-{address}", rows(f'<row r="4"><c r="{address}"><v>9</v></c></row>'), ("R141",)
        )


def good_cases() -> Iterator[Case]:
    """写法古怪但没有错：读得与原样相同。"""
    plain = sheet().decode()
    yield Case("X08-cdata", edited(SHEET, "<v>9.5</v>", "<v><![CDATA[9.5]]></v>"))
    lower = re.sub(r'(<c r=")([A-Z])', lambda found: found[1] + found[2].lower(), plain)
    yield Case("S03-lower-case", changed(SHEET, lower.encode()))
    yield Case("X08-reference", edited(SHEET, "<v>9.5</v>", "<v>&#57;.5</v>"))
    yield Case("X08-comment", edited(SHEET, "<v>9.5</v>", "<!-- x --><v>9.5</v><!-- x -->"))
    yield Case("X08-instruction", edited(SHEET, "<sheetData>", "<?x y?><sheetData>"))
    yield Case("X08-spaces", changed(SHEET, plain.replace("><", ">\n  <").encode()))
    yield Case("X08-quotes", changed(SHEET, plain[len(HEAD) :].replace('"', "'").encode()))
    yield Case("X08-bom", changed(SHEET, b"\xef\xbb\xbf" + sheet()))
    yield Case("X08-number-spaces", edited(SHEET, "<v>9.5</v>", "<v> 9.5\n</v>"))
    yield Case("E14-utf16", changed(SHEET, plain.replace("UTF-8", "UTF-16").encode("utf-16")))
    prefixed = plain.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
    yield Case("X08-prefix", changed(SHEET, prefixed.replace("xmlns=", "xmlns:x=").encode()))
    strict = {name: _strict(content) for name, content in good().items()}
    yield Case("E16-strict", pack(strict))
    for number, reference in enumerate(("A1", "A1:XFD1048576", "", "Z9:A1", "#REF!", "D4")):
        yield Case(f"S01-{number}", changed(SHEET, sheet(before=f'<dimension ref="{reference}"/>')))
    yield Case(
        "S06-merge",
        changed(SHEET, sheet(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')),
    )
    yield Case(
        "S07-validation",
        changed(
            SHEET, sheet(after="<dataValidations><dataValidation sqref='#REF!'/></dataValidations>")
        ),
    )
    yield Case(
        "S09-names",
        edited(
            BOOK,
            "</sheets>",
            '</sheets><definedNames><definedName name="坏">#REF!</definedName></definedNames>',
        ),
    )
    yield Case("S10-colour", edited(STYLES, "FF0000FF", "not-a-colour"))
    yield Case(
        "S10-extension",
        edited(STYLES, "<cellXfs>", '<dxfs><dxf><numFmt numFmtId="x"/></dxf></dxfs><cellXfs>'),
    )
    yield Case("S11-properties", changed("docProps/core.xml", b"<broken"))
    yield Case("S11-drawing", changed("xl/drawings/drawing1.xml", b"\0\1 not xml"))
    yield Case(
        "S12-missing-drawing",
        changed(
            "xl/worksheets/_rels/sheet1.xml.rels",
            relationships(relationship("rId1", "drawing", "../drawings/none.xml")),
        ),
    )
    yield Case(
        "X17-controls",
        changed(
            SHEET,
            sheet(
                after=f"<mc:AlternateContent {_MC}><mc:Choice Requires='x14'><controls/></mc:Choice></mc:AlternateContent>"
            ),
        ),
    )
    yield Case(
        "S13-absolute",
        changed(
            "_rels/.rels", relationships(relationship("rId1", "officeDocument", "/xl/workbook.xml"))
        ),
    )
    phonetic = '<si><r><rPr><b/></rPr><t>部门</t></r><r><t>整体支出</t></r><rPh sb="0" eb="1"><t>bù</t></rPh></si>'
    yield Case(
        "X16-rich", edited(STRINGS, '<si><t xml:space="preserve">部门整体支出</t></si>', phonetic)
    )
    no_addresses = (
        plain.replace('<row r="4" ', "<row ")
        .replace('<c r="A4"', "<c")
        .replace('<row r="5">', "<row>")
    )
    yield Case("S04-no-addresses", changed(SHEET, no_addresses.encode()))
    yield Case(
        "S14-far-blank",
        edited(
            SHEET, "</sheetData>", '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
        ),
    )
    yield Case("S15-content-type", edited(TYPES, "sheet.main+xml", "template.main+xml"))


def _strict(content: bytes) -> bytes:
    for transitional, strict in _STRICT:
        content = content.replace(transitional.encode(), strict.encode())
    return content


def structure_cases() -> Iterator[Case]:
    """S：工作表目录和数量。"""
    yield Case(
        "S08-none",
        edited(
            BOOK,
            '<sheet name="评分表" sheetId="1" r:id="rId1"/><sheet name="封面" sheetId="2" r:id="rId2"/>',
            "",
        ),
        ("R139",),
    )
    yield Case("S08-same-name", edited(BOOK, "封面", "评分表"), ("R140",))
    yield Case("S08-same-part", edited(BOOK, "rId2", "rId1"), ("R138",))
    yield Case("S08-no-relation", edited(BOOK, "rId2", "rId9"), ("R134",))
    many = "".join(f'<sheet name="表{i}" sheetId="{i + 9}" r:id="rId1"/>' for i in range(300))
    yield Case("S08-many", edited(BOOK, "</sheets>", many + "</sheets>"), ("R133",))
    yield Case(
        "S06-bad-merge",
        changed(SHEET, sheet(after='<mergeCells><mergeCell ref="#REF!"/></mergeCells>')),
        ("R147",),
    )
    hidden = (
        '<cols><col min="1" max="16384" hidden="1"/><col min="1" max="16384" hidden="1"/></cols>'
    )
    yield Case("S16-columns", changed(SHEET, sheet(before=hidden)), ("R147",))
    yield Case(
        "S17-utf16-missing",
        changed(SHEET, f'{HEAD}<worksheet xmlns="{MAIN}"/>'.encode()),
        ("R138",),
    )
