import * as tf from "@tensorflow/tfjs-core";
import { afterAll } from "vitest";

// The backend of tfjs is the process's, which files share: each begins with the one that it would find in a process of its own.
afterAll(async () => {
  if (tf.findBackendFactory("tensorflow") !== null) await tf.setBackend("tensorflow");
});
