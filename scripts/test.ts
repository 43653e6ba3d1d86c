import { globSync } from 'node:fs';
import path from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';
import { testGroups } from './test-groups.ts';

/** Two trainers' worth of TensorFlow fit a small machine; more only makes timings unsteady, and two cores no faster (measured: 90 % busy). */
const CONCURRENCY = 2;
const SLOW_MS = 3000;
/** A file that hangs must not hang the whole run. */
const FILE_TIMEOUT_MS = 4 * 60_000;

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const RESULTS = ['passed', 'failed', 'skipped'] as const;

/** What node:test says about one test; the published type leaves out what differs by event. */
interface TestEvent {
  readonly name: string;
  readonly nesting: number;
  readonly file?: string;
  readonly line?: number;
  readonly skip?: string | boolean;
  readonly todo?: string | boolean;
  readonly isFailed?: boolean;
  readonly details: { readonly duration_ms: number; readonly type?: string; readonly error?: Error };
}

/**
 * Runs test/**\/*.test.ts, each in a process of its own unless `testGroups` puts it to others, and prints one line per file, each
 * failure in full where it happens, then the slow tests, the failures again by name (a log is often cut from the front), and as the
 * last line `N passed, N failed, N skipped`.
 * @param filters keep only files whose path holds one of these; empty for all
 * @returns true when something passed and nothing failed
 */
export async function runTests(root: string, filters: readonly string[]): Promise<boolean> {
  const files = globSync('test/**/*.test.ts', { cwd: root })
    .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
    .sort();
  const groups = new Map(testGroups(root, files).map((group) => [group.entry, group.files]));
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  const slow: string[] = [];
  const failures: string[] = [];
  if (files.length > 0) {
    const entries = [...groups.keys()];
    const stream = run({ files: entries, cwd: root, concurrency: CONCURRENCY, timeout: FILE_TIMEOUT_MS });
    // What is said of one process comes together and ends with its summary.
    let told: TestEvent[] = [];
    const closeProcess = (entry: string, duration: number): void => {
      const own = groups.get(entry) ?? [];
      for (const [name, events] of Map.groupBy(told, (event) => fileOf(root, event, own))) {
        const isWhole = own.length === 1;
        printFile(name, countsOf(events), isWhole ? duration : durationOf(events));
        const slowHere = events.filter((event) => event.details.duration_ms > SLOW_MS && isTest(event));
        slow.push(
          ...slowHere.map((event) => `${seconds(event.details.duration_ms)}  ${name}: ${event.name}`),
        );
      }
      const counts = countsOf(told);
      for (const result of RESULTS) total[result] += counts[result];
      told = [];
    };
    for await (const { type, data } of stream) {
      if (type === 'test:pass') {
        const event = data as TestEvent;
        told.push(event);
        if (resultOf(event) === 'skipped')
          console.log(`- skipped: ${event.name}${typeof event.skip === 'string' ? ` (${event.skip})` : ''}`);
      } else if (type === 'test:fail') {
        const failed = { ...(data as TestEvent), isFailed: true };
        // a file whose process ended early is told as a test of its name, and has no summary
        const ended = groups.get(failed.name);
        const event = ended ? { ...failed, name: nameOf(ended) } : failed;
        told.push(event);
        printFailure(root, event);
        if (event.details.type !== 'suite')
          failures.push(`✖ ${event.name}  ${placeOf(root, event)}${endOf(event)}`);
        if (ended) closeProcess(failed.name, event.details.duration_ms);
      } else if (type === 'test:stderr' || type === 'test:stdout') {
        process.stdout.write((data as { message: string }).message);
      } else if (type === 'test:summary') {
        const { file, duration_ms: duration } = data as { file?: string; duration_ms: number };
        if (file !== undefined) closeProcess(file, duration);
      }
    }
  }
  if (slow.length > 0) console.log(`\nSlow tests:\n${slow.sort(byNumber).join('\n')}`);
  if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 && total.passed > 0;
}

/** The file of a test. Its own `file` is where `test` was called, which may be a module that several test files share. */
function fileOf(root: string, event: TestEvent, own: readonly string[]): string {
  if (own.length === 1 || event.file === undefined) return nameOf(own);
  const file = path.relative(root, event.file);
  // else it is what loads them
  return file.startsWith('test') ? file : nameOf(own);
}

function nameOf([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more in one process`;
}

/** A suite is only the sum of its tests, unless it is skipped as a whole; a file that could not run has no type. */
function isTest(event: TestEvent): boolean {
  return event.details.type !== 'suite' || resultOf(event) === 'skipped';
}

function resultOf(event: TestEvent): keyof Counts {
  if (event.isFailed === true) return 'failed';
  return isSet(event.skip) || isSet(event.todo) ? 'skipped' : 'passed';
}

function countsOf(events: readonly TestEvent[]): Counts {
  const results = events.filter(isTest).map(resultOf);
  const count = (wanted: keyof Counts): number => results.filter((result) => result === wanted).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

/** Of a file among others: what its tests took. */
function durationOf(events: readonly TestEvent[]): number {
  const own = events.filter(({ nesting }) => nesting === 0);
  return own.reduce((sum, event) => sum + event.details.duration_ms, 0);
}

function isSet(mark: string | boolean | undefined): boolean {
  return mark !== undefined && mark !== false;
}

function printFile(file: string, { passed, failed, skipped }: Counts, duration: number): void {
  const parts = [
    `${passed} passed`,
    ...(failed ? [`${failed} failed`] : []),
    ...(skipped ? [`${skipped} skipped`] : []),
  ];
  console.log(`${failed ? '✖' : '✔'} ${file}: ${parts.join(', ')} (${seconds(duration)})`);
}

function placeOf(root: string, event: TestEvent): string {
  return `${path.relative(root, event.file ?? '')}${event.line ? `:${event.line}` : ''}`;
}

/** How the process of a file ended, where that is what failed. */
function endOf({ details: { error } }: TestEvent): string {
  const { exitCode = null, signal = null } = (error ?? {}) as {
    exitCode?: number | null;
    signal?: string | null;
  };
  if (signal !== null) return `  ended by ${signal}`;
  return exitCode === null ? '' : `  ended with status ${exitCode}`;
}

function printFailure(root: string, event: TestEvent): void {
  const error = event.details.error;
  // node:test wraps what the test threw.
  const thrown = error?.cause ?? error;
  // The stack of an assertion begins with its message, which has the difference; the rest would repeat it.
  const isAssertion = thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_ASSERTION';
  const text = isAssertion ? (thrown.stack ?? thrown.message) : inspect(thrown, { depth: 6 });
  console.log(`\n✖ ${event.name}\n  ${placeOf(root, event)}\n${indent(text)}\n`);
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function byNumber(a: string, b: string): number {
  return Number.parseFloat(b) - Number.parseFloat(a);
}
