/**
 * Derivatives of every kind, and TensorFlow's way to them: mutable variables and a gradient tape.
 *
 *     npm run example -- examples/04-derivatives-and-tapes.ts
 */
import {
  adam,
  add,
  array,
  constant,
  customGradient,
  dense,
  divide,
  dot,
  gradients,
  hessianVectorProduct,
  input,
  jacobian,
  jvp,
  maximum,
  mean,
  model,
  multiply,
  slice,
  softmax,
  sqrt,
  square,
  subtract,
  sum,
  type Tensor,
  tanh,
  variable,
  zeros,
} from "shapewright";
import { eager, openFunction } from "shapewright/runtime";
import { exampleOptions } from "./options.js";

const { backend, json } = exampleOptions();

// 1. Derivatives are functions from graph to graph. f(x, y) = (1 - x)² + 100 (y - x²)² is Rosenbrock's; its minimum is (1, 1).

const rosenbrock = await openFunction(
  { at: input([2]), v: input([2]) },
  ({ at, v }) => {
    const x = slice(at, [0], [1]);
    const y = slice(at, [1], [1]);
    const valley = subtract(y, square(x));
    const f = sum(add(square(subtract(1, x)), multiply(100, square(valley)))); // Tensor<[], "float32">
    const { at: slope } = gradients(f, { at }); // Tensor<[2], "float32">, typed like `at`
    return {
      slope,
      hessian: jacobian(slope, at), // Tensor<[2, 2], "float32">: derivatives of derivatives
      product: hessianVectorProduct(f, at, v), // Hessian · v, without the Hessian
      along: jvp(slope, at, v), // the same by forward mode: how the slope changes along v
    };
  },
  { backend },
);
const point = await rosenbrock({ at: [1, 1], v: [1, 2] });
const first = {
  slope: [...point.slope.data],
  hessian: [...point.hessian.data],
  product: [...point.product.data],
  along: [...point.along.data],
};
console.log("Rosenbrock's function at its minimum (1, 1), with v = (1, 2):");
console.log(`gradient            ${show(first.slope)}`);
console.log(`Hessian             ${show(first.hessian)}`);
console.log(`Hessian · v         ${show(first.product)}`);
console.log(`the same by jvp     ${show(first.along)}\n`);
rosenbrock.dispose();

// 2. The jacobian of softmax is diag(p) - p pᵀ.

const classes = await openFunction(
  { logits: input([3]) },
  ({ logits }) => ({ p: softmax(logits), J: jacobian(softmax(logits), logits) }),
  { backend },
);
const { p, J } = await classes({ logits: [Math.log(1), Math.log(2), Math.log(5)] });
const second = { p: [...p.data], jacobian: [...J.data] };
console.log(`softmax p = ${show(second.p)}; its jacobian, row by row:`);
for (const row of [0, 3, 6]) console.log(`  ${show(second.jacobian.slice(row, row + 3))}`);
console.log();
classes.dispose();

// 3. A gradient rule of one's own. The length of a vector has the slope x / ‖x‖, which is 0 / 0 at the origin; here it is to
// be 0 there. Wrapped in a function, it is an op like any other.

function length<const N extends number>(x: Tensor<[N]>) {
  return customGradient(
    { x },
    (at) => sqrt(sum(square(at.x))),
    ({ inputs, output, dy }) => ({ x: multiply(dy, divide(inputs.x, maximum(output, 1e-12))) }),
  ); // Tensor<[], "float32">
}
const lengths = await openFunction(
  { x: input([2]) },
  ({ x }) => ({ plain: gradients(sqrt(sum(square(x))), x), safe: gradients(length(x), x) }),
  { backend },
);
const [away, origin] = [await lengths({ x: [3, 4] }), await lengths({ x: [0, 0] })];
const third = { plain: [...away.plain.data, ...origin.plain.data], safe: [...away.safe.data, ...origin.safe.data] };
console.log("The slope of ‖x‖ at (3, 4) and at the origin:");
console.log(`by the ops' rules   ${show(third.plain)}`);
console.log(`by a rule of ours   ${show(third.safe)}\n`);
lengths.dispose();

// 4. The way of TensorFlow: variables that change, and a tape that records what is made while it is open. The ops are the
// same ones. `using` frees what the tape holds at the end of the block.

const tf = await eager({ backend });
const w = tf.mutable(variable("w", [2, 1], zeros()));
const c = tf.mutable(variable("c", [1], zeros()));
const points = Float32Array.from({ length: 128 }, (_, i) => Math.sin(i * i)); // as good as random, and always the same
const x = constant(array(points, [64, 2]));
const t = constant(
  array(
    points.slice(0, 64).map((_, i) => 2 * points[2 * i]! - 3 * points[2 * i + 1]! + 0.5),
    [64, 1],
  ),
);
for (let step = 0; step < 200; step++) {
  using tape = tf.gradientTape();
  const loss = mean(square(subtract(add(dot(x, w), c), t)));
  const { w: dw, c: dc } = tape.gradient(loss, { w, c }); // typed like w and c
  w.assignSub(multiply(0.3, dw));
  c.assignSub(multiply(0.3, dc));
}
const fourth = { w: [...w.value().data], c: c.value().data[0]! };
console.log("Found by gradient descent on a tape, for t = 2x₁ - 3x₂ + 0.5:");
console.log(`w = ${show(fourth.w)}, c = ${show([fourth.c])}\n`);

// 5. Host control flow is followed, and tapes nest: y = x^(2ⁿ), as many squares as it takes to pass 100.

const v = tf.mutable(variable("v", [], zeros()));
v.assign(constant(3));
const outer = tf.gradientTape();
const inner = tf.gradientTape();
let y = multiply(v, v);
while (tf.value(y).data[0]! < 100) y = multiply(y, y); // 3² = 9, then 3⁴ = 81, then 3⁸ = 6561
const dy = inner.gradient(y, v);
const ddy = outer.gradient(dy, v);
const fifth = { y: tf.value(y).data[0]!, dy: tf.value(dy).data[0]!, ddy: tf.value(ddy).data[0]! };
inner.dispose();
outer.dispose();
console.log(`y = v⁸ at v = 3: y = ${fifth.y}, dy/dv = 8v⁷ = ${fifth.dy}, d²y/dv² = 56v⁶ = ${fifth.ddy}\n`);

// 6. A gradient in a loss: a critic that is trained to have slopes of length 1 (the penalty of Gulrajani et al., "Improved
// training of Wasserstein GANs", 2017). Its gradient with respect to the weights goes through the gradient within.

const critic = tf.model(
  model({ x: input(["batch", 2]) }, ({ x: at }) => dense(dense(at, { units: 16, activation: tanh }), { units: 1 })),
);
const optimizer = tf.optimizer(adam({ learningRate: 0.02 }));
const penalties: number[] = [];
for (let step = 0; step < 100; step++) {
  using tape = tf.gradientTape();
  const { x: slope } = gradients(sum(critic({ x })), { x });
  const penalty = mean(square(subtract(sum(square(slope), { axis: 1 }), 1)));
  optimizer.apply(tape.gradient(penalty, critic.trainableVariables), critic.trainableVariables);
  penalties.push(tf.value(penalty).data[0]!);
}
const sixth = { penaltyBefore: penalties[0]!, penaltyAfter: penalties.at(-1)! };
console.log(
  `The gradient penalty (‖∇ₓf‖² - 1)²: ${show([sixth.penaltyBefore])} before, ${show([sixth.penaltyAfter])} after`,
);
tf.dispose();

if (json) {
  console.log(JSON.stringify({ backend: tf.backend, ...first, ...second, ...third, ...fourth, ...fifth, ...sixth }));
}

function show(numbers: readonly number[]): string {
  return numbers.map((number) => Number(number.toFixed(4))).join(", ");
}
