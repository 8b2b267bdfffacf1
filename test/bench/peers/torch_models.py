"""The workloads' models in PyTorch, whose images have their channels first."""

import torch
from torch import nn
from torch.nn import functional as F


class Through(nn.Module):
    """Layers one after another, of which a recurrent one gives its sequence."""

    def __init__(self, *layers):
        super().__init__()
        self.layers = nn.ModuleList(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
            x = x[0] if isinstance(x, tuple) else x
        return x


class Last(nn.Module):
    def forward(self, x):
        return x[:, -1]


class Mean(nn.Module):
    """Over all axes between the samples and the features; of images, those behind."""

    def __init__(self, *axes):
        super().__init__()
        self.axes = axes

    def forward(self, x):
        return x.mean(self.axes)


def convnet():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Dropout(0.5), nn.Linear(1600, 10),
    )


class Block(nn.Module):
    """A block of an encoder, whose attention is the fused one."""

    def __init__(self):
        super().__init__()
        self.qkv, self.out = nn.Linear(128, 384), nn.Linear(128, 128)
        self.wide, self.narrow = nn.Linear(128, 512), nn.Linear(512, 128)
        self.first, self.second = nn.LayerNorm(128), nn.LayerNorm(128)

    def forward(self, x):
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, 4, 32).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, t, 128)
        x = self.first(x + self.out(seen))
        return self.second(x + self.narrow(F.gelu(self.wide(x))))


def convolve(inputs, filters, size, strides=1, groups=1):
    return nn.Sequential(
        nn.Conv2d(inputs, filters, size, strides, size // 2, groups=groups, bias=False), nn.BatchNorm2d(filters)
    )


class Residual(nn.Module):
    def __init__(self, way, around=None, activation=True):
        super().__init__()
        self.way, self.around, self.activation = way, around or nn.Identity(), activation

    def forward(self, x):
        x = self.around(x) + self.way(x)
        return F.relu(x) if self.activation else x


def stem():
    return nn.Sequential(convolve(3, 64, 7, 2), nn.ReLU(), nn.MaxPool2d(3, 2, 1))


def resnet18():
    layers, inputs = [stem()], 64
    for filters, strides in ((64, 1), (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1)):
        around = None if strides == 1 else convolve(inputs, filters, 1, strides)
        way = nn.Sequential(convolve(inputs, filters, 3, strides), nn.ReLU(), convolve(filters, filters, 3))
        layers.append(Residual(way, around))
        inputs = filters
    return nn.Sequential(*layers, Mean(2, 3), nn.Linear(512, 10))


def resnet50():
    layers, inputs = [stem()], 64
    for filters, blocks, first in ((64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)):
        for block in range(blocks):
            strides = first if block == 0 else 1
            around = convolve(inputs, 4 * filters, 1, strides) if block == 0 else None
            way = nn.Sequential(
                convolve(inputs, filters, 1), nn.ReLU(), convolve(filters, filters, 3, strides), nn.ReLU(),
                convolve(filters, 4 * filters, 1),
            )
            layers.append(Residual(way, around))
            inputs = 4 * filters
    return nn.Sequential(*layers, Mean(2, 3), nn.Linear(2048, 10))


def tagger():
    gru = lambda inputs, units: nn.GRU(inputs, units, batch_first=True, bidirectional=True)
    return Through(nn.Embedding(20_000, 128), gru(128, 128), nn.Dropout(0.3), gru(256, 64), nn.Linear(128, 17))


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        double = lambda a, b: nn.Sequential(convolve(a, b, 3), nn.ReLU(), convolve(b, b, 3), nn.ReLU())
        widths = (32, 64, 128, 256)
        self.down = nn.ModuleList(double(a, b) for a, b in zip((3, 32, 64, 128), widths))
        self.lowest = double(256, 512)
        self.up = nn.ModuleList(nn.ConvTranspose2d(2 * width, width, 2, 2) for width in reversed(widths))
        self.both = nn.ModuleList(double(2 * width, width) for width in reversed(widths))
        self.last = nn.Conv2d(32, 2, 1)

    def forward(self, x):
        ways = []
        for down in self.down:
            x = down(x)
            ways.append(x)
            x = F.max_pool2d(x, 2)
        x = self.lowest(x)
        for up, both, way in zip(self.up, self.both, reversed(ways)):
            x = both(torch.cat([way, up(x)], 1))
        return self.last(x)


def mobilenet_v2():
    each = lambda width, strides=1: nn.Sequential(convolve(width, width, 3, strides, width), nn.ReLU6())
    layers = [convolve(3, 32, 3, 2), nn.ReLU6(), each(32), convolve(32, 16, 1)]
    inputs = 16
    for filters, blocks, first in (
        (24, 2, 2), (32, 3, 2), (64, 4, 2), (96, 3, 1), (160, 3, 2), (320, 1, 1),
    ):
        for block in range(blocks):
            way = nn.Sequential(
                convolve(inputs, 6 * inputs, 1), nn.ReLU6(), each(6 * inputs, first if block == 0 else 1),
                convolve(6 * inputs, filters, 1),
            )
            layers.append(way if block == 0 else Residual(way, activation=False))
            inputs = filters
    return nn.Sequential(
        *layers, convolve(320, 1280, 1), nn.ReLU6(), Mean(2, 3), nn.Dropout(0.2), nn.Linear(1280, 10)
    )


def mlp(units):
    return nn.Sequential(nn.Linear(784, units), nn.ReLU(), nn.Linear(units, 10))


MODELS = {
    "mlp128x512": lambda: mlp(512),
    "mlp32x64": lambda: mlp(64),
    "convnet": convnet,
    "lstm": lambda: Through(nn.LSTM(32, 128, batch_first=True), Last(), nn.Linear(128, 10)),
    "encoder": lambda: nn.Sequential(
        nn.Embedding(1000, 128), *(Block() for _ in range(4)), Mean(1), nn.Linear(128, 10)
    ),
    "embedding": lambda: nn.Sequential(nn.Embedding(20_000, 64), Mean(1), nn.Linear(64, 2)),
    "resnet18": resnet18,
    "resnet50": resnet50,
    "tagger": tagger,
    "unet": UNet,
    "mobilenetV2": mobilenet_v2,
}
