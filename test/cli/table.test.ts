import { expect, test } from "vitest";
import { table } from "../../runtime/cli/table.js";

const columns = [
  { heading: "layer", align: "left" },
  { heading: "output", align: "left" },
  { heading: "parameters", align: "right" },
] as const;
const rows = [
  ["conv1", "[batch, 112]", "9,472"],
  ["stage2/unit1/depthwise", "[batch, 112]", "12"],
];
const style = (_: unknown, text: string) => text;

test("on a narrow terminal, a long name has a line of its own; in a pipe, each row is one line", () => {
  expect(table(columns, rows, { style, columns: 45 })).toEqual([
    "layer                output        parameters",
    "conv1                [batch, 112]       9,472",
    "stage2/unit1/depthwise",
    "                     [batch, 112]          12",
  ]);
  const wide = [
    "layer                   output        parameters",
    "conv1                   [batch, 112]       9,472",
    "stage2/unit1/depthwise  [batch, 112]          12",
  ];
  expect(table(columns, rows, { style, columns: 48 })).toEqual(wide);
  expect(table(columns, rows, { style, columns: 45, piped: true })).toEqual(wide);
});
