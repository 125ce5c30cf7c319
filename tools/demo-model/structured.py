"""JSON on request, and repeating what is said."""

import json

from facts import CAPITALS, COLOURS, OPPOSITES, DAYS
from phrasing import ask, chosen, expand
from recall import ANIMALS, CITIES, COLOURS as SHADES, FOODS, JOBS, a_name

FIELDS = {
    "name": lambda rng: a_name(rng), "age": lambda rng: rng.randrange(1, 100), "city": lambda rng: rng.choice(CITIES), "colour": lambda rng: rng.choice(SHADES),
    "animal": lambda rng: rng.choice(ANIMALS), "food": lambda rng: rng.choice(FOODS), "job": lambda rng: rng.choice(JOBS), "price": lambda rng: rng.randrange(1, 1000),
    "count": lambda rng: rng.randrange(0, 100), "day": lambda rng: rng.choice(DAYS), "title": lambda rng: a_name(rng), "country": lambda rng: rng.choice([c for c in CAPITALS if " " not in c]),
    "year": lambda rng: rng.randrange(1900, 2030), "id": lambda rng: rng.randrange(1, 10000), "size": lambda rng: rng.randrange(1, 50), "owner": lambda rng: a_name(rng),
}

OBJECT = [
    "(Give me|Write|Make|Return|Create|Show me|Output|Print|Produce|Generate|I need|I want) (a |one |some |)JSON(| object) (with|of|for|having|containing) {x}(.|)", "(Give me|Write|Return|Output|Put|Format|Express|Convert) (this as|as|the following as) JSON(| object): {x}(.|)", "{x} as (a |)JSON(| object)(.|, please.|)", "(Turn|Convert|Put|Format|Transform|Change|Translate) {x} (into|to|in) (a |)JSON(| object)(.|)", "(Answer|Reply|Respond) (in|with|as) JSON(|,| only): {x}(.|)", "JSON(| object) (with|for|of) {x}(.|, please.|)", "(Can|Could) you (write|give me|make|return) (a |)JSON(| object) (with|of|for) {x}?", "(Please |)(write|return) {x} as JSON(.|)", "(How do I write|What is|How would you write) {x} (as|in) JSON?", "As JSON(| object)(,|:) {x}(.|)",
    "(I|We) (want|need|wish) {x} as (a |)JSON(| object)(.|)", "(Build|Form|Construct|Compose|Generate|Assemble) (a |)JSON(| object) (with|of|for|out of) {x}(.|)", "(Represent|Encode|Describe|Show|Store|Save) {x} (as|with) (a |)JSON(| object)(.|)", "(Make|Turn|Do) {x} (a|into a|to a) JSON object(.|)", "(May|Might) I (get|have) (a |)JSON(| object) (with|for) {x}?", "What does {x} look like (as|in) JSON?", "(Now |Please |)JSON: {x}", "(Object|A JSON object|JSON please|In JSON|JSON format): {x}",
    "(We|I|They) (would like|'d like|want|wish) (to get|to see|to read|to receive) {x} (as|in) (a |)JSON(| object)(.|)", "(From|Out of|With|Using) {x}(,|) (make|build|form|create|write) (a |)JSON(| object)(.|)", "(Could|Would|Might) (I|we) (get|see|receive) {x} (as|in) JSON?", "~I would like to have {x} as a JSON object.", "~Build a JSON object from {x}.", "~Make JSON out of {x}.", "~Could I have JSON with {x}?", "~Represent {x} in JSON.",
]
ARRAY = [
    "(Give me|Write|Make|Return|Create|Show me|Output|I need|I want) (a |)JSON (array|list) (with|of|containing|for) {x}(.|)", "{x} as (a |)JSON (array|list)(.|, please.|)", "(Turn|Convert|Put|Format|Transform) {x} (into|to|in) (a |)JSON (array|list)(.|)", "(Answer|Reply|Respond) with (a |)JSON (array|list)(| only): {x}(.|)", "(A |)JSON (array|list) (with|of) {x}(.|, please.|)", "As (a |)JSON (array|list)(,|:) {x}(.|)", "(Can|Could) you (write|give me|make|return) (a |)JSON (array|list) (with|of) {x}?",
    "(Build|Form|Construct|Compose|Generate) (a |)JSON (array|list) (with|of|for|out of) {x}(.|)", "(I|We) (want|wish|need) {x} (as|in) (a |)JSON (array|list)(.|)", "(Represent|Encode|Store|Show) {x} as (a |)JSON (array|list)(.|)", "(Array|JSON array|JSON list|As an array|List): {x}", "What does {x} look like as (a |)JSON (array|list)?",
    "(We|I|They) (would like|'d like|want|wish) (to get|to see|to read|to receive) {x} (as|in) (a |)JSON (array|list)(.|)", "(Make|Do|Create) (a |)JSON (array|list) (from|of|out of|using) (this|these|the following): {x}(.|)", "(From|Out of|With|Using) {x}(,|) (make|build|form|create|write) (a |)JSON (array|list)(.|)", "(Put|Collect|Place) {x} (in|into) (an array|a list) (in|of|as) JSON(.|)", "~I would like to have {x} as a JSON array.", "~Build a JSON array from {x}.", "~Make a JSON list out of {x}.",
]
FACT = [
    ("capital", ["(What is|Tell me|Give me) the capital of {x}(?|.) (Answer|Reply|Respond) (in|as|with) JSON(| only)(.|)", "(Give me|Return|Write|Tell me) the capital of {x} (as|in) JSON(.|)", "The capital of {x} (as|in) JSON(.|, please.|)", "(Answer|Reply|Respond) (in|as|with) JSON: (what is |)the capital of {x}(?|.|)", "(As|In) JSON: (what is |)the capital of {x}(?|.|)", "JSON with the capital of {x}(.|, please.|)", "(I need|I want|I would like) the capital of {x} (as|in) JSON(.|)", "(In|As) JSON, (say|give me|what is|name|show me) the capital of {x}(?|.|)", "(What is|Show) the capital of {x} (in|as) (a |)JSON( object|)?", "(Write|Encode|Format|Express) the capital of {x} (in|as|with) JSON(.|)", "(JSON|JSON object|JSON please): (the |)capital of {x}", "~In JSON, tell me the capital of {x}.", "~What is the capital of {x}, as a JSON object?", "~Put the capital of {x} into JSON."]),
    ("colour", ["(What|Which) (colour|color) is {x}? (Answer|Reply|Respond) (in|as|with) JSON(| only)(.|)", "(Give me|Return|Write|Tell me) the (colour|color) of {x} (as|in) JSON(.|)", "The (colour|color) of {x} (as|in) JSON(.|, please.|)", "(Answer|Reply|Respond) (in|as|with) JSON: (what is |)the (colour|color) of {x}(?|.|)", "(As|In) JSON: (what is |)the (colour|color) of {x}(?|.|)", "(I need|I want|I would like) the (colour|color) of {x} (as|in) JSON(.|)", "(In|As) JSON, (say|give me|what is|name|show me) the (colour|color) of {x}(?|.|)", "(What is|Show) the (colour|color) of {x} (in|as) (a |)JSON( object|)?", "(Write|Encode|Format|Express) the (colour|color) of {x} (in|as|with) JSON(.|)", "(JSON|JSON object|JSON please): (the |)(colour|color) of {x}", "~In JSON, tell me the colour of {x}.", "~What is the colour of {x}, as a JSON object?", "~Put the colour of {x} into JSON."]),
    ("opposite", ["(What is|Tell me|Give me) the opposite of {x}(?|.) (Answer|Reply|Respond) (in|as|with) JSON(| only)(.|)", "(Give me|Return|Write|Tell me) the opposite of {x} (as|in) JSON(.|)", "The opposite of {x} (as|in) JSON(.|, please.|)", "(Answer|Reply|Respond) (in|as|with) JSON: (what is |)the opposite of {x}(?|.|)", "(As|In) JSON: (what is |)the opposite of {x}(?|.|)", "(I need|I want|I would like) the opposite of {x} (as|in) JSON(.|)", "(In|As) JSON, (say|give me|what is|name|show me) the opposite of {x}(?|.|)", "(What is|Show) the opposite of {x} (in|as) (a |)JSON( object|)?", "(Write|Encode|Format|Express) the opposite of {x} (in|as|with) JSON(.|)", "(JSON|JSON object|JSON please): (the |)opposite of {x}", "~In JSON, tell me the opposite of {x}.", "~What is the opposite of {x}, as a JSON object?", "~Put the opposite of {x} into JSON."]),
]
JOIN = [" and ", ", ", " and ", ", "]


def said(rng, fields):
    """`name Anna and age 30`, in one of the ways to say it."""
    form = rng.choice(["{k} {v}", "{k} {v}", "{k}: {v}", "{k} = {v}", "the {k} {v}", "{k} is {v}", "{k} \"{v}\""])
    if '"' in form:
        parts = [f'{k} "{v}"' if isinstance(v, str) else f"{k} {v}" for k, v in fields.items()]
    else:
        parts = [form.replace("{k}", k).replace("{v}", str(v)) for k, v in fields.items()]
    return joined(rng, parts)


def joined(rng, parts):
    if len(parts) == 1:
        return parts[0]
    last = rng.choice([" and ", " and ", ", "])
    return ", ".join(parts[:-1]) + last + parts[-1]


def structured(rng, held):
    """A wish for JSON, and the JSON."""
    draw = rng.random()
    if draw < 0.6:
        names = rng.sample(list(FIELDS), rng.choice([1, 2, 2, 2, 3, 3]))
        fields = {k: FIELDS[k](rng) for k in names}
        question = ask(OBJECT, rng, held, x=said(rng, fields))
        if rng.random() < 0.15:  # as a schema may demand that another field comes first
            rng.shuffle(names)
        return question, json.dumps({k: fields[k] for k in names})
    if draw < 0.8:
        kind = rng.choice([SHADES, FOODS, CITIES, ANIMALS, None, None])
        count = rng.randrange(2, 6)
        items = rng.sample(range(100), count) if kind is None else rng.sample(kind, count)
        return ask(ARRAY, rng, held, x=joined(rng, [str(i) for i in items])), json.dumps(items)
    kind, phrasings = rng.choice(FACT)
    if kind == "capital":
        x = rng.choice(list(CAPITALS))
        answer = {"country": x.removeprefix("the "), "capital": CAPITALS[x]}
    elif kind == "colour":
        x = rng.choice(list(COLOURS))
        answer = {"thing": x.split(" ", 1)[1] if " " in x else x, "colour": COLOURS[x]}
    else:
        pair = rng.choice(OPPOSITES)
        x, y = pair if rng.random() < 0.5 else pair[::-1]
        answer = {"word": x, "opposite": y}
    return ask(phrasings, rng, held, x=x), json.dumps(answer)


REPEAT = [
    "(Repeat|Say|Write|Repeat after me|Say after me|Echo|Print|Copy)(:| this:| the following:| exactly:| these words:) {x}", "(Repeat|Say|Write|Echo|Copy) \"{x}\"(.|)", "(Please|Can you|Could you) (repeat|say|write|echo)(:| this:| \"{x}\"(.|?)|) {y}", "(I want you to|You should|Now) (say|repeat|write)(:| this:) {x}", "(Say|Write) exactly this: {x}", "Repeat what I say: {x}", "Answer (only |)with(:| the words:| these words:) {x}", "(Just|Only) (say|write|repeat)(:|) \"{x}\"(.|)",
    "(Would|Could|Can|Will) you (please |)(write|echo|repeat|copy|print)(:| this:| the following:| what follows:) {x}", "(Say|Speak|Write|Type|Print) (the words|the text|these words|the sentence|the line)(:|) (\"{x}\"|{x})", "(Write|Copy|Say|Type) (this|it|these words|the following) (once more|again|down|back to me|for me|exactly)(:|) {x}", "(Your answer|The answer|Your reply) (is|must be|shall be)(:|) {x}", "Echo{y}", "(Write|Put|Note) (it|that|the following|these words) down(:| again:| for me:) {x}", "(Say|Type) (once|one time|one more time|just)(:|) {x}",
    "(Would|Could|Can|Will) you (please |)(say|speak|repeat)(:| what follows:| the following:) {x}", "(Let me|I want to|I'd like to) (see|read|hear)(:| this:| the text| the line) {x}", "(Write|Type|Say|Speak|Copy) (all of this|the next words|what comes now|everything that follows)(:| again:) {x}", "~Would you say this: {x}", "~Let me hear the words \"{x}\".", "~Write this down again: {x}",
]
NOUNS = "house tree river stone bird cloud lamp chair table door window garden street bridge flower mountain train boat ship horse letter book paper candle mirror clock ring apple bread butter sugar water fire wind rain snow star moon sun".split()
ADJECTIVES = "red blue green old new small big long short warm cold bright dark quiet loud soft hard round sweet strange empty full quick slow white black".split()
VERBS = "sees likes finds takes wants needs makes opens knows hears loves brings".split()


def words(rng):
    draw = rng.random()
    if draw < 0.35:
        return " ".join(rng.choice(rng.choice([NOUNS, ADJECTIVES, VERBS])) for _ in range(rng.randrange(1, 5)))
    if draw < 0.55:
        return f"{rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}"
    if draw < 0.8:
        return f"{a_name(rng)} {rng.choice(VERBS)} the {rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}"
    if draw < 0.9:
        return f"the {rng.choice(NOUNS)} is {rng.choice(ADJECTIVES)}"
    return " ".join(str(rng.randrange(100)) for _ in range(rng.randrange(2, 5)))


def echo(rng, held):
    """Words to repeat, and the words."""
    x = words(rng)
    form = rng.choice(chosen(REPEAT, held))
    if "{y}" in form:
        text = expand(rng.choice(["(:| this:| back:| the text:) {x}" if form == "Echo{y}" else "(Please repeat|Please say|Can you repeat|Can you say|Could you write|Could you repeat|Please write|Please echo)(:| this:) {x}", "(Can|Could) you (repeat|say|write) \"{x}\"(?|)"]), rng, x=x)
    else:
        text = expand(form, rng, x=x)
    if rng.random() < 0.15:
        text = text[0].lower() + text[1:]
    return text, x
