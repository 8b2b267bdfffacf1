import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Takes no more requests, answers those that it has, and ends; what is not answered by then, is cut off. */
  stop(milliseconds: number): Promise<void>;
}

/** How long a client may take for a request, in milliseconds: Node's own limits are minutes. */
const slowest = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5_000 };

/** Listens for requests. */
export async function startServer(app: Hono, host: string, port: number): Promise<Listening> {
  const server = createServer(slowest, getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return { port: (server.address() as AddressInfo).port, stop: (milliseconds) => stop(server, milliseconds) };
}

function stop(server: Server, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), milliseconds);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
