"""读 XML 部件的底座：expat 逐个元素地给，不认识的整块略过，深度、数量有限，不收 DTD。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

# 一见 DTD 就拒收，所以没有实体可展开，也不会去取外部资源
from xml.parsers.expat import ExpatError, ParserCreate

from xltool.messages import files
from xltool.xlsx.refusal import Refused, shown
from xltool.xlsx.skip_blocks import SkippedBytes
from xltool.xlsx.xml_names import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xltool.xlsx.limits import Limits

_LONGEST = 4 * 1024 * 1024  # 更长的属性，旧版 expat 每收一段都从头再扫
FEW = 16  # 属性不多于此数时不必细查


class Budget:
    """读一个工作簿的余量：各部件合用，用一点少一点。"""

    __slots__ = ("cells", "characters", "limits", "merges", "names", "tags")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.names: set[str] = set()
        self.tags = self.cells = self.characters = self.merges = 0

    @property
    def spent(self) -> tuple[int, int, int, int]:
        """各项已经用掉多少；快路走不通时退回原处。"""
        return self.tags, self.cells, self.characters, self.merges

    @spent.setter
    def spent(self, spent: tuple[int, int, int, int]) -> None:
        self.tags, self.cells, self.characters, self.merges = spent

    def learn(self, names: Iterable[str], subject: str = "") -> None:
        """记下一个部件里的标记名称；超过上限则拒收。"""
        self.names.update(names)
        if len(self.names) > self.limits.names:
            raise Refused(self.limits.over("names", len(self.names), subject))

    def spend(self, name: str, amount: int, subject: str = "") -> None:
        """用掉某一项若干；超过上限则拒收。"""
        spent = getattr(self, name) + amount
        setattr(self, name, spent)
        if spent > getattr(self.limits, name):
            raise Refused(self.limits.over(name, spent, subject))


class Walker:
    """一个部件的读法；子类给出 `start`、`end`。"""

    __slots__ = (
        "_deepest",
        "_depth",
        "_floor",
        "_most_names",
        "_names",
        "_parser",
        "_spaces",
        "budget",
        "guarded",
        "part",
        "pieces",
    )

    def __init__(self, part: str, budget: Budget) -> None:
        self.part = shown(part, 60)
        self.budget = budget
        self.pieces: list[str] = []
        # 略过的块里若有这些元素，说明要读的内容放错了地方
        self.guarded: frozenset[str] = frozenset()
        self._deepest = budget.limits.depth
        self._names = vocabulary()
        self._most_names = budget.limits.names
        self._depth = self._floor = self._spaces = 0
        # 第三个参数是 expat 的名字表：同名只留一份，长名顺带换成短名，也记下见过的名字
        parser = ParserCreate(None, " ", self._names)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartNamespaceDeclHandler = self._count_space
        parser.CommentHandler = parser.ProcessingInstructionHandler = self.aside
        self._parser = parser
        self._resume()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """一个元素开始。"""
        raise NotImplementedError

    def end(self, name: str) -> None:
        """一个元素结束。"""
        raise NotImplementedError

    def aside(self, *_: str) -> None:
        """一处注释或处理指令；夹在值中间的，各程序连不连起来读不一。"""

    def read(self, blocks: Iterable[bytes]) -> None:
        """读完整个部件。

        Raises:
            Refused: 部件有错或超过上限。
        """
        parser = self._parser
        try:
            for block in blocks:
                tags = block.count(b"<")
                if not tags and len(block) >= _LONGEST:
                    self.broken("有一段内容过长而没有任何标签")
                self.budget.spend("tags", tags, self.subject)
                if isinstance(block, SkippedBytes):
                    self._pass(block)
                else:
                    parser.Parse(block, False)  # noqa: FBT003 - expat 的签名
            parser.Parse(b"", True)  # noqa: FBT003 - expat 的签名
        except ExpatError as error:
            finding = files.MALFORMED.finding(part=self.part, line=error.lineno)
            raise Refused(finding) from error
        except (ValueError, LookupError) as error:  # 声明了 expat 不认识的编码
            raise Refused(files.BAD_ENCODING.finding(part=self.part)) from error
        finally:
            self._detach()
        self.budget.learn(self._names, self.subject)

    def check(self, attributes: Mapping[str, str]) -> None:
        """属性是否过多。"""
        if len(attributes) > self.budget.limits.attributes:
            self.over("attributes", len(attributes))
        if len(self._names) > self._most_names:
            self.over("names", len(self._names))

    def skip(self, name: str, attributes: Mapping[str, str], depth: int) -> None:
        """略过刚开始的这个元素（在第 depth 层）和它里面的一切。"""
        self._floor = self._depth = depth - 1
        self._skip_start(name, attributes)
        parser = self._parser
        parser.StartElementHandler = self._skip_start
        parser.EndElementHandler = self._skip_end
        parser.CharacterDataHandler = None

    def broken(self, reason: str) -> NoReturn:
        """结构不对，拒收。"""
        raise Refused(files.BAD_STRUCTURE.finding(part=self.part, reason=reason))

    @property
    def subject(self) -> str:
        """说明里怎么称呼本部件。"""
        return f"部件 {self.part} "

    def over(self, name: str, found: int) -> NoReturn:
        """超过上限，拒收。"""
        raise Refused(self.budget.limits.over(name, found, self.subject))

    def _resume(self) -> None:
        parser = self._parser
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.pieces.append

    def _pass(self, block: SkippedBytes) -> None:
        parser = self._parser
        handlers = parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
        parser.Parse(block, False)  # noqa: FBT003 - expat 的签名
        self.check({})
        (
            parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler
        ) = handlers  # fmt: skip

    def _skip_start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth = depth = self._depth + 1
        if depth > self._deepest:
            self.over("depth", depth)
        if len(attributes) > FEW or len(self._names) > self._most_names:
            self.check(attributes)
        if name in self.guarded:
            self.broken(f"{shown(name)} 不在应在的位置")

    def _skip_end(self, name: str) -> None:
        del name
        self._depth -= 1
        if self._depth == self._floor:
            self._resume()

    def _refuse_doctype(self, *_: object) -> None:
        raise Refused(files.DTD.finding(part=self.part))

    def _count_space(self, *_: object) -> None:
        self._spaces += 1
        if self._spaces > self.budget.limits.attributes:
            self.over("attributes", self._spaces)

    def _detach(self) -> None:
        # 解析器与处理函数互相引用，不解开要等垃圾回收才还内存
        parser = self._parser
        parser.StartElementHandler = parser.EndElementHandler = None
        parser.CharacterDataHandler = None
        parser.StartDoctypeDeclHandler = parser.StartNamespaceDeclHandler = None
        parser.CommentHandler = parser.ProcessingInstructionHandler = None
