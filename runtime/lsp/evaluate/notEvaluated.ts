import type { ts } from "ts-morph";

/** Said of code that is not computed here, because it may do something, take too long, or is none of what is understood. */
export class NotEvaluated extends Error {}

export function notEvaluated(node: ts.Node, why: string): NotEvaluated {
  return new NotEvaluated(`${node.getText().slice(0, 80)}: ${why}`);
}
