"""炸弹：不但要拒收（或读出），还要快、省内存。用到时才造。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hostile import MAIN, SHEET, STRINGS, STYLES, changed, noise, sheet

if TYPE_CHECKING:
    from collections.abc import Callable


def _padded(root: str, body: bytes, padding: int = 700_000) -> bytes:
    return f'<{root} xmlns="{MAIN}">'.encode() + body + noise(padding) + f"</{root}>".encode()


def spaces() -> bytes:
    return changed(SHEET, sheet(after=" " * 70_000_000))


def strings() -> bytes:
    return changed(STRINGS, _padded("sst", b"<si/>" * 5_000_000))


def strings_below_the_tag_limit() -> bytes:
    return changed(STRINGS, _padded("sst", b"<si/>" * 3_900_000))


def rows() -> bytes:
    return changed(
        SHEET, _padded("worksheet", b"<sheetData>" + b"<row/>" * 3_000_000 + b"</sheetData>")
    )


def styles() -> bytes:
    return changed(
        STYLES, _padded("styleSheet", b"<cellXfs>" + b"<xf/>" * 3_900_000 + b"</cellXfs>")
    )


def attribute() -> bytes:
    return changed(SHEET, _padded("worksheet", b'<sheetData/><a b="' + b"x" * 30_000_000 + b'"/>'))


def distinct_names() -> bytes:
    block = b"".join(b"<n%%04x%02x/>" % number for number in range(256))
    names = b"".join(block.replace(b"%04x", b"%04x" % number) for number in range(15_235))
    return changed(SHEET, _padded("worksheet", b"<sheetData/>" + names, 0))


def distinct_attributes() -> bytes:
    cell = b"<b " + b" ".join(b'a%%04x%02x=""' % number for number in range(200)) + b"/>"
    cells = b"".join(cell.replace(b"%04x", b"%04x" % row) for row in range(25_000))
    return changed(SHEET, _padded("worksheet", b"<sheetData/>" + cells, 0))


def wide_characters() -> bytes:
    """每格一个表情符号，使每个字在内存里占四字节。"""
    row = b"<row>" + f'<c t="str"><v>{"x" * 90}\U0001f600</v></c>'.encode() * 100 + b"</row>"
    body = b"<sheetData>" + row * 5_000 + b"</sheetData>"
    return changed(SHEET, _padded("worksheet", body))


def long_name() -> bytes:
    name = b"n" * 100_000
    body = b"<sheetData/>" + (b"<" + name + b">") * 100 + (b"</" + name + b">") * 100
    return changed(SHEET, _padded("worksheet", body * 1, 200_000))


def merges() -> bytes:
    items = b'<mergeCell ref="A1:XFD1048576"/>' * 1_500_000
    return changed(
        SHEET, _padded("worksheet", b"<sheetData/><mergeCells>" + items + b"</mergeCells>")
    )


def arrays() -> bytes:
    cell = b'<c><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c>'
    body = b"<sheetData>" + (b"<row>" + cell * 100 + b"</row>") * 1_000 + b"</sheetData>"
    return changed(SHEET, _padded("worksheet", body))


def hidden_columns() -> bytes:
    items = b'<col min="1" max="16384" hidden="1"/>' * 900_000
    return changed(SHEET, _padded("worksheet", b"<cols>" + items + b"</cols><sheetData/>"))


def hidden_rows() -> bytes:
    body = b"<sheetData>" + b'<row hidden="1"/>' * 1_048_576 + b"</sheetData>"
    return changed(SHEET, _padded("worksheet", body))


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "Z01-spaces": (spaces, "R132"),
    "Z02-strings": (strings, "R133"),
    "Z02-strings-below": (strings_below_the_tag_limit, "R133"),
    "Z03-rows": (rows, "R143"),
    "Z03-styles": (styles, "R133"),
    "X06-attribute": (attribute, "R138"),
    "X07-distinct-names": (distinct_names, "R133"),
    "X07-distinct-attributes": (distinct_attributes, "R133"),
    "X18-wide-characters": (wide_characters, "R133"),
    "X05-long-names": (long_name, "read"),
    "S06-merges": (merges, "R133"),
    "S18-arrays": (arrays, "R133"),
    "S16-hidden-columns": (hidden_columns, "R147"),
    "S05-hidden-rows": (hidden_rows, "read"),
}
