"""Opening a desk: what is refused and left alone, what is upgraded, what survives."""

import random
import shutil
import threading

import pytest
from sqlalchemy.exc import DBAPIError

from debrief_desk.errors import DeskError, FileRefused, WrongCall
from debrief_desk.store import backup, database, driver, failures, keys, layout, locking, reserve

from .conftest import FIRST, OWNER, PASSWORD, SECOND

BROKEN_HALFWAY = SECOND + "    raise RuntimeError('the power of a bad idea')\n"
LOSES_REFERENCES = f"{SECOND}    op.execute('DELETE FROM person WHERE id = 2')\n"  # noqa: S608 - a migration


def refusal(call, *arguments, **named):
    with pytest.raises(DeskError) as caught:
        call(*arguments, **named)
    return caught.value.code


def people(opened):
    with opened.reader.connect() as connection:
        return connection.exec_driver_sql("SELECT id, name FROM person ORDER BY id").all()


THREE = [(1, "P1"), (2, "P2"), (3, "P3")]


# What is set up


def test_a_desk_opens_with_what_was_written(opened):
    assert people(opened) == THREE
    assert (opened.revision, opened.upgraded_from, opened.notices) == ("a1", None, ())


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("recursive_triggers", 1),
        ("secure_delete", 1),
        ("busy_timeout", 5000),
        ("temp_store", 2),
        ("mmap_size", 0),
        ("cell_size_check", 1),
        ("journal_size_limit", 1048576),
    ],
)
def test_the_writing_connection_is_set_for_safety(opened, pragma, value):
    with opened.writer.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_the_reading_connection_refuses_to_write(opened):
    with opened.reader.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.exec_driver_sql("INSERT INTO person VALUES (9, 'P9')")
    assert failures.translate(caught.value).code == "read-only"


def test_a_reader_keeps_its_picture_while_a_writer_writes(opened):
    with opened.reader.begin() as reading:
        count = "SELECT count(*) FROM person"
        before = reading.exec_driver_sql(count).scalar()
        with opened.writer.begin() as writing:
            writing.exec_driver_sql("INSERT INTO person VALUES (4, 'P4')")
        assert reading.exec_driver_sql(count).scalar() == before
    assert len(people(opened)) == before + 1


def test_a_transaction_takes_the_write_lock_when_it_begins(made, opened):
    other = driver.engine(made.path, made.key)
    with other.connect() as connection:  # busy at once, so that the test does not wait
        connection.exec_driver_sql("PRAGMA busy_timeout = 0")
        connection.rollback()
        with opened.writer.begin(), pytest.raises(DBAPIError) as caught:
            connection.exec_driver_sql("SELECT 1")
        assert failures.translate(caught.value).code == "desk-busy"
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    other.dispose()


def test_the_key_stands_in_no_address_statement_or_repr(made, caplog):
    caplog.set_level("DEBUG", "sqlalchemy.engine")
    opened = made.open()
    people(opened)
    said = "\n".join((repr(opened), repr(opened.writer), str(opened.writer.url), caplog.text))
    opened.close()
    assert "SELECT id, name" in said
    assert made.key.hex() not in said.lower()
    assert repr(made.key) not in said


def test_values_stand_in_no_error_of_the_driver(opened):
    with opened.writer.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.exec_driver_sql("INSERT INTO person VALUES (1, ?)", ("Shirin Ahmadi",))
    assert "Shirin" not in str(caught.value)


def test_everything_beside_a_desk_is_private_while_open_and_after(made):
    opened = made.open()
    with opened.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO person VALUES (4, 'P4')")
    while_open = list(made.path.parent.rglob("*"))
    loose = [each.name for each in while_open if each.stat().st_mode & 0o077]
    opened.close()
    assert len(while_open) > 6
    assert loose == []
    assert made.path.parent.stat().st_mode & 0o077 == 0


def test_closing_leaves_one_file_without_side_files(made):
    made.open().close()
    assert [each.exists() for each in layout.database_files(made.path)] == [True, False, False]


# Creating


def test_creating_over_a_file_is_refused_and_leaves_it(made):
    before = made.path.read_bytes()
    assert refusal(database.create_database, made.path, made.key, made.schema) == "already-exists"
    assert made.path.read_bytes() == before


def test_creating_that_fails_halfway_leaves_nothing(tmp_path, schema_of):
    path = tmp_path / "new" / "N.desk"
    schema = schema_of("b2", FIRST, BROKEN_HALFWAY)
    key, _ = keys.create_keys(path, OWNER, PASSWORD, cost=keys.passwords.FLOOR)
    with pytest.raises(RuntimeError):
        database.create_database(path, key, schema)
    assert list(path.parent.iterdir()) == []


def test_a_folder_name_may_hold_any_sign(tmp_path, schema_of):
    path = tmp_path / "50% #1? سلام" / "D d.desk"
    path.parent.mkdir()
    key, _ = keys.create_keys(path, OWNER, PASSWORD, cost=keys.passwords.FLOOR)
    schema = schema_of("a1", FIRST)
    database.create_database(path, key, schema)
    database.open_database(path, key, schema).close()


# Refused, and untouched


def test_a_wrong_key_is_refused(made):
    before = made.path.read_bytes()
    assert refusal(database.open_database, made.path, bytes(32), made.schema) == "damaged-desk"
    assert made.path.read_bytes() == before


def test_a_plain_database_is_refused_untouched(made):
    made.path.unlink()
    connection = driver.dbapi2.connect(made.path)
    connection.execute("CREATE TABLE person (id)")
    connection.close()
    before = made.path.read_bytes()
    assert before.startswith(b"SQLite format 3")
    assert refusal(made.open) == "not-a-desk"
    assert made.path.read_bytes() == before


@pytest.mark.parametrize("other", [b"", b"PK\x03\x04" * 3000, b"a page of text\n" * 1000])
def test_a_file_that_is_no_desk_is_refused_untouched(made, other):
    made.path.write_bytes(other)
    assert refusal(made.open) in {"not-a-desk", "damaged-desk"}
    assert made.path.read_bytes() == other


def test_an_encrypted_database_without_a_schema_is_no_desk(made):
    made.path.unlink()
    connection = driver.blank(made.path, made.key)
    connection.execute("CREATE TABLE other (id)")
    connection.close()
    assert refusal(made.open) == "not-a-desk"


def test_a_missing_desk_a_folder_and_a_missing_key_file_are_refused(made, tmp_path):
    assert (
        refusal(database.open_database, tmp_path / "x.desk", made.key, made.schema)
        == "no-such-desk"
    )
    assert refusal(database.open_database, tmp_path, made.key, made.schema) == "not-a-desk"
    keys.discard(made.path)
    assert refusal(made.open) == "not-a-desk"


def test_a_newer_desk_is_refused_byte_for_byte_untouched(made, schema_of):
    made.open(schema_of("b2", FIRST, SECOND)).close()
    before = {
        each.name: each.read_bytes() for each in made.path.parent.glob("D.desk*") if each.is_file()
    }
    assert refusal(made.open) == "newer-desk"
    assert refusal(made.open, read_only=True) == "newer-desk"
    after = {
        each.name: each.read_bytes() for each in made.path.parent.glob("D.desk*") if each.is_file()
    }
    assert all(after[name] == contents for name, contents in before.items())
    assert {name for name in after.keys() - before.keys() if after[name]} <= {"D.desk-shm"}


def test_a_desk_on_a_network_share_is_refused_untouched(made, monkeypatch):
    before = made.path.read_bytes()
    monkeypatch.setattr(
        locking, "_mounts", lambda: [("/", "ext4"), (str(made.path.parent), "nfs4")]
    )
    assert refusal(made.open) == "network-share"
    other = made.path.parent / "N.desk"
    assert refusal(database.create_database, other, made.key, made.schema) == "network-share"
    assert made.path.read_bytes() == before
    assert not other.exists()


def test_a_sync_folder_is_opened_with_a_notice(made):
    folder = made.path.parent.parent / "OneDrive - Home Office"
    shutil.move(made.path.parent, folder)
    opened = database.open_database(folder / "D.desk", made.key, made.schema)
    opened.close()
    assert opened.notices == ("sync-folder",)


def test_a_build_that_cannot_encrypt_touches_no_file(made, monkeypatch):
    before = made.path.read_bytes()
    monkeypatch.setattr(driver, "LEAST_SQLITE", (99, 0, 0))
    assert refusal(made.open) == "unfit-driver"
    assert made.path.read_bytes() == before


# Damage


def test_every_flipped_bit_is_noticed_when_a_desk_opens(made):
    whole = made.path.read_bytes()
    rng = random.Random(7)
    for _ in range(40):
        torn = bytearray(whole)
        torn[rng.randrange(len(torn))] ^= 1 << rng.randrange(8)
        made.path.write_bytes(torn)
        assert refusal(made.open) == "damaged-desk"
    made.path.write_bytes(whole)
    opened = made.open()
    assert people(opened) == THREE
    opened.close()


def test_swapped_pages_and_a_cut_file_are_noticed(made):
    whole = made.path.read_bytes()
    page = [whole[start : start + 4096] for start in range(0, len(whole), 4096)]
    page[2], page[3] = page[3], page[2]
    for torn in (b"".join(page), whole[:-4096], whole[:-100], whole[:4096]):
        made.path.write_bytes(torn)
        assert refusal(made.open) == "damaged-desk"


# Upgrading


def test_an_older_desk_is_upgraded_after_a_backup_and_keeps_its_guards(made, schema_of, guards):
    opened = made.open(schema_of("b2", FIRST, SECOND))
    with opened.reader.connect() as connection:
        notes = connection.exec_driver_sql("SELECT DISTINCT note FROM entry").scalars().all()
        assert database.guarding.missing(connection, guards) == ()
    assert notes == ["rewritten"]  # by a migration that the guards would have refused
    with opened.writer.connect() as connection, pytest.raises(DBAPIError, match="entry_no_delete"):
        connection.exec_driver_sql("DELETE FROM entry")
    assert (opened.revision, opened.upgraded_from, opened.notices) == ("b2", "a1", ())
    assert people(opened) == THREE
    opened.close()
    assert opened.backup.name.endswith("-a1-to-b2.desk")
    before = database.open_database(opened.backup, made.key, made.schema)
    assert people(before) == THREE
    before.close()


@pytest.mark.parametrize("version", [BROKEN_HALFWAY, LOSES_REFERENCES])
def test_an_upgrade_that_fails_leaves_the_old_desk_and_the_backup(made, schema_of, version):
    newer = schema_of("b2", FIRST, version)
    with pytest.raises(FileRefused) as caught:
        made.open(newer)
    assert caught.value.code == "upgrade-failed"
    assert caught.value.values["backup"] in [file.name for file in backup.generations(made.path)]
    opened = made.open()
    with opened.reader.connect() as connection:
        columns = connection.exec_driver_sql("SELECT * FROM entry").keys()
    assert list(columns) == ["sequence", "person_id"]
    assert (people(opened), opened.notices) == (THREE, ())
    opened.close()


def test_reading_only_upgrades_nothing(made, schema_of):
    before = made.path.read_bytes()
    assert refusal(made.open, schema_of("b2", FIRST, SECOND), read_only=True) == "older-desk"
    assert made.path.read_bytes() == before


def test_an_ordinary_opening_imports_no_alembic(made, start_program):
    code = (
        "import sys; from pathlib import Path; from debrief_desk.store import database\n"
        "from debrief_desk.store.upgrading import Schema\n"
        "key = bytes.fromhex(sys.stdin.readline())\n"
        "database.open_database(Path(sys.argv[1]), key, Schema('a1')).close()\n"
        "print('alembic' in sys.modules)\n"
    )
    said, _ = start_program(code, str(made.path)).communicate(made.key.hex() + "\n")
    assert said == "False\n"


# Two programs

HOLD = (
    "import sys; from pathlib import Path; from debrief_desk.store import database\n"
    "from debrief_desk.store.upgrading import Schema\n"
    "key = bytes.fromhex(sys.stdin.readline())\n"
    "opened = database.open_database(Path(sys.argv[1]), key, Schema('a1'))\n"
    "print('open', flush=True)\n"
)


def test_a_desk_open_in_another_program_is_refused_and_says_where(made, start_program):
    other = start_program(HOLD + "sys.stdin.read()\n", str(made.path))
    other.stdin.write(made.key.hex() + "\n")
    other.stdin.flush()
    assert other.stdout.readline() == "open\n"
    with pytest.raises(FileRefused) as caught:
        made.open()
    assert caught.value.code == "open-elsewhere"
    assert caught.value.values["process"] == other.pid
    reading = made.open(read_only=True)
    assert people(reading) == THREE
    reading.close()
    other.kill()
    other.wait()
    made.open().close()  # the lock of a dead program is nobody's


ENDLESS = (
    HOLD  # noqa: S608 - a program, not a statement
    + "number = int(sys.argv[2])\n"
    + "while True:\n"
    + "    number += 1\n"
    + "    with opened.writer.begin() as connection:\n"
    + "        connection.exec_driver_sql('INSERT INTO entry VALUES (?, 1)', (number,))\n"
    + "    print(number, flush=True)\n"
)


def test_a_killed_program_loses_no_acknowledged_commit(made, start_program):
    rng, acknowledged = random.Random(3), 3
    for _ in range(10):
        other = start_program(ENDLESS, str(made.path), str(acknowledged))
        other.stdin.write(made.key.hex() + "\n")
        other.stdin.flush()
        assert other.stdout.readline() == "open\n"
        for _ in range(rng.randint(1, 60)):
            acknowledged = int(other.stdout.readline())
        other.kill()
        rest, _ = other.communicate()
        acknowledged = max([acknowledged, *(int(line) for line in rest.split("\n")[:-1])])
        opened = made.open()
        with opened.reader.connect() as connection:
            highest, rows = connection.exec_driver_sql(
                "SELECT max(sequence), count(*) FROM entry"
            ).one()
        opened.close()
        assert highest == rows
        assert acknowledged <= highest <= acknowledged + 1
        acknowledged = highest


def test_threads_that_write_through_one_desk_wait_for_each_other(opened):
    def add(start):
        for number in range(start, start + 20):
            with opened.writer.begin() as connection:
                connection.exec_driver_sql("INSERT INTO person VALUES (?, 'P')", (number,))

    threads = [threading.Thread(target=add, args=(start,)) for start in (100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(people(opened)) == 63


# A full disk


def test_a_full_disk_says_so_and_loses_only_the_step(opened):
    with opened.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    with (
        pytest.raises(FileRefused) as caught,
        failures.translated(),
        opened.writer.begin() as writing,
    ):
        writing.exec_driver_sql("INSERT INTO person VALUES (4, ?)", ("x" * 100_000,))
    assert caught.value.code == "disk-full"
    assert people(opened) == THREE
    with opened.writer.begin() as writing:
        writing.exec_driver_sql("INSERT INTO person VALUES (5, 'P5')")
    assert len(people(opened)) == 4


LIMITED = (
    HOLD  # noqa: S608 - a program, not a statement
    + "import resource, shutil\n"
    + "from debrief_desk.errors import DeskError\n"
    + "from debrief_desk.store import failures\n"
    + "big = opened.path.stat().st_size + 400_000\n"
    + "resource.setrlimit(resource.RLIMIT_FSIZE, (big, big))\n"
    + "number = 0\n"
    + "try:\n"
    + "    with failures.translated():\n"
    + "        while True:\n"
    + "            with opened.writer.begin() as c:\n"
    + "                c.exec_driver_sql('INSERT INTO person VALUES (?, ?)', (10 + number, 'x' * 50_000))\n"
    + "            number += 1\n"
    + "except DeskError as error:\n"
    + "    print(error.code, number, flush=True)\n"
    + "with opened.reader.begin() as c:\n"
    + "    print(c.exec_driver_sql('SELECT count(*) FROM person').scalar(), flush=True)\n"
)


def test_a_disk_that_takes_no_more_keeps_every_acknowledged_row(made, start_program):
    said, _ = start_program(LIMITED, str(made.path)).communicate(made.key.hex() + "\n")
    _, failed, counted = said.split("\n")[:3]
    code, acknowledged = failed.split()
    assert code in {"disk-full", "disk-failing"}
    assert int(acknowledged) > 2
    assert int(counted) == 3 + int(acknowledged)
    opened = made.open()
    assert len(people(opened)) == 3 + int(acknowledged)
    opened.close()


def test_the_reserve_is_given_back_once_and_made_again_at_the_next_opening(made):
    opened = made.open()
    file = layout.beside(made.path, "reserve")
    assert file.stat().st_size == reserve.SIZE
    assert opened.make_room()
    assert not opened.make_room()
    assert not file.exists()
    opened.close()
    made.open().close()
    assert file.stat().st_size == reserve.SIZE


def test_little_space_is_said_when_a_desk_opens(made, monkeypatch):
    usage = type("Usage", (), {"free": 50_000_000})
    monkeypatch.setattr(database.shutil, "disk_usage", lambda _folder: usage)
    opened = made.open()
    opened.close()
    assert opened.notices == ("little-space",)


def test_a_desk_without_room_for_its_reserve_opens_and_says_so(made):
    layout.beside(made.path, "reserve").unlink()
    layout.beside(made.path, "reserve").mkdir()
    opened = made.open()
    opened.close()
    assert opened.notices == ("little-space",)


def test_a_disk_that_fills_up_during_an_upgrade_is_called_full(made, schema_of, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "no space")

    monkeypatch.setattr(database.upgrading, "upgrade", full)
    assert refusal(made.open, schema_of("b2", FIRST, SECOND)) == "disk-full"
    monkeypatch.undo()
    made.open().close()


def test_a_desk_that_fails_at_the_last_step_of_opening_is_let_go(made, monkeypatch):
    def torn(*_arguments):
        raise OSError(5, "no answer")

    monkeypatch.setattr(database.guarding, "missing", torn)
    assert refusal(made.open) == "disk-failing"
    monkeypatch.undo()
    made.open().close()


def test_a_desk_is_read_where_nothing_can_be_written_beside_it(made, monkeypatch):
    monkeypatch.setattr(driver.os, "access", lambda _folder, _mode: False)
    before = sorted(made.path.parent.iterdir())
    opened = made.open(read_only=True)
    assert people(opened) == THREE
    assert sorted(made.path.parent.iterdir()) == before
    opened.close()


# Nothing readable

CANARIES = ("Shirin Ahmadi-Kestrel", "Mehari Tesfay-Plover", "دلشاد ژیان")


def test_no_name_is_readable_in_any_file_of_a_desk(made, read_outside):
    opened = made.open()
    with opened.writer.begin() as connection:
        for number, name in enumerate(CANARIES * 30, 10):
            connection.exec_driver_sql("INSERT INTO person VALUES (?, ?)", (number, name))
    log = layout.database_files(made.path)[1]
    assert log.stat().st_size > 0
    while_open = [read_outside(file) for file in layout.database_files(made.path)]
    backup.back_up(made.path, made.key, made.path.parent / "copy.desk")
    opened.close()
    after = [file.read_bytes() for file in made.path.parent.rglob("*") if file.is_file()]
    assert len(after) > 6
    for contents in (*while_open, *after):
        for name in CANARIES:
            assert name.encode() not in contents
            assert name.encode("utf-16-le") not in contents
        assert b"CREATE TABLE" not in contents


@pytest.mark.parametrize("error", [WrongCall("x"), FileRefused("y")])
def test_an_expected_failure_goes_through_translation_as_it_is(error):
    assert failures.translate(error) is error


@pytest.mark.parametrize(
    ("number", "code"),
    [(28, "disk-full"), (30, "read-only"), (13, "cannot-open"), (5, "disk-failing"), (2, None)],
)
def test_what_the_system_reports_becomes_a_failure_to_act_on(number, code):
    known = failures.translate(OSError(number, "text of the system"))
    assert (known and known.code) == code


def test_a_fault_of_the_program_is_not_translated():
    assert failures.translate(KeyError("name")) is None
    with pytest.raises(ValueError, match="seven"), failures.translated():
        int("seven")


def test_an_interrupted_statement_is_a_cancelled_step(opened):
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    with opened.reader.connect() as connection:
        raw = connection.connection.driver_connection
        raw.set_progress_handler(raw.interrupt, 1000)  # while the statement runs
        with pytest.raises(DBAPIError) as caught:
            connection.exec_driver_sql(endless)
    assert failures.translate(caught.value).code == "cancelled"
