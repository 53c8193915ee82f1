"""Seeded days to plan: small, typical, surge, planted, reasons, and a day disrupted at noon.

Every day is a `roster-problem/1` object. `planted` hides a complete plan and is possible whole;
`reasons` adds requests whose cause is known (`_expected`).
"""

from __future__ import annotations

import random
from typing import Any

Json = dict[str, Any]
KINDS = ("small", "typical", "surge", "planted", "reasons")
SIZES = {  # requests, interviewers, interpreters, rooms, adults
    "small": (30, 8, 5, 4, 1),
    "typical": (150, 30, 12, 10, 3),
    "surge": (400, 60, 25, 20, 5),
    "planted": (80, 48, 24, 12, 6),
    "reasons": (30, 8, 5, 4, 1),
}
AGENCIES = ("BORDER", "POLICE", "SAFEGUARD", "INTEL")
LANGUAGES = {
    "arabic": 14,
    "sorani": 14,
    "farsi": 11,
    "dari": 10,
    "tigrinya": 8,
    "pashto": 8,
    "vietnamese": 8,
    "english": 6,
    "albanian": 6,
    "amharic": 5,
    "somali": 5,
}
SHIFTS = ((60, 540), (420, 900), (840, 1320))
LONG_SHIFTS = ((0, 720), (300, 1080), (720, 1440))
MODES = ["in_person", "video", "phone"]
BREAK_MIN = 45
WEIGHTS = {
    "unplaced": {"1": 1000, "2": 300, "3": 100},
    "wait_per_hour": {"1": 3, "2": 2, "3": 1},
    "change_start": 8,
    "change_lead": 6,
    "change_second": 3,
    "change_interpreter": 3,
    "change_room": 1,
    "change_adult": 2,
    "dropped": 20,
    "split_joint": 10,
    "gender_soft": 6,
    "remote": 3,
    "load_step": 1,
}
RULES = {
    "mentor_experience": 20,
    "novice_below": 5,
    "person_gap_min": 60,
    "depart_buffer_min": 30,
    "weights": WEIGHTS,
}


def make_day(kind: str, seed: int) -> Json:
    """Give one day; the same kind and seed give the same day."""
    rng = random.Random(f"{kind}-{seed}")
    count, interviewers, interpreters, rooms, adults = SIZES[kind]
    problem: Json = {
        "schema": "roster-problem/1",
        "id": f"{kind}-{seed}",
        "horizon_min": 1440,
        "grid_min": 15,
        "now_min": 0,
        "rules": RULES,
        "persons": [],
        "requests": [],
        "joint_groups": [],
        "interviewers": [interviewer(rng, at) for at in range(interviewers)],
        "interpreters": [interpreter(rng, at) for at in range(interpreters)],
        "adults": [{"id": f"A{at:02d}", **attendant(rng)} for at in range(adults)],
        "rooms": [room(rng, at) for at in range(rooms)],
        "pinned": [],
        "previous_plan": None,
    }
    if kind == "planted":
        plant(rng, problem, count)
        return problem
    add_requests(rng, problem, count)
    if kind == "reasons":
        add_reasons(problem)
    return problem


def duty(rng: random.Random, shifts: tuple[tuple[int, int], ...]) -> Json:
    """Give a shift with one break around its middle."""
    start, end = rng.choice(shifts)
    window = [start + 150, min(end - 30, start + 360)]
    return {"shift": [start, end], "breaks": [{"window": window, "length": BREAK_MIN}]}


def attendant(rng: random.Random) -> Json:
    """Give an appropriate adult without an id."""
    common = {"gender": rng.choice("MF"), "max_debriefs": 6, "turnaround": 15}
    return {**common, **duty(rng, SHIFTS)}


def interviewer(rng: random.Random, at: int) -> Json:
    """Give an interviewer: three in ten hold VULN, two CHILD, one in eight a language."""
    papers = ["BASE"] + [
        paper for paper, odds in (("VULN", 0.3), ("CHILD", 0.25)) if rng.random() < odds
    ]
    speaks = [rng.choice([*LANGUAGES])] if rng.random() < 0.12 else []
    return {
        "id": f"I{at:02d}",
        "agency": AGENCIES[at % 4] if at < 4 else rng.choices(AGENCIES, (4, 3, 2, 1))[0],
        "accreditations": papers,
        "experience": rng.choice((1, 3, 6, 10, 15, 25, 40, 80)),
        "gender": rng.choice("MF"),
        "languages": [one for one in speaks if one != "english"],
        "max_debriefs": rng.choice((5, 6, 6, 7)),
        "turnaround": 15,
        **duty(rng, SHIFTS),
    }


def interpreter(rng: random.Random, at: int) -> Json:
    """Give an interpreter of one or two languages; two in five only remote."""
    spoken = [*LANGUAGES]
    spoken.remove("english")
    weights = [LANGUAGES[one] for one in spoken]
    first = spoken[at] if at < len(spoken) else rng.choices(spoken, weights)[0]
    second = rng.choices(spoken, weights)[0]
    return {
        "id": f"P{at:02d}",
        "languages": [first] if rng.random() < 0.6 or second == first else [first, second],
        "modes": MODES if rng.random() < 0.6 else MODES[1:],
        "gender": rng.choice("MF"),
        "max_minutes": rng.choice((420, 540)),
        "turnaround": 0,
        **duty(rng, SHIFTS + LONG_SHIFTS),
    }


def room(rng: random.Random, at: int) -> Json:
    """Give a room; the last third have a feature of their own."""
    special = ([], [], [], ["step_free"], ["child"], ["secure"])[at % 6]
    return {
        "id": f"R{at:02d}",
        "capacity": 5 if special else 4,
        "features": ["phone", "video", *special],
        "open": [[60, 960]] if rng.random() < 0.1 else [[0, 1440]],
        "turnaround": 15,
    }


def person(rng: random.Random, own: str) -> Json:
    """Give somebody to speak with; one in eight a child, one in ten with a wish for a gender."""
    arrives = rng.randrange(0, 700)
    busy = rng.randrange(arrives, arrives + 500)
    wish = rng.choices((None, "F", "M"), (88, 9, 3))[0]
    return {
        "id": own,
        "minor": rng.random() < 0.12,
        "gender": rng.choices("MF", (84, 16))[0],
        "language": rng.choices([*LANGUAGES], [*LANGUAGES.values()])[0],
        "gender_pref": wish,
        "gender_hard": wish is not None and rng.random() < 0.3,
        "available_from": arrives,
        "departs": min(1500, arrives + rng.randrange(400, 1100)),
        "unavailable": [[busy, busy + rng.choice((30, 45, 60, 120))]],
        "excluded_staff": [],
        "max_sessions": 2,
    }


def request(rng: random.Random, own: str, who: Json, agency: str) -> Json:
    """Give a request; children need CHILD and often the child's room."""
    papers = ["BASE"]
    if who["minor"]:
        papers.append("CHILD")
    elif rng.random() < 0.2:
        papers.append("VULN")
    others = rng.choice(([], [], [rng.choice(AGENCIES)], AGENCIES))
    feature = "child" if who["minor"] else rng.choice(("secure", "step_free"))
    return {
        "id": own,
        "person": who["id"],
        "agency": agency,
        "priority": rng.choices((1, 2, 3), (14, 38, 48))[0],
        "duration": rng.choices((30, 45, 60, 75, 90), (30, 42, 20, 4, 4))[0],
        "needs_second": rng.random() < 0.3,
        "accreditations": papers,
        "min_experience": 5,
        "lead_agencies": sorted({agency, *others}),
        "modes": rng.choice((MODES, MODES, MODES[:2], MODES[:1])),
        "room_features": [feature] if rng.random() < 0.12 else [],
    }


def add_requests(rng: random.Random, problem: Json, count: int) -> None:
    """Add people and requests; about nine in a hundred people are wanted by two agencies."""
    while len(problem["requests"]) < count:
        who = person(rng, f"N{len(problem['persons']):03d}")
        problem["persons"].append(who)
        twice = rng.random() < 0.09 and len(problem["requests"]) + 1 < count
        asking = rng.sample(AGENCIES, 2) if twice else [rng.choices(AGENCIES, (4, 3, 2, 1))[0]]
        rows = []
        for agency in asking:
            own = f"Q{len(problem['requests']):03d}"
            rows.append(request(rng, own, who, agency))
            problem["requests"].append(rows[-1])
        if twice:
            problem["joint_groups"].append(
                {
                    "id": f"G{len(problem['joint_groups']):03d}",
                    "person": who["id"],
                    "requests": [row["id"] for row in rows],
                    "duration": max(row["duration"] for row in rows) + 15,
                    "policy": rng.choice(("require", "prefer")),
                }
            )


def plant(rng: random.Random, problem: Json, count: int) -> None:
    """Hide a complete plan: teams that go from person to person, each stay cut around its debrief."""
    interviewers, interpreters = problem["interviewers"], problem["interpreters"]
    for at, voice in enumerate(interpreters):
        lead, second = interviewers[2 * at], interviewers[2 * at + 1]
        shift = rng.choice(SHIFTS)
        window = [shift[0] + 150, shift[0] + 360]
        for member in (voice, lead, second):
            member["shift"] = list(shift)
            member["breaks"] = [{"window": window, "length": BREAK_MIN}]
        voice["modes"] = MODES
        lead["experience"], lead["accreditations"] = 30, ["BASE", "VULN"]
        lead["languages"] = second["languages"] = []
    for row in problem["rooms"]:
        row["open"], row["capacity"] = [[0, 1440]], 5
    teams = [
        [at, interpreters[at]["shift"][0] + 15 * rng.randrange(4)]
        for at in range(len(interpreters))
    ]
    rooms: dict[str, list[tuple[int, int]]] = {row["id"]: [] for row in problem["rooms"]}
    problem["_reference_plan"] = witness = {"schema": "roster-plan/1", "problem": problem["id"]}
    witness |= {"bookings": [], "unplaced": []}
    while len(problem["requests"]) < count:
        team = rng.choice(teams)
        planted = planted_start(rng, problem, team, rooms)
        if planted is not None:
            add_planted(rng, problem, team[0], planted)


def planted_start(
    rng: random.Random, problem: Json, team: list[int], rooms: dict[str, list[tuple[int, int]]]
) -> tuple[int, int, str] | None:
    """Book the next debrief of a team in some free room; move the team on past its break."""
    voice = problem["interpreters"][team[0]]
    length = rng.choice((45, 45, 60))
    start = team[1]
    low, high = voice["breaks"][0]["window"]
    if low < start + length + 15 and start < high and not low <= start - BREAK_MIN - 60:
        start = max(start, low) + BREAK_MIN + 15
    done = sum(row["_team"] == team[0] for row in problem["requests"])
    if start + length > voice["shift"][1] or done >= min(5, voice["max_minutes"] // 60):
        return None
    free = [
        own
        for own, taken in rooms.items()
        if all(start + length + 15 <= a or b + 15 <= start for a, b in taken)
    ]
    team[1] = start + 15
    if not free:
        return None
    chosen = rng.choice(free)
    rooms[chosen].append((start, start + length))
    team[1] = start + length + 15
    return start, length, chosen


def add_planted(
    rng: random.Random, problem: Json, team: int, planted: tuple[int, int, str]
) -> None:
    """Add the person and the request that this booking serves, and the booking to the witness."""
    start, length, where = planted
    lead, second = problem["interviewers"][2 * team : 2 * team + 2]
    at = len(problem["requests"])
    slack = rng.choice((0, 0, 15, 30, 60))
    who = person(rng, f"N{at:03d}")
    who |= {"minor": False, "gender_pref": None, "gender_hard": False, "max_sessions": 1}
    who |= {"language": problem["interpreters"][team]["languages"][0], "unavailable": []}
    who |= {"available_from": max(0, start - slack), "departs": start + length + 30 + slack}
    row = request(rng, f"Q{at:03d}", who, lead["agency"])
    row |= {"duration": length, "accreditations": ["BASE"], "room_features": [], "modes": MODES}
    row |= {"needs_second": rng.random() < 0.5, "_team": team}
    problem["persons"].append(who)
    problem["requests"].append(row)
    booking = {"id": f"W{at:03d}", "requests": [row["id"]], "start": start, "duration": length}
    booking |= {"room": where, "lead": lead["id"], "mode": "in_person", "adult": None}
    booking |= {"second": second["id"] if row["needs_second"] else None}
    booking |= {"interpreter": problem["interpreters"][team]["id"]}
    problem["_reference_plan"]["bookings"].append(booking)


def add_reasons(problem: Json) -> None:
    """Add requests of known cause on a day with one early adult and a late-evening lead."""
    problem["adults"] = [
        {
            "id": "A00",
            "gender": "F",
            "shift": [60, 540],
            "breaks": [],
            "max_debriefs": 6,
            "turnaround": 15,
        }
    ]
    for row in problem["interviewers"][:2]:
        row |= {"shift": [1200, 1440], "breaks": [], "experience": 30, "agency": "BORDER"}
    for row in problem["interviewers"][2:5]:
        row |= {"shift": [60, 540], "experience": 30, "accreditations": ["BASE"]}
    women = [row["id"] for row in problem["interviewers"] if row["gender"] == "F"]
    everybody = [row["id"] for row in problem["interviewers"]]
    day = {"available_from": 120, "departs": 1200}
    planted: list[tuple[str, Json, Json]] = [
        ("WINDOW", {"available_from": 130, "departs": 190}, {}),
        ("AGENCY", day, {"agency": "CUSTOMS", "lead_agencies": ["CUSTOMS"]}),
        ("ACCREDITATION", day, {"accreditations": ["BASE", "FORENSIC"]}),
        ("EXPERIENCE", day, {"min_experience": 100_000}),
        ("GENDER", {**day, "gender_pref": "F", "gender_hard": True, "excluded_staff": women}, {}),
        ("EXCLUDED", {**day, "excluded_staff": everybody}, {}),
        ("LEAD_SHIFT", {"available_from": 0, "departs": 85}, {}),
        ("LANGUAGE", {**day, "language": "oromo"}, {}),
        ("ADULT", {"available_from": 1320, "departs": 1470, "minor": True}, {}),
        ("ROOM", day, {"room_features": ["sound_proof"]}),
    ]
    if len(women) == len(everybody):
        planted = [row for row in planted if row[0] != "GENDER"]
    problem["_expected"] = {}
    for code, about, asked in planted:
        at = len(problem["requests"])
        who: Json = {"id": f"X{at:03d}", "minor": False, "gender": "M", "language": "english"}
        who |= {"gender_pref": None, "gender_hard": False, "unavailable": [], "excluded_staff": []}
        who |= {"max_sessions": 1, **about}
        asks: Json = {"id": f"Q{at:03d}", "person": who["id"], "agency": "BORDER", "priority": 1}
        asks |= {"duration": 45, "needs_second": False, "accreditations": ["BASE"]}
        asks |= {"min_experience": 5, "lead_agencies": [*AGENCIES], "modes": MODES}
        asks |= {"room_features": [], **asked}
        problem["persons"].append(who)
        problem["requests"].append(asks)
        problem["_expected"][asks["id"]] = code


def disrupt(problem: Json, plan: Json, seed: int) -> Json:
    """Give the same day at noon: two interviewers sick, a boat landed, what is begun pinned.

    Takes a problem and a plan for it as JSON; bookings that start before 12:45 are pinned.
    """
    rng = random.Random(f"disrupt-{problem['id']}-{seed}")
    now = 360
    late = dict(problem, now_min=now, id=f"{problem['id']}-noon", previous_plan=plan)
    late["pinned"] = [row for row in plan["bookings"] if row["start"] < now + 45]
    busy = {row[key] for row in late["pinned"] for key in ("lead", "second")}
    well = [row for row in problem["interviewers"] if row["id"] not in busy]
    sick = {row["id"] for row in rng.sample(well, min(2, len(well)))}
    late["interviewers"] = [row for row in problem["interviewers"] if row["id"] not in sick]
    landed: Json = {"persons": [], "requests": [], "joint_groups": []}
    add_requests(rng, landed, max(5, len(problem["requests"]) // 6))
    for row in landed["persons"]:
        row |= {
            "id": f"L{row['id']}",
            "available_from": now + 30,
            "departs": 1500,
            "unavailable": [],
        }
    for row in landed["requests"]:
        row |= {"id": f"L{row['id']}", "person": f"L{row['person']}"}
    for row in landed["joint_groups"]:
        row |= {"id": f"L{row['id']}", "person": f"L{row['person']}"}
        row["requests"] = [f"L{own}" for own in row["requests"]]
    return late | {key: problem[key] + rows for key, rows in landed.items()}
