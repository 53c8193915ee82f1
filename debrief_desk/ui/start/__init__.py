"""Before a desk is open: create one, practise, sign in, or get back in."""
