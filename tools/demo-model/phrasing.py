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


# Frames around what is asked for: a noun ("the capital of France"), or a clause ("what the capital of France is").
NOUN = [
    "(What is|What's|What was|What would be|What exactly is) {n}?",
    "(Tell me|Give me|Name|State|Show me|Mention) {n}(.|, please.|)",
    "(I don't know|I do not remember|I can't remember|I never learned|I am not sure about|I have forgotten) {n}(.|)",
    "(I want|I would like|I'd like|I wish|I have|I am trying) to know {n}(.|)",
    "(Can|Would|Will) you (please |)(tell me|name|give me|say|state|look up) {n}?",
    "(Kindly|Now|Just|Then) (tell me|name|say|give me|state) {n}(.|)",
    "(I am|I'm) (interested in|searching for|asking for|wondering about|curious about) {n}(.|)",
    "(Do you (happen to |)know|Have you an idea of|Are you aware of|Who knows|Who can tell me|Might I ask) {n}?",
    "{n}(?|, please.| please|: what is it?|, do you know it?)",
    "(Let me hear|Remind me of|Help me with|Inform me of|I ask for) {n}(.|)",
]
CLAUSE = [
    "(Tell me|Remind me|Explain to me|Inform me|Show me) {c}(.|, please.|)",
    "(Can|Would|Will) you (please |)(tell me|say|explain|find out|remind me|figure out) {c}?",
    "(Do you (happen to |)know|Have you any idea|Any idea|Do you have an idea|Might I ask|Who knows|Who can tell me) {c}?",
    "(I want|I would like|I'd like|I have|I wish|I am trying) to know {c}(.|)",
    "(I wonder|I am wondering|I'm wondering|I was wondering|I don't know|I have no idea|I can't remember|I am not sure|I keep asking myself) {c}(.|)",
    "(Kindly|Now|Just|Then) (tell me|say|explain|find out) {c}(.|)",
    "It would be (nice|good|great|helpful) to know {c}(.|)",
    "(My question is|What I want to know is|The question is|I ask you) {c}(.|)",
]


def framed(nouns=(), clauses=()):
    """Phrasings of what can be asked for by a noun or a clause; each has alternatives of its own."""
    noun, clause = "(" + "|".join(nouns) + ")", "(" + "|".join(clauses) + ")"
    return ([f.replace("{n}", noun) for f in NOUN] if nouns else []) + ([f.replace("{c}", clause) for f in CLAUSE] if clauses else [])


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
    text = expand(rng.choice(chosen(phrasings, held)), rng, **values)
    return careless(text[0].upper() + text[1:], rng)


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
