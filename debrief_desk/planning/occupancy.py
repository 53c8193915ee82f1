"""What is booked, as bit masks: who is free when, kept up on every booking.

A booking of d minutes at start s fits when its slots, with the turnaround behind it, meet nothing
booked with theirs, and every break still finds a place. Turnarounds are counted in whole slots;
starts lie on the grid, so nothing is lost by that. Masks are remembered by what is booked, so
undoing a step costs nothing.
"""

from __future__ import annotations

from itertools import pairwise, permutations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debrief_desk.planning.day import Day
    from debrief_desk.planning.roster import Break

REMEMBERED: Final = 1024
STALE: Final = -1


class Occupancy:
    """The state of every resource of a day.

    `used[r]` are the slots of bookings, `busy[r]` the same with turnarounds, `left[r]` what
    remains of the limit (bookings or minutes).
    """

    def __init__(self, day: Day) -> None:
        self.day = day
        count = len(day.resources)
        self.used = [0] * count
        self.busy = [0] * count
        self.left = [resource.limit for resource in day.resources]
        self.by_minutes = [resource.by_minutes for resource in day.resources]
        self._rows: dict[int, list[int]] = {}
        self._known: list[dict[tuple[int, int, int], int]] = [{} for _ in range(count)]

    def add(self, number: int, start: int, minutes: int) -> None:
        """Occupy a resource from minute `start`."""
        turnaround = self.day.resources[number].turnaround
        self.used[number] |= self.day.footprint(start, minutes)
        self.busy[number] |= self.day.footprint(start, minutes + turnaround)
        self.left[number] -= minutes if self.by_minutes[number] else 1
        for row in self._rows.values():
            row[number] = STALE

    def remove(self, number: int, start: int, minutes: int) -> None:
        """Free a resource of a booking added before."""
        turnaround = self.day.resources[number].turnaround
        self.used[number] &= ~self.day.footprint(start, minutes)
        self.busy[number] &= ~self.day.footprint(start, minutes + turnaround)
        self.left[number] += minutes if self.by_minutes[number] else 1
        for row in self._rows.values():
            row[number] = STALE

    def clear(self, number: int) -> None:
        """Free a resource of everything."""
        self.used[number] = self.busy[number] = 0
        self.left[number] = self.day.resources[number].limit
        for row in self._rows.values():
            row[number] = STALE

    def without(self, kind: str) -> Occupancy:
        """Give a copy in which nothing of one kind of resource is booked."""
        copy = Occupancy(self.day)
        copy.used, copy.busy, copy.left = self.used[:], self.busy[:], self.left[:]
        copy._known = self._known[:]  # what is known of a state stays true
        for (own, _), number in self.day.number.items():
            if own == kind:
                copy.clear(number)
        return copy

    def apart_from(self, number: int, minutes: int, mask: int) -> int:
        """Give the starts of `mask` far enough from everything booked on a resource."""
        if self.left[number] < (minutes if self.by_minutes[number] else 1):
            return 0
        reach = self.day.length(minutes + self.day.resources[number].turnaround)
        return mask & ~smeared(self.busy[number], reach)

    def free(self, number: int, minutes: int) -> int:
        """Give the starts at which a resource can take a booking of `minutes`."""
        mask = self.row(minutes)[number]
        return self._renew(number, minutes) if mask == STALE else mask

    def union(self, numbers: Iterable[int], minutes: int, wanted: int) -> int:
        """Give the starts of `wanted` at which at least one of the resources is free."""
        row, missing = self.row(minutes), wanted
        for number in numbers:
            mask = row[number]
            if mask == STALE:
                mask = self._renew(number, minutes)
            missing &= ~mask
            if not missing:
                return wanted
        return wanted & ~missing

    def row(self, minutes: int) -> list[int]:
        """Give the masks of all resources for one length; `STALE` where not worked out yet."""
        row = self._rows.get(minutes)
        if row is None:
            row = self._rows[minutes] = [STALE] * len(self.used)
        return row

    def _renew(self, number: int, minutes: int) -> int:
        """Work a mask out, or remember it, and keep it in its row."""
        mask = 0
        if self.left[number] >= (minutes if self.by_minutes[number] else 1):
            key = (self.busy[number], self.used[number], minutes)
            known = self._known[number]
            remembered = known.get(key)
            mask = self._free(number, minutes) if remembered is None else remembered
            if len(known) > REMEMBERED:
                known.clear()
            known[key] = mask
        self._rows[minutes][number] = mask
        return mask

    def _free(self, number: int, minutes: int) -> int:
        day, resource = self.day, self.day.resources[number]
        mask = self.apart_from(number, minutes, day.starts(number, minutes))
        if not mask or not resource.breaks:
            return mask
        if apart(resource.breaks):
            for rest in resource.breaks:
                mask &= self._leaves_break(number, rest, minutes)
            return mask
        return self._leaves_all_breaks(number, minutes, mask)

    def _leaves_break(self, number: int, rest: Break, minutes: int) -> int:
        """Give the starts that leave a place for one break: the first or the last place decides."""
        day = self.day
        low, high = self._window(number, rest)
        length = day.length(rest.length)
        places = day.starts_in(low, high, length * day.grid) & ~smeared(self.used[number], length)
        if not places:
            return 0
        first = (places & -places).bit_length() - 1
        last = places.bit_length() - 1
        bad_from = max(0, last - day.length(minutes) + 1)
        bad_to = first + length
        everything = (1 << day.slots) - 1
        return everything & ~((1 << bad_to) - (1 << bad_from)) if bad_from < bad_to else everything

    def _window(self, number: int, rest: Break) -> tuple[int, int]:
        shift = self.day.resources[number].spans[0]
        return max(shift[0], rest.window[0]), min(shift[1], rest.window[1])

    def _leaves_all_breaks(self, number: int, minutes: int, mask: int) -> int:
        """Try each start where the windows of several breaks overlap."""
        day, kept = self.day, 0
        while mask:
            bit = mask & -mask
            mask ^= bit
            start = (bit.bit_length() - 1) * day.grid
            if self._breaks_fit(number, self.used[number] | day.footprint(start, minutes)):
                kept |= bit
        return kept

    def _breaks_fit(self, number: int, used: int) -> bool:
        day = self.day
        for order in permutations(self.day.resources[number].breaks):
            reached = 0
            for rest in order:
                length = day.length(rest.length)
                low, high = self._window(number, rest)
                places = day.starts_in(low, high, length * day.grid) & ~smeared(used, length)
                places = places >> reached << reached
                if not places:
                    break
                reached = (places & -places).bit_length() - 1 + length
            else:
                return True
        return False


def smeared(mask: int, length: int) -> int:
    """Give the starts of which the next `length` slots meet a bit of `mask`."""
    done = 1
    while done < length:
        step = min(done, length - done)
        mask |= mask >> step
        done += step
    return mask


def apart(breaks: tuple[Break, ...]) -> bool:
    """Whether no two windows of breaks overlap, so that each can be placed by itself."""
    spans = sorted(rest.window for rest in breaks)
    return all(one[1] <= other[0] for one, other in pairwise(spans))
