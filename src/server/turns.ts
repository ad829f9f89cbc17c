import {CoderError} from "../0-records/index.ts"

/** Lets a few work at a time and a few more wait; the rest is sent away. */
export type Turns = {readonly take: <T>(work: () => Promise<T>) => Promise<T>}

/**
 * @param atOnce   how many work at the same time
 * @param waiting  how many may wait for their turn
 */
export function openTurns(atOnce: number, waiting: number): Turns {
  const queue: (() => void)[] = []
  let working = 0
  return {
    /** @throws CoderError `busy` */
    async take(work) {
      if (working >= atOnce) {
        if (queue.length >= waiting) throw new CoderError("busy", `Cannot code the report now: ${working + queue.length} others are under way`)
        await new Promise<void>(resolve => queue.push(resolve))
      } else working++
      try {
        return await work()
      } finally {
        const next = queue.shift()
        if (next) next()
        else working--
      }
    },
  }
}
