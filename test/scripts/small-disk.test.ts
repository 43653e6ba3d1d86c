import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { canMount, mountDisk, unmountDisk } from '../../scripts/torture/small-disk.ts';

const MODULE = new URL('../../scripts/torture/small-disk.ts', import.meta.url).href;
const isMounted = (folder: string): boolean => readFileSync('/proc/mounts', 'utf8').includes(` ${folder} `);

test(
  'the disk of a program that was killed is unmounted by the next one that mounts one, and no other',
  { skip: canMount() ? false : 'only root can mount' },
  (context) => {
    const root = mkdtempSync(join(tmpdir(), 'kindling-disk-'));
    const [killed = '', own = '', next = ''] = ['killed', 'own', 'next'].map((name) => join(root, name));
    for (const folder of [killed, own, next]) mkdirSync(folder);
    context.after(() => {
      for (const folder of [killed, own, next]) unmountDisk(folder);
      rmSync(root, { recursive: true });
    });
    mountDisk(own, '1m');
    const program = `(await import('${MODULE}')).mountDisk('${killed}', '1m')`;
    execFileSync(process.execPath, ['--input-type=module', '--eval', program]);
    assert(isMounted(killed), 'it ended without unmounting');
    mountDisk(next, '1m');
    assert.deepEqual([killed, own, next].map(isMounted), [false, true, true]);
    assert(statfsSync(next).blocks * statfsSync(next).bsize <= 2 ** 20);
  },
);
