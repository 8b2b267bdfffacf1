import type { Program } from "../compiler/program.js";
import { isOptimizerState } from "../src/nameNodes.js";
import type { Executable } from "./backends/backend.js";
import type { TrainingHands } from "./fit/callbackRunner.js";
import { type KeptScalars, learningRateOf, setLearningRate } from "./fit/learning-rate.js";
import type { Signal } from "./signal.js";
import type { Kind } from "./weights/weight-files.js";

/** What is trained. */
interface Trainable {
  readonly program: Program;
  readonly executable: Executable;
  readonly scalars: KeptScalars;
  readonly key: object;
  setWeights(values: unknown, disposed: Signal): Promise<void>;
  save(op: string, kind: Kind, path: string, disposed: Signal): Promise<void>;
}

/** What callbacks may do with a session that is trained. */
export function trainingHands(work: Trainable, disposed: Signal): TrainingHands {
  const { program, executable, scalars, key } = work;
  const own = [...program.variables.keys()].filter((name) => !isOptimizerState(name));
  const weightNames = [...own, ...program.evaluatedAs.values()];
  return {
    program,
    sessionKey: key,
    get learningRate() {
      disposed.throwIfAborted();
      return learningRateOf(program.optimizer, scalars);
    },
    set learningRate(value: number) {
      disposed.throwIfAborted();
      setLearningRate(program.optimizer, scalars, value);
    },
    weightNames,
    getWeights() {
      disposed.throwIfAborted();
      return executable.getVariables(weightNames);
    },
    setWeights: (values) => work.setWeights(values, disposed),
    saveWeights: (file) => work.save("saveWeights", "weights", file, disposed),
    saveCheckpoint: (file) => work.save("saveCheckpoint", "checkpoint", file, disposed),
  };
}
