"""Taking in sheets: choose, map the columns, check the rows, take them, undo them whole."""
