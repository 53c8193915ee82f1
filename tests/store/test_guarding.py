"""What the file itself refuses, whoever writes to it."""

import pytest
from sqlalchemy.exc import IntegrityError

from debrief_desk.store import guarding
from debrief_desk.store.upgrading import Schema


@pytest.fixture
def declared(monkeypatch):
    """An empty registry for one test."""
    registry = {}
    monkeypatch.setattr(guarding, "GUARDS", registry)
    return registry


@pytest.mark.parametrize(
    ("statement", "guard"),
    [
        ("UPDATE entry SET person_id = 2 WHERE sequence = 1", "entry_no_update"),
        ("DELETE FROM entry WHERE sequence = 3", "entry_no_delete"),
        ("DELETE FROM entry", "entry_no_delete"),
        ("REPLACE INTO entry VALUES (2, 3)", "entry_next_in_line"),
        ("INSERT INTO entry VALUES (5, 1)", "entry_next_in_line"),
        ("INSERT INTO entry VALUES (0, 1)", "entry_next_in_line"),
        ("UPDATE person SET name = 'other' WHERE id = 1", "person_keeps_name"),
        ("UPDATE person SET name = NULL WHERE id = 1", "person_keeps_name"),
    ],
)
def test_the_file_refuses_by_the_name_of_the_guard(opened, statement, guard):
    with opened.writer.connect() as connection, pytest.raises(IntegrityError, match=guard):
        connection.exec_driver_sql(statement)


def test_replacing_a_row_is_refused_without_the_numbering_guard_too(opened):
    with opened.writer.connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER entry_next_in_line")
        with pytest.raises(IntegrityError, match="entry_no_delete"):
            connection.exec_driver_sql("REPLACE INTO entry VALUES (2, 3)")


def test_the_next_row_in_line_and_an_equal_value_go_through(opened):
    with opened.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO entry VALUES (4, 1)")
        connection.exec_driver_sql("UPDATE person SET name = 'P1' WHERE id = 1")


def test_a_column_set_once_takes_a_first_value_and_no_second(opened, declared):
    guarding.frozen("person", ("name",), once_set=True)
    with opened.writer.connect() as connection:
        guarding.drop_all(connection)
        connection.exec_driver_sql("INSERT INTO person VALUES (4, NULL)")
        guarding.create_all(connection, declared)
        connection.exec_driver_sql("UPDATE person SET name = 'first' WHERE id = 4")
        with pytest.raises(IntegrityError, match="person_keeps_name"):
            connection.exec_driver_sql("UPDATE person SET name = 'second' WHERE id = 4")


def test_missing_and_altered_guards_and_unknown_triggers_are_named(opened, guards):
    with opened.writer.begin() as connection:
        assert guarding.missing(connection, guards) == ()
        assert guarding.unknown(connection, guards) == ()
        connection.exec_driver_sql("DROP TRIGGER entry_no_delete")
        connection.exec_driver_sql("DROP TRIGGER entry_no_update")
        connection.exec_driver_sql(
            "CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT 1; END"
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER quiet AFTER INSERT ON entry BEGIN DELETE FROM person; END"
        )
        assert set(guarding.missing(connection, guards)) == {"entry_no_update", "entry_no_delete"}
        assert guarding.unknown(connection, guards) == ("quiet",)
        connection.rollback()


def test_opening_sets_missing_guards_right_and_says_so(made, guards):
    opened = made.open(Schema("a1", made.schema.migrations, {}))
    with opened.writer.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER entry_no_delete")
    opened.close()
    assert opened.notices == ("unknown-guards",)  # this schema declares none

    looked = made.open(read_only=True)
    looked.close()
    assert looked.notices == ("guards-missing",)

    opened = made.open()
    assert opened.notices == ("guards-restored",)
    with opened.reader.connect() as connection:
        assert guarding.missing(connection, guards) == ()
    opened.close()
    again = made.open()
    again.close()
    assert again.notices == ()


def test_a_guard_is_declared_once_and_under_its_own_name(declared):
    guarding.append_only("entry")
    assert set(declared) == {"entry_no_update", "entry_no_delete"}
    with pytest.raises(ValueError, match="entry_no_update"):
        guarding.append_only("entry")
    with pytest.raises(ValueError, match="one"):
        guarding.register("one", "CREATE TRIGGER other\nBEFORE DELETE ON entry BEGIN SELECT 1; END")


@pytest.mark.parametrize("name", ["entry; DROP TABLE person", "Entry", 'en"try', ""])
def test_a_name_that_is_no_plain_word_is_no_guard(declared, name):
    with pytest.raises(ValueError):  # noqa: PT011 - the name itself is the message
        guarding.append_only(name)
    assert declared == {}
