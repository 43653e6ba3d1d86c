"""Computes numbers of demystify.md once more, without Kindling: the network by torchvision, decoded as in
test/fixtures/published-squeezenet.py, the pictures by Pillow, k-means by scikit-learn, mutual information by the published
implementation of EDGE (EDGE_4_4_1.py of github.com/mrtnoshad/EDGE, commit 83c94cf; of it only the function without cvxpy).

Run: python check.py FILE.net PICTURES FEATURES FOLDER_OF_EDGE (torch 2.15, torchvision, scikit-learn 1.9, NumPy 2.4, Pillow)
FEATURES is a folder of averages that the recipe leaves in its output, of the images that it lists in files.txt."""
import math
import pathlib
import sys
import types

import numpy as np
import torch
from PIL import Image
from sklearn.cluster import KMeans
from torchvision.models import squeezenet1_0
from torchvision.transforms import CenterCrop, Resize

WEIGHTS, PICTURES, FEATURES, EDGE = map(pathlib.Path, sys.argv[1:5])
CLUSTERS, WINDOW, THRESHOLD = 32, 7, 0.7
MEANS = np.array([104.0, 117, 123])  # blue, green, red


def decoded():
    """Kernels in PyTorch's order and biases, in the order of the file."""
    modules = [(16, 64), (16, 64), (32, 128), (32, 128), (48, 192), (48, 192), (64, 256), (64, 256)]
    shapes, channels = [(96, 3, 7, 7)], 96
    for squeeze, expand in modules:
        shapes += [(squeeze, channels, 1, 1), (expand, squeeze, 1, 1), (expand, squeeze, 3, 3)]
        channels = 2 * expand
    shapes.append((1000, 512, 1, 1))
    with open(WEIGHTS, "rb") as file:
        counts = np.fromfile(file, np.uint32, len(shapes)).tolist()
        for shape, count in zip(shapes, counts):
            codebook, bias = np.fromfile(file, np.float32, 256), np.fromfile(file, np.float32, shape[0])
            codes, stream = np.fromfile(file, np.uint8, count), np.fromfile(file, np.uint8, (count + 1) // 2)
            gaps = np.stack([stream % 16, stream // 16], 1).ravel()[:count].astype(np.int64)
            code = np.zeros(math.prod(shape), np.uint8)
            code[np.cumsum(gaps + 1) - 1] = codes
            yield torch.from_numpy(codebook[code].reshape(shape)), torch.from_numpy(bias)


def network():
    found = squeezenet1_0().eval().requires_grad_(False)
    convolutions = [part for part in found.modules() if isinstance(part, torch.nn.Conv2d)]
    for part, (kernel, bias) in zip(convolutions, decoded(), strict=True):
        assert part.weight.shape == kernel.shape
        part.weight.data, part.bias.data = kernel, bias
    return found


def batches(files, size=50):
    for start in range(0, len(files), size):
        pictures = [CenterCrop(227)(Resize(256)(Image.open(file).convert("RGB"))) for file in files[start : start + size]]
        bgr = np.stack([np.asarray(picture) for picture in pictures])[..., ::-1] - MEANS
        yield torch.from_numpy(bgr.transpose(0, 3, 1, 2)).float()


def truth_of(files):
    ids = [line.split()[0] for line in CLASSES.read_text().splitlines()]
    return [ids.index(file.parent.name) for file in files]


def classes_of(files):
    return sorted(set(truth_of(files)))


def windows(model, files):
    """Mean share of the saliency in the best window, for the most likely of the ten classes, among which alone the network
    decides; and how far Kindling's averages of fire9 are from these."""
    held, furthest = [], 0.0
    kindling = np.load(FEATURES / "fire9-concatenation.npy")
    for images in batches(files):
        maps = model.features(images).requires_grad_()
        logits = model.classifier(maps).flatten(1)[:, classes_of(files)]
        (gradient,) = torch.autograd.grad(logits.max(1).values.sum(), maps)
        cam = (gradient.mean((2, 3), keepdim=True) * maps).sum(1).clamp(min=0).detach().double()
        low, high = cam.amin((1, 2), keepdim=True), cam.amax((1, 2), keepdim=True)
        scaled = (cam - low) / (high - low)
        salient = torch.where(scaled < THRESHOLD, 0, scaled)
        best = salient.unfold(1, WINDOW, 1).unfold(2, WINDOW, 1).sum((3, 4)).amax((1, 2))
        some = kindling[len(held) : len(held) + len(images)]
        furthest = max(furthest, float(np.abs(maps.detach().mean((2, 3)).numpy() - some).max()))
        held += (best / salient.sum((1, 2))).tolist()
    held = np.array(held)
    print(f"saliency window: {100 * np.nanmean(held):.1f} % of {np.isfinite(held).sum()} images")
    print(f"averages of fire9/concatenation: at most {furthest:.1e} apart, up to {kindling.max():.1f}")


def entropies(clusters, labels):
    """Frequencies divided by the size of the class, over ln(classes); plain shares, nats."""
    table = np.zeros((CLUSTERS, labels.max() + 1))
    np.add.at(table, (clusters, labels), 1)
    scaled = table / table.sum(0)
    both = [(each / each.sum(1, keepdims=True))[clusters, labels] for each in (scaled, table)]
    return -np.log(both[0]).mean() / math.log(table.shape[1]), -np.log(both[1]).mean()


def divided(values):
    """The partition of numbers with the least sum of squares, by dynamic programming."""
    order = np.argsort(values, kind="stable")
    v = values[order].astype(np.float64) - values.mean()
    n = len(v)
    sums, squares = (np.concatenate([[0], np.cumsum(each)]) for each in (v, v * v))
    first, behind = np.arange(n)[:, None], np.arange(1, n + 1)[None, :]
    count = np.maximum(1, behind - first)
    cost = squares[None, 1:] - squares[:-1, None] - (sums[None, 1:] - sums[:-1, None]) ** 2 / count
    cost = np.where(behind > first, np.maximum(0, cost), np.inf)  # of the values from `first` up to `behind`
    least, starts = cost[0], []
    for _ in range(CLUSTERS - 1):
        total = np.concatenate([[np.inf], least[:-1]])[:, None] + cost
        starts.append(total.argmin(0))
        least = total.min(0)
    clusters, end = np.empty(n, int), n
    for cluster in range(CLUSTERS - 1, -1, -1):
        start = starts[cluster - 1][end - 1] if cluster > 0 else 0
        clusters[order[start:end]] = cluster
        end = start
    return clusters


def information(features, labels, draws=20):
    sys.modules["cvxpy"] = types.ModuleType("cvxpy")
    sys.path.insert(0, str(EDGE))
    np.asscalar = lambda array: array.item()
    import EDGE_4_4_1 as edge

    seed = np.random.seed
    found = []
    for draw in range(draws):
        edge.np.random.seed = lambda *_: seed(draw)
        found.append(edge.EDGE(features, labels[:, None].astype(float), gamma=[1, 1e-4]))
    return np.mean(found), np.std(found, ddof=1)


CLASSES = pathlib.Path(__file__).parents[2] / "resources" / "classes" / "imagenet.txt"
labels = np.load(FEATURES / "labels.npy").astype(int)
_, labels = np.unique(labels, return_inverse=True)
files = [PICTURES / line for line in (FEATURES / "files.txt").read_text().splitlines()]

for layer in ("conv1", "fire5-concatenation", "fire9-concatenation", "conv10"):
    found = KMeans(CLUSTERS, n_init=10, random_state=0).fit(np.load(FEATURES / f"{layer}.npy").astype(np.float64))
    normalized, plain = entropies(found.labels_, labels)
    print(f"k-means of {layer}: cross-entropy {normalized:.3f}, plain {plain:.3f} nats")
for layer in ("fire2-squeeze", "fire9-squeeze"):
    of = [entropies(divided(column), labels)[0] for column in np.load(FEATURES / f"{layer}.npy").T]
    print(f"{layer}: best channel {np.argmin(of)} at {min(of):.4f}, mean {np.mean(of):.4f}")
for layer in ("fire9-concatenation", "conv10"):
    mean, deviation = information(np.load(FEATURES / f"{layer}.npy").astype(float), labels)
    print(f"EDGE of {layer} with the class: {mean:.2f} bits, deviation over 20 projections {deviation:.2f}")
windows(network(), files)
