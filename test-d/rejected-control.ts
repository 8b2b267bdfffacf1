import {
  add,
  broadcastTo,
  compile,
  cond,
  constant,
  dense,
  foriLoop,
  greater,
  input,
  map,
  mean,
  meanSquaredError,
  model,
  scan,
  sgd,
  sum,
  switchCase,
  tanh,
  whileLoop,
} from "shapewright";

// Rejected programs of loops and choices, as in rejected.ts.

const x = input(["batch", 3]);
const start = { count: constant(0), sum: broadcastTo(constant(0), ["batch", 3]) };
const isLarge = greater(mean(x), 0);

/** Loops and choices. */
export const bodies = {
  "cond: ifTrue gives float32 [batch, 3], but ifFalse gives float32 []": () =>
    cond(
      isLarge,
      () => tanh(x),
      // @ts-expect-error
      () => mean(x),
    ),
  "cond: ifTrue gives float32 [batch, 3] as b, but ifFalse gives bool []": () =>
    cond(
      isLarge,
      () => ({ a: x, b: tanh(x) }),
      // @ts-expect-error
      () => ({ a: x, b: isLarge }),
    ),
  "cond: ifTrue gives float32 [batch, 3] as b, but ifFalse gives nothing": () =>
    cond(
      isLarge,
      () => ({ a: x, b: tanh(x) }),
      // @ts-expect-error
      () => ({ a: x }),
    ),
  "cond: ifTrue gives a record, but ifFalse gives float32 [batch, 3]": () =>
    cond(
      isLarge,
      () => ({ a: x }),
      // @ts-expect-error
      () => x,
    ),
  "cond: the predicate must be a scalar of bool, got bool [batch, 3]": () =>
    cond(
      // @ts-expect-error
      greater(x, 0),
      () => tanh(x),
      () => x,
    ),
  "cond: the predicate must be a scalar of bool, got float32 []": () =>
    cond(
      // @ts-expect-error
      mean(x),
      () => tanh(x),
      () => x,
    ),
  "whileLoop: the carry is float32 [batch, 3], but the body gives float32 [3]": () =>
    whileLoop(
      (v) => greater(mean(v), 0),
      // @ts-expect-error
      (v) => sum(v, { axis: 0 }),
      x,
    ),
  "whileLoop: the carry is float32 [batch, 3] as sum, but the body gives bool [batch, 3]": () =>
    whileLoop(
      ({ count }) => greater(count, 0),
      // @ts-expect-error
      ({ count, sum }) => ({ count, sum: greater(sum, 0) }),
      start,
    ),
  "whileLoop: the condition must be a scalar of bool, got bool [batch, 3]": () =>
    whileLoop(
      // @ts-expect-error
      (v) => greater(v, 0),
      (v) => tanh(v),
      x,
    ),
  "foriLoop: the carry is float32 [batch, 3], but the body gives float32 []": () =>
    foriLoop(
      0,
      5,
      // @ts-expect-error
      (_, v) => mean(v),
      x,
    ),
  "map: the tensors differ in size along axis 0": () =>
    map(
      ({ a, b }) => add(a, b),
      // @ts-expect-error
      { a: x, b: input([5, 3]) },
    ),
  "map: axis 2 is out of range for [batch, 3] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    map((row) => row, x, { axis: 2 }),
  "map: takes at least one tensor to scan": () =>
    // @ts-expect-error
    map((row) => row, {}),
  "map: axis 2 is out of range for [batch] (rank 1: -1 to 0)": () =>
    // @ts-expect-error
    map(({ a }) => a, { a: input(["batch", 3, 4]), b: input(["batch"]) }, { axis: 2 }),
  "scan: takes at least one tensor to scan": () =>
    // @ts-expect-error
    scan({}, x, (carry) => ({ carry, output: carry })),
  "scan: the carry is float32 [batch, 3], but a step carries on float32 []": () =>
    // @ts-expect-error
    scan(x, x, (carry) => ({ carry: mean(carry), output: carry })),
  "scan: the carry is float32 [batch, 3] as sum, but a step carries on nothing": () =>
    // @ts-expect-error
    scan(x, { sum: x }, ({ sum }) => ({ carry: {}, output: sum })),
  "foriLoop: the lower bound is 0.5, but must be an integer of int32": () =>
    // @ts-expect-error
    foriLoop(0.5, 5, (_, v) => tanh(v), x),
  "foriLoop: the upper bound is 1.5, but must be an integer of int32": () =>
    // @ts-expect-error
    foriLoop(0, 1.5, (_, v) => tanh(v), x),
  "whileLoop: maximumIterations is 0, but must be a positive integer of int32": () =>
    whileLoop(
      (v) => greater(mean(v), 0),
      (v) => tanh(v),
      x,
      // @ts-expect-error
      { maximumIterations: 0 },
    ),
  "scan: axis 1 is out of range for [batch] (rank 1: -1 to 0)": () =>
    // @ts-expect-error
    scan(input(["batch"]), x, (carry) => ({ carry, output: carry })),
  "switchCase: branch 0 gives float32 [batch, 3], but branch 2 gives float32 []": () =>
    // @ts-expect-error
    switchCase(input([], "int32"), [() => x, () => tanh(x), () => mean(x)]),
  "switchCase: the index must be a scalar of int32, got float32 []": () =>
    // @ts-expect-error
    switchCase(mean(x), [() => x, () => tanh(x)]),
  'compile: training has the shape []; its first axis counts samples and must be a name such as "batch"; whether the step trains is what isTraining() says':
    () =>
      compile(
        // @ts-expect-error
        model({ x: input(["batch", 4]), training: input([], "bool") }, ({ x, training }) =>
          cond(
            training,
            () => dense(x, { units: 1 }),
            () => dense(x, { units: 1 }),
          ),
        ),
        { optimizer: sgd(), loss: meanSquaredError() },
      ),
};
