"""一套输出：汇总，和旁边另存的各单位的评分表；要么全是新的，要么全是旧的。

评分表放在以内容为名的子文件夹里（汇总_评分表/3f2a9c1b04d7），汇总里的链接写着它，所以新旧两批
可以并存：新的一批先放好，汇总最后一步换名，这一步之前是旧的一套，之后是新的一套。用不着的旧的一批
随后删去；中途死了的，下一次来删。
"""

from __future__ import annotations

import re
import shutil
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.collection.inbox import forms_name, skip_reason
from xltool.excel.atomic import flush_all, opened, other_names, replace, settle, sync_folder, umask
from xltool.excel.claim import PART_PREFIX, claimed
from xltool.excel.earlier import earlier_books, generations_of, keep_beside
from xltool.excel.pristine import State, book_state, form_untouched
from xltool.xlsx.disk import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.excel.claim import Part

_GENERATION: Final = re.compile("[0-9a-f]{12}")
_FORM: Final = re.compile(r"\d{4,}(_.*)?\.xlsx")  # 另存的一份叫什么
_LOCKS: Final = ("~$", ".~")
_ALL_MAY: Final = 0o777


class Passed(NamedTuple):
    """没有用的一个名字，和为什么。"""

    target: Path
    state: State


class NotOursError(Exception):
    """那里已有别的文件。"""


class NoNameError(Exception):
    """另取的名字也都用完了。"""


class SavedMeanwhileError(Exception):
    """写的时候，有人又存了一次：他写的还没有带过来。"""


class OccupiedError(Exception):
    """写的时候，目标被打开了，或被人存过：要换一个名字。"""

    def __init__(self, passed: Passed) -> None:
        super().__init__(str(passed.target))
        self.passed: Final = passed


@dataclass
class OutputSet:
    """占住的一套：`passed` 是先前没有用的名字，`left` 是没有删去的旧的一批。

    `read` 是带过来的意见从哪个内容读出（内容的指纹）；`kept` 是人存过的那一份编了号留在哪里。
    """

    part: Part
    passed: tuple[Passed, ...]
    left: list[Path] = field(default_factory=list)
    read: str = ""
    kept: Path | None = None

    @property
    def wanted(self) -> Path:
        """本来要写的名字。"""
        return self.passed[0].target if self.passed else self.target

    @property
    def target(self) -> Path:
        """汇总写到哪里。"""
        return self.part.target

    @property
    def folder(self) -> Path:
        """各单位的评分表放在哪里。"""
        return forms_folder(self.target)

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """放还没有写完的评分表的文件夹；没有换名的，出来时删去。"""
        self.folder.mkdir(exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=PART_PREFIX, dir=self.folder))
        try:
            yield stage
        finally:
            shutil.rmtree(stage, ignore_errors=True)
            with suppress(OSError):  # 空的才删得掉
                self.folder.rmdir()

    def commit(self, stage: Path | None, generation: str) -> Path:
        """换上新的一套：评分表先放好，再换汇总的名字，然后删去旧的一批。

        人存过的那一份先编上号留在旁边，它链接到的评分表也留着。

        Raises:
            OccupiedError: 汇总这时被打开；什么也没有换。
            SavedMeanwhileError: 汇总这时又被人存了一次；什么也没有换。
        """
        settle(self.part)
        placed = stage is not None and _placed(stage, self.folder / generation)
        try:
            self._replace_book()
        except BaseException:
            if placed:
                shutil.rmtree(self.folder / generation, ignore_errors=True)
            raise
        self.left += _swept(self.folder, _in_use(self.target, generation))
        return self.target

    def _replace_book(self) -> None:
        state = set_state(self.target)
        if state is State.KEPT:
            if self.read != sha256_of(self.target) and _book(self.target) is State.KEPT:
                raise SavedMeanwhileError
            self.kept = keep_beside(self.target)
        elif state is not State.FREE:
            raise OccupiedError(Passed(self.target, state))
        try:
            replace(self.part, self.target)
        except PermissionError as error:
            if self.target.is_dir():
                raise
            raise OccupiedError(Passed(self.target, State.OPENED)) from error


@contextmanager
def claimed_set(wanted: Path, passed: tuple[Passed, ...] = ()) -> Iterator[OutputSet]:
    """占住一套输出：要的名字不能用时另取一个；`passed` 是已经知道不能用的。

    先占住再做事：同时汇总到一个目标的，后来的一开始就知道。

    Raises:
        BusyError: 另一个程序正在写它。
        NotOursError: 那里已有别的文件。
        NoNameError: 另取的名字也都用完了。
    """
    known = {one.target for one in passed}
    for target in (wanted, *other_names(wanted)):
        if target in known:
            continue
        state = set_state(target)
        if state is State.FREE or (state is State.KEPT and target == wanted):
            with claimed(target) as part:
                for stray in forms_folder(target).glob(f"{PART_PREFIX}*"):
                    shutil.rmtree(stray, ignore_errors=True)  # 占住了，别的都是死了的留下的
                yield OutputSet(part, passed)
            return
        if state is State.OTHER and target == wanted:
            raise NotOursError(wanted)
        passed = (*passed, Passed(target, state))
    raise NoNameError(wanted)


def forms_folder(target: Path) -> Path:
    """单位太多时，各单位的评分表另存到哪个文件夹。"""
    return target.with_name(forms_name(target.stem))


def own_outputs(wanted: Path) -> tuple[Path, ...]:
    """先前写的各套：汇总和它旁边的文件夹，编了号的、另取了名字的也在内。"""
    books = [wanted, *earlier_books(wanted)]
    return tuple(path for book in books for path in (book, forms_folder(book)))


def generation_of(forms: Iterable[tuple[str, str]]) -> str:
    """一批评分表的子文件夹叫什么：由各份的名字和内容的指纹定。"""
    lines = "".join(f"{digest} {name}\n" for name, digest in sorted(forms))
    return sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()[:12]


def set_state(target: Path) -> State:
    """一套输出能不能换掉：汇总和它旁边的评分表都没有人打开着、没有人存过。"""
    state = _book(target)
    if state is not State.FREE:
        return state
    folder = forms_folder(target)
    linked = generations_of(target) if target.exists() else frozenset()
    own = [one for one in _generations(folder) if linked is None or one.name in linked]
    states = [_generation_state(one) for one in own]
    states += [_form_state(one) for one in _loose(folder)]
    return next((one for one in states if one is not State.FREE), State.FREE)


def _book(target: Path) -> State:
    return State.OPENED if opened(target) else book_state(target)


def _generations(folder: Path) -> list[Path]:
    """各批评分表。"""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(one for one in found if _GENERATION.fullmatch(one.name) and one.is_dir())


def _loose(folder: Path) -> list[Path]:
    """直接放在文件夹里的评分表：早先的版本这样放。"""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(one for one in found if _FORM.fullmatch(one.name) and one.is_file())


def _generation_state(folder: Path) -> State:
    """一批评分表：内容与名字相符的没有人动过，不相符的逐个看是谁动的。"""
    files = [one for one in sorted(folder.iterdir()) if not _is_junk(one)]
    if any(one.name.startswith(_LOCKS) for one in files):
        return State.OPENED
    if not all(one.is_file() and _FORM.fullmatch(one.name) for one in files):
        return State.KEPT
    if _as_named(folder):
        return State.FREE
    states = map(_form_state, files)
    return next((one for one in states if one is not State.FREE), State.FREE)


def intact(target: Path, generation: str) -> bool:
    """旁边的评分表正是这一批（没有的是空串），一个字节也没有变；没有别的用不着的。"""
    folder = forms_folder(target)
    found = {one.name for one in _generations(folder)}
    used = _in_use(target, generation)
    if used is None or not found <= used or _loose(folder):
        return False
    return not generation or (generation in found and _as_named(folder / generation))


def _as_named(folder: Path) -> bool:
    """一批评分表与它的名字相符。"""
    files = [one for one in folder.iterdir() if not _is_junk(one)]
    if not all(one.is_file() and _FORM.fullmatch(one.name) for one in files):
        return False
    return generation_of((one.name, sha256_of(one)) for one in files) == folder.name


def _is_junk(path: Path) -> bool:
    """系统放的，如 .DS_Store；锁文件不算。"""
    return not path.name.startswith(_LOCKS) and bool(skip_reason(PurePosixPath(path.name)))


def _form_state(file: Path) -> State:
    return State.FREE if form_untouched(file) else State.KEPT


def _placed(stage: Path, place: Path) -> bool:
    """新的一批放好；已有一样的一批就用它，为假。"""
    flush_all()
    if place.exists():
        if _as_named(place):
            return False
        place.rename(Path(tempfile.mkdtemp(prefix=PART_PREFIX, dir=place.parent)) / place.name)
    stage.chmod(_ALL_MAY & ~umask())
    stage.rename(place)
    sync_folder(place.parent)
    return True


def _in_use(target: Path, generation: str) -> frozenset[str] | None:
    """还用着的各批：新的一批，和编了号的各份链接到的；有一份读不了，就一批也不许删。"""
    used = {generation}
    for book in earlier_books(target):
        linked = generations_of(book)
        if linked is None:
            return None
        used |= linked
    return frozenset(used)


def _swept(folder: Path, used: frozenset[str] | None) -> Iterator[Path]:
    """删去用不着的各批，给出没有删的：换的时候又有人打开或存过。"""
    for one in _generations(folder):
        if used is None or one.name in used:
            continue
        if _generation_state(one) is State.FREE:
            shutil.rmtree(one, ignore_errors=True)
        else:
            yield one
    for file in _loose(folder):
        if form_untouched(file):
            file.unlink(missing_ok=True)
        else:
            yield file
    for stray in folder.glob(f"{PART_PREFIX}*"):
        shutil.rmtree(stray, ignore_errors=True)
    with suppress(OSError):
        folder.rmdir()
