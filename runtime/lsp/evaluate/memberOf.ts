import type { ts } from "ts-morph";
import { asking } from "./methods.js";
import { notEvaluated } from "./notEvaluated.js";

/** What code may do with lists: nothing that changes anything but the list. */
const ofLists = new Set([...asking, "fill", "pop", "push", "reverse"]);
const ofTexts = new Set("at endsWith includes length slice split startsWith toLowerCase toUpperCase trim".split(" "));
const ofNumbers = new Set(["toFixed"]);

/** Names that lead from values to what makes functions of texts. */
const hidden = new Set(["__proto__", "arguments", "callee", "caller", "constructor", "prototype"]);

/** A member of a value: what it has of its own, and those methods of lists, texts and numbers that change nothing else. */
export function memberOf(value: unknown, key: unknown, node: ts.Node): unknown {
  const name = String(key);
  if (hidden.has(name) || value === undefined || value === null) throw notEvaluated(node, "has no such member");
  if (Object.hasOwn(Object(value), name)) return (value as Record<string, unknown>)[name];
  if (methodsOf(value).has(name)) {
    const method: unknown = (value as Record<string, unknown>)[name];
    return typeof method === "function" ? method.bind(value) : method;
  }
  if (name in Object(value)) throw notEvaluated(node, "is a member that is not looked at");
  return undefined;
}

function methodsOf(value: unknown): ReadonlySet<string> {
  if (typeof value === "string") return ofTexts;
  if (typeof value === "number") return ofNumbers;
  return Array.isArray(value) || ArrayBuffer.isView(value) ? ofLists : new Set();
}
