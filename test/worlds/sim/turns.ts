/** Turns: lets the invocations of a world begin, go on and end. */
import type { Place } from './place';
import type { Stage } from './stage';

/** More turns than all invocations of a world can take. */
export const mostTurns = 100_000;

export function begin(stage: Stage): void {
  const { world, counts, thrown, trace } = stage;
  const begun = world.begin();
  if (begun === undefined) return;
  if (!begun.isFirst) counts.reorderings += 1;
  trace(`begins ${begun.label}`);
  begun.over.catch((error: unknown) => {
    thrown.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  });
}

/** Until nobody is at work any more. */
export async function finish({ faults, places }: Stage): Promise<void> {
  for (let turns = 0; faults.running.size > 0; turns += 1) {
    if (turns > mostTurns) throw new Error(`${faults.running.size} invocations never end.`);
    faults.release();
    await drain(places);
  }
}

/** Until everything that runs waits for its turn. */
export async function drain(places: readonly Place[]): Promise<void> {
  do await new Promise((resolve) => setImmediate(resolve));
  while (places.some((place) => place.busy() > 0));
}
