"""工作簿的压缩包：先查完整个目录，再解压；每个部件都读到底并核对校验码。"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from xltool.messages import files
from xltool.xlsx.refusal import Refused, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from xltool.finding import Message
    from xltool.xlsx.limits import Limits

MAGIC: Final = b"PK\3\4"
_END: Final = b"PK\5\6"
_ENTRY: Final = b"PK\1\2"
_END_SIZE: Final = 22
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
_DESCRIPTOR: Final = 0x8
_UTF8: Final = 0x800
_ZIP64: Final = 0xFFFFFFFF
# 大部件一段一段解压，内存只占一段；一段又不能太小：旧版 expat 会把跨段的长属性从头再扫
_BLOCK: Final = 4 * 1024 * 1024
_KEEP: Final = 4 * _BLOCK
_MOST: Final = 64  # 记住最近解过的这么多个部件
_LARGEST: Final = 256 * 1024  # 印好的部件没有这么大；再大的不记，免得占内存

_recent: dict[tuple[int, int, bytes], bytes] = {}  # 压法、校验码、压过的字节，解出来是什么


class Archive:
    """查验过目录的压缩包。部件名不分大小写。"""

    __slots__ = ("_data", "_kept", "_members")

    def __init__(self, data: bytes, limits: Limits) -> None:
        end = _end(data)
        if data.count(_ENTRY) > limits.members:  # 先数一遍，免得 zipfile 为炸弹建几十万个对象
            raise Refused(limits.over("members", data.count(_ENTRY)))
        try:
            # zipfile 只用来读目录（含 zip64）；解压由本模块自己做，好设限
            with zipfile.ZipFile(io.BytesIO(data[:end])) as directory:
                members = directory.infolist()
                stop = directory.start_dir
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            struct.error,
            ValueError,
            OSError,
        ) as error:
            raise Refused(files.BROKEN_DIRECTORY.finding()) from error
        self._data = memoryview(data)
        self._kept: dict[str, bytes] = {}
        self._members: dict[str, tuple[zipfile.ZipInfo, int]] = {}
        _check_sizes(members, limits)
        for member in members:
            key = _key(member)
            if key in self._members:
                raise _refused(files.DUPLICATE_PART, member)
            self._members[key] = (member, _content_start(data, member))
        _check_overlap(list(self._members.values()), stop)

    @property
    def names(self) -> tuple[str, ...]:
        """全部部件名，小写。"""
        return tuple(self._members)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._members

    def verify(self, wanted: Callable[[str], bool]) -> None:
        """把每个部件解压到底，核对大小和校验码；要用的小部件留下，免得解压两次。

        Raises:
            Refused: 有部件损坏。
        """
        budget = _KEEP
        for key, (member, _) in self._members.items():
            if 0 < member.file_size <= min(_BLOCK, budget) and wanted(key):
                budget -= member.file_size
                self._kept[key] = self._whole(key)
            else:
                for _ in self._checked(key):
                    pass

    def blocks(self, name: str) -> Iterable[bytes]:
        """一个部件的内容，一段一段给；小部件是只有一段的元组。

        Raises:
            Refused: 没有这个部件。
        """
        key = name.lower()
        if key not in self._members:
            raise Refused(files.MISSING_PART.finding(part=shown(name, 60)))
        kept = self._kept.pop(key, None)
        return self._inflate(key) if kept is None else (kept,)

    def _whole(self, key: str) -> bytes:
        """一个小部件；压过的字节与刚解过的相同，就是那一个：印好的部件几百份里都一样。"""
        member, start = self._members[key]
        packed = bytes(self._data[start : start + member.compress_size])
        name = (member.compress_type, member.CRC, packed)
        block = _recent.pop(name, None)
        if block is None or len(block) != member.file_size:
            block = b"".join(self._checked(key))
        if len(block) <= _LARGEST:
            _recent[name] = block
            if len(_recent) > _MOST:
                del _recent[next(iter(_recent))]
        return block

    def _checked(self, key: str) -> Iterator[bytes]:
        """解压到底，核对校验码。"""
        member, check = self._members[key][0], 0
        for block in self._inflate(key):
            check = zlib.crc32(block, check)
            yield block
        if check != member.CRC:
            raise _refused(files.CHECKSUM, member)

    def _inflate(self, key: str) -> Iterator[bytes]:
        member, start = self._members[key]
        source = self._data[start : start + member.compress_size]
        if member.compress_type == zipfile.ZIP_STORED:
            starts = range(0, len(source), _BLOCK)
            blocks: Iterator[bytes] = (bytes(source[at : at + _BLOCK]) for at in starts)
        else:
            blocks = _deflated(source)
        size = 0
        try:
            for block in blocks:
                size += len(block)
                if size > member.file_size:
                    break
                yield block
        except zlib.error as error:
            raise _refused(files.CHECKSUM, member) from error
        if size != member.file_size:
            raise _refused(files.CHECKSUM, member)


def _deflated(source: memoryview) -> Iterator[bytes]:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: memoryview | bytes = source
    while not stream.eof:
        block = stream.decompress(rest, _BLOCK)
        rest = stream.unconsumed_tail
        if not block and not rest:
            break
        if block:
            yield block
    if not stream.eof or stream.unused_data or rest:
        raise zlib.error


def _end(data: bytes) -> int:
    """压缩包在哪里结束；其后的多余字节不管。"""
    if not data.startswith(MAGIC):
        raise Refused(files.LEADING_BYTES.finding())
    found = data.rfind(_END)
    if found < 0 or found + _END_SIZE > len(data):
        raise Refused(files.TRUNCATED.finding())
    (comment,) = struct.unpack_from("<H", data, found + 20)
    return int(found + _END_SIZE + comment)


def _check_sizes(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.members:
        raise Refused(limits.over("members", len(members)))
    for member in members:
        size, packed = member.file_size, member.compress_size
        if size > limits.ratio_grace and size > limits.ratio * packed:
            ratio = size // max(packed, 1)
            raise _refused(
                files.BOMB, member, ratio=ratio, limit=limits.ratio, variable="XLTOOL_MAX_RATIO"
            )
        if size > limits.part_bytes:
            raise Refused(limits.over("part_bytes", size, f"部件 {_label(member)} "))
    total = sum(member.file_size for member in members)
    if total > limits.total_bytes:
        raise Refused(limits.over("total_bytes", total))


def _key(member: zipfile.ZipInfo) -> str:
    name = member.orig_filename
    parts = name.replace("\\", "/").removesuffix("/").split("/")
    if "\0" in name or ":" in name or not {"", ".", ".."}.isdisjoint(parts):
        raise _refused(files.UNSAFE_NAME, member)
    return "/".join(parts).lower()


def _content_start(data: bytes, member: zipfile.ZipInfo) -> int:
    """核对部件自己的头与目录所记一致，给出内容从哪个字节起。"""
    if not 0 <= member.header_offset <= len(data) - _LOCAL.size:
        raise _refused(files.HEADERS_DISAGREE, member)
    magic, _, flags, method, _, _, check, packed, size, name_size, extra_size = _LOCAL.unpack_from(
        data, member.header_offset
    )
    if (flags | member.flag_bits) & _ENCRYPTED:
        raise _refused(files.ENCRYPTED_MEMBER, member)
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise _refused(files.ODD_COMPRESSION, member, method=member.compress_type)
    name_start = member.header_offset + _LOCAL.size
    name = data[name_start : name_start + name_size].decode(
        "utf-8" if flags & _UTF8 else "cp437", "replace"
    )
    agreed = magic == MAGIC and method == member.compress_type and name == member.orig_filename
    if not flags & _DESCRIPTOR:  # 有数据描述符时，头里的三项可以是零
        agreed = agreed and check == member.CRC
        agreed = (
            agreed
            and packed in {member.compress_size, _ZIP64}
            and size in {member.file_size, _ZIP64}
        )
    if not agreed or (
        member.compress_type == zipfile.ZIP_STORED and member.compress_size != member.file_size
    ):
        raise _refused(files.HEADERS_DISAGREE, member)
    return int(name_start + name_size + extra_size)


def _check_overlap(members: list[tuple[zipfile.ZipInfo, int]], stop: int) -> None:
    taken = 0
    for member, start in sorted(members, key=lambda pair: pair[0].header_offset):
        if member.header_offset < taken:
            raise _refused(files.OVERLAP, member)
        taken = start + member.compress_size
        if taken > stop:
            raise _refused(files.OVERLAP, member)
    if min((member.header_offset for member, _ in members), default=0):
        raise Refused(files.LEADING_BYTES.finding())


def _label(member: zipfile.ZipInfo) -> str:
    return shown(member.orig_filename, 60)


def _refused(message: Message, member: zipfile.ZipInfo, **values: object) -> Refused:
    return Refused(message.finding(None, sheet="", part=_label(member), **values))
