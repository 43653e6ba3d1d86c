import { isContinued, type CardSample, type MachineSample } from '../machine/machine-sample.ts';
import { counted } from '../counted.ts';
import { duration } from '../numbers.ts';
import type { Chart } from './chart.ts';
import { curvesChart } from './kinds/curves/chart.ts';
import type { CurveLine } from './kinds/curves/data.ts';
import { type Quantity, quantityOf } from './quantity.ts';

/** What the machine did while it trained: a chart for each quantity that was measured. */
export interface MachineCharts {
  readonly charts: readonly { readonly title: string; readonly lines: string; readonly chart: Chart }[];
  /** What was not measured, how exact the rest is, and what is left out of the time; sentences. */
  readonly notes: readonly string[];
}

/** One of the charts before it is drawn. */
interface Panel {
  readonly quantity: Quantity;
  readonly lines: readonly Line[];
  /** Values that its axis shows whatever is measured: none, and all that there is. */
  readonly shown: readonly number[];
}

interface Line {
  readonly label: string;
  readonly of: (sample: MachineSample) => number | null;
}

/** @param run whose trainer alone is shown beside the machine; null for all trainers */
export function machineCharts(samples: readonly MachineSample[], run: string | null): MachineCharts {
  const time = trainingTime(samples);
  // the trainers first, so that each has one colour in all charts
  const panels = [...trainerPanels(samples, run), ...machinePanels(samples), ...cardPanels(samples)];
  const drawn = joined(panels).flatMap(({ quantity, lines, shown }) => {
    const curves = lines.map((line) => curveOf(line, samples, time.at));
    const measured = curves.filter(({ y }) => y.some((value) => value !== null));
    if (measured.length === 0) return [];
    const data = {
      quantity,
      x: 'relative time',
      smoothing: 0,
      lines: measured,
      codes: null,
      account: null,
    } as const;
    const chart = curvesChart({ ...data, notes: [], shown }, { logX: false, logY: false });
    const labels = measured.map(({ label }) => label).join(', ');
    return [{ title: quantity.title, lines: labels, chart: { ...chart, reading: chart.table } }];
  });
  return { charts: drawn, notes: notesOf(samples, time.left) };
}

const number = { kind: 'number', better: null, range: 'not negative' } as const;
const share = { kind: 'share', better: null } as const;
const GIGABYTES = 1e-9;

function quantity(title: string, of: typeof number | typeof share, unit = ''): Quantity {
  const found = quantityOf({ key: title, title, short: title, ...of });
  return unit === '' ? found : { ...found, axis: `${title} (${unit})` };
}

function inGigabytes(title: string): Quantity {
  return { ...quantity(title, number, 'GB'), scale: GIGABYTES };
}

const CORES = quantity('cores at work', number);
const MEMORY = inGigabytes('memory in use');

function machinePanels(samples: readonly MachineSample[]): Panel[] {
  const last = samples.at(-1);
  return [
    {
      quantity: CORES,
      lines: [{ label: 'the whole machine', of: ({ busyCores }) => busyCores }],
      shown: [0, last?.cores ?? 0],
    },
    {
      quantity: MEMORY,
      lines: [{ label: 'the whole machine', of: ({ usedBytes }) => usedBytes }],
      shown: [0, last?.totalBytes ?? 0],
    },
  ];
}

type Told = NonNullable<MachineSample['trainers'][number]>;

function trainerPanels(samples: readonly MachineSample[], run: string | null): Panel[] {
  const places = Math.max(0, ...samples.map(({ trainers }) => trainers.length));
  const own = (of: (trainer: Told) => number): Line[] =>
    run === null
      ? Array.from({ length: places }, (_, place) => ({
          label: `trainer ${place + 1}`,
          of: ({ trainers }: MachineSample) => valueOf(trainers[place], of),
        }))
      : [
          {
            label: 'the trainer of this run',
            of: ({ trainers }) =>
              valueOf(
                trainers.find((trainer) => trainer?.run === run),
                of,
              ),
          },
        ];
  return [
    { quantity: CORES, lines: own(({ cores }) => cores), shown: [] },
    { quantity: MEMORY, lines: own(({ memoryBytes }) => memoryBytes), shown: [] },
    {
      quantity: quantity('images per second', number),
      lines: own(({ imagesPerSecond }) => imagesPerSecond),
      shown: [0],
    },
    {
      quantity: quantity('share of time waiting for data', share),
      lines: own(({ waitingShare }) => waitingShare),
      shown: [0],
    },
  ];
}

function valueOf(trainer: Told | null | undefined, of: (trainer: Told) => number): number | null {
  return trainer ? of(trainer) : null;
}

function cardPanels(samples: readonly MachineSample[]): Panel[] {
  const cards = samples.findLast((sample) => sample.cards.length > 0)?.cards ?? [];
  const linesOf = (of: (card: CardSample) => number | null): Line[] =>
    cards.map((card, place) => ({
      label: cards.length === 1 ? card.name : `${place}: ${card.name}`,
      of: (sample) => {
        const found = sample.cards[place];
        return found ? of(found) : null;
      },
    }));
  const memory = cards.map(({ totalBytes }) => totalBytes ?? 0);
  return [
    { quantity: quantity('GPU use', share), lines: linesOf(({ use }) => use), shown: [0, 1] },
    {
      quantity: inGigabytes('GPU memory in use'),
      lines: linesOf(({ usedBytes }) => usedBytes),
      shown: [0, ...memory],
    },
    {
      quantity: quantity('GPU temperature', number, '°C'),
      lines: linesOf(({ celsius }) => celsius),
      shown: [],
    },
    { quantity: quantity('GPU power', number, 'W'), lines: linesOf(({ watts }) => watts), shown: [0] },
  ];
}

/** Panels of one quantity are one. */
function joined(panels: readonly Panel[]): Panel[] {
  return [...Map.groupBy(panels, ({ quantity: of }) => of.title).values()].map((parts) => ({
    quantity: parts[0]?.quantity ?? CORES,
    lines: parts.flatMap(({ lines }) => lines),
    shown: parts.flatMap(({ shown }) => shown),
  }));
}

interface TrainingTime {
  /** Seconds of training at each sample; a gap stands before those at `breaks`. */
  readonly at: readonly { readonly seconds: number; readonly isContinued: boolean }[];
  /** Between the samples, when nothing trained. */
  readonly left: { readonly breaks: number; readonly seconds: number };
}

/** The time of the samples without what is between them, when nothing trained: a night's pause would leave no room for the rest. */
function trainingTime(samples: readonly MachineSample[]): TrainingTime {
  let seconds = 0;
  let breaks = 0;
  let left = 0;
  const at = samples.map((sample, place) => {
    const before = samples[place - 1];
    const goesOn = before === undefined || isContinued(before, sample);
    if (before && !goesOn) {
      breaks += 1;
      left += Math.max(0, (sample.at - before.at) / 1000 - sample.seconds);
    }
    seconds += sample.seconds;
    return { seconds, isContinued: goesOn };
  });
  return { at, left: { breaks, seconds: left } };
}

function curveOf({ label, of }: Line, samples: readonly MachineSample[], at: TrainingTime['at']): CurveLine {
  const x: number[] = [];
  const y: (number | null)[] = [];
  for (const [place, sample] of samples.entries()) {
    const { seconds = 0, isContinued: goesOn = true } = at[place] ?? {};
    if (!goesOn) {
      x.push(seconds - sample.seconds);
      y.push(null);
    }
    x.push(seconds);
    y.push(of(sample));
  }
  const alone = { runs: [], colour: null, places: null, raw: null, band: null, n: null, members: [] };
  return { key: label, label, ...alone, x, y };
}

function notesOf(samples: readonly MachineSample[], { breaks, seconds }: TrainingTime['left']): string[] {
  const period = Math.max(0, ...samples.map((sample) => sample.seconds));
  const cards = samples.findLast((sample) => sample.cards.length > 0)?.cards ?? [];
  const untold = new Set(cards.filter(({ use }) => use === null).map(({ name }) => name));
  return [
    `Each point is of ${duration(period)}: a mean, or of memory the most.`,
    breaks === 0 ? '' : `${counted(breaks, 'pause')} of ${duration(seconds)} in all left out of the time.`,
    samples.every(({ busyCores }) => busyCores === null)
      ? 'The system does not tell how busy its cores are.'
      : '',
    cards.length === 0 ? 'No NVIDIA GPU was found with nvidia-smi; others are not measured.' : '',
    untold.size === 0
      ? ''
      : `The driver does not say how busy ${[...untold].join(' and ')} is, as of a partitioned card (MIG).`,
  ].filter((note) => note !== '');
}
