import type { Graph } from "../../../src/ir/graph.js";
import type { Node } from "../../../src/ir/node.js";
import type { InPlaceUpdates } from "../../analysis/in-place.js";
import type { Field } from "./blocks/objectsRead.js";
import type { StepNames } from "./naming.js";
import type { StatementSurroundings } from "./nodeStatement.js";

/** What parts of a step that stand in other files are written with. */
export interface StepSurroundings extends StatementSurroundings {
  readonly graph: Graph;
  readonly users: ReadonlyMap<Node, readonly Node[]>;
  readonly inPlace: InPlaceUpdates;
  readonly names: StepNames;
  /** What has to be there at the end. */
  readonly finals: ReadonlySet<Node>;
  /** The values that nothing reads after each node. */
  readonly lastUse: ReadonlyMap<Node, readonly Node[]>;
  /** What functions of blocks give beside others. */
  readonly fields: Map<Node, Field>;
  /** Identifiers that no constant in the function may have. */
  readonly taken: Iterable<string>;
  words(node: Node): string;
  /** What a node is called, whatever object it is in. */
  label(node: Node): string;
}
