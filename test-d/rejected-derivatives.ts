import {
  constant,
  customGradient,
  dense,
  dot,
  gradients,
  hessianVectorProduct,
  input,
  jacobian,
  jvp,
  model,
  multiply,
  ones,
  sgd,
  square,
  sum,
  tanh,
  variable,
  vjp,
} from "shapewright";
import { eager } from "shapewright/runtime";

// Rejected derivatives, as in rejected.ts: in the graph, and with a tape.

const x = input(["batch", 3]);
const W = variable("W", [3, 2], ones());
const ids = input(["batch"], "int32");
const y = dot(x, W);

const tf = await eager({ backend: "reference" });
const w = tf.mutable(variable("w", [3, 2], ones()));
const c = tf.mutable(variable("c", [2], ones()));
const optimizer = tf.optimizer(sgd());
const net = tf.model(model({ x: input(["batch", 3]) }, (at) => dense(at.x, { units: 2 })));
const tape = tf.gradientTape();
const loss = sum(square(w));

/** Derivatives in the graph. */
export const derivatives = {
  "gradients: differentiates float32 tensors, got int32 [batch]": () =>
    // @ts-expect-error
    gradients(sum(y), { W, ids }),
  "gradients: takes a float32 scalar, got float32 [batch, 2]; reduce it with mean() or sum()": () =>
    // @ts-expect-error
    gradients(y, [W]),
  "vjp: the cotangent of [batch, 2] must be float32 [batch, 2], got float32 [2]": () =>
    // @ts-expect-error
    vjp(y, { W }, constant([1, 2])),
  "vjp: differentiates float32 tensors, got int32 [batch]": () =>
    // @ts-expect-error
    vjp(ids, W, x),
  "jvp: differentiates float32 tensors, got int32 [batch]": () =>
    // @ts-expect-error
    jvp(y, [ids], [ids]),
  "jvp: the tangent of [3, 2] must be float32 [3, 2], got float32 [2, 3]": () =>
    // @ts-expect-error
    jvp(y, { W }, { W: variable("v", [2, 3], ones()) }),
  "jvp: the tangent of [batch, 3] must be float32 [batch, 3], got float32 [batch, 2]": () =>
    // @ts-expect-error
    jvp(y, [x], [y]),
  "jvp: the tangent of [batch, 3] must be float32 [batch, 3], got int32 [batch]": () =>
    // @ts-expect-error
    jvp(y, x, ids),
  "jacobian: takes an output whose dims are numbers, got [batch, 2]; take one sample with slice(), or use vjp() or jvp()":
    () =>
      // @ts-expect-error
      jacobian(y, { W }),
  "jacobian: differentiates float32 tensors, got int32 [batch]": () =>
    // @ts-expect-error
    jacobian(ids, W),
  "hessianVectorProduct: takes a float32 scalar, got float32 [batch, 2]; reduce it with mean() or sum()": () =>
    // @ts-expect-error
    hessianVectorProduct(y, W, W),
  "hessianVectorProduct: the vector of [3, 2] must be float32 [3, 2], got float32 [batch, 2]": () =>
    // @ts-expect-error
    hessianVectorProduct(sum(y), W, y),
};

/** Custom gradients: the error stands on the gradient that the rule gives. */
export const custom = {
  "customGradient: the gradient of [batch, 3] must be float32 [batch, 3], got float32 []": () => {
    // @ts-expect-error
    const z = customGradient(x, tanhOf, ({ dy }) => sum(dy));
    return gradients(sum(z), x);
  },
  "customGradient: the gradient of [3, 2] must be float32 [3, 2], got float32 [batch, 3]": () => {
    // @ts-expect-error
    const z = customGradient([x, W], productOf, ({ inputs: [p] }) => [p, p]);
    return gradients(sum(z), x);
  },
  "customGradient: differentiates float32 tensors, got int32 [batch]": () =>
    // @ts-expect-error
    customGradient(ids, one, ({ dy }) => dy),
};

const one = () => constant(1);
const tanhOf = (at: typeof x) => tanh(at);
const productOf = ([p, q]: [typeof x, typeof W]) => dot(p, q);

/** Mutable variables and tapes. */
export const tapes = {
  "gradient: differentiates float32 tensors, got int32 [2]": () =>
    // @ts-expect-error
    tape.gradient(constant([1, 2], "int32"), w),
  "gradient: differentiates float32 tensors, got int32 []": () =>
    // @ts-expect-error
    tape.gradient(loss, { w, n: constant(1, "int32") }),
  "gradient: the output gradient of [3, 2] must be float32 [3, 2], got float32 [2]": () =>
    // @ts-expect-error
    tape.gradient(multiply(w, w), w, c),
  "assign: the value of [3, 2] must be float32 [3, 2], got float32 [2]": () =>
    // @ts-expect-error
    w.assign(c),
  "assignAdd: the value of [2] must be float32 [2], got int32 [2]": () =>
    // @ts-expect-error
    c.assignAdd(constant([1, 2], "int32")),
  "assignSub: the value of [2] must be float32 [2], got float32 []": () =>
    // @ts-expect-error
    c.assignSub(loss),
  "apply: the gradient of [2] must be float32 [2], got float32 [3, 2]": () =>
    // @ts-expect-error
    optimizer.apply({ w: tape.gradient(loss, w), c: w }, { w, c }),
  "x: takes [batch, 3], got [1, 2]": () =>
    // @ts-expect-error
    net({ x: constant([[1, 2]]) }),
  "x: takes float32, got int32": () =>
    // @ts-expect-error
    net({ x: constant([[1, 2, 3]], "int32") }),
};

/** What TypeScript says in its own words; a part of it is enough. */
export const inTypeScriptsWords = {
  "Property 'x' is missing in type '{ W: Tensor<[3, 2], \"float32\">; }'": () =>
    // @ts-expect-error
    jvp(y, { W, x }, { W }),
  "Property 'V' does not exist on type '{ W: Tensor<[3, 2], \"float32\">; }'": () =>
    // @ts-expect-error
    gradients(sum(y), { W }).V,
  "Property 'x' is missing in type '{}' but required in type": () =>
    // @ts-expect-error
    net({}),
  "Property 'assign' does not exist on type 'Tensor<[3, 2], \"float32\">'": () =>
    // @ts-expect-error
    W.assign(W),
  "is missing the following properties from type 'MutableVariable<any, any>'": () =>
    // @ts-expect-error
    optimizer.apply(W, W),
};
