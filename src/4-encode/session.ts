import {InferenceSession, Tensor} from "onnxruntime-node"
import {CoderError} from "../0-records/index.ts"
import type {Manifest} from "./manifest.ts"

/** A row-by-row matrix, or for `roles` and `same` one matrix a relation, one after the other. */
export type Logits = {readonly data: Float32Array; readonly width: number}

/** What the model says of one passage; W words. */
export type Outputs = {
  /** W × labels each. */
  readonly [name in "mention" | "trigger" | "cue" | "content" | "status" | "mode" | "contexts"]: Logits
} & {
  /** relations × W × W: rows are triggers and cues, columns what they are linked to. */
  readonly roles: Logits
  /** W × W: rows are later mentions, columns earlier ones. */
  readonly same: Logits
  /** 1 × labels each: what the pieces marked 1 do to the pieces marked 2. */
  readonly pairType: Logits
  readonly pairStatus: Logits
  readonly pairMode: Logits
}

/** One passage as numbers: pieces with [CLS] and [SEP], and where each word's first piece stands. */
export type Inputs = {readonly ids: readonly number[]; readonly casing: readonly number[]; readonly marks: readonly number[]; readonly words: readonly number[]}

const outputNames = ["mention", "trigger", "cue", "content", "status", "mode", "contexts", "roles", "same", "pair_type", "pair_status", "pair_mode"] as const

/** Holds an ONNX session open. */
export class Session {
  readonly #session: InferenceSession
  #closing: Promise<void> | undefined

  private constructor(session: InferenceSession) {
    this.#session = session
  }

  /** @param threads  processors that one passage may use */
  static async open(weights: string, manifest: Manifest, threads: number): Promise<Session> {
    const session = await InferenceSession.create(weights, {
      executionProviders: ["cpu"],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: "sequential",
      enableCpuMemArena: true,
      enableMemPattern: false,
      logSeverityLevel: 3,
    })
    const missing = outputNames.filter(name => !session.outputNames.includes(name))
    if (missing.length > 0) throw new CoderError("model-shape-differs", `Cannot use the model ${manifest.name}: it lacks the outputs ${missing.join(", ")}`)
    return new Session(session)
  }

  async run({ids, casing, marks, words}: Inputs): Promise<Outputs> {
    if (this.#closing) throw new Error("Cannot read with a coder that was closed: open another")
    const found = await this.#session.run({ids: row(ids), casing: row(casing), marks: row(marks), words: row(words)})
    const logits = (name: (typeof outputNames)[number]): Logits => {
      const tensor = found[name]
      if (!tensor || !(tensor.data instanceof Float32Array))
        throw new CoderError("model-shape-differs", `Cannot read the model's output ${name}: expected 32-bit floats`)
      return {data: tensor.data, width: tensor.dims.at(-1) ?? 0}
    }
    return {
      mention: logits("mention"),
      trigger: logits("trigger"),
      cue: logits("cue"),
      content: logits("content"),
      status: logits("status"),
      mode: logits("mode"),
      contexts: logits("contexts"),
      roles: logits("roles"),
      same: logits("same"),
      pairType: logits("pair_type"),
      pairStatus: logits("pair_status"),
      pairMode: logits("pair_mode"),
    }
  }

  async close(): Promise<void> {
    this.#closing ??= this.#session.release()
    await this.#closing
  }
}

function row(numbers: readonly number[]): Tensor {
  const cells = new BigInt64Array(numbers.length)
  // The lower halves, where ONNX Runtime runs: all are small and positive, and a BigInt each would be garbage.
  const halves = new Int32Array(cells.buffer)
  for (let i = 0; i < numbers.length; i++) halves[2 * i] = numbers[i]!
  return new Tensor("int64", cells, [1, numbers.length])
}
