import type {Actor} from "../../src/0-records/index.ts"
import {bases, saysItself} from "../words.ts"

/** Whom words mean, with the way there: “the order” → “U.S. President Donald Trump” → Donald Trump. */
export function Side({actor}: {actor: Actor}) {
  const steps = [...(actor.via ? [actor.via.text] : []), ...(saysItself(actor) ? [] : [actor.text])]
  return (
    <>
      {steps.map(words => (
        <span key={words} class="step">
          <q>{words}</q> <Arrow />{" "}
        </span>
      ))}
      <bdi class="name">{actor.name}</bdi>
      {actor.code && (
        <>
          {" "}
          <Code actor={actor} />
        </>
      )}
      {actor.basis !== "stated" && <span class="visually-hidden">, {bases[actor.basis]}</span>}
    </>
  )
}

/** Country and sector. */
export function Code({actor: {country, sector}}: {actor: Pick<Actor, "country" | "sector">}) {
  return <span class="code">{[...new Set([country, sector])].filter(Boolean).join(" ")}</span>
}

export function Arrow() {
  return (
    <span class="arrow">
      <span aria-hidden="true">→</span>
      <span class="visually-hidden">means</span>
    </span>
  )
}
