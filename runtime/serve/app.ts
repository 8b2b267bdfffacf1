import { type Context, Hono } from "hono";
import type { NdArray } from "../../src/ir/array.js";
import { showName } from "../../src/ir/checkName.js";
import { type ErrorCode, ShapewrightError } from "../../src/ir/errors.js";
import type { InputArrays } from "../data/samples.js";
import type { Admission } from "./admission.js";
import { checkAnswer } from "./checkAnswer.js";
import { metadataOf, statusOf } from "./descriptions.js";
import { clientGone, Failure } from "./failure.js";
import type { Metrics } from "./metrics.js";
import { checkPlaces } from "./places.js";
import { answerOf, notFiniteIn } from "./predict-answer.js";
import { readRequest } from "./predict-request.js";
import { readBody } from "./readBody.js";
import type { Served } from "./served.js";

/** What answers requests. */
export interface Answering {
  readonly served: Served;
  /** Data as it was given, checked against the model. */
  check(inputs: Readonly<Record<string, unknown>>): InputArrays | Promise<InputArrays>;
  predict(inputs: InputArrays, signal: AbortSignal): Promise<Readonly<Record<string, NdArray>>>;
  readonly admission: Admission;
  readonly metrics: Metrics;
  /** Bytes of a body, and seconds for an answer. */
  readonly limits: { readonly body: number; readonly seconds: number };
  /** Told of what is not the client's fault. */
  onError(error: unknown): void;
}

/** Codes of what is the client's fault. */
const refusing: readonly ErrorCode[] = ["SW_DATA", "SW_NAME", "SW_SHAPE", "SW_DTYPE", "SW_VALUE"];

/** `/v1/models/NAME`, with a version or not, and what is wanted of it. */
const place =
  /^\/v1\/models\/(?<name>[^/:]+)(?:\/versions\/(?<version>[^/:]+))?(?::(?<method>\w+)|\/(?<page>metadata))?$/;

/** The REST interface of a model, as TensorFlow Serving has it, with `/healthz` and `/metrics`. */
export function appOf(answering: Answering): Hono {
  const { served, metrics, onError } = answering;
  const app = new Hono();
  app.all("/healthz", (c) => {
    checkMethod(c, "GET");
    return c.json({ status: "ok" });
  });
  app.all("/metrics", async (c) => {
    checkMethod(c, "GET");
    return c.text(await metrics.registry.metrics(), 200, { "Content-Type": metrics.registry.contentType });
  });
  app.use("/v1/models/*", async (c, next) => {
    const began = performance.now();
    await next();
    if (c.req.path.endsWith(":predict")) metrics.answered(c.res.status, (performance.now() - began) / 1000);
  });
  app.all("/v1/models/*", async (c) => {
    const { name, version, method, page } = place.exec(c.req.path)?.groups ?? {};
    if (name !== served.name || (version !== undefined && version !== served.version)) {
      const own = `this serves ${showName(served.name)}, version ${served.version}`;
      throw new Failure(404, `there is nothing at ${c.req.path}; ${own}, at /v1/models/${served.name}:predict`);
    }
    if (method !== undefined && method !== "predict")
      throw new Failure(501, `there is no method ${method}; there is predict`);
    checkMethod(c, method ? "POST" : "GET");
    if (method === undefined) return c.json(page ? metadataOf(served) : statusOf(served));
    return c.json(await answering.admission.admit(() => predicted(c.req.raw, answering)));
  });
  app.notFound((c) => failed(c, new Failure(404, `there is nothing at ${c.req.path}`)));
  app.onError((error, c) => {
    if (!(error instanceof Failure)) onError(error);
    return failed(c, error instanceof Failure ? error : new Failure(500, "the prediction failed"));
  });
  return app;
}

function failed(c: Context, { status, message, headers }: Failure): Response {
  return c.json({ error: message }, status, headers);
}

/** @throws Failure where something else is asked than a place answers */
function checkMethod(c: Context, wanted: "GET" | "POST"): void {
  const allowed = wanted === "GET" ? ["GET", "HEAD"] : [wanted];
  const { method } = c.req;
  if (allowed.includes(method)) return;
  throw new Failure(405, `${c.req.path} takes ${wanted}, got ${method}`, { Allow: allowed.join(", ") });
}

/** What is answered to a request for a prediction, while somebody waits for it. */
async function predicted(request: Request, answering: Answering): Promise<object> {
  const { served, check, predict, limits } = answering;
  const end = new AbortController();
  const ended = new Promise<never>((_, reject) => {
    end.signal.addEventListener("abort", () => reject(end.signal.reason));
  });
  // A client that goes before anybody waits for the answer is no error that nobody has heard of.
  ended.catch(() => {});
  let isRead = false;
  const tooLate = () =>
    end.abort(
      isRead
        ? new Failure(504, `the prediction was not there after ${limits.seconds} s`)
        : new Failure(408, `the body was not there after ${limits.seconds} s`, { Connection: "close" }),
    );
  const timer = setTimeout(tooLate, limits.seconds * 1000);
  request.signal.addEventListener("abort", () => end.abort(clientGone()));
  try {
    const body = await Promise.race([readBody(request, limits.body), ended]);
    isRead = true;
    const asked = readRequest(body, served);
    const inputs = await check(asked.inputs);
    checkPlaces(served.places, inputs);
    checkAnswer(served, inputs);
    const given = await Promise.race([predict(inputs, end.signal), ended]);
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
