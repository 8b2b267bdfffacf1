import type { Program } from "../compiler/program.js";
import { isOptimizerState } from "../src/optimizerState.js";
import type { Executable } from "./backends/backend.js";
import type { TrainingHands } from "./fit/callbackRunner.js";
import { learningRateOf, setLearningRate } from "./fit/learning-rate.js";
import type { SessionWeights } from "./session-weights.js";
import type { Signal } from "./signal.js";

/** What is trained. */
interface Trainable {
  readonly program: Program;
  readonly executable: Executable;
  readonly weights: SessionWeights;
  readonly key: object;
}

/** What callbacks may do with a session that is trained. */
export function trainingHands(work: Trainable, disposed: Signal): TrainingHands {
  const { program, executable, weights, key } = work;
  const { scalars } = weights;
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
    setWeights: (values) => weights.setWeights(values, disposed),
    saveWeights: (file) => weights.save("saveWeights", "weights", file, disposed),
    saveCheckpoint: (file) => weights.save("saveCheckpoint", "checkpoint", file, disposed),
  };
}
