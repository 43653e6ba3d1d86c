import { type Command, Option } from 'commander';

/**
 * An option under the name that it had before: it goes on working, says its new name on standard error, and stands in
 * no help and no completion.
 *
 * @param old as it was typed, e.g. `--again`
 * @param now the option without a value that it is now, which the command has already
 */
export function renamedOption(command: Command, old: string, now: string): Command {
  const present = command.options.find(({ long }) => long === now);
  if (present === undefined) throw new Error(`${command.name()} has no option ${now}`);
  const option = new Option(old).hideHelp().implies({ [present.attributeName()]: true });
  return command
    .addOption(option)
    .on(`option:${option.name()}`, () => process.stderr.write(`kindling: ${old} is now ${now}\n`));
}
