import { describe, expect, test } from "vitest";
import * as rejectedData from "../../test-d/rejected-data.js";
import { type RejectedPrograms, rejectedTables } from "../support/rejected.js";

// The messages of types, said at runtime. That the compilers say them is checked by test/tools/type-tests.ts.

/** What a program throws, or what the promise that it returns rejects with. */
async function errorOf(program: () => unknown): Promise<unknown> {
  try {
    return await program();
  } catch (error) {
    return error;
  }
}

// What is wrong with data is known where it is given, mostly in promises: below.
const tables = [...rejectedTables].flatMap(([file, tables]) =>
  file === "rejected-data.ts"
    ? []
    : Object.entries(tables).filter(([name]) => name !== "inTypeScriptsWords" && name !== "begun"),
);
const begun = Object.assign(
  {},
  ...[...rejectedTables.values()].map((tables) => tables.begun ?? {}),
) as RejectedPrograms;

describe.each(tables)("%s", (_, table) => {
  test.each(Object.entries(table))("%s", (message, program) => {
    expect(program).toThrow(expect.objectContaining({ name: "ShapewrightError", message }));
  });
});

describe("data", () => {
  test.each(Object.entries({ ...rejectedData.data, ...rejectedData.weights }))("%s", async (message, program) => {
    expect(await errorOf(program)).toMatchObject({ name: "ShapewrightError", message });
  });

  test.each(Object.entries(begun))("%s …", async (beginning, program) => {
    const error = await errorOf(program);
    expect(error).toHaveProperty("name", "ShapewrightError");
    expect((error as Error).message.slice(0, beginning.length)).toBe(beginning);
  });

  test.each(Object.entries(rejectedData.ended))("… %s", async (ending, program) => {
    const message = `batch 1 of the source: ${ending}`;
    expect(await errorOf(program)).toMatchObject({ name: "ShapewrightError", message });
  });
});
