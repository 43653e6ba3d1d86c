import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { examineHost } from '../../../../src-main/executors/ssh/examine-host.ts';
import { RELAY_MARK } from '../../../../src-main/executors/ssh/relay-protocol.ts';
import { connectRelay } from '../../../../src-main/executors/ssh/relay-connection.ts';
import { remoteCommand } from '../../../../src-main/executors/ssh/ssh-host.ts';
import { dataFolder, enginesFolder, kindlingHome } from '../../../../src-main/home.ts';
import { quoted } from '../../../../src-main/work/quoted.ts';
import { temporaryFolder } from '../../store/sample-study.ts';
import { writeNoise } from '../write-noise.ts';
import { type SshRig, startSshd, whyNoSsh } from './ssh-rig.ts';

/** Shells that a person may have there; of these, those that are here. */
const SHELLS = ['sh', 'bash', 'dash', 'zsh', 'ksh', 'fish', 'tcsh'].filter((shell) => {
  try {
    execFileSync('which', [shell]);
    return true;
  } catch {
    return false;
  }
});

test('a program there is given its words, whatever is in them and whichever shell reads them', (context) => {
  const folder = temporaryFolder(context);
  const program = join(folder, `it's "a" \\ $HOME !`);
  writeFileSync(program, '#!/bin/sh\nfor word; do printf "%s\\n" "$word"; done\n', { mode: 0o755 });
  const words = [
    `it's`,
    '"',
    '\\',
    `\\'`,
    '$HOME',
    '`id`',
    '*',
    '',
    '--',
    'a b',
    '!x',
    'ü',
    ';',
    '~',
    '\\\\n',
  ];
  for (const shell of SHELLS) {
    const path = execFileSync('which', [shell], { encoding: 'utf8' }).trim();
    const given = execFileSync(shell, ['-c', remoteCommand(program, words)], {
      env: { ...process.env, SHELL: path, HOME: folder },
      encoding: 'utf8',
    });
    assert.deepEqual(given.split('\n').slice(0, -1), words, shell);
    const atHome = remoteCommand(`~/${program.slice(folder.length + 1)}`, ['x']);
    const env = { ...process.env, SHELL: path, HOME: folder };
    assert.equal(execFileSync(shell, ['-c', atHome], { env, encoding: 'utf8' }), 'x\n', shell);
  }
});

describe('a host that is reached by ssh', { skip: whyNoSsh() }, () => {
  let ssh: SshRig;
  let there: string;
  const before_ = process.env['PATH'];
  before(async () => {
    ssh = await startSshd({});
    there = join(ssh.folder, 'home');
    mkdirSync(there);
    symlinkSync(enginesFolder(kindlingHome()), join(there, 'engines'));
    process.env['PATH'] = ssh.path;
  });
  after(async () => {
    process.env['PATH'] = before_;
    await ssh.end();
  });
  /** A program on the host. */
  const program = (name: string, lines: readonly string[], mode = 0o755): string => {
    const file = join(ssh.folder, name);
    writeFileSync(file, `#!/bin/sh\n${lines.join('\n')}\n`);
    chmodSync(file, mode);
    return file;
  };
  const refusal = async (name: string | null): Promise<string> => {
    const error = await connectRelay({ host: ssh.host, program: name }).catch((reason: unknown) => reason);
    assert(error instanceof Error);
    return error.message;
  };

  test('what a shell says before does not matter, and what is there and missing is said', async (context) => {
    const here = temporaryFolder(context);
    writeNoise(dataFolder(here));
    const kindling = program('kindling', [
      `export KINDLING_HOME=${quoted(there)}`,
      `exec ${quoted(ssh.program)} "$@"`,
    ]);
    const asked = { executor: 'slurm', settings: {}, isProbed: false };
    const checks = await examineHost(here, { host: ssh.host, program: kindling }, asked);
    const said = new Map(checks.map(({ name, state, message }) => [name, `${state}: ${message}`]));
    assert.match(said.get('Host') ?? '', /^ok: cluster is reached by ssh; Kindling \S+ there, as here/);
    assert.match(said.get('Engine') ?? '', /^ok/);
    assert.match(said.get('Folder') ?? '', new RegExp(`^ok: ${there}/spools can be written`));
    // what is to be typed is typed here, for this host
    assert.match(said.get('Folder') ?? '', /`kindling doctor --executor slurm --host cluster --probe`/);
    assert.match(said.get('Data') ?? '', /^warning: shapes on cluster; of this machine noise is not there/);
  });

  test('each reason for which there is no connection is said, with what to do', async () => {
    assert.match(
      await refusal(join(ssh.folder, 'nowhere')),
      /nowhere was not found on cluster .*--host-program\.$/s,
    );
    assert.match(
      await refusal(program('no-node', [`exec env -i PATH=/nowhere /usr/bin/env node`])),
      /^Node was not found on cluster/,
    );
    assert.match(
      await refusal(program('old', ['echo "error: unknown command \'relay\'" >&2; exit 1'])),
      /another version/,
    );
    const hello = JSON.stringify({ type: 'hello', version: '0.0.1', home: '/' });
    const mark = RELAY_MARK.replace('\u001e', '\\036').replace('\n', '\\n');
    assert.match(
      await refusal(program('other', [`printf '${mark}'; echo '${hello}'; sleep 60`])),
      /^Kindling on cluster is version 0\.0\.1, this one is .*same version on both\.$/,
    );
    ssh.letIn(false);
    assert.match(
      await refusal(null),
      /^cluster lets nobody in from here without asking: .*ssh-copy-id cluster/,
    );
    ssh.letIn(true);
    ssh.isAway = true;
    assert.match(await refusal(null), /^cluster cannot be reached/);
    ssh.isAway = false;
    const known = readFileSync(join(ssh.folder, 'known'));
    writeFileSync(join(ssh.folder, 'known'), '');
    assert.match(await refusal(null), /^This machine does not know the key of cluster/);
    writeFileSync(join(ssh.folder, 'known'), known);
    await ssh.changeHostKey();
    assert.match(await refusal(null), /^The key of cluster is not the one .*ssh-keygen -R cluster/);
  });
});
