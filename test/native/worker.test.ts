import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compileOurs } from "../../runtime/native/build.js";
import { type LoadedTfjsNode, loadTfjsNode, thisMachine } from "../../runtime/native/index.js";
import { testedBackends } from "../support/backends.js";

interface Worker {
  /** Whether the worker has the process's environment. */
  readonly shared: boolean;
  readonly env?: Record<string, string>;
  /** Options of the session in the worker, and of one that the main thread opens before, if it does. */
  readonly open: object;
  readonly first?: object;
  /** A variable of the process's environment that the worker tells. */
  readonly tell?: string;
}

/** Opens a session in a worker thread of a process of its own, and gives what was printed. */
function inWorker({ shared, env, open, first, tell }: Worker) {
  const session = (options: object) => `
    import("shapewright").then(async ({ compile, dense, input, meanSquaredError, model, sgd }) => {
      const { open } = await import("shapewright/runtime");
      const net = model({ x: input(["batch", 2]) }, ({ x }) => dense(x, { units: 1 }));
      const program = compile(net, { optimizer: sgd(), loss: meanSquaredError() });
      const session = await open(program, ${JSON.stringify(options)});
      await session.fit({ x: [[1, 2]] }, [[3]], { verbose: "silent" });
      return session.backend;
    })`;
  const told = tell === undefined ? "" : `, process.report.getReport().environmentVariables.${tell}`;
  const worker = `${session(open)}.then(
    (backend) => console.log("opened on", backend${told}),
    (error) => console.log(error.code, error.message),
  );`;
  const start = `new Worker(${JSON.stringify(worker)}, { eval: true${shared ? ", env: SHARE_ENV" : ""} })`;
  const script = `
    const { SHARE_ENV, Worker } = require("node:worker_threads");
    ${first === undefined ? start : `${session(first)}.then(() => ${start})`};`;
  const { TF_CPP_MIN_LOG_LEVEL: _, TF_NUM_INTRAOP_THREADS: __, TF_NUM_INTEROP_THREADS: ___, ...own } = process.env;
  const command = ["-e", script];
  const { stdout, stderr } = spawnSync(process.execPath, command, {
    encoding: "utf8",
    env: { ...own, ...env },
  });
  return { stdout: stdout.trim(), stderr: stderr.trim() };
}

describe.skipIf(!testedBackends.includes("tensorflow"))("native TensorFlow in a worker thread", () => {
  // As `doctor --fix` does, which a test that is run alone does not begin with.
  beforeAll(() => compileOurs((loadTfjsNode() as LoadedTfjsNode).folder, thisMachine()));

  test("is told of threads and of logs where the worker shares the process's environment", () => {
    expect(inWorker({ shared: true, open: { threads: 1 } })).toEqual({ stdout: "opened on tensorflow", stderr: "" });
  });

  test("is told by an addon of ours where the worker has an environment of its own", () => {
    const seen = inWorker({ shared: false, open: { threads: 1 }, tell: "TF_NUM_INTRAOP_THREADS" });
    expect(seen).toEqual({ stdout: "opened on tensorflow 1", stderr: "" });
    expect(inWorker({ shared: false, open: {} })).toEqual({ stdout: "opened on tensorflow", stderr: "" });
  });

  test("takes the number of the thread that has loaded it", () => {
    const first = { threads: 2 };
    expect(inWorker({ shared: false, first, open: { threads: 1 } }).stdout).toBe(
      "SW_VALUE open: threads is 1, but TensorFlow has been loaded with 2; it takes the number once a process",
    );
    expect(inWorker({ shared: false, first, open: { threads: 2 } }).stdout).toBe("opened on tensorflow");
    expect(inWorker({ shared: false, first: {}, open: { threads: 1 } }).stdout).toBe(
      "SW_VALUE open: threads is 1, but TensorFlow has been loaded with its own choice; it takes the number once a process",
    );
  });

  describe("without that addon", () => {
    let cache: string;
    beforeAll(() => {
      cache = mkdtempSync(join(tmpdir(), "shapewright-"));
    });
    afterAll(() => rmSync(cache, { recursive: true }));

    test("it cannot be told of threads, which is said", () => {
      expect(inWorker({ env: { SHAPEWRIGHT_CACHE: cache }, shared: false, open: { threads: 1 } }).stdout).toBe(
        "SW_VALUE open: threads is 1, but a worker thread cannot tell TensorFlow, which reads the process's environment; " +
          "start the process with TF_NUM_INTRAOP_THREADS=1 and TF_NUM_INTEROP_THREADS=1, or the worker with env: SHARE_ENV",
      );
    });

    test("it runs all the same, and says how it is kept from logging", () => {
      const { stdout, stderr } = inWorker({ env: { SHAPEWRIGHT_CACHE: cache }, shared: false, open: {} });
      expect(stdout).toBe("opened on tensorflow");
      expect(stderr).toContain(
        "shapewright: TensorFlow logs what it does, since a worker thread cannot tell it not to; " +
          "start the process with TF_CPP_MIN_LOG_LEVEL=3, or the worker with env: SHARE_ENV",
      );
      const env = {
        SHAPEWRIGHT_CACHE: cache,
        TF_CPP_MIN_LOG_LEVEL: "3",
        TF_NUM_INTRAOP_THREADS: "1",
        TF_NUM_INTEROP_THREADS: "1",
      };
      expect(inWorker({ shared: false, env, open: { threads: 1 } }).stdout).toBe("opened on tensorflow");
    });
  });
});
