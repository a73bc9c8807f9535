/** What functions wrote with `console`: kept for tests and the console, counted for the price list. */
import type { Clock, Invocation, Stats } from '../seam';
import type { LogLine } from './lambda-event';

export interface LoggedLine {
  at: number;
  site: string;
  functionKey: string;
  level: 'debug' | 'info' | 'warn' | 'error';
  text: string;
}

export interface FunctionLog {
  /** Tells whose lines carry this invocation id. */
  begin(invocationId: string, invocation: Invocation): void;
  write(line: LogLine): void;
  /** The newest lines, oldest first. */
  recent(limit?: number): LoggedLine[];
}

const KEPT_LINES = 5000;
/** Lines can arrive a little after their invocation is over. */
const KEPT_INVOCATIONS = 2000;

function levelOf(logLevel: number): LoggedLine['level'] {
  if (logLevel >= 50) return 'error';
  if (logLevel >= 40) return 'warn';
  return logLevel >= 30 ? 'info' : 'debug';
}

const textOf = (argument: unknown) => (typeof argument === 'string' ? argument : JSON.stringify(argument));

/** `onLine` sees each line as it comes. */
export function createFunctionLog(deps: {
  clock: Clock;
  stats: Stats;
  onLine: (line: LoggedLine) => void;
}): FunctionLog {
  const invocations = new Map<string, Invocation>();
  const lines: LoggedLine[] = [];
  return {
    begin(invocationId, invocation) {
      invocations.set(invocationId, invocation);
      const [oldest] = invocations.keys();
      if (invocations.size > KEPT_INVOCATIONS && oldest !== undefined) invocations.delete(oldest);
    },
    write({ invocationId, logLevel, logArguments, cut }) {
      const invocation = invocationId === null ? undefined : invocations.get(invocationId);
      const site = invocation?.installation.site.key ?? 'unknown';
      const text = logArguments.map(textOf).join(' ');
      deps.stats.add(site, 'logLines');
      deps.stats.add(site, 'logBytes', Buffer.byteLength(text));
      if (cut) deps.stats.add(site, 'logsCut');
      const line: LoggedLine = {
        at: deps.clock.now(),
        site,
        functionKey: invocation?.functionKey ?? 'outside an invocation',
        level: levelOf(logLevel),
        text,
      };
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      deps.onLine(line);
    },
    recent: (limit = KEPT_LINES) => lines.slice(-limit),
  };
}
