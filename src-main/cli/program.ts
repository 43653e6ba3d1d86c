import { Command } from 'commander';
import { kindlingVersion } from '../kindling-version.ts';
import { example } from './example.ts';

/** What loads each command, in the order of the help. Loaded are only names, options and help: what a command does it imports when it is called. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  study: async () => (await import('./study.ts')).studyCommand(),
  run: async () => (await import('./run.ts')).runCommand(),
  analyze: async () => (await import('./analyze.ts')).analyzeCommand(),
  predict: async () => (await import('./predict.ts')).predictCommand(),
  export: async () => (await import('./export.ts')).exportCommand(),
  import: async () => (await import('./import.ts')).importCommand(),
  figure: async () => (await import('./figure.ts')).figureCommand(),
  dataset: async () => (await import('./dataset.ts')).datasetCommand(),
  network: async () => (await import('./network.ts')).networkCommand(),
  serve: async () => (await import('./serve.ts')).serveCommand(),
  cluster: async () => (await import('./cluster.ts')).clusterCommand(),
  store: async () => (await import('./store.ts')).storeCommand(),
  engine: async () => (await import('./engine.ts')).engineCommand(),
  doctor: async () => (await import('./doctor.ts')).doctorCommand(),
  completion: async () => (await import('./completion.ts')).completionCommand(),
};

/**
 * The tree of commands.
 * @param called the only one that is wanted, which alone is loaded: `network describe` does not wait for what `study` names in its help
 */
export async function createProgram(called?: string): Promise<Command> {
  const program = new Command('kindling')
    .description('A lab for the ablation of small neural networks.')
    .version(kindlingVersion(), '-V, --version', 'print the version')
    .option('--store <file>', 'use this store instead of the one in KINDLING_HOME')
    .showSuggestionAfterError()
    .showHelpAfterError('Type `kindling --help`, or `kindling COMMAND --help` for one command.')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      '\nKINDLING_HOME is the folder of the store, checkpoints, engines and data sets; KINDLING_ENGINE names an installed engine.' +
        example('kindling study run resources/studies/demo.yaml'),
    );
  const isOne = called !== undefined && Object.hasOwn(COMMANDS, called);
  const wanted = Object.entries(COMMANDS).filter(([name]) => !isOne || name === called);
  for (const command of await Promise.all(wanted.map(([, load]) => load()))) program.addCommand(command);
  for (const command of everyCommand(program)) {
    command.exitOverride().configureOutput({
      outputError: (text, write) => write(text.replace(/^error: /, 'kindling: ')),
    });
    if (command !== program) command.copyInheritedSettings(program);
  }
  return program;
}

/** The command that is called with these words; undefined where one cannot tell without knowing all, or all are asked for. */
export function calledCommand(words: readonly string[]): string | undefined {
  const [first, , ...others] = words;
  if (first === '--store') return calledCommand(others);
  // it completes all of them
  return first === 'completion' ? undefined : first;
}

/** The command and all below it. */
export function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}
