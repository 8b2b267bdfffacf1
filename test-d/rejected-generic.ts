import {
  add,
  broadcastTo,
  concat,
  conv1d,
  conv2d,
  type Dim,
  dense,
  dot,
  einsum,
  einsumDense,
  gru,
  input,
  lstm,
  matmul,
  maxPooling2d,
  mean,
  normalization,
  prelu,
  randomHue,
  reshape,
  type Shape,
  scaledDotProductAttention,
  separableConv2d,
  sequential,
  squeeze,
  stack,
  type Tensor,
  tensordot,
  transpose,
  variable,
  zeros,
} from "shapewright";

// Programs that are wrong within a generic function, as in rejected.ts. Type parameters stand in messages by their names.

/** What is wrong whatever the type parameters stand for. */
export const whatever = {
  "mean: axis 2 is out of range for [B, C] (rank 2: -2 to 1)": () => {
    // @ts-expect-error
    const block = <B extends Dim, C extends Dim>(x: Tensor<[B, C]>) => mean(x, { axis: 2 });
    return block(input(["B", "C"]));
  },
  "maxPooling2d: takes [batch, height, width, channels], got [B, C]": () => {
    // @ts-expect-error
    const block = <B extends Dim, C extends Dim>(x: Tensor<[B, C]>) => maxPooling2d(x);
    return block(input(["B", "C"]));
  },
  "conv2d: takes [batch, height, width, channels], got [B, H, C]": () => {
    const block = <B extends Dim, H extends Dim, C extends Dim>(x: Tensor<[B, H, C]>) => {
      // @ts-expect-error
      return conv2d(x, { filters: 3, kernelSize: 3 });
    };
    return block(input(["B", "H", "C"]));
  },
  "conv2d: takes [batch, height, width, channels], got [B, 5]": () => {
    const block = <B extends Dim, C extends number>(x: Tensor<[B, C]>) => {
      // @ts-expect-error
      return sequential(x, dense({ units: 5 }), conv2d({ filters: 3, kernelSize: 3 }));
    };
    return block(input(["B", 4]));
  },
  "normalization: mean has 3 numbers, but axis -1 of [B, 4] has size 4": () => {
    const block = <B extends Dim>(x: Tensor<[B, 2]>) => {
      // @ts-expect-error
      return sequential(x, dense({ units: 4 }), normalization({ mean: [1, 2, 3], variance: 1 }));
    };
    return block(input(["B", 2]));
  },
  "separableConv2d: takes [batch, height, width, channels], got [B, 8, 4]": () => {
    const block = <B extends Dim>(x: Tensor<[B, 8, 2]>) => {
      // @ts-expect-error
      return sequential(x, dense({ units: 4 }), separableConv2d({ filters: 3, kernelSize: 3 }));
    };
    return block(input(["B", 8, 2]));
  },
  "prelu: sharedAxes has 2, which is no axis of [B, 4] behind the first: they count from 1": () => {
    const block = <B extends Dim>(x: Tensor<[B, 2]>) => {
      // @ts-expect-error
      return sequential(x, dense({ units: 4 }), prelu({ sharedAxes: [2] }));
    };
    return block(input(["B", 2]));
  },
  "randomHue: takes [batch, height, width, channels], got [B, 4]": () => {
    const block = <B extends Dim>(x: Tensor<[B, 2]>) => {
      // @ts-expect-error
      return sequential(x, dense({ units: 4 }), randomHue({ factor: 0.1 }));
    };
    return block(input(["B", 2]));
  },
  "einsumDense: abc,cd->abd: abc does not name the axes of [B, 4]": () => {
    const block = <B extends Dim>(x: Tensor<[B, 2]>) => {
      // @ts-expect-error
      return sequential(x, dense({ units: 4 }), einsumDense({ equation: "abc,cd->abd", outputShape: [8, 3] }));
    };
    return block(input(["B", 2]));
  },
  "lstm: takes [batch, time, channels], got [B, 3]; a recurrent layer before it needs returnSequences: true": () => {
    const block = <B extends Dim, T extends Dim>(x: Tensor<[B, T, 8]>) => {
      // @ts-expect-error
      return sequential(x, gru({ units: 3 }), lstm({ units: 3 }));
    };
    return block(input(["B", "T", 8]));
  },
  "concat: [B, N] and [B, N, M] differ in rank": () => {
    const block = <B extends Dim, N extends Dim, M extends Dim>(x: Tensor<[B, N]>, y: Tensor<[B, N, M]>) => {
      // @ts-expect-error
      return concat([x, y], -1);
    };
    return block(input(["B", "N"]), input(["B", "N", "M"]));
  },
};

/** What need not fit for every size: TypeScript names what it asks, and of what. */
export const inTypeScriptsWords = {
  '& MustBroadcast<"add", [...B, N], [...B, 64], N, 64, B, B>': () => {
    return <B extends Shape, N extends number>(x: Tensor<[...B, N]>) => {
      // @ts-expect-error
      return add(x, dense(x, { units: 64 }));
    };
  },
  '& MustBroadcast<"add", [B, N], [B, 64], N, 64, [B], [B]>': () => {
    return <B extends Dim, N extends number>(x: Tensor<[B, N]>): Tensor<[B, N]> => {
      // @ts-expect-error
      return add(x, dense(x, { units: 64 })); // of the result nothing is said besides
    };
  },
  '& CheckBroadcast<"add", [B, H, C], [B, Minus<H, 2>, C]>': () => {
    return <B extends Dim, H extends Dim, C extends number>(x: Tensor<[B, H, C]>): Tensor<[B, H, C]> => {
      const channels = x.shape[2];
      // @ts-expect-error
      return add(x, conv1d(x, { filters: channels, kernelSize: 3 }));
    };
  },
  '& CheckBroadcast<"add", [B, T, C], [B, C, T]>': () => {
    return <B extends Dim, T extends Dim, C extends Dim>(x: Tensor<[B, T, C]>) => {
      // @ts-expect-error
      return add(x, transpose(x, [0, 2, 1]));
    };
  },
  '& MustBroadcast<"add", [B, T, C], [B, C], T, B, [B], []>': () => {
    return <B extends Dim, T extends Dim, C extends Dim>(x: Tensor<[B, T, C]>) => {
      // @ts-expect-error
      return add(x, mean(x, { axis: 1 }));
    };
  },
  'Tensor<[B, 5], "float32">\' is not assignable to type \'Tensor<[B, 4], "float32">\'': () => {
    return <B extends Dim, T extends Dim>(x: Tensor<[B, T, 3]>, state: Tensor<[B, 5]>) => {
      // @ts-expect-error
      return lstm(x, { units: 4, initialState: { hidden: state, cell: input([]) as never } });
    };
  },
  '& MustBePlaces<"normalization", "mean", [B, C], -1, 3, C>': () => {
    return <B extends Dim, C extends number>(x: Tensor<[B, C]>) => {
      // @ts-expect-error
      return normalization(x, { mean: [1, 2, 3], variance: 1 });
    };
  },
  "& DotMustMatch<[B, N], [784, 10], N, 784>": () => {
    return <B extends Dim, N extends number>(x: Tensor<[B, N]>) => {
      // @ts-expect-error
      return dot(x, variable("W", [784, 10], zeros()));
    };
  },
  "& MatmulMustMatch<[B, T, C], [B, T, C], C, T, [B], [B]>": () => {
    // @ts-expect-error
    return <B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>) => matmul(x, x);
  },
  '& MustMatch<"tensordot", [B, N], [M, 3], N, M, [], []>': () => {
    return <B extends Dim, N extends number, M extends number>(x: Tensor<[B, N]>, w: Tensor<[M, 3]>) => {
      // @ts-expect-error
      return tensordot(x, w, 1);
    };
  },
  '& SameIndex<"einsum", "t", T, C, [["c", C, T]], "btc,btc->b", "operand 1", [B, C, T]>': () => {
    return <B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>) => {
      // @ts-expect-error
      return einsum("btc,btc->b", x, transpose(x, [0, 2, 1]));
    };
  },
  '& MustJoin<"scaledDotProductAttention", [B, T, C], [B, S, D], -2>': () => {
    return <B extends Dim, T extends Dim, S extends Dim, C extends number, D extends number>(
      q: Tensor<[B, T, C]>,
      k: Tensor<[B, S, D]>,
    ) => {
      // @ts-expect-error
      return scaledDotProductAttention(q, k, k);
    };
  },
  '& MustJoin<"concat", [B, N, M], [B, M, N], -1>': () => {
    return <B extends Dim, N extends Dim, M extends Dim>(x: Tensor<[B, N, M]>) => {
      // @ts-expect-error
      return concat([x, transpose(x, [0, 2, 1])], -1);
    };
  },
  'MustBeLike<"stack", [B, N], [B, M]>': () => {
    return <B extends Dim, N extends Dim, M extends Dim>(x: Tensor<[B, N]>, y: Tensor<[B, M]>) => {
      // @ts-expect-error
      return stack([x, y]);
    };
  },
  "& MustBeJoined<[B, H], [B, H, D]>": () => {
    return <B extends Dim, H extends number, D extends number>(x: Tensor<[B, H]>, [b, h, d]: [B, H, D]) => {
      // @ts-expect-error
      return reshape(x, [b, h, d]);
    };
  },
  "& MustBeJoined<[B, C], [B, 1, D]>": () => {
    return <B extends Dim, C extends Dim, D extends Dim>(x: Tensor<[B, C]>, [b, d]: [B, D]) => {
      // @ts-expect-error
      return reshape(x, [b, 1, d]);
    };
  },
  "& MustReshape<[B, T, C], [B, -1, 4], [T, C], [-1, 4]>": () => {
    return <B extends Dim, T extends number, C extends number>(x: Tensor<[B, T, C]>) => {
      // @ts-expect-error
      return reshape(x, [x.shape[0], -1, 4]);
    };
  },
  '& CheckBroadcastTo<"broadcastTo", [B, N], [B, M]>': () => {
    return <B extends Dim, N extends Dim, M extends Dim>(x: Tensor<[B, N]>, [b, m]: [B, M]) => {
      // @ts-expect-error
      return broadcastTo(x, [b, m]);
    };
  },
  "MustBeOne<[B, N], -1, N>": () => {
    // @ts-expect-error
    return <B extends Dim, N extends Dim>(x: Tensor<[B, N]>) => squeeze(x, -1);
  },
  'MustTake<Conv2dRule<3, 3, 1, "valid", 1, 1, true>, S, "float32", [], []>': () => {
    return <S extends Shape>(x: Tensor<S>) => {
      // @ts-expect-error
      return sequential(x, conv2d({ filters: 3, kernelSize: 3 }));
    };
  },
};
