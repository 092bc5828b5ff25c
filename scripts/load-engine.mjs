import { dirname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Imports a TypeScript module of the engine, bundled on the fly. `entry` is relative to the repository. */
export async function loadEngine(entry) {
  const { outputFiles } = await build({
    entryPoints: [resolve(repository, entry)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Some packages are CommonJS, and ask for modules of Node by `require`.
    banner: {
      js: `import { createRequire } from 'node:module';\nconst require = createRequire(${JSON.stringify(repository + sep)});`,
    },
    write: false,
  });
  const [{ text }] = outputFiles;
  return await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
}
