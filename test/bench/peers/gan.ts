import { adam, add, compileLoss, input, mean, model, neg, softplus, type Tensor } from "shapewright";
import { discriminator, generator } from "../../../examples/models/dcgan.js";

export { discriminator, generator };

const optimizer = adam({ learningRate: 2e-4, beta1: 0.5 });
const noise = () => input(["batch", 100]);

/** A logit's binary crossentropy with 1, and with 0. */
const asReal = (logit: Tensor<["batch", 1, 1, 1]>) => mean(softplus(neg(logit)));
const asMade = (logit: Tensor<["batch", 1, 1, 1]>) => mean(softplus(logit));

/** Real images are to be taken for real, made ones for made. */
export const discriminating = compileLoss(
  model({ image: input(["batch", 64, 64, 3]), noise: noise() }, ({ image, noise }) =>
    add(asReal(discriminator.apply({ image })), asMade(discriminator.apply({ image: generator.apply({ noise }) }))),
  ),
  { optimizer, trainable: discriminator },
);

/** Made images are to be taken for real. */
export const generating = compileLoss(
  model({ noise: noise() }, ({ noise }) => asReal(discriminator.apply({ image: generator.apply({ noise }) }))),
  { optimizer, trainable: generator },
);
