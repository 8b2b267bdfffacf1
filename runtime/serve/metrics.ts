import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What is counted while a model is served, for Prometheus. */
export interface Metrics {
  readonly registry: Registry;
  /** A request for a prediction that has been answered. */
  answered(status: number, seconds: number): void;
  batch(samples: number): void;
}

/** What is told when it is asked for: how many samples wait, and how many requests there are. */
export interface Counts {
  waiting(): number;
  requests(): number;
}

/** Begins to count. */
export function countMetrics(counts: Counts): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    ...{ name: "shapewright_requests_total", help: "Requests for predictions, by the status of the answer", registers },
    labelNames: ["status"],
  });
  const seconds = new Histogram({
    ...{ name: "shapewright_request_seconds", help: "From a request to its answer", registers },
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
  });
  const samples = new Histogram({
    ...{ name: "shapewright_batch_samples", help: "Samples that go through the model together", registers },
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
  });
  new Gauge({
    ...{ name: "shapewright_waiting_samples", help: "Samples that wait for others, or for the model", registers },
    collect() {
      this.set(counts.waiting());
    },
  });
  new Gauge({
    ...{
      name: "shapewright_requests_under_way",
      help: "Requests for predictions that are not answered yet",
      registers,
    },
    collect() {
      this.set(counts.requests());
    },
  });
  return {
    registry,
    answered(status, took) {
      requests.inc({ status });
      seconds.observe(took);
    },
    batch: (count) => samples.observe(count),
  };
}
