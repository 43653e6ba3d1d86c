import { workersText } from '../../../src-shared/contract/elsewhere-text.ts';
import { counted } from '../../../src-shared/counted.ts';
import { andList } from '../../../src-shared/lists.ts';
import { assertNever } from '../../../src-shared/assert-never.ts';
import type { BestSoFar, ExecutionEvent, RunLabel } from '../../../src-shared/contract/api/execution.ts';
import { goingOnText } from '../../../src-shared/runs/going-on-text.ts';
import { decisionText } from '../../../src-shared/studies/decision-text.ts';
import { cellText } from '../../../src-shared/studies/factor-text.ts';
import { duration, fixed, lossText, speedText } from '../../../src-shared/numbers.ts';
import { resultText } from '../run/list.ts';
import type { StudyDisplay } from './display.ts';

/**
 * Turns what is told of a study that runs into what the user sees.
 *
 * @param notes lines to be shown with its beginning
 */
export function followStudy(
  display: StudyDisplay,
  notes: readonly string[],
): (event: ExecutionEvent) => void {
  let study = '';
  return (event) => {
    switch (event.type) {
      case 'study started': {
        study = event.study;
        display.line(`${study}: ${sizeText(event)}; ${event.reason}`);
        for (const message of [...notes, ...event.messages]) display.line(message);
        break;
      }
      case 'study preparing':
        display.preparing(event.what, event.secondsLeft);
        break;
      case 'trainer starting':
        display.line(`starting a trainer of ${counted(event.threads, 'thread')} …`);
        break;
      case 'trainer started': {
        const { name, version, device, threads } = event.engine;
        const engine = `${name} ${version} on ${device}, ${counted(threads, 'thread')}`;
        display.line(`trainer ready after ${duration(event.seconds)}: ${engine}`);
        break;
      }
      case 'engine differs':
        display.line(
          `Complete runs were computed by ${andList(event.before)}, missing runs will use ${event.now}: results of cells that mix them say so.`,
        );
        break;
      case 'trainer died':
        display.line(`a trainer died: ${event.cause}`);
        break;
      case 'trouble':
        display.line(event.what);
        break;
      case 'run phase':
        display.run({ ...running(event), steps: null, detail: event.phase });
        break;
      case 'run started':
        if (event.modeReason !== null) display.line(`${labelOf(event)}: ${event.mode}, ${event.modeReason}`);
        display.run({ ...running(event), steps: { done: 1, total: event.totalSteps }, detail: '' });
        break;
      case 'run progress': {
        const { step, totalSteps, epoch, loss, accuracy, imagesPerSecond } = event;
        const detail = `epoch ${fixed(epoch, 1)}, loss ${lossText(loss)}, ${resultText(accuracy)}, ${speedText(imagesPerSecond)}`;
        display.run({ ...running(event), steps: { done: step, total: totalSteps }, detail });
        break;
      }
      case 'run goes on':
        display.line(goingOnText(event));
        break;
      case 'run claimed':
      case 'run epoch':
        break;
      case 'run finished': {
        const accuracy = resultText(event.metrics.testAccuracy);
        display.runEnded(event.run, `done: ${labelOf(event)}: ${accuracy} in ${duration(event.seconds)}`);
        break;
      }
      case 'run failed':
        display.runEnded(event.run, `FAILED: ${labelOf(event)}: ${event.failure.message}`);
        break;
      case 'seeds decided': {
        const more = event.planned.length;
        const added = more === 0 ? '' : `${counted(more, 'more seed')}: `;
        const cell = cellText(event.factors) || 'the only cell';
        display.line(`${cell}: ${added}${decisionText(event.decision)}`);
        break;
      }
      case 'run interrupted':
        display.runEnded(event.run, `stopped: ${labelOf(event)}`);
        break;
      case 'study progress': {
        const { total, mostTotal, done, failed, starting, best, workers } = event;
        const remaining = { least: event.secondsLeft, most: event.mostSecondsLeft };
        const totals = { study, done: done + failed, total, mostTotal, starting, remaining };
        const words = { workers: workers && workersText(workers), best: best && bestText(best) };
        display.totals({ ...totals, ...words });
        break;
      }
      case 'machine sampled':
      case 'study stopping':
      case 'study finished':
        break;
      default:
        assertNever(event);
    }
  };
}

function sizeText({
  cells,
  seeds,
  mostSeeds,
  total,
}: Extract<ExecutionEvent, { type: 'study started' }>): string {
  if (mostSeeds > seeds)
    return `${counted(cells, 'cell')} x ${seeds} to ${counted(mostSeeds, 'seed')}, ${counted(total, 'run')} so far`;
  const more = total - cells * seeds;
  const extra = more > 0 ? ` + ${more} from extra seeds` : '';
  return `${counted(cells, 'cell')} x ${counted(seeds, 'seed')}${extra} = ${counted(total, 'run')}`;
}

function running(event: RunLabel): { id: string; label: string } {
  return { id: event.run, label: labelOf(event) };
}

/** `SR = 1: 82.04 % (n = 3, by validation accuracy)`: its mean on the test part, and what it was chosen by. */
function bestText({ factors, n, testAccuracy, isJudged }: BestSoFar): string {
  const cell = [cellText(factors), resultText(testAccuracy)].filter(Boolean).join(': ');
  return `${cell} (n = ${n}, by ${isJudged ? 'validation' : 'test'} accuracy)`;
}

function labelOf({ factors, seed }: RunLabel): string {
  const cell = cellText(factors);
  return cell === '' ? `seed ${seed}` : `${cell}, seed ${seed}`;
}
