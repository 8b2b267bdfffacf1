import { wrongCache } from "../../../src/layers/cached-attention.js";
import { namedChannels, noChannelAxis } from "../../../src/layers/channels.js";
import { namedLastAxis, noLastAxis } from "../../../src/layers/dense.js";
import { croppedAway } from "../../../src/layers/edges.js";
import { noBatchAxis } from "../../../src/layers/flatten.js";
import { tooManyPlaces } from "../../../src/layers/positionEmbedding.js";
import { namedSlopes, noAxisToShare } from "../../../src/layers/prelu.js";
import { notEmbedded } from "../../../src/layers/reversibleEmbedding.js";
import { notALayer } from "../../../src/layers/sequential.js";
import { noKernel } from "../../../src/layers/spectralNormalization.js";
import { noChannels } from "../../../src/ops/shared/batch-norm.js";
import { namedFrequencies } from "../../../src/ops/shared/turned-places.js";
import { fix } from "../edits.js";
import { rule } from "./rule.js";

export const denseName = rule({
  id: "dense-name",
  title: "A dense layer over an axis without a number",
  help: "A dense layer's weights are as long as its input's last axis, so that is a number, known when the model is written.",
  message: namedLastAxis,
  explain({ shape, name }) {
    const what = `The weights of dense are as long as the last axis of ${shape}, so its size must be known, and "${name}" is none.`;
    const product = /^([a-z]\w*)\*/i.exec(name);
    const axis = product ? product[1] : name;
    return {
      what,
      fix: product
        ? fix(
            `"${axis}" has no size. Reduce it before the layer, as with mean(x, { axis: 1 }), or give it a number in input([…]).`,
          )
        : fix(`Give the axis a number in input([…]), or bring "${name}" in front of another axis with transpose().`),
    };
  },
});

export const denseScalar = rule({
  id: "dense-scalar",
  title: "A dense layer on a scalar",
  help: "A dense layer multiplies along the last axis, so its input has at least one.",
  message: noLastAxis,
  explain: () => ({
    what: "dense multiplies along the last axis of its input, but this is a scalar.",
    fix: fix('Give the input axes: input(["batch", 3]).'),
  }),
});

export const flattenScalar = rule({
  id: "flatten-scalar",
  title: "A scalar to flatten",
  help: "flatten() keeps the batch axis and makes one axis of all others, so its input has a batch axis.",
  message: noBatchAxis,
  explain: () => ({
    what: "flatten keeps the batch axis and makes one axis of all others, but this is a scalar.",
    fix: fix("Leave flatten() out, or do not reduce over the batch before."),
  }),
});

export const normalizationName = rule({
  id: "normalization-name",
  title: "A normalization over channels without a number",
  help: "batchNormalization() and layerNormalization() have weights for each channel, so the last axis is a number, known when the model is written.",
  message: namedChannels,
  explain: ({ op, shape, name }) => ({
    what: `${op} has weights for each place along the last axis of ${shape}, so its size must be known, and "${name}" is none.`,
    fix: fix(`Give the axis a number in input([…]), or bring "${name}" in front of another axis with transpose().`),
  }),
});

export const normalizationRank = rule({
  id: "normalization-rank",
  title: "A normalization without a batch axis",
  help: "batchNormalization() normalizes over the batch, so its input has a batch axis and channels.",
  message: noChannels,
  explain: ({ shape }) => ({
    what: `batchNormalization takes means over the batch, for each channel, but ${shape} has no axis for both.`,
    fix: fix('Give the input a batch axis: input(["batch", 3]).'),
  }),
});

export const normalizationScalar = rule({
  id: "normalization-scalar",
  title: "A normalization of a scalar",
  help: "layerNormalization() takes means along the last axis, so its input has at least one.",
  message: noChannelAxis,
  explain: ({ op }) => ({
    what: `${op} takes means along the last axis of its input, but this is a scalar.`,
    fix: fix('Give the input axes: input(["batch", 3]).'),
  }),
});

export const croppedEdges = rule({
  id: "cropped-edges",
  title: "Edges that are all there is",
  help: "A cropping layer leaves one place at least of every axis.",
  message: croppedAway,
  explain: ({ op, padding, axis, n }) => ({
    what: `${op} cuts ${padding} off both ends of axis ${axis}, which has ${n} places.`,
    fix: fix("Crop fewer places: a pair [before, after] tells the two ends apart."),
  }),
});

export const preluName = rule({
  id: "prelu-name",
  title: "Slopes along an axis without a number",
  help: "prelu() has a slope for each place behind the batch. Along the axes that sharedAxes lists there is one for all.",
  message: namedSlopes,
  explain: ({ shape, axis }) => ({
    what: `prelu learns a slope for each place of ${shape}, and axis ${axis} has a name, and no number, of them.`,
    fix: fix(
      `Share the slopes along it: prelu(x, { sharedAxes: [${axis}] }); or give the axis a number in input([…]).`,
    ),
  }),
});

export const sharedAxis = rule({
  id: "prelu-shared-axis",
  title: "A shared axis that there is not",
  help: "sharedAxes lists axes behind the batch, counted from 1: [1, 2] are the height and the width of images.",
  message: noAxisToShare,
  explain: ({ axis, shape }) => ({
    what: `prelu should share slopes along axis ${axis}, and ${shape} has none such behind its first.`,
    fix: fix("Count from 1, the first axis behind the batch."),
  }),
});

export const frequencyName = rule({
  id: "frequency-name",
  title: "Places for channels without a number",
  help: "What says where a place stands has a frequency, or a weight, for each channel, so the last axis is a number, known when the model is written.",
  message: namedFrequencies,
  explain: ({ op, shape, name }) => ({
    what: `${op} calculates with the number of channels, the last axis of ${shape}, and "${name}" is none.`,
    fix: fix(`Give the axis a number in input([…]), or bring "${name}" in front of another axis with transpose().`),
  }),
});

export const placesWithoutVectors = rule({
  id: "places-without-vectors",
  title: "More places than there are vectors",
  help: "positionEmbedding() has a vector for each of sequenceLength places: as many as the longest sequence.",
  message: tooManyPlaces,
  explain: ({ op, shape, m, n }) => ({
    what: `${op} has vectors for ${n} places, and the sequences of ${shape} have ${m}.`,
    fix: fix(`Make sequenceLength as large as the longest sequence: sequenceLength: ${m}.`),
  }),
});

export const attentionCache = rule({
  id: "attention-cache",
  title: "A cache that is not the attention's",
  help: "Attention with a cache keeps the keys and the values of every head in every place: [batch, heads, length, channels], with keyDim channels for keys and valueDim for values.",
  message: wrongCache,
  explain: ({ op, name, shape, batch, heads, channels }) => ({
    what: `${op} keeps what its own ${heads} heads find, ${channels} channels in each, but the cache's ${name} is ${shape}.`,
    fix: fix(`Begin with zeros of that shape: broadcastTo(constant(0), [${batch}, ${heads}, length, ${channels}]).`),
  }),
});

export const reversedChannels = rule({
  id: "reversed-channels",
  title: "Vectors that are no embedding's",
  help: "The way back of reversibleEmbedding() is by the table that it goes in by: from vectors with outputDim channels to inputDim scores.",
  message: notEmbedded,
  explain: ({ op, n, shape }) => ({
    what: `The table of ${op} has vectors of ${n} numbers, but what goes back is ${shape}.`,
    fix: fix(`Bring the last axis to ${n} before: dense(x, { units: ${n} }).`),
  }),
});

export const noLayer = rule({
  id: "no-layer",
  title: "Something else in the place of a layer",
  help: "sequential() and block() take layers, which calls without an input make, and functions that keep a tensor's shape.",
  message: notALayer,
  explain: ({ op, place, given }) => ({
    what: `${op} applies layers one after another, but what stands in place ${place} is ${given} that is none.`,
    fix: fix(
      "Call the layer's function: dense({ units: 10 }), flatten(). A function of your own that changes the shape is applied outside.",
    ),
  }),
});

export const spectralKernel = rule({
  id: "spectral-kernel",
  title: "A layer without a kernel to normalize",
  help: "spectralNormalization() divides the kernel of a layer by its largest singular value: of dense(), embedding() or a convolution.",
  message: noKernel,
  explain: ({ kind }) => ({
    what: `spectralNormalization takes one layer that has a kernel, but this is ${kind}.`,
    fix: fix("Write it around each layer with a kernel: spectralNormalization(dense({ units: 64 }))."),
  }),
});
