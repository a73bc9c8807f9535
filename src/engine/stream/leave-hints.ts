/** Leaves names of dirty rows for whoever works on the connection, where a strict read finds them. */
import type { Ports } from '../ports/ports';
import { rowKeys } from '../rows/keys';
import { type Box, mostHints } from '../rows/stream';
import { readBox, setStreamRow } from './rows';

const mostTries = 20;

/** True when these are the first ones since somebody last looked. */
export async function leaveHints(
  ports: Ports,
  connection: string,
  hints: readonly string[],
): Promise<boolean> {
  if (hints.length === 0) return false;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { body: box, rev } = await readBox(ports, connection);
    const after = withHints(box, hints);
    if (after === box) return false;
    const key = rowKeys.box(connection);
    const written = await ports.store.transact([setStreamRow(connection, key, after, { if: { rev } })]);
    if (written === 'done') return box.hints.length === 0 && box.overflow === undefined;
  }
  // The rows themselves are safe; a listing finds them.
  return false;
}

function withHints(box: Box, hints: readonly string[]): Box {
  const all = [...new Set([...box.hints, ...hints])];
  if (all.length === box.hints.length || box.overflow === true) return box;
  return all.length > mostHints ? { ...box, overflow: true } : { ...box, hints: all };
}
