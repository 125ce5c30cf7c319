"""Trains jmr/demo: `python3 train.py --folder RUN [--tokens N]`. Goes on where a run was cut.

The optimizer is Muon for matrices and Adam for the rest; rows hold several conversations that do not see each other, and
only what the assistant says is learned.
"""

import argparse
import json
import os
import random
import time

import numpy
import torch
import torch.nn.functional as F

import corpus
import stories
from bpe import Vocabulary, learned
from model import Llama, Shape

LONG = 512
PLAIN = 0.02  # share of texts without a chat


def vocabulary(folder, size):
    path = os.path.join(folder, "merges.json")
    if not os.path.exists(path):
        rng = random.Random(1)
        texts = ["".join(t for t, _ in corpus.rendered(corpus.dialog(rng))) for _ in range(40_000)]
        Vocabulary(learned(texts, size)).save(path)
    return Vocabulary.load(path)


def encoded(words, rng):
    """One conversation: its tokens, and which of them are learned."""
    if rng.random() < PLAIN:
        ids = words.encode(stories.plain(rng) + "<|endoftext|>")
        return ids, [True] * len(ids)
    ids, learn = [], []
    for text, wanted in corpus.rendered(corpus.dialog(rng)):
        part = words.encode(text)
        ids += part
        learn += [wanted] * len(part)
    return ids, learn


class Rows:
    """Rows of `width` tokens, filled with whole conversations; an endless supply."""

    def __init__(self, words, rng, width, at_least):
        self.words, self.rng, self.width, self.at_least = words, rng, width, at_least
        self.rows = []

    def refill(self):
        texts = [encoded(self.words, self.rng) for _ in range(3000)]
        texts = sorted((t for t in texts if self.at_least < len(t[0]) <= self.width), key=lambda t: -len(t[0]))
        rows, open_rows = [], []
        for text in texts:
            for row in open_rows:
                if row[0] + len(text[0]) <= self.width:
                    break
            else:
                row = [0, []]
                open_rows.append(row)
                rows.append(row)
            row[0] += len(text[0])
            row[1].append(text)
            if row[0] > self.width - 12:
                open_rows.remove(row)
            if len(open_rows) > 200:
                open_rows.pop(0)
        self.rng.shuffle(rows)
        self.rows = [r[1] for r in rows]

    def batch(self, count):
        tokens = numpy.zeros((count, self.width), dtype=numpy.int64)
        document = numpy.full((count, self.width), -1, dtype=numpy.int64)
        target = numpy.full((count, self.width), -100, dtype=numpy.int64)
        for row in range(count):
            if not self.rows:
                self.refill()
            at = 0
            texts = self.rows.pop()
            self.rng.shuffle(texts)
            for number, (ids, learn) in enumerate(texts):
                end = at + len(ids)
                tokens[row, at:end] = ids
                document[row, at:end] = number
                target[row, at:end - 1] = [i if wanted else -100 for i, wanted in zip(ids[1:], learn[1:])]
                at = end
        return torch.from_numpy(tokens), torch.from_numpy(document), torch.from_numpy(target)


def orthogonal(update, steps=5):
    """Newton and Schulz's iteration: the nearest matrix with all singular values about 1."""
    x = update.bfloat16()
    flipped = x.shape[0] > x.shape[1]
    x = x.T if flipped else x
    x = x / (x.norm() + 1e-7)
    for _ in range(steps):
        a = x @ x.T
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return (x.T if flipped else x).float()


class Muon(torch.optim.Optimizer):
    def __init__(self, weights, lr, momentum=0.95):
        super().__init__(weights, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for weight in group["params"]:
                state = self.state[weight].setdefault("momentum", torch.zeros_like(weight))
                state.lerp_(weight.grad, 1 - group["momentum"])
                update = orthogonal(weight.grad.lerp(state, group["momentum"]))
                weight.add_(update, alpha=-group["lr"] * max(1, weight.shape[0] / weight.shape[1]) ** 0.5)


def rate(tokens, options):
    """Warm-up, then constant, then down to nearly nothing over the last part."""
    left = (options.tokens - tokens) / (options.tokens * options.decay)
    return min(1.0, (tokens + 1) / 500_000, max(0.02, left))


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folder", required=True, help="where the run is kept")
    options.add_argument("--tokens", type=float, default=60e6)
    options.add_argument("--batch", type=int, default=8192, help="tokens per step")
    options.add_argument("--rate", type=float, default=0.01, help="of matrices; the others have a fifth of it")
    options.add_argument("--decay", type=float, default=0.5, help="the share of tokens at the end over which the rate falls")
    options.add_argument("--vocabulary", type=int, default=2048)
    options.add_argument("--compile", action="store_true", help="compile the model: a third faster, needs a C++ compiler")
    options = options.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    torch.manual_seed(1)
    words = vocabulary(options.folder, options.vocabulary)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = Llama(Shape(len(words.tokens))).to(device)
    matrices = [w for n, w in model.named_parameters() if w.ndim == 2 and "embedding" not in n]
    others = [w for n, w in model.named_parameters() if w.ndim != 2 or "embedding" in n]
    muon, adam = Muon(matrices, options.rate), torch.optim.AdamW(others, lr=options.rate / 5, betas=(0.9, 0.98), weight_decay=0.0)
    path = os.path.join(options.folder, "checkpoint.pt")
    tokens, seed = 0, 2
    if os.path.exists(path):
        state = torch.load(path, map_location=device, weights_only=False)
        model.load_state_dict(state["model"])
        if "muon" in state:
            muon.load_state_dict(state["muon"])
            adam.load_state_dict(state["adam"])
        tokens, seed = state["tokens"], state["seed"] + 1
        print(f"goes on at {tokens / 1e6:.1f} M tokens", flush=True)
    rng = random.Random(seed)
    kinds = [(256, Rows(words, rng, 256, 0)), (LONG, Rows(words, rng, LONG, 256))]
    print(f"{sum(w.numel() for w in model.parameters()) / 1e6:.2f} M parameters, {len(words.tokens)} tokens in the vocabulary, on {device}", flush=True)

    def loss_of(ids, document, places, targets):
        hidden = model.hidden(ids, document).flatten(0, 1)[places]
        logits = F.linear(hidden, model.embedding.weight.to(hidden.dtype)).float()
        return F.cross_entropy(logits, targets, ignore_index=-100)

    loss_of = torch.compile(loss_of, dynamic=False) if options.compile else loss_of
    log = open(os.path.join(options.folder, "log.jsonl"), "a")
    started, step, sums, saved = time.time(), 0, [], time.time()
    while tokens < options.tokens:
        width, rows = kinds[1] if rng.random() < 0.04 else kinds[0]
        ids, document, target = (t.to(device) for t in rows.batch(options.batch // width))
        places = (target.flatten() != -100).nonzero()[:, 0]
        room = options.batch // 2
        targets = target.flatten()[places][:room]
        places = F.pad(places[:room], (0, max(0, room - len(places))))
        targets = F.pad(targets, (0, room - len(targets)), value=-100)
        with torch.autocast(device, torch.bfloat16):
            loss = loss_of(ids, document, places, targets)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(others, 1.0)
        factor = rate(tokens, options)
        for optimizer, base in ((muon, options.rate), (adam, options.rate / 5)):
            for group in optimizer.param_groups:
                group["lr"] = base * factor
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        tokens, step = tokens + options.batch, step + 1
        sums.append(loss.item())
        if step % 50 == 0:
            line = {"tokens": tokens, "loss": sum(sums) / len(sums), "rate": factor, "tokens_per_second": round(50 * options.batch / (time.time() - started))}
            started = time.time()
            sums = []
            print(json.dumps(line), flush=True)
            log.write(json.dumps(line) + "\n")
            log.flush()
        if time.time() - saved > 240 or tokens >= options.tokens:
            state = {"model": model.state_dict(), "muon": muon.state_dict(), "adam": adam.state_dict(), "tokens": tokens, "seed": seed + step}
            torch.save(state, path + ".new")
            os.replace(path + ".new", path)
            saved = time.time()


if __name__ == "__main__":
    main()
