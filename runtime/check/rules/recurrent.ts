import { notRecurrent } from "../../../src/layers/bidirectional.js";
import { notVector } from "../../../src/layers/cells/built-in.js";
import { notFrames } from "../../../src/layers/recurrent/frames.js";
import { noTime } from "../../../src/layers/recurrent/shapes.js";
import { noSteps } from "../../../src/layers/rnn.js";
import { otherSteps } from "../../../src/layers/rnnCell.js";
import { fix } from "../edits.js";
import { rule } from "./rule.js";

export const recurrentRank = rule({
  id: "recurrent-rank",
  title: "A recurrent layer without steps",
  help: "Recurrent layers go along the second axis of [batch, time, channels]. One that stands before another gives all its outputs, with returnSequences: true.",
  message: noTime,
  explain: ({ op, shape }) => ({
    what: `${op} goes along the second axis of [batch, time, channels], but this is ${shape}.`,
    fix: fix(
      "Say { returnSequences: true } in the recurrent layer before, or give each sample an axis of steps: reshape(x, [-1, 28, 28]).",
    ),
  }),
});

export const framesRank = rule({
  id: "frames-rank",
  title: "Not a sequence of images",
  help: "convLstm2d() takes [batch, time, height, width, channels]; convLstm1d() one axis between time and channels, convLstm3d() three. One that stands before another gives all its outputs, with returnSequences: true.",
  message: notFrames,
  explain: ({ op, axes, shape }) => ({
    what: `${op} goes along the second axis of [batch, time, ${axes}, channels], but this is ${shape}.`,
    fix: fix(
      `Say { returnSequences: true } in the recurrent layer before, or reshape to [batch, time, ${axes}, channels].`,
    ),
  }),
});

export const stepsRank = rule({
  id: "steps-rank",
  title: "No steps to go along",
  help: "Layers over steps go along the second axis: [batch, time, …].",
  message: noSteps,
  explain: ({ op, shape }) => ({
    what: `${op} goes along the second axis of [batch, time, …], but this is ${shape}.`,
    fix: fix("Give each sample an axis of steps, and each step its channels: reshape(x, [-1, 28, 1])."),
  }),
});

export const cellChannels = rule({
  id: "cell-channels",
  title: "A step that is no list of channels",
  help: "lstmCell(), gruCell() and simpleRnnCell() take channels in each step: [batch, time, channels] as a whole.",
  message: notVector,
  explain: ({ op, shape }) => ({
    what: `${op} takes channels in each step, but a step gives ${shape} of a sample.`,
    fix: fix("Make channels of what a step gives: timeDistributed(flatten()) before, or reshape(x, [-1, 10, 784])."),
  }),
});

export const cellInput = rule({
  id: "cell-input",
  title: "A step that a cell is not made for",
  help: "rnnCell() says in its input what a step gives of a sample; without it, so many channels as there are.",
  message: otherSteps,
  explain: ({ wanted, shape }) => ({
    what: `The cell takes ${wanted} in each step, but a step gives ${shape} of a sample.`,
    fix: fix(`Say what a step gives where the cell is made: rnnCell({ input: ${shape}, … }, …).`),
  }),
});

export const bothDirections = rule({
  id: "bidirectional-layer",
  title: "A layer that has no direction",
  help: "bidirectional() goes along the steps of a recurrent layer the other way too: of lstm(), gru(), simpleRnn() or rnn(cell).",
  message: notRecurrent,
  explain: ({ kind }) => ({
    what: `bidirectional takes a recurrent layer, which goes along steps, but this is ${kind}.`,
    fix: fix("Write a recurrent layer in it: bidirectional(gru({ units: 64 }))."),
  }),
});
