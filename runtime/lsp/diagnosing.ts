import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import type { Connection } from "vscode-languageserver";
import { saidOnce } from "../check/saidOnce.js";
import { diagnosticOf } from "./diagnosticOf.js";
import type { Workspace } from "./workspace.js";

/** For how long nothing is typed before files are checked. */
const pause = 200;

/** Tells an editor what is wrong in the files that are open, a moment after something has changed. */
export function diagnosing(workspace: Workspace, connection: Connection) {
  let [timer, round]: [NodeJS.Timeout | undefined, number] = [undefined, 0];
  let quiet: Promise<unknown> = Promise.resolve();
  /** @param first the file that is looked at before the others */
  const run = async (first: string | undefined) => {
    const own = ++round;
    const uris = workspace.uris();
    for (const uri of [...uris.filter((uri) => uri === first), ...uris.filter((uri) => uri !== first)]) {
      if (!(await publish(uri, () => round !== own))) return;
    }
  };
  /** @returns whether it came to its end: what has come meanwhile is looked at, and where it is another edit, that is checked instead */
  const publish = async (uri: string, isPast: () => boolean): Promise<boolean> => {
    try {
      const opened = workspace.opened(uri);
      for (const _ of opened?.looking() ?? []) {
        await turn();
        if (isPast()) return false;
      }
      const diagnostics = opened
        ? saidOnce(opened.findings()).map((finding) => diagnosticOf(finding, opened.document))
        : [];
      void connection.sendDiagnostics({ uri, ...(opened && { version: opened.document.version }), diagnostics });
    } catch (error) {
      connection.console.error(`${uri} cannot be checked: ${error instanceof Error ? error.stack : error}`);
    }
    await turn();
    return !isPast();
  };
  return {
    diagnose(first?: string): void {
      round++;
      clearTimeout(timer);
      timer = setTimeout(() => void run(first), pause);
      quiet = sleep(pause);
    },
    /** Waits until nothing has been typed for a moment. */
    async settled(): Promise<void> {
      let seen: Promise<unknown> | undefined;
      while (seen !== quiet) {
        seen = quiet;
        await seen;
      }
    },
    end(): void {
      round++;
      clearTimeout(timer);
    },
  };
}
