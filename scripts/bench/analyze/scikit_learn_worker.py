"""The representation measures of one network by scikit-learn and NumPy: python3 scikit_learn_worker.py FOLDER

Reads the features that Kindling wrote into FOLDER. For each line on standard input, the name of a method, it measures all
layers as that method does (with shuffled labels where it does so) and answers with {"seconds": s}. The same penalties,
restarts and splits as in Kindling; features of one set of weights.
"""
import json
import os
import sys
import time
import warnings

import numpy as np
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, normalized_mutual_info_score, silhouette_score
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
PENALTIES = (1e-3, 1e-2, 1e-1, 1, 10, 100)


def main():
    folder = sys.argv[1]
    with open(os.path.join(folder, "features.json")) as file:
        found = json.load(file)
    rows, classes = found["rows"], found["classes"]
    labels = np.array(found["labels"])

    def read(name):
        return np.fromfile(os.path.join(folder, name), np.float32).reshape(rows, -1)

    averaged = [read(layer["averaged"]) for layer in found["layers"]]
    grids = [layer["grid"] for layer in found["layers"] if layer["grid"]]
    methods = {
        "probe": lambda: [probe(x, labels, classes) for x in averaged],
        "clusters": lambda: [clusters(x, labels, classes) for x in averaged],
        "separation": lambda: [separation(x, labels, classes) for x in averaged],
        "dimension": lambda: [dimension(x) for x in averaged],
        "similarity": lambda: similarity(averaged),
        "spatial": lambda: [probe(read(name), labels, classes) for name in grids],
    }
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        started = time.perf_counter()
        methods[line.strip()]()
        print(json.dumps({"seconds": time.perf_counter() - started}), flush=True)


def probe(x, labels, classes):
    order = np.random.default_rng(0).permutation(len(x))
    fitted, seen = int(0.64 * len(x)), int(0.8 * len(x))
    x, y = x[order], labels[order]
    x = StandardScaler().fit(x[:seen]).transform(x)

    def fit(rows, l2, y):
        return LogisticRegression(C=1 / (rows * l2), max_iter=500).fit(x[:rows], y[:rows])

    losses = [
        log_loss(y[fitted:seen], fit(fitted, l2, y).predict_proba(x[fitted:seen]), labels=range(classes))
        for l2 in PENALTIES
    ]
    best = PENALTIES[int(np.argmin(losses))]
    shuffled = np.random.default_rng(1).permutation(y)
    for truth in (y, shuffled):
        model = fit(seen, best, truth)
        log_loss(truth[seen:], model.predict_proba(x[seen:]), labels=range(classes))
        model.score(x[seen:], truth[seen:])


def clusters(x, labels, classes):
    found = KMeans(classes, n_init=10, random_state=0).fit(x).labels_
    for truth in (labels, np.random.default_rng(0).permutation(labels)):
        counts = np.array([np.bincount(truth[found == c], minlength=classes) for c in range(classes)])
        shares = counts / np.bincount(truth)
        shares = shares / np.maximum(shares.sum(1, keepdims=True), 1e-12)
        log_loss(truth, shares[found], labels=range(classes))
        normalized_mutual_info_score(truth, found)
    if len(set(found)) > 1:
        silhouette_score(x, found)


def separation(x, labels, classes):
    x = x.astype(np.float64)
    for truth in (labels, np.random.default_rng(0).permutation(labels)):
        means = np.array([x[truth == k].mean(0) for k in range(classes)])
        within = sum(np.cov(x[truth == k].T, bias=True) for k in range(classes)) / classes
        between = np.atleast_2d(np.cov(means.T, bias=True))
        np.trace(between) / np.trace(np.atleast_2d(within))
        np.trace(np.atleast_2d(within) @ np.linalg.pinv(between, rcond=1e-10)) / classes


def dimension(x):
    x = x.astype(np.float64)
    values = np.maximum(np.linalg.eigvalsh(np.atleast_2d(np.cov(x.T, bias=True))), 0)
    sigma = np.sqrt(values)
    p = sigma[sigma > 0] / sigma.sum()
    np.exp(-(p * np.log(p)).sum())
    values.sum() ** 2 / (values**2).sum()
    points = np.unique(x, axis=0)
    if len(points) < 20:
        return
    distances, _ = NearestNeighbors(n_neighbors=3).fit(points).kneighbors(points)
    ratios = np.sort(distances[:, 2] / distances[:, 1])
    kept = int(0.9 * len(ratios))
    logs = np.log(ratios[:kept])
    (-np.log(1 - np.arange(1, kept + 1) / len(ratios)) * logs).sum() / (logs**2).sum()


def similarity(layers):
    centred = [x - x.mean(0) for x in layers]
    diagonals = [(x**2).sum(1) for x in centred]
    for i, x in enumerate(centred):
        for j in range(i, len(centred)):
            ((x.T @ centred[j]) ** 2).sum() - diagonals[i] @ diagonals[j]


main()
