"""One program per desk, on a disk of this computer."""

import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from debrief_desk.errors import FileRefused
from debrief_desk.store import layout, locking

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_a_held_desk_says_which_program_has_it_and_nothing_else(tmp_path):
    path = tmp_path / "D.desk"
    taken = locking.hold(path, NOON)
    with pytest.raises(FileRefused) as caught:
        locking.hold(path)
    taken.release()
    assert caught.value.code == "open-elsewhere"
    assert caught.value.values == {
        "file": "D.desk",
        "process": os.getpid(),
        "computer": socket.gethostname(),
        "since": NOON,
    }


def test_a_released_desk_can_be_held_again_and_leaves_no_note(tmp_path):
    path = tmp_path / "D.desk"
    first = locking.hold(path)
    first.release()
    first.release()
    assert locking.holder(path) is None
    locking.hold(path).release()


def test_a_second_release_does_not_free_what_another_holds(tmp_path):
    path = tmp_path / "D.desk"
    first = locking.hold(path)
    first.release()
    second = locking.hold(path)
    first.release()
    with pytest.raises(FileRefused):
        locking.hold(path)
    second.release()


def test_a_desk_whose_note_cannot_be_written_is_not_held(tmp_path):
    path = tmp_path / "D.desk"
    layout.beside(path, "holder").mkdir()
    with pytest.raises(OSError, match="holder"):
        locking.hold(path)
    layout.beside(path, "holder").rmdir()
    locking.hold(path).release()


def test_a_note_that_cannot_be_read_is_nobody(tmp_path):
    path = tmp_path / "D.desk"
    for torn in ("", "{", "[]", json.dumps({"process": 1})):
        layout.beside(path, "holder").write_text(torn)
        assert locking.holder(path) is None


def test_a_note_left_by_a_dead_program_holds_nothing(tmp_path):
    path = tmp_path / "D.desk"
    note = {"process": 1, "computer": "elsewhere", "since": NOON.isoformat()}
    layout.beside(path, "holder").write_text(json.dumps(note))
    layout.beside(path, "lock").touch()
    locking.hold(path).release()


MOUNTINFO = r"""
30 22 0:26 / /proc rw - proc proc rw
41 22 0:38 / /home/ana/Shared\040files rw,nosuid shared:2 - cifs //server/share rw,vers=3.1.1
42 22 0:39 / /srv/desks rw - nfs4 nas:/export rw
43 22 0:40 / /home/ana/mnt rw - fuse.sshfs ana@host:/ rw
44 22 0:41 / /home/ana/vault rw - fuse.gocryptfs /home/ana/cipher rw
45 42 0:42 / /srv/desks/local rw - xfs /dev/vdb rw
46 22 0:43 / /mnt/دسک rw - 9p drvfs rw
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
"""


@pytest.mark.parametrize(
    ("place", "kind", "remote"),
    [
        ("/home/ana/D.desk", "ext4", False),
        ("/home/ana/Shared files/D.desk", "cifs", True),
        ("/home/ana/Shared files of ours/D.desk", "ext4", False),
        ("/srv/desks/D.desk", "nfs4", True),
        ("/srv/desks/local/D.desk", "xfs", False),
        ("/home/ana/mnt/D.desk", "fuse.sshfs", True),
        ("/home/ana/vault/D.desk", "fuse.gocryptfs", False),
        ("/mnt/دسک/D.desk", "9p", True),
    ],
)
def test_the_deepest_mount_decides_whether_a_place_is_remote(place, kind, remote):
    found = locking.file_system(Path(place), locking.linux_mounts(MOUNTINFO))
    assert (found, locking.is_remote_type(found)) == (kind, remote)


MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse, protect)
//ana@server/share on /Volumes/share (smbfs, nodev, nosuid, mounted by ana)
nas:/export on /Volumes/on call (1) (nfs)
"""


def test_the_mount_list_of_a_mac_is_read():
    assert locking.mac_mounts(MAC) == [
        ("/", "apfs"),
        ("/System/Volumes/Data", "apfs"),
        ("/Volumes/share", "smbfs"),
        ("/Volumes/on call (1)", "nfs"),
    ]


def test_a_later_mount_hides_an_earlier_one_at_the_same_place():
    mounts = [("/", "ext4"), ("/data", "ext4"), ("/data", "nfs4")]
    assert locking.file_system(Path("/data/D.desk"), mounts) == "nfs4"


def test_what_cannot_be_known_is_not_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(locking, "_mounts", list)
    locking.refuse_network(tmp_path / "D.desk")


def test_the_disk_of_this_computer_is_taken(tmp_path):
    locking.refuse_network(tmp_path / "D.desk")


@pytest.mark.parametrize("folder", ["OneDrive", "OneDrive - Home Office", "Dropbox", "Nextcloud"])
def test_a_folder_that_synchronises_is_known_by_its_name(tmp_path, folder):
    assert locking.is_synced(tmp_path / folder / "desks" / "D.desk")
    assert not locking.is_synced(tmp_path / f"not {folder}" / "D.desk")


def test_a_folder_that_synchronises_is_known_by_the_system(tmp_path, monkeypatch):
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "work"))
    assert locking.is_synced(tmp_path / "work" / "D.desk")
    assert not locking.is_synced(tmp_path / "home" / "D.desk")
