import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** Bundles a file as a user's bundler does, without tfjs. Returns the size in bytes, and what is in it. */
async function bundled(entry: string): Promise<{ size: number; files: string[]; packages: string[] }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [resolve(root, entry)],
    absWorkingDir: root,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["shapewright-source"],
    external: ["@tensorflow/*"],
    logLevel: "error",
  });
  const [output] = Object.values(metafile.outputs);
  const files = Object.entries(output!.inputs).flatMap(([file, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [file] : [],
  );
  const packages = Object.keys(metafile.inputs).filter((file) => file.includes("node_modules"));
  return { size: outputFiles[0]!.contents.length, files, packages };
}

test.each([
  // 41,033 bytes, of which some 100 are that what factories make has a name, and that a class is told from a function.
  ["mnist.train.ts", 41_200],
  // 17,455 bytes, of which some 100 say the shapes of products for SavedModels, and that a sum has no activation.
  ["mnist.predict.ts", 17_500],
])("%s is bundled with the ops that it calls, without registry, compiler and samples", async (file, most) => {
  const { size, files } = await bundled(`test/emit/generated/${file}`);
  expect(size).toBeLessThan(most);
  expect(files.filter((one) => one.startsWith("compiler/") || one === "src/ops/registry.ts")).toEqual([]);
  expect(files).toContain("src/ops/affine.ts");
  expect(files).not.toContain("src/ops/shared/ramp.ts");
  expect(files).not.toContain("src/ir/elements.ts");
  expect(files).not.toContain("src/types/quotient.ts");
  expect(files.filter((one) => one.startsWith("src/ops/") && !one.includes("/shared/")).length).toBeLessThan(25);
});

test("what writes code is not loaded with the language", async () => {
  const { packages } = await bundled("compiler/language.ts");
  expect(packages.filter((file) => /ts-morph|typescript/.test(file))).toEqual([]);
  expect(readFileSync(resolve(root, "compiler/emit/typescript/module.ts"), "utf8")).toContain("ts-morph");
});
