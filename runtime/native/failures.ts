import { cacheRoot } from "./cache.js";
import type { Machine, Outcome } from "./machine.js";
import { NativeProblem, nativeProblem, oneLine } from "./problems.js";

/** What is used while a cache is built: the wheel, the libraries unpacked from it, and the npm packages. */
export const NEEDED_BYTES = 1.6e9;
const NEEDED = "1.6 GB";

interface Circumstances {
  /** What was being done, as it stands in "the network failed while …". */
  readonly doing: string;
  readonly machine: Machine;
}

const networkErrors =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|getaddrinfo|Name or service not known|name resolution|NewConnectionError|NameResolutionError|Max retries exceeded|ConnectTimeout|ReadTimeout|Read timed out|ProxyError|SSLError|Network is unreachable|network connectivity/;

/** Turns the failure of a program into a problem: no space, no network, too slow, or what `otherwise` makes of it. */
export function failureOf(
  outcome: Outcome,
  { doing, machine }: Circumstances,
  otherwise: (reason: string) => NativeProblem,
): NativeProblem {
  const said = `${outcome.stderr}\n${outcome.stdout}`;
  if (/ENOSPC|No space left on device|not enough space on the disk/i.test(said)) return noDiskSpace(machine);
  if (outcome.timedOut) return nativeProblem("SW_NATIVE_NO_NETWORK", { doing, reason: "it took too long" });
  const network = networkErrors.exec(said);
  if (network !== null) return nativeProblem("SW_NATIVE_NO_NETWORK", { doing, reason: network[0] });
  return otherwise(reasonIn(said) ?? `exit code ${outcome.status}`);
}

/** Turns an exception from a file function into a problem. Anything else is an error of ours, and stays what it is. */
export function fileProblem(error: unknown, machine: Machine): unknown {
  if (error instanceof NativeProblem) return error;
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT") return noDiskSpace(machine);
  // All files that are written while the cache is filled are in the cache folder.
  if (syscall !== undefined) {
    return nativeProblem("SW_NATIVE_CACHE_NOT_WRITABLE", { folder: cacheRoot(machine), reason: message });
  }
  return error;
}

/** The problem that the disk of the cache is full. */
export function noDiskSpace(machine: Machine): NativeProblem {
  return nativeProblem("SW_NATIVE_NO_DISK_SPACE", { folder: cacheRoot(machine), needed: NEEDED });
}

/** Why a program has failed, in a line. */
export function reasonOf({ stdout, stderr, timedOut, status }: Outcome): string {
  if (timedOut) return "it took too long";
  // What could not be started says so last.
  const last = status === null ? stderr.trim().split("\n").at(-1) : undefined;
  return oneLine(reasonIn(`${stderr}\n${stdout}`) ?? last ?? `exit code ${status}`);
}

/** The line of a program's output that tells the error. */
function reasonIn(said: string): string | undefined {
  const lines = said.split("\n").map((line) => oneLine(line));
  const line =
    lines.find((text) => /\berror: /.test(text)) ??
    lines.find((text) => /^(npm error|npm ERR!) (?!code|path|errno|syscall|A complete log)\S/.test(text)) ??
    lines.find((text) => /^(ERROR:|\w*Error:)/.test(text));
  return line?.replace(/^(ERROR:|npm error|npm ERR!) */, "");
}
