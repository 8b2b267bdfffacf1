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
    testTimeout: 30_000,
  },
});
