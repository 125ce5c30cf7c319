"""Asks a server what the model has never been asked, and tells how many answers are right.

`jmr serve` first, then `python3 evaluate.py --url http://localhost:12434/v1 --model jmr/demo`.
"""

import argparse
import json
import random
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import corpus

OUTSIDE = {"unknown"}  # what is not of the model's domain


def strict(tool):
    """The tool with arguments that the server holds to their schema."""
    function = tool["function"]
    return {**tool, "function": {**function, "strict": True, "parameters": {**function["parameters"], "additionalProperties": False}}}


def ask(url, model, dialog, held):
    """The answer's message, and why it ended."""
    body = {"model": model, "messages": dialog.messages[:-1], "temperature": 0, "max_tokens": 250}
    body["messages"] = [as_api(m) for m in body["messages"]]
    if dialog.tools:
        body["tools"] = [strict(t) for t in dialog.tools] if held else dialog.tools
    request = urllib.request.Request(url + "/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        choice = json.load(answer)["choices"][0]
    return choice["message"], choice["finish_reason"]


def as_api(message):
    if "tool_calls" not in message:
        return message
    calls = [{**c, "function": {"name": c["function"]["name"], "arguments": json.dumps(c["function"]["arguments"])}} for c in message["tool_calls"]]
    return {**message, "tool_calls": calls}


def made(message):
    return [{"name": c["function"]["name"], "arguments": json.loads(c["function"]["arguments"])} for c in message.get("tool_calls") or []]


def right(check, message):
    said = (message.get("content") or "").strip()
    kind, wanted = next(iter(check.items()))
    if message.get("tool_calls") and kind != "calls":
        return False
    try:
        return {
            "equals": lambda: said == wanted,
            "ends": lambda: said.endswith(wanted),
            "contains": lambda: wanted in said,
            "json": lambda: json.loads(said) == wanted,
            "story": lambda: wanted in said and said.count(".") >= 4,
            "calls": lambda: sorted(map(json.dumps, made(message))) == sorted(map(json.dumps, wanted)),
        }[kind]()
    except json.JSONDecodeError:
        return False


def judged(url, model, dialog, held):
    message, end = ask(url, model, dialog, held)
    return dialog, message, end, right(dialog.check, message)


def percent(part, whole):
    return f"{100 * part / max(whole, 1):.1f} %"


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--url", default="http://localhost:12434/v1")
    options.add_argument("--model", default="jmr/demo")
    options.add_argument("--count", type=int, default=3000, help="questions in all")
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--parallel", type=int, default=8)
    options.add_argument("--trained", action="store_true", help="ask in phrasings of training instead")
    options.add_argument("--strict", action="store_true", help="offer tools as strict: the server lets no other names and arguments through")
    options.add_argument("--save", help="write all answers, a line of JSON each")
    options.add_argument("--wrong", type=int, default=0, help="show so many wrong answers of each kind")
    given = options.parse_args()
    rng = random.Random(given.seed)
    each = given.count // len(corpus.KINDS)
    dialogs = [corpus.dialog(rng, not given.trained, kind) for kind in corpus.KINDS for _ in range(each)]
    with ThreadPoolExecutor(given.parallel) as pool:
        results = list(pool.map(lambda d: judged(given.url, given.model, d, given.strict), dialogs))
    if given.save:
        with open(given.save, "w") as file:
            for dialog, message, end, ok in results:
                line = {"kind": dialog.kind, "messages": dialog.messages, "said": message.get("content"), "calls": made_or_text(message), "end": end, "right": ok}
                file.write(json.dumps(line) + "\n")
    report(results, given.wrong)


def made_or_text(message):
    try:
        return made(message)
    except json.JSONDecodeError:
        return str(message.get("tool_calls"))


def report(results, wrong):
    print("| | right |\n|---|---|")
    for kind in corpus.KINDS:
        of_kind = [r for r in results if r[0].kind == kind]
        print(f"| {kind} | {percent(sum(r[3] for r in of_kind), len(of_kind))} |")
    inside = [r for r in results if r[0].kind not in OUTSIDE]
    print(f"| **in the domain** | {percent(sum(r[3] for r in inside), len(inside))} |")
    names = [r for r in inside if r[0].kind == "recall" and "Your name is" in r[0].messages[-1]["content"]]
    print(f"| name recalled | {percent(sum(r[3] for r in names), len(names))} |")
    print(f"| stops by itself | {percent(sum(r[2] in ('stop', 'tool_calls') for r in results), len(results))} |")
    for kind in corpus.KINDS:
        for dialog, message, end, _ in [r for r in results if r[0].kind == kind and not r[3]][:wrong]:
            print(f"\n[{kind}] {dialog.messages[-2]['content']}\n  wanted: {json.dumps(next(iter(dialog.check.values())))}\n  got ({end}): {message.get('content')} {made_or_text(message) or ''}")


if __name__ == "__main__":
    main()
