import type { ContentfulStatusCode } from "hono/utils/http-status";

/** An answer that is none. */
export class Failure extends Error {
  constructor(
    readonly status: ContentfulStatusCode,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** What is counted, and answered to nobody, where the client has gone before the answer was there: nginx's number for it. */
export function clientGone(): Failure {
  return new Failure(499 as ContentfulStatusCode, "the client has gone");
}
