import type { ServerResponse } from "node:http";
import type { Journal } from "./journal.js";

/** How many entries go into one message at most. */
const most = 500;

/**
 * Sends a journal's entries as server-sent events, from one on: those that are there, and others as they come, as fast as they are read.
 * The id of a message is the number of the next entry, from which a browser goes on that was cut off.
 */
export function streamEvents(journal: Journal, response: ServerResponse, from: number): void {
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  response.write("retry: 1000\n\n");
  let next = Math.min(from, journal.entries.length);
  let isFull = false;
  const send = () => {
    while (!isFull && next < journal.entries.length && !response.writableEnded) {
      const some = journal.entries.slice(next, next + most);
      next += some.length;
      isFull = !response.write(`id: ${next}\ndata: [${some.join()}]\n\n`);
    }
  };
  response.on("drain", () => {
    isFull = false;
    send();
  });
  const stop = journal.listen(send);
  response.on("close", stop);
  send();
}
