"""The runtime: what one run of a program has at hand, and what it leaves behind."""
