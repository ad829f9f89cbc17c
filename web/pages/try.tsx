import {useEffect, useRef, useState} from "preact/hooks"
import sample from "../../examples/sample-report.txt?raw"
import {go, withQuery} from "../address.ts"
import {type Failure, send} from "../ask.ts"
import {Evidence} from "../parts/evidence.tsx"
import {Refused} from "../parts/sign-in.tsx"
import {Failed} from "../parts/states.tsx"
import type {KeptReport, ShownReport} from "../records.ts"

/** What was given: a text, or a page out of a file. */
type Given = {readonly text: string} | {readonly html: string}

const textFile = /\.(txt|text|md|markdown)$/i
const pageFile = /\.(html?|xhtml)$/i

/** `/try`: paste a text or drop a file, and see what it tells. Nothing is stored unless asked. */
export function TryPage() {
  const [text, setText] = useState("")
  const [published, setPublished] = useState("")
  const [shown, show] = useState<ShownReport | null>(null)
  const [given, setGiven] = useState<object | null>(null)
  const [failure, fail] = useState<Failure | Error | null>(null)
  const [isWorking, setWorking] = useState(false)
  const [isOver, setOver] = useState(false)
  const asked = useRef<AbortController>(null)

  useEffect(() => {
    document.title = "Try it – Communique"
    return () => asked.current?.abort()
  }, [])

  const code = async (given: Given, day: string) => {
    asked.current?.abort()
    const controller = new AbortController()
    asked.current = controller
    setWorking(true)
    fail(null)
    try {
      const asked = {...given, ...(day && {published: day})}
      const coded = await send<ShownReport>("/api/v1/code", asked, controller.signal)
      if (controller.signal.aborted) return
      go(withQuery({at: null, rows: null}), {isStep: false})
      setGiven(asked)
      show(coded)
    } catch (error) {
      if (!controller.signal.aborted) fail(error as Failure)
    }
    if (asked.current === controller) setWorking(false)
  }

  const take = async (file: File | undefined) => {
    if (!file) return
    if (!textFile.test(file.name) && !pageFile.test(file.name) && !file.type.startsWith("text/")) {
      fail(new Error(`Cannot read ${file.name} here: expected a text or HTML file. “communique open” reads feeds, tables and more`))
      return
    }
    const content = await file.text()
    const isPage = pageFile.test(file.name) || file.type === "text/html"
    if (!isPage) setText(content)
    await code(isPage ? {html: content} : {text: content}, published)
  }

  if (shown)
    return (
      <>
        <div class="try-bar">
          <button type="button" class="button" onClick={() => show(null)}>
            Another text
          </button>
          {given && <Keep given={given} />}
        </div>
        <Evidence shown={shown} />
      </>
    )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: who drops no file has a button for it
    <div
      class="page try"
      data-over={isOver ? "" : undefined}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault()
        setOver(false)
        void take(event.dataTransfer?.files[0])
      }}
    >
      <h1>Who did what to whom</h1>
      <p class="lead">
        Paste a news report, or drop a text or HTML file. Communique finds its events and quotes and shows, for each field, the words that say so. Nothing is
        stored unless you ask, and no other machine than the one that serves this page sees it.
      </p>
      <form
        onSubmit={event => {
          event.preventDefault()
          void code({text}, published)
        }}
      >
        <label class="label" for="text">
          Report
        </label>
        <textarea
          id="text"
          value={text}
          rows={14}
          dir="auto"
          required
          spellcheck={false}
          onInput={event => setText(event.currentTarget.value)}
          onKeyDown={event => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void code({text}, published)
          }}
          onPaste={event => {
            const pasted = event.clipboardData?.getData("text/plain") ?? ""
            // A whole report pasted into the empty box is coded at once; what is typed waits for the button.
            if (text !== "" || pasted.length < 80) return
            event.preventDefault()
            setText(pasted)
            void code({text: pasted}, published)
          }}
        />
        <div class="try-row">
          <label>
            <span class="label">Published</span>
            <input type="date" value={published} onInput={event => setPublished(event.currentTarget.value)} aria-describedby="published-why" />
          </label>
          <p id="published-why" class="aside">
            Words like “on Tuesday” count from this day.
          </p>
          <label class="button">
            Choose a file
            <input
              class="visually-hidden"
              type="file"
              accept=".txt,.text,.md,.markdown,.html,.htm,.xhtml,text/plain,text/html"
              onChange={event => void take(event.currentTarget.files?.[0])}
            />
          </label>
          <button
            type="button"
            class="button"
            onClick={() => {
              setText(sample)
              setPublished("2026-03-12")
              void code({text: sample}, "2026-03-12")
            }}
          >
            Read a sample
          </button>
          <button type="submit" class="button is-first" disabled={isWorking}>
            {isWorking ? "Reading …" : "Find events"}
          </button>
        </div>
      </form>
      {failure &&
        ("code" in failure ? (
          <Failed failure={failure} />
        ) : (
          <p class="failed" role="alert">
            {failure.message}
          </p>
        ))}
    </div>
  )
}

/** Keeps what was tried, where the server lets the reader; then its page is shown. */
function Keep({given}: {given: object}) {
  const [failure, fail] = useState<Failure | null>(null)
  const [isWorking, setWorking] = useState(false)
  const keep = () => {
    setWorking(true)
    fail(null)
    send<KeptReport>("/api/v1/reports", given, new AbortController().signal).then(
      ({report}) => go(`/reports/${encodeURIComponent(report.id)}`),
      error => {
        fail(error as Failure)
        setWorking(false)
      },
    )
  }
  return (
    <>
      <button type="button" class="button" onClick={keep} disabled={isWorking}>
        {isWorking ? "Storing …" : "Save to the store"}
      </button>
      <span class="aside">Nothing is stored until you save it.</span>
      {failure && <Refused failure={failure} verb="save" done={keep} />}
    </>
  )
}
