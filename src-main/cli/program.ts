import { Command } from 'commander';
import { kindlingVersion } from '../kindling-version.ts';
import { analyzeCommand } from './analyze.ts';
import { clusterCommand } from './cluster.ts';
import { completionCommand } from './completion.ts';
import { datasetCommand } from './dataset.ts';
import { doctorCommand } from './doctor.ts';
import { engineCommand } from './engine.ts';
import { example } from './example.ts';
import { exportCommand } from './export.ts';
import { figureCommand } from './figure.ts';
import { importCommand } from './import.ts';
import { networkCommand } from './network.ts';
import { predictCommand } from './predict.ts';
import { runCommand } from './run.ts';
import { serveCommand } from './serve.ts';
import { storeCommand } from './store.ts';
import { studyCommand } from './study.ts';

/**
 * The whole tree of commands. Only names, options and help are loaded here: what a command does is imported
 * when it is called, so that `network describe` never waits for TensorFlow, SQLite or ECharts.
 */
export function createProgram(): Command {
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
  for (const command of [
    studyCommand(),
    runCommand(),
    analyzeCommand(),
    predictCommand(),
    exportCommand(),
    importCommand(),
    figureCommand(),
    datasetCommand(),
    networkCommand(),
    serveCommand(),
    clusterCommand(),
    storeCommand(),
    engineCommand(),
    doctorCommand(),
    completionCommand(),
  ]) {
    program.addCommand(command);
  }
  for (const command of everyCommand(program)) {
    command.exitOverride().configureOutput({
      outputError: (text, write) => write(text.replace(/^error: /, 'kindling: ')),
    });
    if (command !== program) command.copyInheritedSettings(program);
  }
  return program;
}

/** The command and all below it. */
export function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}
