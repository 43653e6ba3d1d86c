import { max, sum } from 'd3-array';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { Graph } from '../../src-shared/networks/graph.ts';
import type { Layer } from '../../src-shared/networks/layers/layer-kinds.ts';
import { decimalSize } from '../../src-shared/numbers.ts';
import { freeBytes } from '../files/disk-full.ts';
import { FEATURE_KINDS, type FeatureKind } from './feature-kinds.ts';
import { IN_MEMORY, roomOn } from './feature-storage.ts';
import type { PictureFolder } from './images/picture-folder.ts';
import { layerBytes, layerGroups } from './layer-groups.ts';
import { lookedAt } from './looked-at.ts';
import type { MethodRequest } from './method-requests.ts';
import type { Pooling } from './subject.ts';
import { findSalientLayer } from './windows/salient-layer.ts';
import { WINDOW } from './windows/window-setting.ts';

/** Bytes on the disk of the home that an analysis takes. */
export interface DiskNeed {
  /** Of decoded pictures, which are kept; while they are read they take twice as much. */
  readonly pictures: number;
  /** Of features, trained and untrained, at most at a time; none of them are kept. */
  readonly features: number;
  /** Of features, with which it can be done at all: those of the largest layer. */
  readonly least: number;
}

/** A network and how many images there are. */
export interface SeenNetwork {
  readonly graph: Graph;
  readonly images: number;
}

/**
 * What is asked of networks or runs takes.
 * @param asked of each subject the methods that are still to be computed
 * @param missing pictures that have to be decoded first
 * @param free bytes of the disk
 */
export function diskNeed(
  asked: readonly (readonly [SeenNetwork, readonly MethodRequest[]])[],
  missing: readonly PictureFolder[],
  free: number,
): DiskNeed {
  const pictures = sum(
    missing,
    ({ pictures: files, size }) => files.length * size.shape.reduce((one, side) => one * side, 1),
  );
  const room = Math.max(0, free - pictures);
  const needs = asked.flatMap(([seen, requests]) =>
    requests.map((request) => featureNeed(seen, request, room)),
  );
  return {
    pictures,
    features: max(needs, ({ features }) => features) ?? 0,
    least: max(needs, ({ least }) => least) ?? 0,
  };
}

function featureNeed(
  { graph, images }: SeenNetwork,
  { method, settings }: MethodRequest,
  room: number,
): Pick<DiskNeed, 'features' | 'least'> {
  const wanted = settings['images'];
  if (typeof wanted !== 'number') return { features: 0, least: 0 };
  const kind = FEATURE_KINDS.find((each) => each === settings['features']) ?? method.features ?? 'average';
  const pooling = poolingBySize(graph, kind, Number(settings['window'] ?? WINDOW));
  if (pooling === null) return { features: 0, least: 0 };
  const rows = Math.min(wanted, images);
  const layers = lookedAt(graph);
  // those of averages are remembered together, others are there as many layers at a time as have room
  const groups = pooling === 'average' ? [layers] : layerGroups(layers, rows, pooling, roomOn(room));
  const onDisk = (group: readonly Layer[]): number => {
    const bytes = sum(group, (layer) => layerBytes(layer, rows, pooling));
    return bytes <= IN_MEMORY ? 0 : 2 * bytes;
  };
  const single = pooling === 'average' ? groups : layers.map((layer) => [layer]);
  return { features: max(groups, onDisk) ?? 0, least: max(single, onDisk) ?? 0 };
}

/**
 * As features are pooled, with windows anywhere: how large they are does not depend on where. Null for windows in a network
 * that has none, which its step will say.
 */
function poolingBySize(graph: Graph, kind: FeatureKind, window: number): Pooling | null {
  if (kind !== 'window') return kind === 'grid' ? '4x4' : kind;
  const layer = findSalientLayer({ graph, layers: lookedAt(graph) });
  if (layer === undefined) return null;
  const [height, width] = layer.output;
  return { layer: layer.name, sides: [height, width], window, centres: new Uint16Array() };
}

/** What features of one pass take that are kept. @param layers names; all where there are none */
export function keptFeatures(
  { graph, images }: SeenNetwork,
  wanted: number,
  kind: FeatureKind,
  layers: readonly string[],
): number {
  const chosen = lookedAt(graph).filter(({ name }) => layers.length === 0 || layers.includes(name));
  const pooling = poolingBySize(graph, kind, WINDOW);
  if (pooling === null) return 0;
  return sum(chosen, (layer) => layerBytes(layer, Math.min(wanted, images), pooling));
}

/** At a time, before and while features are looked at. */
function mostAtATime({ pictures, least }: DiskNeed): number {
  return Math.max(2 * pictures, pictures + least);
}

/** @throws Problem `disk-full` with what is needed and what can be done, before anything is computed */
export function requireDisk(folder: string, need: DiskNeed): void {
  const [needed, free] = [mostAtATime(need), freeBytes(folder)];
  if (needed <= free) return;
  const parts = partsOf({ ...need, features: need.least });
  throw new Problem(
    'disk-full',
    `${folder}: ${decimalSize(needed)} are needed (${parts}), ${decimalSize(free)} are free; nothing was computed. Free some space, look at fewer images (--set images=… for the features), or set KINDLING_HOME to another disk.`,
  );
}

/** Bytes that are not worth a word. */
export const LITTLE = 2 ** 27;

/** For people; null where it is little. */
export function diskText(folder: string, need: DiskNeed): string | null {
  if (mostAtATime({ ...need, least: need.features }) < LITTLE) return null;
  return `in ${folder}: ${partsOf(need)}; ${decimalSize(freeBytes(folder))} of the disk are free.`;
}

function partsOf({ pictures, features }: DiskNeed): string {
  return [
    ...(pictures === 0
      ? []
      : [`${decimalSize(pictures)} of decoded pictures (twice as much while they are read)`]),
    ...(features === 0 ? [] : [`up to ${decimalSize(features)} of features for a while`]),
  ].join(', ');
}
