import { ts } from "ts-morph";
import { fix, insertBefore, wrap } from "../edits.js";
import type { Fix } from "../finding.js";
import { imported, localName } from "../imports.js";
import { calledName } from "../names.js";
import { originOf } from "../origins.js";
import { shapeOf } from "../shapes.js";
import type { Site } from "../site.js";

/** Where a model's output still has the axes of an image, because nothing was flattened: the fix, before its first dense layer. */
export function flattenFix(site: Site, output: ts.Expression): Fix | undefined {
  const words = "dense() works along the last axis and keeps the others. Flatten each sample first:";
  return beforeDense("flatten", words, site, output);
}

/** The same with the mean of each channel, which loses the places. */
export function poolingFix(site: Site, output: ts.Expression): Fix | undefined {
  const words = "Keep of each channel the mean over all places:";
  const isImage = shapeOf(site.checker, output)?.length === 4;
  return isImage ? beforeDense("globalAveragePooling2d", words, site, output) : undefined;
}

function beforeDense(name: string, words: string, site: Site, output: ts.Expression): Fix | undefined {
  let found: Fix | undefined;
  let at: ts.Expression | undefined = output;
  for (let far = 0; at && far < 1000; far++) {
    if (!ts.isCallExpression(at)) {
      at = originOf(site.checker, at);
      continue;
    }
    const [first, ...layers]: readonly ts.Expression[] = at.arguments;
    if (!first) return found;
    if (calledName(at) === "sequential") {
      if (layers.some((layer) => isCall(layer, "flatten"))) return undefined;
      const dense = layers.find((layer) => isCall(layer, "dense"));
      if (dense)
        found = fix(
          words,
          insertBefore(dense, `${localName(dense.getSourceFile(), name)}(), `),
          imported(dense.getSourceFile(), name),
        );
    } else if (calledName(at) === "dense" && (shapeOf(site.checker, first)?.length ?? 0) > 2) {
      found = fix(words, wrap(first, name));
    } else if (calledName(at) === "flatten") return undefined;
    at = first;
  }
  return found;
}

function isCall(node: ts.Expression, name: string): boolean {
  return ts.isCallExpression(node) && calledName(node) === name;
}
