// Starts one headless Chromium and prints its WebSocket address; lives in its own process because the package that
// carries the browser is an ES module, which jest's CommonJS loader refuses. Ends when standard input closes.
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** System folders in which the network security libraries that Chromium links against may lie. */
const LIBRARY_FOLDERS = [
  '/lib/x86_64-linux-gnu',
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib64',
  '/lib64',
  '/usr/lib',
];

function hasSystemLibraries() {
  return LIBRARY_FOLDERS.some((folder) => existsSync(join(folder, 'libnss3.so')));
}

/** Unpacks into a folder of this version with an atomic rename, so that two test runs at once cannot meet half a file. */
async function unpackOnce(folder) {
  if (existsSync(join(folder, 'chromium'))) {
    return;
  }
  const staging = `${folder}-${process.pid}`;
  await mkdir(staging, { recursive: true });
  // The package unpacks into TMPDIR, and its al2023 libraries only when it believes it runs in such a function.
  const before = process.env['TMPDIR'] ?? tmpdir();
  process.env['TMPDIR'] = staging;
  process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs22.x';
  const { default: packed } = await import('@sparticuz/chromium');
  await packed.executablePath();
  process.env['TMPDIR'] = before;
  delete process.env['AWS_EXECUTION_ENV'];
  await writeFile(join(staging, 'fonts.conf'), fontSettings(folder));
  try {
    await rename(staging, folder);
  } catch (error) {
    if (!existsSync(join(folder, 'chromium'))) {
      throw error;
    }
    await rm(staging, { recursive: true, force: true });
  }
}

/** The package's own settings name fixed folders; Chromium crashes on the first text when there is no font at all. */
function fontSettings(folder) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;
}

async function packagedBrowser() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return undefined;
  }
  const env = { ...process.env };
  const folder = join(tmpdir(), 'concord-chromium-147');
  await unpackOnce(folder);
  env['FONTCONFIG_FILE'] = join(folder, 'fonts.conf');
  if (!hasSystemLibraries()) {
    env['LD_LIBRARY_PATH'] = [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']]
      .filter(Boolean)
      .join(':');
  }
  return { executablePath: join(folder, 'chromium'), env };
}

async function findBrowser() {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen) {
    return { executablePath: chosen, env: process.env };
  }
  const packaged = await packagedBrowser();
  if (packaged) {
    return packaged;
  }
  const installed = INSTALLED.find((path) => existsSync(path));
  if (!installed) {
    throw new Error('No browser: set CHROMIUM_PATH to a Chrome or Chromium program.');
  }
  return { executablePath: installed, env: process.env };
}

const { executablePath, env } = await findBrowser();
const server = await chromium.launchServer({
  executablePath,
  env,
  headless: true,
  args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--font-render-hinting=none'],
});
process.stdout.write(`${server.wsEndpoint()}\n`);
process.stdin.resume();
process.stdin.on('end', () => void server.close().then(() => process.exit(0)));
