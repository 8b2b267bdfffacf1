import type { Computation, Program } from "../../../compiler/program.js";
import { statisticsOf } from "../../../compiler/statisticsOf.js";
import type { Executable } from "../../backends/backend.js";
import type { Inspected } from "./inspected.js";
import { inspector, tellFailed } from "./inspector.js";
import type { RunLog } from "./runLog.js";

/** Training whose steps can be looked at. */
export interface InspectedSteps {
  readonly executable: Inspected;
  /** Puts a computation onto the same backend, with variables of its own. */
  load(computation: Computation): Promise<Executable>;
}

/** Lets steps be looked at: what that takes is compiled when training begins, and freed when it has ended. */
export function inspecting(program: Program, { executable, load }: InspectedSteps, log: RunLog) {
  let beside: Executable | undefined;
  let isEnded = false;
  return {
    async begin(): Promise<void> {
      try {
        const statistics = statisticsOf(program);
        beside = await load(statistics.computation);
        if (isEnded) beside.dispose();
        else executable.inspector = inspector({ statistics, trained: executable, beside, log });
      } catch (error) {
        tellFailed(log, error);
      }
    },
    end(): void {
      isEnded = true;
      executable.inspector = undefined;
      beside?.dispose();
    },
  };
}
