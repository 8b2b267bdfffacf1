"""The workloads' models in Keras 3, as its own examples write them."""

from keras import layers as L


def mlp(x, units):
    return L.Dense(10)(L.Dense(units, activation="relu")(x))


def convnet(x):
    for filters in (32, 64):
        x = L.MaxPooling2D()(L.Conv2D(filters, 3, activation="relu")(x))
    return L.Dense(10)(L.Dropout(0.5)(L.Flatten()(x)))


def encoder(x):
    x = L.Embedding(1000, 128)(x)
    for _ in range(4):
        seen = L.LayerNormalization(epsilon=1e-3)(L.Add()([x, L.MultiHeadAttention(4, 32)(x, x)]))
        wide = L.Dense(512, activation="gelu")(seen)
        x = L.LayerNormalization(epsilon=1e-3)(L.Add()([seen, L.Dense(128)(wide)]))
    return L.Dense(10)(L.GlobalAveragePooling1D()(x))


def convolve(x, filters, size, strides=1):
    return L.BatchNormalization()(L.Conv2D(filters, size, strides, padding="same", use_bias=False)(x))


def relu(x):
    return L.Activation("relu")(x)


def relu6(x):
    return L.Activation("relu6")(x)


def stem(x):
    return L.MaxPooling2D(3, 2, padding="same")(relu(convolve(x, 64, 7, 2)))


def resnet18(x):
    x = stem(x)
    for filters, strides in ((64, 1), (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1)):
        around = x if strides == 1 else convolve(x, filters, 1, strides)
        x = relu(L.Add()([around, convolve(relu(convolve(x, filters, 3, strides)), filters, 3)]))
    return L.Dense(10)(L.GlobalAveragePooling2D()(x))


def resnet50(x):
    x = stem(x)
    for filters, blocks, first in ((64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)):
        for block in range(blocks):
            strides = first if block == 0 else 1
            around = convolve(x, 4 * filters, 1, strides) if block == 0 else x
            y = relu(convolve(relu(convolve(x, filters, 1)), filters, 3, strides))
            x = relu(L.Add()([around, convolve(y, 4 * filters, 1)]))
    return L.Dense(10)(L.GlobalAveragePooling2D()(x))


def tagger(x):
    x = L.Embedding(20_000, 128)(x)
    x = L.Dropout(0.3)(L.Bidirectional(L.GRU(128, return_sequences=True))(x))
    return L.Dense(17)(L.Bidirectional(L.GRU(64, return_sequences=True))(x))


def unet(x):
    def double(y, filters):
        return relu(convolve(relu(convolve(y, filters, 3)), filters, 3))

    ways = []
    for filters in (32, 64, 128, 256):
        x = double(x, filters)
        ways.append(x)
        x = L.MaxPooling2D()(x)
    x = double(x, 512)
    for filters, way in zip((256, 128, 64, 32), reversed(ways)):
        x = double(L.Concatenate()([way, L.Conv2DTranspose(filters, 2, 2)(x)]), filters)
    return L.Conv2D(2, 1)(x)


def mobilenet_v2(x):
    def each(y, strides=1):
        y = L.DepthwiseConv2D(3, strides, padding="same", use_bias=False)(y)
        return relu6(L.BatchNormalization()(y))

    x = convolve(each(relu6(convolve(x, 32, 3, 2))), 16, 1)
    for filters, blocks, first in (
        (24, 2, 2), (32, 3, 2), (64, 4, 2), (96, 3, 1), (160, 3, 2), (320, 1, 1),
    ):
        for block in range(blocks):
            y = each(relu6(convolve(x, 6 * x.shape[-1], 1)), first if block == 0 else 1)
            y = convolve(y, filters, 1)
            x = y if block == 0 else L.Add()([x, y])
    x = relu6(convolve(x, 1280, 1))
    return L.Dense(10)(L.Dropout(0.2)(L.GlobalAveragePooling2D()(x)))


MODELS = {
    "mlp128x512": lambda x: mlp(x, 512),
    "mlp32x64": lambda x: mlp(x, 64),
    "convnet": convnet,
    "lstm": lambda x: L.Dense(10)(L.LSTM(128)(x)),
    "encoder": encoder,
    "embedding": lambda x: L.Dense(2)(L.GlobalAveragePooling1D()(L.Embedding(20_000, 64)(x))),
    "resnet18": resnet18,
    "resnet50": resnet50,
    "tagger": tagger,
    "unet": unet,
    "mobilenetV2": mobilenet_v2,
}
