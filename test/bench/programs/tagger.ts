import { bidirectional, dense, dropout, embedding, gru, input, model, sequential, type Tensor } from "shapewright";

/** A tag for each word of a sentence, by what stands before and behind it. */
export const network = model({ words: input(["batch", "time"], "int32") }, ({ words }) =>
  sequential(
    words,
    embedding({ inputDim: 20_000, outputDim: 128 }),
    bidirectional(gru({ units: 128, returnSequences: true })),
    dropout(0.3),
    bidirectional(gru({ units: 64, returnSequences: true })),
    dense({ units: 17 }),
  ),
);

export const output: Tensor<["batch", "time", 17]> = network.output;
