import { describe, expect, test } from "vitest";
import { gradientNodes } from "../../compiler/autodiff/gradients.js";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import {
  add,
  at,
  bidirectional,
  compile,
  constant,
  conv2d,
  dense,
  dot,
  frozen,
  glorotUniform,
  gru,
  gruCell,
  input,
  layerConfigs,
  lstm,
  lstmCell,
  masking,
  meanSquaredError,
  model,
  multiply,
  rnn,
  rnnCell,
  sequential,
  sgd,
  sigmoid,
  simpleRnnCell,
  stackedRnnCells,
  sum,
  type Tensor,
  tanh,
  timeDistributed,
} from "../../compiler/language.js";
import type { Program } from "../../compiler/program.js";
import { loadReference } from "../../runtime/backends/reference.js";
import { eager } from "../../runtime/index.js";
import { array, generate, type NdArray } from "../../src/ir/array.js";
import { type Node, nodeOf } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { rebuild } from "../../src/ops/rebuild.js";
import fixture from "../fixtures/cells.json" with { type: "json" };
import { loadOn, testedBackends } from "../support/backends.js";
import { callWith, computationFor, inputsFor } from "../support/computation.js";
import { expectNumbers } from "../support/expectNumbers.js";
import { importGenerated, type TrainingModule } from "../support/generated.js";
import { generatedReports, sessionReports } from "../support/training.js";

type Numbers = { readonly shape: number[]; readonly values: number[] };

/** What Keras makes of a layer: test/fixtures/cells.py. */
interface Case {
  readonly x: Numbers;
  readonly weights: Numbers[];
  readonly initial: Numbers[];
  readonly mask?: number[];
  readonly target: Numbers;
  readonly y: number[];
  readonly states: number[][];
  readonly dx: number[];
  readonly slopes: number[][];
  readonly ddx?: number[];
}

type AnyTensor = Tensor<any>;
type Given = { readonly x: AnyTensor; readonly states: AnyTensor[]; readonly mask?: Tensor<any, "bool"> };
type Found = { readonly output: AnyTensor; readonly states: AnyTensor[] };

const all = [...testedBackends, "reference"] as const;
const arrayOf = ({ values, shape }: Numbers) => array(Float32Array.from(values), [...shape]) as NdArray;
const ofKernels = (...cells: string[]) =>
  cells.flatMap((name) => ["kernel", "recurrentKernel", "bias"].map((weight) => `${name}/${weight}`));

/** A cell whose output is none of its states. */
const leaky = () =>
  rnnCell({ state: { hidden: [2], slow: [3] } }, (x, { hidden, slow }, { weight }) => {
    const next = tanh(add(dot(x, weight("kernel", [x.shape[1], 2], glorotUniform())), multiply(hidden, 0.5)));
    const left = add(multiply(slow, 0.9), dot(next, weight("mix", [2, 3], glorotUniform())));
    return {
      output: multiply(sigmoid(next), sum(left, { axis: -1, keepDims: true })),
      state: { hidden: next, slow: left },
    };
  });

const stack = () => stackedRnnCells([lstmCell({ units: 3 }), gruCell({ units: 2 }), simpleRnnCell({ units: 2 })]);
const ofStack = ofKernels("lstmCell", "gruCell", "simpleRnnCell");

/** Layers as Keras's cases have them, and the names of their weights in Keras's order. */
const built: Readonly<Record<string, { readonly weights: string[]; readonly run: (given: Given) => Found }>> = {
  lstmCell: {
    weights: ofKernels("lstmCell"),
    run: ({ x, states: [hidden, cell], mask }) => {
      const found = rnn(x, lstmCell({ units: 2 }), {
        returnSequences: true,
        returnState: true,
        initialState: { hidden: hidden!, cell: cell! },
        mask: mask!,
      });
      return { output: found.output, states: [found.state.hidden, found.state.cell] };
    },
  },
  stacked: {
    weights: ofStack,
    run: ({ x }) => {
      const { output, state } = rnn(x, stack(), { returnSequences: true, returnState: true });
      return { output, states: [state[0].hidden, state[0].cell, state[1], state[2]] };
    },
  },
  "stacked, backwards, from states, with gaps": {
    weights: ofStack,
    run: ({ x, states: [hidden, cell, second, third], mask }) => {
      const { output, state } = rnn(x, stack(), {
        returnSequences: true,
        returnState: true,
        goBackwards: true,
        initialState: [{ hidden: hidden!, cell: cell! }, second!, third!],
        mask: mask!,
      });
      return { output, states: [state[0].hidden, state[0].cell, state[1], state[2]] };
    },
  },
  own: {
    weights: ["rnnCell/kernel", "rnnCell/mix"],
    run: ({ x }) => {
      const { output, state } = rnn(x, leaky(), { returnState: true });
      return { output, states: [state.hidden, state.slow] };
    },
  },
  "own, backwards, from states, with gaps": {
    weights: ["rnnCell/kernel", "rnnCell/mix"],
    run: ({ x, states: [hidden, slow], mask }) => {
      const { output, state } = rnn(x, leaky(), {
        returnSequences: true,
        returnState: true,
        goBackwards: true,
        initialState: { hidden: hidden!, slow: slow! },
        mask: mask!,
      });
      return { output, states: [state.hidden, state.slow] };
    },
  },
  "own, the last output, with gaps": {
    weights: ["rnnCell/kernel", "rnnCell/mix"],
    run: ({ x, mask }) => {
      const { output, state } = rnn(x, leaky(), { returnState: true, mask: mask! });
      return { output, states: [state.hidden, state.slow] };
    },
  },
  timeDistributed: {
    weights: ["conv2d/kernel", "conv2d/bias"],
    run: ({ x }) => {
      const each = timeDistributed(conv2d({ filters: 2, kernelSize: 2, activation: tanh }));
      return { output: each(x), states: [] };
    },
  },
  "timeDistributed of lstm": {
    weights: ofKernels("lstm"),
    run: ({ x }) => ({ output: timeDistributed(lstm({ units: 2 }))(x), states: [] }),
  },
  "bidirectional, from states, with gaps": {
    weights: ofKernels("lstm", "lstm_1"),
    run: ({ x, states: [hidden, cell, hidden1, cell1], mask }) => {
      const { output, state } = bidirectional(x, lstm({ units: 2, returnSequences: true }), {
        returnState: true,
        initialState: { forward: { hidden: hidden!, cell: cell! }, backward: { hidden: hidden1!, cell: cell1! } },
        mask: mask!,
      });
      const { forward, backward } = state;
      return { output, states: [forward.hidden, forward.cell, backward.hidden, backward.cell] };
    },
  },
  "bidirectional, with gaps": {
    weights: ofKernels("gru", "gru_1"),
    run: ({ x, mask }) => {
      const one = gru({ units: 2 });
      const { output, state } = bidirectional(x, one, { mergeMode: "sum", returnState: true, mask: mask! });
      return { output, states: [state.forward, state.backward] };
    },
  },
  masking: {
    weights: ofKernels("gru"),
    run: ({ x }) => {
      const { output, mask } = masking(x, { maskValue: -1 });
      return { output: gru(output, { units: 2, mask }), states: [] };
    },
  },
};

const cases = Object.entries(fixture.cases as unknown as Readonly<Record<string, Case>>);

test("all cases are run", () => {
  expect(cases.map(([name]) => name)).toEqual(Object.keys(built));
});

describe.each(cases)("%s: Keras's", (name, of) => {
  const { weights, run } = built[name]!;

  test.each(all)("values, states, gradients and second derivatives on %s", async (on) => {
    const x = arrayOf(of.x);
    const mask = of.mask && generate(x.shape.slice(0, 2) as [number, number], "bool", (i) => of.mask![i] === 1);
    const given = [x, ...of.initial.map(arrayOf), ...(mask ? [mask as NdArray] : [])];
    const inputs = given.map(({ shape, dtype }) => input(["batch", ...shape.slice(1)] as any, dtype) as AnyTensor);
    const states = inputs.slice(1, 1 + of.initial.length);
    const last = inputs.at(-1) as Tensor<any, any>;
    let found: Found | undefined;
    const net = model(Object.fromEntries(inputs.map((one, i) => [`input${i}`, one])), () => {
      found = run({ x: inputs[0]!, states, ...(mask && { mask: last }) });
      return found.output;
    });
    expect([...net.variables.keys()].sort()).toEqual([...weights].sort());
    const arrays = [...given, arrayOf(of.target), ...of.weights.map(arrayOf)];
    const named = arrays.map(({ shape, dtype }, i) => ({
      shape: i <= given.length ? ["batch", ...shape.slice(1)] : shape,
      dtype,
    }));
    const nodes = inputsFor(named as unknown as NdArray[]);
    const target = nodes[given.length]!;
    const stands = nodes.slice(given.length + 1);
    const known = new Map<Node, Node>([
      ...inputs.map((one, i) => [nodeOf(one), nodes[i]!] as const),
      ...weights.map((weight, i) => [net.variables.get(weight)!, stands[i]!] as const),
    ]);
    const [y, ...ends] = rebuild([nodeOf(found!.output), ...found!.states.map((tensor) => nodeOf(tensor))], known);
    const squares = (op: "mean" | "sum", node: Node) =>
      b.op(op, [b.op("square", [node])], { axes: node.shape.map((_, axis) => axis), keepDims: false });
    const slopes = gradientNodes(squares("mean", b.op("subtract", [y!, target])), [nodes[0]!, ...stands]);
    const ddx = of.ddx && gradientNodes(squares("sum", slopes[0]!), [nodes[0]!])[0]!;
    const outputs = Object.fromEntries([
      ["y", y!],
      ...ends.map((state, i) => [`state${i}`, state]),
      ...slopes.map((slope, i) => [`d${i}`, slope]),
      ...(ddx ? [["ddx", ddx]] : []),
    ]);
    const computation = computationFor(nodes, outputs);
    const executable = on === "reference" ? loadReference(computation) : await loadOn(on, computation);
    const numbers = callWith(executable, arrays);
    executable.dispose();
    const wanted = Object.fromEntries([
      ["y", of.y],
      ...of.states.map((state, i) => [`state${i}`, state]),
      ...[of.dx, ...of.slopes].map((slope, i) => [`d${i}`, slope]),
      ["ddx", of.ddx],
    ]);
    for (const output of Object.keys(outputs)) {
      const tolerance = output === "ddx" ? 2e-4 : 2e-5;
      expectNumbers(numbers[output]!.data as Float32Array, wanted[output], output, tolerance);
    }
  });
});

test.each(testedBackends)("takes the same steps on %s in a session and as generated code", async (backend) => {
  const net = model({ x: input(["batch", "time", 3]), mask: input(["batch", "time"], "bool") }, ({ x, mask }) => {
    const cells = stackedRnnCells([gruCell({ units: 3 }), leaky()]);
    return dense(rnn(x, cells, { mask }), { units: 1 });
  });
  const program = compile(net, { optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError() });
  const x = generate([4, 5, 3], "float32", (i) => Math.sin(i * 1.7));
  const mask = generate([4, 5], "bool", (i) => i % 3 > 0);
  const batches = Array.from({ length: 3 }, () => ({
    inputs: { x, mask },
    target: generate([4, 1], "float32", (i) => i),
  }));
  const text = emitTraining(program as unknown as Program, { name: "cells", source: "cells.ts" });
  const session = await sessionReports(backend, program as unknown as Program, batches as any, 5);
  const { reports, left } = await generatedReports(
    backend,
    await importGenerated<TrainingModule>(text),
    batches as any,
    5,
  );
  for (const [i, { loss }] of session.entries()) expect(reports[i]!.loss).toBeCloseTo(loss!, 5);
  expect(session[2]!.loss!).toBeLessThan(session[0]!.loss!);
  expect(left).toBe(0);
});

test("a cell has its weights once, in all layers that it is in, and where it is called", () => {
  const cell = lstmCell({ units: 3, name: "shared" });
  const net = model({ x: input(["batch", "time", 3]) }, ({ x }) => {
    const { output, state } = rnn(x, cell, { returnState: true });
    return add(cell(output, state).output, sequential(x, rnn(cell)));
  });
  expect([...net.variables.keys()].sort()).toEqual(["shared/bias", "shared/kernel", "shared/recurrentKernel"]);
  expect(layerConfigs(net).map(({ name }) => name)).toEqual(["rnn", "shared", "rnn_1"]);
});

test("frozen, both ways stay as they are where more is said of the sequence", () => {
  const net = model({ x: input(["batch", 4, 3]), mask: input(["batch", 4], "bool") }, ({ x, mask }) =>
    dense(bidirectional(x, frozen(lstm({ units: 2 })), { mask }), { units: 1 }),
  );
  const trained = [...net.variables].filter(([, { attributes }]) => attributes.trainable).map(([name]) => name);
  expect(trained).toEqual(["dense/kernel", "dense/bias"]);
});

test("cells are left as they are where they are told to, or the layer is frozen", () => {
  const net = model({ x: input(["batch", "time", 3]) }, ({ x }) =>
    sequential(
      x,
      rnn(gruCell({ units: 2, trainable: false }), { returnSequences: true }),
      frozen(rnn(lstmCell({ units: 2 }), { returnSequences: true })),
      rnn(leaky()),
    ),
  );
  const trained = [...net.variables].filter(([, { attributes }]) => attributes.trainable).map(([name]) => name);
  expect(trained).toEqual(["rnnCell/kernel", "rnnCell/mix"]);
});

test("one step after another, eagerly, is what the layer does", async () => {
  const session = await eager({ backend: "reference" });
  const net = session.model(
    model({ x: input([2, 3, 2]) }, ({ x }) => {
      const cell = gruCell({ units: 2 });
      const two = cell(at(x, ":, 1"), cell(at(x, ":, 0")).state);
      return { steps: cell(at(x, ":, 2"), two.state).output, layer: rnn(cell)(x) };
    }),
  ) as any;
  const x = constant(generate([2, 3, 2], "float32", (i) => Math.cos(i)) as any);
  const { steps, layer } = net({ x });
  expectNumbers(session.value(steps).data as Float32Array, [...(session.value(layer).data as Float32Array)], "steps");
  session.dispose();
});

describe("what is not right is refused", () => {
  const x = input(["batch", 4, 3]) as Tensor<any>;
  const own = (step: unknown, options: unknown = { state: [2] }) => (rnnCell as any)(options, step);
  const untyped = {
    rnn,
    rnnCell,
    stackedRnnCells,
    gruCell,
    lstmCell,
    timeDistributed,
    masking,
    bidirectional,
  } as Readonly<Record<string, (...args: any[]) => any>>;
  const gru = gruCell({ units: 2 });
  const refused: [string, () => unknown][] = [
    ["gruCell: units is undefined, but must be a positive integer", () => untyped.gruCell!({})],
    ["lstmCell: options are given as a record, got null", () => untyped.lstmCell!(null)],
    [
      'gruCell: no option is named "returnSequences"; there are name, trainable, activityRegularizer, units, activation, useBias, ' +
        "kernelInitializer, kernelRegularizer, kernelConstraint, recurrentInitializer, recurrentRegularizer, recurrentConstraint, " +
        "biasInitializer, biasRegularizer, biasConstraint, dropout, recurrentDropout, recurrentActivation, resetAfter",
      () => untyped.gruCell!({ units: 2, returnSequences: true }),
    ],
    ["rnn: cell is null, but must be a cell, such as lstmCell({ units: 64 })", () => untyped.rnn!(x, null, {})],
    [
      "rnn: cell is a function, but must be a cell, such as lstmCell({ units: 64 })",
      () => untyped.rnn!(dense({ units: 2 })),
    ],
    ["rnn: returnState is 1, but must be true or false", () => untyped.rnn!(x, gru, { returnState: 1 })],
    [
      "rnn: mask is said where a sequence is given, as in rnn(x, cell, { mask: … }); a layer that waits takes and gives one tensor",
      () => untyped.rnn!(gru, { mask: x }),
    ],
    [
      "rnn: mask is bool [batch, 5], but must be bool [batch, 4]",
      () => untyped.rnn!(x, gru, { mask: input(["batch", 5], "bool") }),
    ],
    [
      "rnn: initialState is float32 [batch, 3], but must be float32 [batch, 2]",
      () => untyped.rnn!(x, gru, { initialState: input(["batch", 3]) }),
    ],
    [
      "rnn: initialState is a tensor, but must be a record of hidden and cell",
      () => untyped.rnn!(x, lstmCell({ units: 2 }), { initialState: input(["batch", 2]) }),
    ],
    [
      "rnn: initialState is an array, but must be a list of the states of 2 cells",
      () => untyped.rnn!(x, stackedRnnCells([gru, gru]), { initialState: [input(["batch", 2])] }),
    ],
    [
      "rnn: initialState[1] is null, but must be a tensor",
      () => untyped.rnn!(x, stackedRnnCells([gru, gru]), { initialState: [input(["batch", 2]), null] }),
    ],
    [
      "stackedRnnCells: cells is [], but must be a list of one cell or more, such as [lstmCell({ units: 64 })]",
      () => untyped.stackedRnnCells!([]),
    ],
    [
      "rnnCell: state is [-1], but must be a list of sizes, or a record of such lists",
      () => own(() => {}, { state: [-1] }),
    ],
    ["rnnCell: step is null, but must be a function", () => own(null)],
    ["rnnCell: its step returns a tensor, but must return { output, state }", () => rnn(own((x: unknown) => x))(x)],
    [
      "rnnCell: the output that its step returns undefined, but must return a float32 tensor of the batch, [batch, …]",
      () => rnn(own(() => ({})))(x),
    ],
    [
      "rnnCell: the state that its step returns is float32 [batch, 3], but must be float32 [batch, 2]",
      () => rnn(own((x: unknown) => ({ output: x, state: x })))(x),
    ],
    ["rnnCell: takes [5] of a sample in each step, got [3]", () => rnn(own(() => {}, { state: [2], input: [5] }))(x)],
    [
      "rnnCell: takes [number] of a sample in each step, got [3, 3]",
      () => rnn(own(() => {}))(input(["batch", 4, 3, 3])),
    ],
    [
      "gruCell: takes [channels] of a sample in each step, got [3, 3]",
      () => untyped.rnn!(input(["batch", 4, 3, 3]), gru),
    ],
    [
      'rnnCell: the shape of "kernel" is [1.5], but must be a list of sizes',
      () => rnn(own((_: unknown, __: unknown, { weight }: any) => weight("kernel", [1.5], glorotUniform())))(x),
    ],
    [
      "gruCell: the state is float32 [batch, 3], but must be float32 [batch, 2]",
      () => (gru as any)(input(["batch", 3]), input(["batch", 3])),
    ],
    [
      "timeDistributed: layer is a function, but must be a layer without its input, such as dense({ units: 10 })",
      () => untyped.timeDistributed!(tanh),
    ],
    [
      "timeDistributed: takes [batch, time, …], got [batch]",
      () => (timeDistributed(dense({ units: 2 })) as any)(input(["batch"])),
    ],
    [
      "bidirectional: initialState is an object, but must be a record of forward and backward",
      () => untyped.bidirectional!(x, lstm({ units: 2 }), { initialState: { forward: 1 } }),
    ],
    [
      "lstm: initialState.cell is null, but must be a tensor",
      () =>
        untyped.bidirectional!(x, lstm({ units: 2 }), {
          initialState: { forward: { hidden: input(["batch", 2]), cell: null }, backward: 1 },
        }),
    ],
    [
      "bidirectional: mask is said where a sequence is given, as in bidirectional(x, layer, { mask: … }); " +
        "a layer that waits takes and gives one tensor",
      () => untyped.bidirectional!(lstm({ units: 2 }), { mask: x }),
    ],
    ["masking: maskValue is NaN, but must be a number of float32", () => masking(x, { maskValue: Number.NaN })],
    ["masking: maskValue is null, but must be a number of float32", () => untyped.masking!(x, { maskValue: null })],
    ["masking: takes an input with channels, its last axis, got a scalar", () => untyped.masking!(input([]))],
  ];
  test.each(refused)("%s", (message, program) => {
    expect(program).toThrow(expect.objectContaining({ name: "ShapewrightError", message }));
  });
});
