import { spawnSync } from "node:child_process";
import { expect, test, vi } from "vitest";
import { compileFunction } from "../../compiler/compileFunction.js";
import { constant, multiply } from "../../compiler/language.js";
import { loadTensorflow } from "../../runtime/backends/tensorflow.js";
import { eager, openFunction } from "../../runtime/index.js";
import { type LoadedTfjsNode, loadTfjsNode } from "../../runtime/native/index.js";
import { testedBackends } from "../support/backends.js";

const two = () => ({ y: multiply(constant(1), constant(2)) });

test("backends that are started at the same time all start", async () => {
  const backends = ["wasm", "wasm", "cpu", "wasm", "cpu"] as const;
  const opened = await Promise.all([
    ...backends.map((backend) => openFunction({}, two, { backend })),
    eager({ backend: "wasm" }),
  ]);
  expect(opened.map(({ backend }) => backend)).toEqual([...backends, "wasm"]);
  for (const one of opened) one.dispose();
});

test("an uncaught error of a program that computes in WebAssembly is printed as any other", () => {
  const script = `
    import("tsx/esm/api").then(async ({ register }) => {
      register();
      const { constant } = await import("shapewright");
      const { openFunction } = await import("shapewright/runtime");
      await openFunction({}, () => ({ y: constant(1) }), { backend: "wasm" });
      if (EARLY) throw new Error("a rejection of the program's");
      setTimeout(() => { throw new Error("an error of the program's"); });
    });`;
  for (const early of [true, false]) {
    const command = ["--conditions=shapewright-source", "-e", script.replace("EARLY", String(early))];
    const { status, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
    expect(status).toBe(1);
    expect(stderr).toContain(`Error: ${early ? "a rejection" : "an error"} of the program's`);
    expect(stderr.length).toBeLessThan(1000);
  }
});

test.runIf(testedBackends.includes("tensorflow"))(
  "nowhere to write temporary files is said in a line, where a model goes through one",
  async () => {
    const throughTfjs = { ...(loadTfjsNode() as LoadedTfjsNode), own: undefined };
    vi.stubEnv("TMPDIR", "/no/such/folder");
    try {
      const program = compileFunction({}, two);
      expect(() => loadTensorflow(throughTfjs, [program])[0]!.call({})).toThrow(
        expect.objectContaining({
          code: "SW_FILE",
          message:
            "open: TensorFlow loads a model from a folder, and the one for temporary files, /no/such/folder, cannot be written: " +
            "ENOENT: no such file or directory; set TMPDIR to another",
        }),
      );
    } finally {
      vi.unstubAllEnvs();
    }
  },
);
