import { describe, expect, test } from "vitest";
import { eager } from "../../runtime/index.js";
import type { OpName } from "../../src/ir/node.js";
import { tensorOf } from "../../src/ir/node.js";
import type { OpDefinition } from "../../src/ir/op.js";
import { builder as b } from "../../src/ops/builder.js";
import { registry } from "../../src/ops/registry.js";
import { testedBackends } from "../support/backends.js";
import { expectClose } from "../support/close.js";
import { resultsOfSample, samplesOf } from "../support/samples.js";

const definitions = Object.values(registry) as OpDefinition<OpName>[];

describe.each(testedBackends)(
  "eager ops on %s give the reference kernels' values, and leave nothing behind",
  (backend) => {
    for (const definition of definitions) {
      samplesOf(definition).forEach((sample, i) => {
        test(`${definition.name}, sample ${i}`, async () => {
          using tf = await eager({ backend });
          using reference = await eager({ backend: "reference" });
          const results = () => resultsOfSample(definition, sample.inputs.map(b.constant), sample).map(tensorOf<any>);
          const before = results();
          const tape = tf.gradientTape();
          for (const node of results()) expectClose(tf.value(node), reference.value(node), 2e-5, definition.name);
          tape.dispose();
          expect(tf.memory().numTensors).toBe(0);
          for (const node of before) expectClose(tf.value(node), reference.value(node), 2e-5, definition.name);
        });
      });
    }
  },
);
