/**
 * Validates manifest.yml offline with Atlassian's own validator, the one that the CLI runs before a deployment. It wants the
 * screens to be built, because the manifest names their folder.
 */
const { resolve } = require('node:path');
const { validate } = require('@forge/manifest');

process.chdir(resolve(__dirname, '../..'));

validate().then((result) => {
  const findings = result.errors ?? [];
  for (const { level, line, column, message } of findings) {
    console.log(`manifest.yml:${line}:${column} ${level}: ${message}`);
  }
  const errors = findings.filter(({ level }) => level === 'error').length;
  console.log(`manifest: errors ${errors}, warnings ${findings.length - errors}`);
  process.exitCode = errors === 0 && result.success ? 0 : 1;
});
