"""Measures training steps of one network in PyTorch: python3 pytorch_worker.py GRAPH BATCH

Builds the very network of Kindling's layer graph (JSON). For each line on standard input,
{"variant": "eager" | "compiled", "seconds": s}, it answers with a line {"imagesPerSecond": x}, which the first
time has "firstStepSeconds" of what torch.compile compiles; or with {"failure": reason} where it cannot compile.
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
        answer = {}
        if variant not in steps:
            step = build(graph, variant == "compiled", images, labels)
            began = time.perf_counter()
            try:
                step()
            except Exception as error:
                if variant != "compiled":
                    raise
                print(json.dumps({"failure": reason_of(error)}), flush=True)
                continue
            if variant == "compiled":
                answer["firstStepSeconds"] = time.perf_counter() - began
            for _ in range(2):
                step()
            steps[variant] = step
        times = []
        end = time.perf_counter() + request["seconds"]
        while time.perf_counter() < end or len(times) < 3:
            before = time.perf_counter()
            steps[variant]()
            times.append(time.perf_counter() - before)
        times.sort()
        answer["imagesPerSecond"] = batch / times[len(times) // 2]
        print(json.dumps(answer), flush=True)


def reason_of(error):
    """The first line that says something: a compiler's output may follow."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[0] if lines else 'no reason given'}"


def build(graph, compiled, images, labels):
    network = Network(graph).to(memory_format=torch.channels_last).train()
    model = torch.compile(network, dynamic=False) if compiled else network
    optimizer = torch.optim.SGD(network.parameters(), lr=1e-3, momentum=0.9, nesterov=True, weight_decay=5e-4)

    def step():
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


main()
