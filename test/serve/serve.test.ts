import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  add,
  compile,
  compileLoss,
  dense,
  embedding,
  greater,
  input,
  mean,
  meanSquaredError,
  model,
  ones,
  reshape,
  sgd,
  square,
  subtract,
  sum,
} from "../../compiler/language.js";
import { inputNodes } from "../../compiler/program.js";
import { checkInputs } from "../../runtime/data/samples.js";
import { open, type Session } from "../../runtime/index.js";
import { admission } from "../../runtime/serve/admission.js";
import { appOf } from "../../runtime/serve/app.js";
import { batches } from "../../runtime/serve/batches.js";
import { countMetrics } from "../../runtime/serve/metrics.js";
import { servedOf } from "../../runtime/serve/served.js";
import { type ServeSettings, type Serving, serveModel } from "../../runtime/serve/serveModel.js";
import type { NdArray } from "../../src/ir/array.js";

const folder = mkdtempSync(join(tmpdir(), "shapewright-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ending: Serving[] = [];
afterAll(async () => {
  for (const serving of ending) await serving.stop();
});

const usual: ServeSettings = {
  ...{
    host: "127.0.0.1",
    port: 0,
    maxBatch: 8,
    maxDelay: 1,
    maxQueue: 1000,
    maxBody: 100_000,
    timeout: 20,
    backend: "reference",
  },
  onError: (error) => expect.unreachable(String(error)),
};

/** Serves a model from its file: gives its address, and what asks it. */
async function served(
  session: Pick<Session<any, any, any>, "saveModel">,
  name: string,
  settings: Partial<ServeSettings> = {},
) {
  const file = join(folder, `${name}.shapewright`);
  await session.saveModel(file);
  const serving = await serveModel(file, { ...usual, ...settings });
  ending.push(serving);
  const address = `http://127.0.0.1:${serving.port}`;
  const ask = async (path: string, body?: unknown) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const answer = await fetch(`${address}${path}`, body === undefined ? {} : { method: "POST", body: text });
    return [answer.status, (await answer.json()) as any] as const;
  };
  return { serving, address, ask };
}

const one = compile(
  model({ x: input(["batch", 3]) }, ({ x }) => dense(x, { units: 2 })),
  { optimizer: sgd(), loss: meanSquaredError() },
);

const two = compile(
  model(
    { x: input(["batch", "time", 2]), words: input(["batch"], "int32"), weigh: input(["batch"], "bool") },
    ({ x, words, weigh }) => {
      const h = sum(x, { axis: [1, 2] });
      return {
        sum: reshape(h, ["batch", 1]),
        big: greater(h, 1),
        word: embedding(words, { inputDim: 5, outputDim: 2 }),
        next: embedding(add(words, words), { inputDim: 7, outputDim: 1 }),
        weigh,
      };
    },
  ),
  { optimizer: sgd(), loss: { word: meanSquaredError() }, onWarning() {} },
);

describe("the REST interface", async () => {
  const session = await open(one, { backend: "reference", seed: 3 });
  const x = [
    [1, 2, 3],
    [0.5, -1, 4],
    [0, 0, 0],
  ];
  const lists = ({ data }: NdArray) => Array.from({ length: 3 }, (_, i) => [...data.slice(2 * i, 2 * i + 2)]);
  const wanted = lists(await session.predict({ x }));
  const { ask, address } = await served(session, "one", { version: "7" });
  const predict = "/v1/models/one:predict";

  test("samples: bare, by the input's name, or all of the input", async () => {
    expect(await ask(predict, { instances: x })).toEqual([200, { predictions: wanted }]);
    expect(await ask(predict, { signature_name: "serving_default", instances: x.map((row) => ({ x: row })) })).toEqual([
      200,
      { predictions: wanted },
    ]);
    expect(await ask(predict, { inputs: x })).toEqual([200, { outputs: wanted }]);
    expect(await ask("/v1/models/one/versions/7:predict", { inputs: { x } })).toEqual([200, { outputs: wanted }]);
  });

  test("more samples than go through the model at once", async () => {
    const many = Array.from({ length: 21 }, (_, i) => x[i % 3]);
    const [status, body] = await ask(predict, { instances: many });
    expect([status, body.predictions]).toEqual([200, many.map((_, i) => wanted[i % 3])]);
  });

  test("status and metadata", async () => {
    const status = { version: "7", state: "AVAILABLE", status: { error_code: "OK", error_message: "" } };
    expect(await ask("/v1/models/one")).toEqual([200, { model_version_status: [status] }]);
    const tensor = (name: string, size: string) => ({
      dtype: "DT_FLOAT",
      tensor_shape: {
        dim: [
          { size: "-1", name: "batch" },
          { size, name: "" },
        ],
        unknown_rank: false,
      },
      name: `${name}:0`,
    });
    const signature = {
      inputs: { x: tensor("x", "3") },
      outputs: { output: tensor("output", "2") },
      method_name: "tensorflow/serving/predict",
    };
    expect(await ask("/v1/models/one/metadata")).toEqual([
      200,
      {
        model_spec: { name: "one", signature_name: "", version: "7" },
        metadata: { signature_def: { signature_def: { serving_default: signature } } },
      },
    ]);
  });

  test.each([
    [predict, "{", 400, /^the body is no JSON: /],
    [predict, [1], 400, 'a request is { "instances": […] } or { "inputs": … }, got an array'],
    [predict, {}, 400, 'a request has one of "instances" and "inputs", got {  }'],
    [
      predict,
      { instances: x, inputs: x },
      400,
      'a request has one of "instances" and "inputs", got { instances, inputs }',
    ],
    [predict, { instances: x, extra: 1 }, 400, 'a request has "instances" or "inputs", but no "extra"'],
    [
      predict,
      { instances: x, signature_name: "train" },
      400,
      'no signature is named "train"; there is serving_default, or none is named',
    ],
    [predict, { instances: [] }, 400, "instances is empty; there has to be one at least"],
    [predict, { instances: [[1, 2]] }, 400, "x: takes [batch, 3], got [1, 2]"],
    [
      predict,
      {
        instances: [
          [1, 2, 3],
          [1, 2],
        ],
      },
      400,
      /^x: /,
    ],
    [predict, { instances: [[1, 2, "3"]] }, 400, /^x: /],
    [predict, { instances: [[1, 2, null]] }, 400, /^x: /],
    [predict, { instances: [{ y: [1, 2, 3] }] }, 400, 'no input is named "y"; there are "x"'],
    [predict, { instances: [{}] }, 400, 'instances[0]: the input "x" is missing'],
    [predict, { instances: [{ x: [1, 2, 3], y: 1 }] }, 400, 'no input is named "y"; there are "x"'],
    [predict, { inputs: { x, y: 1 } }, 400, 'no input is named "y"; there are "x"'],
    [
      predict,
      { instances: [{ b64: "AAAA" }] },
      400,
      "x: takes numbers in nested lists, got { b64 }; there are no inputs of bytes",
    ],
    [predict, { instances: [{ x: {} }] }, 400, "x: takes numbers in nested lists, got {  }"],
    [
      predict,
      { inputs: { x: { dataId: {}, shape: [1, 3], dtype: "float32" } } },
      400,
      "x: takes numbers in nested lists, got { dataId, shape, dtype }",
    ],
    [predict, { inputs: [] }, 400, "x: [0] has no elements"],
    [predict, '{"inputs": [[1, 2, 1e39]]}', 400, /^x: takes float32/],
    [predict, '{"inputs": [[1, 2, 1e400]]}', 400, "x: element [0, 2] is Infinity"],
    [predict, '{"inputs": [[1, 2, NaN]]}', 400, /^the body is no JSON: /],
    [predict, '{"inputs": {"__proto__": [[1, 2, 3]]}}', 400, 'no input is named "__proto__"; there are "x"'],
    [predict, `{"inputs": ${"[".repeat(40_000)}${"]".repeat(40_000)}}`, 400, /^x: arrays are nested more than 32 deep/],
    [predict, undefined, 405, "/v1/models/one:predict takes POST, got GET"],
    ["/v1/models/one", {}, 405, "/v1/models/one takes GET, got POST"],
    ["/v1/models/one:classify", {}, 501, "there is no method classify; there is predict"],
    [
      "/v1/models/other:predict",
      {},
      404,
      'there is nothing at /v1/models/other:predict; this serves "one", version 7, at /v1/models/one:predict',
    ],
    ["/v1/models/one/versions/8", undefined, 404, /^there is nothing at/],
    ["/v2", undefined, 404, "there is nothing at /v2"],
    [predict, { instances: x, padding: "x".repeat(100_000) }, 413, "a body has at most 100 kB"],
  ])("%s %j", async (path, body, status, message) => {
    const [found, answer] = await ask(path, body);
    expect(answer).toEqual({ error: message instanceof RegExp ? expect.stringMatching(message) : message });
    expect(found).toBe(status);
  });

  test("a body that says no length is cut off, too", async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(60_000).fill(32));
      },
    });
    const answer = await fetch(`${address}${predict}`, { method: "POST", body, duplex: "half" } as RequestInit).then(
      ({ status }) => status,
      () => "cut off",
    );
    expect([413, "cut off"]).toContain(answer);
    const small = new Blob([JSON.stringify({ instances: x })]).stream();
    const whole = await fetch(`${address}${predict}`, { method: "POST", body: small, duplex: "half" } as RequestInit);
    expect([whole.status, await whole.json()]).toEqual([200, { predictions: wanted }]);
    expect(await ask(predict, { instances: x })).toEqual([200, { predictions: wanted }]);
  });

  test("health, and what Prometheus reads", async () => {
    expect(await ask("/healthz")).toEqual([200, { status: "ok" }]);
    await ask(predict, { instances: x });
    const answer = await fetch(`${address}/metrics`);
    expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
    const text = await answer.text();
    expect(text).toMatch(/^shapewright_requests_total\{status="200"\} [1-9]\d*$/m);
    expect(text).toMatch(/^shapewright_requests_total\{status="400"\} [1-9]\d*$/m);
    expect(text).toMatch(/^shapewright_batch_samples_count [1-9]\d*$/m);
    expect(text).toMatch(/^shapewright_waiting_samples 0$/m);
    expect(text).toMatch(/^process_cpu_seconds_total /m);
  });
});

test("several inputs and outputs, by names, of any dtype", async () => {
  const session = await open(two, { backend: "reference" });
  const { ask } = await served(session, "two");
  const given = { x: [[[1, 2]], [[0, 0.5]]], words: [3, 0], weigh: [true, false] };
  const table = session.getWeight("embedding/embeddings").data;
  const others = session.getWeight("embedding_1/embeddings").data;
  const wanted = {
    sum: [[3], [0.5]],
    big: [true, false],
    word: [[...table.slice(6, 8)], [...table.slice(0, 2)]],
    next: [[others[6]], [others[0]]],
    weigh: given.weigh,
  };
  const instance = (i: number, of: Record<string, unknown[]>) =>
    Object.fromEntries(Object.entries(of).map(([name, all]) => [name, all[i]]));
  const path = "/v1/models/two:predict";
  expect(await ask(path, { inputs: given })).toEqual([200, { outputs: wanted }]);
  const instances = [instance(0, given), instance(1, given)];
  expect(await ask(path, { instances })).toEqual([200, { predictions: [instance(0, wanted), instance(1, wanted)] }]);
  expect(await ask(path, { instances: [3] })).toEqual([
    400,
    { error: "data is given by the inputs' names, x, words, weigh, got 3" },
  ]);
  // Of requests that go through the model together, the one that fails does so alone.
  const asked = await Promise.all([
    ask(path, { instances }),
    ask(path, { instances: [{ ...instances[0], words: 4 }] }),
    ask(path, { instances: [instances[1]] }),
  ]);
  expect(asked.map(([status]) => status)).toEqual([200, 400, 200]);
  expect(asked[1]![1].error).toMatch(/ 8 /);
  expect(asked[2]![1]).toEqual({ predictions: [instance(1, wanted)] });
  // What is a place of an input itself is named by that.
  for (const word of [5, -1])
    expect(await ask(path, { instances: [instances[0], { ...instances[1], words: word }] })).toEqual([
      400,
      { error: `words: element [1] is ${word}, but there are the places 0 to 4` },
    ]);
});

test("many clients at once get each their own answers", async () => {
  const session = await open(one, { backend: "reference", seed: 4 });
  const { ask, address } = await served(session, "many", { maxBatch: 16 });
  const asked = Array.from({ length: 200 }, (_, i) => Array.from({ length: 1 + (i % 5) }, (_, j) => [i, j, -i]));
  const answers = await Promise.all(asked.map((instances) => ask("/v1/models/many:predict", { instances })));
  for (const [i, [status, { predictions }]] of answers.entries()) {
    const { shape, data } = await session.predict({ x: asked[i]! });
    expect([status, predictions.flat()], String(i)).toEqual([200, [...data]]);
    expect(predictions).toHaveLength(shape[0]!);
  }
  const metrics = await (await fetch(`${address}/metrics`)).text();
  expect(metrics).toMatch(/^shapewright_batch_samples_sum 600$/m);
});

test("what JSON cannot hold is no answer", async () => {
  const session = await open(one, { backend: "reference" });
  await session.setWeight("dense/kernel", [
    [3e38, 1],
    [3e38, 1],
    [0, 0],
  ]);
  const { ask } = await served(session, "infinite");
  const error = 'the output "output" has Infinity as its element 2, which JSON cannot hold';
  expect(
    await ask("/v1/models/infinite:predict", {
      inputs: [
        [0, 0, 0],
        [1, 1, 0],
      ],
    }),
  ).toEqual([500, { error }]);
});

test("what takes too long is told so, and what fails by itself is told to who serves it", async () => {
  const errors: unknown[] = [];
  const answering = (predict: () => Promise<never>, seconds: number) =>
    appOf({
      served: servedOf(one, inputNodes(one.model.inputs), { name: "one", version: "1" }),
      admission: admission(1),
      metrics: countMetrics({ waiting: () => 0, requests: () => 0 }),
      limits: { body: 1000, seconds },
      check: (inputs) => checkInputs(one.model.inputs, inputs),
      onError: (error) => errors.push(error),
      predict,
    }).request("/v1/models/one:predict", { method: "POST", body: '{"instances": [[1, 2, 3]]}' });
  const late = await answering(() => new Promise(() => {}), 0.001);
  expect([late.status, await late.json()]).toEqual([504, { error: "the prediction was not there after 0.001 s" }]);
  const own = new Error("out of memory");
  const failed = await answering(() => Promise.reject(own), 20);
  expect([failed.status, await failed.json(), errors]).toEqual([500, { error: "the prediction failed" }, [own]]);
});

test("a model whose output depends on other samples sees each request by itself", async () => {
  const centred = compile(
    model({ x: input(["batch", 1]) }, ({ x }) =>
      dense(subtract(x, mean(x, { axis: 0 })), { units: 1, kernelInitializer: ones() }),
    ),
    { optimizer: sgd(), loss: meanSquaredError(), onWarning() {} },
  );
  const { ask, serving } = await served(await open(centred, { backend: "reference" }), "centred", { maxBatch: 2 });
  expect(serving.served.alone).toMatch(
    /^in prediction, the output for a sample depends on the other samples of its batch/,
  );
  const asked = [
    [[1], [3]],
    [[5], [5]],
    [[0], [3], [9]],
  ];
  const answers = await Promise.all(asked.map((instances) => ask("/v1/models/centred:predict", { instances })));
  expect(answers.map(([, { predictions }]) => predictions)).toEqual([
    [[-1], [1]],
    [[0], [0]],
    [[-4], [-1], [5]],
  ]);
});

test("a model whose outputs are not all of samples takes inputs by their names", async () => {
  const squares = compileLoss(
    model({ x: input(["batch", 2]) }, ({ x }) => {
      const y = dense(x, { units: 1, kernelInitializer: ones() });
      return { loss: mean(square(y)), y };
    }),
    { optimizer: sgd() },
  );
  const { ask } = await served(await open(squares, { backend: "reference" }), "squares");
  const path = "/v1/models/squares:predict";
  expect(
    await ask(path, {
      inputs: [
        [1, 2],
        [3, 4],
      ],
    }),
  ).toEqual([200, { outputs: { loss: 29, y: [[3], [7]] } }]);
  const error = 'not all that the model gives has an axis of samples; give "inputs"';
  expect(await ask(path, { instances: [[1, 2]] })).toEqual([400, { error }]);
});

describe("samples of several requests", () => {
  const x = (...rows: number[]) => ({
    x: { shape: [rows.length], dtype: "float32", data: Float32Array.from(rows) } as NdArray,
  });
  const signal = new AbortController().signal;
  const recording = (settings: { maxBatch: number; maxDelay: number }) => {
    const sizes: number[] = [];
    const seen: number[][] = [];
    const together = batches(
      async ({ x }) => {
        seen.push([...x!.data]);
        if (x!.data.includes(-1)) throw new Error("negative");
        return { y: { ...x!, data: (x!.data as Float32Array).map((value) => 2 * value) } };
      },
      { ...settings, onBatch: (size) => sizes.push(size) },
    );
    return { ...together, sizes, seen };
  };
  const forever = 2 ** 30;

  test("go together as soon as there are enough", async () => {
    const { predict, waiting, sizes } = recording({ maxBatch: 4, maxDelay: forever });
    const answers = [predict(x(1), signal), predict(x(2, 3), signal)];
    expect(waiting()).toBe(3);
    answers.push(predict(x(4), signal));
    // Now for the model alone.
    expect(waiting()).toBe(4);
    expect((await Promise.all(answers)).map(({ y }) => [...y!.data])).toEqual([[2], [4, 6], [8]]);
    expect(waiting()).toBe(0);
    expect(sizes).toEqual([4]);
  });

  test("go when one more would be too many, and those of other shapes by themselves", async () => {
    const { predict, seen } = recording({ maxBatch: 4, maxDelay: 1 });
    const wide = { x: { shape: [1, 2], dtype: "float32", data: Float32Array.of(7, 8) } as NdArray };
    await Promise.all([predict(x(1, 2, 3), signal), predict(wide, signal), predict(x(4, 5), signal)]);
    expect(seen.sort()).toEqual([
      [1, 2, 3],
      [4, 5],
      [7, 8],
    ]);
  });

  test("fail alone, and are left out when nobody waits for them any more", async () => {
    const { predict, seen, sizes } = recording({ maxBatch: 4, maxDelay: forever });
    const gone = new AbortController();
    const answers = [predict(x(1), signal), predict(x(-1), signal), predict(x(9), gone.signal), predict(x(3), signal)];
    gone.abort();
    const [first, second, , fourth] = await Promise.allSettled([...answers.slice(0, 2), undefined, answers[3]!]);
    expect([first, second, fourth]).toMatchObject([
      { value: { y: { data: Float32Array.of(2) } } },
      { reason: new Error("negative") },
      { value: { y: { data: Float32Array.of(6) } } },
    ]);
    expect(seen).toEqual([[1, -1, 3], [1], [-1], [3]]);
    expect(sizes).toEqual([1, 1]);
  });
});

test("who has gone before it is the model's turn is left out, in the middle of its own batches, too", async () => {
  const [first, gone] = [new AbortController(), new AbortController()];
  const seen: AbortSignal[] = [];
  const { predict } = batches(
    async ({ x }, signal) => {
      seen.push(signal);
      // It goes as soon as it can be heard of.
      setImmediate(() => gone.abort());
      return { y: x! };
    },
    { maxBatch: 1, maxDelay: 0 },
  );
  const x = { x: { shape: [1], dtype: "float32", data: Float32Array.of(1) } as NdArray };
  const last = new AbortController();
  const answers = [predict(x, first.signal), predict(x, gone.signal), predict(x, last.signal)];
  await Promise.all([answers[0], answers[2]]);
  expect(seen).toEqual([first.signal, last.signal]);
});

test("the command line serves until it is asked to end, and answers what it was asked before", async () => {
  const session = await open(one, { backend: "reference" });
  await session.saveModel(join(folder, "by hand.shapewright"), { metadata: { name: "digits", version: 3 } });
  const { FORCE_COLOR: _, ...env } = process.env;
  const command = ["--import", "tsx", "--conditions=shapewright-source", "runtime/cli/main.ts", "serve"];
  const options = [
    join(folder, "by hand.shapewright"),
    "--port",
    "0",
    "--backend",
    "reference",
    "--max-delay",
    "600000",
  ];
  const child = spawn(process.execPath, [...command, ...options], { env, stdio: ["ignore", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stderr.on("data", (text) => {
    err += text;
  });
  for await (const text of child.stdout) {
    out += text;
    if (out.includes("\n")) break;
  }
  const [, address] =
    /^serving digits, version 3, at (http:\/\/127\.0\.0\.1:\d+\/v1\/models\/digits:predict)\n$/.exec(out) ?? [];
  expect(address, out + err).toBeDefined();
  // It waits for more samples when the signal comes: the metrics are asked after it.
  const asked = fetch(address!, { method: "POST", body: JSON.stringify({ instances: [[0, 0, 0]] }) });
  const metrics = new URL("/metrics", address);
  while (!(await (await fetch(metrics)).text()).includes("shapewright_waiting_samples 1"));
  child.kill("SIGTERM");
  const answer = await asked;
  expect([answer.status, await answer.json()]).toEqual([200, { predictions: [[0, 0]] }]);
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(err).toBe("shapewright: ending, when what was asked is answered\n");
  await expect(fetch(address!)).rejects.toThrow();
});
