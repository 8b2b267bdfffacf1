import type { Act } from "../../watch/records.js";
import type { RunLog } from "./runLog.js";

/** What the page asks of training, which does it between two steps. */
export class Requests {
  readonly #log: RunLog;
  readonly #save: (name: string) => Promise<string>;
  #isPauseWanted = false;
  #resume: (() => void) | undefined;
  isStopWanted = false;

  /** @param save is given what to add to the name of a file, and gives the file */
  constructor(log: RunLog, save: (name: string) => Promise<string>) {
    this.#log = log;
    this.#save = save;
  }

  async act(act: Act): Promise<void> {
    if (act === "save") return this.#saveNow();
    if (act === "stop") {
      if (!this.isStopWanted) this.#log.tell("stopping", "Stops after the steps that are under way");
      this.isStopWanted = true;
      this.#resume?.();
      return;
    }
    const isPauseWanted = act === "pause";
    if (isPauseWanted === this.#isPauseWanted) return;
    this.#isPauseWanted = isPauseWanted;
    if (this.#resume) this.#resume();
    else if (isPauseWanted) this.#log.tell("pausing", "Pauses after the steps that are under way");
    else this.#log.tell("resumed", "Goes on");
  }

  /** Waits as long as a pause lasts, where one was asked for. */
  async pause(wait: (resumed: Promise<void>) => Promise<void>): Promise<void> {
    if (!this.#isPauseWanted || this.isStopWanted) return;
    const from = performance.now();
    this.#log.tell("paused", "Paused");
    const resumed = new Promise<void>((resolve) => {
      this.#resume = resolve;
    });
    await wait(resumed).finally(() => {
      this.#resume = undefined;
      this.#isPauseWanted = false;
    });
    this.#log.leaveOut(performance.now() - from);
    if (!this.isStopWanted) this.#log.tell("resumed", "Goes on");
  }

  /** Variables are read between two calls of the backend, whenever that is. */
  async #saveNow(): Promise<void> {
    try {
      this.#log.tell("saved", `Saved a checkpoint: ${await this.#save(`-step-${this.#log.steps}`)}`);
    } catch (error) {
      this.#log.tell("failed", inWords(error));
    }
  }
}

/** What an error says. */
export function inWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
