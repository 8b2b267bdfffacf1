import { checkOptions, type OptionRules, required } from "../../../src/ir/options.js";
import { checkPath } from "../../host/filesFor.js";
import { type Dataset, dataset } from "../dataset.js";
import { type ColumnarRow, type ColumnarSchema, columnarSchemaRule } from "./columnar-schema.js";
import { type CsvSchema, checkColumns } from "./csv-columns.js";

/** Options of what reads files that have columns with types of their own. */
interface ColumnarOptions<S extends ColumnarSchema = ColumnarSchema> {
  readonly columns: S;
}

const rules: OptionRules<ColumnarOptions> = { columns: required(columnarSchemaRule) };

/** The rows of such a file, as they are asked for. */
export function columnarDataset<const S extends ColumnarSchema>(
  op: string,
  path: string,
  options: ColumnarOptions<S>,
  read: (op: string, path: string, columns: ColumnarSchema) => AsyncGenerator<unknown[], void, undefined>,
): Dataset<ColumnarRow<S>> {
  checkPath(op, path);
  checkOptions<ColumnarOptions>(op, options, rules);
  checkColumns(op, options.columns as CsvSchema);
  return dataset(() => read(op, path, options.columns)).unbatch() as unknown as Dataset<ColumnarRow<S>>;
}
