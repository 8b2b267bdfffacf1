import { isMainThread } from "node:worker_threads";
import { loadSwitch } from "./process-switch.js";
import { reportOfProcess } from "./reportOfProcess.js";

/**
 * Sets an environment variable where libraries read it, and gives whether that has worked: a worker thread has a copy of the
 * environment, which they do not see, unless it was started with `env: SHARE_ENV`.
 *
 * @param folder the tfjs-node package whose addon may help a worker thread
 */
export function setForProcess(name: string, value: string, folder: string | undefined): boolean {
  process.env[name] = value;
  if (isMainThread) return true;
  if (folder !== undefined) loadSwitch(folder)?.setEnvironment?.(name, value);
  return reportOfProcess().environmentVariables?.[name] === value;
}
