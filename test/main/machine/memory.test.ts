import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { totalmem, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { mainMemory } from '../../../src-main/machine/memory.ts';

const MIB = 2 ** 20;
const MEMINFO = `MemTotal:        1048576 kB
MemFree:           10240 kB
MemAvailable:     524288 kB
`;

/** A file system that has only these. */
function rootOf(context: TestContext, files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'kindling-memory-'));
  context.after(() => rmSync(root, { recursive: true }));
  for (const [path, text] of Object.entries({ 'proc/meminfo': MEMINFO, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const skip = process.platform !== 'linux' && 'the files are those of Linux';

test('what could be given back at once counts as free, and no group limits it', { skip }, (context) => {
  const root = rootOf(context, {
    'proc/self/cgroup': '0::/user.slice/session\n',
    'sys/fs/cgroup/user.slice/session/memory.max': 'max\n',
    'sys/fs/cgroup/user.slice/session/memory.current': '1000\n',
  });
  assert.deepEqual(mainMemory(root), { totalBytes: 1024 * MIB, freeBytes: 512 * MIB });
});

test('the limit of a group holds for those within it, less what is in use there', { skip }, (context) => {
  const root = rootOf(context, {
    'proc/self/cgroup': '0::/job/step\n',
    'sys/fs/cgroup/job/step/memory.max': 'max\n',
    'sys/fs/cgroup/job/memory.max': `${400 * MIB}\n`,
    'sys/fs/cgroup/job/memory.current': `${300 * MIB}\n`,
    'sys/fs/cgroup/job/memory.stat': `anon 1\ninactive_file ${50 * MIB}\n`,
  });
  assert.deepEqual(mainMemory(root), { totalBytes: 400 * MIB, freeBytes: 150 * MIB });
});

test(
  'groups of the first version are read as well; one without a limit has a very large one',
  { skip },
  (context) => {
    const files = {
      'proc/self/cgroup': '5:devices:/\n4:memory:/docker/a\n0::/\n',
      'sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
      'sys/fs/cgroup/memory/docker/a/memory.limit_in_bytes': `${600 * MIB}\n`,
      'sys/fs/cgroup/memory/docker/a/memory.usage_in_bytes': `${500 * MIB}\n`,
      'sys/fs/cgroup/memory/docker/a/memory.stat': `inactive_file 1\ntotal_inactive_file ${100 * MIB}\n`,
    };
    assert.deepEqual(mainMemory(rootOf(context, files)), { totalBytes: 600 * MIB, freeBytes: 200 * MIB });
  },
);

test('this machine has memory', () => {
  const { totalBytes, freeBytes } = mainMemory();
  assert.ok(totalBytes > 0 && totalBytes <= totalmem());
  assert.ok(freeBytes === null || (freeBytes > 0 && freeBytes <= totalBytes));
});
