import type { NdArray } from "../../src/ir/array.js";
import { Body } from "../../src/ir/body.js";
import { topologicalOrder } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import type { FuzzProgram } from "./program.js";

/** A program as a case of `found.test.ts`. */
export function source(program: FuzzProgram, title: string): string {
  const names = new Map<Node, string>();
  const lines: string[] = [];
  const write = (node: Node, prefix: string) => {
    if (names.has(node)) return;
    for (const value of Object.values(node.attributes))
      if (value instanceof Body) for (const inner of value.nodes) write(inner, "r");
    const name = `${prefix}${names.size}`;
    const inputs = `[${node.inputs.map((input) => names.get(input)).join(", ")}]`;
    names.set(node, name);
    lines.push(
      isOp(node, "result")
        ? `const ${name} = b.results(${names.get(node.inputs[0]!)})[${node.attributes.index}]!;`
        : `const ${name} = b.op(${JSON.stringify(node.op)}, ${inputs}, ${text(node.attributes, names, (n) => write(n, "r"))});`,
    );
  };
  for (const node of program.inputs) write(node, "x");
  for (const node of topologicalOrder(Object.values(program.outputs))) write(node, "t");
  const outputs = Object.entries(program.outputs).map(([name, node]) => `${name}: ${names.get(node)}`);
  const { inputs, arrays, orders } = program;
  return [
    `test(${JSON.stringify(title)}, async () => {`,
    ...lines.map((line) => `  ${line}`),
    `  const inputs = [${inputs.map((node) => names.get(node)).join(", ")}];`,
    `  const arrays = [${arrays.map(arrayText).join(", ")}];`,
    `  expect(await check({ inputs, arrays, outputs: { ${outputs.join(", ")} }, orders: ${orders} })).toEqual([]);`,
    "});",
  ].join("\n");
}

function text(value: unknown, names: ReadonlyMap<Node, string>, write: (node: Node) => void): string {
  if (typeof value === "number") return number(value);
  if (typeof value !== "object" || value === null)
    return typeof value === "function" ? String(value) : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((entry) => text(entry, names, write)).join(", ")}]`;
  if (value instanceof Body) {
    for (const parameter of value.parameters) write(parameter);
    const list = (nodes: readonly Node[]) => `[${nodes.map((node) => names.get(node)).join(", ")}]`;
    return `new Body(${list(value.parameters)}, ${list(value.results)})`;
  }
  if ("data" in value) return arrayText(value as NdArray);
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  if (entries.length === 0) return "{}";
  return `{ ${entries.map(([key, entry]) => `${key}: ${text(entry, names, write)}`).join(", ")} }`;
}

const number = (value: number) => (Object.is(value, -0) ? "-0" : String(value));

/** Data as an expression: `array` has no bools, which `generate` has. */
function arrayText({ shape, dtype, data }: NdArray): string {
  const numbers = `[${Array.from(data as ArrayLike<number>, number).join(", ")}]`;
  if (dtype === "bool") return `generate([${shape.join(", ")}], "bool", (i) => ${numbers}[i]!)`;
  return `array(new ${dtype === "float32" ? "Float32Array" : "Int32Array"}(${numbers}), [${shape.join(", ")}])`;
}
