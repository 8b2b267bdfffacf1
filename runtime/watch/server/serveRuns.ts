import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { startServer } from "../../server/startServer.js";
import { type Act, acts } from "../records.js";
import type { ServedRuns, Serving } from "../serving.js";
import { Journal } from "./journal.js";
import { LogTail } from "./logTail.js";
import { streamEvents } from "./streamEvents.js";
import { watchPage } from "./watchPage.js";

/** How often logs are looked at that other processes write, in milliseconds. */
const lookEvery = 1000;
/** How long what is read slowly is waited for at the end, in milliseconds. */
const patience = 1000;

/** Serves the page that shows runs, on this computer alone, to who knows its address. */
export async function serveRuns({ path, port = 0, control }: ServedRuns): Promise<Serving> {
  const journal = new Journal(path);
  const controlled = control ? nextRunIn(control.log) : null;
  const token = randomBytes(24).toString("base64url");
  const streams = new Set<ServerResponse>();
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else refuse(response, 500, error instanceof Error ? error.message : String(error));
    });
  };
  const server = await startServer(answer, {
    ...{ host: "127.0.0.1", port },
    refuse: (response, why) => refuse(response, 403, `${why}; this page is at 127.0.0.1 and localhost alone.`),
  });
  const timer = setInterval(() => journal.refresh(), lookEvery);
  timer.unref();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const [, given = "", ...rest] = (request.url ?? "").split(/[?#]/, 1)[0]!.split("/");
    if (!isEqual(given, token)) return refuse(response, 403, "The page's address has a token, which is not this.");
    const name = rest.join("/");
    const route = name === "act" ? "POST" : "GET";
    if (!["", "events", "export", ...(control ? ["act"] : [])].includes(name))
      return refuse(response, 404, "There is no such page.");
    if (request.method !== route) return refuse(response, 405, `It takes ${route}.`, { Allow: route });
    if (rest.length === 0) return void response.writeHead(308, { Location: `/${token}/` }).end();
    if (name === "events") {
      streams.add(response);
      response.on("close", () => streams.delete(response));
      return streamEvents(journal, response, positionIn(request));
    }
    if (name === "act") return takeAct(request, response);
    const isLive = name === "";
    const data = { isLive, controlled: isLive ? controlled : null };
    const page = await watchPage(data, isLive ? [] : journal.entries);
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    if (!isLive) response.setHeader("Content-Disposition", 'attachment; filename="runs.html"');
    response.end(page);
  }

  async function takeAct(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const act = await bodyOf(request);
    if (!acts.some((one) => one === act)) return refuse(response, 400, `It takes one of ${acts.join(", ")}.`);
    await control!.act(act as Act);
    response.writeHead(204).end();
  }

  return {
    url: `http://127.0.0.1:${server.port}/${token}/`,
    renew: () => journal.refresh(),
    async close() {
      clearInterval(timer);
      journal.refresh();
      for (const stream of streams) stream.end();
      await server.stop(patience);
    },
  };
}

/** What the run will be called that is added to a log. */
function nextRunIn(log: string): string {
  const tail = new LogTail(log);
  tail.read();
  return tail.next;
}

const headers = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "frame-ancestors 'none'",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

function refuse(response: ServerResponse, status: number, why: string, more: Record<string, string> = {}): void {
  response.writeHead(status, { ...headers, "Content-Type": "text/plain; charset=utf-8", Connection: "close", ...more });
  response.end(`${why}\n`);
}

function isEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** The entry that a browser goes on from, which was cut off. */
function positionIn({ headers }: IncomingMessage): number {
  const id = Number(headers["last-event-id"] ?? 0);
  return Number.isSafeInteger(id) && id >= 0 ? id : 0;
}

/** A text of a few letters; what comes after them is not kept. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  // Read to its end: a request that is not would be cut off, and its client not be answered.
  for await (const part of request) if (text.length < 100) text += String(part);
  return text;
}
