import type { Graph } from "../src/ir/graph.js";
import type { Names, Node, Scope } from "../src/ir/node.js";
import { within } from "../src/ir/place.js";
import type { Loss, TargetSignature } from "../src/losses/loss.js";
import type { MeanMetric, Metric } from "../src/metrics/metric.js";
import { builder as b } from "../src/ops/builder.js";
import type { Dim } from "../src/types/dim.js";
import { forEachSample, lossMask, lossValues, metricResult, metricValues, totalsOf } from "./by-hand.js";
import { classWeights } from "./class-weights.js";
import { type Counted, counted, meanOfCounted, totalsOfCounted } from "./counted.js";
import { mean, scaled } from "./means.js";
import { ones, overPlaces, type Weighting } from "./weighting.js";

/** An output that a loss, or metrics, are taken of. */
export interface Judged {
  /** The output's name; empty where the model has one output. */
  readonly name: string;
  readonly output: Node;
  readonly loss: Loss;
  /** How much the loss counts among others. */
  readonly lossWeight: number;
  readonly metrics: readonly Metric[];
  readonly target: Node;
  /** What is known of its targets. */
  readonly signature: TargetSignature;
  readonly weights?: Node;
  readonly weighting: Weighting;
  /** How much each class counts in training, from class 0 on. */
  readonly classWeight?: readonly number[];
}

/** A sum over samples that something reported is made of. */
export interface Total {
  /** What is reported. */
  readonly report: string;
  /** Which of its totals it is. */
  readonly name: string;
  readonly node: Node;
}

/** What is made of totals. */
export interface Reported {
  /** From the totals that graphs sum up, and the numbers of elements, by their keys, to what is reported. */
  readonly results: Graph;
  /** Totals that are the same for every batch of a size: how many elements there are, as a product of dims. */
  readonly counts: ReadonlyMap<string, readonly Dim[]>;
  /** What a graph of a batch reports by itself, without other batches. */
  ofBatch(graph: Graph): Graph;
}

/** Classes have their weights in training alone, as in Keras. */
type Mode = "train" | "evaluate";

/** What is reported: what batches add up, and what is made of the sums. */
export interface Reporter {
  /** What a batch adds up, and what training minimises; `penalty` is part of the loss, for each of its samples. */
  ofBatch(
    answers: ReadonlyMap<string, Node>,
    mode: Mode,
    penalty?: Node,
  ): { readonly totals: readonly Total[]; readonly loss: Node };
  /** What is reported, the loss first, of totals. */
  results(totals: readonly Total[]): Record<string, Node>;
}

/** One number, or array, that is reported. */
interface Report {
  readonly key: string;
  readonly place: { readonly part: "loss" | "metric"; readonly scope: Scope };
  readonly of: Judged;
  totals(output: Node, mode: Mode): Record<string, Node>;
  result(totals: Readonly<Record<string, Node>>): Node;
}

/**
 * Makes what computes the loss and the metrics. They are in scopes of their names.
 *
 * @param names is added to
 */
export function makeReporter(judged: readonly Judged[], names: Map<Node | Scope, string>): Reporter {
  const keyOf = (of: Judged, key: string) => (of.name === "" ? key : `${of.name}_${key}`);
  const losses = judged.map((of) => report(keyOf(of, "loss"), "loss", of, names));
  const metrics = judged.flatMap((of) => of.metrics.map((metric) => report(keyOf(of, metric.name), metric, of, names)));
  const reports = [...losses, ...metrics];
  return {
    ofBatch(answers, mode, penalty) {
      const totals = reports.flatMap(({ key, place, of, totals: make }) => {
        const made = Object.entries(within(place, () => make(answers.get(of.name)!, mode)));
        return made.map(([name, node]): Total => ({ report: key, name, node }));
      });
      const trained = losses.map(({ place, of }) => within(place, () => trainedLoss(of, answers.get(of.name)!)));
      const all = penalty ? [...trained, penalty] : trained;
      return {
        totals: penalty ? [...totals, ...penaltyTotals(penalty, [...answers.values()][0]!.shape[0]!)] : totals,
        loss: within({ part: "loss" }, () => sumOf(all)),
      };
    },
    results(totals) {
      const resultOf = ({ key, place, result }: Report): [string, Node] => {
        const own = totals.filter((total) => total.report === key).map(({ name, node }) => [name, node] as const);
        return [key, within(place, () => result(Object.fromEntries(own)))];
      };
      const results = Object.fromEntries(reports.map(resultOf));
      const penalty = penaltyAmong(totals);
      if ("loss" in results && !penalty) return results;
      const weighted = losses.map(({ key, of }) => scaled(results[key]!, of.lossWeight));
      const loss = within({ part: "loss" }, () => sumOf(penalty ? [...weighted, penalty] : weighted));
      const { loss: _, ...others } = results;
      return { loss, ...others };
    },
  };
}

/** A report that is not shown by itself: no metric has such a name. */
const penaltyReport = "loss/penalty";

/** A penalty counts for each sample of its batch, as in Keras. */
export function penaltyTotals(penalty: Node, batch: Dim): readonly [Total, Total] {
  return within({ part: "loss" }, () => {
    const count = b.size([batch]);
    const sum = b.op("multiply", [penalty, count]);
    return [
      { report: penaltyReport, name: "sum", node: sum },
      { report: penaltyReport, name: "count", node: count },
    ];
  });
}

/** The penalty of all batches, if there is one. */
export function penaltyAmong(totals: readonly Total[]): Node | undefined {
  const [sum, count] = totals.filter(({ report }) => report === penaltyReport);
  return sum && within({ part: "loss" }, () => mean(sum.node, count!.node));
}

export function sumOf(nodes: readonly Node[]): Node {
  return nodes.reduce((a, c) => b.op("add", [a, c]));
}

function report(key: string, what: Metric | "loss", of: Judged, names: Map<Node | Scope, string>): Report {
  const kind = what === "loss" ? "loss" : "metric";
  const place = { part: kind, scope: reportScope(kind, key, names) } as const;
  const { loss, target, weights } = of;
  if (what !== "loss" && "totals" in what) {
    const context = (output: Node) => ({
      output,
      target,
      fromLogits: loss.fromLogits,
      activation: loss.activation,
      weights: weights ? overPlaces(weights, target) : ones(target),
    });
    return {
      key,
      place,
      of,
      totals: (output) => totalsOf(what, context(output)),
      result: (totals) => metricResult(what, totals),
    };
  }
  return {
    key,
    place,
    of,
    totals(output, mode) {
      const each = (values: Node) => forEachSample(values, output.shape[0]!);
      return { ...totalsOfCounted(countedOf(what === "loss" ? loss : what, of, output, { kind, mode }, each)) };
    },
    result: ({ sum, count }) => mean(sum!, count!),
  };
}

/** What training minimises of one output. */
function trainedLoss(of: Judged, output: Node): Node {
  return scaled(meanOfCounted(countedOf(of.loss, of, output, { kind: "loss", mode: "train" })), of.lossWeight);
}

/** The values of the loss, or of a metric that is a mean, with their weights; `each` makes of values for a batch some for its samples. */
function countedOf(
  what: MeanMetric,
  of: Judged,
  output: Node,
  { kind, mode }: { readonly kind: "loss" | "metric"; readonly mode: Mode },
  each = (values: Node): Node => values,
): Counted {
  const { loss, target, weights, weighting, classWeight } = of;
  const values = kind === "loss" ? lossValues(loss, output, target) : metricValues(what, output, target, loss);
  const mask = "target" in what ? lossMask(what as Loss, output, target, values) : undefined;
  const overWeights = kind === "metric" || weighting === "mask";
  const classes = classWeight && kind === "loss" && mode === "train" ? classWeights(classWeight, target) : undefined;
  return counted(each(values), { weights, mask: mask && each(mask), classes, overWeights });
}

/** A scope with the name that is wanted, or with a number after it where a layer has that name. */
export function reportScope(kind: string, base: string, names: Map<Node | Scope, string>): Scope {
  const scope = { kind, name: base, options: {} };
  const taken = scopeNames(names);
  let name = base;
  for (let count = 1; taken.has(name); count++) name = `${base}_${count}`;
  names.set(scope, name);
  return scope;
}

function scopeNames(names: Names): Set<string> {
  return new Set([...names].flatMap(([named, name]) => ("op" in named ? [] : [name])));
}
