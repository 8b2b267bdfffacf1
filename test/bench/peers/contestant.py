"""One contestant of a workload, as contestant.ts is: `contestant.py SETTING`, which is JSON."""

import json
import os
import sys
import time

import numpy as np

setting = json.loads(sys.argv[1])
workload, name, threads = setting["workload"], setting["contestant"], setting.get("threads")
with open(os.path.join(os.path.dirname(__file__), "workloads.json")) as file:
    spec = json.load(file)[workload]
batch, steps = spec["batch"], setting.get("steps", spec["steps"])
shape, classes = spec["input"], spec["classes"]
vocabulary = spec.get("vocabulary")
count = batch * steps
random = np.random.default_rng(0)
x = random.integers(0, vocabulary, [count, *shape], "int32") if vocabulary else random.random([count, *shape], "float32")
places = (shape if vocabulary else shape[:-1]) if spec.get("perToken") else []
y = random.integers(0, classes, [count, *places], "int32")


def tensorflow():
    os.environ["KERAS_BACKEND"] = "tensorflow"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import tensorflow as tf

    if threads:
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(threads)
    return tf


def keras_model():
    tf = tensorflow()
    import keras
    from keras_models import MODELS

    inputs = keras.Input(shape, dtype="int32" if vocabulary else "float32")
    return tf, keras, keras.Model(inputs, MODELS[workload](inputs))


def keras_fit(jit):
    tf, keras, model = keras_model()
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.Adam(), loss=loss, jit_compile=jit)
    fit = lambda epochs: model.fit(x, y, batch_size=batch, epochs=epochs, verbose=0, shuffle=True)
    predict = {"predict_on_batch": lambda: model.predict_on_batch(x[:1]), "model(x)": lambda: model(x[:1]).numpy()}
    return sum(int(np.prod(w.shape)) for w in model.trainable_variables), fit, lambda: predict


def tf_function(jit):
    tf, keras, model = keras_model()
    optimizer = keras.optimizers.Adam()
    optimizer.build(model.trainable_variables)
    xs, ys = [list(map(tf.constant, np.split(of, steps))) for of in (x, y)]

    @tf.function(jit_compile=jit)
    def step(x, y):
        with tf.GradientTape() as tape:
            logits = model(x, training=True)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        return loss

    def train(epochs):
        for _ in range(epochs):
            for i in range(steps):
                loss = step(xs[i], ys[i])
        loss.numpy()

    return sum(int(np.prod(w.shape)) for w in model.trainable_variables), train, dict


def pytorch(fused=False, compiled=False):
    import torch
    from torch.nn import functional as F
    from torch_models import MODELS

    torch.set_num_threads(threads or len(os.sched_getaffinity(0)))
    model = MODELS[workload]()
    channels_last = torch.channels_last if len(shape) == 3 else torch.contiguous_format
    given = torch.from_numpy(np.moveaxis(x, -1, 1).copy() if len(shape) == 3 else x)
    if len(shape) == 3:
        model, given = model.to(memory_format=channels_last), given.contiguous(memory_format=channels_last)
    xs, ys = given.split(batch), torch.from_numpy(y.astype("int64")).split(batch)
    optimizer = torch.optim.Adam(model.parameters(), 1e-3, eps=1e-7, fused=fused)
    parameters = sum(p.numel() for p in model.parameters())
    forward = torch.compile(model) if compiled else model
    on_classes = lambda logits: logits if logits.dim() != 3 else logits.flatten(0, 1)

    def train(epochs):
        for _ in range(epochs):
            for i in range(steps):
                optimizer.zero_grad()
                logits = on_classes(forward(xs[i]))
                loss = F.cross_entropy(logits, ys[i].flatten() if logits.dim() == 2 else ys[i])
                loss.backward()
                optimizer.step()
        loss.item()

    def predict():
        model.eval()
        one = given[:1].numpy()

        @torch.inference_mode()
        def call():
            return forward(torch.from_numpy(one)).numpy()

        return {"model(x)": call}

    return parameters, train, predict


def latencies(count):
    taken = {}
    for call, run in predict().items():
        taken[call] = []
        for _ in range(count):
            start = time.perf_counter()
            run()
            taken[call].append((time.perf_counter() - start) * 1000)
    return taken


def gan():
    if name.startswith("torch"):
        from gan_torch import dcgan

        if threads:
            import torch

            torch.set_num_threads(threads)
        return dcgan(x, steps, fused=name != "torch", compiled=name == "torchCompile")
    if name.startswith("tfFunction"):
        tensorflow()
        from gan_keras import dcgan

        return dcgan(x, steps, jit=name == "tfFunctionJit")
    sys.exit("without: a GAN is no model.fit")


parameters, train, predict = gan() if workload == "dcgan" else {
    "keras": lambda: keras_fit(False),
    "kerasJit": lambda: keras_fit(True),
    "tfFunction": lambda: tf_function(False),
    "tfFunctionJit": lambda: tf_function(True),
    "torch": lambda: pytorch(),
    "torchFused": lambda: pytorch(fused=True),
    "torchCompile": lambda: pytorch(fused=True, compiled=True),
}[name]()
print(json.dumps({"parameters": parameters}), flush=True)
for line in sys.stdin:
    if line.startswith("predict "):
        print(json.dumps(latencies(int(line[8:]))), flush=True)
        continue
    start = time.perf_counter()
    train(int(line))
    print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)
