// Runs every story of this folder in Chromium against a serving demo; the exit code says whether all held.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Visit } from './visit.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(process.env.ORCHESTRE_TOOLS, 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const { people } = JSON.parse(readFileSync(process.env.ORCHESTRE_PEOPLE, 'utf8'));
// The administrator is none of the demo's people: made by the command line.
people.push(JSON.parse(readFileSync(process.env.ORCHESTRE_ADMIN, 'utf8')));

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
const wanted = process.argv.slice(2);
let failed = 0;
let passed = 0;
for (const file of readdirSync(here).filter((name) => name.endsWith('.story.mjs')).sort()) {
  const { stories } = await import(join(here, file));
  for (const [name, story] of Object.entries(stories)) {
    if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
    const visit = new Visit(browser, process.env.ORCHESTRE_ADDRESS, people, axe);
    try {
      await story(visit);
      await visit.close();
      passed += 1;
    } catch (error) {
      failed += 1;
      console.error(`story "${name}" failed: ${error.stack ?? error}`);
      await visit.close({ isQuiet: true });
    }
  }
}
await browser.close();
console.log(`browser stories: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
