import { block, cast, dense, expandDims, flatten, input, relu, sequential, sum, transpose } from "shapewright";

// Rejected programs of layers one after another, as in rejected.ts.

const x = input(["batch", 8]);
const images = input(["batch", 28, 28, 3]);

/** What stands where a layer must. */
export const noLayers = {
  "sequential: layer 2 is a function, not a layer; a layer is made by a call without its input, such as flatten() or reshape([-1, 8]), and a function gives a tensor of its input's shape, as relu does":
    () =>
      // @ts-expect-error
      sequential(x, dense({ units: 2 }), Math.sqrt),
  "sequential: layer 1 is a function, not a layer; a layer is made by a call without its input, such as flatten() or reshape([-1, 8]), and a function gives a tensor of its input's shape, as relu does":
    () =>
      // @ts-expect-error
      sequential(images, flatten, dense({ units: 2 })),
  "sequential: layer 4 is a function, not a layer; a layer is made by a call without its input, such as flatten() or reshape([-1, 8]), and a function gives a tensor of its input's shape, as relu does":
    () =>
      // @ts-expect-error
      sequential(x, dense({ units: 2 }), relu, relu, (y) => sum(y), relu),
  "sequential: layer 1 is a tensor, not a layer; a layer is made by a call without its input, such as flatten() or reshape([-1, 8]), and a function gives a tensor of its input's shape, as relu does":
    () =>
      // @ts-expect-error
      sequential(x, dense(x, { units: 2 })),
  "sequential: layer 3 is an object, not a layer; a layer is made by a call without its input, such as flatten() or reshape([-1, 8]), and a function gives a tensor of its input's shape, as relu does":
    () =>
      // @ts-expect-error
      sequential(x, dense({ units: 2 }), relu, { units: 10 }),
  "sequential: layer 3 is a function, not a layer; a layer is made by a call without its input, such as flatten() or reshape([-1, 8]), and a function gives a tensor of its input's shape, as relu does":
    () =>
      // @ts-expect-error
      sequential(x, dense({ units: 2 }), relu, (y) => expandDims(y, 0), relu),
  "block: layer 1 is a function, not a layer; a layer is made by a call without its input, such as flatten() or reshape([-1, 8]), and a function gives a tensor of its input's shape, as relu does":
    () =>
      // @ts-expect-error
      block((y) => transpose(y), dense({ units: 2 }))(x),
  "block: layer 2 is a function, not a layer; a layer is made by a call without its input, such as flatten() or reshape([-1, 8]), and a function gives a tensor of its input's shape, as relu does":
    () =>
      // @ts-expect-error
      block(dense({ units: 2 }), Math.sqrt)(x),
  "activation: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    sequential(cast(x, "int32"), relu),
};
