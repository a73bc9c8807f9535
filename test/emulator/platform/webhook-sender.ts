/** Posts webhooks of Data Center sites over real HTTP: once each, late, lost or doubled as the faults say; nobody retries. */
import { errorText } from '../core/error-text';
import type { Activity, Clock, FaultPlan, PendingWork, Stats, Timeline, WebhookDelivery } from '../seam';

/** How long Jira waits for an answer. */
const ANSWER_MS = 30_000;

export interface WebhookSender {
  send(site: string, delivery: WebhookDelivery): void;
  /** Deliveries that wait for their time. */
  pending(): PendingWork[];
}

interface Instruments {
  clock: Clock;
  activity: Activity;
  faults: FaultPlan;
  stats: Stats;
  timeline: Timeline;
}

export function createWebhookSender(instruments: Instruments): WebhookSender {
  const { clock, activity, faults } = instruments;
  const waiting = new Set<PendingWork>();
  return {
    send(site, delivery) {
      const { delaysMs } = faults.eventFate(site, delivery.event);
      if (delaysMs.length === 0) note(instruments, site, delivery, 'lost');
      for (const delay of delaysMs) {
        const work = {
          site,
          what: `webhook ${delivery.event}`,
          dueAt: clock.now() + delay,
          appDelayed: false,
        };
        waiting.add(work);
        clock.after(delay, () => {
          waiting.delete(work);
          const end = activity.begin(work.what);
          void post(delivery)
            .then((outcome) => note(instruments, site, delivery, outcome))
            .finally(end);
        });
      }
    },
    pending: () => [...waiting],
  };
}

/** What became of it, in one word or two; never throws. */
async function post({ url, body, identifier }: WebhookDelivery): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=UTF-8',
        'user-agent': 'Atlassian HttpClient (emulated)',
        'x-atlassian-webhook-identifier': identifier,
      },
      body: body === undefined ? '' : JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    await response.arrayBuffer();
    return `answered ${response.status}`;
  } catch (error) {
    return `failed: ${errorText(error)}`;
  }
}

function note(
  { stats, timeline }: Instruments,
  site: string,
  delivery: WebhookDelivery,
  outcome: string,
): void {
  stats.addTo(site, 'webhooks', `${delivery.event} ${outcome.split(':')[0]}`);
  timeline.record({
    site,
    kind: 'webhook',
    text: `${delivery.event} to ${new URL(delivery.url).host}: ${outcome}`,
  });
}
