/** `npm run lint:forge`: prints what stands in the way of a deployment, and ends with the counts. */
import { resolve } from 'node:path';
import { lintForge } from './lint-forge';

async function main(): Promise<number> {
  const findings = await lintForge(resolve('.'));
  for (const { level, where, message } of findings) console.log(`${level} ${where}: ${message}`);
  const errors = findings.filter(({ level }) => level === 'error').length;
  const warnings = findings.length - errors;
  console.log(`lint:forge: errors ${errors}, warnings ${warnings}`);
  return findings.length;
}

main().then(
  (found) => {
    // Warnings count too: here they are scopes that an admin would be asked for in vain.
    process.exitCode = found === 0 ? 0 : 1;
  },
  (reason: unknown) => {
    console.error(reason);
    process.exitCode = 1;
  },
);
