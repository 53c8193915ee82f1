"""A day as a CP-SAT model: one optional booking per job, one optional interval per resource used.

The rules are those of the masks, so both engines plan the same day: a start lies in the domain of
each resource taken, turnarounds lengthen the intervals, breaks are intervals of their own. Change
against the previous plan and split groups are not priced here: the table's strict key judges the
answer by everything.
"""

from __future__ import annotations

from operator import mul
from typing import TYPE_CHECKING, Any

from debrief_desk.planning.placing import Choice

if TYPE_CHECKING:
    from debrief_desk.planning.jobs import Job
    from debrief_desk.planning.table import Placement, Table


class Model:
    """The model of everything on a table that may move; fixed bookings block their resources."""

    def __init__(self, table: Table, cp_model: Any) -> None:
        self.table = table
        self.day = table.day
        self.cp = cp_model.CpModel()
        self._domain = cp_model.Domain.from_values
        self._intervals: list[list[Any]] = [[] for _ in self.day.resources]
        self._spent: list[list[Any]] = [[] for _ in self.day.resources]
        self._plain: list[list[Any]] = [[] for _ in self.day.resources]
        self._served: list[list[Any]] = [[] for _ in self.day.problem.requests]
        self._costs: list[Any] = []
        self.placed: dict[int, tuple[Job, Any, Any]] = {}
        self.used: dict[tuple[int, str, int], Any] = {}
        self._settled: set[int] = set()
        self._weights = self._strict()
        self._fixed()
        for job in self.day.jobs:
            if job.window and table.day.resources[job.person].limit > 0:
                self._job(job)
        self._resources()
        self._objective()
        self._hint()

    def _fixed(self) -> None:
        """Block what fixed bookings occupy."""
        for placement in self.table.placements:
            if placement.fixed:
                self._settled.update(placement.job.requests)
                for number in placement.resources:
                    self._block(number, placement)

    def _block(self, number: int, placement: Placement) -> None:
        day, minutes = self.day, placement.booking.duration
        turnaround = day.resources[number].turnaround
        first = placement.start // day.grid
        whole = day.footprint(placement.start, minutes + turnaround).bit_length() - first
        alone = day.footprint(placement.start, minutes).bit_length() - first
        if alone > 0:
            self._intervals[number].append(self.cp.new_fixed_size_interval_var(first, whole, ""))
            self._plain[number].append(self.cp.new_fixed_size_interval_var(first, alone, ""))
        self._spent[number].append(minutes if day.resources[number].by_minutes else 1)

    def _job(self, job: Job) -> None:
        """Add one booking that could be: its start, and who and what it takes."""
        cp = self.cp
        if not self._settled.isdisjoint(job.requests):
            return
        slots = [slot for slot in range(self.day.slots) if job.window >> slot & 1]
        start = cp.new_int_var_from_domain(self._domain(slots), "")
        here = cp.new_bool_var("")
        self.placed[job.index] = (job, start, here)
        for request in job.requests:
            self._served[request].append(here)
        self._take(job, job.person, here, start)
        leads = {lead.number: self._use(job, "lead", lead.number, lead.price) for lead in job.leads}
        rooms = {*job.rooms, *(own for row in job.options for own in row.rooms)}
        room = {own: self._use(job, "room", own, 0) for own in sorted(rooms)}
        cp.add_exactly_one(*leads.values(), here.negated())
        cp.add_exactly_one(*room.values(), here.negated())
        self._second(job, leads)
        self._voices(job, leads, room)
        if job.adults is not None:
            adults = [self._use(job, "adult", own, 0) for own in job.adults]
            cp.add_exactly_one(*adults, here.negated())
        self._wait(job, start, here)

    def _use(self, job: Job, part: str, number: int, price: int) -> Any:
        """Make the choice of one resource for one part of a job."""
        chosen = self.cp.new_bool_var("")
        self.used[job.index, part, number] = chosen
        self._take(job, number, chosen, self.placed[job.index][1])
        self._costs.append(price * chosen)
        return chosen

    def _take(self, job: Job, number: int, chosen: Any, start: Any) -> None:
        """Occupy a resource, where its own hours allow, when chosen."""
        day = self.day
        allowed = day.starts(number, job.minutes) & job.window
        if not allowed:
            self.cp.add(chosen == 0)
            return
        if allowed != job.window:
            slots = [slot for slot in range(day.slots) if allowed >> slot & 1]
            self.cp.add_linear_expression_in_domain(start, self._domain(slots)).only_enforce_if(
                chosen
            )
        resource = day.resources[number]
        long = day.length(job.minutes + resource.turnaround)
        self._intervals[number].append(
            self.cp.new_optional_fixed_size_interval_var(start, long, chosen, "")
        )
        if resource.breaks:
            self._plain[number].append(
                self.cp.new_optional_fixed_size_interval_var(start, job.slots, chosen, "")
            )
        self._spent[number].append((job.minutes if resource.by_minutes else 1) * chosen)

    def _second(self, job: Job, leads: dict[int, Any]) -> None:
        if not job.with_second:
            return
        prices = {own: price for pool in job.pools for own, price in pool}
        seconds = {own: self._use(job, "second", own, price) for own, price in prices.items()}
        self.cp.add_exactly_one(*seconds.values(), self.placed[job.index][2].negated())
        for lead in job.leads:
            pool = {own for own, _ in job.pools[lead.pool]} - {lead.number}
            for own, second in seconds.items():
                if own not in pool:
                    self.cp.add_implication(leads[lead.number], second.negated())

    def _voices(self, job: Job, leads: dict[int, Any], rooms: dict[int, Any]) -> None:
        """Add the ways of interpreting; none with a lead who needs no interpreter."""
        cp, direct = self.cp, [leads[lead.number] for lead in job.leads if lead.direct]
        modes = []
        for at, option in enumerate(job.options):
            mode = cp.new_bool_var("")
            self.used[job.index, "mode", at] = mode
            modes.append(mode)
            voices = [self._use(job, option.mode, own, price) for own, price in option.voices]
            cp.add_exactly_one(*voices, mode.negated())
            for own, room in rooms.items():
                if own not in option.rooms:
                    cp.add_implication(mode, room.negated())
        cp.add_exactly_one(*modes, *direct, self.placed[job.index][2].negated())
        for lead in direct:
            for own, room in rooms.items():
                if own not in job.rooms:
                    cp.add_implication(lead, room.negated())

    def _wait(self, job: Job, start: Any, here: Any) -> None:
        """Price waiting: one step for each start where the price rises."""
        for slot in range(1, self.day.slots):
            rise = job.wait[slot] - job.wait[slot - 1]
            if rise and job.window >> slot:
                late = self.cp.new_bool_var("")
                self.cp.add(start < slot).only_enforce_if(here, late.negated())
                self._costs.append(rise * late)
        self._costs.append(job.wait[0] * here)

    def _resources(self) -> None:
        """No two bookings of one resource together, breaks kept, limits kept, load priced."""
        for number, resource in enumerate(self.day.resources):
            self.cp.add_no_overlap(self._intervals[number])
            if resource.limit < 1 << 40:
                self.cp.add(sum(self._spent[number]) <= resource.limit)
            if self._plain[number]:
                self._breaks(number)
            if number < len(self.day.problem.interviewers):
                self._load(number)

    def _breaks(self, number: int) -> None:
        day, resource = self.day, self.day.resources[number]
        rests = []
        for rest in resource.breaks:
            low = max(resource.spans[0][0], rest.window[0])
            high = min(resource.spans[0][1], rest.window[1])
            length = day.length(rest.length)
            places = day.starts_in(low, high, length * day.grid)
            slots = [slot for slot in range(day.slots) if places >> slot & 1]
            if not slots:
                self.cp.add(sum(self._spent[number]) == 0)
                return
            start = self.cp.new_int_var_from_domain(self._domain(slots), "")
            rests.append(self.cp.new_fixed_size_interval_var(start, length, ""))
        self.cp.add_no_overlap([*self._plain[number], *rests])

    def _load(self, number: int) -> None:
        step = self.day.problem.rules.weights.load_step
        most = min(self.day.resources[number].limit, len(self._spent[number]))
        steps = [self.cp.new_bool_var("") for _ in range(most)]
        self.cp.add(sum(steps) == sum(self._spent[number]))
        self._costs += [step * (at + 1) * bit for at, bit in enumerate(steps)]

    def _strict(self) -> tuple[int, int, int]:
        """Give a price per priority, each above everything that could be saved below it."""
        count = len(self._served) + 1
        weights = self.day.problem.rules.weights
        most = max((job.wait[-1] for job in self.day.jobs), default=0) + weights.remote
        most += 3 * weights.gender_soft + 2 * weights.load_step * count
        soft = 1 + most * count
        return soft * count * count, soft * count, soft

    def _objective(self) -> None:
        """Price what is left out, priorities one above the other, and then everything soft."""
        missing = []
        for request, served in enumerate(self._served):
            if request in self._settled:
                continue
            weight = self._weights[self.day.problem.requests[request].priority - 1]
            self.cp.add(sum(served) <= 1)
            missing.append(weight * (1 - sum(served)))
        self.cp.minimize(sum(missing) + sum(self._costs))

    def least_unplaced(self, bound: float, floor: tuple[int, int, int]) -> int:
        """Give an L1 cost that no plan undercuts, from a bound on the objective.

        `floor` counts, by priority, the requests that are impossible even alone. The bound says
        which counts come first in strict order; L1 adds them up by weight, so the next larger
        count of a higher priority is looked at too.
        """
        left, counts = max(0, int(bound)), []
        for weight in self._weights:
            counts.append(left // weight)
            left %= weight
        first, second, third = counts
        candidates = (
            (first, second, max(third, floor[2])),
            (first, second + 1, floor[2]),
            (first + 1, floor[1], floor[2]),
        )
        weights = self.day.problem.rules.weights.unplaced
        return int(min(sum(map(mul, weights, counts)) for counts in candidates))

    def _hint(self) -> None:
        """Hint the plan on the table, part by part."""
        chosen: set[tuple[int, int]] = set()
        for placement in self.table.placements:
            if placement.job.index in self.placed and not placement.fixed:
                chosen |= {(placement.job.index, number) for number in placement.resources}
                slot = placement.start // self.day.grid
                self.cp.add_hint(self.placed[placement.job.index][1], slot)
        for index, (_, _, here) in self.placed.items():
            self.cp.add_hint(here, any(index == own for own, _ in chosen))
        parts = self._parts()
        for key, choice in self.used.items():
            self.cp.add_hint(choice, key in parts)

    def _parts(self) -> set[tuple[int, str, int]]:
        """Give the choices that make up the plan on the table."""
        number, parts = self.day.number, set[tuple[int, str, int]]()
        for placement in self.table.placements:
            at, booking = placement.job.index, placement.booking
            modes = [option.mode for option in placement.job.options]
            parts |= {
                (at, "lead", number["interviewer", booking.lead]),
                (at, "room", number["room", booking.room]),
                (at, "second", number.get(("interviewer", booking.second or ""), -1)),
                (at, "adult", number.get(("adult", booking.adult or ""), -1)),
            }
            if booking.mode is not None and booking.interpreter is not None:
                parts.add((at, booking.mode, number["interpreter", booking.interpreter]))
                parts.add((at, "mode", modes.index(booking.mode)))
        return parts

    def placements(self, solver: Any) -> list[Placement]:
        """Read the solver's plan as placements."""
        taken: dict[int, dict[str, int]] = {}
        for (index, part, number), choice in self.used.items():
            if solver.value(choice):
                taken.setdefault(index, {})[part] = number
        return [
            self.table.placement(job, self._choice(job, solver.value(start), taken[index]))
            for index, (job, start, here) in self.placed.items()
            if solver.value(here)
        ]

    def _choice(self, job: Job, slot: int, team: dict[str, int]) -> Choice:
        prices = {lead.number: lead.price for lead in job.leads}
        price = prices[team["lead"]]
        voice, mode = -1, None
        if "mode" in team:
            option = job.options[team["mode"]]
            mode, voice = option.mode, team[option.mode]
            price += dict(option.voices)[voice]
        second = team.get("second", -1)
        if second >= 0:
            price += {own: cost for pool in job.pools for own, cost in pool}[second]
        adult = team.get("adult", -1)
        return Choice(slot, team["room"], team["lead"], second, voice, mode, adult, price)
