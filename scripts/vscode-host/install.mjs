// Installs a VS Code that needs no desktop: code-server from npm, its native modules built for the Node that runs this.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDebianPackages } from './debian.mjs';
import { run, say } from './processes.mjs';

/** code-server 4.100.3 carries VS Code 1.100.3 and is the last line that runs on Node 20. */
const version = '4.100.3';
const nativeModules = ['@vscode/spdlog', 'kerberos', 'native-watchdog', '@parcel/watcher', '@vscode/deviceid'];

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The folder that keeps the host: `.vscode-host` in the repository, or what DEMARC_VSCODE_HOST names. */
export function hostFolder() {
  return resolve(process.env.DEMARC_VSCODE_HOST || join(repository, '.vscode-host'));
}

/**
 * Makes sure that the host is installed, and returns the path of its entry script.
 * The work is done in a folder of its own that is renamed at the end: an install that was cut short is never used, and two
 * at the same time do not disturb each other.
 */
export async function installHost() {
  const folder = hostFolder();
  const installed = join(folder, `code-server-${version}-abi${process.versions.modules}`);
  const entry = join(installed, 'node_modules/code-server/out/node/entry.js');
  mkdirSync(folder, { recursive: true });
  const logFile = join(folder, 'install.log');
  await installDebianPackages(logFile);
  if (existsSync(entry)) return entry;
  removeAbandoned(folder);
  const partial = join(folder, `partial-${process.pid}`);
  const began = Date.now();
  say(`installing VS Code (code-server ${version}) into ${folder}; this is done once`);
  try {
    await installInto(partial, logFile);
    if (existsSync(entry)) rmSync(partial, { recursive: true });
    else renameSync(partial, installed);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
  say(`installed in ${Math.round((Date.now() - began) / 1000)} s`);
  return entry;
}

async function installInto(host, logFile) {
  const npm = (cwd, ...args) => run('npm', args, { cwd, env: nodeHeaders(), logFile });
  mkdirSync(host);
  writeFileSync(join(host, 'package.json'), '{ "private": true }\n');
  say('downloading code-server');
  await npm(host, 'install', '--ignore-scripts', '--no-audit', '--no-fund', `code-server@${version}`);
  const server = join(host, 'node_modules/code-server');
  const vscode = join(server, 'lib/vscode');
  say("downloading VS Code's own modules");
  const production = ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  await npm(vscode, ...production);
  await npm(join(vscode, 'extensions'), ...production);
  say('building native modules');
  await npm(vscode, 'rebuild', ...nativeModules);
  await npm(host, 'rebuild', 'argon2');
  if (!existsSync(join(vscode, 'node_modules.asar'))) symlinkSync('node_modules', join(vscode, 'node_modules.asar'));
  const ripgrep = join(vscode, 'node_modules/@vscode/ripgrep/bin');
  mkdirSync(ripgrep, { recursive: true });
  if (!existsSync(join(ripgrep, 'rg'))) symlinkSync('/usr/bin/rg', join(ripgrep, 'rg'));
  await run(process.execPath, [join(server, 'out/node/entry.js'), '--version'], { cwd: host, logFile, minutes: 1 });
}

/** Points node-gyp to the headers that came with this Node, where they did, so that it downloads none. */
function nodeHeaders() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {};
}

function removeAbandoned(folder) {
  for (const name of readdirSync(folder)) {
    const pid = /^partial-(\d+)$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
