"""A Llama-layout decoder: RMSNorm, rotary positions (halves rotated), grouped keys and values, SwiGLU, tied embeddings."""
import math

import torch
from torch import nn
from torch.nn import functional as F


class Norm(nn.Module):
    def __init__(self, size, epsilon):
        super().__init__()
        self.weight, self.epsilon = nn.Parameter(torch.ones(size)), epsilon

    def forward(self, x):
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.epsilon) * self.weight


def rotate(x, cos, sin):
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


class Layer(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.heads, self.kv_heads, self.dim = c["heads"], c["kvHeads"], c["headDim"]
        linear = lambda inputs, outputs: nn.Linear(inputs, outputs, bias=False)
        self.input_norm, self.post_norm = Norm(c["hidden"], c["epsilon"]), Norm(c["hidden"], c["epsilon"])
        self.q, self.o = linear(c["hidden"], self.heads * self.dim), linear(self.heads * self.dim, c["hidden"])
        self.k, self.v = linear(c["hidden"], self.kv_heads * self.dim), linear(c["hidden"], self.kv_heads * self.dim)
        self.gate, self.up = linear(c["hidden"], c["intermediate"]), linear(c["hidden"], c["intermediate"])
        self.down = linear(c["intermediate"], c["hidden"])

    def attend(self, x, cos, sin, mask):
        batch, length, _ = x.shape
        split = lambda t, heads: t.view(batch, length, heads, self.dim).transpose(1, 2)
        q = rotate(split(self.q(x), self.heads), cos, sin)
        k = rotate(split(self.k(x), self.kv_heads), cos, sin)
        v = split(self.v(x), self.kv_heads)
        # Queries of one group share a key head: fold them into the length instead of repeating keys.
        group = self.heads // self.kv_heads
        q = q.reshape(batch, self.kv_heads, group * length, self.dim)
        scores = (q @ k.transpose(2, 3) / math.sqrt(self.dim)).view(batch, self.kv_heads, group, length, length) + mask
        out = scores.softmax(-1).view(batch, self.kv_heads, group * length, length) @ v
        return self.o(out.view(batch, self.heads, length, self.dim).transpose(1, 2).reshape(batch, length, -1))

    def forward(self, x, cos, sin, mask):
        x = x + self.attend(self.input_norm(x), cos, sin, mask)
        y = self.post_norm(x)
        return x + self.down(F.silu(self.gate(y)) * self.up(y))


class Decoder(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.embed = nn.Embedding(config["vocabulary"], config["hidden"])
        self.layers = nn.ModuleList(Layer(config) for _ in range(config["layers"]))
        self.norm = Norm(config["hidden"], config["epsilon"])
        inverse = config["ropeTheta"] ** (-torch.arange(0, config["headDim"], 2).double() / config["headDim"])
        angles = torch.arange(config["positions"]).double()[:, None] * inverse
        self.register_buffer("cos", angles.cos().float(), persistent=False)
        self.register_buffer("sin", angles.sin().float(), persistent=False)
        nn.init.normal_(self.embed.weight, std=0.04)
        for name, p in self.named_parameters():
            if p.ndim == 2 and "embed" not in name:
                # Outputs of a block start at nothing, so that the embedding is not drowned in noise.
                nn.init.zeros_(p) if name.endswith(("o.weight", "down.weight")) else nn.init.normal_(p, std=p.shape[1] ** -0.5)

    def hidden(self, ids):
        """Right padding needs no mask: no real token looks at a later one."""
        length = ids.shape[1]
        mask = torch.full((length, length), float("-inf")).triu(1)
        x = self.embed(ids)
        for layer in self.layers:
            x = layer(x, self.cos[:length], self.sin[:length], mask)
        return self.norm(x)

    def forward(self, ids):
        return self.hidden(ids) @ self.embed.weight.T
