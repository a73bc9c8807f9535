/** Reads what the sites of a test run wrote down. */
import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Exchange } from '../emulator/contract/record-exchanges';

/** Every exchange of every process, one after the other; a line cut off by a killed process is left out. */
export async function* recordings(folder: string): AsyncGenerator<Exchange> {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.jsonl'))) {
    const lines = createInterface({ input: createReadStream(join(folder, file)), crlfDelay: Infinity });
    for await (const line of lines) {
      const exchange = parse(line);
      if (exchange !== undefined) yield exchange;
    }
  }
}

function parse(line: string): Exchange | undefined {
  try {
    return JSON.parse(line) as Exchange;
  } catch {
    return undefined;
  }
}
