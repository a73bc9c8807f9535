/** Fields with one choice: priority, select, radio, status, resolution, issue type, group, cascading. */
import { type ChoiceShape, meaningsOf, writtenAs } from '../choices';
import { defineKind, type Kind, knownOf, type Spot } from '../kind';
import type { ToContract } from '../translation';

/** A kind with one choice of this shape. */
export function oneOf(shape: ChoiceShape, writes: Kind['writes'] = 'field'): Kind {
  return defineKind({
    type: 'option',
    writes,
    hasChoices: true,
    toContract: (raw, spot) => readChoice(raw, spot, shape),
    toLocal(key, spot, current) {
      if (key === null) return { ok: true, raw: null };
      const written = writtenAs(key, spot, shape);
      if (!written.ok) return written;
      const isThere = written.name !== undefined && shape.read(current)?.name === written.name;
      return { ok: true, raw: written.raw, makes: isThere ? [] : written.makes };
    },
    fromText: (id) => (id === '' ? undefined : shape.byId(id)),
  });
}

/** Several local options may stand for one value. An option without a counterpart is named, not guessed. */
export function readChoice(raw: unknown, spot: Spot, shape: ChoiceShape): ToContract {
  if (raw === null || raw === undefined) return { ok: true, value: { t: 'option', v: null } };
  const local = shape.read(raw);
  if (local === undefined) return { ok: false, unmapped: 'a choice in an unknown form' };
  const known = knownOf(spot, 'option').filter((key) => key !== null);
  const [meaning] = meaningsOf(local, spot, shape, known);
  if (meaning === undefined) return { ok: false, unmapped: local.name.replace('\n', ' / ') };
  return { ok: true, value: { t: 'option', v: meaning } };
}
