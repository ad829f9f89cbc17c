import {spawnSync} from "node:child_process"
import {cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {fileURLToPath} from "node:url"
import type {TestProject} from "vitest/node"

declare module "vitest" {
  export interface ProvidedContext {
    /** A folder with the package as it ships, built once for all tests that need it. */
    built: string
  }
}

const root = fileURLToPath(new URL("..", import.meta.url))

/** Builds the package into a folder of its own, so that neither `dist` nor a test that runs beside is disturbed. */
export default function setup(project: TestProject): () => void {
  const built = mkdtempSync(join(tmpdir(), "communique-built-"))
  const words = ["-p", join(root, "tsconfig.build.json"), "--outDir", join(built, "dist")]
  const {status, stdout} = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), ...words], {encoding: "utf8"})
  if (status !== 0) throw new Error(`Cannot build the program:\n${stdout}`)
  const web = [join(root, "web"), "--outDir", join(built, "dist/web"), "--logLevel", "warn"]
  const viewer = spawnSync(process.execPath, [join(root, "node_modules/vite/bin/vite.js"), "build", ...web], {encoding: "utf8"})
  if (viewer.status !== 0) throw new Error(`Cannot build the viewer:\n${viewer.stdout}${viewer.stderr}`)
  const {files} = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {files: string[]}
  for (const name of ["package.json", "README.md", "LICENSE", ...files]) {
    if (name !== "dist" && existsSync(join(root, name))) cpSync(join(root, name), join(built, name), {recursive: true})
  }
  symlinkSync(join(root, "node_modules"), join(built, "node_modules"))
  project.provide("built", built)
  return () => rmSync(built, {recursive: true, force: true})
}
