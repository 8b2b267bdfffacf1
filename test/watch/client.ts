import { type IncomingHttpHeaders, request } from "node:http";
import type { Act, Entry, RunRecord } from "../../runtime/watch/records.js";

/** What a server answers, whatever is asked of it: `fetch` would mend paths, and sets no Host. */
export function ask(
  url: string,
  {
    path,
    method = "GET",
    headers = {},
    body,
  }: { path?: string; method?: string; headers?: object; body?: string } = {},
): Promise<{ status: number; text: string; headers: IncomingHttpHeaders }> {
  const { hostname, port, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const options = { hostname, port, path: path ?? pathname, method, headers: { ...headers } };
    const asked = request(options, async (response) => {
      let text = "";
      for await (const part of response) text += String(part);
      resolve({ status: response.statusCode!, text, headers: response.headers });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

/** Asks something of training. */
export async function act(url: string, what: Act): Promise<number> {
  return (await fetch(`${url}act`, { method: "POST", body: what })).status;
}

/** The messages of a stream of events, as a browser would see them. */
export async function* messages(url: string, after?: number): AsyncGenerator<{ id: number; entries: Entry[] }> {
  const headers = after === undefined ? {} : { "Last-Event-ID": String(after) };
  const { body } = await fetch(`${url}events`, { headers });
  let text = "";
  const decoder = new TextDecoder();
  for await (const part of body!) {
    text += decoder.decode(part, { stream: true });
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const found = /^id: (\d+)\ndata: (.*)$/.exec(text.slice(0, end));
      text = text.slice(end + 2);
      if (found) yield { id: Number(found[1]), entries: JSON.parse(found[2]!) as Entry[] };
    }
  }
}

/** Reads a stream as far as a record that is waited for. */
export async function until(url: string, isIt: (record: RunRecord) => boolean): Promise<RunRecord[]> {
  const records: RunRecord[] = [];
  for await (const { entries } of messages(url)) {
    for (const { record } of entries) {
      records.push(record);
      if (isIt(record)) return records;
    }
  }
  return records;
}

/** A promise, and what keeps it. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((keep) => {
    resolve = keep;
  });
  return { promise, resolve };
}
