import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { gradientNodes } from "../../compiler/autodiff/gradients.js";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  add,
  array,
  bidirectional,
  compile,
  constant,
  convLstm1d,
  convLstm2d,
  convLstm3d,
  expandDims,
  gradients,
  gru,
  gruCell,
  hardSigmoid,
  type Initializer,
  input,
  type Loss,
  l2,
  lstm,
  lstmCell,
  maxNorm,
  meanSquaredError,
  model,
  nonNeg,
  ones,
  relu,
  rnn,
  sequential,
  sgd,
  simpleRnn,
  slice,
  softplus,
  square,
  squeeze,
  stackedRnnCells,
  sum,
  type Tensor,
} from "../../compiler/language.js";
import type { Program } from "../../compiler/program.js";
import { loadReference } from "../../runtime/backends/reference.js";
import { eager, open, openFunction } from "../../runtime/index.js";
import { generate, type NdArray } from "../../src/ir/array.js";
import { type Node, nodeOf } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { rebuild } from "../../src/ops/rebuild.js";
import fixture from "../fixtures/recurrent.json" with { type: "json" };
import { loadOn, testedBackends } from "../support/backends.js";
import { callWith, computationFor, inputsFor } from "../support/computation.js";
import { expectNumbers } from "../support/expectNumbers.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import { tensorOf as tfjsTensorOf } from "../support/training.js";

type Numbers = Readonly<Record<string, number[]>>;

/** A layer of Keras, and what it gives: test/fixtures/recurrent.py. */
interface Case {
  readonly kind: "lstm" | "gru" | "simpleRnn" | "convLstm1d" | "convLstm2d" | "convLstm3d";
  readonly options: Readonly<Record<string, unknown>>;
  readonly initial?: number[][];
  readonly mask?: number[];
  readonly start: Numbers;
  readonly shapes: Numbers;
  readonly states: number[][];
  readonly trained: Numbers;
  readonly [name: string]: unknown;
}

const cases = [...fixture.cases, ...fixture.images] as unknown as Case[];
const units = fixture.sizes[3]!;
const activations: Readonly<Record<string, unknown>> = { hardSigmoid, relu, softplus };
const layers = { lstm, gru, simpleRnn, convLstm1d, convLstm2d, convLstm3d } as Readonly<
  Record<string, (...args: unknown[]) => any>
>;
const all = [...testedBackends, "reference"] as const;
const steps = 10;
const given = (values: number[] = []): Initializer => ({ name: "given", sample: () => new Float32Array(values) });
const arrayOf = (numbers: unknown, shape: readonly number[]) =>
  array(Float32Array.from(numbers as number[]), [...shape]) as NdArray;

/** What a case is given: x, and the states and the mask that it begins with. */
function givenTo({ x, initial = [], mask, shapes }: Case): Readonly<Record<string, NdArray>> {
  const states = initial.map((numbers, i) => [`state${i}`, arrayOf(numbers, shapes.state!)]);
  return {
    x: arrayOf(x, shapes.x!),
    ...Object.fromEntries(states),
    ...(mask && { mask: generate(shapes.x!.slice(0, 2), "bool", (i) => mask[i] === 1) }),
  };
}

const isConvolutional = (kind: string) => kind.startsWith("conv");
const hasCell = (kind: string) => kind === "lstm" || isConvolutional(kind);

/** The layer with its weights, on what it is given: the output and the last states. Activations go by their names. */
function called({ kind, options, start }: Case, { x, mask, state0, state1 }: Readonly<Record<string, Tensor<any>>>) {
  const own = Object.entries(options).map(([name, value]) => {
    return [name, activations[value as string] ?? value];
  });
  const { output, state } = layers[kind]!(x, {
    ...(isConvolutional(kind) ? { filters: units } : { units }),
    ...Object.fromEntries(own),
    kernelInitializer: given(start.kernel),
    recurrentInitializer: given(start.recurrentKernel),
    biasInitializer: given(start.bias),
    ...(hasCell(kind) && { unitForgetBias: false }),
    ...(state0 && { initialState: hasCell(kind) ? { hidden: state0, cell: state1 } : state0 }),
    ...(mask && { mask }),
    returnState: true,
  });
  return { output, states: hasCell(kind) ? [state.hidden, state.cell] : [state] } as {
    output: Tensor<any>;
    states: Tensor<any>[];
  };
}

function modelOf(of: Case, read: (states: Tensor<any>[]) => void = () => {}) {
  const inputs = Object.entries(givenTo(of)).map(([name, { shape, dtype }]) => {
    return [name, input(["batch", ...shape.slice(1)] as any, dtype)] as const;
  });
  return model(Object.fromEntries(inputs) as Record<string, Tensor<any, any>>, (given) => {
    const { output, states } = called(of, given as Record<string, Tensor<any>>);
    read(states);
    return output;
  });
}

const programOf = (of: Case): Program =>
  compile(modelOf(of), {
    optimizer: sgd({ learningRate: 0.5 }),
    loss: meanSquaredError() as Loss<any>,
  }) as unknown as Program;

const namesOf = ({ kind, options, initial, mask }: Case) =>
  `${kind} with ${JSON.stringify(options)}${initial ? ", states" : ""}${mask ? ", a mask" : ""}`;

describe.each(cases.map((of) => [namesOf(of), of] as const))("%s is Keras's", (_, of) => {
  const inputs = givenTo(of);
  const target = arrayOf(of.target, of.shapes.y!);
  const starts = Object.entries(of.start);

  test.each(all)("in values, states, gradients and a second derivative on %s", async (on) => {
    let states: Tensor<any>[] = [];
    const net = modelOf(of, (last) => {
      states = last;
    });
    const weights = starts.map(([name, numbers]) => arrayOf(numbers, of.shapes[name]!));
    const arrays = [...Object.values(inputs), target, ...weights];
    const count = Object.keys(inputs).length + 1;
    const named = arrays.map(({ shape, dtype }, i) => ({
      shape: i < count ? ["batch", ...shape.slice(1)] : shape,
      dtype,
    }));
    const nodes = inputsFor(named as unknown as NdArray[]);
    const [ofInputs, targetNode, stands] = [nodes.slice(0, count - 1), nodes[count - 1]!, nodes.slice(count)];
    const xNode = nodes[0]!;
    expect([...net.variables.keys()].sort()).toEqual(starts.map(([name]) => `${of.kind}/${name}`).sort());
    const known = new Map<Node, Node>([
      ...starts.map(([name], i) => [net.variables.get(`${of.kind}/${name}`)!, stands[i]!] as const),
      ...Object.keys(inputs).map((name, i) => [nodeOf(net.inputs[name]!), ofInputs[i]!] as const),
    ]);
    const [y, ...last] = rebuild([nodeOf(net.output), ...states.map((tensor) => nodeOf(tensor))], known);
    const squares = (op: "mean" | "sum", node: Node) =>
      b.op(op, [b.op("square", [node])], { axes: node.shape.map((_, axis) => axis), keepDims: false });
    const slopes = gradientNodes(squares("mean", b.op("subtract", [y!, targetNode])), [xNode, ...stands]);
    const [ddx] = gradientNodes(squares("sum", slopes[0]!), [xNode]);
    const outputs = Object.fromEntries([
      ["y", y!],
      ["ddx", ddx!],
      ...last.map((state, i) => [`state${i}`, state]),
      ...["x", ...Object.keys(of.start)].map((name, i) => [`d${name}`, slopes[i]!]),
    ]);
    const computation = computationFor(nodes, outputs);
    const executable = on === "reference" ? loadReference(computation) : await loadOn(on, computation);
    const found = callWith(executable, arrays);
    executable.dispose();
    const wanted = { ...of, ...Object.fromEntries(of.states.map((numbers, i) => [`state${i}`, numbers])) } as Numbers;
    for (const name of Object.keys(outputs)) {
      expectNumbers(found[name]!.data as Float32Array, wanted[name]!, name, name === "ddx" ? 2e-4 : 2e-5);
    }
  });

  test.each(all)("after ten steps of training on %s", async (backend) => {
    const session = await open(programOf(of), { backend });
    const options = { batchSize: of.shapes.x![0]!, epochs: steps, shuffle: false, verbose: "silent" } as const;
    await session.fit(inputs as any, target as any, options);
    for (const [name, wanted] of Object.entries(of.trained)) {
      expectNumbers(session.getWeight(`${of.kind}/${name}`).data as Float32Array, wanted, name, 2e-4);
    }
    const predicted = (await session.predict(inputs as any)) as NdArray;
    expectNumbers(predicted.data as Float32Array, of.predicted as number[], "predicted", 2e-4);
    session.dispose();
  });

  test.each(testedBackends)("after ten steps of generated code on %s", async (backend) => {
    const module = await importGenerated<TrainingModule>(emitTraining(programOf(of), { name: "p", source: "test" }));
    await tf.setBackend(backend);
    const weights = Object.fromEntries(
      starts.map(([name, numbers]) => [`${of.kind}/${name}`, tfjsTensorOf(arrayOf(numbers, of.shapes[name]!))]),
    );
    const state = module.createState({ weights });
    const batches = [...Object.values(inputs), target].map(tfjsTensorOf);
    for (let step = 0; step < steps; step++) module.trainStep(state, ...batches);
    for (const [name, wanted] of Object.entries(of.trained)) {
      expectNumbers((await state[`${of.kind}/${name}`]!.data()) as Float32Array, wanted, name, 2e-4);
    }
    tf.dispose([batches, state, weights] as any);
  });

  test("eagerly", async () => {
    const session = await eager({ backend: "reference" });
    const net = session.model(modelOf(of)) as any;
    for (const [name, numbers] of starts) {
      net.variables[`${of.kind}/${name}`].assign(constant(arrayOf(numbers, of.shapes[name]!) as any));
    }
    const constants = Object.entries(inputs).map(([name, value]) => [name, constant(value as any)]);
    expectNumbers(session.value(net(Object.fromEntries(constants)) as any).data as Float32Array, of.y as number[], "y");
    session.dispose();
  });
});

test.each(all)("names and zeros: batches and times of any size on %s", async (backend) => {
  const net = model({ x: input(["batch", "time", 3]) }, ({ x }) =>
    sequential(x, gru({ units: 4, returnSequences: true }), lstm({ units: 2, dropout: 0.5, recurrentDropout: 0.5 })),
  );
  const session = await open(compile(net, { optimizer: sgd(), loss: meanSquaredError() }), { backend, seed: 1 });
  expect(session.getWeight("lstm/bias").data).toEqual(Float32Array.of(0, 0, 1, 1, 0, 0, 0, 0));
  for (const shape of [
    [2, 5, 3],
    [1, 1, 3],
    [4, 2, 3],
  ] as const) {
    const x = array(
      Float32Array.from({ length: shape[0] * shape[1] * 3 }, (_, i) => Math.sin(i)),
      [...shape],
    );
    const found = await session.predict({ x });
    expect(found.shape).toEqual([shape[0], 2]);
    // Nothing is dropped in prediction.
    expect((await session.predict({ x })).data).toEqual(found.data);
  }
  session.dispose();
});

test.each(testedBackends)("what is dropped is dropped in all steps, on %s", async (backend) => {
  const linear = { units: 1, activation: (x: any) => x, useBias: false, kernelInitializer: ones() };
  const net = model({ x: input(["batch", 3, 1]) }, ({ x }) =>
    simpleRnn(x, { ...linear, recurrentInitializer: ones(), dropout: 0.5, returnSequences: true }),
  );
  const session = await open(compile(net, { optimizer: sgd({ learningRate: 0 }), loss: meanSquaredError() }), {
    backend,
    seed: 3,
  });
  // Each sample sums up its ones: 0 and 0 and 0, or 2 and 4 and 6, whose squares are 0 or 56, and nothing between.
  const rows = 64;
  const x = array(new Float32Array(rows * 3).fill(1), [rows, 3, 1]);
  const y = array(new Float32Array(rows * 3), [rows, 3, 1]);
  const { history } = await session.fit({ x }, y, { batchSize: rows, epochs: 3, shuffle: false, verbose: "silent" });
  for (const loss of history.loss) {
    const kept = (loss * rows * 3) / 56;
    expect(Math.abs(kept - Math.round(kept))).toBeLessThan(1e-3);
    expect(kept).toBeGreaterThan(rows / 4);
    expect(kept).toBeLessThan((3 * rows) / 4);
  }
  session.dispose();
});

test.each(testedBackends)(
  "each gate drops its own where states lose elements, or are images, on %s",
  async (backend) => {
    const identity = (x: any) => x;
    const net = (recurrentDropout: number, images: boolean) =>
      model({ x: input(["batch", 1, 1]) }, ({ x }) => {
        const linear = {
          activation: identity,
          recurrentActivation: identity,
          kernelInitializer: ones(),
          useBias: false,
        };
        const given = { ...linear, dropout: 0.5, recurrentDropout };
        if (!images) return lstm(x, { ...given, units: 1 });
        return squeeze(convLstm1d(expandDims(x, -1), { ...given, filters: 1, kernelSize: 1 }), 1);
      });
    const rows = 512;
    const x = array(new Float32Array(rows).fill(1), [rows, 1, 1]);
    const y = array(new Float32Array(rows), [rows, 1]);
    // From no state, h = i·c̃·o is 8 where all three gates keep the input, whose square is 64: of 2³ samples one, or of 2 one.
    for (const [rate, images, share] of [
      [0, false, 1 / 2],
      [0.1, false, 1 / 8],
      [0, true, 1 / 8],
    ] as const) {
      const program = compile(net(rate, images), { optimizer: sgd({ learningRate: 0 }), loss: meanSquaredError() });
      const session = await open(program, { backend, seed: 5 });
      const { history } = await session.fit({ x }, y, { batchSize: rows, epochs: 1, verbose: "silent" });
      expect(Math.abs(history.loss[0]! / 64 - share)).toBeLessThan(0.06);
      session.dispose();
    }
  },
);

describe.each(["lstm", "gru", "simpleRnn"] as const)("the weights of %s", (kind) => {
  test.each(all)("cost what regularizers say, and stay within constraints, on %s", async (backend) => {
    const rates = { kernel: 0.1, recurrentKernel: 0.2, bias: 0.4 };
    const net = model({ x: input(["batch", 2, 3]) }, ({ x }) =>
      layers[kind]!(x, {
        units: 2,
        biasInitializer: ones(),
        kernelRegularizer: l2(rates.kernel),
        recurrentRegularizer: l2(rates.recurrentKernel),
        biasRegularizer: l2(rates.bias),
        kernelConstraint: nonNeg(),
        recurrentConstraint: nonNeg(),
        biasConstraint: maxNorm({ maxValue: 0.5 }),
      }),
    ) as any;
    const program = compile(net, { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() as any });
    const session = (await open(program as unknown as Program, { backend, seed: 2 })) as any;
    const weight = (name: string): Float32Array => session.getWeight(`${kind}/${name}`).data;
    const x = arrayOf(new Array(6).fill(0).map(Math.cos), [1, 2, 3]);
    const { data } = await session.predict({ x });
    const wanted = Object.entries(rates).reduce(
      (loss, [name, rate]) => loss + rate * weight(name).reduce((total, w) => total + w * w, 0),
      (data[0] ** 2 + data[1] ** 2) / 2,
    );
    const options = { batchSize: 1, epochs: 1, verbose: "silent" };
    const { history } = await session.fit({ x }, arrayOf([0, 0], [1, 2]), options);
    expectNumbers(history.loss, [wanted], "the loss", 1e-5);
    expect(Math.min(...weight("kernel"), ...weight("recurrentKernel"))).toBe(0);
    // Norms are taken over the first axis.
    const last = kind === "gru" ? 2 : 1;
    const columns = weight("bias").length / last;
    const norms =
      last === 1
        ? [Math.hypot(...weight("bias"))]
        : Array.from(weight("bias").slice(0, columns), (w, i) => Math.hypot(w, weight("bias")[i + columns]!));
    for (const norm of norms) expect(norm).toBeLessThanOrEqual(0.5 + 1e-6);
    session.dispose();
  });
});

describe("what is not right is refused", () => {
  const x = input(["batch", 4, 3]) as Tensor<any>;
  const state = input(["batch", 2]);
  const refused: [string, () => unknown][] = [
    ["lstm: units is undefined, but must be a positive integer", () => layers.lstm!(x, {})],
    ["gru: units is 1.5, but must be a positive integer", () => layers.gru!({ units: 1.5 })],
    ["gru: dropout is 1, but must be a number in [0, 1)", () => layers.gru!({ units: 2, dropout: 1 })],
    ["gru: returnState is null, but must be true or false", () => layers.gru!(x, { units: 2, returnState: null })],
    ["gru: mask is [], but must be a tensor", () => layers.gru!(x, { units: 2, mask: [] })],
    [
      "gru: returnState is said where a sequence is given, as in gru(x, { units: 64, returnState: … }); " +
        "a layer that waits takes and gives one tensor",
      () => layers.gru!({ units: 2, returnState: true }),
    ],
    [
      "gru: initialState is float32 [batch, 2], but must be float32 [batch, 3]",
      () => layers.gru!(x, { units: 3, initialState: state }),
    ],
    [
      "lstm: initialState.cell is int32 [batch, 2], but must be float32 [batch, 2]",
      () => layers.lstm!(x, { units: 2, initialState: { hidden: state, cell: input(["batch", 2], "int32") } }),
    ],
    [
      "lstm: initialState.cell is undefined, but must be a tensor",
      () => layers.lstm!(x, { units: 2, initialState: { hidden: state } }),
    ],
    [
      "simpleRnn: mask is bool [batch, 5], but must be bool [batch, 4]",
      () => layers.simpleRnn!(x, { units: 2, mask: input(["batch", 5], "bool") }),
    ],
  ];
  test.each(refused)("%s", (message, program) => {
    expect(program).toThrow(expect.objectContaining({ name: "ShapewrightError", message }));
  });
});

test.each(all)("a batch without samples gives none, and no slope, on %s", async (backend) => {
  const f = await openFunction(
    { x: input(["batch", "time", 2]) },
    ({ x }) => {
      const none = slice(x, [1, 0, 0], [-1, -1, -1]);
      const y = lstm(none, { units: 3, returnSequences: true });
      const both = bidirectional(gru({ units: 2 }))(none);
      const cells = rnn(none, stackedRnnCells([lstmCell({ units: 2 }), gruCell({ units: 2 })]));
      const { x: dx } = gradients(add(add(sum(y), sum(both)), sum(cells)), { x });
      return { y, both, dx, again: gradients(sum(square(dx)), { x }).x };
    },
    { backend },
  );
  const { y, both, dx, again } = await f({
    x: [
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ],
  });
  expect([y.shape, both.shape, [...dx.data], [...again.data]]).toEqual([
    [0, 3, 3],
    [0, 4],
    [0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
  ]);
  f.dispose();
});
