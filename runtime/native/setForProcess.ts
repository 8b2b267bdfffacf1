import { isMainThread } from "node:worker_threads";

/**
 * Sets an environment variable where libraries read it, and gives whether that has worked: a worker thread has a copy of the
 * environment, which they do not see, unless it was started with `env: SHARE_ENV`.
 */
export function setForProcess(name: string, value: string): boolean {
  process.env[name] = value;
  if (isMainThread) return true;
  // The report is of the process, not of the thread.
  const { environmentVariables } = process.report.getReport() as { environmentVariables?: Record<string, string> };
  return environmentVariables?.[name] === value;
}
