"""Phrasings: texts with alternatives, and which of them are kept back from training.

`(a|b|)` stands for one of its alternatives, `{name}` for a value, and a phrasing that begins with `~` is held out: it and
everything it expands to is only ever used to ask the trained model.
"""

import random
import re

INNERMOST = re.compile(r"\(([^()]*)\)")

# What people put before and after a question; the empty ones are the most frequent.
BEFORE = ["", "", "", "", "", "", "Hey, ", "Hi, ", "Hello, ", "Please, ", "Ok, ", "So, ", "Quick question: ", "Well, ",
          "Tell me, ", "And ", "Now ", "I wonder: ", "One question: ", "Hello! ", "Hi! "]
AFTER = ["", "", "", "", "", "", "", "", " Thanks!", " Please.", " Thank you.", " Thanks in advance."]


def chosen(phrasings: list[str], held: bool) -> list[str]:
    """The phrasings of one side of the split, without their mark."""
    return [p.removeprefix("~") for p in phrasings if p.startswith("~") == held]


def expand(phrasing: str, rng: random.Random, **values) -> str:
    """One text of a phrasing."""
    while match := INNERMOST.search(phrasing):
        alternative = rng.choice(match.group(1).split("|"))
        phrasing = phrasing[: match.start()] + alternative + phrasing[match.end():]
    for name, value in values.items():
        phrasing = phrasing.replace("{" + name + "}", str(value))
    return re.sub(r" {2,}", " ", phrasing).strip()


def ask(phrasings: list[str], rng: random.Random, held: bool, **values) -> str:
    """A question in one of these phrasings, said carefully or carelessly."""
    return careless(expand(rng.choice(chosen(phrasings, held)), rng, **values), rng)


def careless(text: str, rng: random.Random) -> str:
    """As people type: with a word before or after, without capitals or the last sign."""
    if rng.random() < 0.3:
        before = rng.choice(BEFORE)
        if before and not text.startswith(("I ", "I'", "JMR")):
            text = before + (text[0].lower() if before.endswith((", ", "And ", "Now ")) else text[0]) + text[1:]
        if text[-1] in ".?!":
            text += rng.choice(AFTER)
    if rng.random() < 0.2:
        text = text[0].lower() + text[1:]
    if rng.random() < 0.05:
        text = text.lower()
    if rng.random() < 0.2 and text[-1] in ".?!":
        text = text[:-1]
    elif rng.random() < 0.05 and text[-1] in ".?":
        text = text[:-1] + "!"
    return text
