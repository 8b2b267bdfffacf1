import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile, concat, dense, input, meanSquaredError, model, ones, sgd } from "../../compiler/language.js";
import { serve, serveCommand } from "../../runtime/cli/serve.js";
import { watchCommand } from "../../runtime/cli/watch.js";
import { open } from "../../runtime/index.js";
import { checkAnswer } from "../../runtime/serve/checkAnswer.js";
import { type ServeSettings, type Serving, serveModel } from "../../runtime/serve/serveModel.js";
import { startServer } from "../../runtime/server/startServer.js";
import { whyNotListening } from "../../runtime/server/whyNotListening.js";
import { whyRefused } from "../../runtime/server/whyRefused.js";
import type { NdArray } from "../../src/ir/array.js";
import { nodeOf } from "../../src/ir/node.js";
import { recordingTerminal } from "../support/recordingTerminal.js";

let folder: string;
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "shapewright-"));
  file = join(folder, "sum.shapewright");
  using session = await open(
    compile(
      model({ x: input(["batch", 2]) }, ({ x }) => dense(x, { units: 1, kernelInitializer: ones() })),
      { optimizer: sgd(), loss: meanSquaredError() },
    ),
    { backend: "reference" },
  );
  await session.saveModel(file);
});
afterAll(() => rmSync(folder, { recursive: true }));

const forever = 2 ** 30;
const settings: ServeSettings = {
  ...{ host: "127.0.0.1", port: 0, maxBatch: 8, maxDelay: 1, maxQueue: 1000, maxBody: 100_000, timeout: 20 },
  backend: "reference",
  onError: (error) => expect.unreachable(String(error)),
};
const path = "/v1/models/sum:predict";
const body = '{"instances":[[1,2]]}';

/** Serves the model while something is done with it. */
async function serving(given: Partial<ServeSettings>, run: (serving: Serving) => Promise<void>) {
  const served = await serveModel(file, { ...settings, ...given });
  try {
    await run(served);
  } finally {
    await served.stop();
  }
}

/** Sends bytes as they are, and gives what comes back until the connection ends. */
async function raw(port: number, bytes: string | Buffer): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(bytes);
  let text = "";
  for await (const part of socket) text += String(part);
  return text;
}

/** A request of which the connection ends with the answer. */
function written(method: string, where: string, more: readonly string[] = [], content: string | Buffer = ""): Buffer {
  const head = [`${method} ${where} HTTP/1.1`, "Host: localhost", "Connection: close", ...more, "", ""].join("\r\n");
  return Buffer.concat([Buffer.from(head), Buffer.from(content)]);
}

/** The status of an answer, a header and what it says. */
function read(answer: string, header = "allow") {
  const [head = "", text = ""] = answer.split("\r\n\r\n");
  const value = head.split("\r\n").find((line) => line.toLowerCase().startsWith(`${header}: `));
  return [Number(head.split(" ")[1]), value?.slice(header.length + 2), text && (JSON.parse(text).error ?? "ok")];
}

const takesPost = (method: string) => [405, "POST", `${path} takes POST, got ${method}`];
const length = (content: string | Buffer) => `Content-Length: ${Buffer.byteLength(content)}`;

test("whatever is written to it is answered, and by what it is", async () => {
  await serving({}, async ({ port }) => {
    const cases: [Buffer, unknown[]][] = [
      ...["DELETE", "OPTIONS", "PUT", "PATCH", "TRACE"].map((method): [Buffer, unknown[]] => {
        return [written(method, path), takesPost(method)];
      }),
      [written("HEAD", path), [405, "POST", ""]],
      [written("HEAD", "/v1/models/sum"), [200, undefined, ""]],
      [written("HEAD", "/healthz"), [200, undefined, ""]],
      [written("POST", "/metrics"), [405, "GET, HEAD", "/metrics takes GET, got POST"]],
      [written("POST", path), [400, undefined, expect.stringMatching(/^the body is no JSON: /)]],
      [written("POST", path, ["Transfer-Encoding: chunked"], `15\r\n${body}\r\n0\r\n\r\n`), [200, undefined, "ok"]],
      [
        written("POST", path, ["Content-Encoding: gzip", length(body)], body),
        [415, undefined, "a body is taken as it is, got one in gzip"],
      ],
      [
        written("POST", path, [length("1234")], Buffer.from([0x22, 0xff, 0xfe, 0x22])),
        [400, undefined, "the body is no JSON: it is not in UTF-8"],
      ],
      [
        written("GET", "/v1/models/sum%2Fversions%2F1"),
        [404, undefined, expect.stringMatching(/^there is nothing at /)],
      ],
      [written("GET", "/v1/models/sum/versions/1/metadata"), [200, undefined, "ok"]],
      [written("GET", "/v1\\models"), [400, undefined, "Backslash in request path"]],
      [Buffer.from("GET /healthz HTTP/1.0\r\n\r\n"), [200, undefined, "ok"]],
      [Buffer.from("GARBAGE\r\n\r\n"), [400, undefined, ""]],
    ];
    for (const [bytes, wanted] of cases) expect(read(await raw(port, bytes)), String(bytes)).toEqual(wanted);
    const post = `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${length(body)}\r\n\r\n${body}`;
    const pipelined = await raw(port, Buffer.concat([Buffer.from(post + post), written("GET", "/healthz")]));
    expect(pipelined.split("HTTP/1.1 200 OK").length - 1).toBe(3);
  });
});

test("instances of many names cost no more than one", async () => {
  await serving({ maxBody: 2e6 }, async ({ port }) => {
    const instances = Array.from({ length: 100_000 }, (_, i) => `{"x":0,"a${i}":0}`);
    const content = `{"instances":[${instances.join()}]}`;
    expect(read(await raw(port, written("POST", path, [length(content)], content)))).toEqual([
      ...[400, undefined, 'no input is named "a0"; there are "x"'],
    ]);
  });
});

test("an answer that no text could hold is not begun", async () => {
  const x = input(["batch", "time", 1000]);
  const outputs = new Map([
    ["y", nodeOf(concat([x, x], 1))],
    ["z", nodeOf(input(["batch"]))],
  ]);
  const given = (...shape: number[]) => ({ x: { shape, dtype: "float32", data: new Float32Array() } as NdArray });
  const check = (...shape: number[]) => checkAnswer({ inputs: new Map([["x", nodeOf(x)]]), outputs }, given(...shape));
  check(1, 8388, 1000);
  expect(() => check(3, 2797, 1000)).toThrow(
    "the answer would have 16782003 numbers, but has at most 16777216; ask for fewer samples at once",
  );
});

describe("other sites' pages ask nothing", () => {
  const local = { host: "127.0.0.1:8501" };
  test.each<[IncomingHttpHeaders, readonly string[], string | undefined]>([
    [{}, [], undefined],
    [local, [], undefined],
    [{ host: "LOCALHOST:1" }, [], undefined],
    [{ host: "models.localhost" }, [], undefined],
    [{ host: "[::1]:8501" }, [], undefined],
    [{ host: "evil.example" }, [], 'this is not at "evil.example"'],
    [{ host: "127.0.0.1.nip.io:8501" }, [], 'this is not at "127.0.0.1.nip.io:8501"'],
    [{ host: "evil.example@localhost" }, [], 'this is not at "evil.example@localhost"'],
    [{ host: "" }, [], 'this is not at ""'],
    [{ ...local, origin: "http://127.0.0.1:8501" }, [], undefined],
    [{ ...local, origin: "http://127.0.0.1:3000" }, [], 'a page of "http://127.0.0.1:3000" asks'],
    [{ ...local, origin: "http://evil.example" }, [], 'a page of "http://evil.example" asks'],
    [{ ...local, origin: "null" }, [], 'a page of "null" asks'],
    // A reverse proxy that sends its own name on, and one that does not.
    [{ host: "ml.example.com", origin: "https://ml.example.com" }, ["ml.example.com"], undefined],
    [{ ...local, origin: "https://ml.example.com" }, ["ML.example.com"], undefined],
    [{ host: "a.example.com" }, [".example.com"], undefined],
    [{ host: "example.com" }, [".example.com"], undefined],
    [{ host: "badexample.com" }, [".example.com"], 'this is not at "badexample.com"'],
    [{ host: "anything", origin: "https://elsewhere.example" }, ["*"], undefined],
  ])("%j, where %j may be asked", (headers, allowed, wanted) => {
    expect(whyRefused(headers, allowed)).toBe(wanted);
  });

  test("where it listens on this computer alone, or is told by which names", async () => {
    const asked = ["Host: evil.example", "Connection: close", "", ""].join("\r\n");
    const ask = async (port: number) => read(await raw(port, `GET /healthz HTTP/1.1\r\n${asked}`));
    const refused = [403, undefined, 'this is not at "evil.example"; --allowed-host says who may'];
    await serving({}, async ({ port }) => expect(await ask(port)).toEqual(refused));
    await serving({ allowedHosts: ["evil.example"] }, async ({ port }) => expect(await ask(port)).toContain(200));
    await serving({ host: "0.0.0.0" }, async ({ port }) => expect(await ask(port)).toContain(200));
  });
});

const post = (port: number, signal?: AbortSignal) =>
  fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", body, ...(signal && { signal }) });
const metricsOf = async (port: number) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
/** Asks for the metrics until they say something. */
async function until(port: number, line: string) {
  while (!(await metricsOf(port)).split("\n").includes(line));
}

test("more requests than may wait are told to come later, and one that goes makes room", async () => {
  await serving({ maxQueue: 2, maxDelay: forever, maxBatch: 3 }, async ({ port, stop }) => {
    const gone = new AbortController();
    const [stays, goes] = [post(port), post(port, gone.signal)];
    await until(port, "shapewright_waiting_samples 2");
    expect(await metricsOf(port)).toMatch(/^shapewright_requests_under_way 2$/m);
    const refused = await post(port);
    expect([refused.status, refused.headers.get("retry-after"), await refused.json()]).toEqual([
      ...[503, "1", { error: "there are 2 requests already; ask again later" }],
    ]);
    gone.abort();
    await expect(goes).rejects.toThrow();
    await until(port, "shapewright_requests_under_way 1");
    expect(await metricsOf(port)).toMatch(/^shapewright_requests_total\{status="499"\} 1$/m);
    expect(await metricsOf(port)).toMatch(/^shapewright_requests_total\{status="503"\} 1$/m);
    const last = post(port);
    expect(await (await stays).json()).toEqual({ predictions: [[3]] });
    expect((await last).status).toBe(200);
    await stop();
  });
});

test("at its end it answers what it was asked, and ends connections that are kept", async () => {
  const served = await serveModel(file, { ...settings, maxDelay: forever, timeout: 2_000_000 });
  const { port } = served;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = async () => {
    const asked = request({
      port,
      host: "127.0.0.1",
      path,
      method: "POST",
      agent,
      headers: { "Content-Length": body.length },
    });
    asked.end(body);
    const [answer] = await once(asked, "response");
    answer.resume();
    return [answer.statusCode, answer.headers.connection];
  };
  // One connection has sent nothing, one half a head, and one asks for what waits.
  const idle = connect(port, "127.0.0.1");
  const slow = connect(port, "127.0.0.1");
  await Promise.all([once(idle, "connect"), once(slow, "connect")]);
  const bothEnded = Promise.all([once(idle, "close"), once(slow, "close")]);
  slow.write("GET /healthz HTTP/1.1\r\nHost: local");
  const asked = ask();
  await until(port, "shapewright_waiting_samples 1");
  const stopped = served.stop();
  expect(await asked).toEqual([200, "close"]);
  await stopped;
  await bothEnded;
  await expect(ask()).rejects.toThrow("ECONNREFUSED");
});

test("who writes slowly is told that it took too long", async () => {
  const server = await startServer(() => expect.unreachable(), {
    ...{ host: "127.0.0.1", port: 0, refuse: () => expect.unreachable() },
    timeouts: { headersTimeout: 20, requestTimeout: 20, connectionsCheckingInterval: 5 },
  });
  expect(await raw(server.port, "GET / HTTP/1.1\r\nHost: localh")).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/);
  await server.stop(1000);
});

test("a body that does not come is waited for no longer than the prediction may take, and holds no place in the queue", () =>
  serving({ timeout: 0.05, maxQueue: 1 }, async ({ port }) => {
    const half = (length: string) => `POST ${path} HTTP/1.1\r\nHost: localhost\r\n${length}\r\n\r\n`;
    for (const begun of [
      half("Content-Length: 25"),
      half("Transfer-Encoding: chunked"),
      `${half("Content-Length: 25")}{"i`,
    ])
      expect(read(await raw(port, begun), "connection")).toEqual([408, "close", "the body was not there after 0.05 s"]);
  }));

test("where it cannot listen, it says why", async () => {
  const other = await startServer(() => {}, { host: "127.0.0.1", port: 0, refuse() {} });
  const given = {
    ...{ host: "127.0.0.1", maxBatch: 8, maxDelay: 1, maxQueue: 8, maxBody: 1, timeout: 1, port: other.port },
    backend: "reference",
  } as const;
  await expect(serve(file, given, recordingTerminal(), Promise.resolve())).rejects.toThrow(
    `port ${other.port} of 127.0.0.1 is in use; choose another port, or 0 for one that is free`,
  );
  await other.stop(1000);
  const failing = (code: string) => whyNotListening(Object.assign(new Error("odd"), { code }), "here", 80);
  expect(["EACCES", "EADDRNOTAVAIL", "ENOTFOUND", "EMFILE"].map(failing)).toEqual([
    "port 80 takes rights that this process does not have, as ports below 1024 mostly do; choose another port, or 0 for one that is free",
    "here is no address of this computer",
    "no address is known of here",
    "port 80 of here: odd",
  ]);
});

test.each([
  ["--timeout", "2000001", "It must be an integer from 1 to 2000000."],
  ["--timeout", "0", "It must be an integer from 1 to 2000000."],
  ["--max-delay", "2147483648", "It must be an integer from 0 to 2147483647."],
  ["--max-delay", "1e3", "It must be an integer from 0 to 2147483647."],
  ["--max-queue", "0", "It must be a positive integer."],
  ["--port", "65536", "It must be an integer from 0 to 65535."],
  ["--name", "..", 'It stands in addresses: it takes letters, digits, "_", "." and "-", and not dots alone.'],
  ["--allowed-host", "a:80", 'It is a name without a port, such as models.example.com, .example.com or "*".'],
])("%s %s is refused", async (option, value, message) => {
  const commands = option === "--port" ? [serveCommand(), watchCommand()] : [serveCommand()];
  for (const command of commands) {
    const parsed = command
      .exitOverride()
      .configureOutput({ writeErr() {} })
      .parseAsync([file, option, value], { from: "user" });
    await expect(parsed).rejects.toThrow(message);
  }
});
