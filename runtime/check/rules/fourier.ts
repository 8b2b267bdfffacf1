import { longStep } from "../../../src/layers/stftSpectrogram.js";
import { oneFrequency } from "../../../src/ops/irfft.js";
import { otherImaginary } from "../../../src/ops/shared/complex.js";
import { oneFrame, otherFrequencies, shortTransform, tooFewSamples } from "../../../src/ops/shared/stft-shape.js";
import { fix, replace } from "../edits.js";
import { rule } from "./rule.js";

export const complexParts = rule({
  id: "complex-parts",
  title: "Real and imaginary parts of different shapes",
  help: "Complex numbers are a list of two tensors of one shape: the real parts, and the imaginary ones.",
  message: otherImaginary,
  explain: ({ op, a, b }) => ({
    what: `Each complex number that ${op} takes has a real and an imaginary part, but there are ${a} of the one and ${b} of the other.`,
    fix: fix("Give both parts one shape; where all imaginary parts are 0, multiply(real, 0) is such a tensor."),
  }),
});

export const shortFft = rule({
  id: "short-fft",
  title: "A transform of fewer samples than a frame has",
  help: "fftLength is as much as a frame has, or more: then zeros stand around each frame, and there are more frequencies.",
  message: shortTransform,
  explain: ({ op, n, m }, { argument }) => ({
    what: `${op} would transform ${n} samples of each frame, which has ${m}.`,
    fix: fix("Transform the whole frame:", replace(argument, m)),
  }),
});

export const longFrameStep = rule({
  id: "long-frame-step",
  title: "Frames with gaps between them",
  help: "A frame begins frameStep samples behind the one before: no more than frameLength, so that each sample is in a frame.",
  message: longStep,
  explain: ({ op, n, m }, { argument }) => ({
    what: `${op} would leave samples out: frames of ${m} samples begin ${n} apart.`,
    fix: fix("Let frames follow one another at least:", replace(argument, m)),
  }),
});

export const fewSamples = rule({
  id: "few-samples",
  title: "A signal that is shorter than a frame",
  help: "Centered frames mirror half of fftLength at both ends of a signal, which has to be longer than that; others have to fit into it.",
  message: tooFewSamples,
  explain: ({ op, shape, n, m, k }) => ({
    what: `${op} goes along the last axis, which has ${n} samples in ${shape}, but with fftLength ${m} takes ${k} or more.`,
    fix: fix("Shorten the transform, or pad() the signal; samples stand on the last axis."),
  }),
});

export const frequencies = rule({
  id: "frequencies",
  title: "Frequencies of another transform",
  help: "istft takes [..., frames, frequencies] as stft gives them, with the same fftLength: fftLength/2 + 1 frequencies.",
  message: otherFrequencies,
  explain({ op, m, k, shape, n }) {
    const length = 2 * (Number(n) - 1);
    return {
      what: `With fftLength ${m}, ${op} takes ${k} frequencies on the last axis, but ${shape} has ${n}.`,
      fix: fix(
        length > 0 ? `Of ${n} frequencies, fftLength is ${length} or ${length + 1}.` : "Give the fftLength of stft.",
      ),
    };
  },
});

export const noSamplesOfOne = rule({
  id: "one-frequency",
  title: "One frequency, of how many samples is not known",
  help: "Two or more frequencies are of twice as many samples less two; one alone is of one sample, which has to be said.",
  message: oneFrequency,
  explain: () => ({
    what: "irfft would give 2 · (1 - 1) samples of one frequency, none.",
    fix: fix("Write 1 as its second argument where that is meant; frequencies stand on the last axis."),
  }),
});

export const oneFrameAlone = rule({
  id: "one-frame",
  title: "One centered frame without a length",
  help: "Centered frames give what stands between the middles of the first and the last one.",
  message: oneFrame,
  explain: () => ({
    what: "istft would give no samples: the first frame is the last one, too.",
    fix: fix(
      "Say { length }, or { center: false } for all samples of the frame; frames stand on the last axis but one.",
    ),
  }),
});
