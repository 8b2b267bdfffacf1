import type { ts } from "ts-morph";
import { camelCase, nearest } from "../../../src/ir/nearest.js";
import { fix, replace } from "../edits.js";
import { shorten } from "../names.js";
import type { Explanation } from "./rule.js";

/** What `tf.data` has, and stands elsewhere here. */
const elsewhere: Readonly<Record<string, string>> = {
  fromTensorSlices: "dataset itself takes what is to be its rows: dataset({ inputs: { x }, target }).",
  fromGenerator: "dataset itself takes a function: dataset(function* () { … }).",
  window: "Cut the array: dataset(Array.from({ length: n - size + 1 }, (_, i) => series.slice(i, i + size))).",
  paddedBatch: "tokenSequences makes sequences one length; batch stacks what has one.",
  asNumpyIterator: "Loop over it: for await (const element of samples).",
  forEachAsync: "Loop over it: for await (const element of samples).",
  toArray: "Collect it: for await (const element of samples) all.push(element).",
  enumerate: "map tells the place of each element, too: samples.map((element, { index }) => …).",
};

/** A method that a dataset does not have. */
export function datasetMethod(
  { name: node, expression }: ts.PropertyAccessExpression,
  own: readonly string[],
): Explanation | undefined {
  const name = camelCase(node.text);
  const what = `${shorten(expression.getText())} is a dataset, which has no ${node.text}.`;
  const words = elsewhere[name];
  if (words) return { what, fix: fix(words) };
  const near = nearest(name, own);
  if (near === undefined) return undefined;
  const found = fix(`It is called ${near}:`, replace(node, near));
  return { what, fix: near === name ? found : { ...found, isGuess: true } };
}
