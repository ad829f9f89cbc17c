import {createHash} from "node:crypto"
import {readFileSync} from "node:fs"
import {join} from "node:path"
import {CoderError, type EventRecord} from "../0-records/index.ts"

/** What can happen, and how it is written in CAMEO. */
export type Ontology = {
  readonly name: string
  /** sha256 over its files. */
  readonly hash: string
  readonly types: ReadonlyMap<string, EventType>
  /** Types whose two sides do the same: "met" has no doer and no sufferer. */
  readonly mutual: ReadonlySet<string>
}

export type EventType = {
  readonly quad: EventRecord["quad"]
  /** PLOVER's conflict–cooperation value by mode; "" for the type itself. */
  readonly intensity: ReadonlyMap<string, number>
  /** CAMEO by mode; "" for the type itself. */
  readonly cameo: ReadonlyMap<string, Crosswalk>
}

type Crosswalk = {readonly code: string; readonly soft: string | null; readonly refine: readonly Refinement[]}

type Refinement = {
  readonly contexts: readonly string[] | null
  readonly words: RegExp | null
  readonly sectors: readonly string[] | null
  readonly notSectors: readonly string[] | null
  readonly isFuture: boolean
  readonly code: string
  readonly soft: string | null
}

/** What the choice of a CAMEO code looks at. */
export type Told = Pick<EventRecord, "type" | "mode" | "status" | "contexts"> & {
  readonly sentence: string
  readonly trigger: string
  readonly sector: string | null
}

/** CONSULT, COOPERATE and AGREE match their dyad both ways where no recipient is told (DESIGN.md, "Actors"). */
const mutual = new Set(["CONSULT", "COOPERATE", "AGREE"])

/** Asking softly is CAMEO 02, demanding is 10 (note of plover-to-cameo.json). */
const softRequest = /\b(?:ask|urg|appeal|call|invit|plead|encourag|request|suggest|recommend|hop)/i

/**
 * Opens an ontology's folder: `ontology`-like `plover.json` and its crosswalk to CAMEO.
 *
 * @throws CoderError `ontology-unreadable`
 */
export function openOntology(folder: string, name: string): Ontology {
  try {
    const files = ["plover.json", "plover-to-cameo.json"].map(file => readFileSync(join(folder, file), "utf8"))
    const [plover, crosswalk] = files.map(text => JSON.parse(text)) as [PloverFile, CrosswalkFile]
    const types = new Map<string, EventType>()
    for (const type of plover.event_types) {
      const scores: [string, number | null][] = [
        ["", type.plover_score],
        ...type.modes.map(({code, plover_score}): [string, number | null] => [code, plover_score]),
      ]
      const rows = crosswalk.mappings.filter(row => row.plover_type === type.code)
      types.set(type.code, {
        quad: type.quad_class,
        intensity: new Map(scores.filter((pair): pair is [string, number] => pair[1] !== null)),
        cameo: new Map(rows.map(row => [row.plover_mode ?? "", {code: row.cameo, soft: row.cameo_soft ?? null, refine: row.refine.map(refinementOf)}])),
      })
    }
    return {name, hash: `sha256:${createHash("sha256").update(files.join("\n")).digest("hex")}`, types, mutual}
  } catch (error) {
    throw new CoderError(
      "ontology-unreadable",
      `Cannot open the ontology in ${JSON.stringify(folder)}: ${error instanceof Error ? error.message : error}`,
      {},
      {cause: error},
    )
  }
}

/** PLOVER's value of a mode, else of its type. */
export function intensityOf({types}: Ontology, type: string, mode: string | null): number | null {
  const scores = types.get(type)?.intensity
  return scores?.get(mode ?? "") ?? scores?.get("") ?? null
}

/** What a type and mode bring with them. */
export function classify(ontology: Ontology, told: Told): Pick<EventRecord, "quad" | "intensity" | "cameo"> {
  return {quad: ontology.types.get(told.type)!.quad, intensity: intensityOf(ontology, told.type, told.mode), cameo: cameoOf(ontology, told)}
}

/** The CAMEO code of an event: the mode's default, or the first refinement that fits. */
export function cameoOf({types}: Ontology, told: Told): string {
  const crosswalks = types.get(told.type)?.cameo
  const row = crosswalks?.get(told.mode ?? "") ?? crosswalks?.get("")
  if (!row) throw new CoderError("ontology-unreadable", `Cannot write ${told.type} in CAMEO: the crosswalk has no such type`)
  const {code, soft} = row.refine.find(refinement => fits(refinement, told)) ?? row
  return soft && softRequest.test(told.trigger) ? soft : code
}

function fits({contexts, words, sectors, notSectors, isFuture}: Refinement, told: Told): boolean {
  return (
    (!contexts || contexts.some(context => told.contexts.includes(context))) &&
    (!words || words.test(told.trigger) || words.test(told.sentence)) &&
    (!sectors || (told.sector !== null && sectors.includes(told.sector))) &&
    (!notSectors || !(told.sector !== null && notSectors.includes(told.sector))) &&
    (!isFuture || told.status === "intended")
  )
}

function refinementOf({when, cameo, cameo_soft}: RefineRow): Refinement {
  const words = when.text_any?.map(word => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")
  return {
    contexts: when.context_any ?? null,
    // Words match where a word begins, so that "aid" is not found in "said" (DESIGN.md, "Events").
    words: words ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})`, "iu") : null,
    sectors: when.actor_sector_any ?? null,
    notSectors: when.actor_sector_not ?? null,
    isFuture: when.tense === "future",
    code: cameo,
    soft: cameo_soft ?? null,
  }
}

type PloverFile = {
  readonly event_types: readonly {
    readonly code: string
    readonly quad_class: EventRecord["quad"]
    readonly plover_score: number | null
    readonly modes: readonly {readonly code: string; readonly plover_score: number | null}[]
  }[]
}
type CrosswalkFile = {
  readonly mappings: readonly {
    readonly plover_type: string
    readonly plover_mode: string | null
    readonly cameo: string
    readonly cameo_soft?: string | null
    readonly refine: readonly RefineRow[]
  }[]
}
type RefineRow = {
  readonly when: {
    readonly context_any?: readonly string[]
    readonly text_any?: readonly string[]
    readonly actor_sector_any?: readonly string[]
    readonly actor_sector_not?: readonly string[]
    readonly tense?: string
  }
  readonly cameo: string
  readonly cameo_soft?: string | null
}
