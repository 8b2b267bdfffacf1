import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { GraphDefBuilder, TensorRef } from "../../compiler/lower/graph-def.js";
import { savedModelBytes } from "../../compiler/lower/saved-model/write.js";
import { loadTfjsNode, type Tfjs } from "../../runtime/native/index.js";

/** The part of tfjs-node's backend that runs SavedModels. */
interface SavedModelBackend {
  loadSavedModelMetaGraph(folder: string, tag: string): number;
  runSavedModel(id: number, inputs: Tensor[], infos: { name: string }[], outputs: string[]): Tensor[];
}

const loaded = loadTfjsNode();
if (!("tf" in loaded) && process.env.SHAPEWRIGHT_NATIVE === "required")
  throw new Error(`native TensorFlow is not there: ${loaded.problem}`);

/** Why native tests cannot run here; `undefined` if they can. */
export const missing = "tf" in loaded ? undefined : loaded.problem;

/** The title of a native suite; it says why the suite is skipped, if it is. */
export const nativeTitle = (title: string): string =>
  missing === undefined ? title : `${title} (skipped: ${missing})`;

/** tfjs-core as tfjs-node set it up. */
export function tf(): Tfjs {
  if (!("tf" in loaded)) throw new Error(loaded.problem);
  return loaded.tf;
}

/** Loads a graph into a TensorFlow session of its own; the function that is returned fetches values. */
export function session(graph: GraphDefBuilder) {
  const backend = tf().backend() as unknown as SavedModelBackend;
  const folder = mkdtempSync(join(tmpdir(), "shapewright-"));
  try {
    writeFileSync(join(folder, "saved_model.pb"), savedModelBytes({ graphDef: graph.finish(), signatures: {} }));
    const id = backend.loadSavedModelMetaGraph(folder, "serve");
    return (fetches: readonly TensorRef[], feeds: readonly (readonly [TensorRef, Tensor])[] = []): number[][] =>
      backend
        .runSavedModel(
          id,
          feeds.map(([, tensor]) => tensor),
          feeds.map(([ref]) => ({ name: `${ref.node}:${ref.output}` })),
          fetches.map((ref) => `${ref.node}:${ref.output}`),
        )
        .map((tensor) => {
          const values = Array.from(tensor.dataSync());
          tensor.dispose();
          return values;
        });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
