"""How the desk looks here, who signs in, which agencies there are, backups, and help."""
