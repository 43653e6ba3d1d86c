"""Measures training steps of one network in PyTorch: python3 pytorch_worker.py GRAPH BATCH [cpu | gpu] [float32 | bfloat16]

Builds the very network of Kindling's layer graph (JSON). It first prints a line {"torch": version, "device": name}; where
PyTorch has no GPU, that and all answers are {"failure": reason}. For each line on standard input,
{"variant": "eager" | "compiled" | "graphs", "seconds": s}, it answers with a line {"imagesPerSecond": x}, which the first
time has "firstStepSeconds" of what torch.compile compiles; or with {"failure": reason} where it cannot compile.
"graphs" is torch.compile with CUDA graphs. With ", unread" after the variant the loss stays on the device and the
host waits at the end only: then x is the mean over all steps, else from the median of their times. In bfloat16 the network is
computed under autocast, its loss in float32.
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
    device, name, wait = find_device(sys.argv[3] if len(sys.argv) > 3 else "cpu")
    if device is None:
        for _ in ["greeting", *sys.stdin]:
            print(json.dumps({"failure": name}), flush=True)
        return
    torch.manual_seed(0)
    # as TensorFlow does; NVIDIA_TF32_OVERRIDE=0 in the environment forbids it to both
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    torch.backends.cudnn.benchmark = True
    height, width, depth = graph["input"]
    images = torch.randn(batch, depth, height, width, device=device).to(memory_format=torch.channels_last)
    labels = torch.arange(batch, device=device) % graph["classes"]
    is_rounded = len(sys.argv) > 4 and sys.argv[4] == "bfloat16"
    steps = {}
    print(json.dumps({"torch": torch.__version__, "device": name}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        variant, _, unread = request["variant"].partition(", ")
        answer = {}
        if variant not in steps:
            step = build(graph, variant, images, labels, is_rounded)
            began = time.perf_counter()
            try:
                step().item()
            except Exception as error:
                if variant == "eager":
                    raise
                print(json.dumps({"failure": reason_of(error)}), flush=True)
                continue
            if variant != "eager":
                answer["firstStepSeconds"] = time.perf_counter() - began
            for _ in range(2):
                step().item()
            steps[variant] = step
        measure = steps_per_second if unread else steps_per_second_read
        answer["imagesPerSecond"] = batch * measure(steps[variant], request["seconds"], wait)
        print(json.dumps(answer), flush=True)


def find_device(kind):
    """A device, its name, and what waits until it has done all that it was given; or None and the reason."""
    if kind == "cpu":
        return torch.device("cpu"), "CPU", lambda: None
    if torch.cuda.is_available():
        return torch.device("cuda"), torch.cuda.get_device_name(), torch.cuda.synchronize
    if torch.backends.mps.is_available():
        return torch.device("mps"), "MPS", torch.mps.synchronize
    return None, f"PyTorch {torch.__version__} finds no GPU", None


def steps_per_second_read(step, seconds, wait):
    """From the median of the times of steps whose loss is read."""
    times = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 3:
        before = time.perf_counter()
        step().item()
        times.append(time.perf_counter() - before)
    times.sort()
    return 1 / times[len(times) // 2]


def steps_per_second(step, seconds, wait):
    """The mean of steps that are given to the device one after the other; it works on some while the host is ahead."""
    step()
    wait()
    began = time.perf_counter()
    count = 0
    while time.perf_counter() - began < seconds or count < 3:
        for _ in range(3):
            step()
        count += 3
        # so that the host is not ahead by more than some steps, and the time is kept to
        if count % 30 == 0:
            wait()
    wait()
    return count / (time.perf_counter() - began)


def reason_of(error):
    """The first line that says something: a compiler's output may follow."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[0] if lines else 'no reason given'}"


def build(graph, variant, images, labels, is_rounded):
    network = Network(graph).to(images.device).to(memory_format=torch.channels_last).train()
    mode = {"compiled": None, "graphs": "reduce-overhead"}
    model = network if variant == "eager" else torch.compile(network, dynamic=False, mode=mode[variant])
    optimizer = torch.optim.SGD(network.parameters(), lr=1e-3, momentum=0.9, nesterov=True, weight_decay=5e-4)

    def step():
        optimizer.zero_grad()
        with torch.autocast(images.device.type, torch.bfloat16, enabled=is_rounded):
            logits = model(images)
        loss = F.cross_entropy(logits.float(), labels)
        loss.backward()
        optimizer.step()
        return loss.detach()

    return step


main()
