"""其实不是 .xlsx 的文件。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hostile import BOOK, PACKAGE, TYPES, Case, changed, good, pack, relationship, relationships

if TYPE_CHECKING:
    from collections.abc import Iterator

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 504


def ole(*streams: str) -> bytes:
    return _OLE + b"".join(
        (stream + "\0").encode("utf-16-le").ljust(128, b"\0") for stream in streams
    )


def office(name: str, kind: str) -> bytes:
    """别种 Office 文件的骨架。"""
    return _office(name, f'<Override PartName="/{name}" ContentType="application/vnd.{kind}"/>')


def by_default(extension: str, name: str, kind: str) -> bytes:
    """只按扩展名说明类型的，Excel 存的 .xlsb 就是这样。"""
    default = f'<Default Extension="{extension}" ContentType="application/vnd.{kind}"/>'
    return _office(name, f'<Default Extension="xml" ContentType="application/xml"/>{default}')


def _office(name: str, declared: str) -> bytes:
    types = f'<Types xmlns="{PACKAGE}/content-types">{declared}</Types>'
    return pack(
        {
            TYPES: types.encode(),
            "_rels/.rels": relationships(relationship("rId1", "officeDocument", name)),
            name: b"<a/>",
        }
    )


def kind_cases() -> Iterator[Case]:
    yield Case("E01-encrypted", ole("EncryptionInfo", "EncryptedPackage"), ("R106",))
    yield Case("E02-xls", ole("Workbook"), ("R107",))
    yield Case("E02-xls5", ole("Book"), ("R107",))
    yield Case("E02-biff", b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\0" * 90, ("R107",))
    yield Case("E03-doc", ole("WordDocument"), ("R113",))
    yield Case("E03-ppt", ole("PowerPoint Document"), ("R114",))
    yield Case("E11-ole", ole("Catalog"), ("R120",))
    ods = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}
    yield Case("E04-ods", pack(ods), ("R108",))
    yield Case("E05-csv", "单位,得分\n财政局,95.5\n".encode(), ("R109",))
    yield Case("E05-csv-gbk", "单位,得分\n财政局,95.5\n".encode("gb18030"), ("R109",))
    yield Case("E05-csv-utf16", "单位\t得分\n".encode("utf-16"), ("R109",))
    yield Case("E06-html", "<html><table><tr><td>得分</td></tr></table></html>".encode(), ("R110",))
    yield Case("E06-mht", b"MIME-Version: 1.0\nContent-Type: multipart/related\n", ("R110",))
    spreadsheet = (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    )
    yield Case("E06-xml", spreadsheet, ("R117",))
    yield Case("E07-pdf", b"%PDF-1.7\n%\xe2\xe3", ("R111",))
    yield Case("E07-pdf-later", b"\n\n%PDF-1.7\n%\xe2\xe3", ("R111",))
    yield Case("E07-ofd", pack({"OFD.xml": b"<a/>"}), ("R118",))
    yield Case("E08-png", b"\x89PNG\r\n\x1a\n" + b"\0" * 20, ("R115",))
    yield Case("E08-jpeg", b"\xff\xd8\xff\xe0" + b"\0" * 20, ("R115",))
    yield Case("E08-bmp", b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0", ("R115",))
    yield Case("E09-rar", b"Rar!\x1a\x07\x01\x00", ("R112",))
    yield Case("E09-7z", b"7z\xbc\xaf\x27\x1c\0\4", ("R112",))
    yield Case("E09-gzip", b"\x1f\x8b\x08\0", ("R112",))
    yield Case("E09-zip", pack({"评分表.xlsx": pack(good())}), ("R112",))
    yield Case("E09-empty-zip", pack({}), ("R112",))
    word = "openxmlformats-officedocument.wordprocessingml.document.main+xml"
    yield Case("E10-docx", office("word/document.xml", word), ("R113",))
    slides = "openxmlformats-officedocument.presentationml.presentation.main+xml"
    yield Case("E10-pptx", office("ppt/presentation.xml", slides), ("R114",))
    binary = "ms-excel.sheet.binary.macroEnabled.main"
    yield Case("E10-xlsb", office("xl/workbook.bin", binary), ("R116",))
    yield Case("E10-xlsb-by-default", by_default("bin", "xl/workbook.bin", binary), ("R116",))
    yield Case("E12-shortcut", b"L\0\0\0\1\x14\2\0" + b"\0" * 40, ("R119",))
    yield Case("E12-url", b"[InternetShortcut]\r\nURL=https://x\r\n", ("R119",))
    yield Case("E13-unknown", b"\x7fELF\x02\x01\x01\0\0\0\x9f\x92", ("R121",))
    yield Case("E15-gb18030", changed(BOOK, good()[BOOK].decode().encode("gb18030")), ("R136",))
    declared = good()[BOOK].decode().replace("UTF-8", "GB18030").encode("gb18030")
    yield Case("E15-declared", changed(BOOK, declared), ("R136", "R137"))
