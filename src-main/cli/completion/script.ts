import type { Command } from 'commander';

interface Word {
  readonly text: string;
  readonly description: string;
}

/** A command by its path below the program (`study run`; the program itself is ''), and what may follow it. */
interface Place {
  readonly path: string;
  readonly commands: readonly Word[];
  readonly words: readonly Word[];
}

/** The completion script of a shell, made from the tree of commands itself. */
export function completionScript(program: Command, shell: 'bash' | 'zsh' | 'fish'): string {
  const places = placesOf(program, '');
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell](places);
}

function placesOf(command: Command, path: string, inherited: readonly Word[] = []): Place[] {
  const own = command.options
    .filter(({ hidden }) => !hidden)
    .map((option) => word(option.long ?? option.short ?? '', option.description));
  const options = [...own, ...inherited];
  const commands = command.commands.map((each) => word(each.name(), each.description()));
  const choices = command.registeredArguments.flatMap((argument) => argument.argChoices ?? []);
  const place: Place = {
    path,
    commands,
    words: [...commands, ...choices.map((each) => word(each, '')), ...options, word('--help', 'show help')],
  };
  const passedOn = path === '' ? own.filter(({ text }) => text !== '--version') : inherited;
  const below = command.commands.flatMap((each) => placesOf(each, `${path} ${each.name()}`.trim(), passedOn));
  return [place, ...below];
}

function word(text: string, description: string): Word {
  return { text, description };
}

/** Shell code that walks over the words before the cursor and leaves the command's path in `path`. */
function walk(places: readonly Place[], words: string): string {
  const steps = places.filter(({ path }) => path !== '').map(({ path }) => `"${path}"`);
  return `  for word in ${words}; do
    case "\${path:+$path }$word" in
      ${steps.join('|')}) path="\${path:+$path }$word" ;;
    esac
  done`;
}

function bashScript(places: readonly Place[]): string {
  const cases = places.map(
    ({ path, words }) => `    "${path}") words="${words.map(({ text }) => text).join(' ')}" ;;`,
  );
  return `# bash completion for kindling
_kindling() {
  local path="" word words=""
${walk(places, '"${COMP_WORDS[@]:1:COMP_CWORD-1}"')}
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _kindling kindling
`;
}

function zshScript(places: readonly Place[]): string {
  const quote = (text: string): string => text.replaceAll("'", "'\\''").replaceAll(':', '\\:');
  const cases = places.map(({ path, words }) => {
    const entries = words.map(({ text, description }) => `'${quote(text)}:${quote(description)}'`);
    return `    "${path}") candidates=(${entries.join(' ')}) ;;`;
  });
  return `#compdef kindling
_kindling() {
  local path_="" word
  local -a candidates
${walk(places, '"${(@)words[2,CURRENT-1]}"').replaceAll('path', 'path_')}
  case "$path_" in
${cases.join('\n')}
  esac
  _describe 'kindling' candidates
  _files
}
compdef _kindling kindling
`;
}

function fishScript(places: readonly Place[]): string {
  const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = places.flatMap(({ path, commands, words }) => {
    const seen = path
      .split(' ')
      .filter(Boolean)
      .map((each) => `__fish_seen_subcommand_from ${each}`);
    const unseen =
      commands.length > 0
        ? [`not __fish_seen_subcommand_from ${commands.map(({ text }) => text).join(' ')}`]
        : [];
    const condition = [...seen, ...unseen].join('; and ') || 'true';
    return words.map(({ text, description }) => {
      const name = text.startsWith('--') ? `-l ${text.slice(2)}` : `-a ${text}`;
      return `complete -c kindling -n ${quote(condition)} ${name}${description ? ` -d ${quote(description)}` : ''}`;
    });
  });
  return `# fish completion for kindling\n${lines.join('\n')}\n`;
}
