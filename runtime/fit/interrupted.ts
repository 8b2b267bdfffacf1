import { host } from "#host";

/** Whether Ctrl-C has been pressed while training is under way; `wanted` is for who waits until it is. */
export function listen(): { readonly isWanted: boolean; readonly wanted: Promise<void>; stop(): void } {
  let isWanted = false;
  let stop: (() => void) | undefined;
  const wanted = new Promise<void>((resolve) => {
    stop = host.onInterruption?.(() => {
      isWanted = true;
      resolve();
    });
  });
  return {
    get isWanted() {
      return isWanted;
    },
    wanted,
    stop: () => stop?.(),
  };
}

/** Ctrl-C was pressed, and the steps that were under way have been taken. */
export class Interrupted extends Error {
  /** @param where after which step or epoch */
  constructor(readonly where: string) {
    super(where);
  }

  /**
   * Says what was kept, and ends the process as Ctrl-C does.
   *
   * @param backup the file that training is kept in, if any
   * @param isKept whether it could be written
   */
  async end(op: string, backup: string | undefined, isKept: boolean): Promise<void> {
    host.reports.write(`${op}: interrupted after ${this.where}; ${keptIn(backup, isKept)}\n`);
    await host.endByInterruption?.();
  }
}

function keptIn(backup: string | undefined, isKept: boolean): string {
  if (!backup) return 'nothing was saved; { backup: "FILE" } keeps it, and lets the same program go on';
  if (!isKept) return `${backup} could not be written, and has no more than was kept before`;
  return `${backup} has it as it is, and the same program goes on from there`;
}
