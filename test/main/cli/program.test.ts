import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProgram, everyCommand } from '../../../src-main/cli/program.ts';
import { kindling } from './command-line.ts';

const READING = ['list', 'show', 'describe', 'families', 'doctor'];

for (const command of everyCommand(createProgram())) {
  test(`\`${command.name()}\` has a description and an example in its help`, () => {
    let help = '';
    command.configureOutput({ writeOut: (text) => (help += text) });
    command.outputHelp();
    assert.ok(command.description().length > 0);
    assert.match(help, /Examples?:\n {2}\$ kindling /);
    if (command.parent !== null) assert.match(help, /--store <file>/);
  });
}

test('every command that reads has --json', () => {
  for (const command of everyCommand(createProgram()).filter((each) => READING.includes(each.name()))) {
    assert.ok(
      command.options.some(({ long }) => long === '--json'),
      command.name(),
    );
  }
});

test('an unknown command suggests the nearest and leaves with status 2', () => {
  const { status, stdout, stderr } = kindling(['enginee']);
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /^kindling: unknown command 'enginee'\n\(Did you mean engine\?\)/);
  assert.match(kindling(['engine', 'lst']).stderr, /Did you mean list\?/);
});

test('an unknown option suggests the nearest and leaves with status 2', () => {
  const { status, stderr } = kindling(['network', 'describe', '--famly', 'alexnet']);
  assert.equal(status, 2);
  assert.match(stderr, /Did you mean --family\?/);
});

test('a problem is one message without a stack, with status 1', () => {
  const { status, stdout, stderr } = kindling(['network', 'describe', '--set', 'sr=0']);
  assert.equal(status, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /^kindling: network\.sr: 0 is not accepted; it must be .*\n$/);
});

test('help and version leave with status 0', () => {
  assert.equal(kindling(['--help']).status, 0);
  assert.match(kindling(['--version']).stdout, /^\d+\.\d+\.\d+\n$/);
});
