import type {ActorKind} from "../0-records/index.ts"

/** What actors are, by the nouns that news use for one another: "gunmen" may be "the rebels" or "the militant group" of before. */
export type Sort =
  | "armed"
  | "military"
  | "forces"
  | "police"
  | "protest"
  | "labour"
  | "farmers"
  | "court"
  | "lawmakers"
  | "company"
  | "media"
  | "union"
  | "party"
  | "charity"

// biome-ignore format: a table
const nouns: Readonly<Record<Sort, string>> = {
  armed: `rebel insurgent guerrilla militant fighter gunman attacker assailant terrorist jihadist jihadi islamist extremist paramilitary militia militiaman mutineer separatist faction gang gangster
    kidnapper captor hijacker raider bandit combatant warlord cartel group`,
  military: "soldier troop mutineer serviceman guard paratrooper marine",
  forces: "army military",
  police: "police officer policeman force constable gendarme",
  protest: "protester demonstrator marcher rioter crowd picket mob picketer",
  labour: "worker striker employee staff member miner docker dockworker nurse teacher driver picketer",
  farmers: "farmer grower peasant",
  court: "court tribunal bench panel",
  lawmakers: "parliament assembly senate house chamber legislature congress lawmaker senator deputy legislator mp",
  company: "company firm maker carmaker automaker manufacturer airline carrier bank operator group giant retailer miner producer conglomerate refiner utility owner",
  media: "newspaper paper daily weekly magazine broadcaster station channel outlet site agency",
  union: "union federation confederation congress",
  party: "party coalition bloc opposition movement front",
  charity: "group organisation organization charity watchdog agency institute foundation body",
}

const byNoun = new Map<string, Set<Sort>>()
for (const [sort, list] of Object.entries(nouns)) for (const noun of list.split(/\s+/)) byNoun.set(noun, (byNoun.get(noun) ?? new Set()).add(sort as Sort))

const bySector: Readonly<Record<string, readonly Sort[]>> = {
  REB: ["armed"],
  UAF: ["armed"],
  SEP: ["armed"],
  CRM: ["armed"],
  COP: ["police"],
  PRO: ["protest"],
  LAB: ["labour", "union"],
  AGR: ["farmers"],
  JUD: ["court"],
  LEG: ["lawmakers"],
  BUS: ["company"],
  MED: ["media"],
  PTY: ["party"],
  OPP: ["party"],
  NGO: ["charity"],
}

/** The sorts that a head noun, lower case and singular, may stand for; none for nouns of other things. */
export const sortsOfNoun = (noun: string): ReadonlySet<Sort> => byNoun.get(noun) ?? none
/** The sorts of an actor by what is known of it. */
export const sortsOfSector = (sector: string | null, kind: ActorKind): readonly Sort[] => (kind === "person" ? [] : (bySector[sector ?? ""] ?? []))

const none: ReadonlySet<Sort> = new Set()
