"""文件其实是什么：只看字节，不交给任何解析器，说得出类型才好告诉填报人怎么办。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.messages import files
from xltool.xlsx.archive import MAGIC

if TYPE_CHECKING:
    from collections.abc import Container

    from xltool.finding import Finding, Message

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# OLE 目录里的流名（UTF-16）；加密的工作簿也是 OLE，所以先查
_OLE_STREAMS: Final = (
    ("EncryptedPackage", files.ENCRYPTED),
    ("WordDocument", files.WORD),
    ("PowerPoint Document", files.SLIDES),
    ("Workbook", files.OLD_EXCEL),
    ("Book", files.OLD_EXCEL),
)

_STARTS: Final = (
    (b"%PDF", files.PDF, ""),
    (b"{\\rtf", files.WORD, ""),
    (b"Rar!\x1a\x07", files.COMPRESSED, "RAR"),
    (b"7z\xbc\xaf\x27\x1c", files.COMPRESSED, "7z"),
    (b"\x1f\x8b", files.COMPRESSED, "gzip"),
    (b"BZh", files.COMPRESSED, "bzip2"),
    (b"\xfd7zXZ\0", files.COMPRESSED, "xz"),
    (b"PK\7\x08", files.COMPRESSED, "分卷 ZIP"),
    (b"PK\5\6", files.COMPRESSED, "空的 ZIP"),
    (b"\x89PNG", files.PICTURE, "PNG"),
    (b"\xff\xd8\xff", files.PICTURE, "JPEG"),
    (b"GIF8", files.PICTURE, "GIF"),
    (b"II*\0", files.PICTURE, "TIFF"),
    (b"MM\0*", files.PICTURE, "TIFF"),
    (b"L\0\0\0\1\x14\2\0", files.SHORTCUT, ""),
    (b"[InternetShortcut]", files.SHORTCUT, ""),
    (b"\x09\x08", files.OLD_EXCEL, ""),  # 没有 OLE 外壳的 BIFF
    (b"\x09\x04", files.OLD_EXCEL, ""),
    (b"\x09\x02", files.OLD_EXCEL, ""),
    (b"\x09\x00\x04\0", files.OLD_EXCEL, ""),
)

_MARKUP: Final = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", files.XML_TABLE),
    (b"urn:oasis:names:tc:opendocument", files.OPEN_DOCUMENT),
    (b"<html", files.HTML),
    (b"<!doctype html", files.HTML),
    (b"<table", files.HTML),
    (b"mime-version:", files.HTML),
    (b"<?xml", files.XML_TABLE),
)

# 不是 .xlsx 的 zip：看里面有什么部件
_ZIP_MARKS: Final = (
    ("xl/workbook.bin", files.BINARY_WORKBOOK),
    ("word/document.xml", files.WORD),
    ("ppt/presentation.xml", files.SLIDES),
    ("ofd.xml", files.OFD),
    ("content.xml", files.OPEN_DOCUMENT),
)

_HEAD: Final = 4096
_TAR: Final = slice(257, 262)
_PRINTABLE: Final = 0x20


def identify(head: bytes, name: str = "") -> Finding | None:
    """不是 zip 的文件各是什么；是 zip（可能是 .xlsx）则为 None。

    `head` 越长认得越准（OLE 的目录可在任何地方）；`name` 只在内容认不出时才参考。
    """
    if head.startswith(MAGIC):
        return None
    if head.startswith(_OLE):
        for stream, message in _OLE_STREAMS:
            # 流名在目录里以两个零字节收尾
            if (stream + "\0").encode("utf-16-le") in head:
                return message.finding()
        return files.OTHER_OFFICE.finding()
    for start, message, kind in _STARTS:
        if head.startswith(start):
            return message.finding(kind=kind)
    return _by_content(head, name)


def identify_zip(names: Container[str]) -> Finding:
    """一个 zip 里没有工作簿时，它其实是什么。"""
    for part, message in _ZIP_MARKS:
        if part in names:
            return message.finding()
    if "[content_types].xml" in names:
        return files.MISSING_PART.finding(part="xl/workbook.xml")
    if "xl/workbook.xml" in names:
        return files.MISSING_PART.finding(part="[Content_Types].xml")
    return files.COMPRESSED.finding(kind="ZIP")


def _by_content(data: bytes, name: str) -> Finding:
    head = data[:_HEAD]
    if not head:
        return files.EMPTY.finding()
    if not data.strip(b"\0"):
        return files.BLANKED.finding()
    if b"%PDF-" in head[:1024]:
        return files.PDF.finding()
    if head[_TAR] == b"ustar":
        return files.COMPRESSED.finding(kind="tar")
    picture = _picture(head)
    if picture:
        return files.PICTURE.finding(kind=picture)
    inside = b"PK\5\6" in data and MAGIC in data
    unknown = files.LEADING_BYTES if inside else files.UNKNOWN
    return (_text(head, name) or unknown).finding()


def _picture(head: bytes) -> str:
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return "BMP"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1"}:
        return "HEIC"
    return ""


def _text(head: bytes, name: str) -> Message | None:
    markup = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lower()
    for mark, message in _MARKUP:
        if mark in markup:
            return message
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return files.PLAIN_TEXT
    controls = sum(byte < _PRINTABLE and byte not in b"\t\r\n\f\x1a" for byte in head)
    if controls == 0 and (_decodes(head) or name.lower().endswith((".csv", ".txt", ".tsv"))):
        return files.PLAIN_TEXT
    return None


def _decodes(head: bytes) -> bool:
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):  # 截断处可能切开了一个字
            try:
                head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False
