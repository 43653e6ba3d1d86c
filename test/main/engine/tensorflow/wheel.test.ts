import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import {
  downloadWheel,
  extractWheel,
} from '../../../../src-main/engine/engines/tensorflow/provisioning/wheel.ts';

const folder = mkdtempSync(join(tmpdir(), 'kindling-wheel-'));
after(() => rmSync(folder, { recursive: true }));

function wheel(name: string, members: Record<string, string>): string {
  const file = join(folder, name);
  writeFileSync(
    file,
    zipSync(Object.fromEntries(Object.entries(members).map(([path, text]) => [path, strToU8(text)]))),
  );
  return file;
}

test('only the members that match are extracted, with progress in bytes', async () => {
  const file = wheel('a.whl', {
    'tensorflow/lib.so': 'library',
    'tensorflow/other.py': 'no',
    'x/tensorflow/lib.so': 'no',
  });
  const target = join(folder, 'a');
  const seen: (number | null)[] = [];
  await extractWheel(file, target, ['tensorflow/lib.*'], {
    onProgress: ({ done, total }) => seen.push(done, total),
  });
  assert.equal(readFileSync(join(target, 'tensorflow/lib.so'), 'utf8'), 'library');
  assert.equal(existsSync(join(target, 'tensorflow/other.py')), false);
  assert.equal(existsSync(join(target, 'x')), false);
  assert.deepEqual(seen, [7, 7]);
});

test('a wheel whose content does not match its checksum is refused', async () => {
  const file = wheel('b.whl', { 'tensorflow/lib.so': 'library '.repeat(100) });
  const bytes = readFileSync(file);
  // Inside the compressed data, behind the 30 bytes of the header and the name.
  bytes.writeUInt8(bytes.readUInt8(50) ^ 0xff, 50);
  writeFileSync(file, bytes);
  await assert.rejects(extractWheel(file, join(folder, 'b'), ['.*'], {}), { code: 'engine-invalid' });
});

test('a wheel with a path outside its folder is refused', async () => {
  const file = wheel('c.whl', { '../escaped': 'text' });
  await assert.rejects(extractWheel(file, join(folder, 'c'), ['.*'], {}), {
    message: /outside its own folder/,
  });
  assert.equal(existsSync(join(folder, 'escaped')), false);
});

test('a wheel without any of the members is refused', async () => {
  const file = wheel('d.whl', { 'README.txt': 'text' });
  await assert.rejects(extractWheel(file, join(folder, 'd'), ['tensorflow/.*'], {}), {
    code: 'engine-invalid',
  });
});

test('a package that pip cannot find is a problem that names it and the other way', async () => {
  const index = process.env['PIP_INDEX_URL'];
  // Port 9 answers nothing: pip fails at once and no registry is asked.
  process.env['PIP_INDEX_URL'] = 'http://127.0.0.1:9/simple';
  process.env['PIP_RETRIES'] = '0';
  try {
    await assert.rejects(downloadWheel('tensorflow-cpu>=2.16,<3', join(folder, 'e'), {}), {
      code: 'engine-missing',
      message: /tensorflow-cpu>=2\.16,<3[^]*--wheel FILE/,
    });
  } finally {
    if (index === undefined) delete process.env['PIP_INDEX_URL'];
    else process.env['PIP_INDEX_URL'] = index;
    delete process.env['PIP_RETRIES'];
  }
});
