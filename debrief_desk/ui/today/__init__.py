"""What needs somebody now, and who goes into which room next."""
