"""缓存的各条：不是自己写的、不完整的、挪了名字的都不认；写不进、读不了都不出错；大小有限。"""

from __future__ import annotations

import errno
import os
import pickle
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xltool.cache.key import folder_key, key_of, program_key
from xltool.cache.loading import kinds_of, load
from xltool.cache.place import cache_folder
from xltool.cache.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from xltool.cache.store import Store

NAME, OTHER = key_of("一条"), key_of("另一条")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "缓存" / "xltool"


def opened(folder: Path, largest: int = 1_000_000) -> Store:
    store = open_store(folder, largest)
    assert store is not None
    return store


def test_what_was_put_is_got_by_the_next_run(folder: Path) -> None:
    opened(folder).put(NAME, b"abc")
    assert opened(folder).get(NAME) == b"abc"
    assert opened(folder).get(OTHER) is None


def test_only_the_user_may_look(folder: Path) -> None:
    opened(folder).put(NAME, b"abc")
    modes = {path.name: path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())}
    assert modes == {"xltool": 0o700, "key": 0o600, NAME: 0o600}


CHANGES: Mapping[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "one byte short": lambda whole: whole[:-1],
    "only the head": lambda whole: whole[:20],
    "a byte more": lambda whole: whole + b"x",
    "last byte changed": lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]),
    "seal changed": lambda whole: whole[:20] + bytes([whole[20] ^ 1]) + whole[21:],
    "other version": lambda whole: whole.replace(b"cache/1", b"cache/0"),
    "planted": lambda whole: whole[:15] + bytes(32) + b"planted",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_an_entry_that_is_not_as_written_is_not_there(
    folder: Path, change: Callable[[bytes], bytes]
) -> None:
    opened(folder).put(NAME, b"abc")
    entry = folder / NAME
    entry.write_bytes(change(entry.read_bytes()))
    assert opened(folder).get(NAME) is None


def test_an_entry_under_another_name_is_not_there(folder: Path) -> None:
    opened(folder).put(NAME, b"abc")
    (folder / NAME).rename(folder / OTHER)
    assert opened(folder).get(OTHER) is None


def test_an_entry_of_another_user_is_not_there(tmp_path: Path, folder: Path) -> None:
    """别的密钥印的：从别处拷来的缓存。"""
    opened(tmp_path / "别人的").put(NAME, b"abc")
    store = opened(folder)
    (folder / NAME).write_bytes((tmp_path / "别人的" / NAME).read_bytes())
    assert store.get(NAME) is None


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_an_entry_that_is_no_file_is_not_opened(tmp_path: Path, folder: Path, kind: str) -> None:
    store = opened(folder)
    store.put(OTHER, b"abc")
    match kind:
        case "folder":
            (folder / NAME).mkdir()
        case "link":
            (folder / NAME).symlink_to(tmp_path / "哪里")
        case _:
            os.mkfifo(folder / NAME)
    assert store.get(NAME) is None


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o720])
def test_a_folder_that_others_may_write_is_not_used(folder: Path, mode: int) -> None:
    folder.mkdir(parents=True)
    folder.chmod(mode)
    assert open_store(folder) is None


def test_a_folder_of_another_or_behind_a_link_is_not_used(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(parents=True, mode=0o700)
    link = tmp_path / "指过去"
    link.symlink_to(folder)
    assert open_store(link) is None
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert open_store(folder) is None


@pytest.mark.parametrize("spoil", ["readable", "short", "link"])
def test_a_key_that_others_may_know_is_made_anew(tmp_path: Path, folder: Path, spoil: str) -> None:
    opened(folder).put(NAME, b"abc")
    key = folder / "key"
    match spoil:
        case "readable":
            key.chmod(0o644)
        case "short":
            key.write_bytes(key.read_bytes()[:-1])
        case _:
            key.rename(tmp_path / "key")
            key.symlink_to(tmp_path / "key")
    store = opened(folder)
    assert store.get(NAME) is None
    assert not key.is_symlink()
    store.put(NAME, b"new")
    assert opened(folder).get(NAME) == b"new"


def test_a_full_disk_stops_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = opened(folder)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        store.put(NAME, b"abc")
    assert [path.name for path in folder.iterdir()] == ["key"]
    assert store.get(NAME) is None
    store.put(NAME, b"abc")  # 写不进了就不再试
    assert store.get(NAME) is None


def test_a_folder_that_goes_away_stops_nothing(folder: Path) -> None:
    store = opened(folder)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    store.put(NAME, b"abc")
    assert store.get(NAME) is None
    store.tidy()


def test_a_place_where_nothing_can_be_made_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"")
    assert open_store(tmp_path / "文件" / "xltool") is None
    assert open_store(tmp_path / "文件") is None
    assert open_store(None) is None


def test_the_oldest_go_when_there_is_too_much(folder: Path) -> None:
    store = opened(folder, 5_000)
    names = [key_of(number) for number in range(8)]
    for age, name in enumerate(reversed(names)):
        store.put(name, bytes(1_000))
        os.utime(folder / name, (1_000_000 - age, 1_000_000 - age))
    store.get(names[0])  # 最旧的用过了，就算新的
    store.tidy()
    left = [name for name in names if (folder / name).exists()]
    assert left == [names[0], *names[6:]]
    assert sum((folder / name).stat().st_size for name in left) <= 4_000


def test_what_a_dead_run_left_half_written_is_swept(folder: Path) -> None:
    store = opened(folder)
    old, new = folder / "part-1", folder / "part-2"
    for part in (old, new):
        part.write_bytes(b"x")
    os.utime(old, (time.time() - 7_200,) * 2)
    store.put(NAME, b"abc")
    store.tidy()
    assert (old.exists(), new.exists()) == (False, True)


WHERE = {
    "linux": ({"HOME": "/家"}, "linux", "/家/.cache/xltool"),
    "xdg": ({"HOME": "/家", "XDG_CACHE_HOME": "/c"}, "linux", "/c/xltool"),
    "xdg relative": ({"HOME": "/家", "XDG_CACHE_HOME": "c"}, "linux", "/家/.cache/xltool"),
    "mac": ({"HOME": "/家"}, "darwin", "/家/Library/Caches/xltool"),
    "windows": ({"LOCALAPPDATA": "/l"}, "win32", "/l/xltool/Cache"),
    "given": ({"HOME": "/家", "XLTOOL_CACHE": "/别处"}, "linux", "/别处"),
    "given relative": ({"HOME": "/家", "XLTOOL_CACHE": "别处"}, "linux", None),
    "off": ({"HOME": "/家", "XLTOOL_CACHE": "OFF"}, "linux", None),
    "nowhere": ({}, "linux", None),
}


@pytest.mark.parametrize(("environment", "platform", "place"), WHERE.values(), ids=WHERE.keys())
def test_where_it_is(environment: dict[str, str], platform: str, place: str | None) -> None:
    found = cache_folder(environment, platform)
    assert (found and found.as_posix()) == place


class Trap:
    """打开时想要执行命令的包。"""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.target),)


def test_nothing_in_a_package_is_executed(tmp_path: Path) -> None:
    trap = pickle.dumps(Trap(tmp_path / "中了"))
    with pytest.raises(pickle.UnpicklingError):
        load(trap, kinds_of(Path))
    assert not (tmp_path / "中了").exists()


@pytest.mark.parametrize(
    "package",
    [
        b"cos\nsystem\n(S'true'\ntR.",
        b"cxltool.finding\nFinding.__init__\n.",
        b"cbuiltins\neval\n.",
        b"S'x'\nQ.",
        b"P1\n.",
    ],
)
def test_only_the_named_kinds_are_made(package: bytes) -> None:
    with pytest.raises(pickle.UnpicklingError):
        load(package, kinds_of(Path))


def test_a_program_is_the_same_until_a_byte_of_it_changes(tmp_path: Path) -> None:
    for file in ("a.py", "方案/b.toml", "__pycache__/a.pyc"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(b"1")
    keys = [folder_key(tmp_path)]
    (tmp_path / "__pycache__" / "a.pyc").write_bytes(b"2")
    assert folder_key(tmp_path) == keys[0]
    (tmp_path / "方案" / "b.toml").write_bytes(b"2")
    keys.append(folder_key(tmp_path))
    (tmp_path / "a.py").rename(tmp_path / "c.py")
    keys.append(folder_key(tmp_path))
    (tmp_path / "d.py").write_bytes(b"")
    keys.append(folder_key(tmp_path))
    assert len(set(keys)) == len(keys)
    with pytest.raises(FileNotFoundError):
        folder_key(tmp_path / "没有")


def test_what_a_name_is_made_of_is_told_apart() -> None:
    parts = [("ab",), ("a", "b"), (b"ab",), ("1",), (1,), (None,), ("\udcff",)]
    assert len({key_of(*one) for one in parts}) == len(parts)
    assert len(program_key()) == len(NAME)
