import { host } from "#host";
import { ShapewrightError } from "../../src/ir/errors.js";

/**
 * What is done with the error of a log or a checkpoint that cannot be written any more: the first is told, and training goes on. A disk that
 * is full must cost nobody what was trained.
 */
export function tellOnce(onward = "training goes on, and it is tried again"): (error: unknown) => void {
  let isTold = false;
  return (error) => {
    if (!(error instanceof ShapewrightError && error.code === "SW_FILE")) throw error;
    if (!isTold) host.reports.write(`${error.message}; ${onward}\n`);
    isTold = true;
  };
}
