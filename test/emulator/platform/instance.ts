/** One function instance: a forked Node with the deployed bundle in it, running one invocation at a time. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import {
  type LambdaAnswer,
  type LambdaEvent,
  type LogLine,
  lambdaAnswerSchema,
  logLineSchema,
} from './lambda-event';
import { watchMemory } from './memory-watch';
import { functionNode } from './node-command';

export type InstanceOutcome =
  | { kind: 'answered'; answer: LambdaAnswer }
  | { kind: 'timeout' }
  | { kind: 'memory' }
  /** Ended by itself or by `kill`; `detail` is its last words or the reason given. */
  | { kind: 'died'; detail: string };

/** What the instance must know besides the event. */
export interface RunTerms {
  /** Real time, whatever the world's clock says. */
  deadlineMs: number;
  /** Decides everything the function draws at random. */
  seed: string;
  /** The moment of the virtual clock; absent = the function sees the machine's time. */
  now?: number;
}

export interface FunctionInstance {
  readonly memoryMb: number;
  alive(): boolean;
  /** Runs one event; killed when its deadline is over. Never rejects. */
  run(event: LambdaEvent, terms: RunTerms): Promise<InstanceOutcome>;
  /** Ends the process at once. */
  kill(reason: string): void;
}

export interface InstanceOptions {
  bundleDirectory: string;
  backplaneUrl: string;
  memoryMb: number;
  onLog(line: LogLine): void;
  /** Lines of standard output or error which are not log lines. */
  onStray(line: string): void;
}

const LAST_WORDS_KEPT = 4000;
const MIB = 1024 * 1024;
const EVENT_PIPE = 3;

function start(options: InstanceOptions): ChildProcess {
  return fork(join(__dirname, 'runtime/instance.cjs'), [], {
    execPath: functionNode(),
    execArgv: [`--max-old-space-size=${options.memoryMb}`],
    // The environment of the developer's machine is not the function's: it must not leak into the app.
    env: {
      TZ: 'UTC',
      LANG: 'en_US.UTF-8',
      FORGE_EFS_RUNTIME_PATH: options.bundleDirectory,
      EMULATOR_BACKPLANE: options.backplaneUrl,
    },
    // The fourth brings the events: the instance blocks on it between invocations.
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'ipc'],
  });
}

function readLines(child: ChildProcess, options: InstanceOptions, lastWords: (line: string) => void): void {
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = parseLogLine(text);
      if (line) options.onLog(line);
      else options.onStray(text);
    });
  }
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (text) => {
      lastWords(text);
      options.onStray(text);
    });
  }
}

function parseLogLine(text: string): LogLine | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const parsed = logLineSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** How it ended, with the line of its error output that names the error. */
function lastWords(ending: string, words: string): string {
  const error = words.split('\n').find((line) => /^\w*Error\b/.test(line));
  return error ? `${ending}: ${error}` : ending;
}

/** Forks an instance; the bundle loads with its first invocation, as a cold start does. */
export function createInstance(options: InstanceOptions): FunctionInstance {
  const child = start(options);
  let alive = true;
  let killedBecause: string | undefined;
  let words = '';
  let finish: ((outcome: InstanceOutcome) => void) | undefined;
  const events = child.stdio[EVENT_PIPE] as Writable;
  // A broken pipe means that the process ended, which `close` tells with the reason.
  events.on('error', () => {});

  readLines(child, options, (line) => {
    words = `${words}\n${line}`.slice(-LAST_WORDS_KEPT);
  });
  const end = (outcome: InstanceOutcome) => {
    alive = false;
    finish?.(outcome);
    finish = undefined;
  };
  child.on('message', (message) => {
    const { answer } = message as { answer: unknown };
    const outcome: InstanceOutcome = { kind: 'answered', answer: lambdaAnswerSchema.parse(answer) };
    finish?.(outcome);
    finish = undefined;
  });
  child.on('error', (error) => end({ kind: 'died', detail: error.message }));
  // `close` comes after the last output was read, so the last words are complete.
  child.on('close', (code, signal) => {
    if (killedBecause === 'timeout') end({ kind: 'timeout' });
    else if (killedBecause === 'memory') end({ kind: 'memory' });
    else if (killedBecause) end({ kind: 'died', detail: killedBecause });
    else if (signal === 'SIGABRT' || words.includes('heap out of memory')) end({ kind: 'memory' });
    else end({ kind: 'died', detail: lastWords(`${signal ?? `exit code ${code}`}`, words) });
  });
  const kill = (reason: string) => {
    killedBecause ??= reason;
    alive = false;
    child.kill('SIGKILL');
  };
  return {
    memoryMb: options.memoryMb,
    alive: () => alive,
    run(event, terms) {
      return new Promise((resolve) => {
        if (!alive) {
          resolve({ kind: 'died', detail: killedBecause ?? 'ended before the invocation' });
          return;
        }
        const deadline = setTimeout(() => kill('timeout'), terms.deadlineMs);
        const stopWatching = watchMemory(child.pid ?? 0, options.memoryMb * MIB, () => kill('memory'));
        finish = (outcome) => {
          clearTimeout(deadline);
          stopWatching();
          resolve(outcome);
        };
        events.write(`${JSON.stringify({ event, ...terms })}\n`);
      });
    },
    kill,
  };
}
