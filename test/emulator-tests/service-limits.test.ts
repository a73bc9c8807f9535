/** Every number that the services enforce stands in the table of limits; only what bounds the emulator itself does not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICE_LIMIT_ROWS } from '../emulator/services/limit-rows';
import * as limits from '../emulator/services/limits';

const FOLDER = join(__dirname, '../emulator/services');

/** How the emulator works inside, or the other half of a row that is there. */
const NO_ROWS = [
  // `event for a long-running consumer` says above which bytes; this says who is long-running.
  'QUEUE_LIMITS.shortTimeoutSeconds',
  'QUEUE_LIMITS.rememberedJobs',
  'WEBTRIGGER_LIMITS.trafficKept',
  'WEBTRIGGER_LIMITS.trafficCharsKept',
  'EVENT_LIMITS.platformBackoffMs',
  'SCHEDULE_LIMITS.spreadMs',
];

const NUMBERS = Object.entries(limits)
  .filter(([name]) => name.endsWith('_LIMITS'))
  .flatMap(([name, table]) => Object.keys(table).map((key) => `${name}.${key}`));

test('every number of the services has its row', () => {
  const rows = ['limit-rows.ts', 'kvs/limit-rows.ts', 'queue/limit-rows.ts'].map((file) =>
    readFileSync(join(FOLDER, file), 'utf8'),
  );
  const named = new Set(rows.join('\n').match(/\b[A-Z]+_LIMITS\.\w+/g));
  expect(NUMBERS.filter((name) => !named.has(name)).sort()).toEqual([...NO_ROWS].sort());
  expect(SERVICE_LIMIT_ROWS.length).toBeGreaterThan(80);
});
