import { notRecurrent } from "../../../src/layers/bidirectional.js";
import { noTime } from "../../../src/layers/recurrent/shapes.js";
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

export const bothDirections = rule({
  id: "bidirectional-layer",
  title: "A layer that has no direction",
  help: "bidirectional() goes along the steps of a recurrent layer the other way too: of lstm(), gru() or simpleRnn().",
  message: notRecurrent,
  explain: ({ kind }) => ({
    what: `bidirectional takes a recurrent layer, which goes along steps, but this is ${kind}.`,
    fix: fix("Write a recurrent layer in it: bidirectional(gru({ units: 64 }))."),
  }),
});
