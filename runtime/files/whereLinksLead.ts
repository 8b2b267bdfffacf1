import { lstatSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Where a path leads that may be a link, also to what is not there yet: there a file is written that is renamed into its place.
 *
 * @throws where links lead to one another in a circle
 */
export function whereLinksLead(path: string): string {
  // The system tells circles.
  statSync(path, { throwIfNoEntry: false });
  let at = path;
  // Its text is of where its folder really is, which may itself be reached by a link.
  while (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink())
    at = resolve(realpathSync(dirname(at)), readlinkSync(at));
  return at;
}
