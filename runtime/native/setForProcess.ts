import { isMainThread } from "node:worker_threads";
import { loadOwnAddon } from "./ownAddon.js";
import { reportOfProcess } from "./reportOfProcess.js";

/**
 * Sets an environment variable where libraries read it, and gives whether that has worked: a worker thread has a copy of the
 * environment, which they do not see, unless it was started with `env: SHARE_ENV`.
 */
export function setForProcess(name: string, value: string): boolean {
  process.env[name] = value;
  if (isMainThread) return true;
  loadOwnAddon()?.setEnvironment(name, value);
  return reportOfProcess().environmentVariables?.[name] === value;
}
