import { join } from 'node:path';
import type { AskedPicture, pictureRequests } from '../../src-shared/contract/api/pictures.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { findPredictor } from '../analysis/prediction/find-predictor.ts';
import type { ExplanationTask } from '../analysis/prediction/explanation-work.ts';
import { selectedEngine } from '../engine/installations/installation.ts';
import { plainName } from '../files/plain-name.ts';
import { dataFolder } from '../home.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

type PictureHost = Pick<Host, 'home' | 'store' | 'explainer'>;

/** The requests about what networks make of single pictures. */
export function pictureHandlers(host: PictureHost): HandlersOf<typeof pictureRequests> {
  return {
    'pictures.explain': ({ network, picture, explanation }) => {
      const { checkpoint, preprocessing } = findPredictor(host.store(), network);
      selectedEngine(host.home);
      const given = pictureOf(host, network, picture);
      return host.explainer.explain({ checkpoint, preprocessing, picture: given, explanation });
    },
  };
}

/** @throws Problem `usage` for a test image of an imported network, which has no data set */
function pictureOf(
  { home, store }: PictureHost,
  id: string,
  asked: AskedPicture,
): ExplanationTask['picture'] {
  if (asked.kind === 'file') {
    const { kind, name, base64 } = asked;
    return { kind, name, bytes: new Uint8Array(Buffer.from(base64, 'base64')) };
  }
  if (store().findNetwork(id) !== null)
    throw new Problem('usage', `The network ${id} was trained elsewhere: it has no test images.`);
  const { dataset } = store().study(store().run(id).study);
  return { kind: 'test', dataset: join(dataFolder(home), plainName(dataset)), image: asked.image };
}
