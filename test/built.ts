import {spawnSync} from "node:child_process"
import {cpSync, mkdtempSync, rmSync, symlinkSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {fileURLToPath} from "node:url"
import type {TestProject} from "vitest/node"

declare module "vitest" {
  export interface ProvidedContext {
    /** A folder with the program as it ships, built once for all tests of the doors. */
    built: string
  }
}

const root = fileURLToPath(new URL("..", import.meta.url))

/** Builds the program into a folder of its own, so that neither `dist` nor a test that runs beside is disturbed. */
export default function setup(project: TestProject): () => void {
  const ready = process.env.COMMUNIQUE_BUILT
  if (ready) {
    project.provide("built", ready)
    return () => {}
  }
  const built = mkdtempSync(join(tmpdir(), "communique-built-"))
  const {status, stdout} = spawnSync(
    process.execPath,
    [join(root, "node_modules/typescript/bin/tsc"), "-p", join(root, "tsconfig.build.json"), "--outDir", join(built, "dist")],
    {
      encoding: "utf8",
    },
  )
  if (status !== 0) throw new Error(`Cannot build the program:\n${stdout}`)
  for (const name of ["node_modules", "models", "knowledge", "ontologies"]) symlinkSync(join(root, name), join(built, name))
  for (const name of ["package.json", "examples"]) cpSync(join(root, name), join(built, name), {recursive: true})
  project.provide("built", built)
  return () => rmSync(built, {recursive: true, force: true})
}
