"""Processes of one machine that share every batch: each takes some rows, and the gradients are added up."""
import os

import torch
from torch import distributed, multiprocessing


def start(workers, main, *args):
    """Calls main(*args, say) in as many processes; only the first one says anything."""
    if workers == 1:
        main(*args, lambda line: print(line, flush=True))
    else:
        multiprocessing.spawn(worker, (workers, main, args), nprocs=workers)


def worker(rank, workers, main, args):
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
    os.environ.setdefault("MASTER_PORT", "29517")
    distributed.init_process_group("gloo", rank=rank, world_size=workers)
    main(*args, (lambda line: print(line, flush=True)) if rank == 0 else (lambda line: None))
    distributed.destroy_process_group()


def first():
    return not distributed.is_initialized() or distributed.get_rank() == 0


def mine(rows):
    """This worker's rows of a batch."""
    return rows[distributed.get_rank()::distributed.get_world_size()] if distributed.is_initialized() else rows


def add_up(tensors):
    """Replaces each tensor by its sum over all workers, in one message."""
    if not distributed.is_initialized():
        return
    flat = torch.cat([t.reshape(-1) for t in tensors])
    distributed.all_reduce(flat)
    for t, part in zip(tensors, flat.split([t.numel() for t in tensors])):
        t.copy_(part.view_as(t))


def shared(work, stack):
    """work(stack) for a function of each entry alone, every worker doing its share of the entries."""
    if not distributed.is_initialized():
        return work(stack)
    done = torch.zeros_like(stack)
    part = mine(stack)
    if len(part):
        mine(done).copy_(work(part))
    distributed.all_reduce(done)
    return done
