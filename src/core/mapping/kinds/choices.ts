/** Fields with several choices: multi-selects, checkboxes, groups, versions, components. */
import { type ChoiceShape, type LocalChoice, meaningsOf, writtenAs } from '../choices';
import { defineKind, type Kind, knownOf, type Spot } from '../kind';
import type { Missing } from '../translation';

/** A kind with any number of choices of this shape. */
export function manyOf(shape: ChoiceShape): Kind {
  return defineKind({
    type: 'set',
    hasChoices: true,
    toContract(raw, spot) {
      const locals = readAll(raw, shape);
      if (locals === undefined) return { ok: false, unmapped: 'choices in an unknown form' };
      const known = [...new Set(knownOf(spot, 'set').flat())];
      const values = new Set<string>();
      const unmapped: string[] = [];
      for (const local of locals) {
        const meanings = meaningsOf(local, spot, shape, known);
        for (const meaning of meanings) values.add(meaning);
        if (meanings.length === 0) unmapped.push(local.name);
      }
      return {
        ok: true,
        value: { t: 'set', v: [...values].sort() },
        ...(unmapped.length === 0 ? {} : { unmapped: unmapped.join(', ') }),
      };
    },
    toLocal(keys, spot, current) {
      const here = readAll(current, shape) ?? [];
      const raws = new Map<string, unknown>();
      const makes: Missing[] = [];
      for (const key of keys) {
        const written = writtenAs(key, spot, shape);
        if (!written.ok) return written;
        raws.set(JSON.stringify(written.raw), written.raw);
        if (!here.some(({ name }) => name === written.name)) makes.push(...written.makes);
      }
      // What has no counterpart is not the partner's to take away.
      for (const local of onlyHere(here, keys, spot, shape)) {
        raws.set(JSON.stringify(shape.byId(local.id)), shape.byId(local.id));
      }
      return { ok: true, raw: [...raws.values()], makes };
    },
    fromText: (ids) =>
      ids
        .split(',')
        .map((id) => id.trim())
        .filter((id) => id !== '')
        .map((id) => shape.byId(id)),
  });
}

function readAll(raw: unknown, shape: ChoiceShape): LocalChoice[] | undefined {
  if (raw === null || raw === undefined) return [];
  if (!Array.isArray(raw)) return undefined;
  const locals = raw.map((one) => shape.read(one));
  return locals.every((one) => one !== undefined) ? locals : undefined;
}

function onlyHere(
  here: readonly LocalChoice[],
  keys: readonly string[],
  spot: Spot,
  shape: ChoiceShape,
): LocalChoice[] {
  const known = [...keys, ...knownOf(spot, 'set').flat()];
  return here.filter((local) => meaningsOf(local, spot, shape, known).length === 0);
}
