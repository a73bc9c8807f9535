/** Delivers product and lifecycle events to the app's triggers: late, lost, doubled or out of order as the faults say. */
import { z } from 'zod';
import type { Installation, InvocationResult, ProductEvent } from '../../seam';
import type { EventDelivery, EventDeliveryDeps } from '../contracts';
import { invokeSafely } from '../invoke-safely';
import { EVENT_LIMITS } from '../limits';
import { failureCode, readRetryWish } from '../retry-answer';
import { ExpressionError, evaluateFilter } from './expression/evaluate';
import { readSubscriptions, type Subscription } from './subscriptions';

const deliverySchema = z.object({
  payload: z.record(z.string(), z.unknown()),
  dueAt: z.number(),
  appDelayed: z.boolean(),
  /** Retries which the app asked for, and those which the platform made by itself. */
  appRetries: z.number(),
  platformRetries: z.number(),
});
const snapshotSchema = z.array(deliverySchema.extend({ moduleKey: z.string(), eventType: z.string() }));

/** One event on its way to one trigger. */
interface Delivery extends z.infer<typeof deliverySchema> {
  installation: Installation;
  subscription: Subscription;
}

/** Throws at once for a manifest whose triggers use what is not emulated. */
export function createEventDelivery(deps: EventDeliveryDeps): EventDelivery {
  const { clock, stats, faults, timeline, persistence } = deps;
  const subscriptions = readSubscriptions(deps.triggers);
  const isLicensed = deps.isLicensed ?? (() => true);
  const waiting = new Set<Delivery>();
  /** Under way: delivered again after a restart, since nobody knows how far the function came. */
  const running = new Set<Delivery>();
  const resumed = new Set<string>();

  /** Takes up what an earlier run of the emulator left, before anything new is saved over it. */
  function resume(installation: Installation): void {
    if (resumed.has(installation.id)) return;
    resumed.add(installation.id);
    for (const { moduleKey, eventType, ...saved } of snapshotSchema.parse(
      persistence.load(saveName(installation)) ?? [],
    )) {
      const subscription = subscriptions.find(
        (candidate) => candidate.moduleKey === moduleKey && candidate.eventType === eventType,
      );
      if (subscription === undefined)
        tell(installation, `${eventType}: no trigger ${moduleKey} any more, dropped`);
      else schedule({ ...saved, installation, subscription });
    }
  }

  function save(installation: Installation): void {
    persistence.save(saveName(installation), () =>
      [...running, ...waiting]
        .filter((delivery) => delivery.installation.id === installation.id)
        .map(({ payload, dueAt, appDelayed, appRetries, platformRetries, subscription }) => ({
          payload,
          dueAt,
          appDelayed,
          appRetries,
          platformRetries,
          moduleKey: subscription.moduleKey,
          eventType: subscription.eventType,
        })),
    );
  }

  function tell(installation: Installation, text: string): void {
    timeline.record({ site: installation.site.key, kind: 'event', text });
  }

  function schedule(delivery: Delivery): void {
    waiting.add(delivery);
    save(delivery.installation);
    clock.after(Math.max(0, delivery.dueAt - clock.now()), () => {
      // Forgotten meanwhile: the installation is gone.
      if (!waiting.delete(delivery)) return;
      running.add(delivery);
      void run(delivery);
    });
  }

  async function run(delivery: Delivery): Promise<void> {
    const { installation } = delivery;
    const next = await attempt(delivery);
    // Forgotten while it ran: nothing follows.
    if (!running.delete(delivery)) return;
    if (next !== undefined && next !== 'given-up') {
      stats.add(installation.site.key, 'eventRetries');
      schedule(next);
      return;
    }
    save(installation);
    if (next === undefined) return;
    stats.add(installation.site.key, 'eventsGivenUp');
    tell(installation, `${delivery.subscription.eventType} given up by ${delivery.subscription.moduleKey}`);
  }

  async function attempt(delivery: Delivery): Promise<Delivery | 'given-up' | undefined> {
    const { installation, subscription, payload } = delivery;
    const site = installation.site.key;
    stats.addTo(site, 'eventDeliveries', subscription.eventType);
    const result = await invokeSafely(deps, `event ${subscription.eventType} on ${site}`, {
      installation,
      kind: 'trigger',
      functionKey: subscription.functionKey,
      moduleKey: subscription.moduleKey,
      payload,
    });
    return retryOf(delivery, result, clock.now());
  }

  function send(
    installation: Installation,
    subscription: Subscription,
    payload: Record<string, unknown>,
  ): void {
    const site = installation.site.key;
    const fate = faults.eventFate(site, subscription.eventType);
    if (fate.copies === 0) stats.add(site, 'eventsLost');
    for (let copy = 0; copy < fate.copies; copy += 1)
      schedule({
        installation,
        subscription,
        payload,
        dueAt: clock.now() + (fate.delaysMs[copy] ?? 0),
        appDelayed: false,
        appRetries: 0,
        platformRetries: 0,
      });
  }

  function wanted(installation: Installation, eventType: string, selfGenerated: boolean): Subscription[] {
    return subscriptions.filter(
      (subscription) =>
        subscription.eventType === eventType &&
        !(subscription.ignoreSelf && selfGenerated) &&
        !(subscription.appIsLicensed && !isLicensed(installation)),
    );
  }

  /** Whether the expression lets the event pass; a failing expression is told where `onError` says so. */
  function passes(
    installation: Installation,
    subscription: Subscription,
    payload: Record<string, unknown>,
  ): boolean {
    if (subscription.expression === undefined) return true;
    try {
      const passed = evaluateFilter(subscription.expression, payload);
      if (!passed) stats.add(installation.site.key, 'eventsFiltered');
      return passed;
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      stats.add(installation.site.key, 'eventFilterErrors');
      if (subscription.onError.endsWith('_AND_LOG'))
        tell(
          installation,
          `${subscription.eventType}: filter of ${subscription.moduleKey}: ${error.message}`,
        );
      return subscription.onError.startsWith('RECEIVE');
    }
  }

  return {
    deliver(installation, event) {
      resume(installation);
      const site = installation.site.key;
      stats.addTo(site, 'events', event.eventType);
      const payload = payloadOf(installation, event, clock.now());
      const targets = wanted(installation, event.eventType, payload['selfGenerated'] === true);
      if (targets.length === 0) return;
      const bytes = Buffer.byteLength(JSON.stringify(payload));
      if (bytes > EVENT_LIMITS.payloadBytes) {
        stats.add(site, 'eventsTooBig');
        tell(installation, `${event.eventType} of ${bytes} bytes is too big: not delivered`);
        return;
      }
      for (const subscription of targets)
        if (passes(installation, subscription, payload)) send(installation, subscription, payload);
    },
    deliverLifecycle(installation, eventType, payload) {
      resume(installation);
      for (const subscription of wanted(installation, eventType, false))
        send(installation, subscription, { ...payload, eventType });
    },
    pending: () =>
      [...waiting].map(({ installation, subscription, dueAt, appDelayed }) => ({
        site: installation.site.key,
        what: `event ${subscription.eventType} for ${subscription.moduleKey}`,
        dueAt,
        appDelayed,
      })),
    resume,
    forget(installation) {
      for (const deliveries of [waiting, running])
        for (const delivery of deliveries)
          if (delivery.installation.id === installation.id) deliveries.delete(delivery);
      resumed.add(installation.id);
      save(installation);
    },
  };
}

function saveName(installation: Installation): string {
  return `events-${installation.id}`;
}

/** The trace value is shown only to the app whose request carried it. */
function payloadOf(
  installation: Installation,
  event: ProductEvent,
  now: number,
): Record<string, unknown> & { eventType: string } {
  const { actor } = event;
  const selfGenerated = actor.kind === 'app' && actor.accountId === installation.appAccountId;
  // A copy through JSON: what the site changes afterwards must not change the event.
  const payload = JSON.parse(JSON.stringify(event.payload)) as Record<string, unknown>;
  return {
    ...payload,
    eventType: event.eventType,
    timestamp: now,
    selfGenerated,
    ...(actor.kind === 'anonymous' ? {} : { atlassianId: actor.accountId }),
    ...(selfGenerated && event.trace !== undefined ? { webhookTraceValue: event.trace } : {}),
  };
}

/** The next attempt, if any. A thrown error ends it: only timeouts, crashes and returned InvocationErrors are retried. */
function retryOf(
  delivery: Delivery,
  result: InvocationResult,
  now: number,
): Delivery | 'given-up' | undefined {
  const { appRetries, platformRetries } = delivery;
  if (result.ok) {
    const wish = readRetryWish(result.value, EVENT_LIMITS.retryAfterSeconds);
    if (wish === undefined) return undefined;
    const bytes = Buffer.byteLength(JSON.stringify(wish.data ?? null));
    if (appRetries >= EVENT_LIMITS.appRetries || bytes > EVENT_LIMITS.retryDataBytes) return 'given-up';
    return {
      ...delivery,
      payload: withRetry(delivery, wish.reason, wish.data),
      dueAt: now + wish.afterMs,
      appDelayed: true,
      appRetries: appRetries + 1,
    };
  }
  if (result.reason === 'threw' || platformRetries >= EVENT_LIMITS.platformRetries) return 'given-up';
  return {
    ...delivery,
    payload: withRetry(delivery, failureCode(result.reason), undefined),
    dueAt: now + EVENT_LIMITS.platformBackoffMs * 2 ** platformRetries,
    appDelayed: false,
    platformRetries: platformRetries + 1,
  };
}

function withRetry({ payload, appRetries, platformRetries }: Delivery, reason: string, data: unknown) {
  return {
    ...payload,
    retryContext: { retryCount: appRetries + platformRetries + 1, retryReason: reason, retryData: data },
  };
}
