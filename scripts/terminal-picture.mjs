// Draws what `demarc lint` prints in a terminal, colours and all: `node scripts/terminal-picture.mjs FILE.png [PATH]`.
// `npm run build` goes before.
import { spawnSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { executablePath, flags } from './vscode-host/window.mjs';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const columns = 112;
const lines = 34;

/** What the codes of ANSI colours mean, by the numbers between `ESC [` and `m`. */
const styles = {
  1: 'font-weight: bold',
  2: 'opacity: 0.6',
  4: 'text-decoration: underline',
  31: 'color: #f14c4c',
  32: 'color: #23d18b',
  33: 'color: #e5e510',
  34: 'color: #3b8eea',
  35: 'color: #d670d6',
  36: 'color: #29b8db',
  90: 'color: #8a8a8a',
};

const command = `demarc lint ${process.argv[3] ?? 'examples/bicep'}`;
const { stdout } = spawnSync(process.execPath, ['dist/demarc.cjs', ...command.split(' ').slice(1)], {
  cwd: repository,
  encoding: 'utf8',
  env: { ...process.env, FORCE_COLOR: '1', NO_COLOR: '', COLUMNS: String(columns) },
});

function escapeHtml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Every piece but the first one begins with a code. Codes without a style of their own end one; styles are not nested. */
function toHtml(text) {
  const [first, ...pieces] = text.split('\u001b[');
  const html = pieces.map((piece) => {
    const end = piece.indexOf('m');
    const wanted = piece
      .slice(0, end)
      .split(';')
      .flatMap((code) => (styles[code] === undefined ? [] : [styles[code]]));
    return `</span><span style="${wanted.join('; ')}">${escapeHtml(piece.slice(end + 1))}`;
  });
  return `<span>${escapeHtml(first)}${html.join('')}</span>`;
}

const printed = stdout.trimEnd().split('\n');
// Whole findings only: they are apart by empty lines.
const shown = printed.length > lines ? printed.slice(0, printed.lastIndexOf('', lines)) : printed;
const text = `$ ${command}\n${shown.join('\n')}${shown.length < printed.length ? '\n\n  …' : ''}`;
const page = `<pre style="margin: 0; padding: 16px; width: max-content; background: #1e1e1e; color: #d4d4d4;
  font: 14px/1.45 'DejaVu Sans Mono', monospace">${toHtml(text)}</pre>`;
const browser = await chromium.launch({ executablePath, args: flags });
try {
  const window = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  await window.setContent(page);
  await window.locator('pre').screenshot({ path: process.argv[2] ?? 'terminal.png' });
} finally {
  await browser.close();
}
