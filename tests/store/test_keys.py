"""Who can open a desk, and what happens to those who should not."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debrief_desk.errors import FileRefused, NotAllowed, WrongCall
from debrief_desk.store import keys, layout, passwords, recovery, slots

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "four unrelated words"
OTHER = "another long sentence"
FIRST = keys.Owner("0198f0aa-0000-7000-8000-000000000001", "First Supervisor", ("supervisor",))
SECOND = keys.Owner("0198f0aa-0000-7000-8000-000000000002", "Second Person", ("coordinator",))
CHEAP = passwords.FLOOR


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "D.desk"


@pytest.fixture
def made(path: Path) -> tuple[Path, bytes, str]:
    return path, *keys.create_keys(path, FIRST, PASSWORD, cost=CHEAP)


@pytest.fixture
def desk(made: tuple[Path, bytes, str]) -> Path:
    return made[0]


@pytest.fixture
def key(made: tuple[Path, bytes, str]) -> bytes:
    return made[1]


@pytest.fixture
def printed(made: tuple[Path, bytes, str]) -> str:
    return made[2]


def refusal(call, *arguments, **named) -> str:
    with pytest.raises((NotAllowed, WrongCall, FileRefused)) as caught:
        call(*arguments, **named)
    return caught.value.code


def edit(desk: Path, change) -> None:
    """Change the key file as somebody who knows its format would, checksum included."""
    file = layout.beside(desk, "keys")
    body = json.loads(file.read_bytes())
    del body["checksum"]
    change(body)
    body["checksum"] = hashlib.sha256(slots.canonical(body)).hexdigest()
    file.write_text(json.dumps(body))


def test_a_right_password_gives_the_key_the_roles_and_the_signing_key(desk, key):
    unlocked = keys.unlock(desk, "first supervisor ", PASSWORD)
    assert unlocked.key == key
    assert (unlocked.account_id, unlocked.roles) == (FIRST.id, FIRST.roles)
    assert len(unlocked.key) == len(unlocked.signing_key) == len(unlocked.verify_key) == 32
    assert not unlocked.restored


def test_the_signing_key_signs_for_the_verify_key(desk):
    from nacl.signing import SigningKey, VerifyKey

    unlocked = keys.unlock(desk, FIRST.name, PASSWORD)
    signed = SigningKey(unlocked.signing_key).sign(b"checkpoint")
    assert VerifyKey(unlocked.verify_key).verify(signed) == b"checkpoint"


def test_no_key_appears_in_a_repr_or_in_the_file(desk):
    unlocked = keys.unlock(desk, FIRST.name, PASSWORD)
    for secret in (unlocked.key, unlocked.signing_key):
        assert secret.hex() not in repr(unlocked)
        assert repr(secret) not in repr(unlocked)
        text = layout.beside(desk, "keys").read_text()
        assert base64.b64encode(secret).decode() not in text
        assert secret.hex() not in text


def test_a_wrong_password_and_an_unknown_name_are_told_apart_by_nobody(desk):
    assert refusal(keys.unlock, desk, FIRST.name, OTHER) == "wrong-password"
    assert refusal(keys.unlock, desk, "Nobody", PASSWORD) == "wrong-password"


def test_an_edited_role_is_refused(desk):
    edit(desk, lambda body: body["slots"][0].update(roles=["administrator"]))
    assert refusal(keys.unlock, desk, FIRST.name, PASSWORD) == "account-altered"


def test_an_edited_name_is_refused(desk):
    edit(desk, lambda body: body["slots"][0].update(name="Somebody Else"))
    assert refusal(keys.unlock, desk, "Somebody Else", PASSWORD) == "account-altered"


def test_an_edited_cost_or_account_does_not_open(desk):
    edit(desk, lambda body: body["slots"][0].update(passes=2))
    assert refusal(keys.unlock, desk, FIRST.name, PASSWORD) == "wrong-password"


def test_a_slot_that_asks_for_unbounded_memory_counts_as_damaged(desk):
    edit(desk, lambda body: body["slots"][0].update(memory_kib=2**30))
    layout.beside(desk, "keys.previous").unlink(missing_ok=True)
    assert refusal(keys.unlock, desk, FIRST.name, PASSWORD) == "keys-damaged"


def test_wrong_passwords_make_waiting_grow_to_a_minute_and_a_right_one_ends_it(desk):
    now, waits = 1000.0, []
    for _ in range(8):
        assert refusal(keys.unlock, desk, FIRST.name, OTHER, now=now) == "wrong-password"
        waits.append(keys.waiting_seconds(desk, FIRST.name, now))
        now += waits[-1]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert keys.unlock(desk, FIRST.name, PASSWORD, now=now).account_id == FIRST.id
    assert keys.waiting_seconds(desk, FIRST.name, now) == 0


def test_even_the_right_password_waits(desk):
    refusal(keys.unlock, desk, FIRST.name, OTHER, now=50.0)
    with pytest.raises(NotAllowed) as caught:
        keys.unlock(desk, FIRST.name, PASSWORD, now=50.2)
    assert (caught.value.code, caught.value.values["seconds"]) == ("wait-before-retry", 1)


def test_a_restart_shortens_no_wait_and_locks_nobody_out(desk):
    for now in (5000.0, 5001.0, 5003.0):
        refusal(keys.unlock, desk, FIRST.name, OTHER, now=now)
    assert keys.waiting_seconds(desk, FIRST.name, 1.0) == 3.0  # up for one second of the four
    assert keys.waiting_seconds(desk, FIRST.name, 4.0) == 0.0


def test_another_account_does_not_wait(desk, key):
    keys.add_slot(desk, key, SECOND, OTHER)
    refusal(keys.unlock, desk, FIRST.name, OTHER)
    assert keys.waiting_seconds(desk, SECOND.name) == 0.0
    assert keys.unlock(desk, SECOND.name, OTHER).roles == SECOND.roles


def test_the_recovery_key_gives_the_key_until_it_is_replaced(desk, key, printed):
    assert keys.unlock_with_recovery(desk, printed.lower().replace("-", " ")) == key
    renewed = keys.replace_recovery(desk, key)
    assert keys.unlock_with_recovery(desk, renewed) == key
    assert refusal(keys.unlock_with_recovery, desk, printed) == "wrong-recovery-key"


def test_after_recovery_an_account_gets_a_new_password(desk, key, printed):
    before = keys.unlock(desk, FIRST.name, PASSWORD).verify_key
    after = keys.reset_password(
        desk, keys.unlock_with_recovery(desk, printed), FIRST.id, OTHER, cost=CHEAP
    )
    assert keys.unlock(desk, FIRST.name, OTHER).key == key
    assert keys.unlock(desk, FIRST.name, OTHER).verify_key == after != before
    assert refusal(keys.unlock, desk, FIRST.name, PASSWORD) == "wrong-password"


def test_a_changed_password_keeps_the_keys_and_leaves_no_copy_of_the_old_slot(desk):
    before = keys.unlock(desk, FIRST.name, PASSWORD)
    keys.change_password(desk, FIRST.name, PASSWORD, OTHER)
    after = keys.unlock(desk, FIRST.name, OTHER)
    assert (after.key, after.signing_key) == (before.key, before.signing_key)
    layout.beside(desk, "keys").write_bytes(b"")
    assert refusal(keys.unlock, desk, FIRST.name, PASSWORD) == "wrong-password"


def test_a_removed_account_is_gone_from_both_copies(desk, key):
    keys.add_slot(desk, key, SECOND, OTHER)
    keys.remove_slot(desk, SECOND.id)
    assert keys.names(desk) == (FIRST.name,)
    for ending in ("keys", "keys.previous"):
        assert SECOND.id not in layout.beside(desk, ending).read_text()


def test_the_last_account_stays(desk):
    assert refusal(keys.remove_slot, desk, FIRST.id) == "last-account"
    assert refusal(keys.remove_slot, desk, SECOND.id) == "no-such-account"


def test_roles_change_only_with_the_database_key(desk, key):
    keys.set_roles(desk, key, FIRST.id, ("supervisor", "administrator"))
    assert keys.unlock(desk, FIRST.name, PASSWORD).roles == ("supervisor", "administrator")
    assert refusal(keys.set_roles, desk, bytes(32), FIRST.id, ("auditor",)) == "account-altered"


def test_two_accounts_cannot_share_a_name(desk, key):
    again = keys.Owner(SECOND.id, "FIRST supervisor", ("auditor",))
    assert refusal(keys.add_slot, desk, key, again, OTHER) == "name-taken"


def test_keys_are_never_made_over_others(desk):
    before = layout.beside(desk, "keys").read_bytes()
    assert refusal(keys.create_keys, desk, SECOND, OTHER, cost=CHEAP) == "already-exists"
    assert layout.beside(desk, "keys").read_bytes() == before


def test_key_files_are_private_from_the_start(desk, key):
    keys.replace_recovery(desk, key)
    for ending in ("keys", "keys.previous"):
        assert layout.beside(desk, ending).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff\xfe", b'{"format": "other"}'])
def test_a_damaged_key_file_falls_back_to_the_copy_before(desk, damage, key):
    keys.add_slot(desk, key, SECOND, OTHER)  # makes the copy before
    layout.beside(desk, "keys").write_bytes(damage)
    unlocked = keys.unlock(desk, FIRST.name, PASSWORD)
    assert unlocked.key == key
    assert unlocked.restored


def test_a_fallen_back_key_file_is_whole_again_after_the_next_change(desk, key):
    keys.add_slot(desk, key, SECOND, OTHER)
    layout.beside(desk, "keys").write_bytes(b"torn")
    keys.set_roles(desk, key, FIRST.id, ("auditor",))
    unlocked = keys.unlock(desk, FIRST.name, PASSWORD)
    assert (unlocked.roles, unlocked.restored) == (("auditor",), False)


def test_a_damaged_key_file_never_pushes_out_the_intact_copy(desk, key):
    keys.add_slot(desk, key, SECOND, OTHER)
    layout.beside(desk, "keys").write_bytes(b"torn")
    keys.add_slot(desk, key, keys.Owner("3", "Third Person", ()), OTHER)
    previous = slots.parsed(layout.beside(desk, "keys.previous").read_bytes())
    assert [slot.name for slot in previous.slots] == [FIRST.name]


def test_a_key_file_with_a_part_missing_counts_as_damaged(desk):
    edit(desk, lambda body: body["recovery"].pop("salt"))
    assert refusal(keys.names, desk) == "keys-damaged"


def test_two_programs_change_the_key_file_one_after_the_other(desk, key, monkeypatch):
    monkeypatch.setattr(slots, "_PATIENCE", 0.01)
    before = layout.beside(desk, "keys").read_bytes()
    with slots.alone(desk):
        assert refusal(keys.set_roles, desk, key, FIRST.id, ("auditor",)) == "desk-busy"
    assert layout.beside(desk, "keys").read_bytes() == before
    keys.set_roles(desk, key, FIRST.id, ("auditor",))
    assert keys.owners(desk) == (keys.Owner(FIRST.id, FIRST.name, ("auditor",)),)


def test_a_file_that_cannot_be_replaced_leaves_no_partial_one(tmp_path):
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        layout.replace_contents(tmp_path / "taken", b"contents")
    assert [each.name for each in tmp_path.iterdir()] == ["taken"]


def test_two_damaged_copies_are_refused_and_left_alone(desk):
    for ending in ("keys", "keys.previous"):
        layout.beside(desk, ending).write_bytes(b"torn")
    assert refusal(keys.names, desk) == "keys-damaged"
    assert layout.beside(desk, "keys").read_bytes() == b"torn"


def test_one_changed_byte_anywhere_is_noticed(desk):
    file = layout.beside(desk, "keys")
    whole = file.read_bytes()
    meant = slots.parsed(whole)
    for place in range(0, len(whole), 7):
        torn = bytearray(whole)
        torn[place] ^= 1
        try:
            assert slots.parsed(bytes(torn)) == meant  # only white space was hit
        except ValueError:
            continue


def test_a_key_file_of_a_newer_version_is_refused(desk):
    edit(desk, lambda body: body.update(version=2))
    assert refusal(keys.names, desk) == "newer-desk"


def test_a_missing_desk_and_a_file_without_keys_are_told_apart(path):
    assert refusal(keys.names, path) == "no-such-desk"
    path.write_bytes(b"something else")
    assert refusal(keys.names, path) == "not-a-desk"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("eleven char", "password-too-short"),
        ("x" * 257, "password-too-long"),
        ("aaaaaaaaaaaaaaaa", "password-too-common"),
        ("123456789012", "password-too-common"),
        ("Password2026!", "password-too-common"),
        ("qwertyuiopasdf", "password-too-common"),
        ("First Supervisor", "password-too-common"),
        ("Manston-Debrief-Desk-2026", "password-too-common"),
    ],
)
def test_a_password_that_anybody_would_try_is_refused(path, password, code):
    assert refusal(keys.create_keys, path, FIRST, password, cost=CHEAP) == code
    assert not layout.beside(path, "keys").exists()


@pytest.mark.parametrize(
    "password", [PASSWORD, "correct horse battery", "پنجره‌ی آبی رو به دریا", "zzyzx-47-Qm-plinth"]
)
def test_a_long_password_needs_no_special_signs(password):
    passwords.check(password, ("First Supervisor", "D"))


def test_one_password_typed_on_two_keyboards_is_one_password(path):
    key, _ = keys.create_keys(path, FIRST, "cafe\u0301 by the harbour", cost=CHEAP)
    assert keys.unlock(path, FIRST.name, "caf\u00e9 by the harbour").key == key


def test_the_measured_cost_stays_within_its_bounds():
    cost = passwords.calibrate()
    assert passwords.FLOOR.memory_kib <= cost.memory_kib <= passwords.CEILING.memory_kib
    assert (cost.passes, cost.lanes) == (3, 4)


@given(st.binary(min_size=20, max_size=20))
def test_a_written_recovery_key_reads_back(printed):
    text = recovery.written(printed)
    assert recovery.read(text) == printed
    assert recovery.read(text.lower().replace("0", "o").replace("1", "l")) == printed


@settings(max_examples=50)
@given(st.binary(min_size=20, max_size=20), st.integers(0, 31), st.integers(1, 31))
def test_one_wrong_sign_in_a_recovery_key_is_noticed(printed, place, shift):
    signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    text = recovery.written(printed).replace("-", "")
    wrong = signs[(signs.index(text[place]) + shift) % 32]
    assert refusal(recovery.read, text[:place] + wrong + text[place + 1 :]) == "recovery-mistyped"


@given(st.text(max_size=60))
def test_any_other_text_is_mistyped_or_a_key(text):
    try:
        read = recovery.read(text)
    except WrongCall as error:
        read = error.code
    assert read == "recovery-mistyped" or len(read) == 20
