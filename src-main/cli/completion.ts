import { Argument, Command } from 'commander';
import { example } from './example.ts';

export function completionCommand(): Command {
  return new Command('completion')
    .description('print a shell script that completes commands and options')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      example(
        'kindling completion bash > ~/.local/share/bash-completion/completions/kindling',
        'kindling completion zsh > "${fpath[1]}/_kindling"',
        'kindling completion fish > ~/.config/fish/completions/kindling.fish',
      ),
    )
    .action(async (shell: 'bash' | 'zsh' | 'fish', _options: unknown, command: Command) => {
      const { completionScript } = await import('./completion/script.ts');
      const program = command.parent;
      if (program === null) throw new Error('completion is a command of the program');
      process.stdout.write(completionScript(program, shell));
    });
}
