import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { inBytes } from "../../compiler/units.js";
import type { NdArray } from "../../src/ir/array.js";
import { showName } from "../../src/ir/checkName.js";
import { type ErrorCode, ShapewrightError } from "../../src/ir/errors.js";
import type { InputArrays } from "../data/samples.js";
import { metadataOf, statusOf } from "./descriptions.js";
import type { Metrics } from "./metrics.js";
import { answerOf, notFiniteIn } from "./predict-answer.js";
import { readRequest } from "./predict-request.js";
import type { Served } from "./served.js";

/** What answers requests. */
export interface Answering {
  readonly served: Served;
  /** Data as it was given, checked against the model. */
  check(inputs: Readonly<Record<string, unknown>>): Promise<InputArrays>;
  predict(inputs: InputArrays, signal: AbortSignal): Promise<Readonly<Record<string, NdArray>>>;
  readonly metrics: Metrics;
  /** Bytes of a body, and seconds for an answer. */
  readonly limits: { readonly body: number; readonly seconds: number };
  /** Told of what is not the client's fault. */
  onError(error: unknown): void;
}

/** Codes of what is the client's fault. */
const refusing: readonly ErrorCode[] = ["SW_DATA", "SW_NAME", "SW_SHAPE", "SW_DTYPE", "SW_VALUE"];

/** An answer that is none. */
class Failure extends Error {
  constructor(
    readonly status: ContentfulStatusCode,
    message: string,
  ) {
    super(message);
  }
}

/** `/v1/models/NAME`, with a version or not, and what is wanted of it. */
const place =
  /^\/v1\/models\/(?<name>[^/:]+)(?:\/versions\/(?<version>[^/:]+))?(?::(?<method>\w+)|\/(?<page>metadata))?$/;

/** The REST interface of a model, as TensorFlow Serving has it, with `/healthz` and `/metrics`. */
export function appOf(answering: Answering): Hono {
  const { served, metrics, limits, onError } = answering;
  const app = new Hono();
  const tooLarge = (c: Context) => failed(c, new Failure(413, `a body has at most ${inBytes(limits.body)}`));
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/metrics", async (c) =>
    c.text(await metrics.registry.metrics(), 200, { "Content-Type": metrics.registry.contentType }),
  );
  app.use("/v1/models/*", async (c, next) => {
    const began = performance.now();
    await next();
    if (c.req.path.endsWith(":predict")) metrics.answered(c.res.status, (performance.now() - began) / 1000);
  });
  app.use("/v1/models/*", bodyLimit({ maxSize: limits.body, onError: tooLarge }));
  app.all("/v1/models/*", async (c) => {
    const { name, version, method, page } = place.exec(c.req.path)?.groups ?? {};
    if (name !== served.name || (version !== undefined && version !== served.version)) {
      const own = `this serves ${showName(served.name)}, version ${served.version}`;
      throw new Failure(404, `there is nothing at ${c.req.path}; ${own}, at /v1/models/${served.name}:predict`);
    }
    if (method !== undefined && method !== "predict")
      throw new Failure(501, `there is no method ${method}; there is predict`);
    const wanted = method ? "POST" : "GET";
    if (c.req.method !== wanted) throw new Failure(405, `${c.req.path} takes ${wanted}, got ${c.req.method}`);
    if (method === undefined) return c.json(page ? metadataOf(served) : statusOf(served));
    return c.json(await predicted(await bodyOf(c), answering));
  });
  app.notFound((c) => failed(c, new Failure(404, `there is nothing at ${c.req.path}`)));
  app.onError((error, c) => {
    if (!(error instanceof Failure)) onError(error);
    return failed(c, error instanceof Failure ? error : new Failure(500, "the prediction failed"));
  });
  return app;
}

function failed(c: Context, { status, message }: Failure): Response {
  return c.json({ error: message }, status);
}

async function bodyOf(c: Context): Promise<unknown> {
  const text = await c.req.text();
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(400, `the body is no JSON: ${(error as Error).message}`);
  }
}

async function predicted(body: unknown, { served, check, predict, limits }: Answering): Promise<object> {
  const end = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      end.abort();
      reject(new Failure(504, `the prediction was not there after ${limits.seconds} s`));
    }, limits.seconds * 1000);
  });
  try {
    const asked = readRequest(body, served);
    const given = await Promise.race([predict(await check(asked.inputs), end.signal), tooLate]);
    const outputs = new Map([...served.outputs.keys()].map((name) => [name, given[name]!]));
    const problem = notFiniteIn(outputs);
    if (problem !== undefined) throw new Failure(500, problem);
    return answerOf(outputs, asked.by);
  } catch (error) {
    if (error instanceof ShapewrightError && refusing.includes(error.code)) throw new Failure(400, error.message);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
