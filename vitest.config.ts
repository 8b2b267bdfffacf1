import { defineConfig } from "vitest/config";

export default defineConfig({
  // The sources, not the built package: the `shapewright-source` condition of package.json's exports.
  resolve: { conditions: ["shapewright-source"] },
  ssr: { resolve: { conditions: ["shapewright-source", "node", "import", "default"] } },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/examples/**"],
    // Each file has a process of its own: TensorFlow's addon is not made for worker threads.
    pool: "forks",
    // A file for each core: by default one core is left for other work, which is half of a machine that has two.
    maxWorkers: "100%",
    // Some start several processes, each of which loads the sources and TensorFlow: 30 s on a machine that does something else besides.
    testTimeout: 120_000,
  },
});
