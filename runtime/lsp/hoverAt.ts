import { ts } from "ts-morph";
import type { Hover, Position } from "vscode-languageserver";
import { chainOf } from "../check/chain.js";
import type { Chain } from "../check/finding.js";
import { calledName } from "../check/names.js";
import type { Reading } from "../check/reading.js";
import { isTensor } from "../check/shapes.js";
import { chainsAsText } from "./chains-as-text.js";
import { chainThroughLayer } from "./inlayHints.js";
import type { Opened } from "./workspace.js";

/**
 * All the shapes that led to the tensor of which a name is, to what a call gives, or to a layer in `sequential`. TypeScript shows its type
 * beside: nothing is said where that is all there is to say.
 */
export function hoverAt({ source, document, reading }: Opened, position: Position): Hover | undefined {
  const name = identifierAt(source, document.offsetAt(position));
  const chain = name && chainAt(reading, name);
  if (!chain || chain.steps.length < 2) return undefined;
  const range = { start: document.positionAt(name.getStart()), end: document.positionAt(name.end) };
  return { contents: { kind: "markdown", value: `\`\`\`text\n${chainsAsText([chain])}\n\`\`\`` }, range };
}

function identifierAt(source: ts.SourceFile, place: number): ts.Identifier | undefined {
  let found: ts.Identifier | undefined;
  const visit = (node: ts.Node): void => {
    if (place < node.getStart(source) || place > node.end) return;
    if (ts.isIdentifier(node)) found = node;
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function chainAt(reading: Reading, name: ts.Identifier): Chain | undefined {
  const expression = valueOf(name);
  const { parent } = expression;
  if (ts.isCallExpression(parent) && calledName(parent) === "sequential" && parent.arguments.indexOf(expression) > 0) {
    return chainThroughLayer(reading, parent, parent.arguments.indexOf(expression) - 1);
  }
  return isTensor(reading.checker, expression) ? chainOf(reading, expression) : undefined;
}

/** What a name stands for: of the function that is called the call, of a property its value. */
function valueOf(name: ts.Identifier): ts.Expression {
  const { parent } = name;
  if (ts.isPropertyAssignment(parent) && parent.name === name) return parent.initializer;
  const callee = ts.isPropertyAccessExpression(parent) && parent.name === name ? parent : name;
  return ts.isCallExpression(callee.parent) && callee.parent.expression === callee ? callee.parent : callee;
}
