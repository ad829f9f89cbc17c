import {arch} from "node:os"
import type {Coding} from "../8-store/index.ts"
import type {Coder} from "../journey.ts"

/** What the store keeps of a coder and of today. */
export function codingOf({info, floor}: Coder): Coding {
  return {coder: info, machine: arch(), floor, day: new Date().toISOString().slice(0, 10)}
}
