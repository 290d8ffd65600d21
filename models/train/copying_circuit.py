"""Starts a decoder with a copying circuit in place instead of leaving its discovery to chance.

Copying needs a head that brings the previous token along and a later head that looks for it ("induction").
Random weights find that pair only after many steps; written in at the start it is merely refined.
"""
import torch

KEPT = 32          # residual dimensions that carry the previous token
MATCH = (1, 3)     # layers whose heads look for it
STEPS = (8, 6, 4, 2)  # sharpness of the look one token back, per rotary frequency
PEAK = 4.0         # constant dimension of the embedding, in units of its deviation


@torch.no_grad()
def seed_copying(model, config, deviation=0.04):
    hidden, dim, heads = config["hidden"], config["headDim"], config["heads"]
    half, group, plain = dim // 2, heads // config["kvHeads"], hidden - KEPT
    model.embed.weight[:, plain:] = 0
    model.embed.weight[:, 0] = PEAK * deviation
    look = torch.nn.init.orthogonal_(torch.empty(KEPT, plain - 1))

    first = model.layers[0]
    first.k.weight[:dim] = 0
    first.q.weight[:dim] = 0
    frequencies = config["ropeTheta"] ** (-torch.arange(half) / half)
    for i, weight in enumerate(STEPS):
        size = (weight * dim ** 0.5) ** 0.5 / PEAK
        first.k.weight[i, 0] = size
        first.q.weight[i, 0] = size * frequencies[i].cos()
        first.q.weight[half + i, 0] = -size * frequencies[i].sin()
    first.v.weight[:dim] = 0
    first.v.weight[:KEPT, 1:plain] = look
    first.o.weight[:, :dim] = 0
    first.o.weight[plain:, :KEPT] = deviation * torch.eye(KEPT)

    # Slow rotary pairs only: a match must not depend on the distance.
    slow = [*range(half // 2, half), *range(half + half // 2, dim)]
    for index in MATCH:
        layer = model.layers[index]
        for head in range(config["kvHeads"]):
            part = slice(head * len(slow), (head + 1) * len(slow))
            keys = [head * dim + s for s in slow]
            layer.k.weight[head * dim:(head + 1) * dim] = 0
            layer.k.weight[keys, plain + part.start:plain + part.stop] = 2 * torch.eye(len(slow))
            copy = torch.nn.init.orthogonal_(torch.empty(dim, plain - 1))
            layer.v.weight[head * dim:(head + 1) * dim] = 0
            layer.v.weight[head * dim:(head + 1) * dim, 1:plain] = copy
            for q in range(head * group, head * group + 1):
                rows = [q * dim + s for s in slow]
                layer.q.weight[q * dim:(q + 1) * dim] = 0
                layer.q.weight[rows, 1:plain] = 2 * look[part]
                layer.o.weight[:, q * dim:(q + 1) * dim] = 0
                layer.o.weight[1:plain, q * dim:(q + 1) * dim] = 3 * deviation * copy.T
