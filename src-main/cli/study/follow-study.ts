import { counted } from '../../../src-shared/counted.ts';
import { andList } from '../../../src-shared/lists.ts';
import { assertNever } from '../../../src-shared/assert-never.ts';
import type { BestSoFar, ExecutionEvent, RunLabel } from '../../../src-shared/contract/api/execution.ts';
import { cellText } from '../../../src-shared/studies/factor-text.ts';
import { duration } from '../../../src-shared/numbers.ts';
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
        const more = event.total - event.cells * event.seeds;
        const extra = more > 0 ? ` + ${more} from extra seeds` : '';
        const size = `${counted(event.cells, 'cell')} x ${counted(event.seeds, 'seed')}${extra} = ${counted(event.total, 'run')}`;
        display.line(`${study}: ${size}; ${event.reason}`);
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
        display.line(`trainer ready after ${event.seconds.toFixed(1)} s: ${engine}`);
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
      case 'run phase':
        display.run({ ...running(event), steps: null, detail: event.phase });
        break;
      case 'run started':
        if (event.modeReason !== null) display.line(`${labelOf(event)}: ${event.mode}, ${event.modeReason}`);
        display.run({ ...running(event), steps: { done: 1, total: event.totalSteps }, detail: '' });
        break;
      case 'run progress': {
        const { step, totalSteps, epoch, loss, accuracy, imagesPerSecond } = event;
        const detail = `epoch ${epoch.toFixed(1)}, loss ${loss.toFixed(3)}, ${resultText(accuracy)}, ${imagesPerSecond.toFixed(0)} images/s`;
        display.run({ ...running(event), steps: { done: step, total: totalSteps }, detail });
        break;
      }
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
      case 'run interrupted':
        display.runEnded(event.run, `stopped: ${labelOf(event)}`);
        break;
      case 'study progress': {
        const { total, done, failed, starting, secondsLeft, best } = event;
        const totals = { study, done: done + failed, total, starting, remaining: secondsLeft };
        display.totals({ ...totals, best: best && bestText(best) });
        break;
      }
      case 'study stopping':
      case 'study finished':
        break;
      default:
        assertNever(event);
    }
  };
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
