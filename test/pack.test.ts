import {execFileSync} from "node:child_process"
import {mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {afterAll, expect, inject, it} from "vitest"

const cwd = mkdtempSync(join(tmpdir(), "communique-pack-"))
afterAll(() => rmSync(cwd, {recursive: true, force: true}))

const run = (program: string, ...words: string[]) => execFileSync(program, words, {cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"]})

it("installs from its tarball in an empty folder, where the command and the library work", {timeout: 180_000}, () => {
  run("npm", "pack", "--ignore-scripts", "--pack-destination", cwd, inject("built"))
  const [tarball = ""] = readdirSync(cwd).filter(name => name.endsWith(".tgz"))
  writeFileSync(join(cwd, "package.json"), '{"private": true, "type": "module"}')
  run("npm", "install", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", join(cwd, tarball))

  writeFileSync(join(cwd, "report.txt"), "Kenya accused Uganda of holding three of its fishermen.")
  expect(run("npx", "--no-install", "communique", "--version")).toMatch(/^communique \d/)
  const [row = ""] = run("npx", "--no-install", "communique", "code", "report.txt", "--published", "2026-03-12").split("\n")
  expect(JSON.parse(row)).toMatchObject({type: "ACCUSE", trigger: {text: "accused"}})

  const program = `
    import {openCoder} from "communique"
    const coder = await openCoder()
    const {events} = await coder.code({text: "Kenya accused Uganda of holding three of its fishermen.", published: "2026-03-12"})
    console.log(events[0].type)
    await coder.close()`
  writeFileSync(join(cwd, "program.js"), program)
  expect(run(process.execPath, "program.js")).toBe("ACCUSE\n")

  // Its types are whole: a program that uses them is checked against what was installed.
  writeFileSync(join(cwd, "typed.ts"), program.replace("events[0].type", "events[0]!.actors.map(({code}) => code)"))
  const tsc = join(process.cwd(), "node_modules/typescript/bin/tsc")
  run(
    process.execPath,
    tsc,
    "--noEmit",
    "--strict",
    "--module",
    "nodenext",
    "--target",
    "es2023",
    "--types",
    "node",
    "--typeRoots",
    join(process.cwd(), "node_modules/@types"),
    "typed.ts",
  )
})
