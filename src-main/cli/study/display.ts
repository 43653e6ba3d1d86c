import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import { counted } from '../../../src-shared/counted.ts';
import { aboutDuration, withPlainSpaces } from '../../../src-shared/numbers.ts';

/** A run in progress. */
export interface RunningRun {
  readonly id: string;
  /** Factors and seed. */
  readonly label: string;
  /** Null where it makes none just now: they stay as they were. */
  readonly steps: { readonly done: number; readonly total: number } | null;
  /** The figures of the moment. */
  readonly detail: string;
}

export interface StudyTotals {
  readonly study: string;
  /** Runs that have ended, in whatever way, of all that this start has to do. */
  readonly done: number;
  readonly total: number;
  /** If a rule adds as many seeds as it may. */
  readonly mostTotal: number;
  /** Trainers that are not ready yet. */
  readonly starting: number;
  /** Seconds until the last run ends, also if there are the most; null until there is something to reckon from. */
  readonly remaining: { readonly least: number | null; readonly most: number | null };
  /** Who trains elsewhere, in words; null where this machine trains. */
  readonly workers: string | null;
  /** The best cell so far, in words; null before the first complete run. */
  readonly best: string | null;
}

/** What a study in progress looks like. All methods may be called as often as news comes. */
export interface StudyDisplay {
  readonly run: (run: RunningRun) => void;
  /** The run's bar goes; a line that says how it ended stays. */
  readonly runEnded: (id: string, line: string) => void;
  /** What is done before the first trainer. */
  readonly preparing: (what: string, secondsLeft: number | null) => void;
  readonly totals: (totals: StudyTotals) => void;
  readonly line: (text: string) => void;
  readonly end: () => void;
}

/** How often a run in progress gets a line where there are no bars. */
const LINE_EVERY_MS = 60_000;

/** Bars on a terminal; elsewhere a plain line for each run that begins or ends, and once a minute between. */
export function studyDisplay(stream: NodeJS.WriteStream): StudyDisplay {
  return stream.isTTY ? barDisplay(stream) : lineDisplay(stream);
}

function barDisplay(stream: NodeJS.WriteStream): StudyDisplay {
  const bars = new MultiBar(
    {
      format: '{bar} {percentage} %  {label}  {detail}',
      stream,
      barsize: 20,
      fps: 5,
      hideCursor: true,
      linewrap: true,
      clearOnComplete: true,
      emptyOnZero: true,
      // Ctrl-C is handled by the command.
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  const study = bars.create(1, 0, { label: '', detail: '' });
  const runs = new Map<string, SingleBar>();
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    process.off('exit', end);
    // draws what has been logged since the last time; `stop` alone would drop it
    bars.remove(study);
    bars.stop();
  };
  // a third Ctrl-C leaves without ending: the cursor comes back all the same
  process.once('exit', end);
  return {
    run({ id, label, steps, detail }) {
      const bar = runs.get(id) ?? bars.create(1, 0, { label, detail });
      runs.set(id, bar);
      if (steps === null) return bar.update({ label, detail });
      bar.setTotal(steps.total);
      bar.update(steps.done, { label, detail });
    },
    runEnded(id, line) {
      const bar = runs.get(id);
      if (bar) bars.remove(bar);
      runs.delete(id);
      bars.log(`${withPlainSpaces(line)}\n`);
    },
    preparing: (what, secondsLeft) =>
      // what is cut off where the line is short is not the time
      study.update(0, { label: secondsLeft === null ? '' : leftText(secondsLeft), detail: what }),
    totals(totals) {
      study.setTotal(Math.max(1, totals.total));
      study.update(totals.done, { label: totals.study, detail: totalsText(totals) });
    },
    line: (text) => bars.log(`${withPlainSpaces(text)}\n`),
    end,
  };
}

function lineDisplay(stream: NodeJS.WriteStream): StudyDisplay {
  const told = new Map<string, number>();
  let latest: StudyTotals | null = null;
  let prepared = '';
  const line = (text: string): void => void stream.write(`${withPlainSpaces(text)}\n`);
  return {
    run({ id, label, steps, detail }) {
      const now = performance.now();
      const before = told.get(id);
      if (before !== undefined && now - before < LINE_EVERY_MS) return;
      told.set(id, now);
      if (before === undefined) line(`begun: ${label}`);
      else line(`${label}: ${steps === null ? '' : `step ${steps.done} of ${steps.total}, `}${detail}`);
    },
    runEnded(id, text) {
      told.delete(id);
      line(text);
    },
    preparing(what) {
      if (what !== prepared) line(`${what} …`);
      prepared = what;
    },
    totals(totals) {
      if (latest !== null && totals.done !== latest.done) line(`${totals.study}: ${totalsText(totals)}`);
      latest = totals;
    },
    line,
    end: () => undefined,
  };
}

function leftText(seconds: number): string {
  return `${aboutDuration(seconds)} left`;
}

function totalsText({ done, total, mostTotal, starting, remaining, workers, best }: StudyTotals): string {
  const { least, most } = remaining;
  const left =
    least !== null
      ? most === null || mostTotal === total
        ? leftText(least)
        : `${aboutDuration(least, most)} left`
      : starting > 0
        ? `starting ${counted(starting, 'trainer')}`
        : 'estimating the time left';
  const parts = [
    `${done} of ${mostTotal > total ? `${total} to ${mostTotal}` : total} runs`,
    // what a cluster's program says may be several lines
    ...(workers === null ? [] : [workers.trim().replaceAll(/\s*\n\s*/g, '; ')]),
    ...(done === total ? [] : [left]),
    ...(best === null ? [] : [`best: ${best}`]),
  ];
  return parts.join(', ');
}
