/** The faults which are switched on: each place that can fail asks here what shall happen. */
import { createRandom } from '../core/random';
import type { EventFate, FaultPlan, QueueFate, WebtriggerFate } from '../seam';
import {
  type CallError,
  type FaultKind,
  type FaultSpec,
  type FaultsInput,
  faultsSchema,
} from './fault-schema';

interface ActiveFault {
  kind: FaultKind;
  spec: Record<string, unknown>;
  /** How many things matched. */
  seen: number;
  /** How often it struck. */
  fired: number;
}

/** A platform call as fault patterns see it. */
export interface PlatformCall {
  site: string;
  /** E.g. `jira:POST /rest/api/3/issue`, without the query. */
  name: string;
  body: string;
}

interface CallFate {
  delayMs: number;
  /** Answer with this instead of executing the call. */
  error?: CallError;
}

export interface FaultControl extends FaultPlan {
  queueFate(site: string, queue: string): QueueFate;
  scheduleFate(site: string, moduleKey: string): { copies: number };
  callFate(call: PlatformCall): CallFate;
  /** The status that a call as the app gets instead of an answer so soon after the installation, if any. */
  installRace(site: string, sinceInstallMs: number): number | undefined;
  /** Whether the instance shall die here. */
  crashes(call: PlatformCall, when: 'before' | 'after'): boolean;
  /** Switches faults on (or all off with `clear`). Throws a ZodError for what it does not know. */
  set(input: FaultsInput): void;
  active(): ActiveFault[];
}

interface Armed<K extends FaultKind = FaultKind> {
  kind: K;
  spec: FaultSpec<K>;
  seen: number;
  fired: number;
}

interface Frequency {
  rate?: number;
  nth?: number | undefined;
  times?: number | undefined;
}

function patternFits(pattern: string, name: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${expression}$`, 's').test(name);
}

const fits = (wanted: string | undefined, actual: string) => wanted === undefined || wanted === actual;

export interface FaultControlOptions {
  seed: number;
  /** Index lag is the site's own business. `site` undefined = every site. */
  setIndexLag: (site: string | undefined, ms: number) => void;
  /** Lag of storage queries, the store's own business too. */
  setQueryLag?: (ms: number, jitterMs: number) => void;
}

/** No faults at first. */
export function createFaultControl(options: FaultControlOptions): FaultControl {
  const random = createRandom(options.seed);
  let armed: Armed[] = [];

  const armedOf = <K extends FaultKind>(kind: K): Armed<K>[] =>
    armed.filter((fault): fault is Armed<K> => fault.kind === kind);
  const strikes = (fault: Armed, { rate = 1, nth, times }: Frequency): boolean => {
    fault.seen += 1;
    if (nth !== undefined && fault.seen !== nth) return false;
    if (times !== undefined && fault.fired >= times) return false;
    if (rate < 1 && random() >= rate) return false;
    fault.fired += 1;
    return true;
  };
  const striking = <K extends FaultKind>(kind: K, matches: (spec: FaultSpec<K>) => boolean): FaultSpec<K>[] =>
    armedOf(kind)
      .filter((fault) => matches(fault.spec) && strikes(fault, fault.spec as Frequency))
      .map((fault) => fault.spec);
  const delayOf = (specs: { ms: number; jitterMs: number }[]): number =>
    specs.reduce((sum, spec) => sum + spec.ms + Math.floor(random() * spec.jitterMs), 0);

  return {
    eventFate(site, eventType): EventFate {
      const here = (spec: { site?: string | undefined; eventType?: string | undefined }) =>
        fits(spec.site, site) && fits(spec.eventType, eventType);
      if (striking('eventLoss', here).length > 0) return { copies: 0, delaysMs: [] };
      const copies = Math.max(1, ...striking('eventDuplication', here).map((spec) => spec.copies));
      const delayMs = delayOf(striking('eventDelay', here));
      const spreadMs = Math.max(0, ...striking('eventReordering', here).map((spec) => spec.withinMs));
      const delaysMs = Array.from({ length: copies }, () => delayMs + Math.floor(random() * spreadMs));
      return { copies, delaysMs };
    },
    webtriggerFate(site, moduleKey): WebtriggerFate {
      const here = (spec: { site?: string | undefined; module?: string | undefined }) =>
        fits(spec.site, site) && fits(spec.module, moduleKey);
      const [loss] = striking('webtriggerLoss', here);
      const twice = striking('webtriggerDuplication', here).length > 0;
      return {
        delayMs: delayOf(striking('webtriggerDelay', here)),
        ...(loss ? { lost: loss.lost } : {}),
        ...(twice ? { copies: 2 } : {}),
      };
    },
    queueFate(site, queue) {
      const here = (spec: { site?: string | undefined; queue?: string | undefined }) =>
        fits(spec.site, site) && fits(spec.queue, queue);
      const twice = striking('queueDuplication', here).length > 0;
      const refused = striking('queueRefusal', here).length > 0;
      return {
        copies: twice ? 2 : 1,
        delayMs: delayOf(striking('queueDelay', here)),
        ...(refused ? { refused } : {}),
      };
    },
    scheduleFate(site, moduleKey) {
      const here = (spec: { site?: string | undefined; module?: string | undefined }) =>
        fits(spec.site, site) && fits(spec.module, moduleKey);
      return { copies: striking('scheduleDuplication', here).length > 0 ? 2 : 1 };
    },
    callFate({ site, name }) {
      const here = (spec: { site?: string | undefined; call: string }) =>
        fits(spec.site, site) && patternFits(spec.call, name);
      const delayMs = delayOf(striking('latency', here));
      const [error] = striking('errors', here);
      return error === undefined ? { delayMs } : { delayMs, error };
    },
    installRace(site, sinceInstallMs) {
      const [race] = striking('installRace', (spec) => fits(spec.site, site) && sinceInstallMs < spec.ms);
      return race?.status;
    },
    crashes({ site, name, body }, when) {
      const specs = striking(
        'crashPoints',
        (spec) =>
          spec.when === when &&
          fits(spec.site, site) &&
          patternFits(spec.call, name) &&
          (spec.bodyIncludes === undefined || body.includes(spec.bodyIncludes)),
      );
      return specs.length > 0;
    },
    set(input) {
      const { clear, ...faults } = faultsSchema.parse(input);
      if (clear) {
        armed = [];
        options.setIndexLag(undefined, 0);
        options.setQueryLag?.(0, 0);
      }
      for (const [kind, specs] of Object.entries(faults) as [FaultKind, FaultSpec<FaultKind>[]][]) {
        for (const spec of specs) armed.push({ kind, spec, seen: 0, fired: 0 });
      }
      for (const lag of faults.indexLag ?? []) options.setIndexLag(lag.site, lag.ms);
      for (const lag of faults.queryLag ?? []) options.setQueryLag?.(lag.ms, lag.jitterMs);
    },
    active: () => armed.map(({ kind, spec, seen, fired }) => ({ kind, spec: { ...spec }, seen, fired })),
  };
}
