import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { testedBackends } from "../support/backends.js";

/** Opens a session in a worker thread of a process of its own, and gives what was printed. */
function inWorker(options: { shared: boolean; env?: Record<string, string>; open: object }) {
  const worker = `
    import("tsx/esm/api").then(async ({ register }) => {
      register();
      const { compile, dense, input, meanSquaredError, model, sgd } = await import("shapewright");
      const { open } = await import("shapewright/runtime");
      const net = model({ x: input(["batch", 2]) }, ({ x }) => dense(x, { units: 1 }));
      const program = compile(net, { optimizer: sgd(), loss: meanSquaredError() });
      try {
        const session = await open(program, ${JSON.stringify(options.open)});
        await session.fit({ x: [[1, 2]] }, [[3]], { verbose: "silent" });
        console.log("opened on", session.backend);
      } catch (error) {
        console.log(error.code, error.message);
      }
    });`;
  const script = `
    const { SHARE_ENV, Worker } = require("node:worker_threads");
    new Worker(${JSON.stringify(worker)}, { eval: true${options.shared ? ", env: SHARE_ENV" : ""} });`;
  const { TF_CPP_MIN_LOG_LEVEL: _, TF_NUM_INTRAOP_THREADS: __, TF_NUM_INTEROP_THREADS: ___, ...own } = process.env;
  const command = ["--conditions=shapewright-source", "-e", script];
  const { stdout, stderr } = spawnSync(process.execPath, command, {
    encoding: "utf8",
    env: { ...own, ...options.env },
  });
  return { stdout: stdout.trim(), stderr: stderr.trim() };
}

describe.skipIf(!testedBackends.includes("tensorflow"))("native TensorFlow in a worker thread", () => {
  test("is told of threads and of logs where the worker shares the process's environment", () => {
    expect(inWorker({ shared: true, open: { threads: 1 } })).toEqual({ stdout: "opened on tensorflow", stderr: "" });
  });

  test("cannot be told of threads elsewhere, which is said", () => {
    expect(inWorker({ shared: false, open: { threads: 1 } }).stdout).toBe(
      "SW_VALUE open: threads is 1, but a worker thread cannot tell TensorFlow, which reads the process's environment; " +
        "start the process with TF_NUM_INTRAOP_THREADS=1 and TF_NUM_INTEROP_THREADS=1, or the worker with env: SHARE_ENV",
    );
  });

  test("runs all the same, and says how it is kept from logging", () => {
    const { stdout, stderr } = inWorker({ shared: false, open: {} });
    expect(stdout).toBe("opened on tensorflow");
    expect(stderr).toContain(
      "shapewright: TensorFlow logs what it does, since a worker thread cannot tell it not to; " +
        "start the process with TF_CPP_MIN_LOG_LEVEL=2, or the worker with env: SHARE_ENV",
    );
    const env = { TF_CPP_MIN_LOG_LEVEL: "2", TF_NUM_INTRAOP_THREADS: "1", TF_NUM_INTEROP_THREADS: "1" };
    expect(inWorker({ shared: false, env, open: { threads: 1 } }).stdout).toBe("opened on tensorflow");
  });
});
