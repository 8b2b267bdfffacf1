import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "vscode-languageserver";
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
      publish(uri);
      // What has come meanwhile is looked at; where it is another edit, that is checked instead.
      await new Promise((resolve) => setImmediate(resolve));
      if (round !== own) return;
    }
  };
  const publish = (uri: string) => {
    try {
      const opened = workspace.opened(uri);
      const diagnostics = opened ? opened.findings().map((finding) => diagnosticOf(finding, opened.document)) : [];
      void connection.sendDiagnostics({ uri, ...(opened && { version: opened.document.version }), diagnostics });
    } catch (error) {
      connection.console.error(`${uri} cannot be checked: ${error instanceof Error ? error.stack : error}`);
    }
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
