import {
  add,
  at,
  batchNormalization,
  bidirectional,
  broadcastTo,
  concat,
  constant,
  conv1d,
  type Dim,
  dense,
  dropout,
  einsum,
  embedding,
  expandDims,
  input,
  lstm,
  model,
  multiply,
  relu,
  scan,
  sigmoid,
  softmax,
  split,
  squeeze,
  stack,
  type Tensor,
  tanh,
  times,
} from "shapewright";

const window = { kernelSize: 5, padding: "same" } as const;
const normal = { epsilon: 1e-5, momentum: 0.9 } as const;

/** A convolution over time, brought to mean 0 and variance 1. */
function convolution<B extends Dim, T extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, T, C]>,
  filters: F,
) {
  return batchNormalization(conv1d(x, { ...window, filters }), normal);
}

/** What a text says of each of its letters. */
function encode<B extends Dim, T extends Dim>(letters: Tensor<[B, T], "int32">): Tensor<[B, T, 512]> {
  let y = embedding(letters, { inputDim: 148, outputDim: 512 });
  for (let i = 0; i < 3; i++) y = dropout(relu(convolution(y, 512)), 0.5);
  return bidirectional(lstm({ units: 256, returnSequences: true }))(y);
}

/** What a long short-term memory carries. */
interface State<B extends Dim, U extends number> {
  readonly hidden: Tensor<[B, U]>;
  readonly cell: Tensor<[B, U]>;
}

/** One step of a long short-term memory. */
function remember<B extends Dim, C extends number, U extends number>(
  x: Tensor<[B, C]>,
  { hidden, cell }: State<NoInfer<B>, U>,
): State<B, U> {
  const units = hidden.shape[1];
  const gates = dense(concat([x, hidden], -1), { units: times(units, 4) });
  const [take, keep, candidate, show] = split(gates, [units, units, units, units], -1);
  const next = add(multiply(sigmoid(keep), cell), multiply(sigmoid(take), tanh(candidate)));
  return { hidden: multiply(sigmoid(show), tanh(next)), cell: next };
}

/** How much of each letter is heard now: told by what was heard up to now, and by where in the text that was. */
function attend<B extends Dim, T extends Dim>(
  query: Tensor<[B, 1024]>,
  keys: Tensor<[NoInfer<B>, T, 128]>,
  { last, all }: NoInfer<{ last: Tensor<[B, T]>; all: Tensor<[B, T]> }>,
): Tensor<[B, T]> {
  const linear = { units: 128, useBias: false } as const;
  const around = conv1d(stack([last, all], -1), { filters: 32, kernelSize: 31, padding: "same", useBias: false });
  const seen = add(add(expandDims(dense(query, linear), 1), dense(around, linear)), keys); // [B, T, 128]
  return softmax(squeeze(dense(tanh(seen), { units: 1, useBias: false }), -1));
}

/** Frames of a spectrum, each from those before it and from the letters that it is of, and whether it is the last one. */
function decode<B extends Dim, T extends Dim, F extends Dim>(
  letters: Tensor<[B, T, 512]>,
  before: Tensor<[NoInfer<B>, F, 256]>,
) {
  const [batch, time] = letters.shape;
  const keys = dense(letters, { units: 128, useBias: false });
  const [nothing, unheard] = [broadcastTo(constant(0), [batch, 1024]), broadcastTo(constant(0), [batch, time])];
  const start = {
    listenedHidden: nothing,
    listenedCell: nothing,
    spokenHidden: nothing,
    spokenCell: nothing,
    last: unheard,
    all: unheard,
    context: broadcastTo(constant(0), [batch, 512]),
  };
  const { outputs } = scan(before, start, (carry, frame) => {
    const { listenedHidden, listenedCell, spokenHidden, spokenCell, last, all } = carry;
    const listened = remember(concat([frame, carry.context], -1), { hidden: listenedHidden, cell: listenedCell });
    const heard = attend(listened.hidden, keys, { last, all });
    const context = einsum("bt,btc->bc", heard, letters);
    const spoken = remember(concat([listened.hidden, context], -1), { hidden: spokenHidden, cell: spokenCell });
    return {
      carry: {
        listenedHidden: listened.hidden,
        listenedCell: listened.cell,
        spokenHidden: spoken.hidden,
        spokenCell: spoken.cell,
        last: heard,
        all: add(all, heard),
        context,
      },
      output: concat([spoken.hidden, context], -1),
    };
  });
  return { frames: dense(outputs, { units: 80 }), stop: dense(outputs, { units: 1 }) };
}

/** Five convolutions, which say what is to be added. */
function refine<B extends Dim, F extends Dim>(frames: Tensor<[B, F, 80]>): Tensor<[B, F, 80]> {
  let y = dropout(tanh(convolution(frames, 512)), 0.5);
  for (let i = 0; i < 3; i++) y = dropout(tanh(convolution(y, 512)), 0.5);
  return add(frames, dropout(convolution(y, 80), 0.5));
}

/**
 * Tacotron 2, from letters to the frames of a spectrum, with the frames before each as they should be: 28,182,913 parameters. (In PyTorch,
 * its LSTMs have a second bias: 10,240 numbers more.)
 * Source: Shen et al., "Natural TTS synthesis by conditioning WaveNet on mel spectrogram predictions" (2018).
 */
export const tacotron2 = model(
  { letters: input(["batch", "time"], "int32"), frames: input(["batch", "frames", 80]) },
  ({ letters, frames }) => {
    const first = broadcastTo(constant(0), ["batch", 1, 80]);
    const before = concat([first, at(frames, ":, :-1")], 1); // ["batch", "frames", 80]
    const linear = { units: 256, activation: relu, useBias: false } as const;
    const known = dropout(dense(dropout(dense(before, linear), 0.5), linear), 0.5);
    const said = decode(encode(letters), known);
    return { ...said, refined: refine(said.frames) };
  },
);
