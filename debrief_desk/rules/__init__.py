"""What is allowed and what is missing: pure functions on frozen dataclasses.

`registry.check(case, policy, now)` runs every rule on one plan and gives the findings. The rule
modules stand by subject; `catalogue` lists every rule with its severities and source.
"""
