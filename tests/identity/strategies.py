"""Records of every kind for property tests: likely ones and hostile ones."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from debrief_desk.identity.records import Birth, Record, Reference

NAMES = st.sampled_from(
    "Mohammed Ahmad Hussein Yonas ዮናስ محمد علی Nguyen Văn Đức Abdul Rahman Singh লিটন Şahin "
    "FNU Unknown O'Brien Al-Sayed Rahmatullah Nuruddin М‌арія 李".split()
)
LIKELY_NAME = st.lists(NAMES, max_size=3).map(" ".join)
NAME = LIKELY_NAME | st.text(max_size=40)
DAY = st.dates(date(2020, 1, 1), date(2030, 12, 31))
BIRTH = st.none() | st.builds(
    Birth,
    year=st.none() | st.integers(-5, 9999),
    month=st.none() | st.integers(-1, 14),
    day=st.none() | st.integers(-1, 40),
    age=st.none() | st.integers(-3, 200),
    age_on=st.none() | DAY,
)
REFERENCE = st.from_regex(r"[HKPS] ?[0-9]{7}(/[0-9])?", fullmatch=True) | st.text(max_size=15)
BAND = st.from_regex(r"[0-9]{1,2}[-/][0O]?[0-9]{1,3}", fullmatch=True) | st.text(max_size=12)


def records(name: st.SearchStrategy[str] = NAME) -> st.SearchStrategy[Record]:
    return st.builds(
        Record,
        id=st.just("r"),
        given_name=name,
        family_name=name,
        full_name=st.just("") | name,
        native_name=st.just("") | name,
        sex=st.sampled_from(["", "M", "F", "x", "male"]),
        born=BIRTH,
        nationality=st.sampled_from(["", "AFG", "Afghan", "Eritrea", "Ethiopia?", "SDN", "Narnia"]),
        language=st.sampled_from(["", "Dari", "Arabic (Sudanese)"]),
        references=st.lists(
            st.builds(Reference, REFERENCE, st.sampled_from(["", "HO", "NCA"])), max_size=4
        ).map(tuple),
        bands=st.lists(BAND, max_size=5).map(tuple),
        event=st.sampled_from(["", "E-0814-07", "E-0814-08"]),
        event_day=st.none() | DAY,
    )
