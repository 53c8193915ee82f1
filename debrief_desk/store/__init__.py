"""The one part that knows the file: mapped classes, opening, keys, history, audit, backup."""
