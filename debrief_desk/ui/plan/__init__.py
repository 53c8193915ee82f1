"""The page that plans a day: a proposal made beside the window and accepted line by line."""
