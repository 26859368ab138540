"""压缩包：日期固定、边写边压，压好的部件可以原样再用。

标准库的 zipfile 不能放入已压好的部件，所以自己写这几个定长的头。
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_DEFLATED = 8
_MIDNIGHT = 0
_FIRST_DAY = 0x21  # 1980-01-01，压缩包能记的最早一天
LEVEL = 3  # 比 6 快四成，大不到一成
_QUICK = 1  # 一版多印时每份都要压的：比 5 快一倍，大一成
_SMALL = 6  # 一版多印时只压一次、反复用的
_WINDOW = 32_768  # 压的时候最多回头看这么远
_FINISHED = b"\3\0"  # 末尾一个空的块
_BATCH = 65_536


@dataclass(frozen=True, slots=True)
class Part:
    """一个压好的部件。"""

    name: str
    crc: int
    size: int
    packed: bytes


@dataclass(slots=True)
class _Entry:
    name: str
    offset: int
    crc: int = 0
    packed_size: int = 0
    size: int = 0

    @property
    def local_header(self) -> bytes:
        """部件前面的头。"""
        name = self.name.encode()
        sizes = (self.crc, self.packed_size, self.size, len(name), 0)
        return _LOCAL.pack(b"PK\3\4", _VERSION, 0, _DEFLATED, _MIDNIGHT, _FIRST_DAY, *sizes) + name

    @property
    def central_header(self) -> bytes:
        """目录里的一条。"""
        name = self.name.encode()
        sizes = (self.crc, self.packed_size, self.size, len(name))
        head = (b"PK\1\2", _VERSION, _VERSION, 0, _DEFLATED, _MIDNIGHT, _FIRST_DAY)
        return _CENTRAL.pack(*head, *sizes, 0, 0, 0, 0, 0, self.offset) + name


class _Deflater:
    """边压边记校验和、长度。"""

    def __init__(self) -> None:
        self._pack = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        self.crc = 0
        self.size = 0

    def packed(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.crc = zlib.crc32(chunk, self.crc)
            self.size += len(chunk)
            if packed := self._pack.compress(chunk):
                yield packed
        yield self._pack.flush()


def pack(name: str, chunks: Iterable[bytes]) -> Part:
    """压好一个部件，留着反复用。"""
    deflater = _Deflater()
    packed = b"".join(deflater.packed(chunks))
    return Part(name, deflater.crc, deflater.size, packed)


class Segment(NamedTuple):
    """部件里压好的一段。"""

    data: bytes
    packed: bytes


def kept_segment(data: bytes, before: bytes = b"") -> Segment:
    """压一段，留着反复用，所以压得小些；给了 `before` 的，只能紧接在它后面。"""
    deflate = zlib.compressobj(_SMALL, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=before[-_WINDOW:])
    return Segment(data, deflate.compress(data) + deflate.flush(zlib.Z_FULL_FLUSH))


class Segmenter:
    """一段一段地压，快；哪一段也不用前面的内容，所以接在什么后面都行。"""

    def __init__(self) -> None:
        self._pack = zlib.compressobj(_QUICK, zlib.DEFLATED, -zlib.MAX_WBITS)

    def segment(self, data: bytes) -> Segment:
        """压一段；前面压过什么都忘掉。"""
        return Segment(data, self._pack.compress(data) + self._pack.flush(zlib.Z_FULL_FLUSH))


def joined(name: str, segments: Iterable[Segment]) -> Part:
    """几段接成一个部件。"""
    crc, size, packed = 0, 0, []
    for data, one in segments:
        crc = zlib.crc32(data, crc)
        size += len(data)
        packed.append(one)
    return Part(name, crc, size, b"".join((*packed, _FINISHED)))


def batched(texts: Iterable[str]) -> Iterator[bytes]:
    """把零碎的文字攒成大块再交去压缩。"""
    held: list[str] = []
    length = 0
    for text in texts:
        held.append(text)
        length += len(text)
        if length >= _BATCH:
            yield "".join(held).encode()
            held.clear()
            length = 0
    yield "".join(held).encode()


class Archive:
    """正在写的压缩包；`handle` 须能回头改写。"""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle
        self._entries: list[_Entry] = []

    def add(self, part: Part) -> None:
        """放入一个压好的部件。"""
        entry = _Entry(part.name, self._handle.tell(), part.crc, len(part.packed), part.size)
        self._handle.write(entry.local_header + part.packed)
        self._entries.append(entry)

    def stream(self, name: str, chunks: Iterable[bytes]) -> None:
        """边生成边压入一个部件，然后回头补上长度和校验和。"""
        entry = _Entry(name, self._handle.tell())
        self._handle.write(entry.local_header)
        deflater = _Deflater()
        for packed in deflater.packed(chunks):
            entry.packed_size += self._handle.write(packed)
        entry.crc, entry.size = deflater.crc, deflater.size
        end = self._handle.tell()
        self._handle.seek(entry.offset)
        self._handle.write(entry.local_header)
        self._handle.seek(end)
        self._entries.append(entry)

    def close(self) -> None:
        """写下目录；不关闭文件。"""
        start = self._handle.tell()
        directory = b"".join(entry.central_header for entry in self._entries)
        count = len(self._entries)
        self._handle.write(directory)
        self._handle.write(_END.pack(b"PK\5\6", 0, 0, count, count, len(directory), start, 0))
