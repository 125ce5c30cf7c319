"""Makes a run of a GGUF file that export.py or `jmr quantize … Q8_0` wrote, so that training can go on from it:
`python3 restore.py --input jmr-demo.gguf --folder RUN`."""

import argparse
import os
import struct

import numpy
import torch

from bpe import Vocabulary
from export import ALIGNMENT, ARRAY, BOOL, F16, F32, FLOAT32, INT32, STRING, UINT32
from model import Llama, Shape

Q8_0 = 8
SIZES = {0: "<B", 1: "<b", 2: "<H", 3: "<h", UINT32: "<I", INT32: "<i", FLOAT32: "<f", BOOL: "<?", 10: "<Q", 11: "<q", 12: "<d"}


class Reader:
    """Goes through the bytes of a file."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, form):
        value = struct.unpack_from(form, self.data, self.at)[0]
        self.at += struct.calcsize(form)
        return value

    def text(self):
        size = self.take("<Q")
        self.at += size
        return self.data[self.at - size:self.at].decode()

    def value(self, kind):
        if kind == STRING:
            return self.text()
        if kind == ARRAY:
            kind, count = self.take("<I"), self.take("<Q")
            return [self.value(kind) for _ in range(count)]
        return self.take(SIZES[kind])


def numbers(data, kind, count):
    """Elements as float32."""
    if kind == F32:
        return numpy.frombuffer(data, numpy.float32, count)
    if kind == F16:
        return numpy.frombuffer(data, numpy.float16, count).astype(numpy.float32)
    if kind == Q8_0:
        blocks = numpy.frombuffer(data, numpy.dtype([("scale", numpy.float16), ("codes", numpy.int8, 32)]), count // 32)
        return (blocks["scale"].astype(numpy.float32)[:, None] * blocks["codes"]).reshape(-1)
    raise ValueError(f"tensor type: expected F32, F16 or Q8_0, got {kind}")


def read(path):
    """The metadata, and the tensors by name."""
    with open(path, "rb") as file:
        reader = Reader(file.read())
    reader.at = 8
    tensors, entries = reader.take("<Q"), reader.take("<Q")
    metadata = {}
    for _ in range(entries):
        key = reader.text()
        metadata[key] = reader.value(reader.take("<I"))
    infos = []
    for _ in range(tensors):
        name = reader.text()
        shape = [reader.take("<Q") for _ in range(reader.take("<I"))][::-1]
        infos.append((name, shape, reader.take("<I"), reader.take("<Q")))
    start = -(-reader.at // ALIGNMENT) * ALIGNMENT
    named = {}
    for name, shape, kind, offset in infos:
        array = numbers(reader.data[start + offset:], kind, int(numpy.prod(shape)))
        named[name] = torch.from_numpy(array.reshape(shape).copy())
    return metadata, named


def halves(weight, heads):
    """Rows of q and k as the training has them: the inverse of export.neighbours."""
    rows, columns = weight.shape
    return weight.view(heads, rows // heads // 2, 2, columns).transpose(1, 2).reshape(rows, columns)


def model_of(metadata, named):
    shape = Shape(len(metadata["tokenizer.ggml.tokens"]))
    model = Llama(shape)
    state = {"embedding.weight": named["token_embd.weight"], "norm.weight": named["output_norm.weight"]}
    for i in range(shape.blocks):
        old, new = f"blk.{i}.", f"blocks.{i}."
        for a, b in (("attn_norm", "attention_norm"), ("attn_v", "attention.v"), ("attn_output", "attention.output"), ("ffn_norm", "feed_forward_norm"),
                     ("ffn_gate", "feed_forward.gate"), ("ffn_up", "feed_forward.up"), ("ffn_down", "feed_forward.down")):
            state[f"{new}{b}.weight"] = named[f"{old}{a}.weight"]
        state[f"{new}attention.q.weight"] = halves(named[f"{old}attn_q.weight"], shape.heads)
        state[f"{new}attention.k.weight"] = halves(named[f"{old}attn_k.weight"], shape.kv_heads)
    model.load_state_dict(state)
    return model


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--input", required=True)
    options.add_argument("--folder", required=True)
    given = options.parse_args()
    os.makedirs(given.folder, exist_ok=True)
    facts, weights = read(given.input)
    Vocabulary([m.split(" ") for m in facts["tokenizer.ggml.merges"]]).save(os.path.join(given.folder, "merges.json"))
    torch.save({"model": model_of(facts, weights).state_dict(), "tokens": 0, "seed": 1000}, os.path.join(given.folder, "checkpoint.pt"))
    print(f"{given.folder}: ready for train.py")
