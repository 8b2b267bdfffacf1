import { ts } from "ts-morph";
import { type InlayHint, InlayHintKind, type Range } from "vscode-languageserver";
import { chainOf, chainToLayer, layerName } from "../check/chain.js";
import type { Chain } from "../check/finding.js";
import { calledName } from "../check/names.js";
import type { Reading } from "../check/reading.js";
import { shapeLiteral } from "../check/shape-literal.js";
import { describe, isTensor } from "../check/shapes.js";
import { chainsAsText } from "./chains-as-text.js";
import type { Opened } from "./workspace.js";

/** What a hint says, and how it came to that. */
interface Shown {
  readonly shape: string;
  chain(): Chain;
}

/** The shape that each line gives, behind it: of what is called there, or of a layer in `sequential`. */
export function inlayHints({ source, document, reading }: Opened, range: Range): InlayHint[] {
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  const hints = new Map<number, InlayHint>();
  const visit = (node: ts.Node): void => {
    if (node.end < from || node.pos > to) return;
    const end = ts.isExpression(node) ? endOfLine(source.text, node.end) : undefined;
    // Of expressions that end on one line, the outermost comes first.
    if (end !== undefined && !hints.has(end)) {
      const shown = shownBehind(reading, node as ts.Expression);
      if (shown) hints.set(end, hintOf(shown, end));
    }
    ts.forEachChild(node, visit);
  };
  const hintOf = ({ shape, chain }: Shown, end: number): InlayHint => ({
    position: document.positionAt(end),
    label: shape,
    kind: InlayHintKind.Type,
    paddingLeft: true,
    tooltip: { kind: "markdown", value: `\`\`\`text\n${chainsAsText([chain()])}\n\`\`\`` },
  });
  visit(source);
  return [...hints.values()];
}

/** The end of the line, if nothing but brackets and a comment stand on it behind a place. */
function endOfLine(text: string, place: number): number | undefined {
  const rest = /^[ \t;,)\]}]*(?=(?:\/\/.*)?$)/m.exec(text.slice(place, place + 200).split(/\r?\n/)[0]!);
  return rest ? place + rest[0].trimEnd().length : undefined;
}

function shownBehind(reading: Reading, node: ts.Expression): Shown | undefined {
  const { checker } = reading;
  const { parent } = node;
  if (ts.isCallExpression(parent) && calledName(parent) === "sequential") {
    const layer = parent.arguments.indexOf(node) - 1;
    const shape = layer < 0 ? undefined : reading.sequentialShapes(parent)[layer];
    if (shape !== undefined) return { shape, chain: () => chainThroughLayer(reading, parent, layer) };
  }
  if (!ts.isCallExpression(node) || !isTensor(checker, node)) return undefined;
  // The shape of `input(["batch", 784])` stands there, and the last layer of a `sequential` of several lines has said its.
  if (shapeLiteral(checker, node, ["input", "variable"]) || endsBelowItsLayers(node)) return undefined;
  const shape = describe(checker, node);
  return shape === undefined ? undefined : { shape, chain: () => chainOf(reading, node) };
}

/** The shapes up to a layer of a `sequential`, and what it gives. */
export function chainThroughLayer(reading: Reading, call: ts.CallExpression, layer: number): Chain {
  const shape = reading.sequentialShapes(call)[layer];
  const own = { name: layerName(reading, call.arguments[layer + 1]!), ...(shape !== undefined && { shape }) };
  return { steps: [...chainToLayer(reading, call, layer).steps, own] };
}

function endsBelowItsLayers(call: ts.CallExpression): boolean {
  const last = call.arguments.at(-1);
  return (
    calledName(call) === "sequential" &&
    last !== undefined &&
    /[\r\n]/.test(call.getText().slice(last.end - call.getStart()))
  );
}
