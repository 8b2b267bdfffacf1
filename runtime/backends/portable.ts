import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { retarget } from "../../compiler/pipeline.js";
import type { Computation } from "../../compiler/program.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import type { Executable } from "./backend.js";
import { interpreters } from "./interpreter.js";
import type { Machine } from "./machine.js";
import { type PortableBackend, tfjsMachine } from "./tfjs.js";

/** Puts computations onto tfjs's portable kernels: WebAssembly, or plain JavaScript. */
export async function loadPortable(
  backend: PortableBackend,
  computations: readonly Computation[],
): Promise<Executable[]> {
  return interpreters(
    await startPortable(backend),
    computations.map((one) => retarget(one, "portable")),
  );
}

/** tfjs's portable kernels, started. */
export async function startPortable(backend: PortableBackend): Promise<Machine<tf.Tensor>> {
  if (backend === "wasm") await import("@tensorflow/tfjs-backend-wasm");
  await start("cpu");
  silence();
  await start(backend);
  return tfjsMachine(backend);
}

/** The start that was asked for last: of two at the same time, tfjs gives up the first. */
let starting: Promise<void> = Promise.resolve();

/** Starts a tfjs backend, once, after those that are being started. */
function start(backend: PortableBackend): Promise<void> {
  starting = starting.catch(() => {}).then(() => startNow(backend));
  return starting;
}

/** Which backend is active in this process is left as it was: other code may count on it. */
async function startNow(backend: PortableBackend): Promise<void> {
  if (backend in tf.engine().registry) return;
  const active = tf.engine().backendName;
  if (!(await tf.setBackend(backend))) {
    throw new ShapewrightError("SW_BACKEND", `open: tfjs's ${backend} backend did not start`, "open");
  }
  if (active) await tf.setBackend(active);
}

/** tfjs's cpu backend praises tfjs-node at its first use; `open` has said what there is to say already. */
function silence(): void {
  Object.assign(tf.engine().findBackend("cpu"), { firstUse: false });
}
