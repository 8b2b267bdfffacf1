import { describe, expect, test } from "vitest";
import { eager } from "../../runtime/index.js";
import type { OpName } from "../../src/ir/node.js";
import { tensorOf } from "../../src/ir/node.js";
import { isUpdate, makeNode, type OpDefinition } from "../../src/ir/op.js";
import { builder as b } from "../../src/ops/builder.js";
import { registry } from "../../src/ops/registry.js";
import { testedBackends } from "../support/backends.js";
import { expectClose } from "../support/close.js";

const definitions = Object.values(registry) as OpDefinition<OpName>[];

describe.each(testedBackends)(
  "eager ops on %s give the reference kernels' values, and leave nothing behind",
  (backend) => {
    for (const definition of definitions) {
      if (isUpdate(definition)) continue;
      definition.samples.forEach((sample, i) => {
        test(`${definition.name}, sample ${i}`, async () => {
          using tf = await eager({ backend });
          using reference = await eager({ backend: "reference" });
          const node = tensorOf<any>(makeNode(definition, sample.inputs.map(b.constant), sample.attributes));
          const tape = tf.gradientTape();
          const again = tensorOf<any>(makeNode(definition, sample.inputs.map(b.constant), sample.attributes));
          expectClose(tf.value(again), reference.value(again), 2e-5, definition.name);
          tape.dispose();
          expect(tf.memory().numTensors).toBe(0);
          expectClose(tf.value(node), reference.value(node), 2e-5, definition.name);
        });
      });
    }
  },
);
