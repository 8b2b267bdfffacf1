import * as tf from "@tensorflow/tfjs-core";
import { transform } from "esbuild";
import * as kernels from "../../runtime/kernels/index.js";

/** What generated code imports. */
const imported: Readonly<Record<string, unknown>> = { "@tensorflow/tfjs-core": tf, "shapewright/kernels": kernels };

/** Runs a generated module in this process without a file: of thousands, most of the time would go into importing them. */
export async function evaluateGenerated<Module>(text: string): Promise<Module> {
  const { code } = await transform(text, { loader: "ts", format: "cjs", target: "es2022" });
  const module = { exports: {} };
  new Function("module", "require", code)(module, (name: string) => imported[name]);
  return module.exports as Module;
}
