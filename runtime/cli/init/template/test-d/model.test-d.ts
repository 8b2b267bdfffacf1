import { dense, input, type Tensor } from "shapewright";
import { expectType } from "tsd";
import { spiral } from "../src/model.js";

// What the model takes and gives. When a layer changes, this says so before anything runs.
expectType<Tensor<["batch", 2]>>(spiral.inputs.point);
expectType<Tensor<["batch", 3]>>(spiral.output);

// What must not compile: here, a layer on a batch of numbers, which has no axis to weigh.
// @ts-expect-error dense: ["batch"]: the last axis is a weight's, so it is a number, not "batch"
dense(input(["batch"]), { units: 3 });
