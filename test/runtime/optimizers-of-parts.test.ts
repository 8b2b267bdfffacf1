import { describe, expect, test } from "vitest";
import {
  accumulateGradients,
  adam,
  array,
  averagedWeights,
  clipByGlobalNorm,
  compile,
  cosineDecay,
  dense,
  input,
  meanSquaredError,
  model,
  type Optimizer,
  ones,
  optimizers,
  rates,
  sgd,
  weightDecay,
} from "../../compiler/language.js";
import { open, reduceLROnPlateau } from "../../runtime/index.js";

// That each part has its optimizer's numbers is optimizer-rules.test.ts's.

/** y = v·w·x with v = w = 1 at first; for x = 1 and the target 3, dL/dw = dL/dv = 2·(1 - 3) = -4. */
const line = model({ x: input(["batch", 1]) }, ({ x }) => {
  const h = dense(x, { units: 1, useBias: false, kernelInitializer: ones(), name: "encoder/first" });
  return dense(h, { units: 1, useBias: false, kernelInitializer: ones() });
});
const x = array(new Float32Array([1]), [1, 1]);
const y = array(new Float32Array([3]), [1, 1]);
const silent = { verbose: "silent" } as const;
const programOf = (optimizer: Optimizer) => compile(line, { optimizer, loss: meanSquaredError(), onWarning() {} });
const opened = (optimizer: Optimizer) => open(programOf(optimizer), { backend: "reference" });

async function trained(optimizer: Optimizer, steps = 1): Promise<number[]> {
  using session = await opened(optimizer);
  await session.fit({ x }, y, { epochs: steps, ...silent });
  return ["encoder/first/kernel", "dense/kernel"].map((name) => session.getWeight(name).data[0] as number);
}

const two = { encoder: sgd({ learningRate: 0.0625 }), default: sgd({ learningRate: 0.25 }) };

test("each part takes its own steps, at its own rate", async () => {
  expect(await trained(optimizers(two))).toEqual([1.25, 2]);
});

test("what is kept is named by the parts", () => {
  const scheduled = adam({ learningRate: cosineDecay(0.1, { decaySteps: 9 }) });
  const parts = optimizers({ "enc*": accumulateGradients(sgd({ momentum: 0.5 }), 2), default: scheduled });
  expect([...programOf(parts).variables.keys()]).toEqual([
    "encoder/first/kernel",
    "dense/kernel",
    "optimizer/steps",
    "optimizer/learningRate",
    "optimizer/encoder/first/kernel/velocity",
    "optimizer/encoder/first/kernel/accumulated",
    "optimizer/dense/kernel/firstMoment",
    "optimizer/dense/kernel/secondMoment",
    "optimizer/enc*/sinceUpdate",
    "optimizer/enc*/updates",
    "optimizer/enc*/learningRate",
  ]);
});

test("a session's rate is what all parts' are multiplied by; each part's own is a variable", async () => {
  using session = await opened(optimizers(two));
  expect(session.learningRate).toBe(1);
  session.learningRate = 0.5;
  await session.setWeight("optimizer/encoder/learningRate", 0.25);
  await session.fit({ x }, y, silent);
  expect(session.getWeight("encoder/first/kernel").data[0]).toBe(1.5);
  expect(session.getWeight("dense/kernel").data[0]).toBe(1.5);
  const callbacks = [reduceLROnPlateau({ monitor: "loss", patience: 1, factor: 0.5, minDelta: 9 })];
  await session.fit({ x }, y, { epochs: 2, ...silent, callbacks });
  expect(session.learningRate).toBe(0.25);
});

test("they wrap one another with everything else: decay at the parts' rates, one norm for all", async () => {
  const inner = (decay: (optimizer: Optimizer) => Optimizer) =>
    optimizers({ encoder: decay(two.encoder), default: decay(two.default) });
  const decay = (optimizer: Optimizer) => weightDecay(optimizer, 0.5);
  expect(await trained(decay(inner((one) => one)))).toEqual(await trained(inner(decay)));
  const halved = rates(decay(optimizers({ default: optimizers(two) })), { dense: 0.5 });
  expect(await trained(halved)).toEqual([1.25 - 0.0625 / 2, 1.5 - 0.125 / 2]);
  // ‖[-4, -4]‖ = √32.
  const [w, v] = await trained(clipByGlobalNorm(optimizers(two), Math.sqrt(8)));
  expect([w, v]).toEqual([expect.closeTo(1.125, 6), expect.closeTo(1.5, 6)]);
  expect(await trained(accumulateGradients(optimizers(two), 2), 2)).toEqual([1.25, 2]);
  expect(await trained(optimizers({ default: rates(sgd({ learningRate: 0.25 }), { encoder: 0.25 }) }))).toEqual([
    1.25, 2,
  ]);
});

describe("what is refused", () => {
  test.each<[string, string, () => unknown]>([
    [
      "SW_NAME",
      'optimizers: "dense/kernel" is of no part; name it, or say which optimizer is the default',
      () => programOf(optimizers({ encoder: sgd() })),
    ],
    [
      "SW_NAME",
      'optimizers: "encoder/first/kernel" is of two parts, "*/kernel" and "encoder"; let one of them leave it out',
      () => programOf(optimizers({ "*/kernel": sgd(), encoder: adam() })),
    ],
    [
      "SW_NAME",
      'optimizers: no layer and no variable is named "encode"; there are "dense", "encoder/first", "dense/kernel", "encoder/first/kernel"',
      () => programOf(optimizers({ encode: sgd(), default: adam() })),
    ],
    [
      "SW_NAME",
      'rates: no layer and no variable is named "densely"; there are "dense", "dense/kernel", "encoder/first", "encoder/first/kernel"',
      () => programOf(optimizers({ default: rates(adam(), { densely: 0 }) })),
    ],
    [
      "SW_VALUE",
      'averagedWeights: the optimizer keeps "average" already; wrap it in averagedWeights once',
      () => averagedWeights(optimizers({ dense: sgd(), default: averagedWeights(adam()) })),
    ],
    ["SW_VALUE", "optimizers: there is no optimizer", () => optimizers({})],
    ["SW_VALUE", "optimizers: parts is an array, but must be a record", () => optimizers([sgd()] as never)],
    [
      "SW_VALUE",
      'optimizers: the optimizer of "dense" is a function, but must be an optimizer, such as adam()',
      () => optimizers({ dense: adam as never }),
    ],
  ])("%s: %s", (code, message, make) => {
    expect(make).toThrow(expect.objectContaining({ name: "ShapewrightError", code, message }));
  });
});
