import { Body } from "../../ir/body.js";
import type { Builder } from "../../ir/builder.js";
import type { ResultsGradientContext } from "../../ir/gradient-rule.js";
import type { Node, Signature } from "../../ir/node.js";

/**
 * The gradient of a scan: a scan the other way. Each round is given what was carried into that round, computes it again and pulls back
 * through it. It carries the gradient of what is carried, and the sum so far of the gradients of what the body reads besides.
 *
 *     h_t, y_t = f(h_{t-1}, x_t, k):   dh_{t-1} = dh_t · ∂h_t/∂h_{t-1} + dy_t · ∂y_t/∂h_{t-1},   dx_t likewise,   dk = Σ_t …
 */
export function differentiatedScan(context: ResultsGradientContext<"scan">): (Node | undefined)[] {
  const { b, node, inputs, dys, pullBack } = context;
  const { body, carries, sequences, length, reverse } = node.attributes;
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
      ...carried.map((parameter) => shareOf(parameter) ?? zeros(b, parameter)),
      ...slices.map((parameter) => shareOf(parameter)!),
      // What it carries, for its own gradient.
      ...sums,
      ...dCarried,
    ],
  );
  const start = [
    ...read.map((parameter) => zeros(b, parameter)),
    ...carried.map((parameter) => dys[parameters.indexOf(parameter)] ?? zeros(b, parameter)),
  ];
  const scanned = [
    ...historyOf(b, node),
    ...inputs.slice(carries, carries + sequences),
    ...flowing.map(({ dy }) => dy),
  ];
  const attributes = { body: back, carries: start.length, sequences: scanned.length, length, reverse: !reverse };
  const found = b.results(b.op("scan", [...start, ...scanned, ...captures], attributes));
  const gradients = new Map([...read, ...carried, ...slices].map((parameter, i) => [parameter, found[i]!]));
  return parameters.map((parameter) => gradients.get(parameter));
}

/** What was carried into each round: outputs of the loop, which has them from the beginning, or else of one that has them too. */
function historyOf(b: Builder, node: Node<"scan">): Node[] {
  const { body, carries } = node.attributes;
  const carried = body.parameters.slice(0, carries);
  const missing = carried.filter((parameter) => !body.results.includes(parameter, carries));
  const all = [...body.results, ...missing];
  const whole =
    missing.length === 0
      ? node
      : b.op("scan", node.inputs, { ...node.attributes, body: new Body(body.parameters, all) });
  const results = b.results(whole);
  return carried.map((parameter) => results[all.indexOf(parameter, carries)]!);
}

function standIn(b: Builder, { shape, dtype }: Signature): Node {
  return b.op("input", [], { shape, dtype });
}

function zeros(b: Builder, { shape }: Signature): Node {
  return b.op("broadcastTo", [b.scalar(0)], { shape });
}
