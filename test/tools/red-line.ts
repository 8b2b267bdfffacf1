/** A model with a mistake in it, and what TypeScript says of it: the text of README's picture. */
import { check } from "./compilers.js";

export const source = `import { dense, dot, glorotUniform, input, relu, variable } from "shapewright";

const image = input(["batch", 784]);
const h = dense(image, { units: 512, activation: relu });

const W = variable("W", [100, 10], glorotUniform());
const logits = dot(h, W);
`;

/** The one error that TypeScript has, at its place in the text. */
export async function redLine(): Promise<{ readonly from: number; readonly message: string }> {
  const found = await check("typescript", new Map([["model.ts", `${source}export { logits };\n`]]));
  if (found.length !== 1) throw new Error(`one mistake was expected, not ${found.length}`);
  const { line, column, text } = found[0]!;
  const before = source.split("\n").slice(0, line - 1);
  return { from: before.join("\n").length + column, message: text.replace(/^TS\d+: /, "") };
}
