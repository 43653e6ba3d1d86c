import { type PlacedLabel, placeLabels } from '../../place-labels.ts';
import { type Box, type Frame, positionIn } from '../../plot-frame.ts';
import { textWidth } from '../../text-width.ts';
import type { EnergyCurve, EnergyData } from './data.ts';
import { channelsAt, type EnergyAxis, meansOf } from './look.ts';

/** Where on a curve its name is tried, by the share of the energy. */
const TRIED = [0.5, 0.6, 0.4, 0.7, 0.3, 0.8, 0.2];
/** Parts of a curve that no name may cover. */
const PARTS = 60;
/** A name must be nearer to its curve than to any other: at most this share as far away. */
const NEARER = 0.7;

/** Names of layers beside their curves, where they cover none and can be taken for no other's: in a bundle none has room. */
export function curveNames(
  { curves, cells, quantity }: EnergyData,
  frame: Frame,
  fontSize: number,
  axis: EnergyAxis,
): PlacedLabel[] {
  if (cells.length > 1) return [];
  const at = positionIn(frame);
  const pointOf = (
    curve: EnergyCurve,
    rank: number,
    shares: readonly number[] = meansOf(curve),
  ): { x: number; y: number } => ({
    x: at.x(channelsAt(axis, curve, rank)),
    y: at.y((shares[rank] ?? 0) * quantity.scale),
  });
  // from nothing on, and between the channels of a layer that has few
  const partsOf = (curve: EnergyCurve, shares: readonly number[]): Box[] =>
    Array.from({ length: PARTS + 1 }, (_, part) => {
      const rank = (part * curve.shares.length) / PARTS - 1;
      const [low, high] = [Math.floor(rank), Math.ceil(rank)].map((each) => pointOf(curve, each, shares));
      const between = (axis: 'x' | 'y'): number =>
        (low?.[axis] ?? 0) + ((high?.[axis] ?? 0) - (low?.[axis] ?? 0)) * (rank - Math.floor(rank));
      return { left: between('x') - 1, top: between('y') - 1, width: 2, height: 2 };
    });
  const parts = new Map(curves.map((curve) => [curve, partsOf(curve, meansOf(curve))]));
  const untrained = curves.filter((curve) => axis.baselines && curve.untrained.length > 0);
  const taken = [
    ...[...parts.values()].flat(),
    ...untrained.flatMap((curve) => partsOf(curve, curve.untrained)),
  ];
  return curves.flatMap((curve) => {
    const means = meansOf(curve);
    const anchors = TRIED.map((share) => {
      const rank = means.findIndex((mean) => mean >= share);
      return { ...pointOf(curve, Math.max(0, rank)), text: curve.layer };
    });
    const others = curves.filter((other) => other !== curve).flatMap((other) => parts.get(other) ?? []);
    const placed = placeLabels(anchors, taken, frame.box, fontSize).find((label) => {
      const box = boxOf(label, fontSize);
      return distance(box, parts.get(curve) ?? []) <= NEARER * distance(box, others);
    });
    if (!placed) return [];
    taken.push(boxOf(placed, fontSize));
    return [placed];
  });
}

function boxOf({ x, y, text, align }: PlacedLabel, fontSize: number): Box {
  const [width, height] = [textWidth(text, fontSize), 1.3 * fontSize];
  const left = x - (align === 'center' ? width / 2 : align === 'left' ? 0 : width);
  return { left, top: y - height / 2, width, height };
}

/** To the nearest of other boxes. */
function distance(box: Box, others: readonly Box[]): number {
  const gap = (start: number, length: number, other: number, otherLength: number): number =>
    Math.max(0, other - start - length, start - other - otherLength);
  return others.reduce((least, { left, top, width, height }) => {
    const away = Math.hypot(gap(box.left, box.width, left, width), gap(box.top, box.height, top, height));
    return Math.min(least, away);
  }, Infinity);
}
