import {defineConfig} from "vitest/config"

/** What needs the program as it ships: the doors, the examples and the papers. */
const doors = ["test/cli/**/*.test.ts", "test/docs.test.ts", "test/examples.test.ts", "test/pack.test.ts"]

export default defineConfig({
  test: {
    projects: [
      {test: {name: "rooms", include: ["test/**/*.test.ts"], exclude: doors}},
      {test: {name: "doors", include: doors, globalSetup: "test/built.ts", testTimeout: 60_000}},
    ],
  },
})
