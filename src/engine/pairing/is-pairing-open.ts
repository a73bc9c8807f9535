/** While pairs are being made, no copies of existing issues are: they would be the second ones. */
import type { Connection } from '../rows/connection';

/** A list of pairs was checked and is not done, or the partner may still pair with issues of this site. */
export function isPairingOpen({ pairing }: Connection): boolean {
  return pairing?.job !== undefined || pairing?.allow !== undefined;
}
