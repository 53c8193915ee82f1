"""Splink beside us, set up in good faith, in an environment of its own.

    python tests/bench/matching_splink.py FOLDER [--environment DIR]

FOLDER holds register.csv and truth.csv (or .csv.gz). The first call makes a virtual environment in
DIR and installs Splink there; nothing of it touches the program's own. Names are cleaned as its
documentation advises, forename and surname are compared with a level for exchanged fields and term
frequencies, u comes from random sampling, m from expectation maximisation in four passes. The event
is left out: beside the day of arrival it only lowers the result.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
import venv
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

FILLERS = {"fnu", "lnu", "unknown", "n/k", "n/a", "-", ""}
BLOCKS = (
    ("reference",), ("wristband",), ("forename", "surname"), ("surname", "dob"),
    ("forename", "dob"), ("forename", "arrival_date"), ("surname", "arrival_date"),
    ("forename", "year"), ("surname", "year"), ("dob", "arrival_date"),
)  # fmt: skip


def clean(text: str) -> str:
    """Give a name in plain small letters, fillers empty."""
    bare = unicodedata.normalize("NFD", text.casefold())
    plain = re.sub(r"[^\w ]", " ", "".join(c for c in bare if not unicodedata.combining(c)))
    return "" if text.strip().casefold() in FILLERS else " ".join(plain.split())


def prepare(folder: Path, out: Path) -> None:
    """Write the cleaned register and the true pairs for the other environment."""
    from matching_samples import read_rows

    rows = [
        {
            "unique_id": r["record_id"],
            "forename": clean(r["given_name"]) or None,
            "surname": clean(r["family_name"]) or None,
            "sex": r["sex"] or None,
            "dob": r["dob"] if len(r["dob"]) == len("2000-01-01") else None,
            "year": r["dob"][:4] or None,
            "nationality": r["nationality"] or None,
            "reference": re.sub(r"\W", "", r["reference"])[:8] or None,
            "wristband": r["wristband"] or None,
            "arrival_date": r["arrival_date"] or None,
            "event_ref": r["event_ref"] or None,
        }
        for r in read_rows(folder, "register")
    ]
    (out / "register.json").write_text(json.dumps(rows), encoding="utf-8")
    truth = [[r["id_a"], r["id_b"]] for r in read_rows(folder, "truth")]
    (out / "truth.json").write_text(json.dumps(truth), encoding="utf-8")


def run_inside(work: Path) -> None:
    """Train, predict and measure; runs in the environment that has Splink."""
    import duckdb
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    truth = {frozenset(pair) for pair in json.loads((work / "truth.json").read_text())}
    start = time.perf_counter()
    connection = duckdb.connect()
    source = str(work / "register.json")
    connection.execute(
        "create table people as select * from read_json_auto(?, maximum_object_size=400000000)",
        [source],
    )
    connection.execute(
        "alter table people alter dob type varchar; alter table people alter arrival_date type varchar; alter table people alter year type varchar"
    )
    engine = DuckDBAPI(connection)
    names = cl.ForenameSurnameComparison("forename", "surname").configure(
        term_frequency_adjustments=True
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            names,
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.LevenshteinAtThresholds("reference", [1]),
            cl.LevenshteinAtThresholds("wristband", [1]),
            cl.ExactMatch("arrival_date"),
            cl.ExactMatch("sex"),
            cl.ExactMatch("nationality"),
        ],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in BLOCKS],
    )
    linker = Linker(engine.register("people"), settings, log_level=40)
    sure = [block_on("reference"), block_on("wristband"), block_on("forename", "surname", "dob")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for rule in (("reference",), ("forename", "surname"), ("dob", "sex"), ("wristband",)):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    predicted = linker.inference.predict(threshold_match_probability=0.01)
    found = connection.execute(
        f"select unique_id_l, unique_id_r, match_probability from {predicted.physical_name} order by 3 desc"  # noqa: S608 - its own table
    ).fetchall()
    seconds = time.perf_counter() - start
    right = best = even = at_99 = 0.0
    for rank, (left, other, probability) in enumerate(found, start=1):
        right += frozenset((left, other)) in truth
        f1 = 2 * right / (rank + len(truth))
        best = max(best, f1)
        even = f1 if probability >= 0.5 else even
        at_99 = right / len(truth) if right / rank >= 0.99 else at_99
    print(
        f"Splink: {seconds:.1f} s, best F1 {best:.4f}, at probability one half {even:.4f}, recall where precision is 99 % {at_99:.4f}"
    )


def main() -> None:
    """Make the environment when it is missing, and run there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--environment", type=Path, default=Path(tempfile.gettempdir()) / "splink-environment"
    )
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        run_inside(asked.folder)
        return
    python = asked.environment / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(asked.environment, with_pip=True)
        subprocess.run(
            [python, "-m", "pip", "install", "-q", "splink>=5,<6", "duckdb>=1.5,<2"], check=True
        )
    with tempfile.TemporaryDirectory() as work:
        prepare(asked.folder, Path(work))
        subprocess.run([python, __file__, work, "--inside"], check=True)


if __name__ == "__main__":
    main()
