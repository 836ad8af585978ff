import { writeSync } from 'node:fs';
import { serve, temporaryFolder, type ServedHouse } from '../http/served-house.js';
import { findChromium, withBrowser } from './chromium.js';

const found = findChromium();
if ('missing' in found) writeSync(1, `start page: skipped, ${found.missing}\n`);
const executable = 'path' in found ? found.path : '';
const inBrowser = executable === '' ? it.skip : it;

let house: ServedHouse;
beforeEach(async () => {
  house = await serve(temporaryFolder());
});
afterEach(async () => {
  await house.stop();
  expect(house.failures).toEqual([]);
});

describe('the start page in a browser', () => {
  inBrowser('shows the plan, takes an urgent order and shows what it changed, live', async () => {
    await withBrowser(executable, async (browser) => {
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on('pageerror', (failure) => problems.push(failure.message));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      await page.goto(house.address);
      await page.locator('#orders tr').first().waitFor();
      await page.locator('#live', { hasText: 'connected' }).waitFor();
      const before = Number(await page.locator('#orderCount').textContent());
      expect(before).toBeGreaterThan(0);
      expect(await page.locator('#stand').textContent()).toContain('revision 1');

      await page.locator('#item').fill('BIKE-CITY');
      await page.locator('#quantity').fill('7');
      await page.locator('#date').fill('2026-12-18');
      expect(await page.locator('#curl').textContent()).toContain('"quantity":"7"');
      await page.getByRole('button', { name: 'Send event' }).click();
      await page.locator('#said', { hasText: 'taken at position' }).waitFor();
      await page.locator('#feed > li', { hasText: 'Revision 2' }).waitFor();
      const change = await page.locator('#feed > li').first().textContent();
      expect(change).toContain('because of entry BIKE-CITY/');
      await page.locator('#stand', { hasText: 'revision 2' }).waitFor();
      expect(Number(await page.locator('#orderCount').textContent())).toBeGreaterThan(before);
      expect(problems).toEqual([]);
      const picture = process.env['TIDEMARK_PAGE_PICTURE'];
      if (picture !== undefined) await page.screenshot({ path: picture, fullPage: true });
    });
  });

  inBrowser('says what is wrong with an order that cannot be taken', async () => {
    await withBrowser(executable, async (browser) => {
      const page = await browser.newPage();
      await page.goto(house.address);
      await page.locator('#orders tr').first().waitFor();
      await page.locator('#item').fill('NO-SUCH-ITEM');
      await page.getByRole('button', { name: 'Send event' }).click();
      await page.locator('#said', { hasText: 'parked: waits for NO-SUCH-ITEM' }).waitFor();
    });
  });

  inBrowser('leads to the API, which lists what can be asked and answers a try', async () => {
    await withBrowser(executable, async (browser) => {
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on('pageerror', (failure) => problems.push(failure.message));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      await page.goto(house.address);
      await page.getByRole('link', { name: 'API' }).click();
      const companies = page.locator('#operations-default-listCompanies');
      await companies.waitFor();
      expect(await page.locator('.opblock').count()).toBeGreaterThan(30);
      await companies.locator('.opblock-summary-control').click();
      await companies.getByRole('button', { name: 'Try it out' }).click();
      await companies.getByRole('button', { name: 'Execute' }).click();
      await companies.locator('.live-responses-table', { hasText: '"example"' }).waitFor();
      expect(problems).toEqual([]);
    });
  });
});
