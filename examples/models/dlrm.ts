import {
  add,
  arange,
  array,
  concat,
  constant,
  type Dim,
  dense,
  expandDims,
  gather,
  input,
  matmul,
  model,
  multiply,
  randomUniformInitializer,
  relu,
  reshape,
  sigmoid,
  type Tensor,
  variable,
} from "shapewright";

/** Where in a table of 27 · 27 products those of two different things stand, each once. */
const pairs = Int32Array.from(
  Array.from({ length: 27 }, (_, i) => Array.from({ length: i }, (_, j) => i * 27 + j)).flat(),
);

/** The products of all pairs of 27 vectors. */
function interactions<B extends Dim, C extends number>(x: Tensor<[B, 27, C]>): Tensor<[B, 351]> {
  const products = reshape(matmul(x, x, { transposeB: true }), [x.shape[0], 729]);
  return gather(products, constant(array(pairs, [351])), 1);
}

const layer = { activation: relu } as const;

/**
 * DLRM for Criteo's advertisements, of 13 numbers and 26 categories, with 10,000 rows for each of these: 4,635,985 parameters, of which
 * 475,985 are of its dense layers. All tables are one.
 * Source: Naumov et al., "Deep learning recommendation model for personalization and recommendation systems" (2019).
 */
export const dlrm = model(
  { numbers: input(["batch", 13]), categories: input(["batch", 26], "int32") },
  ({ numbers, categories }) => {
    const wide = dense(dense(numbers, { ...layer, units: 512 }), { ...layer, units: 256 });
    const bottom = dense(dense(wide, { ...layer, units: 64 }), { ...layer, units: 16 });
    const rows = variable("rows", [260_000, 16], randomUniformInitializer({ minval: -0.01, maxval: 0.01 }));
    const chosen = gather(rows, add(categories, multiply(arange(26), 10_000))); // ["batch", 26, 16]
    const seen = interactions(concat([expandDims(bottom, 1), chosen], 1)); // ["batch", 351]
    const top = dense(concat([bottom, seen], 1), { ...layer, units: 512 });
    return dense(dense(top, { ...layer, units: 256 }), { units: 1, activation: sigmoid }); // ["batch", 1]
  },
);
