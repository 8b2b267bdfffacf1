import {
  add,
  convLstm1d,
  convLstm2d,
  convLstm3d,
  type Dim,
  dense,
  flatten,
  input,
  sequential,
  type Tensor,
} from "shapewright";
import { expectType } from "tsd";

// Recurrent layers over images: the last state's images or those of all steps, exact in generic functions too.

const video = input(["batch", "time", 32, 24, 3]);
const options = { filters: 8, kernelSize: 3 } as const;

expectType<Tensor<["batch", 30, 22, 8]>>(convLstm2d(video, options));
expectType<Tensor<["batch", "time", 32, 24, 8]>>(
  convLstm2d(video, { ...options, padding: "same", returnSequences: true }),
);
expectType<Tensor<["batch", 15, 8, 8]>>(convLstm2d(video, { filters: 8, kernelSize: [3, 2], strides: [2, 3] }));
expectType<Tensor<["batch", 28, 20, 8]>>(convLstm2d(video, { ...options, dilationRate: 2, goBackwards: true }));
expectType<Tensor<["batch", "length-2", 8]>>(convLstm1d(input(["batch", 5, "length", 2]), options));
expectType<Tensor<["batch", 5, "length", 8]>>(
  convLstm1d(input(["batch", 5, "length", 2]), { ...options, padding: "causal", returnSequences: true }),
);
declare const joined: Tensor<["m+n", 2, 8, 6, 7, 1]>;
expectType<Tensor<["m+n", 6, 4, 5, 8]>>(convLstm3d(joined, options));

const read = convLstm2d(video, {
  ...options,
  returnSequences: true,
  returnState: true,
  mask: input(["batch", "time"], "bool"),
});
expectType<Tensor<["batch", "time", 30, 22, 8]>>(read.output);
expectType<Tensor<["batch", 30, 22, 8]>>(read.state.hidden);
expectType<Tensor<["batch", 30, 22, 8]>>(convLstm2d(video, { ...options, initialState: read.state }));

const classes = sequential(
  video,
  convLstm2d({ filters: 8, kernelSize: 3, strides: 2, padding: "same", returnSequences: true }),
  convLstm2d({ filters: 4, kernelSize: 3, padding: "same" }),
  flatten(),
  dense({ units: 10 }),
);
expectType<Tensor<["batch", 10]>>(classes);

// What the compiler does not know
declare const n: number;
declare const flag: boolean;
declare const anything: Tensor<any>;
expectType<Tensor<any>>(convLstm2d(video, { ...options, returnSequences: flag }));
expectType<Tensor<["batch", number, number, 8]>>(convLstm2d(video, { filters: 8, kernelSize: n }));
expectType<Tensor<["batch", 30, 22, 8]>>(convLstm2d(input(["batch", "time", 32, 24, n]), options));
expectType<Tensor<[number, number, number, 8]>>(convLstm2d(anything, options));

/** As many channels as before. */
function onwards<B extends Dim, T extends Dim, H extends Dim, W extends Dim, C extends number>(
  x: Tensor<[B, T, H, W, C]>,
): Tensor<[B, T, H, W, C]> {
  const filters = x.shape[4];
  const { output, state } = convLstm2d(x, {
    filters,
    kernelSize: 3,
    padding: "same",
    returnSequences: true,
    returnState: true,
  });
  expectType<Tensor<[B, H, W, C]>>(state.cell);
  return add(x, output);
}
expectType<Tensor<["batch", "time", 32, 24, 3]>>(onwards(video));
