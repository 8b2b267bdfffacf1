import { expect, test } from "vitest";
import { checkSizes } from "../../compiler/checkSizes.js";
import * as language from "../../compiler/language.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { makeGraph } from "../../src/ir/graph.js";
import { isTensor, type Node, nodeOf } from "../../src/ir/node.js";
import { descriptions } from "../fuzz/types/descriptions.js";
import { draw } from "../fuzz/types/draw.js";
import type { Program } from "../fuzz/types/program.js";

type Declarations = Program["declarations"];

function built(declarations: Declarations, result: string): unknown {
  const lines = declarations.map(({ name, value }) => `const ${name} = ${value};`);
  return new Function("language", `with (language) { ${lines.join("\n")} return ${result}; }`)(language);
}

function nodesIn(value: unknown): Node[] {
  if (isTensor(value)) return [nodeOf(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(nodesIn) : [];
}

function refusal(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof ShapewrightError) return error.message;
    throw error;
  }
}

const shapeIn = /(?<=^input\(\[)[^\]]*/;
const isName = /"[^"]*"/g;

/** A program's declarations with one size of an input by a name, for each that is a number. */
function* byName(declarations: Declarations): Generator<readonly [named: Declarations, size: number]> {
  for (const [at, { name, value }] of declarations.entries()) {
    const dims = shapeIn.exec(value)?.[0].split(", ") ?? [];
    for (const [axis, dim] of dims.entries()) {
      if (!/^\d+$/.test(dim)) continue;
      const named = { name, value: value.replace(shapeIn, dims.with(axis, '"size"').join(", ")) };
      yield [declarations.with(at, named), Number(dim)];
    }
  }
}

test("what is refused of a size that is written, is refused of one by name once it is known, in the same words", () => {
  const wrong: string[] = [];
  let asked = 0;
  // Of a slice, -1 is what is left to the end, which of a named size may be nothing.
  for (const name of Object.keys(descriptions).filter((name) => name !== "slice")) {
    for (const { declarations, result, odd } of draw(name, 3, 20)) {
      if (odd !== "nothing" || isName.test(result.replace(/"(valid|same|causal)"/g, ""))) continue;
      const written = declarations.map(({ name, value }) => {
        return { name, value: value.replace(shapeIn, (shape) => shape.replace(isName, "2")) };
      });
      const message = refusal(() => built(written, result));
      if (message === undefined) continue;
      for (const [named, size] of byName(written)) {
        let nodes: Node[] = [];
        // Where a name does not fit at all, there is nothing to be asked later.
        if (refusal(() => (nodes = nodesIn(built(named, result)))) !== undefined) continue;
        asked++;
        const graph = makeGraph("asked", Object.fromEntries(nodes.map((node, i) => [i, node])), [], new Map());
        const later = refusal(() => checkSizes(graph, new Map([["size", size]])));
        if (later !== message) wrong.push(`${result} of size ${size}: ${message}; by name: ${later}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(50);
});
