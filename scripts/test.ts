import { globSync } from 'node:fs';
import path from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';

/** Two trainers' worth of TensorFlow fit a small machine; more only makes timings unsteady. */
const CONCURRENCY = 2;
const SLOW_MS = 3000;
/** A file that hangs must not hang the whole run. */
const FILE_TIMEOUT_MS = 4 * 60_000;

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** What node:test says about one test; the published type leaves out what differs by event. */
interface TestEvent {
  readonly name: string;
  readonly nesting: number;
  readonly file?: string;
  readonly line?: number;
  readonly skip?: string | boolean;
  readonly todo?: string | boolean;
  readonly details: { readonly duration_ms: number; readonly type?: string; readonly error?: Error };
}

/**
 * Runs test/**\/*.test.ts and prints one line per file, each failure in full where it happens, then the slow tests, the
 * failures again by name (a log is often cut from the front), and as the last line `N passed, N failed, N skipped`.
 * @param filters keep only files whose path holds one of these; empty for all
 * @returns true when something passed and nothing failed
 */
export async function runTests(root: string, filters: readonly string[]): Promise<boolean> {
  const files = globSync('test/**/*.test.ts', { cwd: root })
    .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
    .sort()
    .map((file) => path.join(root, file));
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  const slow: string[] = [];
  const failures: string[] = [];
  if (files.length > 0) {
    const stream = run({ files, cwd: root, concurrency: CONCURRENCY, timeout: FILE_TIMEOUT_MS });
    // What is said of one file comes together and ends with its summary. A test's own `file` is where `test` was called,
    // which may be a module that several test files share.
    let counts: Counts = { passed: 0, failed: 0, skipped: 0 };
    let slowHere: TestEvent[] = [];
    const count = (event: TestEvent, result: keyof Counts): void => {
      // A suite is only the sum of its tests, unless it is skipped as a whole; a file that could not run has no type.
      if (event.details.type === 'suite' && result !== 'skipped') return;
      counts[result]++;
      total[result]++;
      if (event.details.duration_ms > SLOW_MS) slowHere.push(event);
    };
    const closeFile = (file: string, duration: number): void => {
      const name = path.relative(root, file);
      printFile(name, counts, duration);
      slow.push(...slowHere.map((event) => `${seconds(event.details.duration_ms)}  ${name}: ${event.name}`));
      counts = { passed: 0, failed: 0, skipped: 0 };
      slowHere = [];
    };
    for await (const { type, data } of stream) {
      if (type === 'test:pass') {
        const event = data as TestEvent;
        const skipped = isSet(event.skip) || isSet(event.todo);
        count(event, skipped ? 'skipped' : 'passed');
        if (skipped)
          console.log(`- skipped: ${event.name}${typeof event.skip === 'string' ? ` (${event.skip})` : ''}`);
      } else if (type === 'test:fail') {
        const event = data as TestEvent;
        count(event, 'failed');
        printFailure(root, event);
        if (event.details.type !== 'suite')
          failures.push(`✖ ${event.name}  ${placeOf(root, event)}${endOf(event)}`);
        // a file whose process ended early is told as a test of its name, and has no summary
        if (files.includes(event.name)) closeFile(event.name, event.details.duration_ms);
      } else if (type === 'test:stderr' || type === 'test:stdout') {
        process.stdout.write((data as { message: string }).message);
      } else if (type === 'test:summary') {
        const { file, duration_ms: duration } = data as { file?: string; duration_ms: number };
        if (file !== undefined) closeFile(file, duration);
      }
    }
  }
  if (slow.length > 0) console.log(`\nSlow tests:\n${slow.sort(byNumber).join('\n')}`);
  if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 && total.passed > 0;
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
