"""A register of a million, made from a seed: time, memory and (against its own truth) quality.

    python tests/bench/matching_million.py [--records 1000000] [--processes 2] [--seed 1]

For speed and memory. The names are syllables put together at random, so that there are many
distinct ones, with a long tail as in life; every fifth person has a second record with slips.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from debrief_desk.identity.records import Birth, Record, Reference
from debrief_desk.identity.screening import screen

if TYPE_CHECKING:
    from collections.abc import Iterator

STARTS = "Ah Mo Kha Ya Te Nas Gu Sa Ra Ha Da Fa Ni Be Ze Ka Lu Mi So Ta Wa Ja Ge Ba Shi Pa".split()
MIDDLES = "ma sse ri lo da ni ha za re mi su ti ke fa ra bi go wa ne la".split()
ENDS = "d n r h m l s t ni di la ra z k sh ".split(" ")
COUNTRIES = "AFG IRN IRQ SYR ERI SDN VNM ALB TUR SOM ETH IND BGD".split()
FIRST_DAY = date(2023, 1, 1)


def names(chance: random.Random, count: int) -> list[str]:
    """Give `count` distinct names, likely ones first."""
    found: dict[str, None] = {}
    while len(found) < count:
        middle = "".join(chance.choice(MIDDLES) for _ in range(chance.randint(0, 2)))
        found[chance.choice(STARTS) + middle + chance.choice(ENDS)] = None
    return list(found)


def slipped(chance: random.Random, word: str) -> str:
    """Give a word with one letter doubled, dropped or exchanged, as often as not."""
    if chance.random() < 0.5 or len(word) < 4:
        return word
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (word[:at] + word[at:] + "", word[:at] + word[at] + word[at:], word[:at] + word[at + 1 :])
    )


def register(size: int, seed: int) -> Iterator[Record]:
    """Give about `size` records; `A7` and `B7` are one person."""
    chance = random.Random(seed)
    pool = names(chance, 40_000)
    number = made = 0
    while made < size:
        number += 1
        parts = [
            pool[min(int(chance.paretovariate(0.7)) * chance.randint(1, 40), len(pool) - 1)]
            for _ in range(chance.randint(2, 3))
        ]
        default = chance.random() < 0.25
        born = (
            Birth(chance.randint(1970, 2010), 1, 1)
            if default
            else Birth(chance.randint(1970, 2010), chance.randint(1, 12), chance.randint(1, 28))
        )
        boat = chance.randrange(20_000)
        day = FIRST_DAY + timedelta(days=boat // 20)
        digits = f"{chance.choice('HKMPQSZ')}{chance.randrange(10**7):07}"
        country = chance.choice(COUNTRIES)
        for letter in "AB" if number % 5 == 0 else "A":
            again = letter == "B"
            spelled = [slipped(chance, p) for p in parts] if again else parts
            if again and chance.random() < 0.2:
                spelled = spelled[::-1]
            known = chance.random() < 0.6
            made += 1
            yield Record(
                id=f"{letter}{number}", agency=letter, given_name=" ".join(spelled[:-1]), family_name=spelled[-1],
                sex="M", born=born, nationality=country, event_day=day,
                references=(Reference(digits),) if known else (),
                bands=(f"D{boat}-{number % 60:03}",) if chance.random() < 0.5 else (),
                event=f"{day:%y%m%d}-{boat % 20:02}" if chance.random() < 0.7 else "",
            )  # fmt: skip


def main() -> None:
    """Print time, memory and quality."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    wanted = sum(r.id.startswith("B") for r in register(asked.records, asked.seed))
    start = time.perf_counter()
    told = 0.1

    def progress(share: float) -> None:
        nonlocal told
        if share >= told:
            print(f"{share:.0%} after {time.perf_counter() - start:.0f} s", flush=True)
            told = share + 0.1

    pairs = screen(
        register(asked.records, asked.seed), processes=asked.processes, progress=progress
    )
    found = [(p.verdict.probability, p.id_a[1:] == p.id_b[1:]) for p in pairs]
    seconds = time.perf_counter() - start
    found.sort(reverse=True)
    right = np.cumsum([same for _, same in found])
    precision, recall = right / np.arange(1, len(found) + 1), right / wanted
    f1 = 2 * precision * recall / (precision + recall)
    own, others = (
        resource.getrusage(w).ru_maxrss / 1e6
        for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(
        f"{asked.records:,} records: {seconds:.0f} s, {len(found):,} pairs, best F1 {f1.max():.4f}"
    )
    print(f"memory: this process {own:.2f} GB, largest other {others:.2f} GB")


if __name__ == "__main__":
    main()
