"""Languages: every catalogue is whole, nothing is said outside them, and the reader's is chosen."""

import ast
import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app import examples, lessons
from app.main import create_app
from app.messages import FOLDER, LANGUAGES, catalogue, phrases
from app.settings import ASSETS
from engine import trace
from engine.errors import ChainruleError
from engine.language.hints.habits import SLIPS
from engine.language.hints.syntax import HINTS
from engine.operations import OPERATIONS
from tests.mistakes import MISTAKES

OTHERS = [code for code in LANGUAGES if code != "en"]
NOTES = {f"operation.{name}.note" for name in OPERATIONS}


@pytest.fixture(scope="module")
def client():
    with TestClient(create_app()) as client:
        yield client


def placeholders(text):
    return sorted(re.findall(r"\{\w+\}", text))


def test_each_language_has_a_catalogue_and_each_catalogue_a_language():
    assert {path.stem for path in FOLDER.glob("??.json")} == set(LANGUAGES)


@pytest.mark.parametrize("code", OTHERS)
def test_catalogues_have_the_same_texts_with_the_same_gaps(code):
    english, other = catalogue("en"), catalogue(code)
    assert set(other) == set(english) | NOTES
    for key, text in english.items():
        assert placeholders(other[key]) == placeholders(text), key
        assert bool(other[key].strip()) == bool(text.strip()), key


@pytest.mark.parametrize("code", OTHERS)
def test_phrases_fill_the_gaps_that_the_sentence_has(code):
    for sentence, translation in phrases(code).items():
        assert set(placeholders(translation)) <= set(placeholders(sentence)), sentence


@pytest.mark.parametrize("code", OTHERS)
def test_every_warning_is_translated(code):
    said = {sentence for row in OPERATIONS.values() for _, sentence in row.pitfalls}
    assert said <= set(phrases(code))


def is_said(book, sentence):
    """Whether a phrase book says a sentence, and the words that stand in its gaps."""
    for phrase in book:
        pattern = re.sub(r"\\{(\w)\\}", r"(?P<gap_\1>.+?)", re.escape(phrase))
        found = re.fullmatch(pattern, sentence, re.DOTALL)
        if found:
            gaps = found.groupdict().items()
            return all(name[-1].isdigit() or is_known(book, text) for name, text in gaps)
    return False


def is_known(book, words):
    """Whether words of a gap are said, too. What is quoted is a name: it stays as it is."""
    within = words[0].lower() + words[1:]
    bare = re.sub(r"`[^`]*`|'[^']*'", "", words)
    return is_said(book, words) or is_said(book, within) or not re.search("[A-Za-z]{2}", bare)


REFUSED = """
a = 2x | y = (2 | y = [2 | y = {2 | y = 2) | y = 2] | y = 2} | y = (2] | y = 2 + | y = (2 3) | y = 2 3
y = tanh x | y = 007 | y = 1_ | y = 0xg | y = 0b2 | y = 'a | y = f"{" | y = f"{}" | y = f"}" | y = 2 \\ 3
if 1 > 0¶  y = 2 | if 1 > 0:¶y = 2 |   y = 2¶    z = 3 | if 1 > 0:¶    y = 2¶  z = 3
x = 1¶x + 1 = 2 | x = 1¶f(x) = 2 | 2 = x | x = 2 = 3 | "a" = 2 | (a, b) += 2 | f(x=1, 2) | f(x=1, x=2)
def f(a=1, b): return a | y = 1 if 2 > 1 | print 3 | y = x$ | y = “a” | y = x² | y = 1\u00a7 | y = а
y = __a | y = x.__class__ | class A: pass | with x: pass | try:¶  y = 1¶except E:¶  y = 2
async def f(): pass | raise x | del x | global x | nonlocal x | match x:¶  case 1: pass | return 2 | break
y = {1: 2} | y = {1, 2} | y = {a: 1 for a in [1]} | y = {a for a in [1]} | y = (x := 2) | y = [*[1]] * x
y = 2j | y = b"a" | y = ... | y = ~x | y = x @ x | y = x & x | y = x << 1 | y = x | y = "a" % x | y = x % "a"
x = 1¶y = x + "a" | x = 1¶y = x + [1] | x = 1¶y = x + relu | y = -"a" | y = -[1] + "b"
y = foo(x) | y = 2(x) | y = (2 + 1)(x) | x = 1¶y = x(2) | y = relu.foo | x = 1¶y = x.foo | y = [1].foo
y = math.foo | import os | from os import path | y = relu(1, 2) | y = relu() | y = relu(x, k=2) | y = max()
y = max([]) | y = relu("a") | y = relu(None) | y = pow(x) | def f(a): return a¶y = f(1, 2)
def f(a): return a¶y = f() | def f(a): return a¶y = f(1, b=2) | def f(*, a): return a¶y = f(a=1)
def f(a): return f(a)¶y = f(1) | y = len(2) | y = len(x) | y = range() | y = range(0.5) | y = range(10**9)
y = range(1, 2, 0) | y = arange() | y = arange(0, 1e9, 0.001) | y = dot([1, 2], [1]) | y = float("a")
y = int(float("inf")) | y = [1][3] | y = [1][0.5] | y = x[0] | y = x[0:1] | y = [1, 2][::0] | y = [1].pop(3)
a, b = 1, 2, 3 | for a, b in [1]: y = a | for x[0] in [1]: y = 1 | for a in 3: y = a | a = [1]¶a[0, 1] = 2
x = 1¶x[0] = 2 | x = 1¶x.foo = 2 | x = Value(1)¶x.label = 2 | a = [1]¶a.extend(2) | y = f"{x:>9999}"
y = f"{x:q}" | y = f"{[1]:.2f}" | y = f"{'a':.2f}" | y = x < "a" | y = 1 < [1] | y = 1 in 2 | y = f(**x)
assert 1 > 2 | assert 1 > 2, "no" | y = MLP(0, [1]) | y = MLP(2, [1], activation="foo") | y = MLP(2, [1], foo=1)
n = Neuron(2)¶y = n([1]) | n = Neuron(2)¶y = n(1, 2) | y = Layer(2, 200000) | y = grad(1, 2) | x.zero_()
y = cross_entropy([1.0, 2.0], 5) | random.randint(3, 1) | random.shuffle(3) | random.choice([])
def f():¶  return z¶  z = 1¶y = f() | while 1 > 0: x = 1 | y = sum([x for i in range(20000)])
y = ord("a") | y = x.tanh | def f(x):¶y = 2 | for i in [1]:¶y = 2 | while 1 > 0:¶y = 2 | if x:¶y = 1¶else:¶z = 2
y = "a" * 99999 | y = 11111111111111111111111111111111111111111 | y = ((((((((((1)))))))))) ** x.y
@a¶def f(): pass | y = lambda: (yield) | y = [async for a in [1]] | y = np.array([1, 2]) + np.array([1])
y = "%q" % 1 | y = "%d" % "a" | y = "%c" % 1 | y = "%s %s" % 1 | y = "%d" % float("inf") | y = "{".format(1)
y = "{} {}".format(1) | y = ",".join([1]) | y = 1 @ 2 | if np.array([1, 2]) > 1: x | y = np.ones(3).reshape(2)
x = 1; for i in [1]: x = x*x | def f(**k): pass | y = "a" * "b" | y = "a" + 1 | np.ones(2).backward() | y = np.ones(2).grad | y = grad(max)() | y = np.ones(2).sum(3)
"""
"""Programs that are refused, each for a reason of its own; ¶ begins a line."""


def refusals():
    sources = [""]
    sources += [line.replace("¶", "\n") for line in re.split(r" \| |\n", REFUSED.strip("\n"))]
    sources += [source for source, *_ in MISTAKES]
    sources += ["y = x | 3", "(" * 60 + "1" + ")" * 60, "y = 1" * 5000]
    for source in sources:
        try:
            trace(source)
        except ChainruleError as error:
            yield source, error


@pytest.mark.parametrize("code", OTHERS)
def test_every_error_that_a_program_can_make_is_translated(code):
    book = phrases(code)
    seen = list(refusals())
    assert len(seen) > 150
    left = {
        text
        for _, error in seen
        for text in (error.message, error.hint)
        if text is not None and not is_said(book, text)
    }
    assert left == set()
    assert {f"code:{error.code}" for _, error in seen} <= set(book)


@pytest.mark.parametrize("code", LANGUAGES)
def test_page_names_no_settings_of_the_server(code):
    """An error of the API names the limit's setting; who reads the page cannot set it."""
    limits = {error.message for _, error in refusals() if error.code == "limit_exceeded"}
    assert len(limits) > 5
    said = {text: translation for text in limits for translation in [spoken(phrases(code), text)]}
    assert all(translation is not None for translation in said.values()), said
    assert not [translation for translation in said.values() if "`" in translation]


def spoken(book, sentence):
    """What a phrase book makes of a sentence."""
    for phrase, translation in book.items():
        pattern = re.sub(r"\\{(\w)\\}", r"(?P<gap_\1>.+?)", re.escape(phrase))
        if re.fullmatch(pattern, sentence, re.DOTALL):
            return translation
    return None


ROOT = Path(__file__).parent.parent.parent
ERRORS = {kind.__name__ for kind in ChainruleError.__subclasses__()} | {"RequestProblem"}
SAMPLES = {
    "describe(": "a number",
    "purpose": "an index",
    "refusal(": "`x`",
    "quoted(": "`x`",
    "problem": "The letter 'a' (A) can be mistaken for another",
    "kind.__name__": "bytes",
    "thing": "a number",
    "'s'": "s",
    "join(map": "2 and 3",
    "said": "",
    "reached": ": it came as far as epoch = 3",
}
"""What may stand in the gap of a sentence whose expression has this in it; elsewhere it is 7."""


def sentences(path):
    """Yield every sentence that a module raises, and every way out that it names."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ERRORS:
            said = call.args[2:3] if getattr(call.func, "id", "") == "RequestProblem" else call.args
            hints = [keyword.value for keyword in call.keywords if keyword.arg == "hint"]
            yield from filter(None, map(sample, [*said[:1], *hints]))


def sample(expression):
    """Return a sentence as it may be said, or None if the expression is not one."""
    if isinstance(expression, ast.Constant):
        return expression.value
    if not isinstance(expression, ast.JoinedStr):
        return None
    parts = []
    for part in expression.values:
        code = "" if isinstance(part, ast.Constant) else ast.unparse(part.value)
        filled = next((text for mark, text in SAMPLES.items() if mark in code), "7")
        filled = filled.capitalize() if "capitalize" in code else filled
        parts.append(part.value if isinstance(part, ast.Constant) else filled)
    return "".join(parts)


@pytest.mark.parametrize("code", OTHERS)
def test_every_error_that_the_server_knows_is_translated(code):
    book = phrases(code)
    python = {"replay.py", "value.py"}  # who reads these writes Python, and is on no page
    paths = [*(ROOT / "engine").rglob("*.py"), *(ROOT / "app").rglob("*.py")]
    known = {text for path in paths if path.name not in python for text in sentences(path)}
    known |= {re.sub(r"<\w+>", "7", text) for row in SLIPS for text in (row.message, row.hint)}
    known |= {hint for _, hint in HINTS}
    assert len(known) > 150
    parser = "77."  # Python's own sentences
    assert {text for text in known - {parser} if not is_said(book, text)} == set()


def test_french_is_set_as_french_is_set():
    texts = [*catalogue("fr").values(), *phrases("fr").values()]
    for lesson in lessons.course("fr"):
        texts += [lesson.title, lesson.text, lesson.task]
        texts += [part for entry in lesson.questions for part in (entry.ask, entry.answer)]
    texts += [part for entry in examples.gallery("fr") for part in (entry.title, entry.text)]
    for text in texts:
        words = re.sub(r"`[^`]*`|\$[^$]*\$", "", text)
        assert not re.search(r"[ \w»)][:;?!](\s|$)|\d,\d|\w'\w|« | »", words), text


def test_templates_and_views_say_nothing_of_their_own():
    for path in (ASSETS / "templates").glob("*.html"):
        words = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<code>.*?</code>", "", path.read_text())
        words = re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>", " ", words, flags=re.DOTALL)
        assert set(re.findall(r"[A-Za-z]{2,}", words)) <= {"SVG", "PNG"}, path.name
        spoken = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"{]+)"', path.read_text())
        assert all(text.startswith("Ctrl+") for text in spoken), path.name
    for path in (ASSETS / "static" / "js" / "view").glob("*.js"):
        code = re.sub(r"/\*.*?\*/|//.*", "", path.read_text(), flags=re.DOTALL)
        assert not re.findall(r'(?:textContent|title|"aria-label",) ?=? ?"[A-Za-z]{2,}', code), (
            path.name
        )


@pytest.mark.parametrize(
    ("address", "headers", "language"),
    [
        ("/", {}, "en"),
        ("/", {"Accept-Language": "fr-CH, fr;q=0.9, en;q=0.8"}, "fr"),
        ("/", {"Accept-Language": "en;q=0.5, fr;q=0.9"}, "fr"),
        ("/", {"Accept-Language": "de, fr;q=nonsense"}, "en"),
        ("/", {"Cookie": "lang=fr", "Accept-Language": "en"}, "fr"),
        ("/?lang=en", {"Cookie": "lang=fr", "Accept-Language": "fr"}, "en"),
        ("/?lang=xx", {"Accept-Language": "fr"}, "fr"),
        ("/embed?lang=fr", {}, "fr"),
    ],
)
def test_language_is_of_the_address_then_as_chosen_then_of_the_browser(
    client, address, headers, language
):
    answer = client.get(address, headers=headers)
    assert f'<html lang="{language}"' in answer.text
    assert f"<title>{catalogue(language)['app.title']}: " in answer.text
    assert catalogue(language)["app.description"] in answer.text
    assert answer.headers["Vary"].startswith("Accept-Language, Cookie")


def meaning(moment):
    """Return a program and where it begins, without its comments and the words that it prints."""
    tree = ast.parse(moment["source"])
    prints = [
        call
        for call in ast.walk(tree)
        if getattr(call, "func", None) and ast.unparse(call.func) == "print"
    ]
    for text in (part for call in prints for part in ast.walk(call)):
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            text.value = ""
    return ast.dump(tree), moment["inputs"], moment.get("step")


@pytest.mark.parametrize("code", OTHERS)
def test_programs_say_nothing_in_english(code):
    pairs = [
        *zip(examples.gallery(), examples.gallery(code), strict=True),
        *((a.begin, b.begin) for a, b in zip(lessons.course(), lessons.course(code), strict=True)),
        *(
            (a.solution, b.solution)
            for a, b in zip(lessons.course(), lessons.course(code), strict=True)
        ),
    ]
    said = r"#.*|print\(f?[\"'][^{}]*?[a-z]{2,}.*?[\"']"
    for english, other in pairs:
        ours, theirs = (re.findall(said, program.source) for program in (english, other))
        assert len(ours) == len(theirs)
        assert not set(ours) & set(theirs)


def test_gallery_and_course_are_the_same_programs_in_every_language(client):
    for path in ("examples", "lessons"):
        english, french = (
            client.get(f"/api/{path}?lang={code}").json()[path] for code in ("en", "fr")
        )
        for one, other in zip(english, french, strict=True):
            assert one["id"] == other["id"]
            for key in ("begin", "solution"):
                assert meaning(one.get(key, one)) == meaning(other.get(key, other))
            assert one["text"] != other["text"]
            answers = zip(one.get("questions", []), other.get("questions", []), strict=True)
            for ours, theirs in answers:
                assert meaning(ours["shown"]) == meaning(theirs["shown"])
    assert client.get("/api/lessons?lang=xx").json()["error"]["code"] == "invalid_request"


def test_operations_of_the_page_have_notes_in_its_language(client):
    def note(language):
        html = client.get(f"/?lang={language}").text
        rows = json.loads(re.search(r'id="operations">(.*?)</script>', html)[1])
        return next(row["note"] for row in rows if row["name"] == "multiply")

    assert note("en") == OPERATIONS["multiply"].note
    assert note("fr") == catalogue("fr")["operation.multiply.note"]


@pytest.mark.parametrize(("language", "words"), [("en", "no such page"), ("fr", "n’existe pas")])
def test_browser_that_finds_nothing_gets_a_page_with_a_way_home(client, language, words):
    accept = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": language}
    for path in ("/nope", "/nope/deeper", "/lessons/"):
        answer = client.get(path, headers=accept)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert f'<html lang="{language}"' in answer.text
        assert words in answer.text
        assert '<a href="/">' in answer.text


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/nope", {}),
        ("/nope", {"Accept": "application/json"}),
        ("/api/nope", {"Accept": "text/html"}),
    ],
)
def test_api_clients_that_find_nothing_get_the_one_shape(client, path, headers):
    answer = client.get(path, headers=headers)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"
