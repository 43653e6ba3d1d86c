import { Presets, SingleBar } from 'cli-progress';

/** One step of something long: a download, an extraction. */
export interface Step {
  /** e.g. `downloading cifar-10-binary.tar.gz` */
  readonly title: string;
  /** Done and in all; null where the step has no measure. */
  readonly done: number | null;
  readonly total: number | null;
  /** What is said beside the bar, e.g. `12,000 images`. */
  readonly note: string;
}

export interface StepDisplay {
  readonly show: (step: Step) => void;
  readonly end: () => void;
}

/** Shows steps as bars on a terminal, and as one line per step and quarter elsewhere. */
export function stepDisplay(stream: NodeJS.WriteStream): StepDisplay {
  return stream.isTTY ? barDisplay(stream) : lineDisplay(stream);
}

function barDisplay(stream: NodeJS.WriteStream): StepDisplay {
  let bar: SingleBar | null = null;
  let title = '';
  const end = (): void => {
    bar?.stop();
    bar = null;
  };
  const show = (step: Step): void => {
    if (step.title !== title) {
      end();
      title = step.title;
      if (step.total === null) stream.write(`${title} …\n`);
    }
    if (step.total === null || step.done === null) return;
    if (bar === null) {
      bar = new SingleBar(
        { format: '{title}  {bar} {percentage} %  {note}', stream, hideCursor: true, barsize: 24 },
        Presets.shades_classic,
      );
      bar.start(step.total, 0, { title, note: '' });
    }
    bar.update(Math.min(step.done, step.total), { title, note: step.note });
  };
  return { show, end };
}

function lineDisplay(stream: NodeJS.WriteStream): StepDisplay {
  let last = '';
  const show = ({ title, done, total }: Step): void => {
    const quarter = total && done !== null ? Math.floor((4 * done) / total) * 25 : null;
    const line = quarter ? `${title}: ${quarter} %` : title;
    if (line !== last) stream.write(`${line}\n`);
    last = line;
  };
  return { show, end: () => undefined };
}
