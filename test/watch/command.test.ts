import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type WatchOptions, watchRuns } from "../../runtime/cli/watch.js";
import type { Entry } from "../../runtime/watch/records.js";
import { recordingTerminal } from "../support/recordingTerminal.js";
import { ask, messages } from "./client.js";
import { logOf } from "./logs.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("logs are read as far as they go, and no file that is none of a run", async () => {
  const runs = join(folder, "runs");
  mkdirSync(runs);
  const log = logOf({ seed: 1, optimizer: "adam", epochs: 1 });
  const [first, ...rest] = log.trimEnd().split("\n");
  // The last line is not written yet as a whole; one is broken; a second run follows.
  writeFileSync(join(runs, "a.jsonl"), `${first}\n{"kind":\n${rest[0]}\n${first}\n${rest[1]!.slice(0, 20)}`);
  writeFileSync(join(runs, "data.jsonl"), '{"kind":"x"}\n');
  writeFileSync(join(runs, "notes.txt"), log);
  mkdirSync(join(runs, "folder.jsonl"));
  const terminal = recordingTerminal();
  const close = await watchRuns(runs, {}, terminal);
  const url = terminal.results[0]!;
  const stream = messages(url);
  const entries: Entry[] = (await stream.next()).value!.entries;
  expect(entries.map(({ run, record }) => [run, record.kind])).toEqual([
    ["a", "run"],
    ["a", "steps"],
    ["a (2)", "run"],
  ]);
  writeFileSync(join(runs, "a.jsonl"), `${rest[1]!.slice(20)}\n`, { flag: "a" });
  expect((await stream.next()).value).toEqual({ id: 4, entries: [{ run: "a (2)", record: JSON.parse(rest[1]!) }] });
  // Nobody can be asked for anything: training is another process's.
  expect((await ask(url, { path: `${new URL(url).pathname}act`, method: "POST", body: "stop" })).status).toBe(404);
  await close();
  expect((await stream.next()).done).toBe(true);
});

test("a port that is in use is told as that", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const log = join(folder, "used.jsonl");
  writeFileSync(log, logOf({ seed: 1, optimizer: "sgd", epochs: 1 }));
  await expect(watchRuns(log, { port }, recordingTerminal())).rejects.toThrow(
    `the page cannot be served: port ${port} of 127.0.0.1 is in use; choose another port, or 0 for one that is free`,
  );
  server.close();
});

test("a page in one file asks nobody for anything, and nothing in a log ends its script", async () => {
  const log = join(folder, "strange.jsonl");
  writeFileSync(log, logOf({ seed: 1, optimizer: "</script><img src=x onerror=alert(1)>", epochs: 1 }));
  const html = join(folder, "page.html");
  await watchRuns(log, { html }, recordingTerminal());
  const page = readFileSync(html, "utf8");
  expect(page).toContain("connect-src 'none'");
  expect(page).not.toContain("<img");
});

test.each<[string, WatchOptions, string]>([
  ["nowhere", {}, "there is no log or folder "],
  ["", {}, "; fit(…, { watch: true }) writes one"],
  ["log.jsonl", { html: "" }, '--html: "" is not the path of a file; write one, such as runs.html'],
])("%j %j is refused", async (path, options, message) => {
  const empty = mkdtempSync(join(folder, "empty-"));
  if (path === "log.jsonl") writeFileSync(join(empty, path), logOf({ seed: 1, optimizer: "sgd", epochs: 1 }));
  await expect(watchRuns(join(empty, path), options, recordingTerminal())).rejects.toThrow(message);
});
