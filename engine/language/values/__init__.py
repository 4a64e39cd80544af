"""Values: each kind of thing that a program can hold, and what all that work on it need of it."""
