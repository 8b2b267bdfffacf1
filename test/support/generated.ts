import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type * as tf from "@tensorflow/tfjs-core";

/** What a generated training module exports, seen without its types. */
export interface TrainingModule {
  createState(options?: {
    seed?: number;
    learningRate?: number;
    weights?: Record<string, tf.Tensor>;
  }): Record<string, tf.Tensor>;
  trainStep(state: Record<string, tf.Tensor>, ...batch: tf.Tensor[]): Record<string, number>;
  evaluateStep(state: Record<string, tf.Tensor>, ...batch: tf.Tensor[]): Record<string, number>;
}

/** What a generated prediction module exports, seen without its types. */
export interface PredictionModule<Output = tf.Tensor> {
  createWeights(values: Record<string, ArrayLike<number>>): Record<string, tf.Tensor>;
  predict(weights: Record<string, tf.Tensor>, ...inputs: tf.Tensor[]): Output;
}

const folder = resolve(import.meta.dirname, "../.generated");

/** Imports a generated module. It is written within the project, where `shapewright/kernels` is found. */
export async function importGenerated<Module>(text: string): Promise<Module> {
  mkdirSync(folder, { recursive: true });
  const own = mkdtempSync(join(folder, "module-"));
  try {
    writeFileSync(join(own, "generated.ts"), text);
    return (await import(pathToFileURL(join(own, "generated.ts")).href)) as Module;
  } finally {
    rmSync(own, { recursive: true });
  }
}
