import type { ts } from "ts-morph";
import type { Reading } from "../reading.js";
import type { Explanation } from "./rule.js";

/** A mistake that TypeScript says in its own words of a node wherever it stands, be it in no call. */
export interface NodeRule {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  /** TypeScript's codes for it. */
  readonly codes: readonly number[];
  /** Explains what is underlined; undefined where it is something else. */
  explain(node: ts.Node, reading: Reading): Explanation | undefined;
}
