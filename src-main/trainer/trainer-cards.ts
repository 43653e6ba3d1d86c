import type { Card } from '../../src-shared/machine/card.ts';
import { engineKindNamed } from '../engine/engines/registry.ts';
import type { EngineInstallation } from '../engine/installations/installation.ts';
import { findCards } from '../machine/find-cards.ts';
import { visibleCards } from '../machine/visible-cards.ts';
import { type ChosenCards, chooseCards } from './choose-cards.ts';

/**
 * The cards that trainers of this machine are given, of those that this process may use; none for an engine that computes on none, or
 * where nvidia-smi is missing.
 *
 * @param wanted as for `chooseCards`
 * @param found the cards of this machine, for who has found them already
 * @throws Problem of `chooseCards`
 */
export async function trainerCards(
  engine: EngineInstallation,
  wanted: readonly string[] | null,
  found?: readonly Card[],
): Promise<ChosenCards> {
  const takesCards = engine.kind === 'gpu' && engineKindNamed(engine.engine).cardEnvironment !== undefined;
  return chooseCards(takesCards ? visibleCards(found ?? (await findCards()), process.env) : [], wanted);
}
