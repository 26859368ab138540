"""读过的文件：内容、程序、方案、上限、上年度的报送都没有变的，不必再读。"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from xltool.address import At
from xltool.cache.key import key_of, program_key
from xltool.cache.loading import kinds_of, load
from xltool.collection.beside import NOTHING
from xltool.collection.lower import LowerBook, LowerUnit, LowerVerdict
from xltool.collection.model import Summary
from xltool.collection.reading import Read, limits
from xltool.facts.lineage import Ancestor
from xltool.finding import Finding, Severity, Tally
from xltool.narrative.heading import Heading
from xltool.scheme.sources import local_files
from xltool.xlsx.disk import file_bytes
from xltool.xlsx.refusal import Refused

if TYPE_CHECKING:
    from xltool.cache.store import Store
    from xltool.collection.beside import Beside
    from xltool.collection.inbox import Item
    from xltool.collection.last_years import LastYears

# 结果里有的几种数据；添了一种的，这里也要添，不然打不开、每次重新读
_KINDS: Final = kinds_of(
    *(Ancestor, At, Decimal, Finding, LowerBook, LowerUnit, LowerVerdict),
    *(Heading, Read, Severity, Summary, Tally, date),
)


@dataclass(frozen=True, slots=True)
class ReadCache:
    """缓存里读过的文件；`context` 是读的结果除了文件以外还取决于什么。"""

    store: Store
    context: str
    beside: Beside = NOTHING

    def recall(self, item: Item) -> Read | None:
        """上一次读这个内容的结果；没有读过的为空。"""
        try:
            digest = sha256(file_bytes(item.path, limits())).hexdigest()
        except Refused:
            return None
        data = self.store.get(self._name(item, digest))
        if data is None:
            return None
        try:
            read = load(data, _KINDS)
        except Exception:  # noqa: BLE001 - whatever it holds, the file itself is read again
            return None
        if not isinstance(read, Read) or read.sha256 != digest:
            return None
        summary = read.summary
        if summary is None:
            return read
        # 一起核对的自评报告换了、没有了、新交来的，这一份要重新查
        used = summary.narrative, summary.narrative_mark
        return read if used == self.beside.expected(summary) else None

    def keep(self, item: Item, read: Read) -> None:
        """记下读的结果；没有读到内容的（打不开、超时）不记。"""
        if read.sha256:
            self.store.put(
                self._name(item, read.sha256), pickle.dumps(read, pickle.HIGHEST_PROTOCOL)
            )

    def _name(self, item: Item, digest: str) -> str:
        return key_of("read", self.context, item.file, digest)


def read_cache(
    store: Store | None, years: LastYears | None, beside: Beside = NOTHING
) -> ReadCache | None:
    """打开的缓存里读过的文件；不知道程序变了没有的，不用缓存。"""
    if store is None:
        return None
    try:
        schemes = [(path.name, sha256(path.read_bytes()).digest()) for path in local_files()]
        return ReadCache(store, key_of(program_key(), limits(), schemes, years), beside)
    except OSError:
        return None
