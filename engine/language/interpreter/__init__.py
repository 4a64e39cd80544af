"""The interpreter: one small function for each kind of syntax, over an allow-list."""
