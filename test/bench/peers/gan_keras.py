"""DCGAN in Keras's layers, with the loop of TensorFlow's own tutorial: both models' gradients in one step."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers as L


def generator():
    grow = lambda filters, **more: L.Conv2DTranspose(filters, 4, 2, padding="same", use_bias=False, **more)
    layers = [L.Reshape([1, 1, 100]), L.Conv2DTranspose(512, 4, use_bias=False), L.BatchNormalization(), L.ReLU()]
    for filters in (256, 128, 64):
        layers += [grow(filters), L.BatchNormalization(), L.ReLU()]
    return keras.Sequential([keras.Input([100]), *layers, grow(3, activation="tanh")])


def discriminator():
    shrink = lambda filters: L.Conv2D(filters, 4, 2, padding="same", use_bias=False)
    layers = [shrink(64), L.LeakyReLU(0.2)]
    for filters in (128, 256, 512):
        layers += [shrink(filters), L.BatchNormalization(), L.LeakyReLU(0.2)]
    return keras.Sequential([keras.Input([64, 64, 3]), *layers, L.Conv2D(1, 4, use_bias=False)])


def dcgan(x, steps, jit):
    images = list(map(tf.constant, np.split(x, steps)))
    making, telling = generator(), discriminator()
    optimizers = [keras.optimizers.Adam(2e-4, 0.5), keras.optimizers.Adam(2e-4, 0.5)]
    weights = [telling.trainable_variables, making.trainable_variables]
    for optimizer, variables in zip(optimizers, weights):
        optimizer.build(variables)

    @tf.function(jit_compile=jit)
    def step(real):
        with tf.GradientTape(persistent=True) as tape:
            made = making(tf.random.normal([real.shape[0], 100]), training=True)
            of_real, of_made = telling(real, training=True), telling(made, training=True)
            wrong = tf.reduce_mean(tf.nn.softplus(-of_real)) + tf.reduce_mean(tf.nn.softplus(of_made))
            seen_through = tf.reduce_mean(tf.nn.softplus(-of_made))
        for loss, variables, optimizer in zip((wrong, seen_through), weights, optimizers):
            optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return seen_through

    def train(epochs):
        for _ in range(epochs):
            for real in images:
                loss = step(real)
        loss.numpy()

    return sum(int(np.prod(v.shape)) for group in weights for v in group), train, dict
