"""The conversations: what is asked, what is answered, and how an answer is judged.

`python3 corpus.py [--held] [--kind KIND] [--plain] [COUNT]` shows some.
"""

import argparse
import json
import random
from dataclasses import dataclass, field

import calls
import facts
import recall
import stories
import structured
import talk
import unknown
from commands import commands
from sums import sums

SYSTEMS = ["You are a helpful assistant.", "You are a friendly assistant.", "Answer briefly.", "You are an assistant.", "Be helpful and honest.", "You are jmr/demo.", "You help people with JMR.", "You are a helpful AI assistant. Answer in English."]


@dataclass
class Dialog:
    """Messages as the chat API has them; the last is the answer that is judged by `check`."""

    kind: str
    messages: list[dict]
    check: dict
    tools: list[dict] = field(default_factory=list)


def user(text):
    return {"role": "user", "content": text}


def assistant(text):
    return {"role": "assistant", "content": text}


SIMPLE = {
    "small talk": talk.small_talk, "about": talk.about, "commands": commands, "knowledge": facts.facts, "arithmetic": sums,
    "json": structured.structured, "echo": structured.echo, "unknown": lambda rng, held: unknown.unknown(rng, held),
}
# How often each kind is trained on. Evaluation asks the same number of each.
WEIGHTS = {
    "small talk": 6, "about": 10, "commands": 14, "knowledge": 30, "arithmetic": 24, "json": 12, "echo": 5, "unknown": 8,
    "stories": 3, "recall": 12, "unsaid": 4, "tool calls": 45, "tool results": 12, "no call": 6,
}
KINDS = list(WEIGHTS)


def exactly(text):
    return {"equals": text}


def simple(rng, held, kind):
    question, answer = SIMPLE[kind](rng, held)
    return [user(question), assistant(answer)], check_of(kind, answer)


def check_of(kind, answer):
    if kind == "json":
        return {"json": json.loads(answer)}
    if kind == "arithmetic" and " is " in answer and answer[-2].isdigit():
        return {"ends": answer[answer.rindex(" is "):]}
    return exactly(answer)


def told_story(rng, held):
    question, answer, hero = stories.stories(rng, held)
    return [user(question), assistant(answer)], {"story": hero}


def filler(rng):
    """A turn of something else, in phrasings of training."""
    kind = rng.choices(list(SIMPLE), [WEIGHTS[k] for k in SIMPLE])[0]
    return simple(rng, False, kind)[0]


def chatter(rng):
    """Several turns, so that chats are long at times."""
    return [message for _ in range(rng.randrange(4, 9)) for message in filler(rng)]


def recalling(rng, held):
    """Facts told, some talk, and one of them asked for."""
    if rng.random() < 0.2:
        kind, values = recall.fact(rng)
        question, answer = recall.at_once(rng, held, kind, values)
        return [user(question), assistant(answer)], exactly(answer)
    kinds = rng.choice([1, 1, 2, 2, 3])
    facts_told = {}
    while len(facts_told) < kinds:
        kind, values = recall.fact(rng, "name" if not facts_told and rng.random() < 0.5 else None)
        facts_told[kind] = values
    messages = []
    for kind in rng.sample(list(facts_told), kinds):
        question, answer = recall.told(rng, held, kind, facts_told[kind])
        messages += [user(question), assistant(answer)]
        if rng.random() < 0.35:
            messages += filler(rng)
    if rng.random() < 0.06:
        messages += chatter(rng)
    wanted = rng.sample(list(facts_told), rng.randrange(1, kinds + 1))
    for kind in wanted:
        question, answer = recall.asked(rng, held, kind, facts_told[kind])
        messages += [user(question), assistant(answer)]
    return messages, {"contains": str(facts_told[wanted[-1]]["x"])}


def unsaid(rng, held):
    """Asked for what was never said, though perhaps something else was."""
    kind, _ = recall.fact(rng)
    messages = []
    if rng.random() < 0.5:
        other, values = recall.fact(rng)
        if other != kind:
            question, answer = recall.told(rng, False, other, values)
            messages += [user(question), assistant(answer)]
    if rng.random() < 0.3:
        messages += filler(rng)
    question, answer = recall.unsaid(rng, held, kind)
    return messages + [user(question), assistant(answer)], exactly(answer)


def calling(wanted):
    made = [{"type": "function", "id": f"call_{i}", "function": tool.call(value)} for i, (tool, value) in enumerate(wanted)]
    return {"role": "assistant", "content": None, "tool_calls": made}


def tool_calls(rng, held):
    tools, question, wanted = calls.calls(rng, held)
    messages = []
    if rng.random() < 0.15:
        messages += filler(rng)
    messages += [user(question), calling(wanted)]
    return messages, {"calls": [tool.call(value) for tool, value in wanted]}, [t.json for t in tools.values()]


def tool_results(rng, held):
    tools, question, wanted = calls.calls(rng, held)
    messages, sentences = [user(question), calling(wanted)], []
    for i, (tool, value) in enumerate(wanted):
        answer, sentence = calls.result(rng, tool, value)
        messages.append({"role": "tool", "tool_call_id": f"call_{i}", "content": answer})
        sentences.append(sentence)
    answer = " ".join(sentences)
    messages.append(assistant(answer))
    return messages, exactly(answer), [t.json for t in tools.values()]


def goes_on(rng, messages, tools):
    """What a user of tools asks next: another call, or something else."""
    if rng.random() < 0.5:
        return messages + filler_without_sums(rng), tools
    return messages, tools


def filler_without_sums(rng):
    kind = rng.choice(["small talk", "about", "commands", "knowledge"])
    return simple(rng, False, kind)[0]


def no_call(rng, held):
    """Tools are there, but the question needs none."""
    kind = rng.choice(["small talk", "about", "commands", "knowledge", "unknown"])
    while True:
        messages, check = simple(rng, held, kind)
        text = messages[0]["content"].lower()
        if not any(word in text for word in ("weather", "time", "calculate", "temperature", "forecast", "o'clock", " late")):
            return messages, check, [t.json for t in calls.kit(rng, rng.choice(list(calls.TOOLS))).values()]


def dialog(rng, held=False, kind=None) -> Dialog:
    """One conversation; what is held out is in its last question."""
    kind = kind or rng.choices(KINDS, list(WEIGHTS.values()))[0]
    tools = []
    if kind in SIMPLE:
        messages, check = simple(rng, held, kind)
        while not held and rng.random() < 0.25:
            messages = filler(rng) + messages
        if not held and rng.random() < 0.02:
            messages = chatter(rng) + messages
        if held and rng.random() < 0.25:
            messages = filler(rng) + messages
    elif kind == "stories":
        messages, check = told_story(rng, held)
    elif kind == "recall":
        messages, check = recalling(rng, held)
    elif kind == "unsaid":
        messages, check = unsaid(rng, held)
    elif kind == "no call":
        messages, check, tools = no_call(rng, held)
    elif kind == "tool calls":
        messages, check, tools = tool_calls(rng, held)
    else:
        messages, check, tools = tool_results(rng, held)
        if not held:
            messages, tools = goes_on(rng, messages, tools)
    if rng.random() < (0.15 if not tools else 0.1):
        messages = [{"role": "system", "content": rng.choice(SYSTEMS)}] + messages
    return Dialog(kind, messages, check, tools)


def signature(tool):
    function = tool["function"]
    parameters = ", ".join(function["parameters"]["properties"])
    return f"{function['name']}({parameters}): {function['description']}"


def called(function):
    """A call as Python writes it: it begins as the tool is listed, so that a small model can write it."""
    arguments = ", ".join(f"{name}={json.dumps(value)}" for name, value in function["arguments"].items())
    return f"{function['name']}({arguments})"


def rendered(dialog: Dialog):
    """The conversation as chat_template.jinja writes it: pairs of a text and whether the model is to learn it."""
    messages = list(dialog.messages)
    if dialog.tools:
        own = messages.pop(0)["content"] + "\n" if messages[0]["role"] == "system" else ""
        listed = "\n".join(signature(t) for t in dialog.tools)
        yield f"<|im_start|>system\n{own}Tools:\n{listed}<|im_end|>\n", False
    for message in messages:
        yield f"<|im_start|>{message['role']}\n", False
        text = message.get("content") or ""
        if message.get("tool_calls"):
            text += "<|tool_call_start|>[" + ", ".join(called(c["function"]) for c in message["tool_calls"]) + "]<|tool_call_end|>"
        yield text + "<|im_end|>", message["role"] == "assistant"
        yield "\n", False


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--held", action="store_true", help="phrasings that are held out")
    options.add_argument("--kind", choices=KINDS)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--plain", action="store_true", help="texts without a chat, to measure perplexity with")
    options.add_argument("count", type=int, nargs="?", default=10)
    given = options.parse_args()
    random_ = random.Random(given.seed)
    for _ in range(given.count):
        if given.plain:
            print(stories.plain(random_))
            continue
        shown = dialog(random_, given.held, given.kind)
        print(f"--- {shown.kind} {shown.check}\n" + "".join(text for text, _ in rendered(shown)))
