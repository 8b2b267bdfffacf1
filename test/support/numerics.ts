import { readdirSync, readFileSync } from "node:fs";
import { pullBack } from "../../compiler/autodiff/pullBack.js";
import { optimize } from "../../compiler/pipeline.js";
import type { Computation } from "../../compiler/program.js";
import * as language from "../../src/index.js";
import { elementCount, generate, type NdArray } from "../../src/ir/array.js";
import type { DType } from "../../src/ir/dtype.js";
import { makeNode } from "../../src/ir/makeNode.js";
import { type Node, nodeOf, type OpName, tensorOf } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { definitionOf } from "../../src/ops/registry.js";
import { computationFor, inputsFor } from "./computation.js";
import { controlPrograms } from "./controlPrograms.js";

type Numbers = readonly (number | string)[];

interface Packed {
  readonly shape: number[];
  readonly dtype: DType;
  readonly data: Numbers;
}

/** A case of a file in `fixtures/numerics`; `cases.py` there says what is what. */
interface Case {
  /** Of one op: its name, and its attributes. */
  readonly op?: OpName;
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** Of a public function, or a program of test/support/controlPrograms.ts: its name, whether it takes its tensors as a list, and the arguments that follow them. */
  readonly call?: string;
  readonly listed?: boolean;
  readonly arguments?: readonly unknown[];
  /** What stands before its tensors. */
  readonly before?: readonly unknown[];
  /** Which of its results it is about, of a function that has several. */
  readonly part?: string | number;
  readonly inputs: readonly Packed[];
  readonly values: Packed;
  /** Whether each value counts by another weight in the sum that the gradients are of. */
  readonly weighted?: boolean;
  readonly gradients?: readonly (Numbers | null)[];
  readonly seconds?: readonly (Numbers | null)[];
}

const folder = new URL("../fixtures/numerics/", import.meta.url);

export const cases = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")) as readonly Case[]);

/** What a case is of, with everything but its inputs. */
export const nameOf = ({ op, attributes, call, before = [], arguments: rest = [], part }: Case) =>
  `${op ?? call}${part === undefined ? "" : `[${part}]`} ${JSON.stringify(attributes ?? [...before, ...rest])}`;

/** A case as a computation, and what it should give: by the names of its outputs. */
export interface Problem {
  readonly computation: Computation;
  readonly arrays: readonly NdArray[];
  readonly wanted: Readonly<Record<string, NdArray>>;
}

const unpack = ({ shape, dtype, data }: Packed): NdArray => generate(shape, dtype, (i) => Number(data[i]));

/** No literal dim is 0, but a named one may be. */
const named = (shape: readonly number[]) => shape.map((dim) => (dim === 0 ? "none" : dim));

/** The computation of a case, after the pipeline. Null gradients are zeros: nothing flows. */
export function problemOf(asked: Case): Problem {
  const { inputs, values, gradients, seconds } = asked;
  const arrays = inputs.map(unpack);
  const nodes = inputsFor(arrays.map((x) => ({ ...x, shape: named(x.shape) })));
  const y = asked.op ? nodeFor(asked.op, asked.attributes!, nodes) : calledOn(nodes, asked);
  const ones = (node: Node) => b.op("broadcastTo", [b.scalar(1)], { shape: node.shape });
  // Shapes with names would not fit the weights, and of nothing there are none.
  const weighted = asked.weighted && y.shape.every((dim) => typeof dim === "number") && !values.shape.includes(0);
  const weights = () =>
    b.op("constant", [], { value: generate(values.shape, "float32", (i) => ((i * 7) % 11) / 4 - 1) });
  const floats = nodes.filter(({ dtype }) => dtype === "float32");
  const slopes = (of: readonly Node[], by: readonly Node[] = of.map(ones)) => {
    const found = pullBack(of, by, floats);
    return nodes.map((node) => found[floats.indexOf(node)]);
  };
  const first = gradients ? slopes([y], weighted ? [weights()] : undefined) : [];
  const present = first.filter((node) => node !== undefined);
  const second = seconds && present.length > 0 ? slopes(present) : [];
  const outputs: Record<string, Node> = { y };
  const wanted: Record<string, NdArray> = { y: unpack(values) };
  const ask = (name: string, found: readonly (Node | undefined)[], right: readonly (Numbers | null)[] = []) => {
    right.forEach((data, i) => {
      if (inputs[i]!.dtype !== "float32") return;
      const { shape } = inputs[i]!;
      outputs[`${name}${i}`] = found[i] ?? b.op("broadcastTo", [b.scalar(0)], { shape });
      wanted[`${name}${i}`] = unpack({ shape, dtype: "float32", data: data ?? Array(elementCount(shape)).fill(0) });
    });
  };
  ask("d", first, gradients);
  ask("dd", second, seconds);
  const computation = computationFor(nodes, outputs);
  return { computation: { ...computation, call: optimize(computation.call) }, arrays, wanted };
}

function nodeFor(op: OpName, attributes: Readonly<Record<string, unknown>>, nodes: readonly Node[]): Node {
  const given = { ...attributes, ...("value" in attributes && { value: Number(attributes.value) }) };
  return makeNode(definitionOf(op), nodes, given as never);
}

function calledOn(nodes: readonly Node[], { call, listed, before = [], arguments: rest = [], part }: Case): Node {
  const operation = ({ ...language, ...controlPrograms } as Readonly<Record<string, unknown>>)[call!] as (
    ...given: unknown[]
  ) => object;
  const tensors = nodes.map((node) => tensorOf(node));
  const found = operation(...before, ...(listed ? [tensors] : tensors), ...rest);
  return nodeOf((part === undefined ? found : (found as Readonly<Record<string | number, object>>)[part]) as never);
}

/** Below this, kernels may take a number for 0. */
const smallestNormal = 2 ** -126;

/** Ops whose kernels lose digits of small results beside 1, TensorFlow's as well. */
export const rounded: ReadonlySet<string> = new Set<OpName | keyof typeof language>([
  ...(["elu", "sigmoid", "tanh", "softmax", "logSoftmax", "logSumExp", "divide"] as const),
  ...(["softmaxCrossEntropyWithLogits", "sparseSoftmaxCrossEntropyWithLogits"] as const),
  ...(["gelu", "mish", "tanhShrink"] as const),
  // A difference from a mean, of numbers about 1, that is nearly 0.
  "groupNormalization",
  // Sums whose terms cancel.
  ...(["fft", "ifft", "fft2", "ifft2", "rfft", "irfft", "stft", "istft", "bartlett", "blackman"] as const),
  ...(["gaussianBlur", "sobelEdges", "mapCoordinates", "rgbToHsv", "hsvToRgb"] as const),
  ...(["cholesky", "logDet", "inverse", "det", "slogdet", "solve", "triangularSolve", "choleskyInverse"] as const),
]);

/** Ops whose values or gradients are made of small differences, of numbers about 1, or have sums of squares that nearly cancel. */
const conditioned: ReadonlySet<string> = new Set<keyof typeof language | keyof typeof controlPrograms>([
  "eigh",
  "svd",
  "qr",
  "lstsq",
  "pinv",
  "perspectiveTransform",
  "affineTransform",
  "scaledAndTranslated",
  "melSpectrogram",
  "ssim",
  "corrcoef",
]);

/** Ops that hand on zeros as they are, with their signs. */
const signed: ReadonlySet<string> = new Set<OpName>(["pad", "neg", "abs", "select", "concat", "slice", "transpose"]);

/** Whether an op's number is the wanted one: NaN, infinities and integers exactly, others to within float32's roundings. */
export function isRight(op: string, actual: number, wanted: number): boolean {
  if (Object.is(actual, wanted)) return true;
  if (actual === wanted) return wanted !== 0 || !signed.has(op);
  if (!Number.isFinite(wanted)) return false;
  const absolute = conditioned.has(op) ? 4e-6 : rounded.has(op) ? 4e-7 : smallestNormal;
  return Math.abs(actual - wanted) <= Math.max(1e-5 * Math.abs(wanted), absolute);
}
