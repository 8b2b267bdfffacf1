import { ShapewrightError } from "../src/ir/errors.js";
import type { Signal } from "./signal.js";

/** What an operation does with the weights: changes them from step to step, sets them at once, or reads them. */
export type Use = "train" | "write" | "read";

/** An operation that is under way. */
interface Running {
  readonly owner: Gate;
  readonly op: string;
  readonly use: Use;
  end(reason: ShapewrightError): void;
  /** Whether others may read meanwhile: it waits for what its caller does. */
  paused: boolean;
}

/** Says, of what is over soon, whether it was ended meanwhile. */
export type Stop = Pick<Signal, "throwIfAborted">;

/** Lets others read for as long as something takes that an operation waits for. */
export type Pause = <R>(act: () => Promise<R>) => Promise<R>;

/**
 * Who may use a session's weights at the same time. Any number may read, or set whole weights, side by side; training runs
 * alone. What may not run is refused: to wait for another's end would hide a forgotten `await`, and what a program means by two
 * trainings at once, it has to say. Disposing is possible at any time and ends what is under way.
 */
export class Gate {
  readonly #running: Set<Running>;
  readonly #disposed = new AbortController();

  /**
   * @param kind what it belongs to
   * @param other one of something that shares its weights
   */
  constructor(
    readonly kind: string,
    other?: Gate,
  ) {
    this.#running = other ? other.#running : new Set();
  }

  /** Aborted when it is disposed: for who waits between two operations. */
  get disposed(): Signal {
    return this.#disposed.signal;
  }

  /** @throws SW_SESSION when it has been disposed */
  checkOpen(): void {
    this.disposed.throwIfAborted();
  }

  /**
   * Runs an operation, from now on: before this returns, it is under way.
   *
   * @param body is given a signal that is aborted when the gate is disposed, and when it has ended; it has to look at it wherever it has
   * waited
   * @throws SW_SESSION when something under way does not allow it
   */
  async run<R>(op: string, use: Use, body: (disposed: Signal, pause: Pause) => Promise<R>): Promise<R> {
    this.#check(op, use);
    const ending = new AbortController();
    const end = (reason: ShapewrightError) => ending.abort(reason);
    const running: Running = { owner: this, op, use, end, paused: false };
    this.#running.add(running);
    try {
      return await body(ending.signal, (act) => this.#pause(running, act));
    } finally {
      this.#running.delete(running);
      end(refused(`${op}: it has ended, and what it gave to callbacks with it`, op));
    }
  }

  /** The same of what is over soon and gives nothing to callbacks: an AbortController would take longer than a small step does. */
  async runBriefly<R>(op: string, use: Use, body: (disposed: Stop) => Promise<R>): Promise<R> {
    this.#check(op, use);
    let ended: ShapewrightError | undefined;
    const end = (reason: ShapewrightError) => {
      ended = reason;
    };
    const running: Running = { owner: this, op, use, end, paused: false };
    this.#running.add(running);
    try {
      return await body({
        throwIfAborted() {
          if (ended) throw ended;
        },
      });
    } finally {
      this.#running.delete(running);
    }
  }

  /** The same of what is over when this returns. */
  runNow<R>(op: string, use: Use, body: () => R): R {
    this.#check(op, use);
    return body();
  }

  #check(op: string, use: Use): void {
    this.checkOpen();
    const bars = (running: Running) => (running.paused ? use !== "read" : running.use !== use || use === "train");
    const other = this.#running.size === 0 ? undefined : [...this.#running].find(bars);
    if (!other) return;
    const where = other.owner === this ? `this ${this.kind}` : `a ${other.owner.kind} that shares its variables`;
    throw refused(`${op}: ${other.op} is under way on ${where}; await it before you call ${op}`, op);
  }

  async #pause<R>(running: Running, act: () => Promise<R>): Promise<R> {
    running.paused = true;
    const result = await act().finally(() => {
      running.paused = false;
    });
    const late = [...this.#running].find((other) => other !== running);
    if (late) throw refused(`${running.op}: ${late.op} is still under way; await it in the callback`, running.op);
    return result;
  }

  /** Ends what is under way, at its next step. Returns whether it was not disposed before. */
  dispose(): boolean {
    if (this.disposed.aborted) return false;
    this.#disposed.abort(refused(`the ${this.kind} has been disposed; open() another`));
    for (const { owner, op, end } of this.#running) {
      if (owner !== this) continue;
      // Also where `using` ends with a block that returns a promise and does not await it.
      end(refused(`${op}: the ${this.kind} was disposed while ${op} was under way; await it first`, op));
    }
    return true;
  }
}

function refused(message: string, op?: string): ShapewrightError {
  return new ShapewrightError("SW_SESSION", message, op);
}
