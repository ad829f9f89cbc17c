import {Fragment, render} from "preact"
import {useEffect, useRef} from "preact/hooks"
import {followLinks, useAddress} from "./address.ts"
import {useAnswer} from "./ask.ts"
import {ActorPage} from "./pages/actor.tsx"
import {DyadPage} from "./pages/dyad.tsx"
import {ExplorePage} from "./pages/explore.tsx"
import {MapPage} from "./pages/map.tsx"
import {NetworkPage} from "./pages/network.tsx"
import {QuotesPage} from "./pages/quotes.tsx"
import {ReferencePage} from "./pages/reference.tsx"
import {ReportPage} from "./pages/report.tsx"
import {ReportsPage} from "./pages/reports.tsx"
import {ReviewPage} from "./pages/review.tsx"
import {RunsPage} from "./pages/runs.tsx"
import {StoriesPage, StoryPage} from "./pages/stories.tsx"
import {TryPage} from "./pages/try.tsx"
import {KeySheet} from "./parts/key-sheet.tsx"
import {Palette} from "./parts/palette.tsx"
import {ThemeChoice} from "./parts/theme.tsx"
import type {ReportList} from "./records.ts"
import "./style/base.css"
import "./style/drawn.css"
import "./style/evidence.css"
import "./style/pages.css"
import "./style/review.css"

/** The pages by their paths, and the line that leads to each; a page without a label is reached from others. */
const pages = [
  {path: /^\/reports$/, href: "/reports", label: "Reports", draw: () => <ReportsPage />},
  {path: /^\/reports\/([^/]+)$/, draw: (id: string) => <ReportPage id={id} />},
  {path: /^\/explore$/, href: "/explore", label: "Explore", draw: () => <ExplorePage />},
  {path: /^\/map$/, href: "/map", label: "Map", draw: () => <MapPage />},
  {path: /^\/network$/, href: "/network", label: "Network", draw: () => <NetworkPage />},
  {path: /^\/stories$/, href: "/stories", label: "Stories", draw: () => <StoriesPage />},
  {path: /^\/stories\/([^/]+)$/, draw: (id: string) => <StoryPage id={id} />},
  {path: /^\/quotes$/, href: "/quotes", label: "Quotes", draw: () => <QuotesPage />},
  {path: /^\/dyad\/([^/]+)\/([^/]+)$/, draw: (one: string, other: string) => <DyadPage one={one} other={other} />},
  {path: /^\/actor\/([^/]+)$/, draw: (party: string) => <ActorPage party={party} />},
  {path: /^\/review$/, href: "/review", label: "Review", draw: () => <ReviewPage />},
  {path: /^\/runs$/, href: "/runs", label: "Runs", draw: () => <RunsPage />},
  {path: /^\/try$/, href: "/try", label: "Try it", draw: () => <TryPage />},
  {path: /^\/reference$/, href: "/reference", label: "API", draw: () => <ReferencePage />},
] as const

const places = pages.flatMap(page => ("label" in page ? [{label: page.label, about: "page", href: page.href}] : []))

function App() {
  const {pathname} = useAddress()
  const main = useRef<HTMLElement>(null)
  const previous = useRef(pathname)
  // What a newcomer sees first, where there is nothing to read yet, is a box for a text of their own.
  const first = useAnswer<ReportList>(pathname === "/" ? "/api/v1/reports?limit=1" : null)
  const path = pathname === "/" ? (first.state === "waiting" ? null : first.state === "here" && first.value.total > 0 ? "/reports" : "/try") : pathname
  useEffect(() => {
    if (previous.current === pathname) return
    previous.current = pathname
    scrollTo(0, 0)
    main.current?.focus()
  }, [pathname])
  return (
    <>
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <header class="masthead">
        <a class="wordmark" href="/">
          Communique
        </a>
        <nav aria-label="Pages">
          {pages.map(
            page =>
              "label" in page && (
                <a key={page.href} href={page.href} aria-current={path === page.href ? "page" : undefined}>
                  {page.label}
                </a>
              ),
          )}
        </nav>
        <Palette pages={places} />
        <ThemeChoice />
      </header>
      <KeySheet />
      <main id="main" ref={main} tabIndex={-1}>
        {path !== null && drawPage(path)}
      </main>
    </>
  )
}

function drawPage(pathname: string) {
  for (const {path, draw} of pages) {
    const [found, one = "", other = ""] = path.exec(pathname) ?? []
    // Another report or dyad is another page, which shows nothing of the one before.
    if (found !== undefined) return <Fragment key={pathname}>{draw(plain(one), plain(other))}</Fragment>
  }
  return (
    <div class="page">
      <h1>No such page</h1>
      <p>
        There is nothing at <code>{pathname}</code>. <a href="/">Start from the first page</a>.
      </p>
    </div>
  )
}

/** As it was before it was written into an address; what is no such writing stands for itself. */
function plain(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

followLinks()
render(<App />, document.getElementById("app")!)
