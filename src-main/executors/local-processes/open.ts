import { checkInput } from '../../../src-shared/mistakes/check-input.ts';
import { accepted } from '../../../src-shared/mistakes/mistakes-problem.ts';
import { localSettingsSchema } from '../../../src-shared/studies/local-settings.ts';
import { fusedMemory } from '../../../src-shared/studies/trainer-memory.ts';
import { engineKindNamed } from '../../engine/engines/registry.ts';
import { selectedEngine } from '../../engine/installations/installation.ts';
import { describeInstallProgress, type InstallOptions } from '../../engine/installations/progress.ts';
import { trainerStarter } from '../../trainer/start-trainer.ts';
import { enginePlanner, planningHere } from '../engine-planner.ts';
import { ensureMeasured, howManyTrainers, whetherToFuse } from '../ensure-measured.ts';
import type { Executor, ExecutorSite } from '../executor.ts';
import { trainerCards } from '../../trainer/trainer-cards.ts';
import { CardDealer } from './card-dealer.ts';

/**
 * Trainers are processes of this machine, on the engine that is selected now; each has a card, where the engine computes on them.
 * @throws Problem of `selectedEngine`, of the settings and of `trainerCards`; the signal's reason
 */
export async function openLocalProcesses({
  home,
  settings = {},
  signal,
  onPreparing,
  measures,
}: ExecutorSite): Promise<Executor> {
  const { devices, fuse } = accepted(checkInput(localSettingsSchema, settings), 'usage', ['local-processes']);
  const engine = selectedEngine(home);
  const { cards, note } = await trainerCards(engine, devices);
  const options: InstallOptions = {
    ...(signal && { signal }),
    onProgress: (progress) =>
      onPreparing?.({ what: describeInstallProgress(progress), secondsLeft: progress.secondsLeft ?? null }),
  };
  const notes = [...(await engineKindNamed(engine.engine).prepare(engine, options))];
  if (measures) {
    const { study, wanted, always } = measures;
    // what is compared with fused runs follows from what was measured before
    const measure = async (asked: typeof howManyTrainers): Promise<void> => {
      const question = asked(study, planningHere(engine, cards, fuse)(wanted));
      if (question) notes.push(...(await ensureMeasured(engine, study, question, cards[0] ?? null, options)));
    };
    if (wanted.jobs === null && (always || engine.kind === 'gpu')) await measure(howManyTrainers);
    if (fuse === 'auto') await measure(whetherToFuse);
  }
  const startTrainer = trainerStarter(home, engine);
  const dealer = new CardDealer(cards);
  const planner = enginePlanner(engine, cards, fuse);
  return {
    notes: note === null ? notes : [...notes, note],
    plan: (request) => {
      const plan = planner(request);
      dealer.leaveRoom(request.memory ? fusedMemory(request.memory, plan.fused ?? 1).cardBytes : 0);
      return plan;
    },
    startTrainer: (threads, ends) =>
      dealer.start(
        (card) => startTrainer(threads, ends, card),
        (trainer) => trainer.death() !== null,
      ),
  };
}
