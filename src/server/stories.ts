import {createRoute, type OpenAPIHono, z} from "@hono/zod-openapi"
import {CoderError} from "../0-records/index.ts"
import type {Store} from "../8-store/index.ts"
import type {Coder} from "../journey.ts"
import {count} from "./events.ts"
import {failures} from "./failure.ts"
import {cursor, filters, limit, queryOf, storeNumber} from "./query.ts"
import {event, reportRef} from "./records.ts"

const story = z
  .object({
    story: z.string().openapi({example: "s12"}),
    headline: z.string().nullable().openapi({description: "The title of the report that the others are most like."}),
    central: z.string().openapi({description: "The id of that report."}),
    first: z.iso.date().nullable().openapi({description: "First day of publication."}),
    last: z.iso.date().nullable(),
    reports: z.int(),
    originals: z.int().openapi({description: "Reports that are no copy of another."}),
    publishers: z.array(z.string()),
    events: z.int().openapi({description: "Actual ones, no less sure than the model's own least."}),
    mentions: z.int(),
    actors: z.array(z.object({party: z.string(), events: z.int()})),
  })
  .openapi("Story", {description: "One affair: reports that belong together."})

const shownStory = story
  .extend({
    of: z.array(
      reportRef.extend({
        copyOf: z.string().nullable().openapi({description: "The id of the first report of nearly the same text."}),
        likeness: z.number().nullable(),
        reasons: z.array(z.object({other: z.string(), reason: z.string()})),
      }),
    ),
  })
  .openapi("ShownStory")

const ruling = z
  .object({
    ruling: z.int(),
    kind: z.enum(["merge", "split"]),
    ids: z.array(z.string()),
    made: z.iso.date(),
    undone: z.iso.date().nullable(),
  })
  .openapi("Ruling", {description: "What a person ruled: that mentions are one event, or that the first is another event than the rest."})

const ruled = ruling.extend({events: z.array(z.string()).openapi({description: "The events that the mentions belong to now."})}).openapi("Ruled")

const shownEvent = z
  .object({
    event: z.string().openapi({description: "The event's id; the ids of events merged into it lead to it."}),
    mentions: z.array(event.extend({telling: z.string(), joined: z.string().nullable(), reasons: z.array(z.string())}).openapi("GatheredMention")),
    rulings: z.array(ruling),
  })
  .openapi("ShownEvent")

const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({description, content: {"application/json": {schema}}})
const storyId = z
  .string()
  .regex(/^s\d{1,9}$/, {message: 'expected one such as "s12"'})
  .openapi({example: "s12"})
const eventId = z.string().min(1).max(2000).openapi({description: "Percent-encoded.", example: "4c7ce1a2d41b6f25%2F3"})

const ruledId = z.string().min(1).max(2000)

const list = createRoute({
  method: "get",
  path: "/api/v1/stories",
  summary: "Stories with an event that passes the filters, those of most reports first",
  request: {query: filters.extend({limit, cursor: cursor(/^\d{1,9}$/)})},
  responses: {
    200: json(z.object({count, rows: z.array(story), next: z.string().nullable()}).openapi("StoryPage"), "A page of them, and how many there are."),
    ...failures(400, 403),
  },
})

const one = createRoute({
  method: "get",
  path: "/api/v1/stories/{id}",
  summary: "Show one story with its reports",
  request: {params: z.object({id: storyId})},
  responses: {200: json(shownStory, "The story."), ...failures(400, 403, 404)},
})

const oneEvent = createRoute({
  method: "get",
  path: "/api/v1/events/{id}",
  summary: "Show one event with all its mentions and why they are one",
  request: {params: z.object({id: eventId})},
  responses: {200: json(shownEvent, "The event."), ...failures(400, 403, 404)},
})

const listRulings = createRoute({
  method: "get",
  path: "/api/v1/rulings",
  summary: "Events merged and split by hand, the newest first",
  responses: {200: json(z.object({rulings: z.array(ruling)}).openapi("RulingList"), "The rulings."), ...failures(403)},
})

const makeRuling = createRoute({
  method: "post",
  path: "/api/v1/rulings",
  summary: "Merge two events, or split one",
  request: {
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z
            .union([
              z.object({kind: z.literal("merge"), ids: z.array(ruledId).min(2).max(2)}),
              z.object({kind: z.literal("split"), ids: z.array(ruledId).min(1).max(1)}),
            ])
            .openapi("NewRuling", {
              description: "Ids of mentions or events. What is merged are their events; what is split off is what the mention's report tells.",
            }),
        },
      },
    },
  },
  responses: {200: json(ruled, "The ruling, which is in force."), ...failures(400, 403, 404)},
})

const undo = createRoute({
  method: "delete",
  path: "/api/v1/rulings/{ruling}",
  summary: "Take a ruling back",
  request: {
    params: z.object({
      ruling: storeNumber,
    }),
  },
  responses: {200: json(ruled, "The ruling, which is undone."), ...failures(400, 403, 404)},
})

/** `/api/v1/stories`, each event with its mentions, and the rulings that merge and split. `today` is the door's day; guard.ts lets those rule who know the token. */
export function addStories(app: OpenAPIHono, store: Store, coder: Coder, today: () => string): void {
  const missing = (what: string, id: string) => new CoderError("not-found", `Cannot show ${what} ${JSON.stringify(id.slice(0, 200))}: found none by this id`)
  app.openapi(list, async c => {
    const {limit, cursor, ...given} = c.req.valid("query")
    const query = queryOf(given, coder)
    const [count, {rows, next}] = await Promise.all([
      store.count(query, "stories"),
      store.stories(query, {limit, ...(cursor !== undefined && {after: cursor})}),
    ])
    return c.json({count, rows, next} as z.infer<(typeof list)["responses"][200]["content"]["application/json"]["schema"]>, 200)
  })
  app.openapi(one, async c => {
    const {id} = c.req.valid("param")
    const found = await store.story(id)
    if (!found) throw missing("story", id)
    return c.json(found as z.infer<typeof shownStory>, 200)
  })
  app.openapi(oneEvent, async c => {
    const {id} = c.req.valid("param")
    const found = await store.event(id)
    if (!found) throw missing("event", id)
    return c.json(found as z.infer<typeof shownEvent>, 200)
  })
  app.openapi(listRulings, async c =>
    c.json({rulings: await store.rulings()} as z.infer<(typeof listRulings)["responses"][200]["content"]["application/json"]["schema"]>, 200),
  )
  app.openapi(makeRuling, async c => {
    const {kind, ids} = c.req.valid("json")
    const made = kind === "merge" ? await store.merge(ids[0]!, ids[1]!, today()) : await store.split(ids[0]!, today())
    return c.json(made as z.infer<typeof ruled>, 200)
  })
  app.openapi(undo, async c => {
    return c.json((await store.undoRuling(c.req.valid("param").ruling, today())) as z.infer<typeof ruled>, 200)
  })
}
