/** A headless browser for tests: started in a child process, because jest cannot load the package which brings it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

export interface TestBrowser {
  browser: Browser;
  /** Closes the browser and ends its process. */
  close(): Promise<void>;
}

/** Starts the browser; `CHROMIUM_PATH` chooses another program. Rejects with the child's own words if it cannot. */
export async function openBrowser(): Promise<TestBrowser> {
  const child = spawn(process.execPath, [join(__dirname, 'browser-server.mjs')], { stdio: 'pipe' });
  const address = await firstLine(child);
  const browser = await chromium.connect(address);
  return {
    browser,
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await browser.close();
      child.stdin.end();
      await ended;
    },
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    let complaints = '';
    child.stderr?.on('data', (chunk) => {
      complaints += String(chunk);
    });
    child.stdout?.on('data', (chunk) => {
      out += String(chunk);
      const end = out.indexOf('\n');
      if (end > 0) {
        resolve(out.slice(0, end));
      }
    });
    child.once('exit', (code) =>
      reject(new Error(`The browser did not start (exit ${code}): ${complaints}`)),
    );
  });
}
