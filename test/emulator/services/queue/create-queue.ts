/** Async events: accepts pushes of `@forge/events` and delivers them, at least once and in no particular order. */
import { z } from 'zod';
import type { Installation, QueueFate } from '../../seam';
import type { ConsumerModule, Queue, QueueDeps } from '../contracts';
import { invokeSafely } from '../invoke-safely';
import { MINUTE, QUEUE_LIMITS } from '../limits';
import { createRateWindow } from '../rate-window';
import { shuffle } from '../shuffle';
import { createChains } from './chains';
import { createJobs, type Jobs, jobsSnapshotSchema } from './jobs';
import {
  jobSchema,
  type PublishRequest,
  partialSuccess,
  publishSchema,
  queueRefusal,
  sizeRefusal,
} from './publish-request';
import { asyncEventOf, backoffMs, eventIdOf, judge, type QueueItem, queueItemSchema } from './queue-item';

const snapshotSchema = z.object({ items: z.array(queueItemSchema), jobs: jobsSnapshotSchema });

/** The queues of one installation. */
interface Lane {
  installation: Installation;
  /** Everything not finished, running items included: those are delivered again after a restart. */
  items: Map<string, QueueItem>;
  running: Set<string>;
  jobs: Jobs;
  /** Running deliveries by concurrency key, across the installation's queues. */
  busy: Map<string, number>;
}

/** Throws when two consumers name the same queue: what the platform does then is not known. */
export function createQueue(deps: QueueDeps): Queue {
  const { clock, stats, persistence, random, timeline } = deps;
  const consumers = new Map<string, ConsumerModule>();
  for (const consumer of deps.consumers) {
    checkConsumer(consumer);
    if (consumers.has(consumer.queue)) throw new Error(`queue "${consumer.queue}" has two consumers`);
    consumers.set(consumer.queue, consumer);
  }
  const lanes = new Map<string, Lane>();
  const pushRate = createRateWindow(clock, QUEUE_LIMITS.eventsPerMinute, MINUTE);
  const chains = createChains(clock);

  function laneOf(installation: Installation): Lane {
    const known = lanes.get(installation.id);
    if (known !== undefined) return known;
    const saved = persistence.load(saveName(installation));
    const { items, jobs } = snapshotSchema.parse(saved ?? { items: [], jobs: {} });
    const lane: Lane = {
      installation,
      items: new Map(items.map((item) => [item.id, item])),
      running: new Set(),
      jobs: createJobs(jobs),
      busy: new Map(),
    };
    lanes.set(installation.id, lane);
    for (const item of items) wakeAt(lane, item.dueAt);
    return lane;
  }

  function save(lane: Lane): void {
    persistence.save(saveName(lane.installation), () => ({
      items: [...lane.items.values()],
      jobs: lane.jobs.snapshot(),
    }));
  }

  function wakeAt(lane: Lane, dueAt: number): void {
    const waitMs = Math.max(0, Math.ceil(dueAt - clock.now()));
    clock.after(waitMs, () => {
      // A timer may fire a moment early; the item would then not be due, and nobody would look again.
      if (clock.now() < dueAt) wakeAt(lane, dueAt);
      else deliverDue(lane);
    });
  }

  /** Items due together start in a seeded random order. */
  function deliverDue(lane: Lane): void {
    const due = [...lane.items.values()].filter(
      (item) => item.dueAt <= clock.now() && !lane.running.has(item.id),
    );
    for (const item of shuffle(due, random)) {
      if (isBlocked(lane, item)) postpone(lane, item);
      else void deliver(lane, item);
    }
  }

  function isBlocked(lane: Lane, { concurrency }: QueueItem): boolean {
    return concurrency !== undefined && (lane.busy.get(concurrency.key) ?? 0) >= concurrency.limit;
  }

  function postpone(lane: Lane, item: QueueItem): void {
    stats.add(lane.installation.site.key, 'queueBlocked');
    const dueAt = clock.now() + backoffMs(QUEUE_LIMITS.blockedFirstMs, item.blocked, random);
    if (dueAt >= item.pushedAt + QUEUE_LIMITS.retentionMs) {
      finish(lane, item, 'failed');
      tell(lane, `${item.queueName}: event ${item.eventId} aged out behind its concurrency key`);
      return;
    }
    lane.items.set(item.id, { ...item, dueAt, blocked: item.blocked + 1, appDelayed: false });
    wakeAt(lane, dueAt);
  }

  async function deliver(lane: Lane, item: QueueItem): Promise<void> {
    const consumer = consumers.get(item.queueName);
    if (consumer === undefined) {
      finish(lane, item, 'failed');
      tell(lane, `${item.queueName}: no consumer any more, event ${item.eventId} dropped`);
      return;
    }
    lane.running.add(item.id);
    occupy(lane, item, 1);
    const result = await invokeSafely(deps, `queue ${item.queueName} ${item.eventId}`, {
      installation: lane.installation,
      kind: 'consumer',
      functionKey: consumer.functionKey,
      moduleKey: consumer.key,
      payload: asyncEventOf(item, clock.now()),
      root: item.root,
    });
    occupy(lane, item, -1);
    lane.running.delete(item.id);
    // Forgotten or cancelled meanwhile: whatever the function answered, nothing follows.
    if (!lane.items.has(item.id)) return;
    const verdict = judge(item, result, clock.now(), random);
    switch (verdict.kind) {
      case 'done':
        finish(lane, item, 'success');
        return;
      case 'dropped':
        stats.add(lane.installation.site.key, 'queueDropped');
        finish(lane, item, 'failed');
        tell(lane, `${item.queueName}: event ${item.eventId} dropped: ${verdict.why}`);
        return;
      case 'retry':
        stats.add(lane.installation.site.key, 'queueRetries');
        lane.items.set(item.id, verdict.item);
        save(lane);
        wakeAt(lane, verdict.item.dueAt);
    }
  }

  function occupy(lane: Lane, { concurrency }: QueueItem, by: number): void {
    if (concurrency === undefined) return;
    lane.busy.set(concurrency.key, (lane.busy.get(concurrency.key) ?? 0) + by);
  }

  function finish(lane: Lane, item: QueueItem, outcome: 'success' | 'failed' | 'cancelled'): void {
    lane.items.delete(item.id);
    // A duplicated delivery is the platform's fault, not another event of the job.
    if (item.id === item.eventId) lane.jobs.end(item.jobId, outcome);
    save(lane);
  }

  function tell(lane: Lane, text: string): void {
    timeline.record({ site: lane.installation.site.key, kind: 'queue', text });
  }

  /** Indexes of the events that a fault refused. */
  function accept(lane: Lane, request: PublishRequest, root: string): number[] {
    const site = lane.installation.site.key;
    const now = clock.now();
    const fates = request.payload.map(
      () => deps.faults.queueFate?.(site, request.queueName) ?? { copies: 1, delayMs: 0 },
    );
    const refused = fates.flatMap((fate, index) => (fate.refused === true ? [index] : []));
    lane.jobs.begin(request.jobId, request.queueName, request.payload.length - refused.length);
    for (const [index, event] of request.payload.entries()) {
      const eventId = eventIdOf(request.jobId, index);
      const fate = fates[index] as QueueFate;
      if (fate.refused === true) continue;
      for (let copy = 1; copy <= Math.max(1, fate.copies); copy += 1) {
        const item: QueueItem = {
          ...event,
          id: copy === 1 ? eventId : `${eventId}#${copy}`,
          eventId,
          queueName: request.queueName,
          jobId: request.jobId,
          root,
          pushedAt: now,
          dueAt: now + (event.delayInSeconds ?? 0) * 1000 + fate.delayMs,
          appDelayed: (event.delayInSeconds ?? 0) > 0,
          attempts: 0,
          blocked: 0,
        };
        lane.items.set(item.id, item);
        wakeAt(lane, item.dueAt);
      }
    }
    stats.add(site, 'queuePushes');
    stats.add(site, 'queueEvents', request.payload.length - refused.length);
    save(lane);
    return refused;
  }

  function publish(lane: Lane, body: unknown, rootInvocation: string | undefined): Response {
    const parsed = publishSchema.safeParse(body);
    if (!parsed.success) return queueRefusal(400, z.prettifyError(parsed.error));
    const request = parsed.data;
    const consumer = consumers.get(request.queueName);
    if (consumer === undefined)
      return queueRefusal(400, `Queue "${request.queueName}" has no consumer in the manifest`);
    const tooBig = sizeRefusal(request, consumer);
    if (tooBig !== undefined) return tooBig;
    const { id, site } = lane.installation;
    if (!pushRate.fits(id, request.payload.length)) {
      stats.add(site.key, 'queue429s');
      return queueRefusal(429, 'Too many events: 500 a minute are allowed for an installation');
    }
    const root = rootInvocation ?? request.jobId;
    if (!chains.push(root)) {
      tell(lane, `${request.queueName}: push refused, ${QUEUE_LIMITS.pushesPerChain} pushes in one chain`);
      return queueRefusal(405, 'The limit of cyclic invocations is reached');
    }
    pushRate.count(id, request.payload.length);
    const refused = accept(lane, request, root);
    return refused.length === 0 ? new Response(null, { status: 201 }) : partialSuccess(refused);
  }

  function jobCall(lane: Lane, body: unknown, verb: 'stats' | 'cancel'): Response {
    const parsed = jobSchema.safeParse(body);
    if (!parsed.success) return queueRefusal(400, z.prettifyError(parsed.error));
    const { jobId, queueName } = parsed.data;
    const counts = lane.jobs.find(jobId, queueName);
    if (counts === undefined) return queueRefusal(404, `The job ${jobId} does not exist for ${queueName}`);
    if (verb === 'stats') {
      const { success, inProgress, failed } = counts;
      return Response.json({ success, inProgress, failed });
    }
    for (const item of [...lane.items.values()])
      if (item.jobId === jobId && !lane.running.has(item.id)) finish(lane, item, 'cancelled');
    return new Response(null, { status: 204 });
  }

  return {
    async handle(installation, path, body, rootInvocation) {
      const verb = /^\/webhook\/queue\/(publish|stats|cancel)\//.exec(path)?.[1];
      const lane = laneOf(installation);
      const parsed = typeof body === 'string' ? parseJson(body) : body;
      switch (verb) {
        case 'publish':
          return publish(lane, parsed, rootInvocation);
        case 'stats':
        case 'cancel':
          return jobCall(lane, parsed, verb);
        default:
          return queueRefusal(501, `Queue path ${path} is not emulated`);
      }
    },
    pending: () =>
      [...lanes.values()].flatMap((lane) =>
        [...lane.items.values()]
          .filter((item) => !lane.running.has(item.id))
          .map((item) => ({
            site: lane.installation.site.key,
            what: describe(item),
            dueAt: item.dueAt,
            appDelayed: item.appDelayed,
          })),
      ),
    resume(installation) {
      laneOf(installation);
    },
    forget(installation) {
      const lane = laneOf(installation);
      lane.items.clear();
      save(lane);
      lanes.delete(installation.id);
    },
  };
}

/** Throws for a consumer that the manifest's schema or the platform refuses. */
function checkConsumer({ key, queue, timeoutSeconds }: ConsumerModule): void {
  const { queueNameMax, queueNamePattern, consumerTimeoutSeconds } = QUEUE_LIMITS;
  if (queue.length > queueNameMax || !queueNamePattern.test(queue))
    throw new Error(`consumer "${key}": a queue name has 1 to ${queueNameMax} characters of a-zA-Z0-9-_`);
  if (timeoutSeconds !== undefined && timeoutSeconds > consumerTimeoutSeconds)
    throw new Error(`consumer "${key}": a timeout of more than ${consumerTimeoutSeconds} s is not allowed`);
}

function describe(item: QueueItem): string {
  const state =
    item.attempts > 0 ? ` (retry ${item.attempts})` : item.blocked > 0 ? ` (blocked ${item.blocked})` : '';
  return `queue ${item.queueName} event ${item.eventId.slice(0, 8)}${state}`;
}

function saveName(installation: Installation): string {
  return `queue-${installation.id}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
