/** The platform services of one app, set up from its manifest. */
import type { Random } from '../seam';
import type {
  EventDelivery,
  Kvs,
  Queue,
  Scheduler,
  ServiceWorld,
  Webtriggers,
  WebtriggersDeps,
} from '../services/contracts';
import { createEventDelivery } from '../services/events/create-event-delivery';
import { createKvs } from '../services/kvs/create-kvs';
import { createQueue } from '../services/queue/create-queue';
import { createScheduler } from '../services/scheduler/create-scheduler';
import { createWebtriggers } from '../services/webtriggers/create-webtriggers';
import type { AppDescription } from '../world-contract';
import type { AppManifest } from './manifest';

export interface AppServices {
  kvs: Kvs;
  queue: Queue;
  webtriggers: Webtriggers;
  events: EventDelivery;
  scheduler: Scheduler;
}

const renamed = <T extends { function: string }>({ function: functionKey, ...rest }: T) => ({
  ...rest,
  functionKey,
});

/** A manifest without a value leaves the key out, as exact optional properties want it. */
function consumersOf(manifest: AppManifest) {
  return manifest.consumers.map((consumer) => {
    const timeoutSeconds = manifest.functions.get(consumer.function)?.timeoutSeconds;
    return { ...renamed(consumer), ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }) };
  });
}

function entitiesOf(manifest: AppManifest) {
  return manifest.entities.map(({ indexes, ...entity }) => {
    if (!indexes) return entity;
    return { ...entity, indexes: indexes.map(withoutUndefinedPartition) };
  });
}

type Index = NonNullable<AppManifest['entities'][number]['indexes']>[number];

function withoutUndefinedPartition(index: Index) {
  if (typeof index === 'string') return index;
  const { partition, ...rest } = index;
  return partition === undefined ? rest : { ...rest, partition };
}

/** Throws when the manifest declares what the platform refuses. */
export function createAppServices(
  app: AppDescription,
  manifest: AppManifest,
  world: ServiceWorld & { random: Random; hold: NonNullable<WebtriggersDeps['hold']> },
): AppServices {
  const { clock, persistence, stats, random } = world;
  return {
    kvs: createKvs({ entities: entitiesOf(manifest), clock, persistence, stats, random }),
    queue: createQueue({ ...world, consumers: consumersOf(manifest) }),
    webtriggers: createWebtriggers({
      ...world,
      appId: app.id,
      environmentId: app.environmentId,
      webtriggers: manifest.webtriggers.map(renamed),
    }),
    events: createEventDelivery({ ...world, triggers: manifest.triggers.map(renamed) }),
    scheduler: createScheduler({ ...world, scheduledTriggers: manifest.scheduledTriggers.map(renamed) }),
  };
}
