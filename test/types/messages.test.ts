import { describe, expect, test } from "vitest";
import * as rejected from "../../test-d/rejected.js";
import * as rejectedData from "../../test-d/rejected-data.js";
import * as rejectedDerivatives from "../../test-d/rejected-derivatives.js";
import * as rejectedGather from "../../test-d/rejected-gather.js";
import * as rejectedProducts from "../../test-d/rejected-products.js";
import * as rejectedWindows from "../../test-d/rejected-windows.js";

// The messages of types, said at runtime. That the compilers say them is checked by test/tools/type-tests.ts.

/** What a program throws, or what the promise that it returns rejects with. */
async function errorOf(program: () => unknown): Promise<unknown> {
  try {
    return await program();
  } catch (error) {
    return error;
  }
}

const { inTypeScriptsWords: _words, ...programs } = rejected;
const { inTypeScriptsWords: _derivativeWords, ...derivativePrograms } = rejectedDerivatives;

describe.each(
  Object.entries({ ...programs, ...derivativePrograms, ...rejectedGather, ...rejectedProducts, ...rejectedWindows }),
)("%s", (_, table) => {
  test.each(Object.entries(table))("%s", (message, program) => {
    expect(program).toThrow(expect.objectContaining({ name: "ShapewrightError", message }));
  });
});

describe("data", () => {
  test.each(Object.entries({ ...rejectedData.data, ...rejectedData.weights }))("%s", async (message, program) => {
    expect(await errorOf(program)).toMatchObject({ name: "ShapewrightError", message });
  });

  test.each(Object.entries(rejectedData.begun))("%s …", async (beginning, program) => {
    const error = await errorOf(program);
    expect(error).toHaveProperty("name", "ShapewrightError");
    expect((error as Error).message.slice(0, beginning.length)).toBe(beginning);
  });

  test.each(Object.entries(rejectedData.ended))("… %s", async (ending, program) => {
    const message = `batch 1 of the source: ${ending}`;
    expect(await errorOf(program)).toMatchObject({ name: "ShapewrightError", message });
  });
});
