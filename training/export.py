"""From a run's checkpoint to what ships: python -m training.export RUN_FOLDER OUT_FOLDER.

OUT_FOLDER/words.npy and scales.npy hold the word table in eight bits; encoder.onnx the encoder in eight bits, built
node by node so that every operation is one fused kernel of onnxruntime; heads.npz the heads, in 16 bits, which numpy
runs.
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
BLOCK = 64
LEVELS = 63  # of seven bits: on processors without VNNI, eight by eight bits overflow the 16 that they are summed in


class Graph:
    """An ONNX graph under construction. bits: of a weight, 8 (seven are used) or 4."""

    def __init__(self, bits: int = 8) -> None:
        self.bits = bits
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
        """x @ weight + bias."""
        return self.linear4(x, module) if self.bits == 4 else self.linear8(x, module)

    def linear4(self, x: str, module) -> str:
        """The weight in four bits, with a scale for every 64 of an output unit's inputs."""
        weight = module.weight.detach().numpy()  # (out, in)
        blocks = weight.reshape(len(weight), -1, BLOCK)
        scale = np.abs(blocks).max(2) / 7
        whole = (np.rint(blocks / scale[..., None]) + 8).astype(np.uint8)  # 8 stands for nought
        packed = whole[..., ::2] | whole[..., 1::2] << 4
        inputs = [self.weight(packed), self.weight(scale.astype(np.float32).ravel())]
        shape = {"K": weight.shape[1], "N": len(weight), "bits": 4, "block_size": BLOCK, "accuracy_level": 4}
        product = self.add("MatMulNBits", x, *inputs, domain=MICROSOFT, **shape)
        return self.add("Add", product, self.weight(module.bias.detach().numpy()))

    def linear8(self, x: str, module) -> str:
        """The weight in seven bits with one scale for each output unit."""
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

    def layer(self, x: str, layer) -> str:
        """One layer of BERT."""
        q, k, v = self.add("Split", self.linear(x, layer.qkv), outputs=3, axis=-1, num_outputs=3)
        seen = self.add("MultiHeadAttention", q, k, v, domain=MICROSOFT, num_heads=HEADS)
        x = self.norm(self.add("Add", x, self.linear(seen, layer.out)), layer.norm1)
        inner = self.add("Gelu", self.linear(x, layer.up), domain=MICROSOFT)
        return self.norm(self.add("Add", x, self.linear(inner, layer.down)), layer.norm2)

    def read(self, encoder, places: int | None = None) -> str:
        """All layers of an encoder over the input `words`; places: how many pieces it can read, by default all."""
        here = self.weight((encoder.position.weight[:places] + encoder.kind).detach().numpy())
        zero = self.weight(np.array([0]))
        here = self.add("Slice", here, zero, self.add("Shape", "words", start=1, end=2), zero)
        x = self.norm(self.add("Add", "words", here), encoder.norm)
        for layer in encoder.layers:
            x = self.layer(x, layer)
        return x

    def model(self, inputs: dict[str, list], outputs: dict[str, list], name: str = "encoder") -> onnx.ModelProto:
        """The last nodes give the outputs: those that are named already, and the very last."""
        self.nodes[-1].output[0] = list(outputs)[-1]
        values = [
            [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, shape in some.items()]
            for some in (inputs, outputs)
        ]
        made = helper.make_graph(self.nodes, name, *values, self.weights)
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(made, opset_imports=opsets, ir_version=9)


def encoder(net: Network) -> onnx.ModelProto:
    """Word vectors (1, pieces, WIDTH) to vectors of the same shape and the scores of the heads that say something of
    every piece. The word vectors are those of `words`, in a file of their own: another network reads them too."""
    graph = Graph()
    matrix, bias = token_heads(net)
    graph.read(net.encoder)
    graph.nodes[-1].output[0] = "vectors"
    graph.add("Add", graph.add("MatMul", "vectors", graph.weight(matrix)), graph.weight(bias))
    return graph.model(
        {"words": [1, "pieces", WIDTH]}, {"vectors": [1, "pieces", WIDTH], "scores": [1, "pieces", len(bias)]}
    )


def words(net: Network) -> dict[str, np.ndarray]:
    """The vector of each word piece in eight bits, and the scale of each."""
    vectors = net.encoder.word.weight.detach().numpy()
    scale = np.abs(vectors).max(1) / 127
    return {"words": np.rint(vectors / scale[:, None]).astype(np.int8), "scales": scale.astype(np.float32)}


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


def write(net: Network, out: Path) -> None:
    onnx.save(encoder(net), out / "encoder.onnx")
    for name, table in words(net).items():
        np.save(out / f"{name}.npy", table)
    np.savez(out / "heads.npz", **{name: value.astype(np.float16) for name, value in heads(net).items()})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    write(load(args.run), args.out)
    shutil.copyfile(start_folder(None) / "vocab.txt", args.out / "vocab.txt")


if __name__ == "__main__":
    main()
