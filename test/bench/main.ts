/** `npm run bench`: counts what every kind of change costs and prints it as a table; `UPDATE=1` puts it into docs/costs.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBench } from './bench-world';
import { measureAll } from './changes';
import { misses } from './goals';
import { costTable, withTable } from './table';

const page = join(__dirname, '../../docs/costs.md');

async function main(): Promise<void> {
  const world = await startBench();
  try {
    const rows = await measureAll(world);
    const table = costTable(rows);
    process.stdout.write(`${table}\n`);
    if (process.env['DETAILS'] === '1') {
      for (const { name, measured } of rows) process.stdout.write(`${name}: ${JSON.stringify(measured)}\n`);
    }
    if (process.env['UPDATE'] === '1') writeFileSync(page, withTable(readFileSync(page, 'utf8'), table));
    const missed = rows.flatMap(({ name, goal, measured }) => misses(name, measured.both, goal));
    for (const { what, cost, measured, goal } of missed) {
      process.stdout.write(`missed: ${what}: ${cost} ${measured}, at most ${goal}\n`);
    }
    process.stdout.write(`bench: changes ${rows.length}, goals missed ${missed.length}\n`);
    process.exitCode = missed.length > 0 ? 1 : 0;
  } finally {
    await world.app.stop();
  }
}

void main();
