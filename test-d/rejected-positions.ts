import {
  input,
  positionEmbedding,
  reversibleEmbedding,
  rotaryEmbedding,
  sequential,
  sinePositionEncoding,
} from "shapewright";

// Rejected programs of positions, as in rejected.ts.

/** What has no places, or channels that cannot be turned. */
export const positions = {
  "rotaryEmbedding: takes rows and columns on the last two axes, got [64]": () =>
    // @ts-expect-error
    rotaryEmbedding(input([64])),
  "rotaryEmbedding: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    rotaryEmbedding(input(["batch", "time", 64], "int32")),
  'rotaryEmbedding: [batch, 9, width]: each channel has a frequency, so their axis, the last one, is a number, not "width"':
    () =>
      // @ts-expect-error
      rotaryEmbedding(input(["batch", 9, "width"])),
  "rotaryEmbedding: axis -1 of [batch, time, 7] does not divide into 2 parts": () =>
    // @ts-expect-error
    rotaryEmbedding(input(["batch", "time", 7])),
  "sinePositionEncoding: takes rows and columns on the last two axes, got []": () =>
    // @ts-expect-error
    sinePositionEncoding(input([])),
  "positionEmbedding: the sequences of [batch, 600, 64] have 600 places, but sequenceLength is 512": () =>
    // @ts-expect-error
    positionEmbedding(input(["batch", 600, 64]), { sequenceLength: 512 }),
  "positionEmbedding: the sequences of [batch, 9, 64] have 9 places, but sequenceLength is 8": () =>
    // @ts-expect-error
    sequential(input(["batch", 9, 64]), positionEmbedding({ sequenceLength: 8 })),
  'positionEmbedding: [batch, 9, n]: each channel has a frequency, so their axis, the last one, is a number, not "n"':
    () =>
      // @ts-expect-error
      positionEmbedding(input(["batch", 9, "n"]), { sequenceLength: 512 }),
  "reversibleEmbedding: the way back is from 64 channels on the last axis, got [batch, time, 32]": () =>
    // @ts-expect-error
    reversibleEmbedding({ inputDim: 1000, outputDim: 64 }).reverse(input(["batch", "time", 32])),
  "reversibleEmbedding: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    reversibleEmbedding({ inputDim: 1000, outputDim: 64 })(input(["batch", "time"])),
  "reversibleEmbedding: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    reversibleEmbedding({ inputDim: 1000, outputDim: 64 }).reverse(input(["batch", 64], "int32")),
};
