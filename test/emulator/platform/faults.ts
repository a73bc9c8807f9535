/** The faults which are switched on: each place that can fail asks here what shall happen. */
import { createRandom, seedFrom } from '../core/random';
import type { EventFate, FaultPlan, QueueFate, Random, WebtriggerFate } from '../seam';
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
  /** Answer with a timeout, and execute the call so much later. */
  landsAfterMs?: number;
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
  /** Its randomness, for each thing it can strike: what happens elsewhere in between changes nothing here. */
  draw: (key: string) => number;
}

/** A fault which strikes, with its randomness for the thing struck. */
interface Strike<K extends FaultKind> {
  spec: FaultSpec<K>;
  draw: () => number;
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
  /** What is undefined is as the world was started. */
  setInstances?: (shape: { shared?: boolean | undefined; cold?: boolean | undefined }) => void;
}

/** A stream of numbers for each key, the same in every run with the same seed. */
function createDraws(seed: string): (key: string) => number {
  const streams = new Map<string, Random>();
  return (key) => {
    const stream = streams.get(key) ?? createRandom(seedFrom(`${seed} ${key}`));
    streams.set(key, stream);
    return stream();
  };
}

const delayOf = (strikes: { spec: { ms: number; jitterMs: number }; draw: () => number }[]): number =>
  strikes.reduce((sum, { spec, draw }) => sum + spec.ms + Math.floor(draw() * spec.jitterMs), 0);

/** No faults at first. */
export function createFaultControl(options: FaultControlOptions): FaultControl {
  let armed: Armed[] = [];

  const armedOf = <K extends FaultKind>(kind: K): Armed<K>[] =>
    armed.filter((fault): fault is Armed<K> => fault.kind === kind);
  const strikes = (fault: Armed, draw: () => number, { rate = 1, nth, times }: Frequency): boolean => {
    fault.seen += 1;
    if (nth !== undefined && fault.seen !== nth) return false;
    if (times !== undefined && fault.fired >= times) return false;
    if (rate < 1 && draw() >= rate) return false;
    fault.fired += 1;
    return true;
  };
  /** `key` names the thing that may be struck. */
  const striking = <K extends FaultKind>(
    kind: K,
    key: string,
    matches: (spec: FaultSpec<K>) => boolean,
  ): Strike<K>[] =>
    armedOf(kind)
      .filter((fault) => matches(fault.spec))
      .map((fault) => ({ fault, spec: fault.spec, draw: () => fault.draw(key) }))
      .filter(({ fault, spec, draw }) => strikes(fault, draw, spec as Frequency));

  return {
    eventFate(site, eventType): EventFate {
      const key = `${site} ${eventType}`;
      const here = (spec: { site?: string | undefined; eventType?: string | undefined }) =>
        fits(spec.site, site) && fits(spec.eventType, eventType);
      if (striking('eventLoss', key, here).length > 0) return { copies: 0, delaysMs: [] };
      const doubled = striking('eventDuplication', key, here);
      const copies = Math.max(1, ...doubled.map(({ spec }) => spec.copies));
      const delayMs = delayOf(striking('eventDelay', key, here));
      const spreads = striking('eventReordering', key, here);
      const spread = () =>
        Math.max(0, ...spreads.map(({ spec, draw }) => Math.floor(draw() * spec.withinMs)));
      const delaysMs = Array.from({ length: copies }, () => delayMs + spread());
      return { copies, delaysMs };
    },
    webtriggerFate(site, moduleKey): WebtriggerFate {
      const key = `${site} ${moduleKey}`;
      const here = (spec: { site?: string | undefined; module?: string | undefined }) =>
        fits(spec.site, site) && fits(spec.module, moduleKey);
      const [loss] = striking('webtriggerLoss', key, here);
      const twice = striking('webtriggerDuplication', key, here).length > 0;
      return {
        delayMs: delayOf(striking('webtriggerDelay', key, here)),
        ...(loss ? { lost: loss.spec.lost } : {}),
        ...(twice ? { copies: 2 } : {}),
      };
    },
    queueFate(site, queue) {
      const key = `${site} ${queue}`;
      const here = (spec: { site?: string | undefined; queue?: string | undefined }) =>
        fits(spec.site, site) && fits(spec.queue, queue);
      const twice = striking('queueDuplication', key, here).length > 0;
      const refused = striking('queueRefusal', key, here).length > 0;
      return {
        copies: twice ? 2 : 1,
        delayMs: delayOf(striking('queueDelay', key, here)),
        ...(refused ? { refused } : {}),
      };
    },
    scheduleFate(site, moduleKey) {
      const here = (spec: { site?: string | undefined; module?: string | undefined }) =>
        fits(spec.site, site) && fits(spec.module, moduleKey);
      const twice = striking('scheduleDuplication', `${site} ${moduleKey}`, here).length > 0;
      return { copies: twice ? 2 : 1 };
    },
    callFate({ site, name }) {
      const key = `${site} ${name}`;
      const here = (spec: { site?: string | undefined; call: string }) =>
        fits(spec.site, site) && patternFits(spec.call, name);
      const delayMs = delayOf(striking('latency', key, here));
      const [error] = striking('errors', key, here);
      if (error !== undefined) return { delayMs, error: error.spec };
      const [timeout] = striking('timeouts', key, here);
      if (timeout === undefined) return { delayMs };
      const { afterMs, landsAfterMs } = timeout.spec;
      return { delayMs: delayMs + afterMs, landsAfterMs };
    },
    installRace(site, sinceInstallMs) {
      const early = (spec: FaultSpec<'installRace'>) => fits(spec.site, site) && sinceInstallMs < spec.ms;
      const [race] = striking('installRace', site, early);
      return race?.spec.status;
    },
    crashes({ site, name, body }, when) {
      const struck = striking(
        'crashPoints',
        `${site} ${name}`,
        (spec) =>
          spec.when === when &&
          fits(spec.site, site) &&
          patternFits(spec.call, name) &&
          (spec.bodyIncludes === undefined || body.includes(spec.bodyIncludes)),
      );
      return struck.length > 0;
    },
    set(input) {
      const { clear, ...faults } = faultsSchema.parse(input);
      if (clear) {
        armed = [];
        options.setIndexLag(undefined, 0);
        options.setQueryLag?.(0, 0);
        options.setInstances?.({});
      }
      for (const [kind, specs] of Object.entries(faults) as [FaultKind, FaultSpec<FaultKind>[]][]) {
        for (const spec of specs) {
          const draw = createDraws(`${options.seed} ${armed.length} ${kind}`);
          armed.push({ kind, spec, seen: 0, fired: 0, draw });
        }
      }
      for (const lag of faults.indexLag ?? []) options.setIndexLag(lag.site, lag.ms);
      for (const lag of faults.queryLag ?? []) options.setQueryLag?.(lag.ms, lag.jitterMs);
      const shapes = armedOf('instances').map((fault) => fault.spec);
      if (shapes.length > 0) options.setInstances?.(Object.assign({}, ...shapes));
    },
    active: () => armed.map(({ kind, spec, seen, fired }) => ({ kind, spec: { ...spec }, seen, fired })),
  };
}
