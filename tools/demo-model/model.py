"""The llama architecture in PyTorch, as small as it gets: what GGUF files of `llama` compute, for training."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass(frozen=True)
class Shape:
    """The numbers that a GGUF file calls llama.block_count, llama.embedding_length and so on."""

    vocabulary: int
    embedding: int = 256
    blocks: int = 6
    heads: int = 4
    kv_heads: int = 2
    feed_forward: int = 512
    context: int = 1024
    rope_base: float = 10000.0
    epsilon: float = 1e-5

    @property
    def head(self) -> int:
        return self.embedding // self.heads


class RmsNorm(nn.Module):
    def __init__(self, width: int, epsilon: float):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x):
        return F.rms_norm(x.float(), x.shape[-1:], self.weight, self.epsilon).to(x.dtype)


def rotate(x, cos, sin):
    """Turns halves of each head against each other, x[B, H, T, D]: the order that Hugging Face keeps weights in.

    GGUF's llama turns neighbours instead, so the rows of attn_q and attn_k are reordered on export.
    """
    a, b = x.chunk(2, dim=-1)
    return torch.cat((a * cos - b * sin, a * sin + b * cos), dim=-1)


class Attention(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.q = nn.Linear(shape.embedding, shape.embedding, bias=False)
        self.k = nn.Linear(shape.embedding, shape.kv_heads * shape.head, bias=False)
        self.v = nn.Linear(shape.embedding, shape.kv_heads * shape.head, bias=False)
        self.output = nn.Linear(shape.embedding, shape.embedding, bias=False)

    def forward(self, x, cos, sin, hidden):
        batch, length, _ = x.shape
        size = self.shape.head
        q = rotate(self.q(x).view(batch, length, -1, size).transpose(1, 2), cos, sin)
        k = rotate(self.k(x).view(batch, length, -1, size).transpose(1, 2), cos, sin)
        v = self.v(x).view(batch, length, -1, size).transpose(1, 2)
        group = self.shape.heads // self.shape.kv_heads
        k, v = k.repeat_interleave(group, 1), v.repeat_interleave(group, 1)
        scores = ((q * size**-0.5) @ k.transpose(-1, -2)).float().masked_fill(hidden, -1e9)
        y = scores.softmax(-1).to(v.dtype) @ v
        return self.output(y.transpose(1, 2).reshape(batch, length, -1))


class FeedForward(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.gate = nn.Linear(shape.embedding, shape.feed_forward, bias=False)
        self.up = nn.Linear(shape.embedding, shape.feed_forward, bias=False)
        self.down = nn.Linear(shape.feed_forward, shape.embedding, bias=False)

    def forward(self, x):
        return self.down(F.silu(self.gate(x)) * self.up(x))


class Block(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.attention_norm = RmsNorm(shape.embedding, shape.epsilon)
        self.attention = Attention(shape)
        self.feed_forward_norm = RmsNorm(shape.embedding, shape.epsilon)
        self.feed_forward = FeedForward(shape)

    def forward(self, x, cos, sin, hidden):
        x = x + self.attention(self.attention_norm(x), cos, sin, hidden)
        return x + self.feed_forward(self.feed_forward_norm(x))


class Llama(nn.Module):
    """The embedding is also the output layer."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.embedding)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.blocks))
        self.norm = RmsNorm(shape.embedding, shape.epsilon)
        angles = torch.outer(
            torch.arange(shape.context).float(),
            shape.rope_base ** (-torch.arange(0, shape.head, 2).float() / shape.head),
        )
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)
        self.initialise()

    def initialise(self):
        for name, weight in self.named_parameters():
            if weight.ndim == 2:
                deviation = 0.02 if "embedding" in name else weight.shape[1] ** -0.5
                if name.endswith(("output.weight", "down.weight")):
                    deviation /= (2 * self.shape.blocks) ** 0.5
                nn.init.normal_(weight, std=deviation)

    def hidden(self, tokens, document):
        """States[B, T, E] before the output layer; tokens see those before them that are of the same document[B, T]."""
        x = self.embedding(tokens)
        length = tokens.shape[1]
        dtype = torch.get_autocast_dtype("cpu") if torch.is_autocast_enabled("cpu") else x.dtype
        x = x.to(dtype)
        cos, sin = self.cos[:length].to(dtype), self.sin[:length].to(dtype)
        later = torch.ones(length, length, dtype=torch.bool, device=x.device).triu(1)
        unseen = (later | (document[:, :, None] != document[:, None, :]))[:, None]
        for block in self.blocks:
            x = block(x, cos, sin, unseen)
        return self.norm(x)
