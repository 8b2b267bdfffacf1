import {
  add,
  constant,
  customGradient,
  type Dim,
  dense,
  dot,
  exp,
  gradients,
  hessianVectorProduct,
  input,
  jacobian,
  jvp,
  log,
  model,
  multiply,
  type NdArray,
  ones,
  relu,
  sigmoid,
  square,
  stopGradient,
  sum,
  type Tensor,
  tanh,
  variable,
  vjp,
} from "shapewright";
import { eager, type GradientTape, type MutableVariable } from "shapewright/runtime";
import { expectType } from "tsd";

// The types of derivatives: those of what is differentiated by, in the same places.

const x = input(["batch", 3]);
const W = variable("W", [3, 2], ones());
const b = variable("b", [2], ones());
const y = add(dot(x, W), b);
const loss = sum(square(y));

// One tensor, a list, a record
expectType<Tensor<[3, 2], "float32">>(gradients(loss, W));
expectType<[Tensor<[3, 2], "float32">, Tensor<[2], "float32">]>(gradients(loss, [W, b]));
expectType<{ W: Tensor<[3, 2], "float32">; x: Tensor<["batch", 3], "float32"> }>(gradients(loss, { W, x }));
expectType<{ b: Tensor<[2], "float32"> }>(vjp(y, { b }, y));
expectType<[Tensor<[2], "float32">]>(vjp({ y, loss }, [b], { y, loss: constant(1) }));
expectType<Tensor<["batch", 2], "float32">>(jvp(y, { W, b }, { W, b }));
expectType<{ y: Tensor<["batch", 2], "float32">; loss: Tensor<[], "float32"> }>(jvp({ y, loss }, x, x));
expectType<{ W: Tensor<[3, 2], "float32"> }>(hessianVectorProduct(loss, { W }, { W }));

// A jacobian has both shapes
const sums = sum(dot(constant([[1, 2, 3]]), W), { axis: 0 });
expectType<Tensor<[2, 3, 2], "float32">>(jacobian(sums, W));
expectType<{ W: Tensor<[2, 3, 2], "float32">; x: Tensor<[2, "batch", 3], "float32"> }>(jacobian(sums, { W, x }));
expectType<[Tensor<[3, 2], "float32">]>(jacobian(loss, [W]));

// Stopped and custom gradients
expectType<Tensor<["batch", 2], "float32">>(stopGradient(y));
expectType<Tensor<["batch"], "int32">>(stopGradient(input(["batch"], "int32")));
expectType<Tensor<["batch", 3], "float32">>(
  customGradient(
    { x },
    (at) => {
      expectType<Tensor<["batch", 3], "float32">>(at.x);
      return log(add(exp(at.x), constant(1)));
    },
    ({ inputs, output, dy }) => {
      expectType<{ x: Tensor<["batch", 3], "float32"> }>(inputs);
      expectType<Tensor<["batch", 3], "float32">>(output);
      expectType<Tensor<["batch", 3], "float32">>(dy);
      return { x: multiply(dy, sigmoid(inputs.x)) };
    },
  ),
);
expectType<Tensor<["batch", 2], "float32">>(
  customGradient(
    [x, W],
    ([p, q]) => dot(p, q),
    ({ inputs: [p, q] }) => [p, q],
  ),
);

// Within generic functions
function penalised<const B extends Dim, N extends number>(a: Tensor<[B, N]>) {
  const clipped = customGradient(
    { a },
    (at) => at.a,
    ({ dy }) => ({ a: tanh(dy) }),
  );
  const slopes = gradients(sum(square(clipped)), { a });
  return {
    slopes,
    along: jvp(relu(a), { a }, { a }),
    product: hessianVectorProduct(sum(square(a)), a, stopGradient(a)),
  };
}
expectType<{
  slopes: { a: Tensor<["batch", 3], "float32"> };
  along: Tensor<["batch", 3], "float32">;
  product: Tensor<["batch", 3], "float32">;
}>(penalised(x));

// What the compiler does not know widens
declare const anything: Tensor<any>;
expectType<Tensor<any, "float32">>(gradients(sum(anything), anything));
expectType<Tensor<any, "float32">>(jvp(anything, W, anything));
expectType<[Tensor<any, "float32">]>(jacobian(anything, [W]));
declare const some: number;
expectType<Tensor<[number, 2], "float32">>(vjp(W, variable("n", [some, 2], ones()), W));

// Eager sessions
const tf = await eager();
const w = tf.mutable(W);
expectType<MutableVariable<[3, 2], "float32">>(w);
expectType<NdArray<[3, 2], "float32">>(w.value());
expectType<Tensor<["batch", 2], "float32">>(dot(x, w));
expectType<NdArray<[3, 2], "float32">>(tf.value(square(w)));
const tape = tf.gradientTape();
expectType<GradientTape>(tape);
expectType<Tensor<[3, 2], "float32">>(tape.gradient(sum(w), w));
expectType<[Tensor<[3, 2], "float32">, Tensor<[2], "float32">]>(tape.gradient(w, [w, constant([1, 2])]));
expectType<{ w: Tensor<[3, 2], "float32">; b: Tensor<[2], "float32"> }>(tape.gradient(sum(w), { w, b: tf.mutable(b) }));
expectType<void>(w.assign(multiply(w, constant(2))));
const net = tf.model(model({ x: input(["batch", 3]) }, (at) => dense(at.x, { units: 2 })));
expectType<Tensor<[number, 2], "float32">>(net({ x: constant([[1, 2, 3]]) }));
const pair = tf.model(model({ x: input(["batch", 3]) }, (at) => ({ a: at.x, b: dense(at.x, { units: 2 }) })));
expectType<{ readonly a: Tensor<[number, 3], "float32">; readonly b: Tensor<[number, 2], "float32"> }>(
  pair({ x: constant([[1, 2, 3]]) }),
);
expectType<{ [x: string]: Tensor<any, any> }>(tape.gradient(sum(w), net.trainableVariables));
