import type { Command } from "commander";

/** The shells that can be served. */
export const SHELLS = ["bash", "zsh"] as const;
export type Shell = (typeof SHELLS)[number];

/** What can follow a command, and whether other commands can. */
interface Following {
  readonly words: readonly string[];
  readonly isLeaf: boolean;
}

/** What can follow each command, by the words that lead to it: "", "case", "case list". */
export function completions(program: Command): Map<string, Following> {
  const globals = optionsOf(program);
  const found = new Map<string, Following>();
  const walk = (command: Command, path: readonly string[]) => {
    const own = path.length === 0 ? [] : optionsOf(command);
    const names = command.commands.map((one) => one.name());
    found.set(path.join(" "), { words: [...names, ...own, ...globals, "--help"], isLeaf: names.length === 0 });
    for (const one of command.commands) walk(one, [...path, one.name()]);
  };
  walk(program, []);
  return found;
}

function optionsOf(command: Command): string[] {
  return command.options.flatMap(({ long }) => long ?? []);
}

/** A shell's script: which words may come next, by the command that the line has come to. */
export function completionScript(program: Command, shell: Shell): string {
  const cases = [...completions(program)].map(([path, { words, isLeaf }]) => {
    const patterns = isLeaf ? `"${path}"|"${path} "*` : `"${path}"`;
    return `    ${patterns}) next="${words.join(" ")}" ;;`;
  });
  return WRITTEN[shell](`  case "$way" in\n${cases.join("\n")}\n    *) next="" ;;\n  esac`);
}

/** `way` is the command that the line has come to: its words up to the first option or argument in other letters. */
const WRITTEN: Record<Shell, (lookUp: string) => string> = {
  bash: (lookUp) => `# ithaca: completion for bash
_ithaca() {
  local current="\${COMP_WORDS[COMP_CWORD]}" way="" next="" at
  for ((at = 1; at < COMP_CWORD; at += 1)); do
    [[ "\${COMP_WORDS[at]}" == [a-z]* ]] || break
    way="\${way:+$way }\${COMP_WORDS[at]}"
  done
${lookUp}
  COMPREPLY=($(compgen -W "$next" -- "$current"))
}
complete -o default -F _ithaca ithaca
`,
  zsh: (lookUp) => `#compdef ithaca
# ithaca: completion for zsh
_ithaca() {
  local way="" next="" word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    [[ "$word" == [a-z]* ]] || break
    way="\${way:+$way }$word"
  done
${lookUp}
  compadd -- \${=next}
}
(( \${+functions[compdef]} )) && compdef _ithaca ithaca
`,
};
