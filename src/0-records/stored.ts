import type {Day} from "./day.ts"
import type {EventRecord} from "./event.ts"

/** A mention as a store hands it on to the layouts that write deeds, with what the store alone knows. */
export type StoredEvent = EventRecord & {
  readonly stored: {
    /** The deed's number, a whole number under 2^31: that of its oldest mention. */
    readonly deed: number
    /** The number of the report that the deed stands under, its surest mention's. */
    readonly report: number
    /** The day on which this mention's own report came into the store. */
    readonly added: Day
    /** Whether it is the mention that speaks for the deed. */
    readonly isHead: boolean
    /** Whether the filters let it pass. The others come along so that a deed's pairs keep their numbers. */
    readonly isAsked: boolean
  }
}
