"""Measures training steps of one network in PyTorch: python3 pytorch_worker.py GRAPH BATCH

Builds the very network of Kindling's layer graph (JSON). For each line on standard input,
{"variant": "eager" | "compiled", "seconds": s}, it answers with a line {"imagesPerSecond": x}.
"""
import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


class Network(nn.Module):
    """The layer graph, layer by layer; batch norm momentum 0.1 as in Kindling's graph."""

    def __init__(self, graph):
        super().__init__()
        self.layers = graph["layers"]
        self.operations = nn.ModuleDict()
        channels = {}
        for layer in self.layers:
            key = layer["name"].replace("/", "_").replace(".", "_")
            layer["key"] = key
            inputs = channels.get(layer["inputs"][0]) if layer["inputs"] else None
            kind = layer["kind"]
            if kind in ("convolution", "depthwise"):
                pad = layer["padding"]
                assert pad["top"] == pad["left"]
                layer["uneven"] = pad["top"] != pad["bottom"]
                filters = layer["filters"] if kind == "convolution" else inputs
                bias = any(weight["kind"] == "bias" for weight in layer["weights"])
                groups = layer["groups"] if kind == "convolution" else inputs
                self.operations[key] = nn.Conv2d(
                    inputs, filters, layer["kernel"], layer["stride"],
                    0 if layer["uneven"] else pad["top"], groups=groups, bias=bias,
                )
                if layer["batchNorm"]:
                    self.operations[key + "_bn"] = nn.BatchNorm2d(filters, eps=1e-5, momentum=0.1)
            elif kind == "dense":
                height, width, depth = next(l for l in self.layers if l["name"] == layer["inputs"][0])["output"]
                self.operations[key] = nn.Linear(height * width * depth, layer["units"])
            channels[layer["name"]] = layer["output"][2]

    def forward(self, images):
        outputs = {}
        x = images
        for layer in self.layers:
            kind, key = layer["kind"], layer["key"]
            parts = [outputs[name] for name in layer["inputs"]]
            if kind == "input":
                x = images
            elif kind in ("convolution", "depthwise"):
                x = parts[0]
                if layer["uneven"]:
                    x = F.pad(x, sides(layer["padding"]))
                x = self.operations[key](x)
                if layer["batchNorm"]:
                    x = self.operations[key + "_bn"](x)
            elif kind == "pool":
                x = pool(parts[0], layer)
            elif kind == "global average pool":
                x = parts[0].mean((2, 3), keepdim=True)
            elif kind == "concatenation":
                x = torch.cat(parts, 1)
            elif kind == "addition":
                x = sum(parts[1:], parts[0])
            elif kind == "channel shuffle":
                n, c, h, w = parts[0].shape
                g = layer["groups"]
                x = parts[0].view(n, g, c // g, h, w).transpose(1, 2).reshape(n, c, h, w)
            elif kind == "dropout":
                x = F.dropout(parts[0], layer["rate"], self.training)
            elif kind == "dense":
                x = self.operations[key](parts[0].flatten(1))[:, :, None, None]
            else:
                raise NotImplementedError(kind)
            if layer.get("activation") == "relu":
                x = F.relu(x, inplace=True)
            outputs[layer["name"]] = x
        return x.flatten(1)


def sides(padding):
    return (padding["left"], padding["right"], padding["top"], padding["bottom"])


def pool(x, layer):
    padding = layer["padding"]
    size, stride = layer["size"], layer["stride"]
    if len(set(sides(padding))) == 1:
        both = padding["top"]
        if layer["operation"] == "maximum":
            return F.max_pool2d(x, size, stride, both)
        return F.avg_pool2d(x, size, stride, both, count_include_pad=False)
    if layer["operation"] == "maximum":
        return F.max_pool2d(F.pad(x, sides(padding), value=float("-inf")), size, stride)
    return F.avg_pool2d(x, size, stride, ceil_mode=True, count_include_pad=False)


def main():
    with open(sys.argv[1]) as file:
        graph = json.load(file)
    batch = int(sys.argv[2])
    torch.manual_seed(0)
    height, width, depth = graph["input"]
    images = torch.randn(batch, depth, height, width).to(memory_format=torch.channels_last)
    labels = torch.arange(batch) % graph["classes"]
    steps = {}
    print(json.dumps({"torch": torch.__version__, "threads": torch.get_num_threads()}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        variant = request["variant"]
        if variant not in steps:
            steps[variant] = build(graph, variant == "compiled", images, labels)
            for _ in range(3):
                steps[variant]()
        times = []
        end = time.perf_counter() + request["seconds"]
        while time.perf_counter() < end or len(times) < 3:
            before = time.perf_counter()
            steps[variant]()
            times.append(time.perf_counter() - before)
        times.sort()
        print(json.dumps({"imagesPerSecond": batch / times[len(times) // 2]}), flush=True)


def build(graph, compiled, images, labels):
    network = Network(graph).to(memory_format=torch.channels_last).train()
    model = torch.compile(network) if compiled else network
    optimizer = torch.optim.SGD(network.parameters(), lr=1e-3, momentum=0.9, nesterov=True, weight_decay=5e-4)

    def step():
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


main()
