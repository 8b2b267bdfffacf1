import { createServer, type RequestListener, type ServerOptions, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { whyNotListening } from "./whyNotListening.js";
import { whyRefused } from "./whyRefused.js";

export interface ServerSettings {
  readonly host: string;
  /** 0 for one that is free. */
  readonly port: number;
  /** Names by which it may be asked, as `whyRefused` takes them. */
  readonly allowedHosts?: readonly string[];
  /** Answers who must not ask. */
  refuse(response: ServerResponse, why: string): void;
  /** How long clients may take. */
  readonly timeouts?: ServerOptions;
  /** How long nothing may come or go on a connection that waits for something, in milliseconds. */
  readonly silence?: number;
}

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Takes no more connections, answers what it has been asked, and ends; what is not answered by then, is cut off. */
  stop(milliseconds: number): Promise<void>;
}

/** How long, at the end, a request is waited for that has begun to come, in milliseconds: Node looks after none of them any more. */
const patience = 500;

/** Says why a server cannot listen. */
export class NotListening extends Error {}

/**
 * Listens for requests.
 *
 * @throws NotListening where it cannot
 */
export async function startServer(answer: RequestListener, settings: ServerSettings): Promise<Listening> {
  const { host, port, allowedHosts, refuse, timeouts = {}, silence } = settings;
  const connections = new Set<Socket>();
  const answering = new Set<ServerResponse>();
  let isStopping = false;
  const server = createServer(timeouts, (request, response) => {
    answering.add(response);
    response.once("close", () => {
      answering.delete(response);
      if (isStopping) server.closeIdleConnections();
    });
    if (isStopping) sayLast(response);
    const why = whyRefused(request.headers, allowedHosts);
    if (why === undefined) answer(request, response);
    else refuse(response, why);
  });
  server.on("connection", (socket) => {
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
  });
  const closeUnasked = () => {
    const asked = new Set([...answering].map(({ socket }) => socket));
    for (const socket of connections) if (!asked.has(socket)) socket.destroy();
  };
  if (silence !== undefined) server.setTimeout(silence);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(new NotListening(whyNotListening(error, host, port), { cause: error })));
    server.listen(port, host, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: (milliseconds) =>
      new Promise((resolve) => {
        isStopping = true;
        for (const response of answering) sayLast(response);
        const timers = [
          setTimeout(closeUnasked, patience),
          setTimeout(() => server.closeAllConnections(), milliseconds),
        ];
        server.close(() => {
          for (const timer of timers) clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

/** Says that nothing more is answered on a connection, so that its client asks elsewhere. */
function sayLast(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader("Connection", "close");
}
