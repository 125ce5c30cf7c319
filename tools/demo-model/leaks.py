"""Looks for questions that are held out and that training could make all the same: `python3 leaks.py`. There should be none."""

import random
from collections import defaultdict

import corpus

TRAINED, ASKED = 250_000, 400  # conversations in all, and of each kind


def plain(text):
    return text.lower().strip(" .?!")


def questions(dialog):
    return [plain(m["content"]) for m in dialog.messages if m["role"] == "user"]


def main():
    rng = random.Random(99)
    seen = {q for _ in range(TRAINED) for q in questions(corpus.dialog(rng))}
    rng = random.Random(7)
    leaks = defaultdict(list)
    for kind in corpus.KINDS:
        for _ in range(ASKED):
            last = questions(corpus.dialog(rng, True, kind))[-1]
            if last in seen:
                leaks[kind].append(last)
    for kind in corpus.KINDS:
        print(kind, len(leaks[kind]), sorted(set(leaks[kind]))[:25])


if __name__ == "__main__":
    main()
