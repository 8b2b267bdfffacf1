import { add, dense, exp, input, model, multiply, relu, sigmoid, type Tensor } from "shapewright";

/** What an image may have come from: a mean and the logarithm of a variance for each of 20 numbers. */
function encode<const B extends string>(image: Tensor<[B, 784]>) {
  const h = dense(image, { units: 400, activation: relu });
  return { mean: dense(h, { units: 20 }), logVariance: dense(h, { units: 20 }) };
}

/**
 * A variational autoencoder of digits: 652,824 parameters. Its noise, from a normal distribution, is an input.
 * Source: Kingma and Welling, "Auto-encoding variational Bayes" (2013).
 */
export const vae = model({ image: input(["batch", 784]), noise: input(["batch", 20]) }, ({ image, noise }) => {
  const { mean, logVariance } = encode(image);
  const drawn = add(mean, multiply(exp(multiply(logVariance, 0.5)), noise)); // ["batch", 20]
  const decoded = dense(dense(drawn, { units: 400, activation: relu }), { units: 784, activation: sigmoid });
  return { image: decoded, mean, logVariance };
});
