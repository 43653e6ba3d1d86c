import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import zlib from 'node:zlib';
import { addDataset } from '../../../src-main/datasets/add-dataset.ts';
import type { OfficialDataset } from '../../../src-main/datasets/catalogue.ts';
import { openDataset } from '../../../src-main/datasets/open-dataset.ts';
import type { DatasetProgress } from '../../../src-main/datasets/progress.ts';
import { temporaryFolder } from './temporary-folder.ts';

const CLASSES = ['zero', 'one', 'two'];
const [TRAINING, TEST] = [30, 12];

/** As MNIST's page describes them: image n has the value n everywhere, labels go round. */
function idx(count: number, side: number | null): Buffer {
  const head = side === null ? [0x801, count] : [0x803, count, side, side];
  const numbers = Buffer.alloc(4 * head.length);
  for (const [place, number] of head.entries()) numbers.writeUInt32BE(number, 4 * place);
  const items = Array.from({ length: count }, (_, item) =>
    side === null ? Buffer.of(item % CLASSES.length) : Buffer.alloc(side * side, item),
  );
  return zlib.gzipSync(Buffer.concat([numbers, ...items]));
}

const FILES = new Map([
  ['train-images-idx3-ubyte.gz', idx(TRAINING, 28)],
  ['train-labels-idx1-ubyte.gz', idx(TRAINING, null)],
  ['t10k-images-idx3-ubyte.gz', idx(TEST, 28)],
  ['t10k-labels-idx1-ubyte.gz', idx(TEST, null)],
]);

/** A data set that a server of this machine publishes. @param lacking a file that it does not have at first */
async function publish(context: TestContext, lacking: { name: string | null }) {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    const name = path.posix.basename(request.url ?? '');
    asked.push(name);
    const file = name === lacking.name ? undefined : FILES.get(name);
    if (!file) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-length': file.length }).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/published/`;
  const official: OfficialDataset = {
    ...{ name: 'mnist', title: 'a small one', classes: CLASSES, shape: [28, 28, 1] },
    ...{ trainingCount: TRAINING, testCount: TEST },
    files: [...FILES].map(([name, content]) => ({
      ...{ url: `${base}${name}`, bytes: content.length },
      checksum: { algorithm: 'md5', value: createHash('md5').update(content).digest('hex') },
    })),
  };
  return { asked, published: (name: string) => (name === official.name ? official : undefined) };
}

test('a data set is downloaded, checked, prepared and kept, and only then its files are removed', async (context) => {
  const dataRoot = temporaryFolder(context);
  const lacking: { name: string | null } = { name: 't10k-labels-idx1-ubyte.gz' };
  const { asked, published } = await publish(context, lacking);
  const seen: DatasetProgress[] = [];
  const task = { dataRoot, published, onProgress: (progress: DatasetProgress) => seen.push(progress) };
  // what came before a file that the server lacks is there for the next attempt, and no data set
  await assert.rejects(addDataset('mnist', task), {
    code: 'data-missing',
    message: /t10k-labels-idx1-ubyte\.gz: the server answered 404/,
  });
  assert.deepEqual(fs.readdirSync(dataRoot), ['.downloads']);
  assert.equal(fs.readdirSync(path.join(dataRoot, '.downloads', 'mnist')).length, 3);
  lacking.name = null;
  const description = await addDataset('mnist', task);
  assert.deepEqual(asked.slice(4), ['t10k-labels-idx1-ubyte.gz']);
  assert.deepEqual(
    [description.classes, description.trainingCount, description.testCount, description.shape],
    [CLASSES, TRAINING, TEST, [28, 28, 1]],
  );
  assert.deepEqual(description.classCounts, { training: [10, 10, 10], test: [4, 4, 4] });
  // it is what its authors published, so nothing is to be said of checksums
  assert.ok(!JSON.stringify(description.remarks).includes('checksum'));
  const opened = openDataset(path.join(dataRoot, 'mnist'));
  opened.verify();
  assert.equal(opened.description.hash, description.hash);
  const training = fs.readFileSync(path.join(dataRoot, 'mnist', 'training.bin'));
  assert.deepEqual([...training.subarray(2 * TRAINING).subarray(7 * 784, 7 * 784 + 2)], [7, 7]);
  assert.ok(!fs.existsSync(path.join(dataRoot, '.downloads', 'mnist')));
  const downloads = seen.filter(({ phase }) => phase === 'download');
  for (const [name, content] of FILES)
    assert.ok(
      downloads.some(({ what, done, total }) => what === name && done === content.length && total === done),
      name,
    );
  assert.ok(seen.at(-1)?.phase !== 'download');
  // what is there is not asked for again
  await addDataset('mnist', task);
  assert.equal(asked.length, 5);
});

test('a download that is not what was published becomes no data set', async (context) => {
  const dataRoot = temporaryFolder(context);
  const { published } = await publish(context, { name: null });
  const official = published('mnist');
  assert.ok(official);
  const other = {
    ...official,
    files: official.files.map((file) => ({
      ...file,
      checksum: { algorithm: 'md5', value: '0'.repeat(32) } as const,
    })),
  };
  await assert.rejects(addDataset('mnist', { dataRoot, published: () => other }), {
    code: 'data-invalid',
    message: /the checksum differs .* The file was removed\./,
  });
  assert.deepEqual(fs.readdirSync(path.join(dataRoot, '.downloads', 'mnist')), []);
  assert.ok(!fs.existsSync(path.join(dataRoot, 'mnist')));
});
