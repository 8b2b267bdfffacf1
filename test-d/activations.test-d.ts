import {
  activation,
  type Dim,
  deg2rad,
  dense,
  divide,
  divideNoNan,
  elu,
  exp,
  exp2,
  type Floor,
  glu,
  input,
  isNegInf,
  isPosInf,
  nanToNum,
  prelu,
  rad2deg,
  relu,
  type Shape,
  sequential,
  signbit,
  sparsemax,
  sparseSigmoid,
  sum,
  type Tensor,
} from "shapewright";
import { expectType } from "tsd";

// Activations with options, gates, and slopes that are learnt: exact in generic functions too.

const x = input(["batch", "time", 6]);
declare const n: number;
declare const anything: Tensor<any>;

expectType<Tensor<["batch", "time", 6]>>(relu(x, { maxValue: 6, negativeSlope: 0.1, threshold: 1 }));
expectType<Tensor<["batch", "time", 6]>>(elu(x, 0.5));
expectType<Tensor<["batch", 3]>>(dense(input(["batch", 2]), { units: 3, activation: relu }));
const byHand = dense(input(["batch", 2]), {
  units: 3,
  activation: (y) => divide(exp(y), sum(exp(y), { axis: -1, keepDims: true })),
});
expectType<Tensor<["batch", 3]>>(byHand);
expectType<Tensor<["batch", 2]>>(
  sequential(input(["batch", 2]), (y) => divide(exp(y), sum(exp(y), { axis: -1, keepDims: true })), relu),
);
expectType<Tensor<["batch", 2]>>(
  sequential(
    input(["batch", 2]),
    activation(elu),
    activation((x) => relu(x, { maxValue: 1 })),
  ),
);

expectType<Tensor<["batch", "time", 3]>>(glu(x));
expectType<Tensor<["batch", "floor(time/2)", 6]>>(glu(x, 1));
declare const twice: Tensor<["batch", "n*2"]>;
expectType<Tensor<["batch", "n"]>>(glu(twice));
expectType<Tensor<[1, 2, 3, 4, 5, 3]>>(glu(input([1, 2, 3, 4, 5, 6])));
expectType<Tensor<[number]>>(glu(input([n])));
expectType<Tensor<any>>(glu(anything));

expectType<Tensor<["batch", "time", 6]>>(prelu(x, { sharedAxes: [1] }));
expectType<Tensor<["batch", 6]>>(sequential(input(["batch", 2]), dense({ units: 6 }), prelu()));
expectType<Tensor<["batch", "time", 6]>>(sequential(x, prelu({ sharedAxes: [1], name: "bend" })));
expectType<Tensor<["batch", number]>>(prelu(input(["batch", n])));
expectType<Tensor<any>>(prelu(anything));

expectType<Tensor<["batch", "time", 6]>>(sparseSigmoid(exp2(deg2rad(rad2deg(x)))));
expectType<Tensor<["batch", "time", 6]>>(nanToNum(divideNoNan(x, input(["time", 1])), { posInf: 1 }));
expectType<Tensor<["batch", "time", 6], "bool">>(isPosInf(x));
expectType<Tensor<any, "bool">>(isNegInf(anything));
expectType<Tensor<["batch", "time", 6], "bool">>(signbit(x));
expectType<Tensor<["batch", "time", 6]>>(sparsemax(sparsemax(x, 1)));

/** Gates for any axes before. */
function gated<const B extends Shape, K extends number>(x: Tensor<[...B, K]>): Tensor<[...B, Floor<K, 2>]> {
  return relu(glu(x), { negativeSlope: 0.1 });
}
expectType<Tensor<["batch", "time", 3]>>(gated(x));

/** Slopes for channels, whatever the image. */
function bent<B extends Dim, H extends Dim, W extends Dim, C extends number>(
  x: Tensor<[B, H, W, C]>,
): Tensor<[B, H, W, C]> {
  return prelu(x, { sharedAxes: [1, 2] });
}
expectType<Tensor<["batch", "height", 8, 3]>>(bent(input(["batch", "height", 8, 3])));
