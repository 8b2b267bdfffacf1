import type { Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import type { GraphDef } from "../../compiler/lower/saved-model/generated/tensorflow_pb.js";
import { savedModelBytes } from "../../compiler/lower/saved-model/write.js";
import type { NdArray } from "../../src/ir/array.js";
import { withSavedModelFolder } from "../files/withSavedModelFolder.js";
import type { LoadedTfjsNode } from "../native/index.js";
import { type Feeds, type GraphSession, type Held, isHeld } from "./graph-session.js";
import { withTensorflowActive } from "./withTensorflowActive.js";

/** tfjs-node, with its backend. */
type TfjsNode = Pick<LoadedTfjsNode, "tf" | "backend">;

/** A session that tfjs-node runs, with its tensors: for where our own addon could not be compiled. */
export function tfjsSession(native: TfjsNode, graph: GraphDef): GraphSession {
  const { tf, backend } = native;
  const load = (folder: string) => backend.loadSavedModelMetaGraph(folder, "serve");
  const id = withSavedModelFolder(savedModelBytes({ graphDef: graph, signatures: {} }), load);

  /** Tensors that are the caller's. */
  function run(feeds: Feeds, fetches: readonly string[]): Tensor[] {
    const own: Tensor[] = [];
    const tensors = Object.values(feeds).map((value) => {
      if (isHeld(value)) return (value as HeldTensor).tensor;
      const tensor = makeTensor(native, value);
      own.push(tensor);
      return tensor;
    });
    const names = Object.keys(feeds).map((name) => ({ name }));
    try {
      return withTensorflowActive(tf, () => backend.runSavedModel(id, tensors, names, [...fetches]));
    } catch (error) {
      throw new Error(messageOf(error));
    } finally {
      for (const tensor of own) tensor.dispose();
    }
  }

  return {
    run: (feeds, fetches) => run(feeds, fetches).map(read),
    runHeld: (feeds, fetches) => run(feeds, fetches).map((tensor) => new HeldTensor(tensor)),
    hold: (value) => new HeldTensor(makeTensor(native, value)),
    close: () => backend.deleteSavedModel(id),
  };
}

class HeldTensor implements Held {
  constructor(readonly tensor: Tensor) {}

  release(): void {
    this.tensor.dispose();
  }
}

/** Makes a tensor on TensorFlow's backend by name: another may be active in this process. */
function makeTensor({ tf, backend }: TfjsNode, { data, shape, dtype }: NdArray): Tensor {
  // tfjs has no bytes, but TensorFlow has: here they stay what they are.
  if (dtype === "uint8") {
    const { binding } = backend;
    const id = binding.createTensor(shape, binding.TF_UINT8, data);
    return withTensorflowActive(tf, () => backend.createOutputTensor({ id, shape, dtype: binding.TF_UINT8 }));
  }
  return tf.engine().makeTensor(data, shape, dtype, tf.engine().findBackend("tensorflow"));
}

function read(tensor: Tensor): NdArray {
  const { shape, dtype } = tensor as TensorInfo;
  const data = tensor.dataSync();
  tensor.dispose();
  return { shape: [...shape], dtype, data } as NdArray;
}

/** What TensorFlow says, without what tfjs-node puts before it. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^Session fail to run with error: /, "");
}
