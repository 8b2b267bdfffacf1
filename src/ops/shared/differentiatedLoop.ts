import { Body } from "../../ir/body.js";
import type { Builder } from "../../ir/builder.js";
import type { ResultsGradientContext } from "../../ir/gradient-rule.js";
import type { Node, OpName, OpTable } from "../../ir/node.js";
import type { Dim } from "../../types/dim.js";
import { standIn, zerosLike } from "./bodies.js";

/** What is differentiated: a loop, as a scan goes. */
interface Differentiated {
  readonly body: Body;
  readonly carries: number;
  readonly sequences: number;
  readonly length: Dim;
  readonly reverse: boolean;
  readonly inputs: readonly Node[];
  /** What was carried into each round, stacked. */
  readonly history: readonly Node[];
}

/**
 * The gradient of a loop: a scan the other way. Each round is given what was carried into that round, computes it again and pulls back
 * through it. It carries the gradient of what is carried, and the sum so far of the gradients of what the body reads besides.
 *
 *     h_t, y_t = f(h_{t-1}, x_t, k):   dh_{t-1} = dh_t · ∂h_t/∂h_{t-1} + dy_t · ∂y_t/∂h_{t-1},   dx_t likewise,   dk = Σ_t …
 */
export function differentiatedLoop(
  { b, dys, pullBack }: Pick<ResultsGradientContext<OpName>, "b" | "dys" | "pullBack">,
  { body, carries, sequences, length, reverse, inputs, history }: Differentiated,
): (Node | undefined)[] {
  const { parameters, results } = body;
  const captures = inputs.slice(carries + sequences);
  const floats = (nodes: readonly Node[]) => nodes.filter(({ dtype }) => dtype === "float32");

  const carried = floats(parameters.slice(0, carries));
  const dCarried = carried.map((parameter) => standIn(b, parameter));
  const flowing = results.flatMap((result, i) => (i >= carries && dys[i] ? [{ result, dy: dys[i]! }] : []));
  const dFlowing = flowing.map(({ result }) => standIn(b, result));

  const wanted = floats(parameters);
  const outputs = [...floats(results.slice(0, carries)), ...flowing.map(({ result }) => result)];
  const pulled = new Map(pullBack(outputs, [...dCarried, ...dFlowing], wanted).map((share, i) => [wanted[i]!, share]));
  const shareOf = (parameter: Node) => pulled.get(parameter);

  const slices = parameters.slice(carries, carries + sequences).filter(shareOf);
  // The gradients of what is read last are there first: as results in this order, none waits for those before it.
  const read = parameters
    .slice(carries + sequences)
    .filter(shareOf)
    .reverse();
  const sums = read.map((parameter) => standIn(b, parameter));

  const back = new Body(
    [
      ...sums,
      ...dCarried,
      ...parameters.slice(0, carries + sequences),
      ...dFlowing,
      ...parameters.slice(carries + sequences),
    ],
    [
      ...read.map((parameter, i) => b.op("add", [sums[i]!, shareOf(parameter)!])),
      ...carried.map((parameter) => shareOf(parameter) ?? zerosLike(b, parameter)),
      ...slices.map((parameter) => shareOf(parameter)!),
      // What it carries, for its own gradient.
      ...sums,
      ...dCarried,
    ],
  );
  const start = [
    ...read.map((parameter) => zerosLike(b, parameter)),
    ...carried.map((parameter) => dys[parameters.indexOf(parameter)] ?? zerosLike(b, parameter)),
  ];
  const scanned = [...history, ...inputs.slice(carries, carries + sequences), ...flowing.map(({ dy }) => dy)];
  const attributes = { body: back, carries: start.length, sequences: scanned.length, length, reverse: !reverse };
  const found = b.results(b.op("scan", [...start, ...scanned, ...captures], attributes));
  const gradients = new Map([...read, ...carried, ...slices].map((parameter, i) => [parameter, found[i]!]));
  return parameters.map((parameter) => gradients.get(parameter));
}

/** An op that carries and gives outputs round by round. */
type LoopOp = "scan" | "whileLoop";

/** What a body's nodes are in each round: outputs of the loop, which has them from the beginning, or else of one that has them too. */
export function recorded<K extends LoopOp>(b: Builder, node: Node<K>, wanted: readonly Node[]): Node[] {
  const { body, carries }: OpTable[LoopOp] = node.attributes;
  const missing = wanted.filter((one) => !body.results.includes(one, carries));
  const all = [...body.results, ...missing];
  const whole =
    missing.length === 0
      ? node
      : b.op<LoopOp>(node.op, node.inputs, { ...node.attributes, body: new Body(body.parameters, all) } as never);
  const results = b.results(whole);
  return wanted.map((one) => results[all.indexOf(one, carries)]!);
}
