"""上一次写成的一套：要写的没有变、写成的也没有人动过，就不必再写；变了的，没有变的几份评分表照抄。

记下的只是指纹：那一套还在不在、是不是原样，每次都看它自己的字节。
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, SupportsBytes

from xltool.cache.key import key_of, program_key
from xltool.excel.output_set import intact
from xltool.scheme.sources import local_files
from xltool.xlsx.disk import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xltool.cache.store import Store
    from xltool.collection.model import Collection
    from xltool.collection.verdicts import Reviews
    from xltool.excel.output_set import OutputSet
    from xltool.excel.scored_forms import Job


class WrittenSet(NamedTuple):
    """写成的一套：写的是什么、汇总的指纹、评分表在哪个子文件夹、写什么的一份叫什么。"""

    contents: str
    book: str
    generation: str
    forms: Mapping[str, str]


NOTHING_WRITTEN: Final = WrittenSet("", "", "", MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class SetCache:
    """缓存里写成的各套；`program` 是写出的字节除了内容以外取决于什么。"""

    store: Store
    program: str

    def contents(self, collection: Collection, reviews: Reviews, place: OutputSet) -> str:
        """要写的一套的指纹：汇总的每一个字节都由这些定。"""
        units = tuple(replace(unit, packed=_digest(unit.packed)) for unit in collection.units)
        lower = [(book.file, book.sha256) for book in collection.lower]  # 读出的由内容定
        rest = replace(collection, units=units, lower=())
        return key_of(self.program, rest, lower, reviews, place.folder.name)

    def form(self, job: Job) -> str:
        """要写的一份评分表的指纹；存到哪里不算。"""
        return key_of(self.program, job._replace(target="", packed=_digest(job.packed)))

    def recall(self, target: Path) -> WrittenSet:
        """上一次写到这个目标的；没有记着的是空的。"""
        data = self.store.get(self._name(target))
        return WrittenSet(**json.loads(data)) if data else NOTHING_WRITTEN

    def keep(self, target: Path, written: WrittenSet) -> None:
        """记下写成的一套。"""
        data = json.dumps(written._asdict(), ensure_ascii=True).encode()
        self.store.put(self._name(target), data)

    def _name(self, target: Path) -> str:
        return key_of("set", self.program, str(target.absolute()))


def set_cache(store: Store | None) -> SetCache | None:
    """打开的缓存里写成的各套；不知道程序变了没有的，不用缓存。"""
    if store is None:
        return None
    try:
        schemes = [(path.name, sha256(path.read_bytes()).digest()) for path in local_files()]
        return SetCache(store, key_of(program_key(), schemes))
    except OSError:
        return None


def _digest(packed: SupportsBytes | None) -> bytes:
    """一份结论的指纹，没有的为空：印出整份的字节要慢许多倍。"""
    return sha256(bytes(packed)).digest() if packed else b""


def stands(place: OutputSet, written: WrittenSet) -> bool:
    """写成的一套还在原处，一个字节也没有变，旁边也没有别的一批。"""
    if not written.book:
        return False
    try:
        same = sha256_of(place.target) == written.book
    except OSError:
        return False
    return same and intact(place, written.generation)


class Reused:
    """一批评分表：没有变的照抄上一批的，其余的（`fresh`）要印。"""

    def __init__(
        self, cache: SetCache | None, known: WrittenSet, folder: Path, jobs: Sequence[Job]
    ) -> None:
        self._keys = [cache.form(job) for job in jobs] if cache else [""] * len(jobs)
        last = folder / known.generation
        self._digests = [
            _copied(last, known.forms.get(key, ""), Path(job.target))
            for key, job in zip(self._keys, jobs, strict=True)
        ]
        self.fresh: Final = [
            job for job, digest in zip(jobs, self._digests, strict=True) if not digest
        ]

    def all_digests(self, printed: Iterable[str]) -> list[str]:
        """各份的指纹；`printed` 是印出的几份的。"""
        following = iter(printed)
        self._digests = [digest or next(following) for digest in self._digests]
        return self._digests

    def listed(self, names: Iterable[str]) -> dict[str, str]:
        """写什么的一份叫什么，连同它的指纹。"""
        return {
            key: f"{name}/{digest}"
            for key, name, digest in zip(self._keys, names, self._digests, strict=True)
        }


def _copied(folder: Path, listed: str, target: Path) -> str:
    """没有变的一份照抄到 `target`，返回它的指纹；没有、与应有的指纹不符的为空串。"""
    name, _, digest = listed.rpartition("/")
    if not name:
        return ""
    try:
        data = (folder / name).read_bytes()
    except OSError:
        return ""
    if sha256(data).hexdigest() != digest:
        return ""
    target.write_bytes(data)
    return digest
