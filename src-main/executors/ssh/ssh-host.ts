import { quoted } from '../../work/quoted.ts';

/** A machine that is reached by the `ssh` of the user: its configuration, keys, agent and open connections. */
export interface SshHost {
  /** As `ssh` takes it: `login`, `me@login.example.org`. */
  readonly host: string;
  /** Kindling there: its path, or the name by which a shell finds it; null for `kindling`. */
  readonly program: string | null;
}

/** Never asks for anything: there may be nobody, and whoever is there types into another program. */
const OPTIONS = [
  ...['-T', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=60'],
  ...['-o', 'ServerAliveInterval=15', '-o', 'ServerAliveCountMax=4'],
  // what a person's own configuration may have for sessions that are typed into
  ...['-o', 'RemoteCommand=none', '-o', 'RequestTTY=no', '-o', 'ClearAllForwardings=yes'],
];

/** The command that runs Kindling on a host. All else that is said to it goes through its input, which no shell reads. */
export function sshCommand({ host, program }: SshHost, parameters: readonly string[]): string[] {
  return ['ssh', ...OPTIONS, '--', host, remoteCommand(program ?? 'kindling', parameters)];
}

/**
 * What the shell of the user there is given, whichever it is. It has one that was logged in to run the program, so that what a terminal
 * there knows (PATH, KINDLING_HOME) is known; but for those of C, which cannot be told so and read their files always.
 */
export function remoteCommand(program: string, parameters: readonly string[]): string {
  const command = `exec ${[programWord(program), ...parameters.map(quoted)].join(' ')}`;
  const script = `case $SHELL in *csh) ${command};; *) exec "$SHELL" -lc ${quoted(command)};; esac`;
  return `exec sh -c ${quoted(script)}`;
}

/** `~/` is read by a shell only where it is not quoted. */
function programWord(program: string): string {
  return program.startsWith('~/') ? `"$HOME"/${quoted(program.slice(2))}` : quoted(program);
}
