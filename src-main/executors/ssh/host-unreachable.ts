import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { lastLines } from '../../work/run-command.ts';
import type { SshHost } from './ssh-host.ts';

/** There is no connection to a host. */
export class HostUnreachable extends Problem {
  readonly what: string;
  /** What to do, beginning with a small letter. */
  readonly remedy: string;
  /** Whether another try may go better, though nobody does anything. */
  readonly mayPass: boolean;

  constructor({ what, remedy, mayPass = false }: Failure) {
    super('cluster', `${what}: ${remedy}.`);
    this.what = what;
    this.remedy = remedy;
    this.mayPass = mayPass;
  }
}

/** A connection that was there has ended. */
export class ConnectionLost extends HostUnreachable {}

interface Failure {
  readonly what: string;
  readonly remedy: string;
  readonly mayPass?: boolean;
}

/** How `ssh` ended before the program there said anything. */
export interface SshEnd {
  readonly status: number | null;
  readonly stderr: string;
}

/** What `ssh` itself says, the first that fits. */
const REFUSALS: readonly (readonly [RegExp, (host: string) => Failure])[] = [
  [
    /REMOTE HOST IDENTIFICATION HAS CHANGED/i,
    (host) => ({
      what: `The key of ${host} is not the one that this machine knows, so that it may be another machine`,
      remedy: `ask who keeps it; where it was set up anew, \`ssh-keygen -R ${host}\` forgets the old key, and \`ssh ${host}\` shows the new one`,
    }),
  ],
  [
    /Host key verification failed|No \S+ host key is known/i,
    (host) => ({
      what: `This machine does not know the key of ${host}`,
      remedy: `\`ssh ${host}\` shows it and asks whether it is right`,
    }),
  ],
  [
    /Permission denied|Too many authentication failures/i,
    (host) => ({
      what: `${host} lets nobody in from here without asking`,
      remedy: `see that \`ssh -o BatchMode=yes ${host} true\` works: a key there (\`ssh-copy-id ${host}\`), in your agent where it has a passphrase (\`ssh-add\`), or a connection that is kept open (ControlMaster in ~/.ssh/config)`,
    }),
  ],
  [
    /Bad configuration option|Bad owner or permissions|bad permissions/i,
    (host) => ({ what: `ssh refuses its own files`, remedy: `see what \`ssh ${host} true\` says` }),
  ],
];

/** What a failed connection means. */
export function sshFailure({ host, program }: SshHost, { status, stderr }: SshEnd): HostUnreachable {
  const said = lastLines(stderr, 3);
  if (status === 255) {
    const refusal = REFUSALS.find(([pattern]) => pattern.test(stderr))?.[1](host);
    if (refusal) return new HostUnreachable(refusal);
    return new HostUnreachable({
      what: `${host} cannot be reached (${said || 'ssh says nothing'})`,
      remedy: `see that \`ssh ${host}\` works`,
      mayPass: true,
    });
  }
  const name = program ?? 'kindling';
  // what ended the connection may be known before its status
  const lacksNode = /node['’"]?: No such file/.test(stderr);
  if (status === 126 || status === 127 || lacksNode) {
    return new HostUnreachable(
      lacksNode
        ? {
            what: `Node was not found on ${host}, which ${name} needs (${said})`,
            remedy: 'put it on the PATH of a shell that is logged in there',
          }
        : {
            what: `${name} was not found on ${host} (${said || `status ${status}`})`,
            remedy:
              'install Kindling there, put it on the PATH of a shell that is logged in, or name its path (bin/kindling.mjs of a checkout) with --host-program',
          },
    );
  }
  return new HostUnreachable({
    what: `${name} on ${host} ended before it answered (${said || `status ${String(status)}`})`,
    remedy: /unknown command|relay/.test(stderr)
      ? 'it is of another version: install the one that is here'
      : `see what \`ssh ${host} ${name} doctor\` says`,
  });
}

/** `ssh` itself is missing. */
export function noSsh(): HostUnreachable {
  return new HostUnreachable({
    what: '`ssh` was not found on this machine',
    remedy: 'install the client of OpenSSH (openssh-client)',
  });
}

export function silentHost({ host }: SshHost, seconds: number): HostUnreachable {
  return new HostUnreachable({
    what: `${host} has not answered within ${seconds} s`,
    remedy: `see that \`ssh ${host}\` works`,
    mayPass: true,
  });
}

export function otherVersion({ host }: SshHost, there: string, here: string): HostUnreachable {
  return new HostUnreachable({
    what: `Kindling on ${host} is version ${there}, this one is ${here}`,
    remedy: 'install the same version on both',
  });
}

export function connectionLost({ host }: SshHost, { status, stderr }: SshEnd): ConnectionLost {
  const said = lastLines(stderr, 1);
  return new ConnectionLost({
    what: `The connection to ${host} was lost (${said || `ssh ended with status ${String(status)}`})`,
    remedy: 'go on with the study once it is there: its runs go on meanwhile',
    mayPass: true,
  });
}

/** What no relay should say. */
export function relayFailed({ host }: SshHost, message: string): Problem {
  const [first = ''] = message.split('\n');
  return new Problem(
    'cluster',
    `Kindling on ${host} failed: ${first}. Go on with the study: what workers have finished stays there.`,
    { cause: new Error(message) },
  );
}
