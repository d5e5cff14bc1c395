"""From a run's checkpoint to what ships: python -m training.export RUN_FOLDER OUT_FOLDER.

OUT_FOLDER/encoder.onnx holds the encoder in eight bits, built node by node so that every operation is one fused
kernel of onnxruntime; OUT_FOLDER/heads.npz holds the heads, which numpy runs.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from training.network import HEADS, WIDTH, Network
from training.train import load, start_folder

MICROSOFT = "com.microsoft"
LEVELS = 63  # of seven bits: on processors without VNNI, eight by eight bits overflow the 16 that they are summed in


class Graph:
    """An ONNX graph under construction."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, value: np.ndarray) -> str:
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, kind: str, *inputs: str, outputs: int = 1, domain: str = "", **attributes: object) -> str | list[str]:
        names = [f"v{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, module) -> str:
        """x @ weight + bias, the weight in seven bits with one scale for each output unit."""
        weight = module.weight.detach().numpy().T
        scale = np.abs(weight).max(0) / LEVELS
        whole = np.rint(weight / scale).astype(np.int8)
        zero = np.zeros(scale.shape, np.int8)
        bias = module.bias.detach().numpy()
        inputs = [self.weight(v) for v in (whole, scale.astype(np.float32), zero, bias)]
        return self.add("DynamicQuantizeMatMul", x, *inputs, domain=MICROSOFT)

    def norm(self, x: str, module) -> str:
        scale, bias = (self.weight(p.detach().numpy()) for p in (module.weight, module.bias))
        return self.add("LayerNormalization", x, scale, bias, axis=-1, epsilon=1e-12)


def encoder(net: Network) -> onnx.ModelProto:
    """Ids (1, pieces) to vectors (1, pieces, WIDTH) and the scores of the heads that say something of every piece."""
    graph, source = Graph(), net.encoder
    matrix, bias = token_heads(net)
    words = source.word.weight.detach().numpy()
    scale = np.abs(words).max(1, keepdims=True) / 127
    whole = graph.add("Gather", graph.weight(np.rint(words / scale).astype(np.int8)), "ids")
    scales = graph.add("Gather", graph.weight(scale.astype(np.float32)), "ids")
    x = graph.add("Mul", graph.add("Cast", whole, to=TensorProto.FLOAT), scales)
    places = graph.weight((source.position.weight + source.kind).detach().numpy())
    length = graph.add("Shape", "ids", start=1, end=2)
    here = graph.add("Slice", places, graph.weight(np.array([0])), length, graph.weight(np.array([0])))
    x = graph.norm(graph.add("Add", x, here), source.norm)
    for layer in source.layers:
        q, k, v = graph.add("Split", graph.linear(x, layer.qkv), outputs=3, axis=-1, num_outputs=3)
        seen = graph.add("MultiHeadAttention", q, k, v, domain=MICROSOFT, num_heads=HEADS)
        x = graph.norm(graph.add("Add", x, graph.linear(seen, layer.out)), layer.norm1)
        inner = graph.add("Gelu", graph.linear(x, layer.up), domain=MICROSOFT)
        x = graph.norm(graph.add("Add", x, graph.linear(inner, layer.down)), layer.norm2)
    graph.nodes[-1].output[0] = "vectors"
    graph.add("Add", graph.add("MatMul", "vectors", graph.weight(matrix)), graph.weight(bias))
    graph.nodes[-1].output[0] = "scores"
    made = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "pieces"])],
        [
            helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [1, "pieces", WIDTH]),
            helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, "pieces", len(bias)]),
        ],
        graph.weights,
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9)


def token_heads(net: Network) -> tuple[np.ndarray, np.ndarray]:
    """One matrix and bias for tags, evidence, and what each piece, as the evidence, adds to a code."""
    parts = (net.tag.weight, net.evidence.weight, net.shown)
    matrix = np.concatenate([p.detach().numpy() for p in parts]).T
    bias = np.concatenate([net.tag.bias.detach().numpy(), net.evidence.bias.detach().numpy(), np.zeros(len(net.shown))])
    return matrix, bias.astype(np.float32)


IN_GRAPH = ("encoder.", "tag.", "evidence.", "shown")


def heads(net: Network) -> dict[str, np.ndarray]:
    """The weights of the heads that numpy runs, by their names in PyTorch."""
    return {n: v.numpy().astype(np.float32) for n, v in net.state_dict().items() if not n.startswith(IN_GRAPH)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    net = load(args.run)
    onnx.save(encoder(net), args.out / "encoder.onnx")
    np.savez(args.out / "heads.npz", **heads(net))
    shutil.copyfile(start_folder(None) / "vocab.txt", args.out / "vocab.txt")


if __name__ == "__main__":
    main()
