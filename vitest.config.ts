import {configDefaults, defineConfig} from "vitest/config"

/** `npm run test:long` sets it and runs the tests named so, and no other. */
const isLong = process.env.LONG === "1"

/** What needs the program as it ships: the papers, then the doors and the examples. */
const docs = ["test/docs.test.ts"]
const doors = ["test/cli/**/*.test.ts", "test/web/pages/**/*.test.ts", "test/examples.test.ts", "test/pack.test.ts"]

const inRun = (files: string[]) => (isLong ? files.map(file => file.replace(".test.ts", ".long.test.ts")) : files)
const exclude = [...configDefaults.exclude, ...(isLong ? [] : ["**/*.long.test.ts"])]

export default defineConfig({
  test: {
    // Two, whatever the machine: with two cores Vitest would take one, and leave the other idle while a page is waited for.
    maxWorkers: 2,
    hookTimeout: isLong ? 600_000 : 60_000,
    testTimeout: isLong ? 1_200_000 : 60_000,
    projects: [
      {extends: true, test: {name: "rooms", include: inRun(["test/**/*.test.ts"]), exclude: [...exclude, ...inRun([...docs, ...doors])]}},
      {extends: true, test: {name: "docs", include: inRun(docs), exclude, globalSetup: "test/built.ts"}},
      {extends: true, test: {name: "doors", include: inRun(doors), exclude, globalSetup: "test/built.ts"}},
    ],
  },
})
