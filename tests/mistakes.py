"""Mistakes that learners make, which every layer tests: what was typed, and the answer to it."""

TYPED = [
    # source, code, what the span covers, part of message or hint
    # -- signs of other languages
    ("y = x if x > 0 && x < 2 else 0", "syntax_error", "&&", "write and"),
    ("y = x > 0 || x < 2", "syntax_error", "||", "write or"),
    ("y = !x", "syntax_error", "!", "write not"),
    ("i = 0\ni++", "syntax_error", "++", "write i += 1"),
    ("i = 0\ni--;", "syntax_error", "--", "write i -= 1"),
    ("if x <> 2: y = x", "syntax_error", "<>", "write !="),
    ("if x === 2: y = x", "syntax_error", "===", "write =="),
    ("if x =< 2: y = x", "syntax_error", "=<", "write <="),
    ("if x => 2: y = x", "syntax_error", "=>", "write >="),
    ("if x ≥ 2: y = x", "syntax_error", "≥", "write >="),
    ("f = x => x*2", "syntax_error", "=>", "write lambda x: …"),
    ("y = x > 0 ? 1 : -x", "syntax_error", "?", "write 1 if x > 0 else -x"),
    ("y = x?", "syntax_error", "?", "write a if condition else b"),
    ("y = x!", "syntax_error", "!", "1*2*3"),
    ("y = |x - 2|", "syntax_error", "|x - 2|", "write abs(x - 2)"),
    ("y = ||w||", "syntax_error", "||w||", "write norm(w)"),
    ("y = √x", "syntax_error", "√", "write sqrt(…)"),
    ("y = x * * 2", "syntax_error", "* *", "write **"),
    ("x += = 1", "syntax_error", "+= =", "write +="),
    ("y := 2*x", "syntax_error", ":=", "write ="),
    ("y = x;;", "syntax_error", ";;", "write ;"),
    ("// un commentaire", "syntax_error", "//", "write #, not //"),
    ("y = x // un commentaire", "syntax_error", "//", "write #, not //"),
    ("/* comment */", "syntax_error", "/*", "write #, not /*"),
    ("x = 1,05", "syntax_error", "1,05", "write 1.05"),
    # -- words of other languages
    ("if x > 0:\n    y = x\nelse if x < 0:\n    y = -x", "syntax_error", "else if", "write elif"),
    ("if x > 0 then y = x", "syntax_error", "then", "write if x > 0:"),
    ("int x = 2;", "syntax_error", "int", "write x = 2"),
    ("const float x = 2", "syntax_error", "const float", "write x = 2"),
    ("function f(x) { return x }", "syntax_error", "function", "write def f(x): and below"),
    ("foreach x in xs: y = x", "syntax_error", "foreach", "write for"),
    ("for (int i = 0; i < n; i++) y = x", "syntax_error", "for", "write for i in range(n):"),
    ("for (;;) y = x", "syntax_error", "for", "write for i in range(3):"),
    ("if (x > 0) {\n  y = x\n}", "syntax_error", "{", "write if (x > 0): and indent"),
    ("si x > 0: y = x", "syntax_error", "si", "write if"),
    ("If x > 0: y = x", "syntax_error", "If", "write if"),
    ("print x, y", "syntax_error", "print", "write print(x, y)"),
    # -- words of Python in the wrong place
    ("elif x > 0: y = x", "syntax_error", "elif", "no `if` above it"),
    ("if x > 0: y = x\ny = 2\nelse: y = -x", "syntax_error", "else", "where the line of its if"),
    ("lambda = 0.1", "syntax_error", "lambda", "choose another name, such as lam"),
    ("L = loss + lambda*w**2", "syntax_error", "lambda", "choose another name, such as lam"),
    ("in = 3", "syntax_error", "in", "choose another name, such as in_"),
    # -- names
    ("1a = 3", "syntax_error", "1a", "choose another name, such as a1"),
    ("my-var = 2", "syntax_error", "my-var", "write my_var"),
    ("learning rate = 0.1", "syntax_error", "learning rate", "write learning_rate"),
    ("y' = 2*x", "syntax_error", "y'", "choose another name, such as dy"),
    ("y' = 2*x' + 1", "syntax_error", "y'", "choose another name, such as dy"),
    ("f'(x) = 2*x", "syntax_error", "f'", "choose another name, such as df"),
    ("2*x = y", "syntax_error", "2*x", "write y = 2*x"),
    ("x + 1 = 2", "syntax_error", "x + 1", "write y = x + 1"),
    ("2 = x", "syntax_error", "2", "write x = 2"),
    ("if x = 2: y = 1", "syntax_error", "x = 2", "write == to compare"),
    ("f(x) := x**2", "syntax_error", "f(x)", "write def f(x): and below"),
    # -- texts, brackets, places
    ("print('it's fine')", "syntax_error", "'", "put the other kind of quotation mark"),
    ("print('hello)", "syntax_error", "'", "close the quotation mark"),
    ("y = 2)", "syntax_error", ")", "leave it out"),
    ("y = x if x > 0", "syntax_error", "x if x > 0", "a if condition else b"),
    ("x 3", "syntax_error", "3", "write an operator"),
    ("y = sin²(x)", "syntax_error", "sin²", "write sin(x)**2"),
    ("y = sin^2 x", "syntax_error", "sin^2", "write sin(x)**2"),
    ("y = x² + 1", "syntax_error", "²", "write x**2"),
    ("if x:\n\ty = x\n        z = x", "syntax_error", None, "indent by spaces alone"),
]
"""What cannot be read."""

MEANT_OTHERWISE = [
    # -- what is near a slip, and is none: the complaint is about something else
    ("y = x | 1 + (2", "syntax_error", "(", "close the bracket"),
    ("*a, b = [1, 2", "syntax_error", "[", "close the bracket"),
    ("y = '&& || ?' + (2", "syntax_error", "(", "close the bracket"),
    ("# x && y\ny = (2", "syntax_error", "(", "close the bracket"),
    ("y = map(lambda *a: a, [x", "syntax_error", "[", "close the bracket"),
    ('s = """abc', "syntax_error", '"', "close the quotation mark"),
    ("y = a b", "syntax_error", "b", "write an operator"),
]

MISTAKES = TYPED + MEANT_OTHERWISE
