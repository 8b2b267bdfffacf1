"""DCGAN in PyTorch, with the loop of its own example: the discriminator on real and made images, then the generator on the same."""

import torch
from torch import nn
from torch.nn import functional as F


def generator():
    layers, inputs = [nn.ConvTranspose2d(100, 512, 4, bias=False), nn.BatchNorm2d(512), nn.ReLU()], 512
    for filters in (256, 128, 64):
        layers += [nn.ConvTranspose2d(inputs, filters, 4, 2, 1, bias=False), nn.BatchNorm2d(filters), nn.ReLU()]
        inputs = filters
    return nn.Sequential(*layers, nn.ConvTranspose2d(64, 3, 4, 2, 1, bias=False), nn.Tanh())


def discriminator():
    layers, inputs = [nn.Conv2d(3, 64, 4, 2, 1, bias=False), nn.LeakyReLU(0.2)], 64
    for filters in (128, 256, 512):
        layers += [nn.Conv2d(inputs, filters, 4, 2, 1, bias=False), nn.BatchNorm2d(filters), nn.LeakyReLU(0.2)]
        inputs = filters
    return nn.Sequential(*layers, nn.Conv2d(512, 1, 4, bias=False), nn.Flatten(0))


def dcgan(x, steps, fused, compiled):
    images = torch.from_numpy(x).permute(0, 3, 1, 2).chunk(steps)
    making, telling = [model().to(memory_format=torch.channels_last) for model in (generator, discriminator)]
    adam = lambda model: torch.optim.Adam(model.parameters(), 2e-4, (0.5, 0.999), 1e-7, fused=fused)
    for_generator, for_discriminator = adam(making), adam(telling)
    parameters = sum(p.numel() for model in (making, telling) for p in model.parameters())
    make, tell = [torch.compile(model) if compiled else model for model in (making, telling)]

    def step(real):
        for_discriminator.zero_grad()
        made = make(torch.randn(len(real), 100, 1, 1))
        (F.softplus(-tell(real)).mean() + F.softplus(tell(made.detach())).mean()).backward()
        for_discriminator.step()
        for_generator.zero_grad()
        loss = F.softplus(-tell(made)).mean()
        loss.backward()
        for_generator.step()
        return loss

    def train(epochs):
        for _ in range(epochs):
            for real in images:
                loss = step(real)
        loss.item()

    return parameters, train, dict
