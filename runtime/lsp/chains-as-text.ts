import type { Chain, Step } from "../check/finding.js";

/** Chains as text of a fixed width: each value with its shape, in two columns. */
export function chainsAsText(chains: readonly Chain[]): string {
  const steps = chains.flatMap((chain) => chain.steps);
  const column = steps.reduce((most, { name }) => Math.max(most, name.length), 0);
  return chains
    .flatMap(({ label, steps }) =>
      steps.map(
        (step, i) => row(step, i, column) + (label !== undefined && i === steps.length - 1 ? `   ${label}` : ""),
      ),
    )
    .join("\n");
}

function row({ name, shape, wrong }: Step, index: number, column: number): string {
  if (wrong) return `✗ ${name}`;
  return `${index === 0 ? " " : "→"} ${name.padEnd(column)}  ${shape ?? "?"}`;
}
