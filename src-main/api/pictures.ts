import type { AskedPicture, pictureRequests } from '../../src-shared/contract/api/pictures.ts';
import { findPredictor } from '../analysis/prediction/find-predictor.ts';
import type { ExplanationTask } from '../analysis/prediction/explanation-work.ts';
import { requireImages } from '../datasets/images-of-hash.ts';
import { analysisEngine } from '../engine/analysis-engine.ts';
import { imageRoots } from '../home.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

type PictureHost = Pick<Host, 'home' | 'store' | 'explainer'>;

/** The requests about what networks make of single pictures. */
export function pictureHandlers(host: PictureHost): HandlersOf<typeof pictureRequests> {
  return {
    'pictures.explain': ({ network, picture, explanation, view }) => {
      const { checkpoint, preprocessing } = findPredictor(host.store(), network);
      analysisEngine(host.home);
      const given = pictureOf(host.home, picture);
      return host.explainer.explain({ checkpoint, preprocessing, picture: given, explanation }, view);
    },
    'pictures.cancel': ({ view }) => {
      host.explainer.cancel(view);
      return null;
    },
  };
}

/** @throws Problem `data-missing` for test images that are gone */
function pictureOf(home: string, asked: AskedPicture): ExplanationTask['picture'] {
  if (asked.kind === 'file') {
    const { kind, name, base64 } = asked;
    return { kind, name, bytes: new Uint8Array(Buffer.from(base64, 'base64')) };
  }
  const { kind, data, image } = asked;
  return { kind, name: data.name, folder: requireImages(data, imageRoots(home)).folder, image };
}
