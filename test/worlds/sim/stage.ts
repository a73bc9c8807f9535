/** Stage: one random world with everything that plays in it. */
import type { Contract } from '#core/model/contract';
import type { SeededRandom } from '../../support/seeded-random';
import type { World } from '../world';
import type { Counts } from './counts';
import type { Faults } from './faults';
import type { Jira } from './faulty-jira';
import type { Memories } from './forget';
import type { Ledger } from './ledger';
import type { Place } from './place';
import type { Plan } from './plan';

export interface Stage {
  world: World;
  plan: Plan;
  ledger: Ledger;
  faults: Faults;
  counts: Counts;
  jiras: readonly [Jira, Jira];
  places: readonly [Place, Place];
  mappings: string[];
  slotIds: ReadonlySet<string>;
  /** Absent in plain worlds. */
  more: SeededRandom | undefined;
  kinds: readonly Drawn[];
  hidden: { place: Place; issueId: string }[];
  memories: Memories;
  thrown: string[];
  /** What was sent only because of the hourly look, although Jira had told of it. */
  forgotten: string[];
  isTraced: boolean;
  trace: (line: string) => void;
}

/** One kind, once for each world that has it. */
export interface Kind {
  /** The terms with what this world agrees on besides. */
  agree(lots: SeededRandom, contract: Contract): Contract;
  /** In every round, after what everybody does. */
  play(lots: SeededRandom, stage: Stage): Promise<void>;
  /** When all faults are over, before admins start both sites. */
  beforeStart(lots: SeededRandom, stage: Stage): Promise<void>;
  /** After everything settled: somebody answers what is asked. False: nothing is. */
  answer(lots: SeededRandom, stage: Stage): Promise<boolean>;
}

export interface Drawn {
  kind: Kind;
  lots: SeededRandom;
}
