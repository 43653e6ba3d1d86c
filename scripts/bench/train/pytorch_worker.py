"""Measures training steps of one network in PyTorch: python3 pytorch_worker.py GRAPH BATCH

Builds the very network of Kindling's layer graph (JSON). For each line on standard input,
{"variant": "eager" | "compiled", "seconds": s}, it answers with a line {"imagesPerSecond": x}.
"""
import json
import os
import sys
import time

import torch
from torch.nn import functional as F

sys.path.append(os.path.join(os.path.dirname(__file__), os.pardir, "shared"))
from torch_network import Network


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
