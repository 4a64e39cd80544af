"""The runtime: what one run of a program has at hand, and what it leaves behind.

`run` has the names and their scopes; `recording` takes in every node, in its group of `groups`,
with the `labels` of nodes, the `guards` that its way depends on and the `budget` that it uses up.
`tracking` knows where gradients flow, `backwards` what each backward pass found and added to, and
`viewers` which arrays show a number that is kept elsewhere.
"""
