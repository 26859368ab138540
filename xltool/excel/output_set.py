"""一套输出：汇总，和旁边另存的各单位的评分表；要么全是新的，要么全是旧的。

评分表放在以内容为名的子文件夹里（汇总_评分表/3f2a9c1b04d7），汇总里的链接写着它，所以新旧两批
可以并存：新的一批先放好，汇总最后一步换名，这一步之前是旧的一套，之后是新的一套。用不着的旧的一批
随后删去；中途死了的，下一次来删。
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.collection.inbox import forms_name
from xltool.collection.rejoining import NOTHING_BROUGHT
from xltool.excel.atomic import flush_all, opened, replace, settle, sync_folder, umask
from xltool.excel.claim import PART_PREFIX, claimed
from xltool.excel.earlier import (
    earlier_books,
    generations_of,
    keep_beside,
    spare_books,
    spare_names,
)
from xltool.excel.form_batches import (
    as_named,
    form_state,
    generation_state,
    generations,
    loose,
)
from xltool.excel.pristine import State, book_state, form_untouched
from xltool.xlsx.disk import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.collection.rejoining import Brought
    from xltool.excel.claim import Part

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

    `brought` 是带过来的意见，连同从哪几份读出；`kept` 是人存过的各份编了号留在哪里，
    `dropped` 是没有人写过、由新的一份代替了的各份。
    """

    part: Part
    passed: tuple[Passed, ...]
    left: list[Path] = field(default_factory=list)
    brought: Brought = NOTHING_BROUGHT
    kept: list[Path] = field(default_factory=list)
    dropped: list[Path] = field(default_factory=list)

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

        人存过的那一份先编上号留在旁边，它链接到的评分表也留着；正名的换上了，另取了名字的各份也收起来。

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
        self.left += _swept(self.folder, _in_use(self, generation))
        if not self.passed:
            self._settle_spares(generation)
        return self.target

    def _settle_spares(self, generation: str) -> None:
        """另取了名字的：写的已经带来的编上号，没有人写过的删去；又有人动了的留着，下一次再看。"""
        for spare in spare_books(self.target):
            state = set_state(spare)
            read = self.brought.spares.get(spare) == sha256_of(spare)
            with suppress(OSError):  # 这时又被打开了的
                if state is State.KEPT and read:
                    kept = keep_beside(spare, self.target)
                    spare.unlink()
                    self.kept.append(kept)
                elif state is State.FREE:
                    spare.unlink()
                    self.dropped.append(spare)
                    self.left += _swept(forms_folder(spare), _in_use(self, generation))

    def _replace_book(self) -> None:
        state = set_state(self.target)
        if state is State.KEPT:
            if self.brought.digest != sha256_of(self.target) and _book(self.target) is State.KEPT:
                raise SavedMeanwhileError
            self.kept = [keep_beside(self.target, self.target)]
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
    for target in (wanted, *spare_names(wanted)):
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
    books = [wanted, *earlier_books(wanted), *spare_books(wanted)]
    return tuple(path for book in books for path in (book, forms_folder(book)))


def set_state(target: Path) -> State:
    """一套输出能不能换掉：汇总和它旁边的评分表都没有人打开着、没有人存过。"""
    state = _book(target)
    if state is not State.FREE:
        return state
    folder = forms_folder(target)
    linked = generations_of(target) if target.exists() else frozenset()
    own = [one for one in generations(folder) if linked is None or one.name in linked]
    states = [generation_state(one) for one in own]
    states += [form_state(one) for one in loose(folder)]
    return next((one for one in states if one is not State.FREE), State.FREE)


def _book(target: Path) -> State:
    return State.OPENED if opened(target) else book_state(target)


def intact(place: OutputSet, generation: str) -> bool:
    """旁边的评分表正是这一批（没有的是空串），一个字节也没有变；没有别的用不着的。"""
    folder = place.folder
    found = {one.name for one in generations(folder)}
    used = _in_use(place, generation)
    if used is None or not found <= used or loose(folder):
        return False
    return not generation or (generation in found and as_named(folder / generation))


def _placed(stage: Path, place: Path) -> bool:
    """新的一批放好；已有一样的一批就用它，为假。"""
    flush_all()
    if place.exists():
        if as_named(place):
            return False
        place.rename(Path(tempfile.mkdtemp(prefix=PART_PREFIX, dir=place.parent)) / place.name)
    stage.chmod(_ALL_MAY & ~umask())
    stage.rename(place)
    sync_folder(place.parent)
    return True


def _in_use(place: OutputSet, generation: str) -> frozenset[str] | None:
    """还用着的各批：新的一批，和旁边别的各份链接到的；有一份读不了，就一批也不许删。"""
    used = {generation}
    for book in (*earlier_books(place.wanted), *spare_books(place.wanted)):
        linked = generations_of(book) if book != place.target else frozenset()
        if linked is None:
            return None
        used |= linked
    return frozenset(used)


def _swept(folder: Path, used: frozenset[str] | None) -> Iterator[Path]:
    """删去用不着的各批，给出没有删的：换的时候又有人打开或存过。"""
    for one in generations(folder):
        if used is None or one.name in used:
            continue
        if generation_state(one) is State.FREE:
            shutil.rmtree(one, ignore_errors=True)
        else:
            yield one
    for file in loose(folder):
        if form_untouched(file):
            file.unlink(missing_ok=True)
        else:
            yield file
    for stray in folder.glob(f"{PART_PREFIX}*"):
        shutil.rmtree(stray, ignore_errors=True)
    with suppress(OSError):
        folder.rmdir()
