import type { Node, Scope } from "../src/ir/node.js";
import { within } from "../src/ir/place.js";
import type { Dim } from "../src/types/dim.js";
import { forEachSample } from "./by-hand.js";
import { totalsOfCounted } from "./counted.js";
import { mean, meanOf } from "./means.js";
import { penaltyAmong, penaltyTotals, type Reporter, reportScope, sumOf, type Total } from "./reports.js";

/**
 * Reports a loss that a model computes itself, and what else it returns, as means. What is one number for a batch counts for each of its
 * samples.
 *
 * @param outputs by names, the loss among them
 * @param names is added to
 */
export function lossReporter(
  outputs: ReadonlyMap<string, Node>,
  batch: Dim,
  names: Map<Node | Scope, string>,
): Reporter {
  const reports = ["loss", ...[...outputs.keys()].filter((name) => name !== "loss")].map((name) => {
    const part = name === "loss" ? ("loss" as const) : ("metric" as const);
    return { name, place: { part, scope: reportScope(part, name, names) } };
  });
  return {
    ofBatch(answers, _mode, penalty) {
      const totals = reports.flatMap(({ name, place }) =>
        within(place, () => {
          const totals = totalsOfCounted({ values: forEachSample(answers.get(name)!, batch) });
          return Object.entries(totals).map(([key, node]): Total => ({ report: name, name: key, node }));
        }),
      );
      const minimized = within(reports[0]!.place, () => meanOf(answers.get("loss")!));
      return {
        totals: penalty ? [...totals, ...penaltyTotals(penalty, batch)] : totals,
        loss: within({ part: "loss" }, () => sumOf(penalty ? [minimized, penalty] : [minimized])),
      };
    },
    results(totals) {
      const penalty = penaltyAmong(totals);
      const results = reports.map(({ name, place }): [string, Node] => {
        const [sum, count] = totals.filter(({ report }) => report === name);
        return [name, within(place, () => mean(sum!.node, count!.node))];
      });
      const { loss, ...others } = Object.fromEntries(results);
      return { loss: within({ part: "loss" }, () => sumOf(penalty ? [loss!, penalty] : [loss!])), ...others };
    },
  };
}
