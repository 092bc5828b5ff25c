// Writes a SARIF report of every corpus below DEMARC_CORPORA (or of the folders that are named) and holds it against the schema
// of OASIS:  node scripts/corpora/sarif.mjs [FOLDER…]
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const corpora = process.env.DEMARC_CORPORA;
const named = process.argv.slice(2);
const folders = named.length > 0 || !corpora ? named : readdirSync(corpora).map((name) => join(corpora, name));
const carried = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const { id, $schema, ...schema } = JSON.parse(readFileSync(carried, 'utf8'));
const validate = new Ajv({
  strict: false,
  validateSchema: false,
  validateFormats: false,
  unicodeRegExp: false,
}).compile(schema);
for (const folder of folders) {
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(repository, 'dist/demarc.cjs'), 'lint', '.', '--format', 'sarif', '--profile', 'all', '--fail-on', 'none'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 30 },
  );
  const log = JSON.parse(stdout);
  const { results, tool } = log.runs[0];
  const valid = validate(log);
  const text = valid ? 'valid' : JSON.stringify(validate.errors?.slice(0, 3));
  console.log(`${folder}: exit ${status}, ${results.length} results of ${tool.driver.rules.length} rules, ${text}`);
  if (!valid) process.exitCode = 1;
}
