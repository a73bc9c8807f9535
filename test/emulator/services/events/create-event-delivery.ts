/** Delivers product and lifecycle events to the app's triggers: late, lost, doubled or out of order as the faults say. */
import type { Installation, InvocationResult, ProductEvent } from '../../seam';
import type { EventDelivery, EventDeliveryDeps } from '../contracts';
import { invokeSafely } from '../invoke-safely';
import { EVENT_LIMITS } from '../limits';
import { failureCode, readRetryWish } from '../retry-answer';
import { readSubscriptions, type Subscription } from './subscriptions';

/** One event on its way to one trigger. */
interface Delivery {
  installation: Installation;
  subscription: Subscription;
  payload: Record<string, unknown>;
  dueAt: number;
  appDelayed: boolean;
  /** Retries which the app asked for, and those which the platform made by itself. */
  appRetries: number;
  platformRetries: number;
}

/** Throws at once for a manifest whose triggers use what is not emulated. */
export function createEventDelivery(deps: EventDeliveryDeps): EventDelivery {
  const { clock, stats, faults, timeline } = deps;
  const subscriptions = readSubscriptions(deps.triggers);
  const isLicensed = deps.isLicensed ?? (() => true);
  const waiting = new Set<Delivery>();

  function schedule(delivery: Delivery): void {
    waiting.add(delivery);
    clock.after(Math.max(0, delivery.dueAt - clock.now()), () => {
      // Forgotten meanwhile: the installation is gone.
      if (waiting.delete(delivery)) void run(delivery);
    });
  }

  async function run(delivery: Delivery): Promise<void> {
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
    const next = retryOf(delivery, result, clock.now());
    if (next === undefined) return;
    if (next === 'given-up') {
      stats.add(site, 'eventsGivenUp');
      timeline.record({
        site,
        kind: 'event',
        text: `${subscription.eventType} given up by ${subscription.moduleKey}`,
      });
      return;
    }
    stats.add(site, 'eventRetries');
    schedule(next);
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

  return {
    deliver(installation, event) {
      const site = installation.site.key;
      stats.addTo(site, 'events', event.eventType);
      const payload = payloadOf(installation, event, clock.now());
      const targets = wanted(installation, event.eventType, payload['selfGenerated'] === true);
      if (targets.length === 0) return;
      const bytes = Buffer.byteLength(JSON.stringify(payload));
      if (bytes > EVENT_LIMITS.payloadBytes) {
        stats.add(site, 'eventsTooBig');
        timeline.record({
          site,
          kind: 'event',
          text: `${event.eventType} of ${bytes} bytes is too big: not delivered`,
        });
        return;
      }
      for (const subscription of targets) send(installation, subscription, payload);
    },
    deliverLifecycle(installation, eventType, payload) {
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
    forget(installation) {
      for (const delivery of waiting)
        if (delivery.installation.id === installation.id) waiting.delete(delivery);
    },
  };
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
