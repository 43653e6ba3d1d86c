import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calledCommand, createProgram, everyCommand } from '../../../src-main/cli/program.ts';
import { kindling } from './command-line.ts';

const READING = ['list', 'show', 'describe', 'families', 'doctor'];

const all = everyCommand(await createProgram());

for (const command of all) {
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
  for (const command of all.filter((each) => READING.includes(each.name()))) {
    assert.ok(
      command.options.some(({ long }) => long === '--json'),
      command.name(),
    );
  }
});

test('of the commands only the one that is called is loaded; all where one cannot tell', async () => {
  const loaded = async (...words: string[]): Promise<string[]> => {
    const { commands } = await createProgram(calledCommand(words));
    return commands.map((command) => command.name());
  };
  assert.deepEqual(await loaded('run', 'list'), ['run']);
  assert.deepEqual(await loaded('--store', 'study', 'run', 'list'), ['run']);
  const names = all.filter(({ parent }) => parent === all[0]).map((command) => command.name());
  assert.deepEqual(names.slice(0, 2), ['study', 'run']);
  for (const words of [
    [],
    ['--store=a', 'run'],
    ['--help'],
    ['--help', 'run'],
    ['help', 'run'],
    ['ru'],
    ['constructor'],
    ['completion'],
  ])
    assert.deepEqual(await loaded(...words), names, words.join(' '));
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
