import {describe, expect, it} from "vitest"
import {communique, shell} from "./command.ts"
import {folder} from "./folder.ts"

const cwd = folder({"a.txt": "Kenya accused Uganda of spying."})

const isWrong = async (line: string, ...says: string[]) => {
  const {code, out, err} = await shell(`communique ${line}`, {cwd})
  for (const words of says) expect(err).toContain(words)
  expect({code, out}).toEqual({code: 2, out: ""})
}

describe("a wrong call", () => {
  it("suggests the nearest verb", () => isWrong("cod a.txt", "[call-wrong]", 'did you mean "code"?'))
  it("suggests no verb where none is near", async () => {
    expect((await communique(["encyclopedia"])).err).not.toContain("did you mean")
    await isWrong("encyclopedia", "expected code, quotes, relate, resolve")
  })
  it("suggests the nearest option", () => isWrong("code a.txt --formt csv", 'did you mean "--format"?'))
  it("suggests the nearest format", () => isWrong("code a.txt --format jsnl", 'did you mean "jsonl"?'))
  it("suggests the nearest input format", () => isWrong("code a.txt --as jsnl", 'did you mean "jsonl"?'))
  it("suggests the nearest status", () => isWrong("code a.txt --status actual,negatd", 'did you mean "negated"?'))
  it("suggests the nearest field of a table", () => isWrong("code a.txt --columns txt=body", 'did you mean "text"?'))
  it("suggests the nearest shell", () => isWrong("completion bas", 'did you mean "bash"?'))
  it("wants field=column", () => isWrong("code a.txt --columns body", "expected field=column"))
  it("wants a day", () => isWrong("code a.txt --published 2026-02-30", "expected YYYY-MM-DD"))
  it("wants a probability", () => isWrong("code a.txt --min-confidence 2", "expected a number from 0 to 1"))
  it("wants a number of threads", () => isWrong("code a.txt --threads none", "expected a whole number"))
  it("wants a value", () => isWrong("code a.txt --out", "--out FILE"))
  it("takes no option for a value", () => isWrong("code a.txt --out --quiet", "--out FILE"))
  it("takes no value for a switch", () => isWrong("code a.txt --quiet=yes", "no value"))
  it("knows --status for events only", () => isWrong("quotes a.txt --status actual", "--status"))
  it("names where help is", () => isWrong("code a.txt --nothing", "communique --help"))
})

describe("help", () => {
  it.each(["code", "quotes", "relate", "resolve", "ingest", "dyad", "backup", "eval", "sample", "completion"])(
    "of %s has examples, and stands on standard error where no input is named",
    async verb => {
      const asked = await communique([verb, "--help"])
      expect(asked).toMatchObject({code: 0, err: ""})
      expect(asked.out).toMatch(new RegExp(`Examples:\n {2}.*communique ${verb}`))
      expect(await communique([verb])).toEqual({code: 2, out: "", err: asked.out})
    },
  )

  it.each(["query", "recode", "runs", "forget"])("of %s, which takes no input, has examples", async verb => {
    expect((await communique([verb, "--help"])).out).toMatch(new RegExp(`Usage: communique ${verb} \\[options\\][\\s\\S]*Examples:\n {2}communique ${verb}`))
    expect(await communique([verb])).toMatchObject({code: 2, err: expect.stringContaining("--store FILE")})
  })

  it("of the whole command lists the verbs", async () => {
    const {code, out} = await communique(["--help"])
    expect(code).toBe(0)
    expect(out).toMatch(/^ {2}resolve +\S/m)
    expect(await communique([])).toEqual({code: 2, out: "", err: out})
  })

  it("tells the version of the package", async () => {
    expect((await communique(["--version"])).out).toMatch(/^communique \d+\.\d+\.\d+\n$/)
  })
})

describe("completion", () => {
  const completes = async (...words: string[]) => {
    const line = `source <(communique completion bash); COMP_WORDS=(communique ${words.map(word => `'${word}'`).join(" ")}); COMP_CWORD=${words.length}; _communique; echo "\${COMPREPLY[@]}"`
    return (await shell(line)).out.trim().split(" ")
  }
  it("of a verb", async () => expect(await completes("re")).toEqual(["relate", "resolve", "recode"]))
  it("of an option", async () => expect(await completes("code", "--th")).toEqual(["--threads"]))
  it("of an option's value", async () => expect(await completes("code", "--format", "pa")).toEqual(["parquet", "parquet-flat", "panel"]))
  it("of an option only where the verb has it", async () => expect(await completes("quotes", "--st")).toEqual([""]))
  it("of a shell", async () => expect(await completes("completion", "z")).toEqual(["zsh"]))

  it.each(["zsh", "fish"])("is sound for %s, where it is here", async name => {
    const {code, err} = await shell(`communique completion ${name} > ${name}.txt; if command -v ${name} > /dev/null; then ${name} -n ${name}.txt; fi`, {cwd})
    expect({code, err}).toEqual({code: 0, err: ""})
  })
})
