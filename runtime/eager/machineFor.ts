import { host } from "#host";
import { importPortable } from "../backends/importPortable.js";
import type { Machine } from "../backends/machine.js";
import { heldOff } from "../heldOff.js";
import { bestBackend, nativeFor, type OpenOptions, startingLibrary, unknownBackend } from "../load.js";

/** What runs single ops on a backend; native TensorFlow's by tfjs-node's kernels. */
export async function machineFor({ backend, threads }: OpenOptions): Promise<Machine<unknown>> {
  await heldOff();
  if (threads !== undefined) await host.setThreads?.(threads);
  const name = backend ?? (await bestBackend());
  switch (name) {
    case "tensorflow":
      return (await nativeFor("eager")).machine();
    case "wasm":
    case "cpu":
      return startingLibrary(async () => (await importPortable()).startPortable(name) as Promise<Machine<unknown>>);
    case "reference":
      return (await import("../backends/reference.js")).referenceMachine as Machine<unknown>;
    default:
      throw unknownBackend("eager", name);
  }
}
