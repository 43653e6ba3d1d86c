import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import zlib from 'node:zlib';
import { type PackedCopy, PartsHash } from '../../../src-main/copies/packed-copy.ts';
import { readCopy } from '../../../src-main/copies/read-copy.ts';
import { COPY_BEGIN, COPY_END } from '../../../src-main/copies/report-marks.ts';
import type { CopiedRuns } from '../../../src-shared/studies/study-copy.ts';
import { temporaryFolder } from '../store/sample-study.ts';
import { fillWhole, writeReport } from './study-report.ts';

/** Bytes that a part may unpack to. */
const MOST = 2e6;

test('a report that is cut off, changed, hostile, of a later format or without a study is refused by name', async (t) => {
  const folder = temporaryFolder(t);
  const store = join(folder, 'kindling.sqlite');
  fillWhole(store);
  const page = readFileSync(await writeReport(store, folder), 'utf8');
  const begin = page.lastIndexOf(COPY_BEGIN) + COPY_BEGIN.length;
  const end = page.indexOf(COPY_END, begin);
  const packed = JSON.parse(page.slice(begin, end)) as PackedCopy;
  const refuses = (text: string, message: RegExp, name = 'bad.html'): void => {
    writeFileSync(join(folder, name), text);
    assert.throws(
      () => readCopy(join(folder, name), { mostUnpacked: MOST }),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, 'data-invalid');
        assert.match(error.message, message);
        assert.match(
          error.message,
          new RegExp(`^${name.replace('.', String.raw`\.`)} .*Nothing was opened\\.$`),
        );
        return true;
      },
    );
  };
  const withCopy = (content: unknown): string =>
    page.slice(0, begin) + JSON.stringify(content) + page.slice(end);
  const { parts } = packed;
  /** With a right hash, as somebody might write it. */
  const withRuns = (change: (runs: CopiedRuns) => void): string => {
    const runs = JSON.parse(zlib.gunzipSync(Buffer.from(parts.runs, 'base64')).toString()) as CopiedRuns;
    change(runs);
    const bytes = Buffer.from(JSON.stringify(runs));
    const hash = new PartsHash();
    hash.add('runs', bytes);
    return withCopy({
      ...packed,
      sha256: hash.text(),
      parts: { runs: zlib.gzipSync(bytes).toString('base64') },
    });
  };

  refuses(page.slice(0, end - 10), /is cut off/);
  refuses(page.slice(0, begin - 200), /is cut off/);
  refuses(page.slice(0, begin - COPY_BEGIN.length) + page.slice(end), /holds no study: an earlier version/);
  refuses('# told\n', /only a report as HTML does/, 'told.md');
  refuses('<!doctype html><html></html>', /is no report of Kindling/);
  refuses(withCopy({ ...packed, sha256: '0'.repeat(64) }), /was changed or damaged/);
  refuses(page.slice(0, begin) + page.slice(begin + 5), /was changed or damaged/);
  refuses(
    withCopy({ ...packed, parts: { ...parts, steps: `${parts.steps?.slice(0, 40)}` } }),
    /changed or damaged/,
  );
  const fewer = { runs: parts.runs };
  refuses(withCopy({ ...packed, parts: fewer }), /was changed or damaged/);
  refuses(
    withCopy({ format: 2, version: '9.1.0', study: {} }),
    /was written by Kindling 9\.1\.0, whose reports this version .* cannot open: update/,
  );
  const bomb = zlib.gzipSync(Buffer.alloc(MOST + 1)).toString('base64');
  refuses(withCopy({ ...packed, parts: { runs: bomb } }), /unpacks to more than 2 MB/);

  const first = (runs: CopiedRuns): CopiedRuns['runs'][number] => {
    const [run] = runs.runs;
    assert.ok(run);
    return run;
  };
  readCopyOf(withRuns(() => undefined));
  // folders are named after runs
  refuses(
    withRuns((runs) => Object.assign(first(runs), { id: '../../x' })),
    /cannot read \(runs, runs\.0\.id/,
  );
  refuses(
    withRuns((runs) => Object.assign(runs.study, { name: '../x' })),
    /cannot read \(runs, study\.name/,
  );
  refuses(
    withRuns((runs) => runs.runs.push(first(runs))),
    /the ids of its runs/,
  );
  refuses(
    withRuns((runs) => Object.assign(first(runs), { cell: 99 })),
    /the cell of run/,
  );
  refuses(
    withRuns((runs) => Object.assign(first(runs), { state: 'running' })),
    /runs\.0\.state/,
  );
  refuses(
    withRuns((runs) => Object.assign(first(runs), { testAccuracy: null })),
    /the result of run/,
  );
  refuses(
    withRuns((runs) => Object.assign(first(runs), { retryOf: first(runs).id })),
    /what run .* repeats/,
  );
  refuses(
    withRuns((runs) => runs.runs.push({ ...first(runs), id: '22222222' })),
    /the seeds of its cells/,
  );
  assert.throws(() => readCopy(join(folder, 'none.html')), { code: 'not-found' });

  function readCopyOf(text: string): void {
    writeFileSync(join(folder, 'good.html'), text);
    assert.equal(readCopy(join(folder, 'good.html')).from.version, packed.version);
  }
});
