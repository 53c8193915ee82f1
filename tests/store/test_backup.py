"""A backup is a desk that opens; nothing else is called one."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from debrief_desk.errors import DeskError, FileRefused
from debrief_desk.store import backup, checking, database, driver, keys, layout

from .conftest import OWNER, PASSWORD

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def refusal(call, *arguments, **named):
    with pytest.raises(DeskError) as caught:
        call(*arguments, **named)
    return caught.value.code


def rows(path, key):
    connection = driver.connect(path, key, read_only=True)
    found = connection.execute("SELECT id, name FROM person ORDER BY id").fetchall()
    connection.close()
    return found


def test_a_backup_opens_by_itself_with_the_same_password(made, tmp_path):
    target = tmp_path / "stick" / "copy.desk"
    made_copy = backup.back_up(made.path, made.key, target)
    unlocked = keys.unlock(target, OWNER.name, PASSWORD)
    opened = database.open_database(target, unlocked.key, made.schema)
    opened.close()
    assert rows(target, made.key) == rows(made.path, made.key)
    assert (made_copy.path, made_copy.size) == (target, target.stat().st_size)
    assert made_copy.rows >= 6


def test_a_backup_is_two_private_files_and_no_more(made, tmp_path):
    backup.back_up(made.path, made.key, tmp_path / "stick" / "copy.desk")
    files = sorted((tmp_path / "stick").iterdir())
    assert [file.name for file in files] == ["copy.desk", "copy.desk.keys"]
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)


def test_a_backup_of_an_open_desk_under_writes_is_of_one_moment(made, tmp_path):
    opened = made.open()
    stop = threading.Event()

    def write():
        number = 10
        while not stop.is_set():
            with opened.writer.begin() as connection:  # always two rows together
                for each in (number, number + 1):
                    connection.exec_driver_sql("INSERT INTO person VALUES (?, 'P')", (each,))
            number += 2

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [tmp_path / f"copy{number}.desk" for number in range(4)]
        for copy in copies:
            backup.back_up(made.path, made.key, copy)
    finally:
        stop.set()
        writer.join()
    counts = [len(rows(copy, made.key)) for copy in copies]
    last = len(rows(made.path, made.key))
    opened.close()
    assert counts == sorted(counts)
    assert all(count % 2 == 1 and count <= last for count in counts)  # three, and pairs


def test_a_backup_holds_what_is_still_in_the_write_ahead_log(made, tmp_path):
    opened = made.open()
    with opened.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO person VALUES (4, 'P4')")
    backup.back_up(made.path, made.key, tmp_path / "copy.desk")
    opened.close()
    assert rows(tmp_path / "copy.desk", made.key)[-1] == (4, "P4")


def test_a_backup_never_replaces_a_file(made, tmp_path):
    target = tmp_path / "copy.desk"
    backup.back_up(made.path, made.key, target)
    before = target.read_bytes()
    assert refusal(backup.back_up, made.path, made.key, target) == "already-exists"
    assert target.read_bytes() == before


def test_too_little_space_is_refused_before_anything_is_written(made, tmp_path, monkeypatch):
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr(backup.shutil, "disk_usage", lambda _folder: usage)
    with pytest.raises(FileRefused) as caught:
        backup.back_up(made.path, made.key, tmp_path / "stick" / "copy.desk")
    assert caught.value.code == "disk-full"
    assert caught.value.values["needed"] > caught.value.values["free"] == 1000
    assert list((tmp_path / "stick").iterdir()) == []


LIMITED = (
    "import resource, sys; from pathlib import Path\n"
    "from debrief_desk.errors import DeskError\n"
    "from debrief_desk.store import backup\n"
    "key = bytes.fromhex(sys.stdin.readline())\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))\n"
    "try:\n"
    "    backup.back_up(Path(sys.argv[1]), key, Path(sys.argv[2]))\n"
    "except DeskError as error:\n"
    "    print(error.code)\n"
)


@pytest.mark.parametrize("limit", [0, 100, 5000, 20000])
def test_a_disk_that_takes_no_more_leaves_no_partial_backup(made, tmp_path, start_program, limit):
    target = tmp_path / "stick" / "copy.desk"
    said, _ = start_program(LIMITED, str(made.path), str(target), str(limit)).communicate(
        made.key.hex() + "\n"
    )
    assert said.strip() in {"disk-full", "disk-failing"}
    assert list(target.parent.iterdir()) == []
    assert len(rows(made.path, made.key)) == 3


def test_a_copy_that_is_not_equal_is_not_kept(made, tmp_path, monkeypatch):
    monkeypatch.setattr(backup, "_copied", _with_a_row_more(backup._copied))
    assert refusal(backup.back_up, made.path, made.key, tmp_path / "c.desk") == "backup-unsound"
    assert not list(tmp_path.glob("c.desk*"))


def _with_a_row_more(copied):
    def altered(path, key, partial):
        counted = copied(path, key, partial)
        connection = driver.connect(partial, key)
        connection.execute("INSERT INTO person VALUES (4, 'P4')")
        connection.close()
        return counted

    return altered


def test_a_damaged_desk_makes_no_backup(made, tmp_path):
    torn = bytearray(made.path.read_bytes())
    torn[-2000] ^= 1
    made.path.write_bytes(torn)
    assert refusal(backup.back_up, made.path, made.key, tmp_path / "c.desk") == "damaged-desk"
    assert not list(tmp_path.glob("c.desk*"))


def test_a_backup_restores_to_a_desk_of_a_new_name(made, tmp_path):
    copy = backup.generation(made.path, NOON)
    backup.back_up(made.path, made.key, copy)
    restored = tmp_path / "again" / "R.desk"
    backup.restore(copy, made.key, restored)
    opened = database.open_database(restored, made.key, made.schema)
    with opened.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO person VALUES (4, 'P4')")
    opened.close()
    assert len(rows(restored, made.key)) == 4
    assert len(rows(copy, made.key)) == 3


def test_restoring_never_writes_over_a_desk(made):
    copy = backup.generation(made.path, NOON)
    backup.back_up(made.path, made.key, copy)
    before = made.path.read_bytes()
    assert refusal(backup.restore, copy, made.key, made.path) == "already-exists"
    assert made.path.read_bytes() == before


def test_a_damaged_backup_is_not_restored(made, tmp_path):
    copy = backup.generation(made.path, NOON)
    backup.back_up(made.path, made.key, copy)
    torn = bytearray(copy.read_bytes())
    torn[len(torn) // 2] ^= 1
    copy.write_bytes(torn)
    assert refusal(backup.restore, copy, made.key, tmp_path / "R.desk") == "damaged-desk"
    assert not list(tmp_path.glob("R.desk*"))


def test_a_backup_is_named_by_utc_time_and_note(made):
    london_summer = NOON.astimezone(tz=None)
    named = backup.generation(made.path, london_summer, "a1-to-b2")
    assert named == made.path.parent / "D.desk.backups" / "D-20261123T120000Z-a1-to-b2.desk"


def test_thinning_keeps_the_newest_three_at_least_and_touches_nothing_else(made):
    copies = []
    for number in range(6):
        copies.append(backup.generation(made.path, NOON + timedelta(minutes=number)))
        backup.back_up(made.path, made.key, copies[-1])
    other = layout.beside(made.path, "backups") / "notes.desk"
    other.write_bytes(b"of somebody")
    backup.thin(made.path, 4)
    assert backup.generations(made.path) == tuple(reversed(copies[2:]))
    backup.thin(made.path, 0)
    left = backup.generations(made.path)
    assert left == tuple(reversed(copies[3:]))
    assert all(layout.beside(copy, "keys").exists() for copy in left)
    folder = sorted(file.name for file in other.parent.iterdir())
    assert len(folder) == 7
    assert "notes.desk" in folder


def test_two_copies_of_one_second_have_two_names(made):
    first = backup.generation(made.path, NOON, "evening")
    backup.back_up(made.path, made.key, first)
    second = backup.generation(made.path, NOON, "evening")
    backup.back_up(made.path, made.key, second)
    assert second.name == "D-20261123T120000Z-evening-2.desk"
    assert set(backup.generations(made.path)) == {first, second}


def test_looking_into_a_backup_leaves_nothing_beside_it(made, tmp_path):
    backup.back_up(made.path, made.key, tmp_path / "stick" / "copy.desk")
    assert len(rows(tmp_path / "stick" / "copy.desk", made.key)) == 3
    assert len(list((tmp_path / "stick").iterdir())) == 2


def test_a_thorough_check_names_tables_and_never_rows(made):
    connection = driver.connect(made.path, made.key)
    assert checking.thorough(connection) == ()
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM person WHERE id <> 1")
    assert checking.thorough(connection) == ("entry: 2 lost references",)
    connection.close()
