"""Writes a run's weights as a GGUF file: `python3 export.py --folder RUN --output jmr-demo-F16.gguf`."""

import argparse
import os
import struct

import numpy
import torch

from bpe import CONTROL, USER_DEFINED, Vocabulary
from model import Llama, Shape

ALIGNMENT = 32
UINT32, FLOAT32, BOOL, STRING, ARRAY, INT32 = 4, 6, 7, 8, 9, 5
F32, F16 = 0, 1
NORMAL_TOKEN, CONTROL_TOKEN, USER_DEFINED_TOKEN = 1, 3, 4


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def value(kind, data):
    if kind == STRING:
        return text(data)
    return struct.pack({UINT32: "<I", INT32: "<i", FLOAT32: "<f", BOOL: "<?"}[kind], data)


def entry(key, kind, data):
    if isinstance(data, list):
        return text(key) + struct.pack("<IIQ", ARRAY, kind, len(data)) + b"".join(value(kind, d) for d in data)
    return text(key) + struct.pack("<I", kind) + value(kind, data)


def metadata(shape, words, template):
    types = [CONTROL_TOKEN if t in CONTROL else USER_DEFINED_TOKEN if t in USER_DEFINED else NORMAL_TOKEN for t in words.tokens]
    return [
        entry("general.architecture", STRING, "llama"),
        entry("general.type", STRING, "model"),
        entry("general.name", STRING, "jmr demo"),
        entry("general.description", STRING, "A small chat model of a narrow domain that comes with JMR, the Java Model Runner"),
        entry("general.license", STRING, "apache-2.0"),
        entry("general.languages", STRING, ["en"]),
        entry("general.file_type", UINT32, 1),
        entry("llama.block_count", UINT32, shape.blocks),
        entry("llama.context_length", UINT32, shape.context),
        entry("llama.embedding_length", UINT32, shape.embedding),
        entry("llama.feed_forward_length", UINT32, shape.feed_forward),
        entry("llama.attention.head_count", UINT32, shape.heads),
        entry("llama.attention.head_count_kv", UINT32, shape.kv_heads),
        entry("llama.attention.layer_norm_rms_epsilon", FLOAT32, shape.epsilon),
        entry("llama.rope.freq_base", FLOAT32, shape.rope_base),
        entry("llama.rope.dimension_count", UINT32, shape.head),
        entry("llama.vocab_size", UINT32, shape.vocabulary),
        entry("tokenizer.ggml.model", STRING, "gpt2"),
        entry("tokenizer.ggml.pre", STRING, "qwen2"),
        entry("tokenizer.ggml.tokens", STRING, words.tokens),
        entry("tokenizer.ggml.token_type", INT32, types),
        entry("tokenizer.ggml.merges", STRING, [f"{a} {b}" for a, b in words.merges]),
        entry("tokenizer.ggml.bos_token_id", UINT32, words.ids["<|endoftext|>"]),
        entry("tokenizer.ggml.eos_token_id", UINT32, words.ids["<|im_end|>"]),
        entry("tokenizer.ggml.padding_token_id", UINT32, words.ids["<|endoftext|>"]),
        entry("tokenizer.ggml.add_bos_token", BOOL, False),
        entry("tokenizer.chat_template", STRING, template),
    ]


def neighbours(weight, heads):
    """Rows of q and k in the order that GGUF's llama turns them: neighbours instead of halves."""
    rows, columns = weight.shape
    return weight.view(heads, 2, rows // heads // 2, columns).transpose(1, 2).reshape(rows, columns)


def tensors(model):
    shape = model.shape
    yield "token_embd.weight", model.embedding.weight
    for i, block in enumerate(model.blocks):
        yield f"blk.{i}.attn_norm.weight", block.attention_norm.weight
        yield f"blk.{i}.attn_q.weight", neighbours(block.attention.q.weight, shape.heads)
        yield f"blk.{i}.attn_k.weight", neighbours(block.attention.k.weight, shape.kv_heads)
        yield f"blk.{i}.attn_v.weight", block.attention.v.weight
        yield f"blk.{i}.attn_output.weight", block.attention.output.weight
        yield f"blk.{i}.ffn_norm.weight", block.feed_forward_norm.weight
        yield f"blk.{i}.ffn_gate.weight", block.feed_forward.gate.weight
        yield f"blk.{i}.ffn_up.weight", block.feed_forward.up.weight
        yield f"blk.{i}.ffn_down.weight", block.feed_forward.down.weight
    yield "output_norm.weight", model.norm.weight


def padding(size):
    return -size % ALIGNMENT


def write(path, entries, named):
    infos, blobs, offset = b"", [], 0
    for name, weight in named:
        array = weight.detach().float().cpu().numpy()
        kind = F32 if array.ndim == 1 else F16
        data = array.astype(numpy.float32 if kind == F32 else numpy.float16).tobytes()
        infos += text(name) + struct.pack("<I", array.ndim) + struct.pack(f"<{array.ndim}Q", *reversed(array.shape)) + struct.pack("<IQ", kind, offset)
        blobs.append(data + bytes(padding(len(data))))
        offset += len(blobs[-1])
    head = b"GGUF" + struct.pack("<IQQ", 3, len(blobs), len(entries)) + b"".join(entries) + infos
    with open(path, "wb") as file:
        file.write(head + bytes(padding(len(head))))
        file.writelines(blobs)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folder", required=True)
    options.add_argument("--output", required=True)
    given = options.parse_args()
    words = Vocabulary.load(os.path.join(given.folder, "merges.json"))
    model = Llama(Shape(len(words.tokens)))
    state = torch.load(os.path.join(given.folder, "checkpoint.pt"), map_location="cpu", weights_only=False)
    model.load_state_dict(state["model"])
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "chat_template.jinja")) as file:
        template = file.read().rstrip("\n")
    write(given.output, metadata(model.shape, words, template), tensors(model))
    print(f"{given.output}: {state['tokens'] / 1e6:.1f} M tokens of training")
