import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const installMs = 240_000;

/**
 * The system's own Chromium: found, or installed from the system's packages where that is allowed.
 * A text says why there is none and how to get it.
 */
export function findChromium(): { readonly path: string } | { readonly missing: string } {
  const found = onPath();
  if (found !== undefined) return { path: found };
  const tried = install();
  const installed = onPath();
  if (installed !== undefined) return { path: installed };
  return { missing: `no Chromium (${tried}; install it with: apt-get install chromium)` };
}

function onPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
}

function install(): string {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'not root on Linux';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, timeout: installMs, encoding: 'utf8' as const };
  const packages = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
  for (const args of [['update', '-qq'], packages]) {
    const { status, stderr, error } = spawnSync('apt-get', args, options);
    if (error !== undefined) return error.message;
    if (status !== 0) return `apt-get ${args[0]} failed: ${stderr.trim().split('\n').at(-1)}`;
  }
  return 'apt-get brought none';
}

// The page talks to this machine alone, and so does the browser.
const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser of its own, without a past; gone with all its files after `act`. */
export async function withBrowser(
  executablePath: string,
  act: (browser: BrowserContext) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-page-'));
  const browser = await chromium.launchPersistentContext(folder, {
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
    args: quiet,
    viewport: { width: 1400, height: 1000 },
  });
  try {
    await act(browser);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
