import {useEffect} from "preact/hooks"
import {useAddress} from "../address.ts"
import {useAnswer} from "../ask.ts"
import {Download} from "../parts/download.tsx"
import {QuoteList} from "../parts/event-list.tsx"
import {Chips, Counted, FilterForm, Nothing, Paging} from "../parts/filters.tsx"
import {Told} from "../parts/states.tsx"
import {apiQuery} from "../query.ts"
import type {QuotePage} from "../records.ts"

/** `/quotes`: who said what, in whose words. */
export function QuotesPage() {
  const url = useAddress()
  const {searchParams} = url
  const answer = useAnswer<QuotePage>(`/api/v1/quotes?${apiQuery(searchParams, {limit: "50", cursor: searchParams.get("cursor")})}`)
  useEffect(() => {
    document.title = "Quotes – Communique"
  }, [])
  return (
    <div class="page">
      <h1>Quotes</h1>
      <FilterForm
        url={url}
        fields={[
          {name: "side", label: "Speaker", hint: "name, CHN, USAGOV"},
          {name: "about", label: "About", hint: "name, VEN, USAGOV"},
          {name: "cue", label: "Verb", hint: "denied, warned"},
          {name: "text", label: "Words of the quote"},
          {name: "since", label: "Published since", type: "date"},
          {name: "until", label: "Until", type: "date"},
        ]}
      />
      <Chips url={url} />
      <Told answer={answer}>
        {({rows, count, next}) => (
          <>
            <Counted count={count} url={url} />
            {rows.length === 0 ? <Nothing count={count} /> : <QuoteList rows={rows} />}
            <Paging url={url} next={next} />
          </>
        )}
      </Told>
      <Download url={url} unit="quotes" />
    </div>
  )
}
