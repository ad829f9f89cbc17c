import type {Quote} from "../../src/0-records/index.ts"
import {FormEnd, FormFrame, isSame, newSide, Pick, type SideDraft, SideRow, sideGiven, sideOf, spanOf} from "./event-form.tsx"
import type {Chosen} from "./word-picker.tsx"

/** What the form of a quote holds. */
export type QuoteDraft = {
  readonly content: Chosen | null
  readonly cue: Chosen | null
  readonly speaker: SideDraft | null
  readonly why: string
}

/** Which words are being chosen. */
export type QuoteField = "content" | "cue" | "speaker"

export const quoteFieldNames: Readonly<Record<QuoteField, string>> = {content: "what was said", cue: "the word of saying", speaker: "who said it"}

export function quoteDraftOf(quote: Quote | null): QuoteDraft {
  if (!quote) return {content: null, cue: null, speaker: null, why: ""}
  return {content: quote.content, cue: quote.cue, speaker: quote.speaker && sideOf(quote.speaker), why: ""}
}

export const withQuoteWords = (draft: QuoteDraft, field: QuoteField, words: Chosen): QuoteDraft => ({
  ...draft,
  [field]: field === "speaker" ? newSide(words) : words,
})

/** What is otherwise than in the row, as the server takes it. */
export function quoteRevisionOf(draft: QuoteDraft, quote: Quote | null): Record<string, unknown> {
  const before = quoteDraftOf(quote)
  return {
    ...(!isSame(draft.content, before.content) && {content: draft.content && spanOf(draft.content)}),
    ...(!isSame(draft.cue, before.cue) && {cue: draft.cue && spanOf(draft.cue)}),
    ...(!isSame(draft.speaker, before.speaker) && {speaker: draft.speaker && sideGiven(draft.speaker)}),
  }
}

/** The fields of a quote to change. Words are chosen in the text: `ask` says for which field. */
export function QuoteForm({
  quote,
  draft,
  asked,
  change,
  ask,
  save,
  cancel,
}: {
  quote: Quote | null
  draft: QuoteDraft
  asked: QuoteField | null
  change: (draft: QuoteDraft) => void
  ask: (field: QuoteField | null) => void
  save: () => void
  cancel: () => void
}) {
  const pick = (field: QuoteField) => <Pick {...{field, asked, ask}} />
  return (
    <FormFrame label={quote ? "Change the quote" : "Add a quote"} save={save} cancel={cancel}>
      <fieldset class="form-field">
        <legend>{quoteFieldNames.content}</legend>
        {draft.content ? <q dir="auto">{draft.content.text}</q> : <span class="nobody">no words yet</span>} {pick("content")}
      </fieldset>
      <fieldset class="form-field">
        <legend>{quoteFieldNames.speaker}</legend>
        {draft.speaker ? (
          <SideRow
            key={`${draft.speaker.start}-${draft.speaker.isKept}`}
            side={draft.speaker}
            change={speaker => change({...draft, speaker})}
            remove={() => change({...draft, speaker: null})}
          />
        ) : (
          <span class="nobody">nobody named</span>
        )}{" "}
        {pick("speaker")}
      </fieldset>
      <fieldset class="form-field">
        <legend>{quoteFieldNames.cue}</legend>
        {draft.cue ? <q dir="auto">{draft.cue.text}</q> : <span class="nobody">none</span>} {pick("cue")}{" "}
        {draft.cue && (
          <button type="button" class="small-button" onClick={() => change({...draft, cue: null})}>
            None
          </button>
        )}
      </fieldset>
      <FormEnd why={draft.why} tell={why => change({...draft, why})} isNew={!quote} isOff={draft.content === null} cancel={cancel} />
    </FormFrame>
  )
}
