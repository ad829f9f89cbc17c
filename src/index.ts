/** Communique as a library. Docs: docs/event-record.md, examples/. */

export {
  type Actor,
  type ActorKind,
  type Basis,
  type Coded,
  CoderError,
  type CoderRef,
  type Correction,
  type Day,
  type Decision,
  type EventDate,
  type EventPlace,
  type EventRecord,
  type Identity,
  type Mention,
  type Problem,
  type ProblemCode,
  type Quote,
  type ReportRef,
  type Review,
  type ReviewProgress,
  type Source,
  type Status,
  slice,
  statuses,
  type Verdict,
  type Words,
} from "./0-records/index.ts"
export {isProblem, type ReadOptions, read} from "./1-read/index.ts"
export {type Coding, openStore, type Query, type Store, type StoreOptions} from "./8-store/index.ts"
export {type Coder, type CoderOptions, type Input, openCoder, type Pair, type Related} from "./journey.ts"
export type {Revisable, Revision, SideGiven} from "./revise.ts"
