import {createHash} from "node:crypto"
import {closeSync, openSync, readFileSync, readSync} from "node:fs"
import {join} from "node:path"
import {CoderError} from "../0-records/index.ts"

/** What a model's folder says of it; training/export.py writes it. */
export type Manifest = {
  readonly name: string
  /** Labels in column order. */
  readonly labels: {
    readonly types: readonly string[]
    /** "-" for none, then TYPE/mode. */
    readonly modes: readonly string[]
    readonly contexts: readonly string[]
    readonly triggers: readonly string[]
    readonly statuses: readonly string[]
    readonly roles: readonly string[]
    readonly mentions: readonly string[]
    readonly spans: readonly string[]
  }
  /** Pieces of a passage at most. */
  readonly limit: number
  /** Least probabilities, chosen for F1 on dev. */
  readonly cut: {readonly [part in Part]: number}
  /** Weights of the confidence: see `confidenceOf`. */
  readonly confidence: readonly number[]
  /** sha256 of model.onnx, hex. */
  readonly sha256: string
}

export type Part = "mention" | "trigger" | "actor" | "recipient" | "more" | "place" | "date" | "speaker" | "content" | "context" | "same" | "confidence"

/**
 * Reads and checks `manifest.json` in a model's folder.
 *
 * @throws CoderError `model-unreadable`, where a file is missing, is no manifest, or the weights differ from the hash
 */
export function openManifest(folder: string): {manifest: Manifest; weights: string} {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Manifest
    const weights = join(folder, "model.onnx")
    const found = hashOf(weights)
    if (found !== manifest.sha256) throw new Error(`model.onnx has the hash ${found}, expected ${manifest.sha256}`)
    return {manifest, weights}
  } catch (error) {
    throw new CoderError(
      "model-unreadable",
      `Cannot open the model in ${JSON.stringify(folder)}: ${error instanceof Error ? error.message : error}`,
      {},
      {cause: error},
    )
  }
}

/** Read in parts: the weights are large, and the session reads them once more by itself. */
function hashOf(path: string): string {
  const hash = createHash("sha256")
  const part = new Uint8Array(1 << 20)
  const file = openSync(path, "r")
  try {
    for (let size = readSync(file, part); size > 0; size = readSync(file, part)) hash.update(part.subarray(0, size))
  } finally {
    closeSync(file)
  }
  return hash.digest("hex")
}
