"""Muon for the matrices (momentum, then orthogonalised by Newton-Schulz), AdamW for the rest.

Muon: Jordan et al. 2024. On this model it reaches a given loss in clearly fewer steps than AdamW alone.
"""
from functools import partial

import torch

from workers import shared


def orthogonal(g, precision=torch.float32, steps=5):
    """The nearest orthogonal matrices, roughly: what is lost in bfloat16 is less than what the few steps leave open."""
    x = (g / (g.norm(dim=(1, 2), keepdim=True) + 1e-7)).to(precision)
    flip = x.shape[1] > x.shape[2]
    x = x.transpose(1, 2) if flip else x
    for _ in range(steps):
        a = x @ x.transpose(1, 2)
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return (x.transpose(1, 2) if flip else x).to(g.dtype)


class Muon(torch.optim.Optimizer):
    def __init__(self, params, lr=0.01, momentum=0.95, decay=0.01, precision=torch.float32):
        super().__init__(list(params), {"lr": lr, "momentum": momentum, "decay": decay})
        self.orthogonal = partial(orthogonal, precision=precision)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            shapes = {}
            for p in group["params"]:
                shapes.setdefault(tuple(p.shape), []).append(p)
            for (rows, columns), params in shapes.items():
                updates = []
                for p in params:
                    momentum = self.state[p].setdefault("momentum", torch.zeros_like(p))
                    momentum.mul_(group["momentum"]).add_(p.grad)
                    updates.append(p.grad + group["momentum"] * momentum)
                scale = group["lr"] * max(1, rows / columns) ** 0.5
                for p, update in zip(params, shared(self.orthogonal, torch.stack(updates))):
                    p.mul_(1 - group["lr"] * group["decay"]).add_(update, alpha=-scale)
