// Pictures of a real VS Code window, as a list of named steps: each does something, then the window is photographed.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chooseAction, command, findings, goToFinding, goToLine, hover, open } from './hands.mjs';

/** User settings for pictures: the colours of every language, and no more of the window than is looked at. */
export const forPictures = {
  'files.associations': { '*.tf': 'terraform' },
  'editor.minimap.enabled': false,
  'window.title': 'Demarc',
  // What is typed for a picture is thrown away.
  'files.autoSave': 'off',
};

const steps = [
  {
    name: 'bicep',
    async do(page) {
      await open(page, 'bicep/main.bicep');
      await findings(page, 'bicep/main.bicep');
    },
  },
  {
    name: 'problems',
    async do(page) {
      await page.keyboard.press('Control+Shift+M');
      await page.waitForSelector('.markers-panel .monaco-list-row');
    },
  },
  {
    name: 'quick-fix',
    async do(page) {
      await page.keyboard.press('Control+1');
      await goToFinding(page);
      await page.keyboard.press('Control+.');
      await page.waitForSelector('.action-widget .monaco-list-row');
    },
    async undo(page) {
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'hover',
    do: hover,
    async undo(page) {
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'responsibility',
    async do(page) {
      // The panel gives its room to the editor.
      await page.keyboard.press('Control+J');
      await goToLine(page, 45);
      await hover(page);
    },
    async undo(page) {
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'confirm',
    async do(page) {
      await goToFinding(page);
      await page.keyboard.press('Control+.');
      await page.waitForSelector('.action-widget .monaco-list-row');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.monaco-dialog-box');
    },
    async undo(page) {
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'suppress',
    async do(page) {
      await page.keyboard.press('Control+.');
      await chooseAction(page, /suppress.*reason/is);
      await page.waitForSelector('.quick-input-widget input[placeholder], .quick-input-title');
      await page.keyboard.type('Legacy meters speak HTTP until they are replaced');
    },
    async undo(page) {
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'explain',
    async do(page) {
      await command(page, 'Demarc: Explain Rule');
      await page.waitForSelector('.tab.active[aria-label^="Preview"]');
      await page.frameLocator('iframe.webview').frameLocator('#active-frame').locator('h1').waitFor();
    },
    async undo(page) {
      await page.keyboard.press('Control+1');
    },
  },
  {
    name: 'terraform',
    async do(page) {
      await open(page, 'terraform/main.tf');
      await findings(page, 'terraform/main.tf');
    },
  },
  {
    name: 'arm',
    async do(page) {
      await open(page, 'arm/azuredeploy.json');
      await findings(page, 'arm/azuredeploy.json');
    },
  },
  {
    name: 'complete',
    async do(page) {
      await open(page, 'bicep/modules/storage.bicep');
      await findings(page, 'bicep/modules/storage.bicep');
      await goToLine(page, 16);
      await page.keyboard.press('Control+Shift+Enter');
      await page.keyboard.type('// demarc:ignore storage/', { delay: 20 });
      await page.waitForSelector('.suggest-widget.visible .monaco-list-row');
    },
    async undo(page) {
      await page.keyboard.press('Escape');
      await command(page, 'File: Revert File');
    },
  },
  {
    name: 'status',
    async do(page) {
      await open(page, 'bicep/main.bicep');
      await findings(page, 'bicep/main.bicep');
      await page.locator('.statusbar-item[id="status.languageStatus"]').hover();
      await page.waitForSelector('.hover-language-status');
    },
    async undo(page) {
      await page.keyboard.press('Escape');
    },
  },
  {
    // The picture of the README: nothing but the editor, a finding and whose job it is.
    name: 'readme',
    async do(page) {
      await command(page, 'View: Close All Editors');
      await open(page, 'bicep/modules/storage.bicep');
      await findings(page, 'bicep/modules/storage.bicep');
      await page.keyboard.press('Control+B');
      await page.setViewportSize({ width: 1000, height: 560 });
      await goToLine(page, 6);
      await hover(page);
    },
  },
];

/** Takes one picture for each step, `01-bicep.png` and so on. A step that fails is photographed too, then all ends. */
export async function takeScreenshots(page, folder) {
  mkdirSync(folder, { recursive: true });
  await page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: 30_000 });
  for (const [index, step] of steps.entries()) {
    const file = join(folder, `${String(index + 1).padStart(2, '0')}-${step.name}.png`);
    try {
      await step.do(page);
    } catch (error) {
      await page.screenshot({ path: file });
      throw new Error(`step ${step.name} failed (see ${file}): ${error.message.split('\n')[0]}`);
    }
    // Widgets fade in; a picture taken at once would show them half there.
    await page.waitForTimeout(600);
    await page.screenshot({ path: file });
    console.log(file);
    await step.undo?.(page);
  }
}
