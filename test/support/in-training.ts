import { specializeTraining } from "../../compiler/specializeTraining.js";
import { array, type NdArray } from "../../src/ir/array.js";
import { nodeOf } from "../../src/ir/node.js";
import type { Model } from "../../src/model.js";
import { loadOn, type testedBackends } from "./backends.js";
import { callReference, callWith, computationFor, inputsFor } from "./computation.js";

/** Which step it is, of which seed, and the backend: the reference, unless said otherwise. */
interface Step {
  readonly step?: number;
  readonly seed?: number;
  readonly backend?: (typeof testedBackends)[number] | undefined;
}

const steps = array(new Int32Array([0]), []);

/** What a model of one input x gives in training. */
export async function inTraining(net: Model<any, any>, x: NdArray, { step = 0, seed = 0, backend }: Step = {}) {
  const [count] = inputsFor([steps]);
  const { outputs } = specializeTraining([nodeOf(net.output)], count!, net.names, seed);
  return called(net, [count!], outputs[0]!, [x, array(new Int32Array([step]), [])], backend);
}

/** What it gives in prediction. */
export async function inPrediction(net: Model<any, any>, x: NdArray, backend?: Step["backend"]) {
  return called(net, [], nodeOf(net.output), [x], backend);
}

async function called(
  net: Model<any, any>,
  more: ReturnType<typeof inputsFor>,
  output: ReturnType<typeof nodeOf>,
  given: readonly NdArray[],
  backend: Step["backend"],
): Promise<NdArray> {
  const computation = computationFor([nodeOf(net.inputs.x), ...more], { y: output });
  if (!backend) return callReference(computation, given).y!;
  const executable = await loadOn(backend, computation);
  const { y } = callWith(executable, given);
  executable.dispose();
  return y!;
}
