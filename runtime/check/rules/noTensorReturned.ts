import type { ts } from "ts-morph";
import { fix } from "../edits.js";
import { kind } from "../kind.js";
import type { Explanation } from "./rule.js";

/**
 * What is said of a function that returns no tensor but a promise, a number or anything else; undefined where it returns a tensor.
 *
 * @param who what returns a tensor: "A loss"
 * @param computed how it is computed, as code
 */
export function noTensorReturned(
  checker: ts.TypeChecker,
  given: ts.Expression,
  who: string,
  computed: string,
): Explanation | undefined {
  const signature = checker.getTypeAtLocation(given).getCallSignatures()[0];
  if (!signature) return undefined;
  const returned = checker.getReturnTypeOfSignature(signature);
  const what = kind(checker, returned);
  if (what === "a tensor") return undefined;
  const isPromise = returned.getProperty("then") !== undefined;
  const found = isPromise ? "a promise" : what === "none" ? checker.typeToString(returned) : what;
  return {
    what: `${who} is a function that returns a tensor, but this returns ${found}.`,
    fix: isPromise
      ? fix("Leave async out: it is called once, to make the graph, and waits for nothing.")
      : fix(`Compute it of tensors, with ops: ${computed}.`),
    chains: [],
  };
}
