"""Hints: what is wrong with a program, and the way out.

A text that Python cannot read asks `syntax`, which looks for what the line was meant to be in the
table of `habits`, and else makes Python's own complaint ours. A name that stands for nothing asks
`names` which one may be meant. A call that cannot be asks `calls` how it is written. They know text
and syntax, and nothing of a run: what stands behind an error of one, `interpreter.causes` finds.
"""
