"""The representation measures of one run by PyTorch, scikit-learn and NumPy: python3 python_worker.py FOLDER

Reads what write-network.ts wrote into FOLDER: the layers of a network, its weights before and after the training, images
and labels. Forward passes are PyTorch's (channels_last), and each is made once. For each line on standard input,
{"method": name}, it measures the layers that the method measures, before and after the training and with shuffled labels
where the method does so, and answers with {"seconds": s, "values": {layer: v}}: one number of the trained network that
tells whether both programs measure the same. Penalties, restarts and the split of the probes are Kindling's; solvers run as
scikit-learn sets them, converged or not. Kindling's intervals (400 resamples of the clusters) have no counterpart here.
"""
import functools
import json
import os
import sys
import time
import warnings

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, normalized_mutual_info_score, silhouette_score
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler

sys.path.append(os.path.join(os.path.dirname(__file__), os.pardir, "shared"))
from torch_network import Network

warnings.filterwarnings("ignore")
STATES = ("trained", "untrained")
BATCH = 100

FOLDER = sys.argv[1]
with open(os.path.join(FOLDER, "network.json")) as file:
    NETWORK = json.load(file)
LAYERS, CLASSES, PENALTIES = NETWORK["layers"], NETWORK["classes"], NETWORK["penalties"]
MEASURED = [layer for layer in LAYERS if layer["kind"] != "dropout"]
RECTIFIED = [layer for layer in MEASURED if layer.get("activation") == "relu"]


def read(name, shape):
    return np.fromfile(os.path.join(FOLDER, name), np.float32).reshape(shape)


LABELS = np.array(NETWORK["labels"])
SHUFFLED = np.random.default_rng(0).permutation(LABELS)
IMAGES = torch.from_numpy(read("images.f32", [-1, *NETWORK["input"]])).permute(0, 3, 1, 2)
POOLINGS = {
    "average": lambda y: y.mean((2, 3)),
    "4x4": lambda y: F.adaptive_avg_pool2d(y, 4).flatten(1),
    "share of zeros": lambda y: (y == 0).float().mean((2, 3)),
}


def network_of(state):
    network = Network(NETWORK).eval()
    for place, layer in enumerate(LAYERS):
        for weight in layer["weights"]:
            values = torch.from_numpy(read(f"{state}-{place}-{weight['kind']}.f32", weight["shape"]))
            operation = network.operations[layer["key"]]
            if weight["kind"] == "kernel":
                operation.weight.data = values.permute(3, 2, 0, 1).contiguous()
            elif weight["kind"] == "bias":
                operation.bias.data = values
            else:
                raise NotImplementedError(weight["kind"])
    return network.to(memory_format=torch.channels_last)


@functools.cache
def features(state, pooling):
    """[images, width] of each layer."""
    network = network_of(state)
    found = {layer["name"]: [] for layer in (RECTIFIED if pooling == "share of zeros" else MEASURED)}

    def keep(name, output):
        if name in found:
            found[name].append(POOLINGS[pooling](output))

    with torch.inference_mode():
        for start in range(0, len(IMAGES), BATCH):
            network(IMAGES[start : start + BATCH], keep)
    return {name: torch.cat(parts).numpy() for name, parts in found.items()}


def each_layer(measure, pooling="average", layers=MEASURED):
    """The measure of each layer with trained weights, also by shuffled labels, and before the training."""
    values = {}
    for layer in layers:
        name = layer["name"]
        values[name] = measure(features("trained", pooling)[name], (LABELS, SHUFFLED))
        measure(features("untrained", pooling)[name], (LABELS,))
    return values


def probe(x, _):
    order, fitted, validated = NETWORK["split"]["order"], NETWORK["split"]["fitted"], NETWORK["split"]["validated"]
    seen = fitted + validated
    x, y = x[order], LABELS[order]
    x = StandardScaler().fit(x[:seen]).transform(x)
    names = range(CLASSES)

    def fit(rows, l2, truth):
        return LogisticRegression(C=1 / (rows * l2)).fit(x[:rows], truth[:rows])

    losses = [
        log_loss(y[fitted:seen], fit(fitted, l2, y).predict_proba(x[fitted:seen]), labels=names) for l2 in PENALTIES
    ]
    best = PENALTIES[int(np.argmin(losses))]
    found = []
    for truth in (y, np.random.default_rng(1).permutation(y)):
        model = fit(seen, best, truth)
        found.append(log_loss(truth[seen:], model.predict_proba(x[seen:]), labels=names) / np.log(CLASSES))
        model.score(x[seen:], truth[seen:])
    return found[0]


def clusters(x, truths):
    found = KMeans(CLASSES, n_init=20, random_state=0).fit(x).labels_
    information = []
    for truth in truths:
        counts = np.array([np.bincount(truth[found == c], minlength=CLASSES) for c in range(CLASSES)])
        shares = counts / np.bincount(truth)
        shares = shares / np.maximum(shares.sum(1, keepdims=True), 1e-12)
        log_loss(truth, shares[found], labels=range(CLASSES))
        (counts.max(1).sum()) / len(truth)
        information.append(normalized_mutual_info_score(truth, found))
    if len(set(found)) > 1:
        silhouette_score(x, found)
    return information[0]


def separation(x, truths):
    x = x.astype(np.float64)
    collapse = []
    for truth in truths:
        counts = np.bincount(truth)
        means = np.array([x[truth == k].mean(0) for k in range(CLASSES)])
        (counts @ ((means - x.mean(0)) ** 2)).sum() / sum(((x[truth == k] - means[k]) ** 2).sum() for k in range(CLASSES))
        within = sum(np.atleast_2d(np.cov(x[truth == k].T, bias=True)) for k in range(CLASSES)) / CLASSES
        centred = means - x.mean(0)
        between = centred.T @ centred / CLASSES
        collapse.append(np.trace(within @ np.linalg.pinv(between, rcond=1e-10, hermitian=True)) / CLASSES)
    return collapse[0]


def dimension(x, _):
    x = x.astype(np.float64)
    values = np.maximum(np.linalg.eigvalsh(np.atleast_2d(np.cov(x.T, bias=True))), 0)
    sigma = np.sqrt(values)
    p = sigma[sigma > 0] / sigma.sum()
    rank = np.exp(-(p * np.log(p)).sum())
    values.sum() ** 2 / (values**2).sum()
    np.searchsorted(np.cumsum(values[::-1]), 0.99 * values.sum())
    points = np.unique(x, axis=0)
    if len(points) >= 20:
        distances, _ = NearestNeighbors(n_neighbors=3).fit(points).kneighbors(points)
        ratios = np.sort(distances[:, 2] / distances[:, 1])
        kept = int(0.9 * len(ratios))
        logs = np.log(ratios[:kept])
        (-np.log(1 - np.arange(1, kept + 1) / len(ratios)) * logs).sum() / (logs**2).sum()
    return rank


def units():
    def activity(zeros, _):
        shares = zeros.mean(0)
        (shares == 1).mean()
        return shares.mean()

    def selectivity(x, truths):
        for truth in truths:
            counts = np.bincount(truth)
            sums = np.array([x[truth == k].sum(0) for k in range(CLASSES)])
            means = sums / counts[:, None]
            best = means.argmax(0)
            most = means.max(0)
            rest = (sums.sum(0) - sums[best, np.arange(sums.shape[1])]) / (len(x) - counts[best])
            np.mean(((most - rest) / (most + rest))[most + rest > 0])

    each_layer(selectivity, layers=RECTIFIED)
    return each_layer(activity, "share of zeros", RECTIFIED)


def similarity():
    """Unbiased linear CKA of each layer with the last."""
    for state in reversed(STATES):
        centred = [x - x.mean(0) for x in features(state, "average").values()]
        diagonals = [(x.astype(np.float64) ** 2).sum(1) for x in centred]
        count = len(centred)
        hsic = np.zeros([count, count])
        for i, x in enumerate(centred):
            n = len(x)
            for j in range(i, count):
                k, l = diagonals[i], diagonals[j]
                trace = ((x.T @ centred[j]) ** 2).sum(dtype=np.float64) - k @ l
                hsic[i, j] = trace + k.sum() * l.sum() / ((n - 1) * (n - 2)) - 2 / (n - 2) * (k @ l)
        cka = hsic / np.sqrt(np.outer(hsic.diagonal(), hsic.diagonal()))
    return {layer["name"]: cka[place, -1] for place, layer in enumerate(MEASURED[:-1])}


def spatial():
    spread = [layer for layer in MEASURED if layer["output"][0] * layer["output"][1] > 1]
    each_layer(probe, layers=spread)
    return each_layer(probe, "4x4", spread)


METHODS = {
    "probe": lambda: each_layer(probe),
    "clusters": lambda: each_layer(clusters),
    "separation": lambda: each_layer(separation),
    "dimension": lambda: each_layer(dimension),
    "units": units,
    "similarity": similarity,
    "spatial": spatial,
}


def main():
    # PyTorch has all processors, whatever is said to the libraries of linear algebra
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    with torch.inference_mode():  # what PyTorch sets up once
        network_of("trained")(IMAGES[:BATCH])
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        started = time.perf_counter()
        values = METHODS[json.loads(line)["method"]]()
        seconds = time.perf_counter() - started
        print(json.dumps({"seconds": seconds, "values": {k: float(v) for k, v in values.items()}}), flush=True)


main()
