import { host } from "#host";

/** Ctrl-C was pressed, and the steps that were under way have been taken. */
export class Interrupted extends Error {
  /** @param where after which step or epoch */
  constructor(readonly where: string) {
    super(where);
  }

  /**
   * Says what was kept.
   *
   * @param backup the file that training is kept in, if any
   * @param isKept whether it could be written
   */
  tell(op: string, backup: string | undefined, isKept: boolean): void {
    host.reports.write(`${op}: interrupted ${this.where}; ${keptIn(backup, isKept)}\n`);
  }
}

function keptIn(backup: string | undefined, isKept: boolean): string {
  if (!backup) return 'nothing was saved; { backup: "FILE" } keeps it, and lets the same program go on';
  if (!isKept) return `${backup} could not be written, and has no more than was kept before`;
  return `${backup} has it as it is, and the same program goes on from there`;
}
