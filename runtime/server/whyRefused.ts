import type { IncomingHttpHeaders } from "node:http";
import { showName } from "../../src/ir/checkName.js";

/** Stands for every name. */
export const anyHost = "*";

/**
 * Why a request is not answered whose `Host` or `Origin` says that another site's page asks, in the name of who looks at it: because its
 * owner has its name lead here (DNS rebinding), or because it may send what it likes anywhere, though it cannot read the answer. Nothing
 * where the request is answered. One without `Host` is none of a browser's.
 *
 * @param allowed names under which the server is reached, besides addresses and localhost, which nobody can have lead elsewhere:
 * `.example.com` is that and all names below it, `*` is every name
 */
export function whyRefused({ host, origin }: IncomingHttpHeaders, allowed: readonly string[] = []): string | undefined {
  const isAllowed = (name: string) => allowed.some((one) => one === anyHost || isWithin(name, one.toLowerCase()));
  if (host !== undefined) {
    const name = nameIn(host);
    if (name === undefined || !(isOwn(name) || isAllowed(name))) return `this is not at ${showName(host)}`;
  }
  if (origin === undefined) return undefined;
  const page = URL.canParse(origin) ? new URL(origin) : undefined;
  if (page !== undefined && (page.host === host?.toLowerCase() || isAllowed(page.hostname))) return undefined;
  return `a page of ${showName(origin)} asks`;
}

/** The name before the port. */
function nameIn(host: string): string | undefined {
  return /^(\[[\da-f:.]+\]|[\w.-]+)(?::\d+)?$/i.exec(host)?.[1]?.toLowerCase();
}

/** Whether it is an address, or this computer's own name for itself. */
function isOwn(name: string): boolean {
  return /^(\[.+\]|\d+(\.\d+){3}|(.+\.)?localhost)$/.test(name);
}

function isWithin(name: string, allowed: string): boolean {
  return allowed.startsWith(".") ? name === allowed.slice(1) || name.endsWith(allowed) : name === allowed;
}
