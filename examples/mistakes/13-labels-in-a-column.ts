// Class numbers stand in a column, [samples, 1], as NumPy and CSV files have them, where the loss takes a plain list:
// "expected activation_6 to have shape (None, 10) but got array with shape (3, 1)".
// Reported as https://github.com/keras-team/keras/issues/3009 and https://github.com/keras-team/keras/issues/3109.
import { array, compile, dense, input, model, relu, sequential, sgd, sparseCategoricalCrossentropy } from "shapewright";
import { open } from "shapewright/runtime";

const points = model({ point: input(["batch", 2]) }, ({ point }) =>
  sequential(point, dense({ units: 32, activation: relu }), dense({ units: 10 })),
);

const session = await open(
  compile(points, { optimizer: sgd(), loss: sparseCategoricalCrossentropy({ fromLogits: true }) }),
);
const column = array(new Int32Array([1, 2, 3]), [3, 1]);
await session.fit(
  {
    point: [
      [0, 1],
      [1, 1],
      [1, 0],
    ],
  },
  column,
);
