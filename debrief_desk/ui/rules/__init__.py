"""The rules with today's numbers, and the policy that sets them."""
