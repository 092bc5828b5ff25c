// Checks of what only a window shows: the tree of responsibilities and the matrix, by keyboard and mouse.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { command, findings, open, openMatrix, openResponsibilities, treeRows } from './hands.mjs';

/** Asks again and again until the answer is one that is wanted. */
async function eventually(what, ask, isWanted) {
  const end = performance.now() + 20_000;
  for (let answer = await ask(); ; answer = await ask()) {
    if (isWanted(answer)) return answer;
    if (performance.now() > end) throw new Error(`waited too long for ${what}; the last was ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const labels = (page) =>
  page.locator(treeRows).evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')));

const cursorLine = (page) => page.locator('.statusbar-item[id="status.editor.selection"]').textContent();

export const checks = [
  {
    title: 'the tree shows layers with their owners, and what is to mend in them',
    async run(page) {
      await open(page, 'main.bicep');
      await findings(page, 'main.bicep');
      await openResponsibilities(page);
      const shown = await eventually(
        'a finding',
        () => labels(page),
        (each) => each.some((label) => /HTTPS/.test(label)),
      );
      assert.ok(
        shown.some((label) => /^Network controls, shared · \d+ to mend/.test(label)),
        shown.join('\n'),
      );
      assert.ok(
        shown.some((label) => /^Hosts, Microsoft/.test(label)),
        shown.join('\n'),
      );
    },
  },
  {
    title: 'the tree leads to the line, and is live while somebody types there',
    async run(page) {
      await page
        .locator(`${treeRows.replace('[aria-label]', '')}[aria-label*="HTTPS"]`)
        .first()
        .click();
      await eventually(
        'the line',
        () => cursorLine(page),
        (text) => /Ln 11\b/.test(text),
      );
      await page.keyboard.press('Control+1');
      // The value is selected, as the click before has left it.
      await page.keyboard.type('true');
      await eventually(
        'one less',
        () => labels(page),
        (each) => !each.some((label) => /accepts only HTTPS/.test(label)),
      );
      await page.keyboard.press('Control+Z');
      await eventually(
        'it is back',
        () => labels(page),
        (each) => each.some((label) => /accepts only HTTPS/.test(label)),
      );
    },
  },
  {
    title: 'the tree is grouped by service and by severity',
    async run(page) {
      await command(page, 'Demarc: Group Responsibilities by Service');
      await eventually(
        'services',
        () => labels(page),
        (each) => each.some((label) => /^Azure Storage, PaaS/.test(label)),
      );
      await command(page, 'Demarc: Group Responsibilities by Severity');
      await eventually(
        'severities',
        () => labels(page),
        (each) => each.some((label) => /^High, \d+ to mend/.test(label)),
      );
      await command(page, 'Demarc: Group Responsibilities by Layer');
      await eventually(
        'layers',
        () => labels(page),
        (each) => each.some((label) => /^Network controls/.test(label)),
      );
    },
  },
  {
    title: 'the tree shows the whole workspace when that is wanted',
    async run(page) {
      await command(page, 'Demarc: Show Responsibilities of the Whole Workspace');
      await command(page, 'Demarc: Group Responsibilities by Service');
      await eventually(
        'another service',
        () => labels(page),
        (each) => each.some((label) => /^Azure SQL|^SQL/i.test(label)),
      );
      await command(page, 'Demarc: Show Responsibilities of Open Files');
      await eventually(
        'only ours',
        () => labels(page),
        (each) => !each.some((label) => /^Azure SQL|^SQL/i.test(label)),
      );
      await command(page, 'Demarc: Group Responsibilities by Layer');
    },
  },
  {
    title: 'the matrix is walked by keyboard, tells each cell, and leads to the line',
    async run(page) {
      const frame = await openMatrix(page);
      await frame.locator('tbody button').first().focus();
      const focused = () =>
        frame.locator(':focus').evaluate((element) => element.getAttribute('aria-label') ?? element.textContent);
      await page.keyboard.press('ArrowRight');
      await eventually('the first layer', focused, (text) => /, Information and data: /.test(text));
      for (let moves = 0; moves < 5; moves++) await page.keyboard.press('ArrowRight');
      await eventually('a cell that says how it stands', focused, (text) =>
        /, Network controls: \d+ to mend.*\. Owner: Shared/.test(text),
      );
      await page.keyboard.press('End');
      await eventually('the last layer', focused, (text) =>
        /, Datacentre: Microsoft's job\. Owner: Microsoft/.test(text),
      );
      await page.keyboard.press('Home');
      for (let moves = 0; moves < 6; moves++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await eventually(
        'the line',
        () => cursorLine(page),
        (text) => /Ln \d+, Col/.test(text),
      );
    },
  },
  {
    title: 'the matrix has services as rows, and takes part in the tab order once',
    async run(page) {
      const frame = page.frameLocator('iframe.webview').frameLocator('#active-frame');
      await frame.getByRole('button', { name: 'Services' }).click();
      await eventually(
        'services',
        () => frame.locator('tbody th .name').allTextContents(),
        (names) => names.some((name) => /storage/i.test(name)),
      );
      assert.equal(await frame.locator('table [tabindex="0"]').count(), 1);
    },
  },
  {
    title: 'the page of the matrix runs no script but its own',
    async run(page) {
      const frame = page.frameLocator('iframe.webview').frameLocator('#active-frame');
      const policy = await frame.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
      assert.match(policy, /^default-src 'none'; style-src [^;]+; script-src [^;]+$/);
      assert.doesNotMatch(policy, /unsafe/);
    },
  },
];

/** Runs them one after the other, with a picture of each that fails; returns the report line by line with its figures, as the suite does. */
export async function runWindowChecks(page, { grep, pictures }) {
  const report = [];
  const chosen = checks.filter(({ title }) => grep === undefined || `window ${title}`.includes(grep));
  let failed = 0;
  for (const { title, run } of chosen) {
    const began = performance.now();
    try {
      await run(page);
      report.push(`  ✓ window ${title} (${Math.round(performance.now() - began)} ms)`);
    } catch (error) {
      failed++;
      const picture = join(pictures, `window-${failed}.png`);
      await page.screenshot({ path: picture });
      report.push(`  ✗ window ${title}`, String(error.stack ?? error).replace(/^/gm, '      '), `      see ${picture}`);
    }
  }
  return { report: report.join('\n'), passed: chosen.length - failed, failed, complete: true };
}
