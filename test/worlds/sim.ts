/** `npm run sim -- --seeds N [--from S] [--minutes M] [--forgets one|both] [--trace]`: random worlds on all cores, judged by what people did. */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { addCounts, type Counts, noCounts } from './sim/counts';
import type { Forgets } from './sim/forget';
import type { Finding } from './sim/ledger-words';
import { type PlayOptions, playSeed, type Verdict } from './sim/play';

/** A world that takes longer than this, milliseconds, never ends. */
const longestWorldMs = 120_000;

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
    isWorker: values.worker,
  };
}

function optionsOf({ isPlain, forgets }: Request): PlayOptions {
  return { isPlain, ...(forgets === undefined ? {} : { forgets }) };
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
  readonly forgets: Forgets | undefined;
  counts: Counts = noCounts();
  worlds = 0;
  converged = 0;
  readonly wrong = { lost: 0, duplicated: 0, diverged: 0, echo: 0 };

  constructor(forgets: Forgets | undefined) {
    this.forgets = forgets;
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
    const { crashes, losses, duplicates, reorderings, conflicts, races, restores, ...more } = this.counts;
    const usual = { crashes, losses, duplicates, reorderings, conflicts, races };
    const required = this.forgets === undefined ? usual : { ...usual, restores };
    console.log(`more: ${print(more)}`);
    console.log(`injected: ${print(required)}`);
    const { lost, duplicated, diverged, echo } = this.wrong;
    const worlds = `worlds ${this.worlds}, converged ${this.converged}`;
    console.log(
      `sim: ${worlds}, lost ${lost}, duplicated ${duplicated}, diverged ${diverged}, echoes ${echo}`,
    );
    const isIdle = Object.values(required).some((count) => count === 0);
    return this.worlds > 0 && this.converged === this.worlds && !isIdle;
  }
}

function oneLine(findings: readonly Finding[]): string {
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
  return `${findings[0]?.text.split('\n').slice(0, 3).join(' ').slice(0, 500)}${more}`;
}

function print(counts: Partial<Counts>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
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
  { isPlain, forgets }: PlayOptions,
): Promise<void> {
  for (let seed = take(); seed !== undefined; ) {
    const child = fork(
      process.argv[1] ?? '',
      [
        '--worker',
        ...(isPlain === true ? ['--plain'] : []),
        ...(forgets === undefined ? [] : ['--forgets', forgets]),
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
  const tally = new Tally(request.forgets);
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
