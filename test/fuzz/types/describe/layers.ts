import fc from "fast-check";
import type { Dim } from "../../../../src/types/dim.js";
import {
  anyShape,
  axes,
  axis,
  call,
  calls,
  code,
  type Described,
  type Drawn,
  dim,
  dtypes,
  edit,
  fewEdits,
  flag,
  known,
  layers,
  maybe,
  mostly,
  named,
  options,
  optionsOf,
  perhaps,
  ranged,
  type Shape,
  shapeOf,
  some,
  tensor,
  tensors,
  value,
  values,
} from "../arguments.js";
import type { Argument } from "../program.js";

const activation = some("relu", "tanh", undefined).map(code);
const functions = some("relu", "tanh", "softmax").map(code);
const floats = tensors(anyShape, dtypes.float);

const sequences: Drawn<Shape> = mostly<Shape, Shape>(shapeOf(3), anyShape, 8);

const cell = (name: string) =>
  layers(
    name,
    tensors(sequences, dtypes.float),
    optionsOf(
      {
        units: values(some(4, 8)),
        returnSequences: values(maybe(flag)),
        goBackwards: values(maybe(flag)),
        activation,
      },
      true,
    ),
  );

/** At once, with what only then can be asked for: the states, and a mask. */
const cellAtOnce = (name: string) =>
  fc
    .tuple(sequences, dtypes.float, maybe(flag), maybe(flag), maybe(fewEdits), dtypes.bool)
    .map(([shape, dtype, returnSequences, returnState, how, masked]) =>
      call(name, [
        tensor(shape, dtype),
        options(
          {
            units: value(4),
            returnSequences: value(returnSequences),
            returnState: value(returnState),
            ...(how && { mask: known(edit(shape.slice(0, 2), how), masked) }),
          },
          true,
        ),
      ]),
    );

const inBothDirections = fc
  .tuple(
    some("lstm", "gru", "simpleRnn", "dense"),
    maybe(flag),
    maybe(some("concat", "sum", "mul", "ave")),
    sequences,
    dtypes.float,
    fc.boolean(),
  )
  .map(
    ([name, returnSequences, mergeMode, shape, dtype, stands]): Argument =>
      (scope) => {
        const x = tensor(shape, dtype)(scope);
        const inner = call(name, [
          options({ units: value(4), ...(name !== "dense" && { returnSequences: value(returnSequences) }) }),
        ]);
        const layer = call("bidirectional", [inner, options({ mergeMode: value(mergeMode) })])(scope);
        return stands ? `sequential(${x}, ${layer})` : `${layer}(${x})`;
      },
  );

/** An option's values for an attention over what it is given, and over others. */
const attention = (name: string, heads: Drawn<Readonly<Record<string, Argument>>>) =>
  fc
    .tuple(
      sequences,
      dim,
      fc.array(fewEdits, { minLength: 2, maxLength: 2 }),
      some("none", "none", "value", "both"),
      heads,
      dtypes.float,
      maybe(flag),
      maybe(fewEdits),
    )
    .map(([shape, steps, [first, second], which, heads, dtype, useCausalMask, bias]) => {
      const others = edit([shape[0] ?? 2, steps, shape[2] ?? 4], first!);
      return call(name, [
        tensor(shape, dtype),
        options(
          {
            ...heads,
            ...(which !== "none" && { value: tensor(others, dtype) }),
            ...(which === "both" && { key: tensor(edit(others, second!), dtype) }),
            useCausalMask: value(useCausalMask),
            ...(bias && { attentionBias: tensor(edit([2, shape[1] ?? 2, steps], bias), dtype) }),
          },
          true,
        ),
      ]);
    });

const numHeads = fc.record({
  numHeads: values(some(2, 1)),
  keyDim: values(some(4)),
  outputShape: values(maybe(some(6))),
});
const groups = fc.record({
  headDim: values(some(4)),
  numQueryHeads: values(some(4, 2)),
  numKeyValueHeads: values(some(2, 1)),
});

/** An attention that compares what it is given with others, which it takes beside it. */
const compared = (name: string) =>
  fc
    .tuple(shapeOf(2, 4), dim, fc.array(fewEdits, { minLength: 2, maxLength: 2 }), flag, dtypes.float)
    .map(([shape, steps, [first, second], both, dtype]) => {
      const others = edit([...shape.slice(0, -2), steps, shape.at(-1)!], first!);
      const fields = { value: tensor(others, dtype), ...(both && { key: tensor(edit(others, second!), dtype) }) };
      return call(name, [tensor(shape, dtype), options(fields)]);
    });

const waiting = (name: string, fields: Drawn<Readonly<Record<string, Argument>>>) =>
  layers(
    name,
    tensors(sequences, dtypes.float),
    fields.map((fields) => options(fields, true)),
  );

const normalization = (fields: Parameters<typeof optionsOf>[0]) => (name: string) =>
  layers(name, floats, optionsOf({ epsilon: ranged(maybe(some(0.01))), ...fields }));

/** Layers in a row, of which one may not fit. */
const rows = fc
  .tuple(
    anyShape,
    dtypes.float,
    fc.array(
      some(
        "dense({ units: 4 })",
        "flatten()",
        "relu()",
        "reshape([-1])",
        "conv2d({ filters: 4, kernelSize: 3 })",
        "maxPooling2d()",
        "dropout(0.5)",
        "lstm({ units: 3 })",
        "layerNormalization()",
        "permute([2, 1])",
        "embedding({ inputDim: 9, outputDim: 3 })",
        "activation(tanh)",
        "globalAveragePooling2d()",
      ).filter((layer) => layer !== "relu()"),
      { maxLength: 4 },
    ),
    fc.boolean(),
  )
  .map(
    ([shape, dtype, rows, whole]): Argument =>
      (scope) => {
        const x = tensor(shape, dtype)(scope);
        return whole ? `sequential(${[x, ...rows].join(", ")})` : `block(${rows.join(", ")})(${x})`;
      },
  );

/** Equations with what they say of the output, and the letters that mostly have numbers. */
const dense = some<readonly [equation: string, ...letters: string[]]>(
  ["btc,cd->btd", "btc"],
  ["btc,chd->bthd", "btc"],
  ["...c,cd->...d", "btc"],
  ["bc...,cd->bd...", "bct"],
  ["bhd,hdc->bc", "bhd"],
  ["btc,tcd->bd", "btc"],
  ["btc,cd->btz", "btc"],
);

export const layersOf: Described = {
  einsumDense: layers(
    "einsumDense",
    tensors(
      fc
        .tuple(
          some<Dim>("batch", 2),
          some<Dim>("time", 5, 4),
          some<Dim>(3, 6, "c", 3),
          mostly(fc.constant(3), some(2, 4), 6),
        )
        .map(([b, t, c, rank]) => [b, t, c, 7].slice(0, rank)),
      dtypes.float,
    ),
    fc
      .tuple(
        dense,
        fc.array(some<number | null>(null, 3, 5, 4), { minLength: 1, maxLength: 3 }),
        maybe(some("d", "hd", "b")),
      )
      .map(([[equation], outputShape, biasAxes]) =>
        options({ equation: value(equation), outputShape: value(outputShape), biasAxes: value(biasAxes) }),
      ),
  ),
  dense: layers(
    "dense",
    floats,
    optionsOf({ units: values(some(4, 1)), activation, useBias: values(maybe(flag)) }, true),
  ),
  embedding: layers(
    "embedding",
    tensors(shapeOf(0, 5), dtypes.integer),
    optionsOf({ inputDim: values(some(10)), outputDim: values(some(4)) }, true),
  ),
  activation: layers("activation", tensors(shapeOf(1, 6), dtypes.float), functions),
  ...named("dropout alphaDropout gaussianDropout", (name) => layers(name, floats, values(some(0.5, 0.25)))),
  gaussianNoise: layers("gaussianNoise", floats, ranged(some(0.5, 0.25))),
  activityRegularization: layers("activityRegularization", floats, optionsOf({ l1: ranged(some(0.1)) })),
  ...named(
    "batchNormalization layerNormalization",
    normalization({ center: values(maybe(flag)), scale: values(maybe(flag)) }),
  ),
  ...named("rmsNormalization", normalization({})),
  ...named("groupNormalization", normalization({ groups: values(mostly(some(2, 1, 3), fc.constant(undefined), 4)) })),
  unitNormalization: layers("unitNormalization", floats, optionsOf({ axis: perhaps(axes) })),
  prelu: layers("prelu", floats, optionsOf({ sharedAxes: values(maybe(fc.array(some(1, 2, 3), { maxLength: 2 }))) })),
  permute: layers(
    "permute",
    tensors(shapeOf(1, 5)),
    values(fc.oneof(some([2, 1], [1, 2], [3, 1, 2], [1], [2, 1, 3]), fc.array(axis, { minLength: 1, maxLength: 3 }))),
  ),
  repeatVector: layers("repeatVector", tensors(mostly<Shape, Shape>(shapeOf(2), anyShape, 4)), values(some(3, 1))),
  ...named("lstm gru simpleRnn", (name) => fc.oneof(cell(name), cellAtOnce(name))),
  ...named("convLstm1d convLstm2d convLstm3d", (name) => {
    const rank = Number(name.at(-2)) + 3;
    const sizes = (n: number) => some<number | number[]>(n, rank === 4 ? n : new Array(rank - 3).fill(n));
    const windows = (n: number) => values(maybe(sizes(n)));
    return layers(
      name,
      tensors(mostly<Shape, Shape>(shapeOf(rank), anyShape, 8), dtypes.float),
      optionsOf(
        {
          filters: values(some(2, 3)),
          kernelSize: values(fc.oneof(sizes(2), sizes(1))),
          strides: windows(2),
          padding: values(maybe(some<string | number>("same", "valid", 1))),
          dilationRate: windows(2),
          returnSequences: values(maybe(flag)),
        },
        true,
      ),
    );
  }),
  bidirectional: inBothDirections,
  multiHeadAttention: fc.oneof(attention("multiHeadAttention", numHeads), waiting("multiHeadAttention", numHeads)),
  groupQueryAttention: fc.oneof(attention("groupQueryAttention", groups), waiting("groupQueryAttention", groups)),
  ...named("attention additiveAttention", (name) => {
    const none = fc.constant<Readonly<Record<string, Argument>>>({});
    return fc.oneof(compared(name), waiting(name, none));
  }),
  ...named("sinePositionEncoding rotaryEmbedding", (name) => calls(name, tensors(sequences, dtypes.float))),
  alibi: fc.oneof(
    calls("alibi", values(some(4, 3)), values(dim), values(maybe(dim))),
    calls("alibi", values(some(4, 1)), values(dim), values(dim), optionsOf({ offset: ranged(some(2, 0)) })),
  ),
  relativePositionBias: fc.oneof(
    layers("relativePositionBias", floats, optionsOf({ numHeads: values(some(2, 1)) }, true)),
    calls("relativePositionBias", floats, optionsOf({ numHeads: values(some(2)), source: values(dim) }, true)),
  ),
  positionEmbedding: layers(
    "positionEmbedding",
    tensors(sequences, dtypes.float),
    optionsOf({ sequenceLength: values(some(6, 2)) }, true),
  ),
  categoryEncoding: layers(
    "categoryEncoding",
    tensors(anyShape, dtypes.integer),
    optionsOf({ numTokens: values(some(4)), outputMode: values(maybe(some("oneHot", "multiHot", "count"))) }, true),
  ),
  melSpectrogram: layers(
    "melSpectrogram",
    tensors(
      fc.tuple(shapeOf(0, 2), some<Dim>(4096, "n", 2048)).map(([batch, samples]) => [...batch, samples]),
      dtypes.float,
    ),
    optionsOf({ numMelBins: values(maybe(some(8))) }),
  ),
  stftSpectrogram: layers(
    "stftSpectrogram",
    tensors(
      mostly<Shape, Shape>(
        fc.tuple(some<Dim>("batch", 2), some<Dim>(64, "n", 40, 6), some<Dim>(1, 2, "c")).map((all) => [...all]),
        anyShape,
      ),
      dtypes.float,
    ),
    optionsOf(
      {
        frameLength: values(some(8, 12, 16)),
        frameStep: values(maybe(some(4, 3))),
        fftLength: values(maybe(some(16, 20))),
        padding: values(maybe(some("valid", "same"))),
        mode: values(maybe(some("log", "psd", "stft", "real"))),
        expandDims: values(maybe(flag)),
      },
      true,
    ),
  ),
  identity: layers("identity", tensors(anyShape)),
  discretization: layers(
    "discretization",
    tensors(anyShape, dtypes.number),
    optionsOf(
      {
        binBoundaries: values(some([0], [0, 1])),
        outputMode: values(maybe(some("int", "oneHot", "multiHot", "count"))),
      },
      true,
    ),
  ),
  normalization: layers(
    "normalization",
    tensors(anyShape),
    optionsOf(
      {
        mean: values(some<unknown>(0.5, [1, 2], [0, 1, 2])),
        variance: values(some<unknown>(2, 1, [1, 2])),
        axis: values(maybe(mostly(some(-1, null, 1), some(3, -4), 4))),
        invert: values(maybe(flag)),
      },
      true,
    ),
  ),
  rescaling: layers("rescaling", tensors(anyShape), optionsOf({ scale: values(some(0.5)) }, true)),
  masking: calls("masking", floats),
  reversibleEmbedding: tensors(shapeOf(0, 4), dtypes.integer).map(
    (x) => (scope) => `reversibleEmbedding({ inputDim: 9, outputDim: 4 })(${x(scope)})`,
  ),
  timeDistributed: tensors(
    shapeOf(2, 4).map((shape) => [...shape, 4]),
    dtypes.float,
  ).map((x) => (scope) => `timeDistributed(dense({ units: 3 }))(${x(scope)})`),
  spectralNormalization: floats.map((x) => (scope) => `spectralNormalization(dense({ units: 3 }))(${x(scope)})`),
  frozen: floats.map((x) => (scope) => `sequential(${x(scope)}, frozen(dense({ units: 3 })))`),
  sequential: rows,
  block: rows,
};
