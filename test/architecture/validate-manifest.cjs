/** Validates manifest.yml offline with Atlassian's own validator, the one that the CLI runs before a deployment. */
const { resolve } = require('node:path');
const { existsSync, mkdirSync } = require('node:fs');
const { validate } = require('@forge/manifest');

process.chdir(resolve(__dirname, '../..'));

// The validator wants the resource folder to exist; what is in it is the build's business.
if (!existsSync('static/app/dist')) mkdirSync('static/app/dist', { recursive: true });

validate().then((result) => {
  const findings = result.errors ?? [];
  for (const { level, line, column, message } of findings) {
    console.log(`manifest.yml:${line}:${column} ${level}: ${message}`);
  }
  const errors = findings.filter(({ level }) => level === 'error').length;
  console.log(`manifest: errors ${errors}, warnings ${findings.length - errors}`);
  process.exitCode = errors === 0 && result.success ? 0 : 1;
});
