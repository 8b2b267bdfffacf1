import { setImmediate as turn } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import type { Connection } from "vscode-languageserver";
import { diagnosing } from "../../runtime/lsp/diagnosing.js";
import type { Workspace } from "../../runtime/lsp/workspace.js";

test("a check that is under way is called off within a file when something is typed, and what is typed is checked", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const sent: unknown[] = [];
  const seen: string[] = [];
  let text = "first";
  let typing: (() => void) | undefined;
  const opened = () => {
    const own = text;
    return {
      document: { version: own },
      findings: () => [],
      *looking() {
        for (const step of [1, 2, 3]) {
          seen.push(`${own} ${step}`);
          if (step === 2) typing?.();
          yield;
        }
        return [];
      },
    };
  };
  const workspace = { uris: () => ["file:///a.ts"], opened } as unknown as Workspace;
  const connection = { sendDiagnostics: async (given: unknown) => void sent.push(given) } as unknown as Connection;
  const { diagnose, end } = diagnosing(workspace, connection);
  typing = () => {
    typing = undefined;
    text = "second";
    diagnose("file:///a.ts");
  };
  diagnose("file:///a.ts");
  vi.advanceTimersByTime(200);
  for (let i = 0; i < 10; i++) await turn();
  expect([seen, sent]).toEqual([["first 1", "first 2"], []]);
  vi.advanceTimersByTime(200);
  for (let i = 0; i < 10; i++) await turn();
  end();
  vi.useRealTimers();
  expect(seen.slice(2)).toEqual(["second 1", "second 2", "second 3"]);
  expect(sent).toEqual([{ uri: "file:///a.ts", version: "second", diagnostics: [] }]);
});
