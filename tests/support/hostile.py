"""自造的坏文件和怪文件：每个都有编号、内容、应有的结果（拒收编码，或读得与原样相同）。"""

# ruff: noqa: E501 - 一行一例，折断了反而难对
from __future__ import annotations

import io
import random
import struct
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SHEET = "xl/worksheets/sheet1.xml"
SHEET_2 = "xl/worksheets/sheet2.xml"
BOOK = "xl/workbook.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
TYPES = "[Content_Types].xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

ROWS = (
    '<row r="3"><c r="A3" s="1" t="s"><v>0</v></c><c r="B3" s="1"/><c r="D3" t="s"><v>1</v></c></row>'
    '<row r="4" spans="1:4" ht="20"><c r="A4" t="s"><v>2</v></c><c r="D4"><v>9.5</v></c></row>'
    '<row r="5"><c r="A5" t="s"><v>3</v></c><c r="D5" s="2"><v>0.095</v></c></row>'
    '<row r="6"><c r="D6"><f>SUM(D4:D5)</f><v>9.595</v></c><c r="E6" t="e"><v>#REF!</v></c></row>'
    '<row r="7"><c r="D7"><f>D4*2</f></c><c r="E7" t="b"><v>1</v></c></row>'
)


@dataclass(frozen=True, slots=True)
class Case:
    """一个文件；`expected` 为拒收编码（可有几种），空则应读得与原样相同。"""

    id: str
    data: bytes
    expected: tuple[str, ...] = ()


def relationship(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>'


def relationships(*items: str) -> bytes:
    body = "".join(items)
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{body}</Relationships>'.encode()


def sheet(rows: str = ROWS, before: str = "", after: str = "") -> bytes:
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    ).encode()


def good() -> dict[str, bytes]:
    """一份好文件的全部部件。"""
    book = (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="评分表" sheetId="1" r:id="rId1"/><sheet name="封面" sheetId="2" r:id="rId2"/>'
        "</sheets></workbook>"
    )
    texts = ("部门整体支出", "自评得分", "预算执行率", "预算调整率 ")
    strings = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in texts)
    styles = (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts><font><color rgb="FF0000FF"/></font></fonts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="49"/><xf numFmtId="10"/></cellXfs></styleSheet>'
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return {
        TYPES: (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
            f'ContentType="application/xml"/><Override PartName="/{BOOK}" ContentType="{kind}"/>'
            "</Types>"
        ).encode(),
        "_rels/.rels": relationships(relationship("rId1", "officeDocument", BOOK)),
        BOOK: book.encode(),
        "xl/_rels/workbook.xml.rels": relationships(
            relationship("rId1", "worksheet", "worksheets/sheet1.xml"),
            relationship("rId2", "worksheet", "worksheets/sheet2.xml"),
            relationship("rId3", "sharedStrings", "sharedStrings.xml"),
            relationship("rId4", "styles", "styles.xml"),
        ),
        SHEET: sheet(),
        SHEET_2: sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>封面</t></is></c></row>'),
        STRINGS: f'{HEAD}<sst xmlns="{MAIN}" count="4" uniqueCount="4">{strings}</sst>'.encode(),
        STYLES: styles.encode(),
        "docProps/app.xml": f"{HEAD}<Properties><Application>WPS 表格</Application></Properties>".encode(),
    }


def pack(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method, compresslevel=1) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            archive.writestr(info, content)
    return stream.getvalue()


def changed(name: str, content: bytes) -> bytes:
    """换掉（或添上）一个部件。"""
    return pack({**good(), name: content})


def edited(name: str, old: str, new: str) -> bytes:
    """改一个部件里的一处文字。"""
    before = good()[name].decode()
    assert old in before
    return changed(name, before.replace(old, new, 1).encode())


def rows(text: str) -> bytes:
    """评分表只有给定的行。"""
    return changed(SHEET, sheet(text))


def noise(size: int) -> bytes:
    """压不小的注释，用来躲过压缩比的检查。"""
    text = random.Random(7).randbytes(size // 2).hex()  # noqa: S311 - 只为压不小
    return f"<!--{text}-->".encode()


def container_cases() -> Iterator[Case]:
    data = pack(good())
    end = data.rfind(b"PK\5\6")
    yield Case("Z10-half", data[: len(data) // 2], ("R122",))
    yield Case("Z10-no-end", data[:end], ("R122",))
    yield Case("Z10-cut-end", data[:-5], ("R122",))
    yield Case("Z10-nul-tail", data[:300] + b"\0" * (len(data) - 300), ("R122",))
    yield Case("Z13-nul", b"\0" * 4096, ("R105",))
    yield Case("Z12-before", b"junk" + data, ("R123",))
    yield Case("Z12-zip-before", pack({"x": b"1"}) + data, ("R123",))
    yield Case("Z12-after", data + b"trailing" * 3)
    yield Case("Z12-far-after", data + b"\0" * 100_000)
    yield Case("Z14-stored", pack(good(), zipfile.ZIP_STORED))
    yield Case("Z20-bzip2", pack(good(), zipfile.ZIP_BZIP2), ("R126",))
    yield Case("Z20-lzma", pack(good(), zipfile.ZIP_LZMA), ("R126",))
    yield Case("Z05-members", pack(good() | {f"m{i}": b"" for i in range(20_000)}), ("R133",))
    for name in ("../../etc/x", "/etc/x", "xl/./x", "C:/x", "xl//x"):
        yield Case(f"Z06-{name}", changed(name, b"x"), ("R128",))
    yield Case("Z07b-case", changed("XL/Worksheets/SHEET1.xml", sheet("")), ("R127",))
    yield Case("Z15-folder", changed("xl/media/", b""))
    yield from _patched_cases(data)
    for name in (TYPES, "_rels/.rels", BOOK, "xl/_rels/workbook.xml.rels", SHEET, STRINGS, STYLES):
        yield Case(f"Z25-{name}", pack({k: v for k, v in good().items() if k != name}), ("R134",))


def _patched_cases(data: bytes) -> Iterator[Case]:
    """改目录或部件头的字节。"""
    central = _central(data, SHEET)
    local = struct.unpack_from("<I", data, central + 42)[0]
    second = struct.unpack_from("<I", data, _central(data, SHEET_2) + 42)[0]
    content = local + 30 + len(SHEET)
    size = struct.unpack_from("<I", data, central + 24)[0]
    yield Case("Z07-duplicate", _duplicate(), ("R127",))
    yield Case("Z22-nul", data.replace(b"docProps/app.xml", b"docProps/a\0p.xml"), ("R128",))
    yield Case("Z09-central-size", _put(data, {central + 24: size + 9}), ("R130",))
    lying = {central + 24: size + 9, local + 22: size + 9}
    yield Case("Z09-both-longer", _put(data, lying), ("R131",))
    lying = {central + 24: size - 9, local + 22: size - 9}
    yield Case("Z09-both-shorter", _put(data, lying), ("R131",))
    yield Case("Z09-absurd", _put(data, {central + 24: 0xFFFFFFF0}), ("R132",))
    yield Case("Z11-flip", _flip(data, content + 40), ("R131",))
    yield Case("Z11-crc", _put(data, {central + 16: 1, local + 14: 1}), ("R131",))
    yield Case("Z18-swapped", _put(data, {central + 42: second}), ("R130",))
    yield Case("Z19-encrypted", _flip(data, central + 8), ("R125",))
    yield Case("Z19-local-encrypted", _flip(data, local + 6), ("R125",))
    yield Case("Z21-far-offset", _put(data, {central + 42: 0x7FFFFFFF}), ("R130", "R124"))
    yield Case("Z04-overlap", _overlap(), ("R129",))
    yield Case("Z23-descriptor", _streamed())
    yield Case("Z24-zip64", _zip64())
    yield Case("Z26-comment", _put_comment(data))


def _central(data: bytes, name: str) -> int:
    return data.index(name.encode(), data.index(b"PK\1\2")) - 46


def _put(data: bytes, values: dict[int, int]) -> bytes:
    patched = bytearray(data)
    for offset, value in values.items():
        struct.pack_into("<I", patched, offset, value)
    return bytes(patched)


def _flip(data: bytes, offset: int) -> bytes:
    patched = bytearray(data)
    patched[offset] ^= 1
    return bytes(patched)


def _duplicate() -> bytes:
    parts = good() | {"xl/worksheets/sheet9.xml": sheet("")}
    return pack(parts).replace(b"worksheets/sheet9.xml", b"worksheets/sheet1.xml")


def _overlap() -> bytes:
    """第二个部件整个藏在第一个部件（不压缩）的内容里。"""
    inner = pack({"inner.bin": b"x" * 20}, zipfile.ZIP_STORED)
    header = inner[: inner.index(b"PK\1\2")]
    parts = good() | {"outer.bin": header + b"tail", "inner.bin": b"x" * 20}
    data = pack(parts, zipfile.ZIP_STORED)
    return _put(data, {_central(data, "inner.bin") + 42: data.index(header)})


def _streamed() -> bytes:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    stream = Pipe()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in good().items():
            archive.writestr(name, content)
    return stream.getvalue()


def _zip64() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in good().items():
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(content)
    return stream.getvalue()


def _put_comment(data: bytes) -> bytes:
    comment = "报送".encode()
    return data[:-2] + struct.pack("<H", len(comment)) + comment
