import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { completionScript } from '../../../src-main/cli/completion/script.ts';
import { createProgram, everyCommand } from '../../../src-main/cli/program.ts';

const program = await createProgram();

/** What bash itself offers after these words. */
function bashOffers(...words: string[]): string[] {
  const list = ['kindling', ...words].map((word) => `'${word}'`).join(' ');
  const script = `${completionScript(program, 'bash')}
    COMP_WORDS=(${list}); COMP_CWORD=${words.length}; _kindling; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  assert.equal(stderr, '');
  return stdout.split('\n').filter(Boolean);
}

test('bash completes commands, subcommands, choices and options', () => {
  assert.deepEqual(bashOffers('eng'), ['engine']);
  assert.deepEqual(bashOffers('engine', 'in'), ['install']);
  assert.deepEqual(bashOffers('engine', 'install', 'g'), ['gpu', 'gpu-nodes']);
  assert.deepEqual(bashOffers('network', 'describe', '--in'), ['--input']);
  assert.deepEqual(bashOffers('run', 'list', '--sto'), ['--store']);
  assert.deepEqual(bashOffers('--store', 'file', 'doc'), ['doctor']);
});

for (const shell of ['bash', 'zsh', 'fish'] as const) {
  test(`the ${shell} script holds every command`, () => {
    const script = completionScript(program, shell);
    for (const command of everyCommand(program).slice(1))
      assert.ok(script.includes(command.name()), command.name());
  });

  const present = spawnSync(shell, ['-c', 'true']).status === 0;
  test(`${shell} reads its script`, { skip: present ? false : `${shell} is not installed` }, () => {
    const { status, stderr } = spawnSync(shell, ['-n'], {
      input: completionScript(program, shell),
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
  });
}
