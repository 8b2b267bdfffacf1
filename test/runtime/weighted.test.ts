import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  accuracy,
  array,
  auc,
  binaryCrossentropy,
  categoricalCrossentropy,
  compile,
  confusionMatrix,
  input,
  type Loss,
  type Metric,
  meanSquaredError,
  model,
  multiply,
  ones,
  precision,
  sgd,
  sparseCategoricalCrossentropy,
  variable,
  type Weighting,
} from "../../compiler/language.js";
import { open } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

interface Case {
  readonly shape: readonly number[];
  readonly p: readonly number[];
  readonly y: readonly number[];
  readonly labels: readonly number[];
  readonly dense: readonly number[];
}
type Weighted = Readonly<Record<"binary" | "classes", Readonly<Record<string, any>>>>;

/** Keras's numbers; made by weighted.py. */
const cases: Readonly<Record<string, Case & Readonly<Record<Exclude<Weighting, "none">, Weighted>>>> = JSON.parse(
  readFileSync(new URL("../fixtures/weighted.json", import.meta.url), "utf8"),
);

const weightings = ["samples", "places", "mask"] as const;
const floats = (values: readonly number[], shape: readonly number[]) => array(new Float32Array(values), [...shape]);
const labelled = (values: readonly number[], shape: readonly number[]) => array(new Int32Array(values), [...shape]);

/** Losses, metrics beside them, and the targets that they take. */
const judgements = {
  meanSquaredError: { loss: meanSquaredError(), metrics: [accuracy(), auc(), precision()], of: "binary", target: "y" },
  binaryCrossentropy: {
    loss: binaryCrossentropy(),
    metrics: [accuracy(), meanSquaredError(), auc(), precision()],
    of: "binary",
    target: "y",
  },
  categoricalCrossentropy: {
    loss: categoricalCrossentropy(),
    metrics: [accuracy(), meanSquaredError()],
    of: "classes",
    target: "dense",
  },
  sparseCategoricalCrossentropy: {
    loss: sparseCategoricalCrossentropy(),
    metrics: [accuracy()],
    of: "classes",
    target: "labels",
  },
} as const;

const all = Object.entries(cases).flatMap(([rank, given]) =>
  Object.entries(judgements).flatMap(([name, judgement]) =>
    judgement.of === "classes" && given.shape.at(-1) !== 3
      ? []
      : weightings.map((weighting) => ({ rank, name, weighting, given, judgement })),
  ),
);

async function evaluated(
  backend: (typeof testedBackends)[number] | "reference",
  given: Case,
  how: { loss: Loss; metrics: readonly Metric[]; sampleWeight: Weighting },
  target: "y" | "dense" | "labels",
  weights: readonly number[],
) {
  const { shape } = given;
  const net = model({ p: input(["batch", ...shape.slice(1)]) }, ({ p }) => multiply(p, variable("one", [], ones())));
  const program = compile(net, { ...how, optimizer: sgd(), onWarning() {} });
  const session = await open(program, { backend });
  const rows = shape.slice(0, -1);
  const y = target === "labels" ? labelled(given.labels, rows) : floats(given[target], shape);
  const weightShape = how.sampleWeight === "samples" ? shape.slice(0, 1) : target === "y" ? shape : rows;
  const sampleWeight = floats(weights, weightShape);
  const report = await session.evaluate({ p: floats(given.p, shape) }, y as never, {
    sampleWeight: sampleWeight as never,
    batchSize: 2,
  });
  session.dispose();
  return report as Readonly<Record<string, any>>;
}

describe.each([...testedBackends, "reference" as const])("on %s", (backend) => {
  test.each(all)("$name of rank $rank, weighted by $weighting, with its metrics", async (one) => {
    const { loss, metrics, of, target } = one.judgement;
    const wanted = one.given[one.weighting][of];
    const how = { loss: loss as Loss, metrics, sampleWeight: one.weighting };
    const report = await evaluated(backend, one.given, how, target, wanted.weights);
    expect(report.loss, "loss").toBeCloseTo(wanted[`${one.name}Loss`], 5);
    for (const { name } of metrics) expect(report[name], name).toBeCloseTo(wanted[name], 5);
  });

  test.each(["2", "3"])("a confusion matrix of rank %s adds up the weights of places", async (rank) => {
    const given = cases[rank]!;
    const { weights } = given.places.classes;
    const how = {
      loss: sparseCategoricalCrossentropy(),
      metrics: [confusionMatrix()],
      sampleWeight: "places",
    } as const;
    const { confusionMatrix: matrix } = await evaluated(backend, given, how as never, "labels", weights);
    const counts = new Float32Array(9);
    given.labels.forEach((label, i) => {
      const row = given.p.slice(3 * i, 3 * i + 3);
      counts[3 * label + row.indexOf(Math.max(...row))]! += weights[i];
    });
    expect([...matrix.data]).toEqual([...counts]);
  });
});
