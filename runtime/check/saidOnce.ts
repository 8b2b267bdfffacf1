import type { Finding } from "./finding.js";

/** Of mistakes that have one cause, the first: what is mended there is mended in all places. */
export function saidOnce(findings: readonly Finding[]): Finding[] {
  const said = new Set<string>();
  return findings.filter(({ rule, explained }) => {
    if (explained?.cause === undefined) return true;
    const key = `${rule} ${explained.cause}`;
    return !said.has(key) && said.add(key);
  });
}
