/** Puts back into a text that was read what its markup could not say: from the documents it may have been written from. */
import { canonicalJson } from '#core/merge/canonical-json';
import { type AdfNode, normaliseAdf } from '#core/merge/normalise-adf';
import type { Adf } from '#core/model/value';
import { restoreNode } from './restore-node';

/** One block of a known document and what its markup reads as, or several where only together they read as something. */
interface Unit {
  original: AdfNode[];
  shown: AdfNode[];
}

/** What a block reads as after it was written as markup. */
export type Project = (node: AdfNode) => AdfNode[];

/**
 * A document that reads exactly so is meant itself. Else blocks of the likeliest document stand for what they read as, in any
 * order; of a block that was edited, the parts which were not.
 */
export function restoreSaid(read: readonly AdfNode[], known: readonly Adf[], project: Project): AdfNode[] {
  let likeliest: Unit[] | undefined;
  const wanted = keyOf(read);
  for (const doc of known) {
    const units = unitsOf(doc.content as AdfNode[], project);
    if (keyOf(units.flatMap(({ shown }) => shown)) === wanted) return doc.content as AdfNode[];
    likeliest ??= units;
  }
  return likeliest === undefined ? [...read] : restoreUnits(read, likeliest);
}

/** Blocks that read as nothing, empty paragraphs for instance, stay with the block before them. */
function unitsOf(nodes: readonly AdfNode[], project: Project): Unit[] {
  const units: Unit[] = [];
  for (const node of nodes) {
    const shown = project(node);
    const last = units.at(-1);
    const isAlone = last === undefined || (shown.length > 0 && last.shown.length > 0);
    if (isAlone) units.push({ original: [node], shown });
    else units[units.length - 1] = { original: [...last.original, node], shown: [...last.shown, ...shown] };
  }
  return units;
}

function restoreUnits(read: readonly AdfNode[], units: readonly Unit[]): AdfNode[] {
  const { places, left } = findUnits(read, units);
  const restored: AdfNode[] = [];
  for (let at = 0; at < read.length; ) {
    const unit = places.get(at);
    const node = read[at];
    if (unit !== undefined) {
      restored.push(...unit.original);
      at += Math.max(1, unit.shown.length);
    } else {
      if (node !== undefined) restored.push(...restoreEdited(node, left));
      at += 1;
    }
  }
  return restored;
}

/** Where units are read as they were written, and those that are not. */
function findUnits(
  read: readonly AdfNode[],
  units: readonly Unit[],
): { places: Map<number, Unit>; left: Unit[] } {
  const keys = read.map((node) => keyOf([node]));
  const starts = new Map<string, number[]>();
  for (const [at, key] of keys.entries()) starts.set(key, [...(starts.get(key) ?? []), at]);
  const places = new Map<number, Unit>();
  const taken = new Set<number>();
  const left: Unit[] = [];
  for (const unit of units) {
    const wanted = unit.shown.map((node) => keyOf([node]));
    const candidates = starts.get(wanted[0] ?? '') ?? [];
    const at = candidates.find((start) =>
      wanted.every((key, offset) => keys[start + offset] === key && !taken.has(start + offset)),
    );
    if (at === undefined || wanted.length === 0) {
      left.push(unit);
      continue;
    }
    for (const offset of wanted.keys()) taken.add(at + offset);
    places.set(at, unit);
    // Those at the front are used up first, so that a thousand blocks that say the same cost a thousand steps.
    while (candidates[0] !== undefined && taken.has(candidates[0])) candidates.shift();
  }
  return { places, left };
}

/** The next edited block of that sort, in order: edits rarely move what they change. */
function restoreEdited(node: AdfNode, left: Unit[]): AdfNode[] {
  const index = left.findIndex(
    ({ original, shown }) => shown.length === 1 && shown[0]?.type === node.type && original.length > 0,
  );
  const [unit] = index < 0 ? [] : left.splice(index, 1);
  const [original, ...after] = unit?.original ?? [];
  const shown = unit?.shown[0];
  if (original === undefined || shown === undefined) return [node];
  return [restoreNode(node, original, shown), ...after];
}

function keyOf(nodes: readonly AdfNode[]): string {
  return canonicalJson(
    normaliseAdf({ type: 'doc', version: 1, content: nodes as Adf['content'] })?.content ?? [],
  );
}
