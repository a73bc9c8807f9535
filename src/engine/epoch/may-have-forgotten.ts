/** Whether something may have been made before, and forgotten: said by the side of the original, asked by the side of the copy. */
import type { Session } from '../stream/session';

/** Clocks of Jira and of the app differ by less than this, milliseconds. */
const skewMs = 300_000;

/** Goes into what is said of something that was there when the last epoch began. */
export function sayAgain({ stream }: Session, createdAt: number): { again?: true } {
  const began = stream.epochs?.at(-1);
  return began !== undefined && createdAt <= began + skewMs ? { again: true } : {};
}

/** Only where pairs were looked through after a loss of memory; elsewhere the question costs nothing. */
export function mayHaveForgotten({ stream }: Session, { again }: { again?: true | undefined }): boolean {
  return again === true && stream.floors !== undefined;
}

/** By then all that is there was said again, and has a row, milliseconds. */
const unsureMs = 86_400_000;

/**
 * Whether something of ours that has no row may have been shared all the same. Its deletion, or that it is restricted now, is said
 * then, although it may be nothing to the partner.
 */
export function mayHaveSaid({ stream, ports }: Session): boolean {
  const began = stream.epochs?.at(-1);
  return began !== undefined && ports.clock.now() - began < unsureMs;
}
