import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { shapewright } from "../support/shapewright.js";

test("the MNIST network, as Keras counts it", () => {
  const { status, stdout, stderr } = shapewright("summary", "examples/02-mnist.ts");
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatchInlineSnapshot(`
    "examples/02-mnist.ts#program, batch = 1

    layer    kind   output        parameters   FLOPs
    image    input  [batch, 784]           0       0
    dense    dense  [batch, 512]     401,920   804 k
    dense_1  dense  [batch, 10]        5,130  10.3 k

    parameters         407,050  1.63 MB
      trainable        407,050
      not trainable          0
    optimizer's state  814,101  3.26 MB
    FLOPs, forward       814 k
    "
  `);
});

test("as JSON, for a batch of 128", () => {
  const { stdout } = shapewright("summary", "examples/02-mnist.ts#digits", "--dim", "batch=128", "--json");
  const { name, dims, parameters, flops, optimizerState } = JSON.parse(stdout);
  expect({ name, dims, parameters, optimizerState }).toEqual({
    name: "digits",
    dims: { batch: 128 },
    parameters: { total: 407_050, trainable: 407_050, nonTrainable: 0, bytes: 4 * 407_050 },
    optimizerState: undefined,
  });
  expect(flops).toBe(128 * (2 * (784 * 512 + 512 * 10) + 512 + 10 + 512));
});

test("a name that the file does not export gets the nearest", () => {
  const { status, stderr } = shapewright("summary", "examples/02-mnist.ts#digit");
  expect(status).toBe(2);
  expect(stderr).toContain('Did you mean "digits"?');
});

test("an export named with what a terminal obeys is printed so that it obeys nothing", () => {
  const folder = mkdtempSync(resolve("test/.generated-"));
  try {
    const file = join(folder, "model.ts");
    const text = `import { dense, input, model } from "shapewright";
      const net = model({ x: input(["batch", 2]) }, ({ x }) => dense(x, { units: 1 }));
      export { net as "\\u001b[31mred" };`;
    writeFileSync(file, text);
    const { status, stdout } = shapewright("summary", file);
    expect([status, stdout.split("\n")[0]]).toEqual([0, `${file}#\\u001b[31mred, batch = 1`]);
    const wrong = shapewright("summary", `${file}#blue`);
    expect([wrong.status, wrong.stderr]).toEqual([
      2,
      `shapewright: ${file} exports no model or program named "blue"; there are \\u001b[31mred.\n`,
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
