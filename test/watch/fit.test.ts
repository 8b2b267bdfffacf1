import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  array,
  compile,
  confusionMatrix,
  dense,
  input,
  model,
  sgd,
  sparseCategoricalCrossentropy,
  zeros,
} from "../../compiler/language.js";
import { type Callback, open, type WatchOptions } from "../../runtime/index.js";
import type { RunRecord } from "../../runtime/watch/records.js";
import { testedBackends } from "../support/backends.js";
import { halvingLine } from "../support/halvingLine.js";
import { act, ask, deferred, messages, until } from "./client.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const line = halvingLine();
const x = array(new Float32Array([1, 1, 1]), [3, 1]);
const y = array(new Float32Array([1, 1, 1]), [3, 1]);
const quiet = { verbose: "silent", batchSize: 1, shuffle: false } as const;

const recordsIn = (log: string) =>
  readFileSync(log, "utf8")
    .trimEnd()
    .split("\n")
    .map((text) => JSON.parse(text) as RunRecord);
const textsOf = (records: readonly RunRecord[]) =>
  records.flatMap((record) => (record.kind === "event" || record.kind === "end" ? [record.text] : []));

/** Starts training, which waits for `begin` before its first step. */
function started(options: WatchOptions & { epochs: number; session: Awaited<ReturnType<typeof openLine>> }) {
  const { epochs, session, ...rest } = options;
  const { promise: begun, resolve: begin } = deferred<void>();
  const { promise: url, resolve: onListening } = deferred<string>();
  const callbacks: Callback[] = [{ onTrainBegin: () => begun }];
  const fitted = session.fit({ x }, y, { ...quiet, epochs, callbacks, watch: { ...rest, onListening } });
  return { begin, url, fitted };
}
const openLine = () => open(line, { backend: "reference" });

describe.each(testedBackends)("on %s", (backend) => {
  test("the log of a run: what it is, steps with their own loss, epochs, the end", async () => {
    const log = join(folder, backend, "run.jsonl");
    using session = await open(line, { backend });
    const watch = { log, page: false };
    await session.fit({ x }, y, { ...quiet, epochs: 2, validationData: [{ x }, y], watch });
    const records = recordsIn(log);
    expect(records.map(({ kind }) => kind)).toEqual(["run", "statistics", "steps", "epoch", "epoch", "end"]);
    const [run, , steps, first, second, end] = records;
    expect(run).toMatchObject({
      version: 2,
      op: "fit",
      backend,
      optimizer: "sgd",
      parameters: 1,
      epochs: 2,
      before: 0,
      batchSize: 1,
      warnings: [],
    });
    expect(steps).toMatchObject({ epoch: 1, step: 1, steps: 1, total: 3, learningRate: 0.25, stepsPerSecond: null });
    expect(steps).toMatchObject({ reports: { loss: 1 } });
    expect(first).toMatchObject({ epoch: 1, steps: 3, learningRate: 0.25 });
    expect(first).toMatchObject({ reports: { loss: (1 + 1 / 4 + 1 / 16) / 3, val_loss: 1 / 64 } });
    expect(second).toMatchObject({ epoch: 2, steps: 6, reports: { val_loss: 1 / 4096 } });
    expect(end).toMatchObject({ how: "done", steps: 6, text: "Done" });
    // The next run is added to it.
    await session.fit({ x }, y, { ...quiet, watch });
    expect(recordsIn(log).slice(6)[0]).toMatchObject({ kind: "run", epochs: 3, before: 2 });
  });
});

test("what is more than a number is written as lists, as its shape says", async () => {
  const classes = compile(
    model({ x: input(["batch", 1]) }, ({ x }) => dense(x, { units: 2, kernelInitializer: zeros() })),
    {
      optimizer: sgd({ learningRate: 0 }),
      loss: sparseCategoricalCrossentropy({ fromLogits: true }),
      metrics: [confusionMatrix()],
    },
  );
  using session = await open(classes, { backend: "reference" });
  const log = join(folder, "lists.jsonl");
  await session.fit({ x }, new Int32Array([0, 1, 1]), { ...quiet, watch: { log, page: false } });
  expect(recordsIn(log).at(-2)).toMatchObject({
    kind: "epoch",
    reports: {
      confusionMatrix: [
        [1, 0],
        [2, 0],
      ],
    },
  });
});

test("a page pauses, saves and stops training; its events say so", async () => {
  const log = join(folder, "acts.jsonl");
  using session = await openLine();
  const { begin, url: listening, fitted } = started({ log, epochs: 1000, session });
  const url = await listening;
  expect(await act(url, "pause")).toBe(204);
  begin();
  await until(url, (record) => record.kind === "event" && record.event === "paused");
  expect(await act(url, "save")).toBe(204);
  const file = join(folder, "acts-step-1.safetensors");
  expect(existsSync(file)).toBe(true);
  using other = await openLine();
  await other.restoreCheckpoint(file);
  expect(other.getWeight("dense/kernel").data[0]).toBe(0.5);
  expect(await act(url, "stop")).toBe(204);
  const history = await fitted;
  expect(history).toMatchObject({ steps: 1, stopped: "watch: stopped on the page" });
  expect(textsOf(recordsIn(log))).toEqual([
    "Pauses after the steps that are under way",
    "Paused",
    `Saved a checkpoint: ${file}`,
    "Stops after the steps that are under way",
    "watch: stopped on the page",
  ]);
});

test("a pause ends when it is asked to, with the numbers that training would have had", async () => {
  const log = join(folder, "resumed.jsonl");
  using session = await openLine();
  const { begin, url: listening, fitted } = started({ log, epochs: 3, session });
  const url = await listening;
  await act(url, "pause");
  begin();
  await until(url, (record) => record.kind === "event" && record.event === "paused");
  await act(url, "resume");
  expect((await fitted).steps).toBe(9);
  expect(session.getWeight("dense/kernel").data[0]).toBe(1 - 2 ** -9);
  expect(textsOf(recordsIn(log))).toEqual(["Pauses after the steps that are under way", "Paused", "Goes on", "Done"]);
});

test("a pause ends with its signal, which the log says", async () => {
  const log = join(folder, "aborted.jsonl");
  using session = await openLine();
  const { promise: url, resolve: onListening } = deferred<string>();
  const { promise: begun, resolve: begin } = deferred<void>();
  const end = new AbortController();
  const fitted = session.fit({ x }, y, {
    ...quiet,
    signal: end.signal,
    callbacks: [{ onTrainBegin: () => begun }],
    watch: { log, onListening },
  });
  await act(await url, "pause");
  begin();
  await until(await url, (record) => record.kind === "event" && record.event === "paused");
  end.abort(new Error("enough"));
  await expect(fitted).rejects.toThrow("enough");
  expect(recordsIn(log).at(-1)).toMatchObject({ kind: "end", how: "failed", text: "enough" });
  await expect(fetch(await url)).rejects.toThrow("fetch failed");
});

test("a browser that was cut off goes on where it was, and sees the end", async () => {
  const log = join(folder, "cut.jsonl");
  using session = await openLine();
  const { begin, url: listening, fitted } = started({ log, epochs: 2, session });
  const url = await listening;
  const seen = [];
  await act(url, "pause");
  begin();
  let last = 0;
  for await (const { id, entries } of messages(url)) {
    seen.push(...entries);
    last = id;
    if (entries.some(({ record }) => record.kind === "event" && record.event === "paused")) break;
  }
  const rest = (async () => {
    for await (const { entries } of messages(url, last)) seen.push(...entries.filter(({ run }) => run === "cut"));
  })();
  await act(url, "resume");
  await fitted;
  await rest;
  expect(seen.filter(({ run }) => run === "cut").map(({ record }) => record)).toEqual(recordsIn(log));
});

test("it is served to who knows its address alone", async () => {
  using session = await openLine();
  const { begin, url: listening, fitted } = started({ log: join(folder, "served.jsonl"), epochs: 1, session });
  const url = await listening;
  const { host, pathname, hostname } = new URL(url);
  expect(hostname).toBe("127.0.0.1");
  expect(pathname).toMatch(/^\/[\w-]{32}\/$/);
  const status = async (options: Parameters<typeof ask>[1]) => (await ask(url, options)).status;
  expect(await status({ path: "/" })).toBe(403);
  expect(await status({ path: "/events" })).toBe(403);
  expect(await status({ path: `/${"A".repeat(32)}/` })).toBe(403);
  expect(await status({ path: `${pathname}events`, headers: { Host: "evil.example" } })).toBe(403);
  expect(await status({ headers: { Host: host.replace("127.0.0.1", "127.0.0.1.nip.io") } })).toBe(403);
  expect(await status({ headers: { Origin: "http://evil.example" } })).toBe(403);
  const stop = { path: `${pathname}act`, method: "POST", body: "stop" };
  expect(await status({ ...stop, headers: { Origin: "http://evil.example" } })).toBe(403);
  for (const path of ["../package.json", "..%2fpackage.json", "served.jsonl", "events/", "/"]) {
    expect([path, await status({ path: pathname + path })]).toEqual([path, 404]);
  }
  expect(await status({ path: `${pathname}act` })).toBe(405);
  expect(await status({ method: "POST" })).toBe(405);
  expect(await status({ ...stop, body: "exit" })).toBe(400);
  expect(await status({ ...stop, body: "x".repeat(1_000_000) })).toBe(400);
  expect((await ask(url, { path: pathname.slice(0, -1) })).headers.location).toBe(pathname);
  const page = await ask(url);
  expect(page.status).toBe(200);
  expect(page.headers).toMatchObject({
    "cache-control": "no-store",
    "content-security-policy": "frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
  });
  expect(await status({ headers: { Host: host.replace("127.0.0.1", "localhost") } })).toBe(200);
  begin();
  expect((await fitted).steps).toBe(3);
});

test("the page is gone where the session is disposed, or its address not taken, before training begins", async () => {
  const session = await openLine();
  const urls: string[] = [];
  const watched = (after: () => void) => {
    const onListening = (url: string) => {
      urls.push(url);
      after();
    };
    return session.fit({ x }, y, { ...quiet, watch: { log: join(folder, "early.jsonl"), onListening } });
  };
  const own = new Error("mine");
  await expect(
    watched(() => {
      throw own;
    }),
  ).rejects.toBe(own);
  await expect(watched(() => session.dispose())).rejects.toMatchObject({ code: "SW_SESSION" });
  expect(urls).toHaveLength(2);
  for (const url of urls) await expect(fetch(url)).rejects.toThrow("fetch failed");
});

test("what another run of the same log has saved stays", async () => {
  const log = join(folder, "shared.jsonl");
  const save = async (slope: number) => {
    using session = await openLine();
    await session.setWeight("dense/kernel", [[slope]]);
    const { begin, url: listening, fitted } = started({ log, epochs: 1, session });
    const url = await listening;
    await act(url, "save");
    begin();
    await fitted;
  };
  for (const slope of [2, 3, 4]) await save(slope);
  const files = ["shared-step-0", "shared-step-0_2", "shared-step-0_3"].map((name) =>
    join(folder, `${name}.safetensors`),
  );
  const told = textsOf(recordsIn(log)).filter((text) => text !== "Done");
  expect(told).toEqual(files.map((file) => `Saved a checkpoint: ${file}`));
  using session = await openLine();
  for (const [i, file] of files.entries()) {
    await session.restoreCheckpoint(file);
    expect(session.getWeight("dense/kernel").data[0]).toBe(i + 2);
  }
});

test("runs that begin in the same second have logs of their own", async () => {
  const [before, runs] = [process.cwd(), mkdtempSync(join(folder, "same-"))];
  process.chdir(runs);
  try {
    const fit = async () => {
      using session = await openLine();
      await session.fit({ x }, y, { ...quiet, watch: { page: false } });
    };
    await Promise.all([fit(), fit(), fit()]);
  } finally {
    process.chdir(before);
  }
  const logs = readdirSync(join(runs, "runs"));
  expect(logs).toHaveLength(3);
  for (const log of logs) {
    expect(log).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-[0-9a-z]+\.jsonl$/);
    expect(recordsIn(join(runs, "runs", log)).filter(({ kind }) => kind === "run")).toHaveLength(1);
  }
});

test("a log whose last line was cut is gone on with, and no other file is", async () => {
  using session = await openLine();
  const watch = { log: join(folder, "of-another.jsonl"), page: false };
  const fit = () => session.fit({ x }, y, { ...quiet, watch });
  await fit();
  const first = readFileSync(watch.log, "utf8");
  writeFileSync(watch.log, first.slice(0, -20));
  await fit();
  const lines = readFileSync(watch.log, "utf8").split("\n");
  expect(lines.map((text) => text.slice(0, 14)).filter((text) => text === '{"kind":"run",')).toHaveLength(2);
  for (const text of ['{"epoch":1,"loss":0.5}\n', "epoch", "\n", "\0\0"]) {
    writeFileSync(watch.log, text);
    await expect(fit()).rejects.toMatchObject({
      code: "SW_FILE",
      message: `fit: ${watch.log} is not the log of a run, and is left as it is; choose another file for watch's log`,
    });
    expect(readFileSync(watch.log, "utf8")).toBe(text);
  }
  expect(session.epochs).toBe(2);
  writeFileSync(watch.log, "");
  await fit();
  expect(recordsIn(watch.log)[0]).toMatchObject({ kind: "run", before: 2 });
});

test("options that are none are refused, before anything is done", async () => {
  using session = await openLine();
  const fit = (watch: unknown) => session.fit({ x }, y, { ...quiet, watch: watch as WatchOptions });
  const options = 'true, false, or options such as { log: "runs/digits.jsonl" }';
  await expect(fit(3)).rejects.toThrow(`fit: watch is 3, but must be ${options}`);
  await expect(fit({ prt: 1 })).rejects.toThrow('fit: watch: no option is named "prt"; did you mean "port"?');
  await expect(fit({ port: 65_536 })).rejects.toThrow(
    "fit: watch: port is 65536, but must be an integer from 0 to 65535",
  );
  await expect(fit({ log: "runs/digits.log" })).rejects.toThrow(
    'fit: watch: log is "runs/digits.log", but must be the path of a file that ends in .jsonl, such as "runs/digits.jsonl"',
  );
  writeFileSync(join(folder, "file"), "");
  await expect(fit({ log: join(folder, "file", "x.jsonl"), page: false })).rejects.toThrow(
    /^fit: .*x.jsonl cannot be written: /,
  );
  const { begin, url, fitted } = started({ log: join(folder, "port.jsonl"), epochs: 1, session });
  const port = Number(new URL(await url).port);
  using other = await openLine();
  await expect(other.fit({ x }, y, { ...quiet, watch: { log: join(folder, "b.jsonl"), port } })).rejects.toThrow(
    `fit: the page of watch cannot be served: port ${port} of 127.0.0.1 is in use; choose another port, or 0 for one that is free`,
  );
  begin();
  await fitted;
});
