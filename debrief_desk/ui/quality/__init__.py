"""How good the matcher's suggestions were here, and what other limits would have done."""
