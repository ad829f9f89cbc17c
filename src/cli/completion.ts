import {CoderError} from "../0-records/index.ts"
import {helpOption, type Option, unknown, type Verb} from "./call.ts"

const shells = ["bash", "zsh", "fish"]

/** Prints the script that completes the verbs and options of `verbs`, itself included, in a shell. */
export function completion(others: readonly Verb[]): Verb {
  const verb: Verb = {
    name: "completion",
    about: "print a script that completes the command in your shell",
    inputs: "bash|zsh|fish",
    notes: ["The script completes verbs, options and their values; anything else is completed as a file."],
    options: [],
    examples: [
      "communique completion bash > ~/.local/share/bash-completion/completions/communique",
      'communique completion zsh > "$' + '{fpath[1]}/_communique"',
      "communique completion fish > ~/.config/fish/completions/communique.fish",
    ],
    run: async ({inputs}) => {
      const [shell = "", ...more] = inputs
      if (!shells.includes(shell)) throw unknown(`"${shell}" as a shell`, shell, shells)
      if (more.length > 0) throw new CoderError("call-wrong", `Cannot use "${more.join(" ")}": expected one shell`)
      const verbs = [...others, verb]
      process.stdout.write(shell === "fish" ? fish(verbs) : shell === "zsh" ? zsh(verbs) : bash(verbs))
      return 0
    },
  }
  return verb
}

const withHelp = ({options}: Verb) => [...options, helpOption]

const words = (verb: Verb) => [...withHelp(verb).map(({name}) => `--${name}`), ...(verb.name === "completion" ? shells : [])].join(" ")

/** Options with a closed set of values, each once. */
function choices(verbs: readonly Verb[]): Option[] {
  const options = verbs.flatMap(({options}) => options.filter(({values}) => values))
  return options.filter(({name}, at) => options.findIndex(other => other.name === name) === at)
}

function bash(verbs: readonly Verb[]): string {
  return `_communique() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} words=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${verbs.map(({name}) => name).join(" ")} --help --version"
  else
    case $before in
${choices(verbs)
  .map(({name, values}) => `      --${name}) words="${values?.join(" ")}" ;;`)
  .join("\n")}
      *) case \${COMP_WORDS[1]} in
${verbs.map(verb => `        ${verb.name}) words="${words(verb)}" ;;`).join("\n")}
      esac
      [ "\${word:0:1}" = - ] || [ "\${COMP_WORDS[1]}" = completion ] || return 0 ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _communique communique
`
}

function zsh(verbs: readonly Verb[]): string {
  const escaped = (text: string) => text.replace(/[\\:[\]'"]/g, "\\$&").replaceAll("\\'", "'\\''")
  const spec = ({name, takes, about, values}: Option) =>
    `'--${name}[${escaped(about)}]${takes ? `:${takes}:${values ? `(${values.join(" ")})` : "_files"}` : ""}'`
  return `#compdef communique
_communique() {
  local -a verbs
  verbs=(
${verbs.map(({name, about}) => `    '${name}:${escaped(about)}'`).join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe verb verbs
    return
  fi
  case $words[2] in
${verbs.map(verb => `    ${verb.name}) _arguments ${[...withHelp(verb).map(spec), verb.name === "completion" ? `'*:shell:(${shells.join(" ")})'` : "'*:input:_files'"].join(" ")} ;;`).join("\n")}
  esac
}
_communique "$@"
`
}

function fish(verbs: readonly Verb[]): string {
  const quoted = (text: string) => `'${text.replace(/[\\']/g, "\\$&")}'`
  const lines = verbs.flatMap(verb => [
    `complete -c communique -n __fish_use_subcommand -a ${verb.name} -d ${quoted(verb.about)}`,
    ...withHelp(verb).map(({name, short, takes, about, values}) =>
      [
        `complete -c communique -n '__fish_seen_subcommand_from ${verb.name}' -l ${name}`,
        ...(short ? [`-s ${short}`] : []),
        ...(takes ? ["-r"] : []),
        ...(values ? [`-f -a ${quoted(values.join(" "))}`] : []),
        `-d ${quoted(about)}`,
      ].join(" "),
    ),
  ])
  return [...lines, `complete -c communique -n '__fish_seen_subcommand_from completion' -f -a '${shells.join(" ")}'`, ""].join("\n")
}
