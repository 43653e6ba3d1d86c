"""A network of Kindling's layer graph (JSON) in PyTorch."""
import torch
from torch import nn
from torch.nn import functional as F


class Network(nn.Module):
    """The layers of the graph in their order; batch norm momentum 0.1 as in Kindling's graph."""

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

    def forward(self, images, on_layer=None):
        """Logits [n, classes]; on_layer is called with the name and the output, [n, c, h, w], of each layer."""
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
            if on_layer is not None:
                on_layer(layer["name"], x)
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
