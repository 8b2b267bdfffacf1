/** What Node.js reports of the process: of all of it, not of the thread that asks. */
export interface ProcessReport {
  readonly environmentVariables?: Readonly<Record<string, string>>;
  readonly sharedObjects?: readonly string[];
}

export function reportOfProcess(): ProcessReport {
  return process.report.getReport() as ProcessReport;
}
