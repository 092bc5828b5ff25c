// What a person does in a VS Code window, by keyboard and mouse.

/** Opens a file by its name, as a person would. */
export async function open(page, file) {
  await page.keyboard.press('Control+P');
  await page.waitForSelector('.quick-input-widget input');
  await page.keyboard.type(file, { delay: 10 });
  await page.waitForSelector(`.quick-input-list .monaco-list-row[aria-label*="${file.split('/').at(-1)}"]`);
  await page.keyboard.press('Enter');
  await page.waitForSelector(`.tab.active[data-resource-name="${file.split('/').at(-1)}"]`);
}

/** Chooses an entry of the open quick fix menu by keyboard: a click would land on the layer that closes the menu. */
export async function chooseAction(page, title) {
  const rows = page.locator('.action-widget .monaco-list-row');
  const focused = page.locator('.action-widget .monaco-list-row.focused');
  await focused.waitFor();
  const count = await rows.count();
  for (let moves = 0; moves < count; moves++) {
    if (title.test((await focused.textContent()) ?? '')) {
      await page.keyboard.press('Enter');
      return;
    }
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`no quick fix is titled ${title}`);
}

/** Runs a command by its title. */
export async function command(page, title) {
  await page.keyboard.press('F1');
  await page.waitForSelector('.quick-input-widget input');
  await page.keyboard.type(title, { delay: 10 });
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
}

/** Waits until the editor of a file underlines something. */
export async function findings(page, file) {
  const editor = `.monaco-editor[data-uri$="/${file}"]`;
  const marks = ['error', 'warning', 'info', 'hint'].map((kind) => `${editor} .squiggly-${kind}`).join(', ');
  await page.waitForSelector(marks, { timeout: 20_000, state: 'attached' });
}

/** Moves to the next problem's start without opening the peek view that F8 would leave behind. */
export async function goToFinding(page) {
  await page.keyboard.press('F8');
  await page.waitForSelector('.marker-widget');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.marker-widget', { state: 'detached' });
}

/** Puts the cursor on a line, at its first character that is not blank. */
export async function goToLine(page, line) {
  await page.keyboard.press('Control+G');
  await page.waitForSelector('.quick-input-widget input');
  await page.keyboard.type(`:${line}`.slice(1), { delay: 10 });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Home');
}

/** Opens the hover at the cursor. */
export async function hover(page) {
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+I');
  await page.waitForSelector('.monaco-hover:not(.hidden) .hover-row');
}

/** Opens our view, and waits until it has something to show. */
export async function openResponsibilities(page) {
  await page.locator('.activitybar .action-label[aria-label="Demarc"]').click();
  await page.locator(treeRows).first().waitFor();
}

/** The rows of our tree. */
export const treeRows = '.customview-tree [role="treeitem"][aria-label]';

/** Opens the matrix, and returns the frame that it is in. */
export async function openMatrix(page) {
  await command(page, 'Demarc: Open Responsibility Matrix');
  const frame = page.frameLocator('iframe.webview').frameLocator('#active-frame');
  await frame.locator('table[role="grid"]').waitFor();
  return frame;
}
