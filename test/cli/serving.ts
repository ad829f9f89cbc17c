import type {ChildProcess} from "node:child_process"
import {once} from "node:events"
import {createInterface} from "node:readline"
import {communique, type Ran, type RunOptions} from "./command.ts"

/**
 * Runs a verb that serves, does something with its address, and asks it to stop.
 *
 * @param visit  also gets what the command has told on standard error so far
 */
export async function serving(words: readonly string[], visit: (address: string, told: () => string) => Promise<void>, options: RunOptions = {}): Promise<Ran> {
  return communique(words, {
    ...options,
    during: async (child: ChildProcess) => {
      let told = ""
      child.stderr!.on("data", text => {
        told += text
      })
      const lines = createInterface({input: child.stdout!})
      try {
        const [address] = (await Promise.race([once(lines, "line"), once(child, "close").then(() => [""])])) as [string]
        if (address) await visit(address, () => told)
      } finally {
        child.kill("SIGTERM")
      }
    },
  })
}
