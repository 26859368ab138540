"""工作簿各部件之间的联系：内容类型和关系。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xltool.messages import files
from xltool.xlsx.file_kinds import identify_zip
from xltool.xlsx.parse_cache import MOST, ParseCache
from xltool.xlsx.path_walker import PathWalker, container
from xltool.xlsx.refusal import Refused
from xltool.xlsx.xml_names import relation_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xltool.finding import Message
    from xltool.xlsx.archive import Archive
    from xltool.xlsx.xml_walker import Budget

CONTENT_TYPES: Final = "[Content_Types].xml"
_ROOT: Final = "_rels/.rels"

# 主部件的内容类型说明它其实是别的 Office 文件
_OTHERS: Final[tuple[tuple[str, Message], ...]] = (
    ("sheet.binary", files.BINARY_WORKBOOK),
    ("wordprocessingml", files.WORD),
    ("presentationml", files.SLIDES),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """一条关系：类型的最后一段、目标部件的完整名字；`outside` 表示目标不在文件里。"""

    kind: str
    target: str
    outside: bool


_types: ParseCache[Mapping[str, str]] = ParseCache(MOST)
_relations: ParseCache[Mapping[str, Relation]] = ParseCache(MOST)


def content_types(archive: Archive, budget: Budget) -> Mapping[str, str]:
    """各部件（小写，带开头的斜杠）和各扩展名（小写）的内容类型。"""
    blocks = archive.blocks(CONTENT_TYPES)
    return _types.recall(blocks, budget, lambda: _content_types(blocks, budget))


def _content_types(blocks: Iterable[bytes], budget: Budget) -> Mapping[str, str]:
    found: dict[str, str] = {}

    def default(attributes: Mapping[str, str]) -> None:
        found[attributes.get("Extension", "").lower()] = attributes.get("ContentType", "")

    def override(attributes: Mapping[str, str]) -> None:
        found[attributes.get("PartName", "").lower()] = attributes.get("ContentType", "")

    paths = {":Types": container, ":Types:Default": default, ":Types:Override": override}
    PathWalker(CONTENT_TYPES, budget, paths).read(blocks)
    return found


def relations(archive: Archive, source: str, budget: Budget) -> Mapping[str, Relation]:
    """一个部件的全部关系，按编号取；没有关系部件则为空。"""
    folder, _, name = source.rpartition("/")
    part = f"{folder}/_rels/{name}.rels" if source else _ROOT
    part = part.removeprefix("/")
    if part not in archive:
        return {}
    blocks = archive.blocks(part)
    seen = (*blocks, part.encode()) if isinstance(blocks, tuple) else blocks
    return _relations.recall(seen, budget, lambda: _relations_in(folder, part, blocks, budget))


def _relations_in(
    folder: str, part: str, blocks: Iterable[bytes], budget: Budget
) -> Mapping[str, Relation]:
    found: dict[str, Relation] = {}

    def relation(attributes: Mapping[str, str]) -> None:
        key = attributes.get("Id", "")
        if key in found:
            outline.broken(f"关系编号 {key[:20]} 重复")
        outside = attributes.get("TargetMode") == "External"
        target = attributes.get("Target", "")
        kind = relation_kind(attributes.get("Type", ""))
        found[key] = Relation(kind, target if outside else _resolve(folder, target), outside)

    paths = {":Relationships": container, ":Relationships:Relationship": relation}
    outline = PathWalker(part, budget, paths)
    outline.read(blocks)
    return found


def workbook_part(archive: Archive, types: Mapping[str, str], budget: Budget) -> tuple[str, str]:
    """主部件 workbook.xml 的名字和内容类型。

    Raises:
        Refused: 这个压缩包不是工作簿。
    """
    if _ROOT not in archive:
        raise Refused(files.MISSING_PART.finding(part=_ROOT))
    mains = [
        relation.target
        for relation in relations(archive, "", budget).values()
        if relation.kind == "officeDocument" and not relation.outside
    ]
    if len(mains) != 1:
        raise Refused(identify_zip(archive.names))
    name = mains[0].lower()
    kind = types.get("/" + name, types.get(name.rpartition(".")[2], ""))
    for mark, message in _OTHERS:
        if mark in kind:
            raise Refused(message.finding())
    return mains[0], kind


def _resolve(folder: str, target: str) -> str:
    """目标的完整名字：以斜杠开头的从根算起，否则从所在文件夹算起。"""
    target = target.replace("\\", "/")
    steps: list[str] = [] if target.startswith("/") else folder.split("/")
    for step in target.split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(step for step in steps if step)
