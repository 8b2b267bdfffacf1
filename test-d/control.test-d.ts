import {
  add,
  broadcastTo,
  cast,
  cond,
  constant,
  type Dim,
  dense,
  foriLoop,
  greater,
  input,
  isTraining,
  map,
  mean,
  multiply,
  norm,
  scan,
  sum,
  switchCase,
  type Tensor,
  tanh,
  whileLoop,
} from "shapewright";
import { expectType } from "tsd";

const x = input(["batch", "time", 8]);
const isLarge = greater(mean(x), 0);

// Choices
expectType<Tensor<["batch", "time", 8]>>(
  cond(
    isLarge,
    () => tanh(x),
    () => multiply(x, 2),
  ),
);
const both = cond(
  isLarge,
  () => ({ y: tanh(x), n: constant(1, "int32") }),
  () => ({ n: constant(2, "int32"), y: x }),
);
expectType<Tensor<["batch", "time", 8]>>(both.y);
expectType<Tensor<[], "int32">>(both.n);
expectType<Tensor<["batch", "time", 8]>>(
  switchCase(input([], "int32"), [() => x, () => tanh(x), () => multiply(x, 2)]),
);
expectType<Tensor<[3, 2, 1, 2, 3, 4]>>(
  cond(
    isTraining(),
    () => tanh(input([3, 2, 1, 2, 3, 4])),
    () => broadcastTo(constant(0), [3, 2, 1, 2, 3, 4]),
  ),
);

// Loops
expectType<Tensor<["batch", "time", 8]>>(
  whileLoop(
    (v) => greater(norm(v), 1),
    (v) => {
      expectType<Tensor<["batch", "time", 8]>>(v);
      return multiply(v, 0.5);
    },
    x,
  ),
);
const counted = whileLoop(
  ({ n }) => greater(10, n),
  ({ n, v }) => ({ n: add(n, 1), v: tanh(v) }),
  { n: constant(0, "int32"), v: x },
  { maximumIterations: 10 },
);
expectType<Tensor<[], "int32">>(counted.n);
expectType<Tensor<["batch", "time", 8]>>(counted.v);
expectType<Tensor<["batch", "time", 8]>>(
  foriLoop(
    0,
    3,
    (i, v) => {
      expectType<Tensor<[], "int32">>(i);
      return multiply(v, cast(i, "float32"));
    },
    x,
  ),
);
expectType<Tensor<["batch", 8]>>(map((v) => sum(v, { axis: 0 }), x));
expectType<Tensor<["batch", "time"]>>(
  map(
    (v) => {
      expectType<Tensor<["batch", 8]>>(v);
      return sum(v, { axis: -1 });
    },
    x,
    { axis: 1 },
  ),
);
// What a round gives may have fewer axes than the one that is gone along.
const summed = scan(x, constant(0), (c, v) => ({
  carry: add(c, sum(v)),
  output: { all: sum(v), each: sum(v, { axis: 0 }) },
}));
expectType<Tensor<["time"]>>(summed.outputs.all);
expectType<Tensor<[8, "time"]>>(summed.outputs.each);
expectType<Tensor<["time"]>>(map((v) => sum(v), x, { axis: 1 }));
expectType<Tensor<["batch"]>>(map((v) => sum(v), x, { axis: -3 }));
expectType<Tensor<[8]>>(map((v) => sum(v), x, { axis: 2 }));
// Sizes that types do not know fit any, also where both have some, and beside a size with a name.
declare const some: Tensor<["batch", number, 8]>;
declare const others: Tensor<[number, 5, 8]>;
expectType<Tensor<["batch", number, 8]>>(
  cond(
    isLarge,
    () => some,
    () => x,
  ),
);
expectType<Tensor<["batch", number, 8]>>(foriLoop(0, 3, () => others, some));
expectType<Tensor<[number, 5, 8]>>(map(({ v }) => v, { u: input([4, 2]), v: others }));
const mapped = map(({ v, n }) => ({ y: tanh(v), n }), { v: x, n: input(["batch"], "int32") });
expectType<Tensor<["batch", "time", 8]>>(mapped.y);
expectType<Tensor<["batch"], "int32">>(mapped.n);

// What is not known is left to the runtime.
declare const unknown: Tensor<["batch", number, 8]>;
expectType<Tensor<["batch", number, 8]>>(
  cond(
    isLarge,
    () => unknown,
    () => input(["batch", 10, 8]),
  ),
);

// In generic functions
function block<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>, ask: Tensor<[], "bool">) {
  const one = cond(
    ask,
    () => tanh(x),
    () => add(x, x),
  );
  const refined = whileLoop(
    ({ v }) => greater(norm(v), 1),
    ({ v, n }) => ({ v: tanh(dense(v, { units: x.shape[2] })), n: add(n, 1) }),
    { v: one, n: constant(0, "int32") },
  ).v;
  return map((v) => switchCase(constant(1, "int32"), [() => v, () => tanh(v)]), refined, { axis: 1 });
}
expectType<Tensor<["batch", "time", 8]>>(block(x, isLarge));
