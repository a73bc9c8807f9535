/** `npm run sim -- --seeds N [--from S] [--minutes M] [--forgets one|both] [--kinds NAMES] [--trace]`: random worlds on all cores, judged by what people did. */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { addCounts, type Counts, noCounts } from './sim/counts';
import type { Forgets } from './sim/forget';
import { countsOf, type KindName, kindNames, usualKinds } from './sim/kinds';
import type { Finding } from './sim/ledger-words';
import { playSeed, type Verdict } from './sim/play';
import type { PlayOptions } from './sim/prepare';

/** A world that takes longer than this, milliseconds, never ends. */
const longestWorldMs = 120_000;
/** So many worlds have every kind among them. */
const enoughWorlds = 150;

const usualCounts = ['crashes', 'losses', 'duplicates', 'reorderings', 'conflicts', 'races'] as const;

interface Request {
  seeds: number;
  from: number;
  /** Stops beginning new worlds after this time; seeds that were not played are no failure. */
  minutes: number;
  isTraced: boolean;
  /** See `PlayOptions`. */
  isPlain: boolean;
  /** Stops at the first world that is not well; these do not count. */
  isHasty: boolean;
  known: ReadonlySet<number>;
  forgets: Forgets | undefined;
  kinds: readonly KindName[] | undefined;
  isWorker: boolean;
}

function readRequest(): Request {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '100' },
      from: { type: 'string', default: '1' },
      minutes: { type: 'string', default: '1440' },
      plain: { type: 'boolean', default: false },
      trace: { type: 'boolean', default: false },
      hasty: { type: 'boolean', default: false },
      known: { type: 'string', default: '' },
      forgets: { type: 'string' },
      kinds: { type: 'string' },
      worker: { type: 'boolean', default: false },
    },
  });
  const [seeds, from, minutes] = [values.seeds, values.from, values.minutes].map(Number);
  if (!isCount(seeds) || !isCount(from) || !(Number(minutes) > 0)) {
    throw new Error('Usage: npm run sim -- --seeds N [--from S] [--minutes M] [--trace]');
  }
  return {
    seeds,
    from,
    minutes: Number(minutes),
    isTraced: values.trace,
    isPlain: values.plain,
    isHasty: values.hasty,
    known: new Set(values.known.split(',').map(Number)),
    forgets: forgetsIn(values.forgets),
    kinds: kindsIn(values.kinds),
    isWorker: values.worker,
  };
}

function optionsOf({ isPlain, forgets, kinds }: Request): PlayOptions {
  return {
    isPlain,
    ...(forgets === undefined ? {} : { forgets }),
    ...(kinds === undefined ? {} : { kinds }),
  };
}

/** `none`, or some of them with commas. */
function kindsIn(value: string | undefined): KindName[] | undefined {
  if (value === undefined) return undefined;
  const names = value === 'none' ? [] : value.split(',');
  return names.map((name) => {
    const known = kindNames.find((one) => one === name);
    if (known === undefined) throw new Error(`--kinds none, or some of ${kindNames.join(',')}`);
    return known;
  });
}

function forgetsIn(value: string | undefined): Forgets | undefined {
  if (value === undefined || value === 'one' || value === 'both') return value;
  throw new Error('--forgets one, or --forgets both');
}

function isCount(value: number | undefined): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}

/** Plays the seeds that the parent names, one at a time. */
function serve(options: PlayOptions): void {
  process.on('message', (seed: number) => {
    void play(seed, options).then((verdict) => process.send?.(verdict));
  });
}

async function play(seed: number, options: PlayOptions): Promise<Verdict> {
  try {
    return await playSeed(seed, options);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { seed, findings: [{ what: 'diverged', text }], counts: noCounts(), messages: 0 };
  }
}

/** What all worlds so far came to. */
class Tally {
  readonly required: readonly (keyof Counts)[];
  counts: Counts = noCounts();
  worlds = 0;
  converged = 0;
  readonly wrong = { lost: 0, duplicated: 0, diverged: 0, echo: 0 };

  constructor({ forgets, kinds, isPlain }: Request) {
    const drawn = isPlain || forgets !== undefined ? [] : (kinds ?? usualKinds);
    const special = drawn.flatMap((kind) => countsOf[kind]);
    const isForgetting = !isPlain && (forgets !== undefined || kinds === undefined);
    this.required = [...usualCounts, ...special, ...(isForgetting ? (['restores'] as const) : [])];
  }

  add({ seed, findings, counts }: Verdict): void {
    this.worlds += 1;
    this.counts = addCounts(this.counts, counts);
    if (findings.length === 0) this.converged += 1;
    else console.log(`seed ${seed}: ${findings[0]?.what}: ${oneLine(findings)}`);
    for (const { what } of findings) this.wrong[what] += 1;
  }

  /** True when all is well and every kind of mischief took place. */
  conclude(): boolean {
    const isEnough = this.worlds >= enoughWorlds;
    const names = this.required.filter((name) => isEnough || !isSpecial(name));
    const others = (Object.keys(this.counts) as (keyof Counts)[]).filter((name) => !names.includes(name));
    console.log(`more: ${print(this.counts, others)}`);
    console.log(`injected: ${print(this.counts, names)}`);
    const { lost, duplicated, diverged, echo } = this.wrong;
    const worlds = `worlds ${this.worlds}, converged ${this.converged}`;
    console.log(
      `sim: ${worlds}, lost ${lost}, duplicated ${duplicated}, diverged ${diverged}, echoes ${echo}`,
    );
    const isIdle = names.some((name) => this.counts[name] === 0);
    return this.worlds > 0 && this.converged === this.worlds && !isIdle;
  }
}

function oneLine(findings: readonly Finding[]): string {
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
  return `${findings[0]?.text.split('\n').slice(0, 3).join(' ').slice(0, 500)}${more}`;
}

function print(counts: Counts, names: readonly (keyof Counts)[]): string {
  return names.map((name) => `${name} ${counts[name]}`).join(', ');
}

/** What a few worlds may well be without, because only some have it. */
function isSpecial(name: keyof Counts): boolean {
  return name === 'restores' || Object.values(countsOf).some((names) => names.includes(name));
}

/** Hands out seeds to one child for each core; a child whose world never ends is replaced. */
async function playAll(request: Request, tally: Tally): Promise<void> {
  const last = request.from + request.seeds - 1;
  const until = Date.now() + request.minutes * 60_000;
  let next = request.from;
  let isOver = false;
  const take = (): number | undefined => {
    if (isOver || next > last || Date.now() >= until) return undefined;
    next += 1;
    return next - 1;
  };
  const hear = (verdict: Verdict): void => {
    tally.add(verdict);
    isOver ||= request.isHasty && verdict.findings.length > 0 && !request.known.has(verdict.seed);
  };
  const crew = Math.min(request.seeds, availableParallelism());
  await Promise.all(Array.from({ length: crew }, () => employ(take, hear, optionsOf(request))));
}

/** One child at a time, until there are no more seeds. */
async function employ(
  take: () => number | undefined,
  hear: (verdict: Verdict) => void,
  { isPlain, forgets, kinds }: PlayOptions,
): Promise<void> {
  for (let seed = take(); seed !== undefined; ) {
    const child = fork(
      process.argv[1] ?? '',
      [
        '--worker',
        ...(isPlain === true ? ['--plain'] : []),
        ...(forgets === undefined ? [] : ['--forgets', forgets]),
        ...(kinds === undefined ? [] : ['--kinds', kinds.length === 0 ? 'none' : kinds.join(',')]),
      ],
      {
        execArgv: process.execArgv,
      },
    );
    const current: number = seed;
    seed = await new Promise<number | undefined>((resolve) => {
      let playing: number = current;
      let timer = watch();
      child.on('message', (verdict: Verdict) => {
        clearTimeout(timer);
        hear(verdict);
        const following = take();
        if (following === undefined) return end(undefined);
        playing = following;
        timer = watch();
        child.send(playing);
      });
      child.on('exit', (code) => {
        if (code !== null && code !== 0) fail(`its process ended with code ${code}`);
      });
      child.send(playing);

      function watch(): NodeJS.Timeout {
        return setTimeout(() => fail('never ends'), longestWorldMs);
      }
      function fail(text: string): void {
        clearTimeout(timer);
        hear({ seed: playing, findings: [{ what: 'diverged', text }], counts: noCounts(), messages: 0 });
        end(take());
      }
      function end(following: number | undefined): void {
        child.removeAllListeners();
        child.kill('SIGKILL');
        resolve(following);
      }
    });
  }
}

async function main(): Promise<void> {
  const request = readRequest();
  if (request.isWorker) return serve(optionsOf(request));
  const tally = new Tally(request);
  if (request.isTraced) {
    for (let seed = request.from; seed < request.from + request.seeds; seed += 1) {
      const verdict = await play(seed, { ...optionsOf(request), trace: console.log });
      for (const { what, text } of verdict.findings) console.log(`${what}: ${text}`);
      tally.add(verdict);
    }
  } else await playAll(request, tally);
  process.exitCode = tally.conclude() ? 0 : 1;
}

void main();
