"""Who is one person: records made comparable, found by keys, weighed by evidence, explained.

Pure: no clock, no database, no files but the shipped tables in `resources/matching/`. numpy,
rapidfuzz and anyascii are imported when first needed.
"""
