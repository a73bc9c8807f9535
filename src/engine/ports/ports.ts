/** All that an engine verb may use of the world; hosts compose it, verbs take it as their first argument. */
import type { Governor } from './governor';
import type { Site } from './site';
import type { SecretStore, Store } from './store';
import type { Budget, Clock, Endpoints, Queue, Random, Sealer, Transport } from './world';

export interface Ports {
  store: Store;
  secrets: SecretStore;
  site: Site;
  /** Absent where nobody counts points: in worlds of tests. */
  governor?: Governor;
  queue: Queue;
  transport: Transport;
  endpoints: Endpoints;
  sealer: Sealer;
  clock: Clock;
  random: Random;
  budget: Budget;
}
